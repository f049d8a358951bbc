"""Whatever changes below what is watched, or comes to be there, is heard of; nothing else is."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from lwnindex.preview.watching import Watched, Watcher, matters, watched, watcher

LONG = 20.0


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("content/a", "static", "site"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "content/a/one.md").write_text("one")
    (tmp_path / "lwnindex.toml").write_text("")
    return tmp_path


@pytest.fixture
def watching(root: Path) -> Iterator[Watcher]:
    with watcher([root / "site"]) as found:
        assert found.watch(wanted(root))
        yield found


def wanted(root: Path) -> Watched:
    return watched([root / name for name in ("content", "static", "templates")], [root])


def replaced(root: Path) -> None:
    """Write as editors do that rename."""
    (root / "content/a/one.md~new").write_text("two")
    (root / "content/a/one.md~new").replace(root / "content/a/one.md")


CHANGES: dict[str, Callable[[Path], object]] = {
    "a file written": lambda root: (root / "content/a/one.md").write_text("two"),
    "a file replaced": replaced,
    "a file made": lambda root: (root / "content/a/two.md").write_text("two"),
    "a file removed": lambda root: (root / "content/a/one.md").unlink(),
    "a folder made": lambda root: (root / "content/b").mkdir(),
    "a folder removed": lambda root: shutil.rmtree(root / "content/a"),
    "a folder renamed": lambda root: (root / "content/a").rename(root / "content/c"),
    "a watched folder renamed": lambda root: (root / "content").rename(root / "away"),
    "a watched folder removed": lambda root: shutil.rmtree(root / "static"),
    "a folder that was not there": lambda root: (root / "templates").mkdir(),
    "the configuration": lambda root: (root / "lwnindex.toml").write_text("static = 'x'"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_heard_of(watching: Watcher, root: Path, change: Callable[[Path], object]) -> None:
    change(root)

    assert watching.changed(LONG)


def test_what_is_built_and_what_editors_leave_is_not_heard_of(watching: Watcher, root: Path) -> None:
    (root / "site/index.html").write_text("x")
    (root / "content/.one.md.swp").write_text("x")
    (root / "content/one.md~").write_text("x")
    (root / "content/two.md").write_text("x")

    assert watching.changed(LONG) == [str(root / "content/two.md")]


def test_many_changes_at_once_are_few_reports(watching: Watcher, root: Path) -> None:
    for number in range(300):
        (root / f"content/a/{number}.md").write_text("x")
    reports = 0
    while watching.changed(1.0) is not None:
        reports += 1

    assert 0 < reports < 30


def test_a_folder_in_the_place_of_another_is_watched_anew(watching: Watcher, root: Path) -> None:
    (root / "content").rename(root / "away")
    (root / "content").mkdir()
    assert watching.changed(LONG)

    assert watching.watch(wanted(root))
    assert not watching.watch(wanted(root))
    (root / "content/new.md").write_text("x")
    found: list[str] = []
    end = time.monotonic() + LONG
    while str(root / "content/new.md") not in found and time.monotonic() < end:
        found += watching.changed(1.0) or []

    assert str(root / "content/new.md") in found


def test_all_of_it_is_watched_once_that_is_said_whatever_changes_meanwhile(root: Path) -> None:
    is_over = threading.Event()

    def write() -> None:
        for number in count():
            if is_over.wait(0.002):
                break
            (root / f"content/a/{number}.md").write_text("x")

    writing = threading.Thread(target=write)
    with watcher([]) as found:
        writing.start()
        try:
            for turn in range(3):
                assert found.watch(watched([root / "content"], [root, root / "static"][: 1 + turn % 2]))
                (root / f"new{turn}").write_text("x")
                end = time.monotonic() + LONG
                while str(root / f"new{turn}") not in (found.changed(LONG) or []):
                    assert time.monotonic() < end
        finally:
            is_over.set()
            writing.join()


def test_who_watches_ends_with_who_asked(root: Path) -> None:
    with watcher([]) as found:
        found.watch(wanted(root))
        pid = found._pid

    assert not Path(f"/proc/{pid}").exists() or not Path("/proc").exists()


@pytest.mark.parametrize(
    ("path", "does"),
    [
        ("/a/content/one.md", True),
        ("/a/static/.well-known/x", True),
        ("/a/site/index.html", False),
        ("/a/site", False),
        ("/a/sites/x.md", True),
        ("/a/content/.git/index", False),
        ("/a/content/.one.md.swp", False),
        ("/a/content/#one.md#", False),
        ("/a/content/#1.md", True),
        ("/a/content/.#one.md", False),
        ("/a/content/4913", False),
    ],
)
def test_what_matters(path: str, does: bool) -> None:
    assert matters(path, ("/a/site/",)) == does
