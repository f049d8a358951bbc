"""A file stands there whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from lwnindex.contentfiles import is_inside, put, text_of


def test_a_file_is_written_with_its_folders_and_nothing_else(tmp_path: Path) -> None:
    put(tmp_path / "a/b/c.md", b"one")
    put(tmp_path / "a/b/c.md", b"two")

    assert [each.name for each in (tmp_path / "a/b").iterdir()] == ["c.md"]
    assert text_of(tmp_path / "a/b/c.md") == "two"


def test_what_a_killed_run_left_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / ".lwnindex-new").write_text("hal")
    put(tmp_path / "c.md", b"one")

    assert [each.name for each in tmp_path.iterdir()] == ["c.md"]


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "c.md").mkdir()
    (tmp_path / "c.md/d").write_text("one")
    with pytest.raises(OSError, match=r"c\.md"):
        put(tmp_path / "c.md", b"two")

    assert (tmp_path / "c.md/d").read_text() == "one"
    assert [each.name for each in tmp_path.iterdir()] == ["c.md"]


def test_a_text_keeps_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a\r\n\xff")

    text = text_of(tmp_path / "a")

    assert text is not None
    assert text.encode("utf-8", "surrogateescape") == b"a\r\n\xff"
    assert text_of(tmp_path / "b") is None
    assert text_of(tmp_path / "a/b") is None


def test_a_link_leads_outside(tmp_path: Path) -> None:
    (tmp_path / "in/sub").mkdir(parents=True)
    (tmp_path / "in/away").symlink_to(tmp_path)
    (tmp_path / "in/link.md").symlink_to(tmp_path / "in/sub")

    assert is_inside(tmp_path / "in/sub/a.md", tmp_path / "in")
    assert is_inside(tmp_path / "in/new/a.md", tmp_path / "in")
    assert not is_inside(tmp_path / "in/away/a.md", tmp_path / "in")
    assert not is_inside(tmp_path / "in/link.md", tmp_path / "in")
