"""The demo archive: what it promises to hold, and that every page of it is sound."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import pytest

from lwnindex import config, visits
from tests import demo, feedrules, sitecheck
from tests.programs import ROOT, VNU


@pytest.fixture(scope="module", params=demo.THEMES)
def theme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def site(theme: str) -> Path:
    return demo.built(theme)[0]


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, sitecheck.Page]:
    return sitecheck.pages(site)


def test_it_builds_without_a_problem(theme: str) -> None:
    assert demo.built(theme)[1].problems == ()


def test_it_holds_what_it_promises() -> None:
    report = demo.built()[1]
    indexes = {path.parent.name for path in demo.built()[0].glob("*/Index/index.html")}

    assert report.articles >= 60
    assert report.topics >= 80
    assert len(list((ROOT / "content/dumps").glob("*.md"))) >= 20
    assert len(list(demo.built()[0].glob("*/Index/index.html"))) >= 4, indexes
    assert report.counts["nag"] >= 3
    assert report.counts["table"] >= 4
    assert report.counts["index-block"] >= 20


def test_no_link_and_no_anchor_is_dead(site: Path, pages: dict[str, sitecheck.Page]) -> None:
    assert sitecheck.dead(site, pages) == []


def test_every_page_has_what_a_page_needs(pages: dict[str, sitecheck.Page]) -> None:
    for page in pages.values():
        tree = page.tree
        assert len(tree.xpath("//h1")) == 1, page.path
        assert tree.xpath("string(/html/@lang)"), page.path
        assert len(tree.xpath("//main")) == 1, page.path
        if tree.xpath("//meta[@http-equiv='refresh']"):
            # It leads on by itself.
            assert tree.xpath("string(//main//a/@href)"), page.path
            continue
        assert all(tree.xpath(f"//{each}") for each in ("header", "nav", "footer")), page.path
        skip = tree.xpath("string(//body//a[1]/@href)")
        assert skip.removeprefix("#") in page.ids, page.path
        assert len(page.ids) == len(set(page.ids)), page.path


def test_every_page_has_the_policy_first_and_nothing_that_it_forbids(
    pages: dict[str, sitecheck.Page],
) -> None:
    for page in pages.values():
        policies = page.tree.xpath("//head/meta[@http-equiv='Content-Security-Policy']/@content")

        assert ["default-src 'none'" in policy for policy in policies] == [True], page.path
        assert not page.tree.xpath(
            "//script[not(@src or @type='application/ld+json')]"
            " | //style | //@style | //@*[starts-with(name(), 'on')]"
        )


def test_no_page_reaches_out(pages: dict[str, sitecheck.Page]) -> None:
    for page in pages.values():
        assert not [src for src in page.tree.xpath("//@src") if sitecheck.target(page, src) is None]
        sheets = page.tree.xpath("//link[@rel='stylesheet' or @rel='icon' or @rel='preload']/@href")
        assert not [
            href for href in sheets if sitecheck.target(page, href) is None and page.path != "404.html"
        ]


@pytest.fixture(scope="module")
def archive() -> dict[str, Any]:
    """The archive as other programs get it."""
    with TemporaryDirectory() as work:
        options = {"output": f"{work}/site", "store": f"{work}/store"}
        return cast(
            "dict[str, Any]", json.loads(visits.export_json(config.load(ROOT / "lwnindex.toml", {}, options)))
        )


def told(page: sitecheck.Page) -> list[dict[str, Any]]:
    """Return what a page says of itself in JSON-LD."""
    return [json.loads(one.text) for one in page.tree.xpath("//script[@type='application/ld+json']")]


def test_every_article_tells_what_the_archive_holds(
    pages: dict[str, sitecheck.Page], archive: dict[str, Any]
) -> None:
    address, titles = archive["site"]["url"], {one["id"]: one["title"] for one in archive["articles"]}
    for one in archive["articles"]:
        (found,) = told(pages[one["path"]])
        cited = [each["id"] for each in one["references"] if each.get("id") in titles]

        assert found["@type"] == "NewsArticle"
        assert (found["headline"], found["inLanguage"]) == (one["title"], one["lang"])
        assert found["url"] == address + one["path"].removesuffix("index.html")
        assert (found.get("datePublished"), found.get("dateModified")) == (
            one["date"],
            one["updated"] or one["date"],
        )
        assert [each["name"] for each in found.get("author", [])] == one["authors"]
        assert [
            [each["inDefinedTermSet"]["name"], *each["name"].split(" / ")] for each in found.get("about", [])
        ] == one["entries"]
        assert [each["headline"] for each in found.get("citation", [])] == [
            titles[each] for each in dict.fromkeys(cited) if each != one["id"]
        ]


def test_every_topic_tells_what_the_archive_holds(
    pages: dict[str, sitecheck.Page], archive: dict[str, Any]
) -> None:
    for one in archive["topics"]:
        (found,) = told(pages[one["path"]])

        assert found["@type"] == "DefinedTerm"
        assert [found["inDefinedTermSet"]["name"], *found["name"].split(" / ")] == one["entry"]
        assert found["url"] == archive["site"]["url"] + one["path"].removesuffix("index.html")


def test_no_other_page_tells_anything(pages: dict[str, sitecheck.Page], archive: dict[str, Any]) -> None:
    telling = {one["path"] for one in (*archive["articles"], *archive["topics"])}

    assert {path for path, page in pages.items() if told(page)} == telling


# What reads them is none of ours: being measured takes it twice as long.
@pytest.mark.no_cover
def test_every_feed_is_sound(site: Path) -> None:
    feeds = sorted(site.rglob("feed[.-]*"))

    assert any("feed-" in path.name for path in feeds)
    assert [fault for feed in feeds for fault in feedrules.faults(feed)] == []


def test_every_page_with_feeds_of_its_own_names_them(site: Path, pages: dict[str, sitecheck.Page]) -> None:
    for feed in site.rglob("feed.*"):
        page = pages[feed.parent.joinpath("index.html").relative_to(site).as_posix()]
        if page.tree.xpath("//meta[@http-equiv='refresh']"):
            # At an old address a feed goes on for who follows it already.
            continue
        named = [sitecheck.target(page, href) for href in page.tree.xpath("//link[@rel='alternate']/@href")]

        assert (feed.relative_to(site).as_posix(), "") in named, page.path


@pytest.mark.needs_vnu
def test_the_nu_checker_finds_no_fault(site: Path) -> None:
    command = [*VNU, "--format", "json", "--skip-non-html", str(site)]
    done = subprocess.run(command, capture_output=True, check=False, timeout=600)
    messages = json.loads(done.stderr)["messages"]
    # The checker holds that no file: address is 'self'; that the browser sees it otherwise is tested there.
    told = [one for one in messages if "violates Content Security Policy" not in one["message"]]

    assert [f"{one.get('url', '')}:{one.get('lastLine')}: {one['message']}" for one in told] == []
