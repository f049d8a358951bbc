"""Programs that are here can be measured, and of the others a sentence says why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.builders import NAMES, builders
from benchmarks.scenarios import MARK


def made(*names: str, venv: Path) -> Path:
    """Return an environment in which files of these names stand."""
    for name in names:
        (venv / name).parent.mkdir(parents=True, exist_ok=True)
        (venv / name).touch()
    return venv


def whole(folder: Path) -> Path:
    """Return an environment with all peers."""
    return made("lib/python3.11/site-packages/hugo/binaries/hugo", "bin/pelican", venv=folder / "venv")


def test_those_that_are_missing_are_left_out_with_a_sentence(tmp_path: Path) -> None:
    found, sentences = builders(NAMES, tmp_path / "venv")
    assert [one.name for one in found] == ["lwnindex", "lwnindex-full"]
    assert [each.partition(" is left out")[0] for each in sentences] == ["hugo", "pelican"]


def test_those_that_are_here_come_as_named(tmp_path: Path) -> None:
    found, sentences = builders(("pelican", "lwnindex", "hugo"), whole(tmp_path))
    assert [one.name for one in found] == ["pelican", "lwnindex", "hugo"]
    assert sentences == ()


def test_they_are_found_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    venv = whole(tmp_path)
    monkeypatch.chdir(tmp_path)
    found, _ = builders(NAMES, Path(venv.name))
    assert all(Path(one.command[0]).is_absolute() for one in found)


@pytest.mark.parametrize("name", NAMES)
def test_every_template_of_articles_holds_the_words_that_get_changed(tmp_path: Path, name: str) -> None:
    (one,), _ = builders((name,), whole(tmp_path))
    folders = sorted(one.site.items(), reverse=True)
    folder, source = next(each for each in folders if one.template.startswith(each[0]))
    assert MARK in (source / one.template.removeprefix(folder).lstrip("/")).read_text("utf-8")
