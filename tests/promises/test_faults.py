"""Promises 1 and 2: a full or failing disk is told, costs nothing that is published, and a build mends it."""

from __future__ import annotations

import os
import random
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.lengths import is_long, trials
from tests.loaded import Ended, Loaded, loaded
from tests.memory import mounted, resize
from tests.states import (
    EDITS,
    PLAIN,
    STORE,
    SYMLINK,
    TREES,
    Archive,
    State,
    Tree,
    differences,
    left_in_store,
    names,
    strays,
    toggled,
)

KIB = 1024
STEP = 64 * KIB
ROOM = 64 * KIB * KIB
SEED = 20091222
SERIAL = "--executor=serial"
FAILED = (2, 3)
"""The codes of a build that failed: 2 where already its configuration could not be read."""

Figure = Callable[[str], None]


@pytest.fixture(scope="module")
def program() -> Iterator[Loaded]:
    with loaded(syncs=True) as process:
        yield process


def assert_kept(archive: Archive, old: Tree, ended: Ended, *, way_out: str) -> None:
    """After a build that failed or did not, the site is the old or the new one, and what failed was told.

    Where the journal was sealed by then a site that is a folder may be between the two, until the next build.
    """
    found, new = archive.found(), archive.clean(archive.state)
    assert strays(found, old, new) == {}
    if ended.code == 0:
        assert differences(found, new) == set()
        return
    assert ended.code in FAILED, ended
    assert re.search(way_out, ended.said), ended.said
    assert "a fault of the program" not in ended.said
    record = archive.output.with_name(".site.lwnindex-part") / "record-1"
    assert found in (old, new) or (record.exists() and not archive.output.is_symlink())


def assert_mended(archive: Archive) -> None:
    """The next build ends as a clean one, and leaves nothing behind."""
    ended = archive.built(SERIAL)
    assert (ended.code, ended.said) == (0, "")
    assert differences(archive.found(), archive.clean(archive.state)) == set()
    beside = {name for place in (archive.output, archive.root) for name in names(place.parent)}
    trees = archive.output.with_name(TREES)
    assert not {name for name in beside - {TREES} if ".lwnindex" in name}
    assert not trees.exists() or names(trees) <= {"a", "b"}
    assert left_in_store(archive.store) == STORE


# A full disk -------------------------------------------------------------------------------------

FULL = "No space left on device"
MAKE_ROOM = rf"/disk\S*: {FULL}.*(Make room|Name another)|{FULL} \(.*/disk.*Make room"


@pytest.mark.parametrize("full", ["site", "store", "both"])
@pytest.mark.parametrize("begun", [False, True], ids=["first", "changed"])
def test_a_full_disk_is_told_and_the_site_stays_until_there_is_room(
    memory: Path, program: Loaded, figure: Figure, full: str, begun: bool
) -> None:
    archive = Archive(memory / "archive", program, 24)
    archive.output = memory / ("store" if full == "store" else "disk") / "site"
    archive.store = memory / ("site" if full == "site" else "disk") / "store"
    fits, tried, step = False, 0, 1
    while not fits:
        fits = _is_enough(archive, memory / "disk", step * STEP, begun=begun)
        tried, step = tried + 1, step + (1 if is_long() else 6)
    figure(f"{tried} sizes of a disk, 0 damage")


def _is_enough(archive: Archive, disk: Path, size: int, *, begun: bool) -> bool:
    """Tell whether a build fits into so many bytes, beyond what the last one left if there is one."""
    for place in (archive.output, archive.store):
        shutil.rmtree(place, ignore_errors=True)
    archive.become(PLAIN)
    with mounted(disk, ROOM):
        if begun:
            assert archive.built().code == 0
        archive.become(toggled(PLAIN, EDITS))
        old = archive.found()
        resize(disk, size + _used(disk))
        ended = archive.built("--jobs=2")
        assert_kept(archive, old, ended, way_out=MAKE_ROOM)
        resize(disk, ROOM)
        assert_mended(archive)
    return ended.code == 0


def _used(disk: Path) -> int:
    usage = shutil.disk_usage(disk)
    return usage.used


# A disk that fails -------------------------------------------------------------------------------

