"""A program that changed has another fingerprint; its seal says, without reading it, that it did not."""

from __future__ import annotations

import os
import re
import sys
import tomllib
import zoneinfo
from collections.abc import Callable
from importlib import invalidate_caches
from pathlib import Path

import pytest

from lwnindex import program
from tests.programs import ROOT

LONG_AGO = 10**18


def put(folder: Path, path: str, text: str) -> Path:
    """Put a file below a folder that last changed long ago."""
    place = folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text)
    os.utime(place, ns=(LONG_AGO, LONG_AGO))
    return place


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program of one module, and a folder `libraries` that stands for all that is installed."""
    put(tmp_path, "own/a.py", "1")
    put(tmp_path, "libraries/markdown-3.dist-info/METADATA", "")
    monkeypatch.setattr(program, "_PACKAGE", tmp_path / "own")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "libraries"), str(tmp_path / "none"), ""])
    return tmp_path / "own"


# The fingerprint ---------------------------------------------------------------------------------


def test_the_program_s_fingerprint_is_the_same_each_time() -> None:
    assert program.fingerprint() == program.fingerprint()


def test_a_change_of_the_program_changes_its_fingerprint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "a.py", "1")
    monkeypatch.setattr(program, "_PACKAGE", tmp_path)
    found = [program.fingerprint()]
    put(tmp_path, "a.py", "2")
    found.append(program.fingerprint())
    put(tmp_path, "a.py", "1").rename(tmp_path / "b.py")
    found.append(program.fingerprint())
    monkeypatch.setattr(program, "LIBRARIES", ("markdown", "no-such-library"))
    found.append(program.fingerprint())

    assert len(set(found)) == 4


@pytest.mark.parametrize("value", [program.fingerprint, program.seal])
def test_a_site_s_own_extension_is_part_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: Path, value: object
) -> None:
    assert callable(value)
    # Pytest's own way would leave the path that `package` has put there to all tests that follow.
    monkeypatch.setattr(sys, "path", [str(tmp_path / "site"), *sys.path])
    invalidate_caches()
    found = []
    for text in ("1", "2"):
        place = put(tmp_path, "site/own_extension.py", text)
        found.append((value(["own_extension"]), value(["own_extension:Make"]), value(["none.such"])))
        assert place.stat().st_mtime_ns == LONG_AGO

    assert found[0][0] != found[1][0]
    assert found[0][1] != found[1][1]
    assert found[0][2] == found[1][2] != ""


@pytest.mark.parametrize("value", [program.fingerprint, program.seal])
def test_the_rules_of_the_site_s_time_zone_are_part_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: Path, value: object
) -> None:
    assert callable(value)
    monkeypatch.setattr(zoneinfo, "TZPATH", (str(tmp_path / "none"), str(tmp_path / "zones")))
    found = []
    for text in ("1", "2"):
        put(tmp_path, "zones/Asia/Tokyo", text)
        found.append((value((), "Asia/Tokyo"), value((), "Asia/Seoul")))

    assert found[0][0] != found[1][0]
    assert found[0][1] == found[1][1] != ""


def test_every_library_is_part_of_the_program_but_those_whose_output_is_not_kept() -> None:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    names = {re.split("[^a-z0-9-]", each, maxsplit=1)[0] for each in table["project"]["dependencies"]}

    assert names - set(program.LIBRARIES) == {"click", "httpx", "watchfiles"}


# The seal ----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("package")
def test_a_program_that_did_not_change_has_one_seal() -> None:
    assert program.seal() == program.seal() != ""


def test_what_is_no_module_is_not_sealed(package: Path) -> None:
    before = program.seal()
    put(package, "themes/default/templates/home.html", "")
    put(package, "__pycache__/a.cpython-311.pyc", "")

    assert program.seal() == before


@pytest.mark.parametrize("path", ["a.py", "b.py", "deep/a.py"])
def test_a_changed_module_breaks_the_seal(package: Path, path: str) -> None:
    before = program.seal()
    put(package, path, "2")

    assert program.seal() not in ("", before)


def test_a_module_s_size_need_not_change_nor_its_time(package: Path) -> None:
    before = program.seal()
    place = put(package, "b.py", "2")
    place.replace(package / "a.py")

    assert program.seal() not in ("", before)


def test_a_library_that_is_installed_or_removed_breaks_the_seal(package: Path) -> None:
    found = [program.seal()]
    libraries = package.parent / "libraries"
    (libraries / "markdown-3.dist-info").rename(libraries / "markdown-4.dist-info")
    found.append(program.seal())
    put(libraries, "another.py", "")
    found.append(program.seal())

    assert len(set(found)) == 3


@pytest.mark.parametrize("name", [".coverage.7", "notes.md", "site"])
def test_what_is_put_beside_the_modules_of_a_checkout_leaves_the_seal(
    package: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(sys, "path", [str(package.parent), *sys.path])
    before = program.seal()
    put(package.parent, name, "")

    assert package.parent.stat().st_mtime_ns != LONG_AGO
    assert program.seal() == before != ""


def test_libraries_that_stand_beside_our_own_modules_are_sealed(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [str(package.parent)])
    found = [program.seal()]
    for name in ("lwnindex-1.dist-info", "markdown-3.dist-info"):
        (package.parent / name).mkdir()
        found.append(program.seal())
    (package.parent / "markdown-3.dist-info").rename(package.parent / "markdown-4.dist-info")
    found.append(program.seal())

    assert len(set(found)) == 4


def test_a_library_that_was_installed_the_old_way_is_sealed(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [str(package.parent)])
    found = [program.seal()]
    for name in ("markdown-3.egg-info", "markdown-4.egg-info"):
        put(package.parent, name, "")
        found.append(program.seal())

    assert len(set(found)) == 3


def test_a_module_that_changed_just_now_leaves_no_seal(package: Path) -> None:
    (package / "a.py").write_text("2")

    assert program.seal() == ""


@pytest.mark.parametrize("value", [program.fingerprint, program.seal])
@pytest.mark.usefixtures("package")
def test_the_code_of_plug_ins_is_part_of_the_program(value: Callable[..., str]) -> None:
    assert value(plugins="a") == value(plugins="a") != value(plugins="b")
