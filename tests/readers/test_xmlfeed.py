"""RSS, RDF, Atom and CDF by feedparser."""

from __future__ import annotations

from lwnindex.readers.feedtext import checked
from lwnindex.readers.xmlfeed import read_xml


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
