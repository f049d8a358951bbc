"""The rules find what they are there to find: every fault is planted in a good feed, and named."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from lwnindex.formats.feeds import feed
from lwnindex.model import FeedFormat
from tests.feedrules import faults
from tests.formats.make import SITE, blob, entry, feed_view


def good(form: FeedFormat) -> bytes:
    """Return a feed of two entries that has everything."""
    entries = [entry(number, body="b", title="A & B") for number in (1, 2)]
    return feed(feed_view(form, *entries), SITE, {"b": blob("<p id=x>Text</p>")})


@pytest.mark.parametrize("form", get_args(FeedFormat))
def test_a_good_feed_has_no_fault_in_memory_or_on_disk(form: FeedFormat, tmp_path: Path) -> None:
    path = tmp_path / f"feed.{form}"
    path.write_bytes(good(form))
    assert faults(good(form)) == faults(path) == []


RSS = [
    (b"</rss>", b"", "it is not well-formed"),
    (b"Two proposals.", b"Two \xff proposals.", "it is not UTF-8"),
    (b"Two proposals.", b"Two \x01 proposals.", "it is not well-formed"),
    (b"<?xml version='1.0' encoding='UTF-8'?>", b"", ""),
    (b' version="2.0"', b' version="0.91"', "the version of RSS is '0.91'"),
    (b"rss>", b"rdf>", "it is not well-formed"),
    (b"</channel>", b"</channel><channel/>", "rss holds something else than one channel"),
    (b"<title>Ceph</title>", b"", "channel has no title"),
    (b"<title>Ceph</title>", b"<title> </title>", "title is empty"),
    (b"<title>Ceph</title>", b"<title>C &amp; E</title>", "title holds &amp;, &lt; or &gt;"),
    (b"<description>All about Ceph.</description>", b"", "channel has no description"),
    (b"<generator>", b"<editor/><generator>", "editor is no element of channel"),
    (b"<language>en</language>", b"<language>e_n</language>", "language is 'e_n'"),
    (b"<generator>", b"<generator>x</generator><generator>", "channel has 2 times generator"),
    (b"</channel>", b"<ttl>60</ttl></channel>", "stands behind an item"),
    (b'rel="self"', b'rel="alternate"', "there are 0 links to the feed itself"),
    (b"application/rss+xml", b"text/xml", "says it is 'text/xml'"),
    (b'href="https://example.org/news/Kernel', b'href="/Kernel', "atom:link is no absolute address"),
    (b"Tue, 22 Dec 2009", b"Mon, 22 Dec 2009", "is no date of RFC 822"),
    (b"Tue, 22 Dec 2009", b"Tue, 32 Dec 2009", "is no date of RFC 822"),
    (b"Tue, 22 Dec 2009 12:00:00 +0000", b"2009-12-22T12:00:00Z", "is no date of RFC 822"),
    (b"Articles/2/</guid>", b"Articles/1/</guid>", "2 entries have the guid"),
    (b"</guid>", b"</guid><guid>x</guid>", "item has 2 times guid"),
    (b'isPermaLink="false"', b'isPermaLink="no"', "isPermaLink is 'no'"),
    (b' isPermaLink="false">https:', b">about", "guid is no absolute address"),
    (b"<link>https://example.org/news/Articles", b"<link>/Articles", "link is no absolute address"),
    (b"<pubDate>", b"<author>Kernel desk</author><pubDate>", "author has no mail address"),
    (b"<content:encoded>", b"<content:encoded/><content:encoded>", "more than one content:encoded"),
    (b"<description>Two proposals.</description>", b"", "without a description before it"),
    (b"<dc:creator>Kernel desk</dc:creator>", b"<dc:creator/>", "creator is empty"),
    (b"Text&#x3C;", b"Text&#x3C;script>&#x3C;", "the body holds <script>"),
    (b"p id=x", b"p onclick=x", "<p> has onclick"),
    (b"p id=x", b"a href=/x", "<a href> leads to '/x'"),
    (b"p id=x", b"img src=x.png", "<img src> leads to 'x.png'"),
    (b"p id=x", b"a href=javascript:x", "<a href> leads to 'javascript:x'"),
]
ATOM = [
    (b"</feed>", b"", "it is not well-formed"),
    (b"feed", b"feeds", "is the root of no feed"),
    (b"2005/Atom", b"2005/atom", "is the root of no feed"),
    (b'<title type="text">Ceph</title>', b"", "it breaks the grammar of Atom"),
    (b'<title type="text">Ceph</title>', b'<title type="markdown">Ceph</title>', "it breaks the grammar"),
    (b"<id>https://example.org/news/Kernel/Filesystems/Ceph/</id>", b"", "it breaks the grammar of Atom"),
    (b"<id>https://example.org/news/Kernel", b"<id>/Kernel", "id is no absolute address"),
    (b"<published>", b"<published>2009-12-22T12:00:00Z</published><published>", "it breaks the grammar"),
    (b"2009-12-22T12:00:00Z", b"2009-12-22", "updated is no time of RFC 3339"),
    (b"2009-12-22T12:00:00Z", b"2009-12-22T12:00:00", "it breaks the grammar of Atom"),
    (b"2009-12-22T12:00:00Z", b"2009-13-22T12:00:00Z", "published is no time of RFC 3339"),
    (b'xml:lang="en"', b'xml:lang="e_n"', "it breaks the grammar of Atom"),
    (b"<generator>", b"<editor/><generator>", "it breaks the grammar of Atom"),
    (b"<content ", b"<content/><content ", "it breaks the grammar of Atom"),
    (b"<category term=", b"<category label=", "it breaks the grammar of Atom"),
    (b'term="Kernel/Filesystems/Ceph"', b'term=""', "a category is empty"),
    (b'rel="self"', b'rel="via"', "there is no link rel=self"),
    (b'rel="self"', b'rel="alternate" type="text/html" title="x"', "it is not well-formed"),
    (b'type="application/atom+xml"', b'type="atom"', "it breaks the grammar of Atom"),
    (
        b'<link rel="self"',
        b'<link rel="alternate" href="https://e.org" type="text/html"/><link rel="self"',
        "two alt",
    ),
    (b'href="https://example.org/news/Articles', b'href="/Articles', "link is no absolute address"),
    (b"author>", b"contributor>", "neither it nor the feed has an author"),
    (b"<name>Kernel desk</name>", b"<name/>", "an author has no name"),
    (b"<name>Kernel desk</name>", b"", "it breaks the grammar of Atom"),
    (b"<uri>https://example.org/news/Authors", b"<uri>/Authors", "uri is no absolute address"),
    (b"Articles/2/</id>", b"Articles/1/</id>", "2 entries have the id"),
    (b"&lt;p id=x", b"&lt;iframe id=x", "the body holds <iframe>"),
    (b"&lt;p id=x", b"&lt;q cite=x", "<q cite> leads to 'x'"),
]
JSON = [
    (b'"language": "en"', b'"language": en', "it is not JSON"),
    (b'"title": "Ceph",', b'"title": "Ceph", "title": "Ceph",', "a key stands twice"),
    (b"version/1.1", b"version/1", "version is 'https://jsonfeed.org/version/1'"),
    (b'"title": "Ceph",', b"", "there is no title"),
    (b'"title": "Ceph"', b'"title": null', "title is None"),
    (b'"items"', b'"entries"', "there is no items"),
    (b'"items": [', b'"items": ["x",', "an item is no object"),
    (b'"items": [', b'"expired": 0, "items": [', "expired is 0"),
    (b'"items": [', b'"author": {}, "items": [', "there is a key 'author'"),
    (b'"items": [', b'"_own": 1, "items": [', ""),
    (b'"feed_url": "https://example.org', b'"feed_url": "', "feed_url is no absolute address"),
    (
        b'"id": "https://example.org/news/Articles/2/"',
        b'"id": "https://example.org/news/Articles/1/"',
        "2 entries",
    ),
    (b'"id": "https://example.org/news/Articles/2/"', b'"id": 2', "id is 2"),
    (b'"url": "https://example.org/news/Articles', b'"url": "/Articles', "url is no absolute address"),
    (b"content_html", b"_html", "there is neither content_html nor content_text"),
    (
        b'"date_published": "2009-12-22T12:00:00Z"',
        b'"date_published": "2009-12-22"',
        "is no time of RFC 3339",
    ),
    (b'"date_modified": "2009-12-22T12:00:00Z"', b'"date_modified": 2009', "is no time of RFC 3339"),
    (b'"date_published"', b'"_date"', "there is no date_published"),
    (b'"Kernel/Filesystems/Ceph"', b'""', "a tag is no text"),
    (b'"tags": [', b'"tags": "x", "_tags": [', "tags is 'x'"),
    (b'"language": "en"', b'"language": "e_n"', "language is 'e_n'"),
    (b'"name": "Kernel desk"', b'"name": 1', "author: name is 1"),
    (b'"url": "https://example.org/news/Authors', b'"url": "/Authors', "author: url is no absolute address"),
    (b'"authors": [', b'"authors": ["x",', "an author is 'x'"),
    (b"Two proposals.", b"Two \\u0001 proposals.", "it holds forbidden characters"),
    (b"Two proposals.", b"Two \\ud800 proposals.", "it holds forbidden characters"),
    (b"<p id=x>", b"<form id=x>", "the body holds <form>"),
]
CASES = (
    [("rss", *case) for case in RSS] + [("atom", *case) for case in ATOM] + [("json", *case) for case in JSON]
)


@pytest.mark.parametrize(("form", "old", "new", "fault"), CASES)
def test_a_fault_is_found(form: FeedFormat, old: bytes, new: bytes, fault: str) -> None:
    assert old in good(form)
    found = faults(good(form).replace(old, new))
    if fault:
        assert any(fault in one for one in found), found
    else:
        assert found == []


@pytest.mark.parametrize("content", [b"", b"Not Found", b"<html></html>", b"{}", b'{"items": {}}'])
def test_what_is_no_feed_has_a_fault(content: bytes) -> None:
    assert faults(content) != []


def test_what_feedparser_makes_of_a_feed_is_a_rule_too() -> None:
    old = good("rss").replace(b' version="2.0"', b' version="0.92"')
    assert "feedparser takes it for 'rss092'" in faults(old)


WHOLE_ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.org/" xmlns:x="urn:x">
<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">All <em>of</em> it</div></title>
<subtitle type="html">&lt;em&gt;Really&lt;/em&gt;</subtitle><rights>None</rights>
<link rel="self" href="https://example.org/feed" hreflang="en" title="This" length="9"/>
<link rel="related" href="mailto:desk@example.org"/><x:own of="it"><x:more/>text</x:own>
<icon>https://example.org/i.png</icon><logo>https://example.org/l.png</logo>
<generator uri="https://example.org/" version="1">maker</generator>
<contributor><name>Desk</name><email>desk@example.org</email><x:own/></contributor>
<entry x:at="1"><title>One</title><updated>2009-12-22T12:00:00.5+05:30</updated>
<id>tag:example.org,2009:1</id>
<author><name>Desk</name></author><content src="https://example.org/1.png" type="image/png"/>
<source><id>tag:example.org,2009:0</id></source></entry>
<entry><title>Two</title><id>urn:2</id><author><name>Desk</name></author><updated>2009-12-22T12:00:00Z</updated>
<category term="a" scheme="https://example.org/" label="A"/>
<content type="image/svg+xml"><svg xmlns="http://www.w3.org/2000/svg"/></content></entry>
<id>tag:example.org,2009:0</id><updated>2009-12-22T12:00:00Z</updated></feed>"""

