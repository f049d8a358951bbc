"""`new` begins things, and says how to go on."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lwnindex.cli import main


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new site, where the commands are typed."""
    monkeypatch.chdir(tmp_path)
    assert run("site", "news").exit_code == 0
    monkeypatch.chdir(tmp_path / "news")
    return tmp_path / "news"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["new", *words])


@pytest.mark.usefixtures("here")
def test_an_article_is_begun_and_its_file_printed() -> None:
    found = run("article", "Ceph", "--in", "Handbook/Writing", "--date", "3 December 2020")

    assert (found.exit_code, found.stdout) == (0, "content/2020/ceph.md\n")
    assert "date: 2020-12-03" in Path("content/2020/ceph.md").read_text()


@pytest.mark.usefixtures("here")
def test_a_date_that_is_none_is_told_once() -> None:
    found = run("article", "T", "--date", "2009-02-30")

    assert found.stderr == (
        'lwnindex: --date: there is no such date as "2009-02-30". Write it as in --date 2009-12-22.\n'
    )


@pytest.mark.parametrize("words", [("article", " "), ("article", "T", "--date", "soon"), ("site", ".")])
def test_what_cannot_be_begun_is_refused(words: tuple[str]) -> None:
    found = run(*words)

    assert found.exit_code == 2
    assert found.stdout == ""


@pytest.mark.usefixtures("here")
def test_the_editor_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("EDITOR", "sh -c 'echo Text. >>\"$1\"' x")
    assert run("article", "T", "--date", "2020-01-01", "--edit").exit_code == 0
    assert Path("content/2020/t.md").read_text().endswith("---\n\nText.\n")


@pytest.mark.usefixtures("here")
def test_a_topic_and_a_theme_are_begun() -> None:
    assert run("topic", "Handbook/Writing", "--note", "On it.").stdout == "content/topics.toml\n"
    found = run("theme", "evening")

    assert "themes/evening/theme.toml\n" in found.stdout
    assert 'name = "evening"' in found.stderr


def test_a_site_below_a_file_is_refused_with_a_sentence(here: Path) -> None:
    (here / "file").write_text("")
    found = run("site", "file/site")

    assert found.exit_code == 2
    assert "cannot be a folder: Not a directory. Name another." in found.stderr
