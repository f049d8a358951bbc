"""A feed and its entries as Atom 1.0 says them."""

from __future__ import annotations

from lwnindex.formats.feeds import feed
from tests.formats.make import NOON, SITE, blob, entry, feed_view
from tests.formats.reading import texts

HOME = "https://example.org/news/Kernel/Filesystems/Ceph/"
PAGE = "https://example.org/news/Articles/1/"


def test_atom_describes_the_feed() -> None:
    content = feed(feed_view("atom", entry()), SITE, {})
    assert texts(content, "/a:feed/a:id") == [HOME]
    assert texts(content, "/a:feed/a:title[@type='text']") == ["Ceph"]
    assert texts(content, "/a:feed/a:subtitle") == ["All about Ceph."]
    assert texts(content, "/a:feed/a:updated") == [NOON]
    assert texts(content, "/a:feed/a:link[@rel='self']/@href") == [HOME + "feed.atom"]
    assert texts(content, "/a:feed/a:link[@rel='alternate']/@href") == [HOME]
    assert texts(content, "/a:feed/a:generator") == ["lwnindex"]
    assert texts(content, "/a:feed/a:author/a:name") == ["Index of news"]
    assert texts(content, "/a:feed/@xml:lang") == ["en"]


def test_atom_describes_an_entry() -> None:
    one = entry(lang="de", updated="2010-01-02T12:00:00Z", body="b")
    content = feed(feed_view("atom", one), SITE, {"b": blob("<p>Text</p>")})
    found = "/a:feed/a:entry/"
    assert texts(content, found + "@xml:lang") == ["de"]
    assert texts(content, found + "a:id") == [one.id]
    assert texts(content, found + "a:title[@type='text']") == ["Two that didn't make it"]
    assert texts(content, found + "a:published") == [NOON]
    assert texts(content, found + "a:updated") == ["2010-01-02T12:00:00Z"]
    assert texts(content, found + "a:link[@rel='alternate']/@href") == [PAGE]
    assert texts(content, found + "a:author/a:name") == ["Kernel desk"]
    assert texts(content, found + "a:author/a:uri") == ["https://example.org/news/Authors/Kernel_desk/"]
    assert texts(content, found + "a:category/@term") == ["Kernel/Filesystems/Ceph"]
    assert texts(content, found + "a:summary[@type='text']") == ["Two proposals."]
    assert texts(content, found + "a:content[@type='html']") == ["<p>Text</p>"]


def test_atom_gives_an_empty_feed_a_time_that_no_clock_sets() -> None:
    content = feed(feed_view("atom", updated=""), SITE, {})
    assert texts(content, "/a:feed/a:updated") == ["1970-01-01T00:00:00Z"]
