"""Changes to an output folder, all or none: staged, sealed by a record on disk, then done.

Before the record is whole nothing of the output has changed; from then on the changes are only renames and
removals, which can be done again from the start. So after a kill at any moment `recover` knows what to do: a
whole record is completed, all else is dropped.

What is staged stands beside the output, where nobody who publishes the output sees it; inside, as
`.lwnindex-part`, where its parent is another file system or may not be written to.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from lwnindex.digest import decoded, digest_bytes
from lwnindex.disk import (
    DISK,
    NOWHERE,
    Disk,
    Folders,
    Maker,
    are_inside,
    has_digest,
    is_file,
    is_folder,
    look,
    may_change,
    parent,
    prune,
    stat_from,
)
from lwnindex.engine.store import Store, Written

PART = ".lwnindex-part"
"""How the folder of what is staged is called, or how its name ends beside the output."""

FRESH = ".lwnindex-new"
"""How the name of a whole tree ends that is to take the output's place."""

_GONE = ".lwnindex-gone"
_RECORD = "record-1"
_FEW = 32
"""So many files are rather synced one by one than with all that their file system has to write."""


class Change(NamedTuple):
    """A file that is to stand in the output; `new` where nothing stood there when it was staged."""

    path: str
    written: Written
    new: bool


class Removal(NamedTuple):
    """A file that is to go, if its bytes are still those that we wrote."""

    path: str
    written: Written


class Record(NamedTuple):
    """All that is to happen to an output, and to what the store knows of it.

    `same` are files that stand there already, `forgotten` paths that are no longer ours.
    """

    changes: tuple[Change, ...]
    removals: tuple[Removal, ...]
    same: Mapping[str, Written]
    forgotten: tuple[str, ...]


class Outcome(NamedTuple):
    """What has happened: files by path, paths where somebody's file stands now, and what was removed."""

    written: dict[str, Written]
    refused: tuple[str, ...]
    removed: tuple[str, ...]


def known_as(output: Path) -> str:
    """Return what a store knows an output by, whatever bytes are in its name."""
    return os.fsencode(output.resolve()).decode("utf-8", "backslashreplace")


def beside(output: Path, ending: str) -> str:
    """Return the place beside an output for what will become part of it; it must be resolved."""
    return str(output.with_name(f".{output.name}{ending}"))


def stage(output: Path) -> str:
    """Return where the changes of an output are to be staged; nothing stands there after `recover`."""
    above = output.parent
    if may_change(str(above)) and (not output.exists() or above.stat().st_dev == output.stat().st_dev):
        return beside(output, PART)
    return str(output / PART)


def staged(part: str, path: str) -> str:
    """Return where the file of a path is staged."""
    return f"{part}/{digest_bytes(path.encode())}"


# Before the record -------------------------------------------------------------------------------


def commit(part: str, record: Record, disk: Disk = DISK) -> None:
    """Seal what is staged: from now on it happens, whatever becomes of this process.

    ValueError where a path of the record leads out of the output.
    """
    _check_inside(record)
    Maker(disk).folder(part)
    if len(record.changes) <= _FEW:
        for change in record.changes:
            disk.sync(staged(part, change.path))
    else:
        disk.sync_all(part)
    place = f"{part}/{_RECORD}"
    file = disk.create(place)
    try:
        disk.append(file, sealed(msgspec.msgpack.encode(record)))
    finally:
        disk.close(file)
    disk.sync(place)
    disk.sync(part)


def _check_inside(record: Record) -> None:
    if not are_inside(_paths(record)):
        raise ValueError("a path leads out of the output")


def drop(part: str, disk: Disk = DISK) -> None:
    """Remove what is staged, the record first; OSError where something else stands there as well."""
    if not is_folder(part):
        return
    for place in (f"{part}/{_RECORD}", *_staged_files(part)):
        if look(place) is not None:
            disk.unlink(place)
    disk.rmdir(part)


def _staged_files(part: str) -> Iterator[str]:
    return (f"{part}/{name}" for name in os.listdir(part) if _is_name(name))


def _is_name(name: str) -> bool:
    return len(name) == 32 and set(name) <= set("0123456789abcdef")


def sealed(content: bytes) -> bytes:
    """Return bytes below their digest: what was written only in part can be told from the whole."""
    return digest_bytes(content).encode() + content


def read(part: str) -> Record | None:
    """Return the record of what is staged; None where there is none that is whole."""
    place = Path(part, _RECORD)
    if not is_folder(part) or not is_file(look(str(place))):
        return None
    content = place.read_bytes()
    if content != sealed(content[32:]):
        return None
    record = decoded(content[32:], Record)
    return record if record and _is_sound(part, record) else None


def _is_sound(part: str, record: Record) -> bool:
    """Tell whether a record names only places below the output, and only files are staged.

    Who can put a record there need not be who may write everywhere.
    """
    if not are_inside(_paths(record)):
        return False
    found = (look(staged(part, one.path)) for one in record.changes)
    return all(one is None or is_file(one) for one in found)


