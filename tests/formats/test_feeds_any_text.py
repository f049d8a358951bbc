"""Whatever the fields of an entry hold, every feed is valid and says it back."""

from __future__ import annotations

import re
from html import escape

import feedparser
import msgspec
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.formats.feeds import feed
from lwnindex.model import FeedFormat
from lwnindex.viewparts import FeedEntry, Link
from tests.feedrules import faults
from tests.formats.make import SITE, blob, entry, feed_view
from tests.formats.reading import FORMATS, body_of, item, texts

PAGE = "https://example.org/news/Articles/1/"

AWKWARD = (
    *("]]>", "<![CDATA[", "<b>bold</b>", "&amp;", "&", "<", '"', "'", "</title>", "<!-- -->", "<?xml?>"),
    *(
        "\x00",
        "\x08",
        "\x0b",
        "\x1f",
        "\x7f",
        "\x85",
        "\u2028",
        "\ufeff",
        "\ufffe",
        "\uffff",
        "\ud800",
        "\udfff",
    ),
    *(
        "\r\n",
        "\t",
        "\N{NO-BREAK SPACE}",
        "\N{RIGHT-TO-LEFT OVERRIDE}",
        "שלום",
        "مرحبا",
        "\N{PENGUIN}",
        "e\u0301",
    ),
    *("\U0001f469\u200d\U0001f4bb", "\U0010ffff", "日本語", "a@b.example", "%41", "C++", "{{ x }}"),
)
TEXT = st.lists(
    st.one_of(st.sampled_from(AWKWARD), st.text(st.characters(exclude_categories=()), max_size=8)), max_size=5
).map("".join)
LINKS = st.sampled_from(
    [
        Link(href="Articles/2/index.html#a", local=True),
        Link(href="#a", local=True),
        Link(href="https://example.net/?a=1&b=2"),
        Link(href=""),
    ]
)


@st.composite
def entries(draw: st.DrawFn) -> tuple[FeedEntry, bytes]:
    """Return an entry with any text in its fields, and the blob of a body of any text."""
    links = draw(st.lists(LINKS, max_size=3))
    words = [escape(draw(TEXT)).encode("utf-8", "ignore").decode() for _ in range(len(links) + 1)]
    pieces = [f"{'>' * bool(place)}{word}</a><a" for place, word in enumerate(words[:-1])]
    made = entry(
        title=draw(TEXT),
        authors=tuple(draw(st.lists(TEXT, max_size=3))),
        categories=tuple(draw(st.lists(st.tuples(TEXT, TEXT), max_size=3))),
        summary=draw(TEXT),
        body="b",
        links=tuple(links),
    )
    return made, blob(*pieces, f"{'>' * bool(links)}{words[-1]}")


def kept(text: str) -> str:
    """Return the characters that XML 1.0 allows, without space around them."""
    ranges = ((0x20, 0xD7FF), (0xE000, 0xFFFD), (0x10000, 0x10FFFF))
    allowed = (c for c in text if c in "\t\n\r" or any(low <= ord(c) <= high for low, high in ranges))
    return "".join(allowed).strip()


@given(entries())
def test_every_field_comes_back_in_every_format(made: tuple[FeedEntry, bytes]) -> None:
    one, body = made
    contents = {form: feed(feed_view(form, one), SITE, {"b": body}) for form in FORMATS}
    assert {form: faults(content) for form, content in contents.items()} == {form: [] for form in FORMATS}
    said = item(contents["json"])
    names = [kept(person.name) for person in one.authors if kept(person.name)]
    tags = list(dict.fromkeys(kept("/".join(category)) for category in one.categories))
    assert said["title"] == (kept(one.title) or PAGE)
    assert said.get("summary", "") == kept(one.summary)
    assert [author["name"] for author in said.get("authors", [])] == names
    assert said.get("tags", []) == tags
    assert (
        texts(contents["atom"], "//a:entry/a:title")
        == texts(contents["rss"], "//item/title")
        == [said["title"]]
    )
    assert "".join(texts(contents["atom"], "//a:summary")) == kept(one.summary)
    assert texts(contents["atom"], "//a:entry/a:author/a:name") == names
    assert texts(contents["rss"], "//dc:creator") == names
    assert texts(contents["atom"], "//a:category/@term") == texts(contents["rss"], "//category") == tags


@given(entries())
def test_every_format_carries_the_same_body(made: tuple[FeedEntry, bytes]) -> None:
    one = msgspec.structs.replace(made[0], summary="Short.")
    found = [body_of(form, feed(feed_view(form, one), SITE, {"b": made[1]})) for form in FORMATS]
    links = [link for link in one.links if link.href]
    assert found[0] == found[1] == found[2]
    assert found[0].count(' href="https://') == len(links)
    pieces = msgspec.msgpack.decode(made[1], type=list[str])
    assert all(kept(piece) in found[0] for piece in pieces)


@given(entries(), st.sampled_from(["rss", "atom"]))
def test_feedparser_reads_back_what_went_in(made: tuple[FeedEntry, bytes], form: FeedFormat) -> None:
    one, body = made
    content = feed(feed_view(form, one), SITE, {"b": body})
    read = feedparser.parse(content, sanitize_html=False, resolve_relative_uris=False)
    assert not read.bozo
    assert read.feed.title == "Ceph"
    found = read.entries[0]
    assert found.id == one.id
    assert found.link == PAGE
    assert found.title == as_read(kept(one.title) or PAGE)
    assert found.published_parsed[:5] == (2009, 12, 22, 12, 0)
    if form == "atom":
        assert found.updated_parsed[:5] == (2009, 12, 22, 12, 0)
    names = [kept(person.name) for person in one.authors if kept(person.name)]
    # It looks for mail addresses in names, and takes names without a letter for none.
    if all(re.fullmatch(r"[\w ]+", name) for name in names):
        assert [author.name for author in found.get("authors", [])] == list(map(as_read, names))
    whole = body_of(form, content)
    assert [each.value for each in found.get("content", [])] in ([as_read(whole)], [])
    assert bool(found.get("content")) == (bool(whole) and (form == "atom" or bool(kept(one.summary))))
    tags = {kept("/".join(category)) for category in one.categories}
    assert {tag.term for tag in found.get("tags", [])} == (
        tags if form == "atom" else set(map(as_read, tags))
    )


def as_read(text: str) -> str:
    """Return an element's text as feedparser gives it, which mends what looks like a wrong encoding."""
    try:
        found = text.strip().encode("latin-1").decode("utf-8")
    except UnicodeError:
        found = text.strip()
    windows = {number: bytes([number]).decode("cp1252", "replace") for number in range(0x80, 0xA0)}
    return found.translate({number: letter for number, letter in windows.items() if letter != "\ufffd"})