REFUSALS = ("ENOSPC", "EIO", "EMFILE", "EACCES", "EROFS")
ERRORS = {
    **dict.fromkeys(("open", "openat", "creat"), (*REFUSALS, "EINTR")),
    **dict.fromkeys(("write", "pwrite64"), (*REFUSALS, "EINTR")),
    **dict.fromkeys(("fsync", "fdatasync"), (*REFUSALS, "EINTR")),
    **dict.fromkeys(("close", "syncfs", "ftruncate", "mkdir", "mkdirat", "rmdir", "unlink"), REFUSALS),
    **dict.fromkeys(("unlinkat", "rename", "renameat", "renameat2", "link", "linkat"), REFUSALS),
    **dict.fromkeys(("symlink", "symlinkat", "readlink", "readlinkat"), REFUSALS),
    **dict.fromkeys(("read", "pread64", "newfstatat", "fstat", "lstat", "stat", "getdents64"), ("EIO",)),
}
"""The calls that are made to fail, and by which errors; Linux has other ones on other processors."""

LITTLE = frozenset({"body"})
ALL = frozenset(EDITS)
CALL = re.compile(r"(?:\d+ +)?(\w+)\(")


class Fault(NamedTuple):
    """The n-th call of a kind fails with an error."""

    call: str
    error: str
    number: int


class Change(NamedTuple):
    """A build that brings a site from one state, or from nothing, to another."""

    before: State | None
    after: State


CHANGES = (
    Change(None, PLAIN),
    Change(PLAIN, ALL),
    Change(ALL, PLAIN),
    Change(PLAIN, LITTLE),
    Change(LITTLE, PLAIN),
    Change(PLAIN, PLAIN),
)
TOLD = r"cannot be (written|made|used|read)|no link can be made|the system failed"


class Faults:
    """Builds of a small archive, in each of which one call of the kernel fails."""

    def __init__(self, root: Path, program: Loaded, seed: int, more: str = "") -> None:
        self.archive, self.chance = Archive(root / "archive", program, 6, more), random.Random(seed)
        self._log = root / "strace"
        self.waiting = {change: self._learned(change) for change in CHANGES}
        self.all = sum(map(len, self.waiting.values()))
        self.struck = self.failed = 0

    def _learned(self, change: Change) -> list[Fault]:
        """Return all faults that may befall a change, shuffled."""
        old = self._begin(change)
        ended = self.archive.built(SERIAL, trace=("-f", "-y", "-o", str(self._log)))
        assert_kept(self.archive, old, ended, way_out=TOLD)
        counts: Counter[str] = Counter()
        found = []
        for line in self._log.read_text("utf-8", "replace").splitlines():
            call = CALL.match(line)
            if call:
                counts[call[1]] += 1
                if self._is_ours(line):
                    errors = ERRORS.get(call[1], ())
                    found += [Fault(call[1], error, counts[call[1]]) for error in errors]
        self.chance.shuffle(found)
        return found

    def _is_ours(self, line: str) -> bool:
        """Tell whether a call is about the output or the store."""
        root = self.archive.root
        return any(f"{root}/{name}" in line for name in (".site", "site", "store"))

    def _begin(self, change: Change) -> Tree:
        """Have the site in the state before a change, and the sources in that after it; return the site."""
        if change.before is None:
            self.archive.remove()
        elif self.archive.state != change.before or not self.archive.output.exists():
            self.archive.become(change.before)
            assert_mended(self.archive)
        self.archive.become(change.after)
        return self.archive.found()

    def step(self) -> None:
        """Have a call fail in a build, look at what came of that, and build again."""
        changes = [one for one in CHANGES if self.waiting[one]]
        change = self.chance.choices(changes, [len(self.waiting[one]) for one in changes])[0]
        fault = self.waiting[change].pop()
        old = self._begin(change)
        options = ("-f", "-y", "-o", str(self._log), "-e", f"trace={fault.call}")
        inject = f"inject={fault.call}:error={fault.error}:when={fault.number}"
        ended = self.archive.built(SERIAL, trace=(*options, "-e", inject))
        struck = [line for line in self._log.read_text("utf-8", "replace").splitlines() if "INJECTED" in line]
        try:
            # What else a build reads is not always read in the same order.
            if any(map(self._is_ours, struck)):
                self.struck += 1
                self.failed += ended.code != 0
                assert_kept(self.archive, old, ended, way_out=TOLD)
            assert_mended(self.archive)
        except AssertionError as error:
            error.add_note(f"{change}\n{fault}\n{struck}\n{ended}")
            raise


