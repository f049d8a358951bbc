"""A walk through the states of an archive, each build of which is killed."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.loaded import Ended
from tests.states import (
    EDITS,
    STORE,
    THEIRS,
    TREES,
    Archive,
    Tree,
    differences,
    left_in_store,
    names,
    strays,
    toggled,
)

SIZE = 150
SEED = 20091222
HANDS = (("--executor=serial",), ("--jobs=2",))


class Span(NamedTuple):
    """How many seconds builds of a kind take, and for how many the journal is sealed; as far as known."""

    whole: float
    sealed: float


KINDS = (*EDITS, *EDITS, "several", "first", "clean")
RECORDS = tuple(f"{place}.lwnindex-part/record-1" for place in (".site", f"{TREES}/.a", f"{TREES}/.b"))
"""Where a journal is sealed: beside a site, or beside a tree of it."""


class Walk:
    """A walk through the states of an archive, each build of which is killed.

    Where a site is a link to a tree, it is `whole` at every moment. `rest` is called after each build.
    """

    def __init__(
        self,
        archive: Archive,
        seed: int,
        *,
        whole: bool = False,
        kinds: Sequence[str] = KINDS,
        rest: Callable[[], None] = lambda: None,
    ) -> None:
        self.archive, self.chance = archive, random.Random(seed)
        self._whole, self._kinds, self._rest = whole, kinds, rest
        self.kills = self.mixed = 0
        self._theirs: Tree = {}
        self._records = [str(archive.root / place) for place in RECORDS]
        first = Span(archive.built().seconds, 0.02)
        self._spans = defaultdict[str, Span](lambda: first)
        self._beside = names(archive.root)

    def step(self) -> None:
        """Have a build killed that brings the site to another state, look at what is left, and mend it."""
        kind, options = self._changed()
        old = self.archive.found()
        if self._is_killed(kind, *options):
            self.kills += 1
            self._assert_whole(old)
            if self.chance.random() < 0.25 and self._is_killed(kind):
                self._assert_whole(old)
        self._assert_mended()

    # What is done.

    def _changed(self) -> tuple[str, tuple[str, ...]]:
        """Bring the sources to another state; return what kind of build that is, and its options."""
        kind = self.chance.choice(self._kinds)
        edits = (kind,) if kind in EDITS else self.chance.sample(EDITS, 3)
        self.archive.become(toggled(self.archive.state, edits))
        if kind == "first":
            self._removed()
        clean = ("--clean",) if kind == "clean" else ()
        return kind, (*clean, *self.chance.choice(HANDS))

    def _removed(self) -> None:
        """Remove the site and its store, and put files of others into the output, or none."""
        self.archive.remove()
        self._theirs = self.chance.choice(({}, THEIRS))
        if self._theirs:
            self.archive.put_theirs()

    def _is_killed(self, kind: str, *options: str) -> bool:
        """Build, and kill it at some moment, half of the time while changes happen; tell whether it was."""
        span = self._spans[kind]
        once = self.chance.choice(([], self._records))
        after = self.chance.uniform(0, span.sealed if once else span.whole)
        ended = self.archive.built(*options, after=after, once=once)
        assert ended.is_killed or ended.code == 0, ended.said
        self._rest()
        self._spans[kind] = learned(span, ended, is_sealed=bool(once))
        return ended.is_killed

    # What must hold.

    def _assert_whole(self, old: Tree) -> None:
        """Each file is that of the old site or that of the new one, and those of others stand."""
        found, new = self.archive.found(), self.archive.clean(self.archive.state)
        assert strays(found, old, new, self._theirs) == {}
        assert self._theirs.items() <= found.items()
        mixed = found not in (old, {**new, **self._theirs})
        assert not (mixed and self._whole)
        self.mixed += mixed

    def _assert_mended(self) -> None:
        """The next build waits for nobody, ends as a clean one, and leaves nothing behind."""
        ended = self.archive.built(*self.chance.choice(HANDS))
        assert (ended.code, ended.said) == (0, "")
        self._rest()
        found = self.archive.found()
        assert differences(found, {**self.archive.clean(self.archive.state), **self._theirs}) == set()
        assert folders(self.archive.output) == holding(found)
        assert names(self.archive.root) == self._beside
        assert left_in_store(self.archive.store) == STORE
        if self._whole:
            assert self.archive.output.is_symlink()
            assert names(self.archive.root / TREES) <= {"a", "b"}


def learned(span: Span, ended: Ended, *, is_sealed: bool) -> Span:
    """Return how long builds of a kind take, after one more that was to be killed."""
    if is_sealed:
        return span._replace(sealed=span.sealed * (1.2 if ended.is_killed else 0.7))
    return span if ended.is_killed else span._replace(whole=ended.seconds)


def folders(root: Path) -> set[str]:
    """Return the folders below a root."""
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_dir()}


def holding(files: Tree) -> set[str]:
    """Return the folders that files are in."""
    return {str(folder) for path in files for folder in Path(path).parents} - {"."}
