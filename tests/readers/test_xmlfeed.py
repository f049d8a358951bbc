"""RSS, RDF, Atom and CDF by feedparser."""

from __future__ import annotations

import pytest

from lwnindex.readers import feed
from lwnindex.readers.feed import Item
from lwnindex.readers.feedwalk import checked
from lwnindex.readers.xmlfeed import read_xml
from lwnindex.reading import reading
from lwnindex.settings import Config, SourceSettings


def test_a_feed_that_is_not_well_formed_is_read_and_told_with_the_line() -> None:
    found = read_xml(
        checked("<rss>\n<channel><item><title>A &nbsp; B</title></item>\n<item><title>C</title>")
    )
    assert [post.title.text for post in found.posts] == ["A \xa0 B", "C"]
    assert (found.complaint, found.line) == ("undefined entity", 2)


def test_what_feedparser_gives_up_on_is_told() -> None:
    found = read_xml(checked("<rss><channel><item><title>A</title></item></width></channel></rss>"))
    assert found.is_feed
    assert found.complaint


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("jane@mail.example (Jane Doe)", "Jane Doe"),
        ("jane@mail.com (Jane Doe)", "Jane Doe"),
        ("Jane Doe &lt;jane@mail.photography&gt;", "Jane Doe"),
        ("Jane Doe (jane@mail.museum)", "Jane Doe"),
    ],
)
def test_an_author_is_no_rest_of_a_mail_address(written: str, name: str) -> None:
    found = items(f"<title>A</title><author>{written}</author>")
    assert found[0].manuscript.authors == (name,)


@pytest.mark.parametrize(
    ("guid", "link"),
    [
        ('<guid isPermaLink="false">https://news.example/1</guid>', ""),
        ('<guid isPermaLink="true">https://news.example/1</guid>', "https://news.example/1"),
        ("<guid>https://news.example/1</guid>", "https://news.example/1"),
        ("<link/><guid>https://news.example/1</guid>", "https://news.example/1"),
    ],
)
def test_a_guid_that_says_it_is_no_address_is_none(guid: str, link: str) -> None:
    found = items(f"<title>A</title>{guid}")
    assert (found[0].guid, found[0].link) == ("https://news.example/1", link)


@pytest.mark.parametrize(
    "guid", ["4711", "post-1", "0b7c1a52-3b0e-4f0e-9d9c-0d6c2b9a7f11", "tag:news.example,2009:1"]
)
def test_a_guid_that_is_no_address_is_not_made_one(guid: str) -> None:
    found = items(f"<title>A</title><guid>{guid}</guid>", url="https://news.example/feed.xml")
    assert (found[0].guid, found[0].link) == (guid, "")
    found = items(f"<title>A</title><guid>{guid}</guid><link>/1</link>", url="https://news.example/feed.xml")
    assert (found[0].guid, found[0].link) == (guid, "https://news.example/1")


@pytest.mark.parametrize("written", ["&#xD800;", "&#55296;", "&#xdfff", "&#x110000;", "&#99999999999;"])
def test_a_reference_to_no_character_costs_no_item(written: str) -> None:
    found = items(f"<title>A {written}</title><guid>a{written}</guid><link>https://e.org/{written}</link>")

    assert [one.manuscript.title for one in found] == ["A \ufffd"]
    assert items("<title>&#65;&#x42;&#x10FFFD;</title>")[0].manuscript.title.startswith("AB")


def items(inside: str, url: str = "") -> tuple[Item, ...]:
    """The items of an RSS feed with one."""
    text = f'<rss version="2.0"><channel><title>News</title><item>{inside}</item></channel></rss>'
    return feed.items(text.encode(), "news.rss", reading(Config(), SourceSettings(path="feeds", url=url)))
