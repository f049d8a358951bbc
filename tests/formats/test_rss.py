"""A feed and its entries as RSS 2.0 says them."""

from __future__ import annotations

from msgspec.structs import replace

from lwnindex.formats.feeds import feed
from tests.feedrules import faults
from tests.formats.make import SITE, blob, entry, feed_view
from tests.formats.reading import texts

HOME = "https://example.org/news/Kernel/Filesystems/Ceph/"
PAGE = "https://example.org/news/Articles/1/"


def test_rss_describes_the_channel() -> None:
    content = feed(feed_view("rss", entry()), SITE, {})
    assert content.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<rss ")
    assert texts(content, "/rss/@version") == ["2.0"]
    assert texts(content, "/rss/channel/title") == ["Ceph"]
    assert texts(content, "/rss/channel/link") == [HOME]
    assert texts(content, "/rss/channel/description") == ["All about Ceph."]
    assert texts(content, "/rss/channel/language") == ["en"]
    assert texts(content, "/rss/channel/generator") == ["lwnindex"]
    assert texts(content, "/rss/channel/lastBuildDate") == ["Tue, 22 Dec 2009 12:00:00 +0000"]
    assert texts(content, "/rss/channel/a:link[@rel='self']/@href") == [HOME + "feed.rss"]


def test_rss_describes_an_item() -> None:
    one = entry(authors=("Kernel desk", "Release desk"), published="2009-12-22T23:30:00+05:30", body="b")
    content = feed(feed_view("rss", one), SITE, {"b": blob("<p>Text</p>")})
    channel_item = "/rss/channel/item/"
    assert texts(content, channel_item + "title") == ["Two that didn't make it"]
    assert texts(content, channel_item + "link") == [PAGE]
    assert texts(content, channel_item + "guid[@isPermaLink='false']") == [one.id]
    assert texts(content, channel_item + "pubDate") == ["Tue, 22 Dec 2009 23:30:00 +0530"]
    assert texts(content, channel_item + "dc:creator") == ["Kernel desk", "Release desk"]
    assert texts(content, channel_item + "category") == ["Kernel/Filesystems/Ceph"]
    assert texts(content, channel_item + "description") == ["Two proposals."]
    assert texts(content, channel_item + "content:encoded") == ["<p>Text</p>"]
    assert texts(content, channel_item + "author") == []


def test_rss_takes_a_summary_for_text_and_so_writes_it_as_html() -> None:
    content = feed(feed_view("rss", entry(summary="if a < b && c")), SITE, {})
    assert texts(content, "//item/description") == ["if a &lt; b &amp;&amp; c"]


def test_rss_puts_the_content_into_the_description_where_there_is_no_summary() -> None:
    content = feed(feed_view("rss", entry(summary="", body="b")), SITE, {"b": blob("<p>Text</p>")})
    assert texts(content, "//item/description") == ["<p>Text</p>"]
    assert texts(content, "//item/content:encoded") == []


def test_rss_writes_markup_characters_as_hexadecimal_references() -> None:
    content = feed(feed_view("rss", entry(title="<b> & &lt;")), SITE, {})
    assert b"<title>&#x3C;b&#x3E; &#x26; &#x26;lt;</title>" in content
    assert texts(content, "//item/title") == ["<b> & &lt;"]


def test_rss_leaves_out_the_time_of_a_feed_that_never_had_an_entry() -> None:
    content = feed(feed_view("rss", updated=""), SITE, {})
    assert texts(content, "//lastBuildDate") == []


def test_rss_says_that_it_is_complete() -> None:
    whole, part = (feed(replace(feed_view("rss"), complete=one), SITE, {}) for one in (True, False))
    assert faults(whole) == []
    assert len(texts(whole, "/rss/channel/fh:complete")) == 1
    assert texts(part, "//fh:*") == []
