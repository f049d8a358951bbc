"""A feed and its entries as Atom 1.0 says them."""

from __future__ import annotations

from msgspec.structs import replace

from lwnindex.formats.feeds import feed
from tests.feedrules import faults
from tests.formats.make import NOON, SITE, blob, entry, feed_view
from tests.formats.reading import texts

HOME = "https://example.org/news/Kernel/Filesystems/Ceph/"
PAGE = "https://example.org/news/Articles/1/"
TOPIC = "Kernel/Filesystems/Ceph/"
RELS = ("self", "current", "prev-archive")


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


def test_an_archive_document_is_of_the_feed_and_leads_to_the_one_before() -> None:
    view = replace(feed_view("atom", entry()), current=f"{TOPIC}feed.atom", older=f"{TOPIC}feed-2008.atom")
    content = feed(replace(view, path=f"{TOPIC}feed-2009.atom"), SITE, {})
    assert faults(content) == []
    assert texts(content, "/a:feed/a:id") == [HOME]
    assert len(texts(content, "/a:feed/fh:archive")) == 1
    rels = [f"{HOME}feed-2009.atom", f"{HOME}feed.atom", f"{HOME}feed-2008.atom"]
    assert [texts(content, f"/a:feed/a:link[@rel='{rel}']/@href") for rel in RELS] == [[one] for one in rels]


def test_only_a_feed_that_is_complete_says_so() -> None:
    whole, part = (feed(replace(feed_view("atom"), complete=one), SITE, {}) for one in (True, False))
    assert len(texts(whole, "/a:feed/fh:complete")) == 1
    assert texts(part, "//fh:*") == []
    assert texts(whole, "/a:feed/a:link/@rel") == ["self", "alternate"]
