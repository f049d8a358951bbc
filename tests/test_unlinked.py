"""A file is read where it stands; a link, wherever on its way, leads to nothing."""

from __future__ import annotations

import os
import resource
from contextlib import suppress
from pathlib import Path

import pytest

from lwnindex import unlinked
from lwnindex.unlinked import opened


def whole(place: Path) -> bytes:
    """Return the bytes at a place."""
    with opened(str(place)) as file:
        return os.read(file, 100)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file in it, and one outside."""
    root = Path(os.path.realpath(tmp_path))
    (root / "in/deep").mkdir(parents=True)
    (root / "in/deep/a").write_bytes(b"inside")
    (root / "out").mkdir()
    (root / "out/a").write_bytes(b"outside")
    return root


@pytest.fixture(params=[(True, True), (False, True), (False, False)], ids=["asked", "in steps", "checked"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """All ways to open a file: of systems that say where it stands, that know steps, and of others."""
    told, steps = request.param
    monkeypatch.setattr(unlinked, "_TOLD", told and unlinked._TOLD)
    monkeypatch.setattr(unlinked, "_STEPS", steps)


@pytest.mark.usefixtures("way")
def test_a_file_is_read_where_it_stands(folder: Path) -> None:
    assert whole(folder / "in/deep/a") == b"inside"


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("to", ["../../out/a", "a", "none", "../deep/a"])
def test_a_link_in_the_place_of_a_file_leads_to_nothing(folder: Path, to: str) -> None:
    (folder / "in/deep/link").symlink_to(to)
    with pytest.raises(OSError, match="link"):
        whole(folder / "in/deep/link")


@pytest.mark.usefixtures("way")
def test_a_link_in_the_place_of_a_folder_leads_to_nothing(folder: Path) -> None:
    (folder / "in/away").symlink_to(folder / "out")
    with pytest.raises(OSError, match="a link stands in its place, or leads there"):
        whole(folder / "in/away/a")


@pytest.mark.usefixtures("way")
def test_what_is_no_file_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "in/pipe")
    for name in ("pipe", "deep"):
        with pytest.raises(OSError, match="it is no regular file"):
            whole(folder / "in" / name)


@pytest.mark.usefixtures("way")
def test_what_is_not_there_names_its_place(folder: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        whole(folder / "in/none/a")
    assert caught.value.filename == str(folder / "in/none/a")


def test_nothing_stays_open(folder: Path) -> None:
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    # So often that no process could have all of them open.
    for name in ("deep/a", "deep/none", "none/a", "deep") * min(limit // 3, 10_000):
        with suppress(OSError):
            whole(folder / "in" / name)
    assert whole(folder / "in/deep/a") == b"inside"


def test_a_folder_that_cannot_be_listed_leads_to_its_files(folder: Path) -> None:
    (folder / "in").chmod(0o311)
    assert whole(folder / "in/deep/a") == b"inside"
