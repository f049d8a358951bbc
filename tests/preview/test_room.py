"""A private folder goes with the preview, and the next one removes what a killed one has left."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

import pytest

from lwnindex.lock import held
from lwnindex.preview.room import Passing, copied_store, room


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for what is passing."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_a_room_is_private_and_goes(temporary: Path) -> None:
    with room() as folder:
        (folder / "site").mkdir()
        (folder / "site/index.html").write_text("x")
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert folder.parent == temporary.resolve()

    assert list(temporary.iterdir()) == []


def test_a_room_goes_whatever_ends_the_work(temporary: Path) -> None:
    with pytest.raises(KeyboardInterrupt), room():
        raise KeyboardInterrupt

    assert list(temporary.iterdir()) == []


def left(temporary: Path, name: str = "lwnindex-serve-killed", mode: int = 0o700) -> Path:
    """Return a folder as a killed preview leaves it."""
    folder = temporary / name
    folder.mkdir()
    (folder / "owner").write_text("")
    (folder / "index.html").write_text("x")
    folder.chmod(mode)
    return folder


def test_what_a_killed_one_has_left_is_removed(temporary: Path) -> None:
    folder = left(temporary)

    with room():
        assert not folder.exists()


def test_rooms_in_use_stay(temporary: Path) -> None:
    with room() as one, room() as other:
        assert one.exists()
        assert other.exists()


@pytest.mark.parametrize("kind", ["name", "rights", "no owner", "link", "file"])
def test_what_is_not_provably_ours_stays(temporary: Path, tmp_path: Path, kind: str) -> None:
    place = temporary / "lwnindex-serve-other"
    if kind == "name":
        place = left(temporary, "other")
    elif kind == "rights":
        place = left(temporary, mode=0o755)
    elif kind == "no owner":
        place.mkdir(mode=0o700)
    elif kind == "link":
        place.symlink_to(left(tmp_path), target_is_directory=True)
    else:
        place.write_text("x")

    with room():
        pass

    assert place.exists()
    assert kind != "link" or (place / "index.html").exists()


def test_a_store_is_copied_and_stays_what_it_was(tmp_path: Path) -> None:
    own = tmp_path / ".lwnindex"
    own.mkdir()
    (own / "store-1.log").write_text("log")
    (own / "other").write_text("other")
    (own / "store-link").symlink_to(own / "other")

    assert copied_store(own, tmp_path / "copy")
    assert [each.name for each in (tmp_path / "copy").iterdir()] == ["store-1.log"]
    assert len(list(own.iterdir())) == 3


def test_a_store_that_is_not_there_or_in_use_is_not_copied(tmp_path: Path) -> None:
    assert not copied_store(tmp_path / "none", tmp_path / "copy")
    with held({"store": tmp_path / "used"}):
        assert not copied_store(tmp_path / "used", tmp_path / "copy")

    assert not (tmp_path / "copy").exists()
    assert not (tmp_path / "none").exists()


def test_nothing_is_waited_for_that_is_gone_soon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda file: pytest.fail("it waited"))
    Passing().sync(str(tmp_path))
    Passing().sync_all(str(tmp_path))
