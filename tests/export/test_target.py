"""A file takes its place when it is complete; what is not ours stays, and nothing is left behind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lwnindex.export.target import MADE, replaced
from lwnindex.problems import SiteError


def is_ours(place: Path) -> bool:
    return place.read_bytes().startswith(b"ours")


def put(target: Path, meanwhile: Callable[[], object] = lambda: None) -> None:
    """Make a file, and do something else before it is complete."""
    with replaced(target, is_ours, wait=0.1) as folder:
        (folder / "besides").mkdir()
        (folder / "besides/file").write_bytes(b"x")
        (folder / MADE).write_bytes(b"ours, new")
        meanwhile()


def left(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


@pytest.mark.parametrize("before", [None, b"ours, old"])
def test_a_file_is_made_or_replaced(tmp_path: Path, before: bytes | None) -> None:
    target = tmp_path / "a.zip"
    if before:
        target.write_bytes(before)
    put(target)

    assert target.read_bytes() == b"ours, new"
    assert left(tmp_path) == ["a.zip"]


def test_folders_are_made_and_go_where_the_work_fails(tmp_path: Path) -> None:
    put(tmp_path / "made/deep/a.zip")
    with pytest.raises(ZeroDivisionError):
        put(tmp_path / "gone/deep/a.zip", meanwhile=lambda: 1 // 0)

    assert left(tmp_path / "made/deep") == ["a.zip"]
    assert left(tmp_path) == ["made"]


def test_what_is_not_ours_stays(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"theirs")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("nowhere/b.zip")
    for name in ("a.zip", "folder"):
        with pytest.raises(SiteError, match="left alone") as raised:
            put(tmp_path / name)
        assert raised.value.exit_code == 2

    assert (tmp_path / "a.zip").read_bytes() == b"theirs"
    assert left(tmp_path) == ["a.zip", "folder", "link"]


def test_what_came_meanwhile_stays(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="left alone"):
        put(tmp_path / "a.zip", meanwhile=lambda: (tmp_path / "a.zip").write_bytes(b"theirs"))

    assert (tmp_path / "a.zip").read_bytes() == b"theirs"
    assert left(tmp_path) == ["a.zip"]


def interrupt() -> None:
    raise KeyboardInterrupt


def test_where_the_work_is_interrupted_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"ours, old")
    with pytest.raises(KeyboardInterrupt):
        put(tmp_path / "a.zip", meanwhile=interrupt)

    assert (tmp_path / "a.zip").read_bytes() == b"ours, old"
    assert left(tmp_path) == ["a.zip"]


def test_what_a_killed_process_left_is_dropped(tmp_path: Path) -> None:
    part = tmp_path / ".a.zip.lwnindex-part"
    (part / "made_fulltext").mkdir(parents=True)
    (part / "made_fulltext/words").write_bytes(b"half")
    (part / MADE).write_bytes(b"half, and longer")
    put(tmp_path / "a.zip")

    assert (tmp_path / "a.zip").read_bytes() == b"ours, new"
    assert left(tmp_path) == ["a.zip"]


def test_two_at_once_wait_for_each_other(tmp_path: Path) -> None:
    with replaced(tmp_path / "a.zip", is_ours) as folder:
        (folder / MADE).write_bytes(b"ours, first")
        with pytest.raises(SiteError, match="another build is at work"):
            put(tmp_path / "a.zip")

    assert (tmp_path / "a.zip").read_bytes() == b"ours, first"


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(SiteError, match=r"Name another: --output"):
        put(tmp_path / "file/a.zip")
