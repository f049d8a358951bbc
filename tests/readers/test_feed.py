"""A feed on disk becomes manuscripts: those of every format, those that are broken, those that are none."""

from __future__ import annotations

from lwnindex.model import Manuscript
from lwnindex.readers import feed
from lwnindex.settings import Config, Reading, reading

READING = reading(Config())


def rss(*items: str, head: str = "<link>https://example.org/</link>", version: str = "2.0") -> bytes:
    """Return an RSS feed of items that are written as XML."""
    inside = "\n".join(f"<item>{one}</item>" for one in items)
    spaces = (
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    )
    return (
        f'<?xml version="1.0"?>\n<rss version="{version}" {spaces}><channel>{head}\n{inside}</channel></rss>'
    ).encode()


def manuscripts(content: bytes, rules: Reading = READING) -> tuple[Manuscript, ...]:
    return feed.read(content, "content/a.xml", rules).manuscripts


def codes(content: bytes) -> list[str]:
    return [one.code for one in feed.read(content, "content/a.xml", READING).problems]


def test_an_item_of_lwns_own_feed_is_the_article_that_its_address_names() -> None:
    item = (
        "<title>[$] Two that did not make it</title><link>https://lwn.net/Articles/367000/rss</link>"
        "<dc:date>2009-12-22T18:15:29+00:00</dc:date><dc:creator>corbet</dc:creator>"
        "<description>Not &lt;b&gt;every&lt;/b&gt; patch.</description>"
    )
    (found,) = manuscripts(rss(item))
    assert (found.id, found.title) == ("367000", "Two that did not make it")
    assert (found.date, found.updated) == ("2009-12-22T18:15:29+00:00", None)
    assert found.authors == ("Jonathan Corbet",)
    assert (found.text, found.markup) == ("Not <b>every</b> patch.", "html")
    assert found.original == "https://lwn.net/Articles/367000/rss"


def test_of_two_items_of_one_guid_the_one_updated_later_stays_where_it_stands() -> None:
    old = "<title>Old</title><guid>a</guid><pubDate>Mon, 01 Jan 2001 00:00:00 GMT</pubDate>"
    new = "<title>New</title><guid>a</guid><pubDate>Tue, 02 Jan 2001 00:00:00 GMT</pubDate>"
    other = "<title>Other</title><guid>b</guid>"
    for order in ((old, other, new), (new, other, old)):
        found = manuscripts(rss(*order))
        assert {one.title for one in found} == {"Other", "New"}
        assert dict(found[-1].counts).get("repeat") == 1 or found[-1].title == "Other"
    assert [one.title for one in manuscripts(rss(old, other, new))] == ["Other", "New"]


def test_items_are_told_with_their_guids_and_links() -> None:
    (found,) = feed.items(rss("<title>A</title><guid>urn:a</guid><link>/a</link>"), "a.xml", READING)
    assert (found.guid, found.link) == ("urn:a", "https://example.org/a")
    assert found.manuscript.id == ""


def test_what_is_no_feed_is_said_to_be_none() -> None:
    for content in (b'{"name": "left-pad", "version": "1"}', b"<urlset><url/></urlset>", b"<html></html>"):
        assert codes(content) == ["not-read"]
    assert codes(b" \n") == ["empty"]
