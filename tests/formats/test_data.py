"""Programs that visit the site find every page, and may read all of them."""

from __future__ import annotations

from urllib.robotparser import RobotFileParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from lwnindex import names
from lwnindex.feedviews import RobotsView, SitemapView
from lwnindex.formats.data import Page, robots, sitemap, sitemap_index
from lwnindex.viewmodel import SiteView
from tests.formats.make import SITE
from tests.formats.sitemap_rules import SPACE, sitemap_faults


def sitemap_view(*pages: Page) -> SitemapView:
    return SitemapView(path="sitemap.xml", root="", title="Sitemap", pages=pages)


def rows(content: bytes) -> list[tuple[str, str | None]]:
    """Return the addresses of a sitemap and when each changed."""
    return [
        (row.findtext(SPACE + "loc", ""), row.findtext(SPACE + "lastmod"))
        for row in etree.fromstring(content)
    ]


def test_a_sitemap_names_every_page_and_the_day_it_changed() -> None:
    content = sitemap(sitemap_view(("index.html", "2009-12-22"), ("Kernel/C++/index.html", "")), SITE)
    assert content == (
        b'<?xml version="1.0" encoding="UTF-8"?>\n'
        b"<!-- Made by lwnindex -->\n"
        b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        b"  <url><loc>https://example.org/news/</loc><lastmod>2009-12-22</lastmod></url>\n"
        b"  <url><loc>https://example.org/news/Kernel/C%2B%2B/</loc></url>\n"
        b"</urlset>\n"
    )
    assert sitemap_faults(content) == []


def test_an_index_of_sitemaps_names_them() -> None:
    content = sitemap_index(sitemap_view(("sitemap-1.xml", "2009-12-22"), ("sitemap-2.xml", "")), SITE)
    assert rows(content) == [
        ("https://example.org/news/sitemap-1.xml", "2009-12-22"),
        ("https://example.org/news/sitemap-2.xml", None),
    ]
    assert sitemap_faults(content) == []


def test_an_address_with_markup_characters_is_escaped() -> None:
    site = SiteView(title="", url="https://example.org/?a=1&b=<2>")
    assert b"<loc>https://example.org/?a=1&amp;b=&lt;2&gt;/x.html</loc>" in sitemap(
        sitemap_view(("x.html", "")), site
    )


@given(st.lists(st.text(min_size=1), unique_by=names.segment, max_size=20))
def test_whatever_a_page_is_called_its_sitemap_is_valid(titles: list[str]) -> None:
    pages = tuple((names.page_of(names.segment(title)), "2009-12-22T12:00:00+01:00") for title in titles)
    content = sitemap(sitemap_view(*pages), SITE)
    assert sitemap_faults(content) == []
    assert len(rows(content)) == len(pages)


def test_robots_may_read_everything_and_find_the_sitemap() -> None:
    content = robots(RobotsView(path="robots.txt", root="", title=""), SITE).decode()
    parser = RobotFileParser()
    parser.parse(content.splitlines())
    assert parser.can_fetch("anyone", "https://example.org/news/Kernel/")
    assert parser.site_maps() == ["https://example.org/news/sitemap.xml"]
    assert content.endswith("\n")


GOOD = sitemap(sitemap_view(("index.html", "2009-12-22"), ("x.html", "")), SITE)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (b"</urlset>", b"", "it is not well-formed"),
        (b"urlset", b"list", "is the root of no sitemap"),
        (b"/sitemap/0.9", b"/sitemap/0.8", "is the root of no sitemap"),
        (b"url>", b"sitemap>", "something else than up to 50,000 <url>"),
        (b"x.html", b"", "2 entries have the address"),
        (b"https://example.org/news/x", b"/news/x", "loc is no absolute address"),
        (b"x.html", "ü.html".encode(), "loc is not escaped"),
        (b"2009-12-22", b"22.12.2009", "lastmod is no W3C date"),
        (b"lastmod", b"changed", "a row is not one address"),
    ],
)
def test_the_rules_find_what_is_wrong_with_a_sitemap(old: bytes, new: bytes, fault: str) -> None:
    assert sitemap_faults(GOOD) == []
    assert any(fault in one for one in sitemap_faults(GOOD.replace(old, new)))
