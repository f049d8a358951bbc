"""Real archives of other generators, and real feeds, become one site by presets alone.

What is expected is read from their headers in ways that share nothing with the program.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from lwnindex import config, site, visits
from lwnindex.options import Options
from lwnindex.readers.text import decode
from tests import feedrules, sitecheck
from tests.test_real_headers import ARCHIVES, Archive, moment

FOLDERS = {one.folder: one for one in reversed(ARCHIVES)}
"""Each archive by the preset that is its own generator's, or the first that reads it."""

FEEDS = {".rss", ".atom", ".json"}
KNOWN = {"dead-link", "left-out", "address-clash", "bad-address", "near-duplicate"}
"""What can be wrong with a part of an archive: it leads to the rest, which is not here.

And some tags are written in two ways, as people write tags.
"""


class Built(NamedTuple):
    """A built site: its folder, its report, and its articles by their sources."""

    folder: Path
    report: site.Report
    articles: dict[str, list[dict[str, Any]]]


def build(work: Path, tables: str) -> Built:
    (work / "lwnindex.toml").write_text(
        f'[site]\ntitle = "Archives"\nurl = "https://example.org/"\nsource = ""\n{tables}'
    )
    found = config.load(work / "lwnindex.toml", {}, {})
    report = site.build(found, Options(now="2026-11-23"))
    articles: dict[str, list[dict[str, Any]]] = {}
    for one in json.loads(visits.export_json(found))["articles"]:
        articles.setdefault(one["source"], []).append(one)
    return Built(work / "site", report, articles)


@pytest.fixture(scope="module")
def archives(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    tables = "".join(
        f"[[sources]]\npath = {json.dumps(str(shared / 'corpora/archives' / one.folder))}\n"
        f'preset = "{one.preset}"\n'
        for one in FOLDERS.values()
    )
    return build(tmp_path_factory.mktemp("archives"), tables)


@pytest.fixture(scope="module")
def feeds(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    path = json.dumps(str(shared / "corpora/feeds"))
    return build(tmp_path_factory.mktemp("feeds"), f'[[sources]]\npath = {path}\npreset = "plain"\n')


@pytest.mark.parametrize("archive", FOLDERS.values(), ids=lambda one: one.folder)
def test_each_article_that_its_own_site_has_is_there(archive: Archive, archives: Built, shared: Path) -> None:
    folder = shared / "corpora/archives" / archive.folder
    for path in sorted(folder.rglob("*.md")):
        place = path.relative_to(folder)
        told = archive.told(decode(path.read_bytes(), "")[0], place)
        found = archives.articles.get(str(place), [])
        if told.draft:
            assert found == [], place
            continue
        (one,) = found
        assert (one["title"], moment(one["date"])) == (told.title, moment(told.date)), place
        assert one["lang"] == (told.lang or "en"), place
        assert {tuple(entry) for entry in one["entries"]} >= told.terms, place
        assert (archives.folder / one["path"]).is_file(), place


def test_what_is_wrong_with_the_archives_is_that_they_are_parts_and_tagged_by_people(archives: Built) -> None:
    assert {one.code for one in archives.report.problems} <= KNOWN
    assert Counter(one.code for one in archives.report.problems)["dead-link"] < 250


def test_articles_in_several_languages_are_one(archives: Built) -> None:
    pages = [one for found in archives.articles.values() for one in found]
    several = {one["id"] for one in pages if one["path"].count("/") > 2}
    assert len(several) >= 4
    for own in several:
        found = {one["lang"]: one["path"] for one in pages if one["id"] == own}
        assert len(found) >= 2
        text = {path: (archives.folder / path).read_text() for path in found.values()}
        assert all(f'hreflang="{lang}"' in page for lang in found for page in text.values())


def test_old_addresses_lead_to_their_articles(archives: Built) -> None:
    (one,) = archives.articles["content/Rust-1.29.md"]
    for old in ("2018/09/13/Rust-1.29.html", "2018/09/13/Rust-1.29/index.html", "releases/1.29.0/index.html"):
        assert one["path"] in (archives.folder / old).read_text()


@pytest.fixture
def built(request: pytest.FixtureRequest) -> Built:
    """The site of which a test has the name of the fixture."""
    found: Built = request.getfixturevalue(request.param)
    return found


# What reads the site is none of ours: being measured takes it twice as long.
@pytest.mark.no_cover
@pytest.mark.parametrize("built", ["archives", "feeds"], indirect=True)
def test_no_link_of_a_page_is_dead_and_every_feed_is_sound(built: Built) -> None:
    assert sitecheck.dead(built.folder, sitecheck.pages(built.folder)) == []
    feeds = sorted(path for path in built.folder.rglob("feed*.*") if path.suffix in FEEDS)
    # Those of the site and of its indexes, and of the others every twentieth.
    wanted = [*built.folder.glob("feed*.*"), *built.folder.glob("*/Index/feed*.*"), *feeds[::20]]
    assert {str(path): found for path in wanted if (found := feedrules.faults(path))} == {}


def test_every_feed_that_is_one_gives_its_items(feeds: Built) -> None:
    assert sum(map(len, feeds.articles.values())) == 884
    assert sum(one.code == "not-read" for one in feeds.report.problems) == 7
    assert len(feeds.articles) + 7 >= 130
    assert {one.code for one in feeds.report.problems if one.severity == "error"} <= {
        *("duplicate-id", "bad-date", "dead-link"),
    }


def test_the_publication_s_own_feed_is_read_whole(feeds: Built) -> None:
    found = feeds.articles["timendum_feedendum/lwn.rdf"]
    assert len(found) == 15
    assert all(one["date"] and one["authors"] and one["title"] for one in found)
    assert not [one for one in found if one["title"].startswith("[$]")]
