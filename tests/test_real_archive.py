"""The real archive and the seed: every entry where it belongs, every reference a link, every feed sound.

What is expected is read from the sources by a few lines of regex that share nothing with the program.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import pytest

from lwnindex import config, site, visits
from tests import feedrules, sitecheck

ROW = re.compile(r"^\[([^\]]+)\]\(/[^)]*\)\| \[(.+)\]\(/[^)#]*#([^)]+)\)  $", re.MULTILINE)
CITED = re.compile(r"\]\((?:https?://lwn\.net)?/Articles/(\d+)/?(?:#[^)]*)?\)")


class Built(NamedTuple):
    """A built archive: its sources by id, its folder, its report, its export, its pages."""

    sources: dict[str, str]
    folder: Path
    report: site.Report
    data: dict[str, list[dict[str, Any]]]
    pages: dict[str, sitecheck.Page]


def build(content: Path, work: Path) -> Built:
    options = {"content": (str(content),), "output": str(work / "site"), "store": str(work / "store")}
    found = config.load(None, {}, options)
    report = site.build(found)
    sources = {path.stem: path.read_text("utf-8") for path in content.iterdir()}
    data = json.loads(visits.export_json(found))
    return Built(sources, work / "site", report, data, sitecheck.pages(work / "site"))


@pytest.fixture(scope="module")
def archive(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(shared / "corpora/lwn-kernel-2009-2012", tmp_path_factory.mktemp("archive"))


@pytest.fixture(scope="module")
def seed(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(shared / "corpora/seed", tmp_path_factory.mktemp("seed"))


def rows(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield (index, name, anchor) of each row of the index block."""
    yield from ROW.findall(text[text.rindex("Index entries for this article") :])


def test_the_archive_builds_without_an_error(archive: Built) -> None:
    assert [one for one in archive.report.problems if one.severity == "error"] == []
    assert archive.report.articles == len(archive.sources)


def test_every_entry_stands_on_the_index_page_and_nothing_else_does(archive: Built) -> None:
    wanted: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one, text in archive.sources.items():
        for index, _, anchor in rows(text):
            wanted[index][anchor].add(f"Articles/{one}/index.html")

    places = {"Kernel": "Kernel/Index/index.html", "GuestArticles": "Archives/GuestIndex/index.html"}
    for index, topics in wanted.items():
        page = archive.pages[places[index]]
        anchors = {topic["anchor"] for topic in archive.data["topics"] if topic["entry"][0] == index}
        shown = sitecheck.articles_by_id(page, anchors)

        assert {anchor: set(found) for anchor, found in shown.items() if found} == topics
        assert all(len(found) == len(set(found)) for found in shown.values())


def test_every_entry_stands_in_its_topics_list_and_nothing_else_does(archive: Built) -> None:
    wanted: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one, text in archive.sources.items():
        for index, _, anchor in rows(text):
            wanted[index, anchor].append(f"Articles/{one}/index.html")

    for topic in archive.data["topics"]:
        expected = sorted(wanted[topic["entry"][0], topic["anchor"]])

        assert sorted(listed(archive, topic["path"])) == expected, topic["entry"]


def listed(archive: Built, path: str) -> list[str]:
    """Return the articles that a topic's page and the further pages of its list link to, in main."""
    folder = path.removesuffix("index.html")
    parts = [
        page for name, page in archive.pages.items() if name == path or name.startswith(f"{folder}page/")
    ]
    return [
        found
        for page in parts
        for found in sitecheck.article_paths(page, page.tree.xpath("//main//*[contains(@class, 'list')]//a"))
    ]


def test_article_links_of_a_topic_page_are_all_its_own(archive: Built) -> None:
    topics = {tuple(topic["entry"]): topic for topic in archive.data["topics"]}
    for entry, topic in topics.items():
        page = archive.pages[topic["path"]]
        linked = set(sitecheck.article_paths(page, page.tree.xpath("//a")))
        ends = set(sitecheck.article_paths(page, page.tree.xpath("//*[contains(@class, 'ends')]//a")))
        below = [each for other, each in topics.items() if other[: len(entry)] == entry]

        assert linked - ends <= {f"Articles/{one}/index.html" for one in topic["articles"]}
        assert ends <= {f"Articles/{one}/index.html" for each in below for one in each["articles"]}