WHOLE_RSS = b"""<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>All</title>
<link>https://example.org/</link><description>&lt;b&gt;It&lt;/b&gt;</description><ttl>60</ttl>
<atom:link rel="self" type="application/rss+xml" href="https://example.org/feed"/>
<category domain="d">One</category><category>Two</category>
<item><title>One</title><link>https://example.org/1</link><author>desk@example.org (Desk)</author>
<guid>https://example.org/1</guid><pubDate>Sat, 01 Aug 2026 00:00:00 GMT</pubDate>
<enclosure url="https://example.org/1.ogg" length="1" type="audio/ogg"/>
<source url="https://example.org/">S</source></item></channel></rss>"""

WHOLE_JSON = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "All", "items": [{"id": "1",
"url": "https://example.org/1", "content_text": "", "date_published": "2009-12-22T12:00:00.25-05:00",
"image": "https://example.org/1.png", "attachments": [{"url": "https://example.org/1.ogg"}], "_x": {"y": 1}}],
"home_page_url": "https://example.org/", "feed_url": "https://example.org/feed", "expired": true,
"authors": [{"avatar": "https://example.org/a.png"}], "hubs": []}"""


@pytest.mark.parametrize("content", [WHOLE_RSS, WHOLE_ATOM, WHOLE_JSON], ids=get_args(FeedFormat))
def test_what_a_specification_allows_is_no_fault_if_we_do_not_write_it(content: bytes) -> None:
    assert faults(content) == []