def _paths(record: Record) -> Iterator[str]:
    for each in (record.changes, record.removals):
        yield from (one.path for one in each)
    yield from record.same
    yield from record.forgotten


# After the record --------------------------------------------------------------------------------


def complete(output: Path, part: str, record: Record, store: Store, disk: Disk = DISK) -> Outcome:
    """Do what a sealed record says, and note it in the store; it may have been begun before.

    The record stays, to be done once more by whoever comes next, until `drop`.
    ValueError where a path of the record leads out of the output.
    """
    _check_inside(record)
    outcome = _Completion(str(output), part, disk).run(record)
    gone = [one.path for one in record.removals]
    store.record(known_as(output), {**record.same, **outcome.written}, [*gone, *record.forgotten])
    return outcome


class _Completion:
    """One run through a record."""

    def __init__(self, output: str, part: str, disk: Disk) -> None:
        self._output, self._part, self._disk = output, part, disk
        self._folders, self._maker = Folders(output), Maker(disk)

    def run(self, record: Record) -> Outcome:
        """Make way, put every file into its place, remove the rest."""
        early, late = _parted(record)
        removed = [one.path for one in early if self._remove(one)]
        # What was in the way of folders is not any more.
        self._folders = Folders(self._output)
        self._maker.folder(self._output)
        put = {one.path: self._put(one) for one in record.changes}
        removed += [one.path for one in late if self._remove(one)]
        written = {path: one for path, one in put.items() if one}
        refused = tuple(path for path, one in put.items() if not one)
        return Outcome(written, refused, tuple(sorted(removed)))

    def _put(self, change: Change) -> Written | None:
        """Give a staged file its place; None where something stands there that is not ours."""
        source, place = staged(self._part, change.path), f"{self._output}/{change.path}"
        if not self._folders.is_own(parent(place)):
            return None
        found = look(place)
        if found and not is_file(found):
            return None
        if found and change.new and look(source):
            return None
        return self._moved(source, place, change.written)

    def _moved(self, source: str, place: str, written: Written, *, again: bool = True) -> Written:
        try:
            self._disk.rename(source, place)
        except FileNotFoundError:
            if look(source):
                if not again:
                    raise
                # A folder that was there before may have gone.
                self._maker = Maker(self._disk)
                self._maker.folder(parent(place))
                return self._moved(source, place, written, again=False)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            return self._copied(source, place, written)
        return written

    def _copied(self, source: str, place: str, written: Written) -> Written:
        """Do what a rename does, where a folder of the output is another file system."""
        whole = f"{parent(place)}/{PART}-{os.path.basename(source)}"
        _, seen = self._maker.file(whole, Path(source))
        self._disk.sync(whole)
        self._disk.rename(whole, place)
        self._disk.unlink(source)
        return written._replace(stat=seen)

    def _remove(self, removal: Removal) -> bool:
        """Remove a file if it is ours, with the folders that it leaves empty; tell whether it was there."""
        place = f"{self._output}/{removal.path}"
        folder = parent(place)
        if not self._folders.is_own(folder):
            return False
        ours = is_unchanged(place, removal.written)
        if ours:
            self._disk.unlink(place)
        # Also where it went before: the run that removed it may have ended there.
        if look(place) is None:
            prune(folder, self._output, self._disk)
        return ours


def _parted(record: Record) -> tuple[list[Removal], list[Removal]]:
    """Return the removals that stand in the way of a change, as a folder or in one, and the others."""
    if not record.removals:
        return [], []
    wanted = {one.path for one in record.changes}
    above = {folder for path in wanted for folder in _above(path)}
    early: list[Removal] = []
    late: list[Removal] = []
    for one in record.removals:
        in_way = one.path in above or not wanted.isdisjoint(_above(one.path))
        (early if in_way else late).append(one)
    return early, late


def _above(path: str) -> Iterable[str]:
    """Yield the folders that a path lies in."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def is_unchanged(place: str, last: Written) -> bool:
    """Tell whether a file's bytes are still those that we wrote."""
    found = look(place)
    return is_file(found) and (stat_from(found) == last.stat != NOWHERE or has_digest(place, last.digest))


# After a kill ------------------------------------------------------------------------------------


def recover(output: Path, store: Store, disk: Disk = DISK) -> None:
    """Complete or drop what a build that was killed has left of an output."""
    output = output.resolve()
    for part in (beside(output, PART), str(output / PART)):
        if not is_folder(part):
            continue
        record = read(part)
        if record:
            complete(output, part, record, store, disk)
        drop(part, disk)
    put_away(output, disk)


def put_away(output: Path, disk: Disk = DISK) -> None:
    """Take a tree out of the way that has not become the output.

    It is removed at the end of a build (`tidy`): on many disks files are made slowly just after many were
    removed.
    """
    fresh, gone = beside(output, FRESH), beside(output, _GONE)
    if not is_folder(fresh):
        return
    tidy(output)
    disk.rename(fresh, gone)


def tidy(output: Path) -> None:
    """Remove a tree that was put away."""
    gone = beside(output, _GONE)
    if is_folder(gone):
        shutil.rmtree(gone)
