"""The tree that nobody sees becomes what the published one is: both share their files by hard links.

The published tree is only read. What stands there and is not ours is shared as well, so that it goes on
being there when the other tree is published; what is remembered of that (`carried`) tells what somebody took
out of the published tree from what was put into the other. A run that was killed is done again: all is
compared as it stands on disk, and what is about to be changed is noted before (`pending`).
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain, count
from pathlib import Path
from typing import NamedTuple

from lwnindex.carried import Carried, Memory, inodes, named, noted, recalled
from lwnindex.digest import digest_bytes
from lwnindex.disk import DISK, Disk, Folders, Maker, Stat, look, may_change, parent, prune, stat_from
from lwnindex.engine.store import Store, Written
from lwnindex.files import is_marked
from lwnindex.journal import is_unchanged, known_as
from lwnindex.standing import standing, written

_NO_LINK = {errno.EPERM, errno.EMLINK, errno.EXDEV, errno.ENOSYS, errno.EOPNOTSUPP}
"""What is said where a file cannot have one more name."""


class _Plan(NamedTuple):
    """Paths to be removed, and to be linked over what stands there; folders to be, or to be removed.

    `aside` are files of others that are to make way for those to be linked; `copied` are files that have a
    stat of their own already.
    """

    removed: tuple[str, ...]
    linked: tuple[str, ...]
    folders: tuple[str, ...]
    emptied: tuple[str, ...]
    aside: tuple[str, ...]
    carried: Carried
    copied: Mapping[str, Stat]


def mirror(
    live: Path, idle: Path, store: Store, disk: Disk = DISK, *, known: bool = False
) -> tuple[Path, ...]:
    """Have a tree hold what another one holds; what somebody has put there alone stays.

    With `known`, all that this program ever put there is known to the store, so that no more is looked for.
    Where that stands in the way, or the store was lost that would know whose it is, it is moved to `kept`
    beside the trees; its places there are returned.
    """
    note = f"carried {digest_bytes(os.fsencode(idle.parent))}"
    remembered = recalled(store.noted(note))
    memory = remembered or Memory()
    trees = _Trees(live, idle, store, memory, known=known, lost=not remembered)
    plan = trees.plan()
    pending = (*plan.removed, *plan.linked)
    if pending:
        kept = {**memory.carried, **named(plan.carried)}
        store.note(note, noted(Memory(kept, idle.name, tuple(map(os.fsencode, pending)))))
    work = _Work(str(live), str(idle), disk)
    copies = {**plan.copied, **work.done(plan)}
    work.agree(["", *trees.folders])
    trees.record(copies)
    carried = {
        path: (*stats, copies[path]) if path in copies else stats for path, stats in plan.carried.items()
    }
    now = Memory(named(carried))
    if pending or memory != now:
        store.note(note, noted(now))
    return tuple(work.kept)


# What is to be done ------------------------------------------------------------------------------


class _Trees:
    """The published tree and the other one, as they stand on disk and as they are known."""

    def __init__(
        self, live: Path, idle: Path, store: Store, memory: Memory, *, known: bool, lost: bool
    ) -> None:
        self._live, self._idle, self._store = str(live), str(idle), store
        self._name = known_as(idle)
        self._ours, self._before = written(live, store), written(idle, store)
        self._carried = {os.fsdecode(path): stats for path, stats in memory.carried.items()}
        same = memory.tree == idle.name
        self._pending = frozenset(map(os.fsdecode, memory.pending)) if same else frozenset()
        self._standing, self.folders = standing(self._live)
        self._other = self._hidden(known=known) if idle.exists() else {}
        self._lost, self._aside = lost, list[str]()
        self._copied: dict[str, Stat] = {}

    def _hidden(self, *, known: bool) -> dict[str, int]:
        """Return what stands in the other tree, as far as it matters, with the inode of each."""
        if not known:
            return standing(self._idle)[0]
        paths = dict.fromkeys(chain(self._ours, self._standing, self._before, self._carried, self._pending))
        found = ((path, look(f"{self._idle}/{path}")) for path in paths)
        return {path: one.st_ino for path, one in found if one and not stat.S_ISDIR(one.st_mode)}

    def plan(self) -> _Plan:
        """Return what is to be done."""
        linked = [path for path in self._ours if self._is_lacking(path)]
        others = {path: seen for path, seen in self._standing.items() if path not in self._ours}
        linked += [path for path in others if self._is_other(path)]
        carried = {path: self._stats(path) for path in others}
        kept = self._foreign_folders()
        gone = {path for path in self._carried if path.endswith("/") and path not in kept}
        # A run that was killed may have removed the last file of a folder, and not the folder.
        gone |= {f"{parent(path)}/" for path in self._pending if path not in self._other}
        return _Plan(
            tuple(self._removed()),
            tuple(linked),
            tuple(kept),
            tuple(sorted(gone, reverse=True)),
            tuple(self._aside),
            {**carried, **dict.fromkeys(kept, ())},
            self._copied,
        )

    def record(self, copies: Mapping[str, Stat]) -> None:
        """Note as ours in the other tree what is ours in the published one."""
        rows = {path: self._row(path, row, copies) for path, row in self._ours.items()}
        new = {path: row for path, row in rows.items() if self._before.get(path) != row}
        self._store.record(self._name, new, [path for path in self._before if path not in rows])

    def _row(self, path: str, row: Written, copies: Mapping[str, Stat]) -> Written:
        """Return what is known of a file; that of a copy tells it from one that was changed by hand."""
        if path not in copies or stat_from(look(f"{self._live}/{path}")) != row.stat:
            return row
        return row._replace(stat=copies[path])

    def _is_lacking(self, path: str) -> bool:
        """Tell whether a file of ours stands in the published tree, and not in the other one."""
        inode, other = self._standing.get(path), self._other.get(path)
        if inode is None or inode == other:
            return False
        if other is None:
            return True
        if self._is_copy(path):
            return False
        if path not in self._before and not self._is_known(path):
            self._aside.append(path)
        return True

    def _is_copy(self, path: str) -> bool:
        """Tell whether a file in the other tree is known to be a copy of the published one."""
        seen, copy = stat_from(look(f"{self._live}/{path}")), stat_from(look(f"{self._idle}/{path}"))
        ours, before = self._ours.get(path), self._before.get(path)
        same = ours and before and (ours.digest, ours.stat, before.stat) == (before.digest, seen, copy)
        if same or (path not in self._ours and {seen, copy} <= set(self._carried.get(path, ()))):
            self._copied[path] = copy
            return True
        return False

    def _is_other(self, path: str) -> bool:
        """Tell whether a file of somebody's is to be put into the other tree."""
        inode, other = self._standing[path], self._other.get(path)
        if inode == other:
            return False
        if other is None:
            return True
        if self._is_copy(path):
            return False
        if self._is_known(path) or self._is_ours(path):
            return True
        # Else it was replaced in the other tree, by somebody who was in there while that was published.
        is_newer = inode in inodes(self._carried.get(path, ()))
        self._aside += [] if is_newer else [path]
        return not is_newer

    def _is_known(self, path: str) -> bool:
        """Tell whether what stands in the other tree was brought there by us, or says that we made it."""
        if path in self._pending or self._other[path] in inodes(self._carried.get(path, ())):
            return True
        place = Path(self._idle, path)
        return path not in self._before and not place.is_symlink() and is_marked(place)

    def _is_ours(self, path: str) -> bool:
        last = self._before.get(path)
        return last is not None and is_unchanged(f"{self._idle}/{path}", last)

    def _stats(self, path: str) -> tuple[Stat, ...]:
        return (stat_from(look(f"{self._live}/{path}")),)

    def _removed(self) -> Iterator[str]:
        """Yield what stands in the other tree, was brought there by us, and is not published any more."""
        for path in self._other:
            if path not in self._standing:
                if self._is_known(path) or self._is_ours(path):
                    yield path
                elif self._lost:
                    # It may be ours, of a site before the published one, or somebody's.
                    self._aside.append(path)

    def _foreign_folders(self) -> list[str]:
        """Return the folders in which nothing of ours is to stand."""
        own: set[str] = set()
        for path in self._ours:
            folder = parent(path)
            while folder and folder not in own:
                own.add(folder)
                folder = parent(folder)
        return sorted(f"{folder}/" for folder in self.folders if folder not in own)


