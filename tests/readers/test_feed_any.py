"""Whatever a feed holds: none raises, and what the program writes as a feed it reads back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.formats.feeds import feed as written
from lwnindex.formats.xml import allowed
from lwnindex.model import FeedFormat, Manuscript
from lwnindex.readers import feed
from lwnindex.readers.text import sound
from lwnindex.reading import reading
from lwnindex.settings import Config, SourceSettings
from lwnindex.viewparts import FeedEntry
from tests.formats.make import SITE, blob, entry, feed_view
from tests.readers.test_feed import ATOM, JSON, OLD, rss

READING = reading(Config())
RULES = reading(Config(), SourceSettings(path="a", index="Topics"))
SEEDS = (
    *(ATOM, json.dumps(JSON).encode(), *(one.encode() for one in OLD.values())),
    rss(
        "<title>A</title><author>a@example.org (A)</author><category>c</category><guid>g</guid>"
        "<pubDate>Tue, 22 Dec 2009 18:15:29 +0100</pubDate><enclosure url='https://example.org/a.ogg'/>"
        "<content:encoded><![CDATA[<p>Text</p>]]></content:encoded>"
    ),
)
PIECES = (
    *(
        b"<",
        b">",
        b"&",
        b"]]>",
        b"<![CDATA[",
        b"<!--",
        b"-->",
        b"<!DOCTYPE",
        b"<?xml ",
        b"&#x110000;",
        b"&#0;",
    ),
    *(
        b"&#xd800;",
        b"&#99999999999;",
        b"&#x;",
        b"&#q;",
        b"<item>",
        b"</item>",
        b"<entry>",
        b"<channel>",
        b"<title/>",
    ),
    *(
        b"<image>",
        b"<textinput>",
        b"<source>",
        b"</source>",
        b"<content type='base64'>",
        b"<link/>",
        b"\xff\xfe",
    ),
    *(
        b"<svg:svg>",
        b"</div>",
        b"<author>",
        b"xml:base='http://['",
        b"href='http://['",
        b"\0",
        b"<itunes:keywords>",
    ),
    *(
        b"<media:content/>",
        b"<dcterms:valid>",
        b"<georss:point>",
        b"<psc:chapter/>",
        b"<cc:license/>",
        b"<tags>",
    ),
    *(b"</category>", b"</link>", b"</name>", b"<xhtml:body>", b"</feed>", b"<contributor>", b"</width>"),
)


@given(st.binary(max_size=200))
def test_no_bytes_raise(content: bytes) -> None:
    feed.read(content, "a.xml", READING)


@given(
    st.sampled_from(SEEDS),
    st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 30), st.sampled_from(PIECES) | st.binary(max_size=4)),
        min_size=1,
        max_size=6,
    ),
)
def test_no_mutated_feed_raises(content: bytes, changes: list[tuple[float, int, bytes]]) -> None:
    for where, cut, piece in changes:
        at = int(where * len(content))
        content = content[:at] + piece + content[at + cut :]
    for one in feed.read(content, "a.xml", READING).manuscripts:
        assert one.id
        one.text.encode()


AWKWARD = ("]]>", "'", '"', "\x00", "\ud800", "\uffff", "\N{PENGUIN}", "e\u0301", "日本語", "C++", " - ")
MARKUP = ("<b>", "&amp;", "&", "<", "<!-- -->", "</title>")


def plain(marks: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Return texts without letters that feedparser takes for UTF-8 that someone read as Latin-1."""
    letters = st.characters(
        exclude_categories=(), exclude_characters={"<", "&", "@", *map(chr, range(127, 256))}
    )
    return st.lists(st.sampled_from((*AWKWARD, *marks)) | st.text(letters, max_size=8), max_size=4).map(
        "".join
    )


# RSS does not say whether a title is text or HTML, so that marks of HTML cannot be told from text there.
PLAIN: dict[FeedFormat, st.SearchStrategy[str]] = {
    "rss": plain(()),
    "atom": plain(MARKUP),
    "json": plain(MARKUP),
}
DATES = st.builds(
    "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format,
    *(st.integers(1000, 9998), st.integers(1, 12), st.integers(1, 28)),
    *(st.integers(0, 23), st.integers(0, 59), st.integers(0, 59)),
)
BODY = "<p>" + "Text. " * 40 + "</p>"


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
@given(data=st.data(), published=DATES, number=st.integers(1, 10**9))
def test_what_the_program_writes_it_reads_back(
    form: FeedFormat, data: st.DataObject, published: str, number: int
) -> None:
    text, texts = PLAIN[form], st.lists(PLAIN[form], max_size=2)
    title, summary, authors, categories = data.draw(st.tuples(text, text, texts, texts))
    one = entry(
        number,
        title=title,
        summary=summary,
        authors=tuple(authors),
        categories=tuple((each,) for each in categories),
        body="b",
        published=published,
        updated=published,
    )
    found = read_back(one, form)
    address = f"https://example.org/news/Articles/{number}/"
    assert found.title == (told(title) or address)
    assert found.original == address
    assert found.date == published.replace("Z", "+00:00")
    assert found.updated is None
    assert found.text == BODY
    wanted = tuple(dict.fromkeys(filter(None, map(told, authors))))
    assert found.authors == (wanted or (SITE.title,) * (form != "rss"))
    assert found.entries == tuple(dict.fromkeys(("Topics", each) for each in map(told, categories) if each))
    assert found.summary == told(summary)


def read_back(one: FeedEntry, form: FeedFormat) -> Manuscript:
    content = written(feed_view(form, one), SITE, {"b": blob(BODY)})
    assert feed.feed(content, f"a.{form}", RULES).problems == ()
    (found,) = feed.items(content, f"a.{form}", RULES)
    return found.manuscript


def told(text: str) -> str:
    """Return a text as a page shows it that came by a feed."""
    return sound(allowed(text))
