"""A worker makes files where it is told to, and gives back what it did, never what it made."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from lwnindex.digest import digest_bytes
from lwnindex.disk import DISK, NOWHERE, look, stat_from
from lwnindex.engine.executors import Done, Serial
from lwnindex.engine.store import DamagedError, Store, Written
from lwnindex.files import Changes, Made, Tree
from lwnindex.problems import SiteError
from lwnindex.writing import Tally, write
from tests.forking import Forking

PATHS = ("a/index.html", "b/index.html", "c/index.html")


def large(path: str, _last: str) -> Made:
    """Return a page that would be noticed on its way."""
    return Made("key", path.encode() * 10_000, note=path.encode() if path[0] == "b" else b"")


def test_a_row_tells_what_stands_where(tmp_path: Path) -> None:
    rows, notes, failed = Tree(large, str(tmp_path), DISK)(PATHS)

    assert [row.path for row in rows] == list(PATHS)
    for row in rows:
        place = tmp_path / row.path
        assert row.written == ("key", digest_bytes(place.read_bytes()), stat_from(look(str(place))))
    assert notes == {"b/index.html": b"b/index.html"}
    assert failed == {}
    assert len(msgspec.msgpack.encode((rows, notes))) < 1_000


@pytest.mark.parametrize("standing", [None, "ONE", "two"], ids=["missing", "same", "other"])
def test_a_copied_file_is_known_by_the_bytes_that_were_copied(tmp_path: Path, standing: str | None) -> None:
    (tmp_path / "original").write_text("ONE")
    (tmp_path / "site").mkdir()
    before = {}
    if standing:
        (tmp_path / "site/a").write_text(standing)
        before["a"] = Written("", "", NOWHERE)

    def make(_path: str, _last: str) -> Made:
        return Made("what was there when it was looked for", tmp_path / "original")

    changes = Changes(
        make,
        str(tmp_path / "site"),
        str(tmp_path / "part"),
        before=before,
        going=frozenset(),
        disk=DISK,
        trust_stat=True,
        trust_key=True,
    )
    for work in (Tree(make, str(tmp_path / "tree"), DISK), changes):
        ((row,), _, _) = work(["a"])
        assert row.written.key == row.written.digest == digest_bytes(b"ONE")


class Dying:
    """Workers of whom one dies over a path, after it has made files; what is left is done in halves."""

    def __init__(self, path: str) -> None:
        self._path = path

    def batches(
        self,
        work: Callable[[Sequence[str]], object],
        items: Sequence[str],
        size: int,
        least: int | None = None,
    ) -> Iterator[Done[str, object]]:
        """Yield every item alone, after all of them were done together in vain."""
        work(items)
        for item in items:
            if item == self._path:
                yield Done([item], None, "it was killed by signal 9")
            else:
                yield Done([item], work([item]))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path / "store")) as store:
        yield store


def made(root: Path, store: Store, path: str, notes: dict[str, bytes] | None = None) -> Tally:
    """Write the site by workers of whom one dies over a path."""
    heard: dict[str, bytes] = {} if notes is None else notes
    return write(PATHS, large, root / "site", store, Dying(path), noted=heard.update)  # type: ignore[arg-type]


@pytest.mark.parametrize("before", [False, True], ids=["first", "later"])
def test_a_worker_s_death_costs_its_page_only(tmp_path: Path, store: Store, before: bool) -> None:
    if before:
        (tmp_path / "site").mkdir()
        (tmp_path / "site/CNAME").write_text("news.example")
    tally = made(tmp_path, store, "a/index.html")

    assert [one.code for one in tally.problems] == ["crash"]
    assert "it was killed by signal 9" in tally.problems[0].message
    assert tally.problems[0].file.endswith("a/index.html")
    assert (tally.written, tally.kept) == (("b/index.html", "c/index.html"), 0)
    assert pages(tmp_path) == {path: path * 10_000 for path in PATHS[1:]}
    assert made(tmp_path, store, "none").written == ("a/index.html",)
    assert pages(tmp_path) == {path: path * 10_000 for path in PATHS}


@pytest.mark.parametrize("others", [False, True], ids=["first", "later"])
def test_workers_in_processes_of_their_own_make_one_site(tmp_path: Path, store: Store, others: bool) -> None:
    paths = [f"{number % 7}/{number % 3}/{number}.html" for number in range(300)]
    parent = os.getpid()
    if others:
        (tmp_path / "site").mkdir()
        (tmp_path / "site/CNAME").write_text("news.example")

    def make(path: str, last: str) -> Made:
        assert os.getpid() != parent
        key = f"{turn}" if path[-6] == "7" else "0"
        return Made(key, None if key == last else f"{path} {key}".encode(), path.encode() if turn else b"")

    for turn in (0, 1):
        notes: dict[str, bytes] = {}
        tally = write(paths, make, tmp_path / "site", store, Forking(), noted=notes.update)

        changed = [path for path in paths if path[-6] == "7"] if turn else paths
        assert (tally.written, tally.problems) == (tuple(changed), ())
        assert notes == ({path: path.encode() for path in paths} if turn else {})
        wanted = {path: f"{path} {turn if path[-6] == '7' else 0}" for path in paths}
        assert pages(tmp_path) == wanted


def pages(root: Path) -> Mapping[str, str]:
    """Return every page's text by its path."""
    found = (root / "site").rglob("*.html")
    return {each.relative_to(root / "site").as_posix(): each.read_text() for each in found}


def test_notes_come_back_to_the_caller(tmp_path: Path, store: Store) -> None:
    notes: dict[str, bytes] = {}
    made(tmp_path, store, "none", notes)

    assert notes == {"b/index.html": b"b/index.html"}


class Failing:
    """Makes a page of each path but one."""

    def __init__(self, path: str, error: Exception) -> None:
        self._path, self._error = path, error

    def __call__(self, path: str, last: str) -> Made:
        if path == self._path:
            raise self._error
        return large(path, last)


@pytest.mark.parametrize("before", [False, True], ids=["first", "later"])
@pytest.mark.parametrize(
    "error", [ZeroDivisionError("by 0"), MemoryError(), RecursionError("deep")], ids=repr
)
def test_a_page_whose_making_fails_is_the_only_one_that_is_missing(
    tmp_path: Path, store: Store, before: bool, error: Exception
) -> None:
    if before:
        (tmp_path / "site").mkdir()
        (tmp_path / "site/CNAME").write_text("news.example")
    tally = write(PATHS, Failing("a/index.html", error), tmp_path / "site", store, Serial())
    (told,) = tally.problems

    assert told.code == "crash"
    assert f"{type(error).__name__}: {error} (test_files.py:" in told.message
    assert tally.written == ("b/index.html", "c/index.html")
    assert pages(tmp_path) == {path: path * 10_000 for path in PATHS[1:]}


def test_a_page_that_stood_there_stays_where_its_making_fails(tmp_path: Path, store: Store) -> None:
    write(PATHS, large, tmp_path / "site", store, Serial())
    failing = Failing("a/index.html", ZeroDivisionError())
    tally = write(PATHS, failing, tmp_path / "site", store, Serial(), trust_key=False)

    assert [one.code for one in tally.problems] == ["crash"]
    assert pages(tmp_path) == {path: path * 10_000 for path in PATHS}


@pytest.mark.parametrize("error", [DamagedError("a blob"), SiteError("a broken template")], ids=repr)
def test_what_fails_for_the_whole_site_ends_the_build(tmp_path: Path, store: Store, error: Exception) -> None:
    with pytest.raises(type(error)):
        write(PATHS, Failing("a/index.html", error), tmp_path / "site", store, Serial())