def test_every_reference_to_a_held_article_is_a_local_link_with_its_backlink(archive: Built) -> None:
    cited = {
        one: set(CITED.findall(body_of(text))) & set(archive.sources) for one, text in archive.sources.items()
    }
    for one, held in cited.items():
        page = archive.pages[f"Articles/{one}/index.html"]
        body = page.tree.xpath("//div[contains(concat(' ', @class, ' '), ' body ')]//a")

        assert {f"Articles/{each}/index.html" for each in held} <= set(sitecheck.article_paths(page, body))
    backlinks = {each["id"]: set(each["cited_by"]) for each in archive.data["articles"]}
    wanted = {one: {each for each in cited if one in cited[each]} - {one} for one in archive.sources}

    assert backlinks == wanted


def body_of(text: str) -> str:
    """Return a source without the notes, mid-article too, that ask for subscriptions."""
    quotes = re.split(r"(?m)((?:^>.*\n?)+)", text)
    return "".join(part for part in quotes if "/Promo/" not in part)


def test_cited_by_stands_on_the_page_of_the_cited(archive: Built) -> None:
    for one in archive.data["articles"]:
        page = archive.pages[one["path"]]
        linked = sitecheck.article_paths(page, page.tree.xpath("//main//a"))

        assert {f"Articles/{each}/index.html" for each in one["cited_by"]} <= set(linked)


def test_no_link_and_no_anchor_is_dead(archive: Built, seed: Built) -> None:
    assert sitecheck.dead(archive.folder, archive.pages) == []
    assert sitecheck.dead(seed.folder, seed.pages) == []


def test_references_to_articles_that_are_not_held_lead_to_the_publication(archive: Built) -> None:
    for page in archive.pages.values():
        for href in page.tree.xpath("//div[contains(concat(' ', @class, ' '), ' body ')]//a/@href"):
            assert not href.startswith("/")


# What reads them is none of ours: being measured takes it twice as long.
@pytest.mark.no_cover
def test_every_feed_is_sound(archive: Built) -> None:
    feeds = sorted(archive.folder.rglob("feed[.-]*"))

    assert len(feeds) > 1000
    assert {*archive.folder.rglob("feed*.rss"), *archive.folder.rglob("feed*.atom")} <= {*feeds}
    # Among the rules is that feedparser reads each of those in XML without a complaint.
    assert [fault for feed in feeds for fault in feedrules.faults(feed)] == []


def test_what_a_dump_holds_besides_the_article_is_gone(archive: Built) -> None:
    for one in archive.sources:
        body = archive.pages[f"Articles/{one}/index.html"].tree.xpath("//main")[0].text_content()

        assert "Index entries for this article" not in body
        assert "to post comments" not in body
        assert "[LWN.net]" not in body
    assert archive.report.counts["nag"] == sum(text.count("/Promo/") > 0 for text in archive.sources.values())


def test_the_seed_is_all_there(seed: Built) -> None:
    (article,) = seed.data["articles"]
    page = seed.pages[article["path"]]
    text = page.tree.xpath("//main")[0].text_content()
    links = {sitecheck.target(page, href) for href in page.tree.xpath("//main//a/@href")}

    assert article["title"] == page.tree.xpath("string(//h1)").strip() == "Two that didn't make it"
    assert (article["authors"], article["date"]) == (["Jonathan Corbet"], "2009-12-22")
    assert "Jonathan Corbet" in text
    assert page.tree.xpath("//main//time/@datetime")[0] == "2009-12-22"
    for anchor, topic in (
        ("AlacrityVM", "Kernel/AlacrityVM"),
        ("Development_model", "Kernel/Development_model"),
        ("Filesystems-Ceph", "Kernel/Filesystems/Ceph"),
    ):
        assert ("Kernel/Index/index.html", anchor) in links
        assert (f"{topic}/index.html", "") in links
    assert "https://lwn.net/Articles/367788/" in page.tree.xpath("//main//a/@href")
    assert not re.search("subscribe|to post comments|Index entries", text)
    assert not page.tree.xpath("//div[contains(@class, 'body')]//*[self::h2 or self::hr or self::table]")


def test_names_on_the_index_page_are_those_of_the_rows(archive: Built) -> None:
    for text in archive.sources.values():
        for index, name, anchor in rows(text):
            topics = {
                topic["anchor"]: topic["entry"]
                for topic in archive.data["topics"]
                if topic["entry"][0] == index
            }

            assert "/".join(topics[unquote(anchor)][1:]) == name
