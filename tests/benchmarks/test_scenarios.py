"""Each scenario changes what it says, and a site can be put back as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.builders import builders
from benchmarks.corpus import articles
from benchmarks.processes import Stamps, stamps
from benchmarks.scenarios import SCENARIOS, Site, restore, sites

CORPUS = tuple(articles(10))


@pytest.fixture
def site(tmp_path: Path) -> Site:
    found, _ = builders(("lwnindex",), tmp_path)
    (made,) = sites(found, CORPUS, 7, tmp_path / "sites")
    return made


def texts(site: Site) -> dict[str, str]:
    """Return all files of a site."""
    places = (Path(path) for path in stamps(site.folder))
    return {place.relative_to(site.folder).as_posix(): place.read_text("utf-8") for place in places}


def changed(site: Site, scenario: str, mark: str = "1") -> set[str]:
    """Return the files that a scenario changes or adds."""
    before = texts(site)
    SCENARIOS[scenario](site, mark, site.folder.parent / "trash")
    return {path for path, text in texts(site).items() if before.get(path) != text}


def test_a_site_holds_its_files_and_the_corpus(site: Site) -> None:
    assert (site.folder / "lwnindex.toml").is_file()
    assert {place.name for place in site.articles.iterdir()} == {f"{one.id}.md" for one in CORPUS}
    assert (site.edited, site.newest) == (CORPUS[7], CORPUS[-1])


@pytest.mark.parametrize(
    ("scenario", "article"), [("one body edited", CORPUS[7].id), ("one title edited", CORPUS[7].id)]
)
def test_an_edit_changes_one_article(site: Site, scenario: str, article: int) -> None:
    assert changed(site, scenario) == {f"Articles/{article}.md"}
    assert changed(site, scenario, "2") == {f"Articles/{article}.md"}


def test_an_article_is_added_under_a_topic_that_is_new_each_time(site: Site) -> None:
    place = f"Articles/{CORPUS[-1].id + 1}.md"
    assert changed(site, "one article added under a new topic") == {place}
    assert "Brand new 1" in texts(site)[place]
    assert changed(site, "one article added under a new topic", "2") == {place}


def test_a_template_is_edited(site: Site) -> None:
    assert changed(site, "one template edited") == {"themes/equal/templates/article.html"}


def test_nothing_is_nothing(site: Site) -> None:
    assert changed(site, "nothing changed") == set()


def test_a_cold_build_finds_nothing_of_the_last_and_nothing_is_deleted(site: Site, tmp_path: Path) -> None:
    for folder in (site.output, site.folder / ".store"):
        folder.mkdir()
        (folder / "old").write_text("old")
    SCENARIOS["cold"](site, "1", tmp_path / "trash")
    kept: Stamps = stamps(tmp_path / "trash")
    assert not site.output.exists()
    assert not (site.folder / ".store").exists()
    assert [Path(path).name for path in kept] == ["old", "old"]


def test_a_site_is_put_back_as_it_was(site: Site, tmp_path: Path) -> None:
    before = texts(site)
    for scenario in SCENARIOS.values():
        scenario(site, "1", tmp_path / "trash")
    assert texts(site) != before
    restore(site)
    assert texts(site) == before