@pytest.mark.needs_strace
@pytest.mark.parametrize("more", ["", SYMLINK], ids=["renames", "symlink"])
def test_whichever_call_of_the_kernel_fails_the_site_is_whole_and_the_next_build_a_clean_one(
    memory: Path, program: Loaded, figure: Figure, more: str
) -> None:
    faults, count = Faults(memory, program, SEED, more), trials(15, 2500)
    while faults.struck < count and any(faults.waiting.values()):
        faults.step()
    figure(
        f"{faults.struck} builds with one of {faults.all} faults, {faults.failed} of them failed: 0 damage"
    )


# What may not be done ----------------------------------------------------------------------------

NOBODY = 65534


@pytest.fixture
def owned(memory: Path, program: Loaded) -> Archive:
    """An archive with its site, all of whose files are everybody's."""
    memory.chmod(0o755)
    archive = Archive(memory / "archive", program, 12)
    assert archive.built(SERIAL).code == 0
    allow(memory, 0o777, 0o666)
    return archive


def allow(root: Path, folders: int, files: int) -> None:
    """Give a root, and all below it, these rights."""
    for place in (root, *root.rglob("*")):
        place.chmod(folders if place.is_dir() else files)


needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to become somebody without rights")


@needs_root
def test_sources_that_may_only_be_read_are_all_that_a_build_needs(owned: Archive) -> None:
    owned.become(toggled(PLAIN, EDITS))
    for name in ("content", "themes"):
        allow(owned.root / name, 0o555, 0o444)

    ended = owned.built(SERIAL, user=NOBODY)

    assert (ended.code, ended.said) == (0, "")
    assert differences(owned.found(), owned.clean(owned.state)) == set()


@needs_root
@pytest.mark.parametrize("name", ["site", "store", "archive"])
def test_a_tree_that_may_not_be_written_to_is_told_and_stays(owned: Archive, name: str) -> None:
    old = owned.found()
    owned.become(toggled(PLAIN, EDITS))
    allow(owned.root / name if name != "archive" else owned.root, 0o555, 0o444)

    ended = owned.built(SERIAL, user=NOBODY)

    assert ended.code == 3
    assert re.search(
        r"(?:^lwnindex: |/archive/)(?:site|store)\b.*Permission denied.*(the right to write|Name another)",
        ended.said,
    )
    assert owned.found() == old
    allow(owned.root, 0o755, 0o644)
    assert_mended(owned)


def test_no_home_and_no_folder_for_temporary_files_are_needed(owned: Archive) -> None:
    owned.become(toggled(PLAIN, EDITS))

    ended = owned.built(SERIAL, unset=("HOME", "TMPDIR", "TEMP", "TMP", "USER", "LOGNAME"))

    assert (ended.code, ended.said) == (0, "")
    assert differences(owned.found(), owned.clean(owned.state)) == set()


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_rights_that_new_files_get_change_none_of_their_bytes(owned: Archive, umask: int) -> None:
    shutil.rmtree(owned.output)
    owned.become(toggled(PLAIN, EDITS))

    ended = owned.built("--jobs=2", umask=umask)

    assert (ended.code, ended.said) == (0, "")
    assert {each.stat().st_mode & 0o777 for each in owned.output.rglob("*.html")} == {0o666 & ~umask}
    assert differences(owned.found(), owned.clean(owned.state)) == set()


# Limits ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hands", [SERIAL, "--jobs=4"])
def test_however_few_files_may_be_open_the_site_is_whole(
    memory: Path, program: Loaded, figure: Figure, hands: str
) -> None:
    archive = Archive(memory / "archive", program, 70)
    failed = tried = 0
    for files in range(3, 30, 1 if is_long() else 4):
        old = archive.found()
        archive.become(toggled(archive.state, EDITS))
        ended = archive.built(hands, files=files)
        assert_kept(archive, old, ended, way_out="Too many open files")
        assert_mended(archive)
        failed, tried = failed + bool(ended.code), tried + 1
    assert 0 < failed < tried
    figure(f"{tried} limits, {failed} builds failed: 0 damage")


def test_however_short_files_must_be_the_site_is_whole(memory: Path, program: Loaded, figure: Figure) -> None:
    archive = Archive(memory / "archive", program, 24)
    failed = tried = 0
    for length in range(4096, 800_000, 9_973 if is_long() else 99_999):
        old = archive.found()
        archive.become(toggled(archive.state, EDITS))
        ended = archive.built(SERIAL, length=length)
        assert_kept(archive, old, ended, way_out="File too large")
        assert_mended(archive)
        failed, tried = failed + bool(ended.code), tried + 1
    assert 0 < failed < tried
    figure(f"{tried} lengths, {failed} builds failed: 0 damage")
