"""What is appended is read back by its place, whoever else appends or reads."""

from __future__ import annotations

import errno
import os
from contextlib import closing
from pathlib import Path

import pytest

from lwnindex.engine import growing as module
from lwnindex.engine.growing import GrowingFile, UnusableError, unusable


def test_content_goes_behind_all_that_is_there(tmp_path: Path) -> None:
    with closing(GrowingFile(tmp_path / "f")) as file:
        assert (file.append(b"one"), file.append(b""), file.append(b"three"), file.size) == (0, 3, 3, 8)
    with closing(GrowingFile(tmp_path / "f")) as file:
        assert file.append(b"!") == 8
        assert (file.read(0, 3), file.read(3, 5), file.read(7, 9), file.read(99, 1)) == (
            b"one",
            b"three",
            b"e!",
            b"",
        )


def test_what_another_appends_is_neither_overwritten_nor_taken_for_ours(tmp_path: Path) -> None:
    with closing(GrowingFile(tmp_path / "f")) as one, closing(GrowingFile(tmp_path / "f")) as other:
        assert [one.append(b"1"), other.append(b"22"), one.append(b"333"), other.read(0, 9)] == [
            *(0, 1, 3),
            b"122333",
        ]


def test_reading_does_not_move_where_is_written(tmp_path: Path) -> None:
    with closing(GrowingFile(tmp_path / "f")) as file:
        file.append(b"abc")
        file.read(0, 1)

        assert file.append(b"d") == 3


def test_a_cut_file_goes_on_from_there(tmp_path: Path) -> None:
    with closing(GrowingFile(tmp_path / "f")) as file:
        file.append(b"abcdef")
        file.cut(2)

        assert (file.size, file.append(b"x"), file.read(0, 9)) == (2, 2, b"abx")


@pytest.mark.parametrize("name", ["", "none/f"])
def test_a_file_that_cannot_be_made_is_told_with_its_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnusableError, match=str(tmp_path / name)):
        GrowingFile(tmp_path / name)


@pytest.mark.parametrize("name", ["victim", "none"])
def test_a_link_gives_way_and_what_it_leads_to_is_not_touched(tmp_path: Path, name: str) -> None:
    (tmp_path / "victim").write_text("mine")
    (tmp_path / "f").symlink_to(tmp_path / name)
    with closing(GrowingFile(tmp_path / "f")) as file:
        assert (file.size, file.append(b"x")) == (0, 0)
        file.cut(0)

    assert (tmp_path / "victim").read_text() == "mine"
    assert [(tmp_path / "f").is_symlink(), (tmp_path / "none").exists()] == [False, False]


def test_a_link_that_comes_between_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("mine")
    (tmp_path / "f").symlink_to(tmp_path / "victim")

    with pytest.raises(OSError, match="symbolic link"):
        module.opened(str(tmp_path / "f"), os.O_RDWR | os.O_APPEND)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_what_is_no_file_is_told_and_stays(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "f")

    with pytest.raises(UnusableError, match="no regular file"):
        GrowingFile(tmp_path / "f")
    assert (tmp_path / "f").is_fifo()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_is_told(tmp_path: Path) -> None:
    with closing(GrowingFile(tmp_path / "f")) as file:
        full = os.open("/dev/full", os.O_RDWR)
        os.dup2(full, file._file.fileno())
        os.close(full)
        with pytest.raises(UnusableError, match="No space left"):
            file.append(b"x")


def test_a_file_that_the_disk_no_longer_gives_is_told(tmp_path: Path) -> None:
    with closing(GrowingFile(tmp_path / "f")) as file:
        os.close(file._file.fileno())
        for work in (
            lambda: file.read(0, 1),
            lambda: file.append(b"x"),
            lambda: file.size,
            lambda: file.cut(0),
        ):
            with pytest.raises(UnusableError, match="Bad file descriptor"):
                work()
        os.dup2(os.open(tmp_path / "f", os.O_RDONLY), file._file.fileno())


def test_a_file_that_cannot_be_closed_is_told(tmp_path: Path) -> None:
    file = GrowingFile(tmp_path / "f")
    os.close(file._file.fileno())

    with pytest.raises(UnusableError, match="f: Bad file descriptor"):
        file.close()


def test_an_error_without_a_sentence_is_told_in_its_own_words() -> None:
    assert str(unusable(Path("f"), OSError(errno.EIO, "Input/output error"))) == "f: Input/output error"
    assert str(unusable(Path("f"), OSError("no number"))) == "f: no number"


def test_a_closed_file_is_the_caller_s_fault(tmp_path: Path) -> None:
    file = GrowingFile(tmp_path / "f")
    file.close()
    with pytest.raises(ValueError, match="closed"):
        file.read(0, 1)
