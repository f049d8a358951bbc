"""Everything below a folder is found, in one order, and what cannot be listed is told."""

from __future__ import annotations

import os
from pathlib import Path

from lwnindex.walk import entries, text
from tests.unprivileged import unprivileged

__all__ = ["unprivileged"]


def put(folder: Path, *paths: str) -> None:
    """Put files below a folder."""
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("text")


def found(folder: Path, *, hidden: bool = False) -> list[str]:
    """Return the paths of what can be read."""
    return [path for entry, path, _ in entries(str(folder), hidden=hidden) if entry]


def test_files_and_folders_come_with_their_paths(tmp_path: Path) -> None:
    put(tmp_path, "a.md", "b/c/d", "b/e")

    assert sorted(found(tmp_path)) == ["a.md", "b", "b/c", "b/c/d", "b/e"]
    for entry, path, failure in entries(str(tmp_path), hidden=False):
        assert entry is not None
        assert (entry.path, failure) == (str(tmp_path / path), None)


def test_the_order_is_that_of_the_names_not_of_the_disk(tmp_path: Path) -> None:
    names = ["b", "a/z", "a/b/c", "Z", "ä", "a-b"]
    (tmp_path / "one").mkdir()
    put(tmp_path / "one", *names)
    put(tmp_path / "two", *reversed(names))

    assert found(tmp_path / "one") == found(tmp_path / "two")


def test_hidden_ones_are_passed_over_unless_asked_for(tmp_path: Path) -> None:
    put(tmp_path, ".htaccess", ".well-known/a", "b/.c", "d")

    assert found(tmp_path) == ["b", "d"]
    assert sorted(found(tmp_path, hidden=True)) == [
        ".htaccess",
        ".well-known",
        ".well-known/a",
        "b",
        "b/.c",
        "d",
    ]


def test_what_belongs_to_other_programs_is_passed_over_in_any_case(tmp_path: Path) -> None:
    put(tmp_path, ".git/config", "b/.hg/store", ".svn/entries", "b/.DS_Store", "b/c")

    assert found(tmp_path, hidden=True) == ["b", "b/c"]


def test_a_link_to_a_folder_is_named_and_not_followed(tmp_path: Path) -> None:
    put(tmp_path, "a/one")
    (tmp_path / "b").symlink_to("a", target_is_directory=True)
    (tmp_path / "a/up").symlink_to("..", target_is_directory=True)

    assert sorted(found(tmp_path)) == ["a", "a/one", "a/up", "b"]


def test_a_folder_that_cannot_be_listed_is_told_and_the_rest_is_found(unprivileged: Path) -> None:
    put(unprivileged, "a/one", "b/two")
    (unprivileged / "a").chmod(0)
    told = [
        (entry and entry.name, path, failure)
        for entry, path, failure in entries(str(unprivileged), hidden=False)
    ]
    (unprivileged / "a").chmod(0o700)

    assert [each[:2] for each in told if not each[2]] == [("a", "a"), ("b", "b"), ("two", "b/two")]
    ((name, path, failure),) = [each for each in told if each[2]]
    assert (name, path.rstrip("/"), type(failure)) == (None, "a", PermissionError)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    ((entry, path, failure),) = entries(str(tmp_path / "none"), hidden=False)

    assert (entry, path, type(failure)) == (None, "", FileNotFoundError)


def test_a_name_that_is_no_utf_8_is_written_out() -> None:
    assert text(os.fsdecode(b"caf\xe9.md")) == r"caf\xe9.md"


def test_any_other_name_is_as_it_is() -> None:
    assert [text(name) for name in ("a.md", "café.md", "日本.md")] == ["a.md", "café.md", "日本.md"]
