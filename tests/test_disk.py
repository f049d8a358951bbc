"""What a build does to files and folders, and what it sees of them."""

from __future__ import annotations

import ctypes
import errno
import os
from pathlib import Path

import pytest

from lwnindex.digest import digest_bytes
from lwnindex.disk import (
    DISK,
    NOWHERE,
    Above,
    Folders,
    Maker,
    are_inside,
    content_digest,
    content_size,
    has_digest,
    is_folder,
    is_inside,
    look,
    stat_from,
)
from lwnindex.problems import SiteError
from tests.power import FSYNC

LARGE = bytes(range(256)) * 10_000


@pytest.fixture
def maker() -> Maker:
    return Maker(DISK)


@pytest.mark.parametrize("content", [b"", b"text", LARGE], ids=["empty", "small", "large"])
@pytest.mark.parametrize("copied", [True, False])
def test_a_file_is_made_with_its_folders(tmp_path: Path, maker: Maker, content: bytes, copied: bool) -> None:
    source = tmp_path / "source"
    source.write_bytes(content)
    given, place = source if copied else content, tmp_path / "a/b/file"
    own, seen = maker.file(str(place), given)

    assert place.read_bytes() == content
    assert own == digest_bytes(content) == content_digest(given)
    assert seen == stat_from(look(str(place))) != NOWHERE
    assert content_size(given) == len(content)
    assert has_digest(str(place), own)
    assert not has_digest(str(place), digest_bytes(content + b"!"))


def test_a_file_that_a_dead_worker_left_is_made_anew(tmp_path: Path, maker: Maker) -> None:
    (tmp_path / "file").write_text("half of something longer")
    maker.file(str(tmp_path / "file"), b"whole")

    assert (tmp_path / "file").read_text() == "whole"


def test_a_file_is_not_made_through_a_link(tmp_path: Path, maker: Maker) -> None:
    (tmp_path / "outside").write_text("outside")
    (tmp_path / "file").symlink_to(tmp_path / "outside")
    maker.file(str(tmp_path / "file"), b"mine")

    assert ((tmp_path / "outside").read_text(), (tmp_path / "file").read_text()) == ("outside", "mine")


def test_a_folder_that_another_worker_made_is_no_matter(tmp_path: Path, maker: Maker) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    maker.folder(str(tmp_path / "a/b"))
    maker.folder(str(tmp_path / "a/b/c/d"))

    assert (tmp_path / "a/b/c/d").is_dir()


def test_a_source_that_vanished_is_told(tmp_path: Path, maker: Maker) -> None:
    with pytest.raises(SiteError, match=r"gone cannot be read: No such file or directory\. Build again"):
        maker.file(str(tmp_path / "file"), tmp_path / "gone")
    with pytest.raises(SiteError, match="gone cannot be read"):
        content_size(tmp_path / "gone")


def test_a_folder_is_own_unless_a_link_or_a_file_leads_there(tmp_path: Path) -> None:
    (tmp_path / "real/deep").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "file").write_text("")
    folders = Folders(str(tmp_path))
    own = {
        name: folders.is_own(f"{tmp_path}/{name}")
        for name in ("real", "real/deep", "link", "link/deep", "file", "file/below", "new", "new/deep")
    }

    assert [name for name, each in own.items() if each] == ["real", "real/deep", "new", "new/deep"]
    going = Folders(str(tmp_path), frozenset({f"{tmp_path}/file"}))
    assert going.is_own(f"{tmp_path}/file/below")


def test_what_is_asked_of_the_disk_outlasts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", FSYNC)
    (tmp_path / "file").write_text("text")
    DISK.sync(str(tmp_path / "file"))
    DISK.sync(str(tmp_path))
    DISK.sync_all(str(tmp_path))

    assert [each.name for each in tmp_path.iterdir()] == ["file"]
    with pytest.raises(FileNotFoundError):
        DISK.sync_all(str(tmp_path / "gone"))


class Library:
    """A C library whose syncfs fails as on a broken disk."""

    def __init__(self, *_name: object, **_options: object) -> None:
        pass

    def syncfs(self, _file: int) -> int:
        ctypes.set_errno(errno.EIO)
        return -1


def test_a_file_system_that_cannot_be_synced_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", Library)

    with pytest.raises(OSError, match="Input/output error"):
        DISK.sync_all(str(tmp_path))


def test_where_one_file_system_cannot_be_synced_alone_all_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    monkeypatch.setattr(ctypes, "CDLL", lambda *_name, **_options: None)
    monkeypatch.setattr(os, "sync", lambda: synced.append("all"))
    DISK.sync_all(str(tmp_path))

    assert synced == ["all"]


def test_a_stat_differs_where_a_file_was_replaced(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("text")
    before = stat_from(look(str(place)))
    seen = place.stat()
    (tmp_path / "other").write_text("TEXT")
    os.utime(tmp_path / "other", ns=(seen.st_atime_ns, seen.st_mtime_ns))
    (tmp_path / "other").replace(place)

    assert stat_from(look(str(place))) not in {before, NOWHERE}
    assert stat_from(look(str(tmp_path / "file/below"))) == NOWHERE


OUTSIDE = [
    "../evil",
    "/etc/evil",
    "a/../../evil",
    "a//b",
    "",
    ".",
    "./a",
    "a/",
    "a\0b",
    "..",
    "a/..",
    "a/./b",
    "\0",
]


@pytest.mark.parametrize("path", OUTSIDE)
def test_a_path_that_leads_elsewhere_is_not_inside(path: str) -> None:
    assert not is_inside(path)
    assert not are_inside([path])
    assert not are_inside(["a", path, "b/c"])


@pytest.mark.parametrize("path", ["a", "a/b.html", "...", "a..b/..c", ".lwnindex", "é/~"])
def test_a_path_below_is_inside(path: str) -> None:
    assert is_inside(path)
    assert are_inside([path, "a"])
    assert are_inside([])


def test_only_a_folder_is_one(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path)

    assert [is_folder(str(tmp_path)), is_folder(str(tmp_path / "none"))] == [True, False]
    for name in ("file", "link"):
        with pytest.raises(NotADirectoryError, match="left alone"):
            is_folder(str(tmp_path / name))


def test_folders_above_are_made_and_those_alone_undone(tmp_path: Path) -> None:
    above = Above(tmp_path / "a/b", DISK)
    assert (tmp_path / "a/b").is_dir()
    again = Above(tmp_path / "a/b", DISK)
    again.undo()
    assert (tmp_path / "a/b").is_dir()
    above.undo()
    assert list(tmp_path.iterdir()) == []