# How it is done ----------------------------------------------------------------------------------


class _Work:
    """One run through a plan."""

    def __init__(self, live: str, idle: str, disk: Disk) -> None:
        self._live, self._idle, self._disk = live, idle, disk
        self.kept: list[Path] = []

    def done(self, plan: _Plan) -> dict[str, Stat]:
        """Remove, make and link what is planned, and return the stats of what had to be copied."""
        self._begin()
        self._make("")
        for path in plan.removed:
            self._remove(path)
        for path in plan.aside:
            if self._folders.is_own(parent(f"{self._idle}/{path}")):
                self._keep(path)
                prune(parent(f"{self._idle}/{path}"), self._idle, self._disk)
        for folder in (f"{self._idle}/{path}".rstrip("/") for path in plan.emptied):
            if self._folders.is_own(folder):
                prune(folder, self._idle, self._disk)
        # What was in the way of folders is not any more.
        self._begin()
        for path in plan.folders:
            self._make(path.rstrip("/"))
        done = {path: self._link(path) for path in plan.linked}
        return {path: seen for path, seen in done.items() if seen}

    def _begin(self) -> None:
        """Rely on nothing that was seen so far."""
        self._maker, self._folders = Maker(self._disk), Folders(self._idle)

    def agree(self, folders: Iterable[str]) -> None:
        """Give folders the rights of those that they mirror, as somebody may have set them since."""
        self._begin()
        for path in folders:
            source, place = f"{self._live}/{path}", f"{self._idle}/{path}".rstrip("/")
            wanted, own = look(source), look(place)
            if wanted and own and _rights(wanted) != _rights(own) and self._folders.is_own(place):
                self._give(place, wanted)

    def _give(self, place: str, wanted: os.stat_result, more: int = 0) -> None:
        """Give a file or folder the rights that something else has and, where that may be, its owners."""
        own, mode = os.lstat(place), stat.S_IMODE(wanted.st_mode) | more
        if own.st_uid != wanted.st_uid or own.st_gid != wanted.st_gid:
            for user, group in ((wanted.st_uid, -1), (-1, wanted.st_gid)):
                with suppress(OSError):
                    self._disk.chown(place, user, group)
        if stat.S_IMODE(os.lstat(place).st_mode) != mode:
            self._disk.chmod(place, mode)

    def _make(self, path: str) -> None:
        """Make a folder with the rights of the one that it mirrors, and such that it can be filled."""
        place = f"{self._idle}/{path}".rstrip("/")
        if not self._folders.is_own(place):
            self._make_way(path)
        if look(place) is None:
            self._maker.folder(place)
            self._give(place, os.lstat(f"{self._live}/{path}"), stat.S_IRWXU)

    def _enter(self, folder: str) -> None:
        """Have a folder be one in which something may be changed, until all agrees."""
        found = look(folder)
        if found and not may_change(folder):
            self._disk.chmod(folder, stat.S_IMODE(found.st_mode) | stat.S_IRWXU)

    def _remove(self, path: str) -> None:
        place = f"{self._idle}/{path}"
        if self._folders.is_own(parent(place)):
            self._enter(parent(place))
            self._disk.unlink(place)
            prune(parent(place), self._idle, self._disk)

    def _make_way(self, path: str) -> None:
        """Move out of the way what stands where a folder is to be: this one, or one that it lies in."""
        while not self._folders.is_own(parent(f"{self._idle}/{path}")):
            path = parent(path)
        self._keep(path)
        self._begin()

    def _keep(self, path: str) -> None:
        """Move what is somebody's to where nothing stands."""
        place = self._free(path)
        self._maker.folder(parent(place))
        self._enter(parent(f"{self._idle}/{path}"))
        self._disk.rename(f"{self._idle}/{path}", place)
        self.kept.append(Path(place))

    def _free(self, path: str) -> str:
        """Return where something may be kept: below the first folder in which nothing is in its way."""
        first = str(Path(self._idle).with_name("kept"))
        roots = chain([first], (f"{first}.{number}" for number in count(2)))
        return next(f"{root}/{path}" for root in roots if _has_room(root, path))

    def _link(self, path: str) -> Stat | None:
        """Have a file stand in both trees; return the stat of one that had to be copied."""
        source, place = f"{self._live}/{path}", f"{self._idle}/{path}"
        if not self._folders.is_own(parent(place)):
            self._make_way(parent(path))
        self._maker.folder(parent(place))
        self._enter(parent(place))
        found = look(place)
        if found and stat.S_ISDIR(found.st_mode):
            self._keep(path)
        elif found:
            self._disk.unlink(place)
        try:
            self._disk.link(source, place)
        except OSError as error:
            if error.errno not in _NO_LINK:
                raise
            return self._copy(source, place)
        return None

    def _copy(self, source: str, place: str) -> Stat:
        if Path(source).is_symlink():
            self._disk.symlink(str(Path(source).readlink()), place)
            return stat_from(look(place))
        self._maker.file(place, Path(source))
        self._give(place, os.lstat(source))
        return stat_from(look(place))


def _rights(seen: os.stat_result) -> tuple[int, int, int]:
    return stat.S_IMODE(seen.st_mode), seen.st_uid, seen.st_gid


def _has_room(root: str, path: str) -> bool:
    """Tell whether something may stand at a path below a root, and nothing does."""
    return look(f"{root}/{path}") is None and Folders(root).is_own(parent(f"{root}/{path}"))
