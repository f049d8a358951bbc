"""Feeds, sitemaps and lists of feeds: what their formats ask for is looked at."""

from __future__ import annotations

import pytest

from lwnindex.checking.feeds import checked, is_rfc822

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel>
<title>T</title><link>https://e.org/</link>
<item><guid>1</guid><link>https://e.org/1/</link>
<pubDate>Tue, 22 Dec 2009 10:00:00 +0000</pubDate>
<content:encoded>&lt;a href="https://e.org/2/"&gt;</content:encoded>
</item><item><guid>2</guid></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><id>f</id><updated>2009-12-22T10:00:00Z</updated>
<link rel="self" href="https://e.org/feed.atom"/><entry><id>1</id><updated>2009-12-22T10:00:00Z</updated>
<content type="html">&lt;img src="https://e.org/a.png"&gt;
&amp;lt;a href="no"&amp;gt;</content></entry></feed>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "home_page_url": "https://e.org/",
"items": [
{"id": "1", "url": "https://e.org/1/", "date_published": "2009-12-22T10:00:00+01:00",
"content_html": "<p>x"}]}"""
OPML = '<opml><body><outline xmlUrl="https://e.org/feed.rss" htmlUrl="https://e.org/"/></body></opml>'
SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://e.org/</loc></url></urlset>"""


@pytest.mark.parametrize(
    ("path", "text", "addresses"),
    [
        ("feed.rss", RSS, ["https://e.org/", "https://e.org/1/", "https://e.org/2/"]),
        ("feed.atom", ATOM, ["https://e.org/feed.atom", "https://e.org/a.png"]),
        ("feed.json", JSON, ["https://e.org/", "https://e.org/1/"]),
        ("index.opml", OPML, ["https://e.org/feed.rss", "https://e.org/"]),
        ("sitemap.xml", SITEMAP, ["https://e.org/"]),
        ("manifest.json", '{"name": "x"}', []),
        ("notes.txt", "<", []),
    ],
)
def test_what_is_sound_gives_its_addresses(path: str, text: str, addresses: list[str]) -> None:
    found = checked(path, text.encode())

    assert found.faults == []
    assert found.addresses == addresses


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("feed.rss", RSS.replace("</item><item>", "<item>"), "no XML"),
        ("feed.rss", RSS.replace("<guid>2<", "<guid>1<"), "two entries have the id"),
        ("feed.rss", RSS.replace("<guid>2</guid>", ""), "has no id"),
        ("feed.rss", RSS.replace("Tue, 22", "Wed, 22"), "no date"),
        ("feed.rss", RSS.replace("https://e.org/2/", "/2/"), "a link in an entry is not a whole one"),
        ("feed.rss", RSS.replace("<link>https://e.org/1/", "<link>/1/"), "an entry is not a whole one"),
        (
            "feed.atom",
            ATOM.replace("2009-12-22T10:00:00Z</updated>\n<content", "2009-12-22</updated>\n<content"),
            "no date",
        ),
        ("feed.atom", ATOM.replace("10:00:00Z", "25:00:00Z"), "no date"),
        ("feed.atom", f'<!DOCTYPE x [<!ENTITY a "b">]>{ATOM}', "declares entities"),
        ("feed.json", JSON.replace('"items"', "items"), "no JSON"),
        ("feed.json", JSON.replace("+01:00", ""), "no date"),
        ("index.opml", OPML.replace("https://e.org/feed.rss", "feed.rss"), "not a whole one"),
        (
            "sitemap.xml",
            SITEMAP.replace("</url>", "</url>" + "<url><loc>https://e.org/</loc></url>" * 50_000),
            "50,001",
        ),
    ],
)
def test_what_is_not_is_told(path: str, text: str, said: str) -> None:
    assert any(said in one.message for one in checked(path, text.encode()).faults)


def test_a_day_of_the_week_must_be_that_of_the_date() -> None:
    assert is_rfc822("22 Dec 2009 10:00:00 +0000")
    assert not is_rfc822("Sat, 22 Dec 2009 10:00:00 +0000")
    assert not is_rfc822("yesterday")
