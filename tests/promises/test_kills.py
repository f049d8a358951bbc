"""Promises 1 and 2: a build killed at any moment leaves whole files, and the next one ends as a clean one."""

from __future__ import annotations

import random
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

from lwnindex.lock import held
from lwnindex.problems import SiteError
from tests.lengths import trials
from tests.loaded import Ended, Loaded, Order, loaded
from tests.memory import in_memory
from tests.misbehaving import misbehaving, versioned
from tests.readingon import digest, reading_on
from tests.sites import tree
from tests.states import (
    EDITS,
    PLAIN,
    STORE,
    SYMLINK,
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
Figure = Callable[[str], None]
HANDS = (("--executor=serial",), ("--jobs=2",))


@pytest.fixture(scope="module")
def program() -> Iterator[Loaded]:
    with loaded() as process:
        yield process


@pytest.fixture
def memory() -> Iterator[Path]:
    with in_memory() as folder:
        yield folder


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


def test_a_build_killed_at_any_moment_leaves_whole_files_and_the_next_one_mends_all(
    memory: Path, program: Loaded, figure: Figure
) -> None:
    count = trials(12, 1000)
    walk = Walk(Archive(memory / "archive", program, SIZE), SEED)
    while walk.kills < count:
        walk.step()
    figure(
        f"{walk.kills} kills: 0 half files, {walk.kills} of {count} recovered ({walk.mixed} while renaming)"
    )


def test_a_site_that_is_a_link_to_a_tree_is_wholly_old_or_new_after_a_kill_at_any_moment(
    memory: Path, program: Loaded, figure: Figure
) -> None:
    count = trials(10, 1000)
    walk = Walk(Archive(memory / "archive", program, SIZE, SYMLINK), SEED, whole=True)
    while walk.kills < count:
        walk.step()
    figure(f"{walk.kills} kills: 0 half files, 0 mixed trees, {walk.kills} of {count} recovered")


def test_who_reads_a_site_that_is_a_link_to_a_tree_reads_the_old_one_or_the_new_one_also_through_kills(
    memory: Path, program: Loaded, figure: Figure
) -> None:
    count, readings = trials(4, 200), 0
    archive = Archive(memory / "archive", program, SIZE, SYMLINK)
    archive.built()
    seen: list[str] = []
    with reading_on(archive.output) as reader:
        # A tree is written to by the build after the next: until then whoever opened it has to be done.
        walk = Walk(archive, SEED, whole=True, kinds=EDITS, rest=lambda: seen.extend(reader.seen()))
        while walk.kills < count:
            before = archive.found()
            walk.step()
            right = {digest(one) for one in (before, archive.clean(archive.state))}
            assert [one for one in seen if one not in right] == []
            readings += len(seen)
            seen.clear()
    figure(f"{readings} readings through {count} kills: 0 mixed, 0 failed")


def test_a_build_that_was_stopped_holds_others_off_until_it_is_killed(memory: Path, program: Loaded) -> None:
    archive = Archive(memory / "archive", program, 20)
    archive.built()
    archive.become(toggled(PLAIN, EDITS))
    store = str(archive.store)

    staging = str(archive.root / ".site.lwnindex-part")

    with ThreadPoolExecutor(1) as one, loaded() as other:
        other.ran(Order(("config",), str(archive.root)))
        stopped = one.submit(archive.built, "--jobs=2", after=0.0, once=(staging,), stopped=2.0)
        while not is_held(archive.store):
            assert not stopped.done(), stopped.result()
        ended = other.ran(archive.order())

    assert stopped.result().is_killed
    assert (ended.code, ended.said) == (
        0,
        f"lwnindex: Another build is at work in {store}; waiting for it to end.\n",
    )
    assert differences(archive.found(), archive.clean(archive.state)) == set()


def is_held(folder: Path) -> bool:
    """Tell whether somebody works in a folder."""
    try:
        with held({"store": folder}, 0):
            return False
    except SiteError:
        return True


def test_builds_started_together_end_as_one(memory: Path, program: Loaded, figure: Figure) -> None:
    archive = Archive(memory / "archive", program, 20)
    chance, rounds = random.Random(SEED), trials(2, 100)
    for _ in range(rounds):
        archive.become(toggled(archive.state, chance.sample(EDITS, 3)))
        if chance.random() < 0.3:
            shutil.rmtree(archive.output, ignore_errors=True)
            shutil.rmtree(archive.store, ignore_errors=True)
        together = program.ran_together(archive.order("--jobs=2", together=8))
        assert {(one.code, told(one)) for one in together} == {(0, "")}
        assert differences(archive.found(), archive.clean(archive.state)) == set()
        assert left_in_store(archive.store) == STORE
    figure(f"8 builds at once, {rounds} of {rounds} times a clean site")


def told(ended: Ended) -> str:
    """Return what a build said but that it waits."""
    lines = ended.said.splitlines()
    return "\n".join(line for line in lines if not line.startswith("lwnindex: Another build is at work in "))


def test_an_import_killed_at_any_moment_leaves_whole_articles_and_the_next_one_ends_as_one_alone(
    memory: Path, program: Loaded, figure: Figure
) -> None:
    for number in range(60):
        put(memory / f"old/_posts/2009-12-22-n{number}.md", POST.format(number=number))
        put(memory / f"old/pictures/{number}.bin", f"{number}" * 1000)
    orders = {name: importing(memory, name) for name in ("alone", "killed")}
    whole = program.ran(orders["alone"])
    assert whole.code == 0, whole.said
    right = tree(memory / "alone/content")
    chance, kills, count = random.Random(SEED), 0, trials(4, 200)
    while kills < count:
        shutil.rmtree(memory / "killed", ignore_errors=True)
        (memory / "killed").mkdir()
        after = chance.uniform(0, whole.seconds)
        kills += program.ran(importing(memory, "killed")._replace(after=after)).is_killed
        assert strays(visible(memory / "killed/content"), right) == {}
        again = program.ran(orders["killed"])
        assert again.code == 0, again.said
        assert differences(tree(memory / "killed/content"), right) == set()
    figure(f"{kills} of {count} imports recovered, 0 half files")


POST = """---
title: Number {number}
categories: News
---
Some words, and ![a picture](/pictures/{number}.bin).
"""


def put(place: Path, text: str) -> None:
    """Write a file, with the folders that it needs."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text)


def importing(folder: Path, name: str) -> Order:
    """Return the order to import an archive into a site that is called so."""
    (folder / name).mkdir(exist_ok=True)
    return Order(("import", str(folder / "old"), "--as", "jekyll"), str(folder / name))


ITEM = (
    "<item><guid>{number}</guid><link>https://news.example/{number}</link><title>About {number}</title>"
    "<pubDate>Tue, 22 Dec 2009 10:00:00 GMT</pubDate><description>Words.</description></item>"
)


def test_a_fetch_killed_at_any_moment_leaves_whole_articles_and_the_next_one_ends_as_one_alone(
    memory: Path, program: Loaded, figure: Figure
) -> None:
    items = "".join(ITEM.format(number=number) for number in range(60))
    head = '<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>'
    feed = f"{head}<link>https://news.example/</link>{items}</channel></rss>".encode()
    chance, kills, count = random.Random(SEED), 0, trials(3, 200)
    with misbehaving({"/feed": versioned(feed, '"1"', "Tue, 22 Dec 2009 10:00:00 GMT")}) as server:
        url = f"{server.url}/feed"
        seconds = program.ran(fetching(memory / "alone", url)).seconds
        right = tree(memory / "alone/content")
        assert len(right) == 60
        while kills < count:
            order = fetching(memory / "killed", url)
            after = chance.uniform(0, seconds)
            kills += program.ran(order._replace(after=after)).is_killed
            assert strays(visible(memory / "killed/content"), right) == {}
            again = program.ran(order)
            assert again.code == 0, again.said
            assert differences(tree(memory / "killed/content"), right) == set()
    figure(f"{kills} of {count} fetches recovered, 0 half files")


def fetching(root: Path, url: str) -> Order:
    """Return the order to fetch a feed into a site of which nothing is there yet."""
    shutil.rmtree(root, ignore_errors=True)
    put(root / "lwnindex.toml", f'[site]\nurl = "https://example.org/"\n[[feeds]]\nurl = "{url}"\n')
    return Order(("fetch", "--allow-private", "127.0.0.1"), str(root))


def visible(content: Path) -> Tree:
    """Return the files of a content folder that a build may see."""
    files = tree(content) if content.exists() else {}
    return {path: text for path, text in files.items() if not any(p.startswith(".") for p in path.split("/"))}
