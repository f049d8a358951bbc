"""The site of equal work has what the peers' sites have: counted in its pages, against the corpus."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.builders import OUTPUT, builders
from benchmarks.corpus import articles
from benchmarks.scenarios import sites
from lwnindex import config
from lwnindex.site import Report, build

CORPUS = tuple(articles(60))
TOPICS = {entry for one in CORPUS for entry in one.entries}
PARENTS = {entry[:2] for entry in TOPICS} - TOPICS
INDEXES = {entry[0] for entry in TOPICS}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    """Return the folder of the site, and the report of its build."""
    folder = tmp_path_factory.mktemp("equal")
    found, _ = builders(("lwnindex",), folder)
    (site,) = sites(found, CORPUS, 0, folder)
    report = build(config.load(site.folder / config.FILE, {}, {}))
    return site.folder / OUTPUT, report


def counted(output: Path, pattern: str, found: Callable[[str], bool], files: str = "*.html") -> int:
    """Return how often a pattern stands on the pages that `found` picks."""
    texts = (place.read_text("utf-8") for place in output.rglob(files))
    return sum(len(re.findall(pattern, text)) for text in texts if found(text))


def test_it_builds_without_a_problem(built: tuple[Path, Report]) -> None:
    assert built[1].problems == ()
    assert built[1].articles == len(CORPUS)


def test_topics_list_each_of_their_articles_on_one_page(built: tuple[Path, Report]) -> None:
    entries = counted(built[0], "<li>", lambda text: 'class="list"' in text)
    assert entries == sum(len(one.entries) for one in CORPUS)
    assert counted(built[0], 'class="list"', bool) == len(TOPICS | PARENTS)


def test_indexes_list_each_topic_that_has_articles(built: tuple[Path, Report]) -> None:
    assert counted(built[0], "<li>", lambda text: 'class="index"' in text) == len(TOPICS)
    assert counted(built[0], 'class="index"', bool) == len(INDEXES)


def test_articles_have_their_entries_and_their_code(built: tuple[Path, Report]) -> None:
    assert counted(built[0] / "Articles", 'class="topics"', bool) == len(CORPUS)
    fences = sum(one.body.count("\n```") for one in CORPUS) // 2
    assert counted(built[0] / "Articles", "<pre", bool) == fences > 0
    assert counted(built[0] / "Articles", '<span class="', bool) > 0


def test_neighbours_are_named_both_ways(built: tuple[Path, Report]) -> None:
    older, newer = (counted(built[0] / "Articles", f'rel="{rel}"', bool) for rel in ("prev", "next"))
    assert older == newer == sum(len(one.entries) for one in CORPUS) - len(TOPICS)


def test_the_front_page_has_the_latest_thirty(built: tuple[Path, Report]) -> None:
    home = (built[0] / "index.html").read_text("utf-8")
    assert re.findall(r'<h2><a href="Articles/(\d+)/">', home) == [str(one.id) for one in CORPUS[:-31:-1]]


def test_feeds_are_rss_of_twenty_summaries(built: tuple[Path, Report]) -> None:
    feeds = list(built[0].rglob("feed.*"))
    assert {place.name for place in feeds} == {"feed.rss"}
    assert len(feeds) == 1 + len(INDEXES) + len(TOPICS | PARENTS)
    site = (built[0] / "feed.rss").read_text("utf-8")
    assert site.count("<item>") == 20
    assert "<content:encoded>" not in site


def test_there_is_nothing_else(built: tuple[Path, Report]) -> None:
    rest = {
        place.relative_to(built[0]).as_posix()
        for place in built[0].rglob("*")
        if place.is_file() and place.name not in ("index.html", "feed.rss")
    }
    assert rest == {"404.html", "assets/pygments.css", "assets/site.css", "robots.txt", "sitemap.xml"}
    pages = (built[0] / "sitemap.xml").read_text("utf-8").count("<loc>")
    assert pages == 1 + len(CORPUS) + len(INDEXES) + len(TOPICS | PARENTS)
