"""What a build writes into: a folder that changes file by file, or a link that comes to lead elsewhere."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from msgspec.structs import replace

from lwnindex.config import Found
from lwnindex.digest import digest_bytes
from lwnindex.disk import DISK, Disk, look, stat_from
from lwnindex.engine.store import Store
from lwnindex.journal import known_as
from lwnindex.lock import held
from lwnindex.model import Problem
from lwnindex.options import Options
from lwnindex.problems import SiteError, problem
from lwnindex.standing import resume, told, unsealed, written
from lwnindex.trees import Trees, check_place, check_switch, holder, own_place, settled, switch
from lwnindex.writing import Tally


class Into(Protocol):
    """Writes a site into a folder, all or nothing, and tells what it did; its record may be `lasting`."""

    def __call__(self, output: Path, /, *, lasting: bool = False) -> Tally:
        """Write it."""


class Output(Protocol):
    """Where a site is published, while no other build writes it."""

    @property
    def live(self) -> Path:
        """The folder in which the published site stands."""

    def write(self, into: Into) -> Tally:
        """Have something write the site, and publish it; SiteError where the disk does not let it."""


def to_hold(found: Found) -> Path:
    """Return the folder that is to be held while a site is written; SiteError where it cannot be one."""
    check_place(found.output)
    if found.config.publishing.switch == "renames":
        return found.output.resolve()
    if found.root.resolve().is_relative_to(found.output.resolve()):
        message = f"the output {found.output} holds the whole site, so it cannot be a link."
        raise SiteError(f"{message} Name a folder in it: --output DIR.", exit_code=2)
    check_switch(found.output)
    return holder(own_place(found.output))


@contextmanager
def opened(found: Found, options: Options, store: Store) -> Iterator[Output]:
    """Give where a site is published, once what a killed build has left there is completed or dropped."""
    if found.config.publishing.switch == "renames":
        yield Folder(found.output.resolve(), store, options.disk)
        return
    place = own_place(found.output)
    # Another build may have it for a folder that changes by renames.
    folders = {"output": place.resolve()} if place.exists() else {}
    with held(folders, options.patience, options.waiting):
        yield Link(place, store, options.disk)


class Folder:
    """A folder that changes by renames."""

    def __init__(self, output: Path, store: Store, disk: Disk = DISK) -> None:
        resume(output, store, disk)
        self.live = output

    def write(self, into: Into) -> Tally:
        """Have the folder written into."""
        return into(self.live)


class Link:
    """A link that leads to one of two whole trees."""

    def __init__(self, place: Path, store: Store, disk: Disk = DISK) -> None:
        self._store, self._disk = store, disk
        # A build may write twice, and tells of the second time.
        self._kept: list[Path] = []
        self._note = f"link {digest_bytes(os.fsencode(place))}"
        with told(place):
            self._trees = settled(place, store, disk)

    @property
    def live(self) -> Path:
        """The tree that is published; the link's own place where none is."""
        return self._trees.live or self._trees.place

    def write(self, into: Into) -> Tally:
        """Have the other tree written into, from what is published, and publish it if it differs then."""
        trees = self._trees
        with told(trees.place):
            if trees.live:
                self._kept += self._mirrored(trees.live, trees.idle)
            # Until the site is published, another store has to learn from the record whose these files are.
            tally = into(trees.idle, lasting=True)
            if trees.live and not (tally.written or tally.removed):
                self._agree(trees.live, trees.idle)
            else:
                self._trees = self._switched(trees)
            unsealed(trees.idle, self._disk)
            self._store.note(self._note, self._link())
        tally = _as_published(tally, trees)
        return tally._replace(problems=(*tally.problems, *map(_moved, self._kept)))

    def _mirrored(self, live: Path, idle: Path) -> tuple[Path, ...]:
        from lwnindex.mirror import mirror

        # The link is another one where a build with another store, or somebody, has led it elsewhere since.
        known = self._store.noted(self._note) == self._link()
        return mirror(live, idle, self._store, self._disk, known=known)

    def _link(self) -> bytes:
        """Return what tells the link that stands there from any other."""
        return repr(stat_from(look(str(self._trees.place)))).encode()

    def _switched(self, trees: Trees) -> Trees:
        now = switch(trees, self._disk)
        if now.live and not now.idle.exists():
            from lwnindex.mirror import mirror

            # What it costs to make a second tree is not for the first edit to pay.
            mirror(now.live, now.idle, self._store, self._disk, known=True)
        return now

    def _agree(self, live: Path, idle: Path) -> None:
        """Know of the published tree what was found out of the other: their files are the same."""
        known, found = written(live, self._store), written(idle, self._store)
        rows = {path: row._replace(stat=known.get(path, row).stat) for path, row in found.items()}
        new = {path: row for path, row in rows.items() if known.get(path) != row}
        self._store.record(known_as(live), new, [path for path in known if path not in found])


def _moved(place: Path) -> Problem:
    """Return what is told of somebody's file that stood in the way of another."""
    message = "it stood in the tree that was not published, and is not known to be ours; it is here now."
    return problem("kept-file", str(place), 0, message, "Move what you need of it elsewhere, and remove it.")


def _as_published(tally: Tally, trees: Trees) -> Tally:
    """Return a tally whose problems name places as they are published."""
    hidden = f"{trees.idle}/"
    told = [
        replace(one, file=f"{trees.place}/{one.file.removeprefix(hidden)}")
        if one.file.startswith(hidden)
        else one
        for one in tally.problems
    ]
    return tally._replace(problems=tuple(told))
