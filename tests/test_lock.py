"""Two builds at once never work in one folder, and a dead one is in nobody's way."""

from __future__ import annotations

import errno
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lwnindex.lock import held
from lwnindex.problems import SiteError


@contextmanager
def holder(**folders: Path) -> Iterator[int]:
    """Have another process hold folders, and give its number."""
    ready, told = os.pipe()
    child = os.fork()
    if not child:
        with held(folders, 0):
            os.write(told, b"!")
            signal.pause()
        os._exit(1)
    assert os.read(ready, 1) == b"!"
    os.close(ready)
    os.close(told)
    try:
        yield child
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def test_folders_are_made_and_nothing_is_left_in_them(tmp_path: Path) -> None:
    with held({"store": tmp_path / "a/store", "output": tmp_path / "site"}):
        pass

    assert sorted(str(each.relative_to(tmp_path)) for each in tmp_path.rglob("*")) == ["a", "a/store", "site"]


def fail(place: Path) -> None:
    """Leave a file, and fail."""
    place.write_text("")
    raise SiteError("it fails")


def test_folders_that_were_made_for_a_failure_go_again(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    with (
        pytest.raises(SiteError, match="it fails"),
        held({"store": tmp_path / "a/store", "x": tmp_path / "old", "output": tmp_path / "b"}),
    ):
        fail(tmp_path / "b/kept")

    assert sorted(str(each.relative_to(tmp_path)) for each in tmp_path.rglob("*")) == ["b", "b/kept", "old"]


@pytest.mark.parametrize("common", ["store", "site"])
def test_a_second_build_leaves_with_a_sentence(tmp_path: Path, common: str) -> None:
    told: list[str] = []
    mine = {name: tmp_path / (name if name == common else f"other-{name}") for name in ("store", "site")}
    with (
        holder(store=tmp_path / "store", site=tmp_path / "site"),
        pytest.raises(SiteError, match=rf"another build is at work in .*{common}\.") as caught,
        held(mine, 0.2, told.append),
    ):
        raise AssertionError

    assert caught.value.exit_code == 3
    assert told == [f"Another build is at work in {tmp_path / common}; waiting for it to end."]


def test_a_second_build_goes_on_when_the_first_one_ends(tmp_path: Path) -> None:
    told: list[str] = []
    with holder(site=tmp_path) as first:

        def waiting(sentence: str) -> None:
            told.append(sentence)
            threading.Timer(0.2, os.kill, (first, signal.SIGKILL)).start()

        with held({"site": tmp_path}, 60, waiting), pytest.raises(SiteError), held({"site": tmp_path}, 0):
            raise AssertionError

    assert len(told) == 1


def test_a_holder_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    with holder(site=tmp_path):
        pass
    with held({"site": tmp_path}, 0):
        pass


def test_the_workers_of_a_dead_holder_hold_on(tmp_path: Path) -> None:
    ready, told = os.pipe()
    child = os.fork()
    if not child:
        with held({"site": tmp_path}, 0):
            if not os.fork():
                os.write(told, str(os.getpid()).encode())
            signal.pause()
        os._exit(1)
    worker = int(os.read(ready, 99))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)

    with pytest.raises(SiteError), held({"site": tmp_path}, 0):
        raise AssertionError
    os.kill(worker, signal.SIGKILL)
    with held({"site": tmp_path}, 60):
        pass


def test_a_folder_that_cannot_be_closed_is_free_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    close = os.close

    def failing(file: int) -> None:
        close(file)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patched, held({"site": tmp_path}, 0):
        patched.setattr(os, "close", failing)
    with held({"site": tmp_path}, 0):
        pass


def test_different_folders_are_held_at_once(tmp_path: Path) -> None:
    with (
        holder(store=tmp_path / "store", site=tmp_path / "site"),
        held({"a": tmp_path / "a", "b": tmp_path / "b"}, 0),
    ):
        pass


def test_a_folder_that_another_took_the_place_of_is_held_anew(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with holder(site=site) as first:

        def waiting(_sentence: str) -> None:
            (tmp_path / "new").mkdir()
            (tmp_path / "new").replace(site)
            os.kill(first, signal.SIGKILL)

        with held({"site": site}, 60, waiting), pytest.raises(SiteError), held({"site": site}, 0):
            raise AssertionError


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with (
        pytest.raises(
            SiteError, match=r"the output .* cannot be made: Not a directory\. Name another: --output"
        ),
        held({"output": tmp_path / "file/site"}),
    ):
        raise AssertionError
