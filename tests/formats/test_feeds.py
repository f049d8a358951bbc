"""Each format says what the specification asks for, and says it back as it was given."""

from __future__ import annotations

import json
import time
from html import escape
from typing import Any, get_args

import feedparser
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from lwnindex.formats.feeds import feed
from lwnindex.model import FeedEntry, FeedFormat, Link, Person, SiteView
from tests.feedrules import faults
from tests.formats.make import NOON, SITE, blob, entry, feed_view

FORMATS: tuple[FeedFormat, ...] = get_args(FeedFormat)
SPACES = {
    "a": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
}
HOME = "https://example.org/news/Kernel/Filesystems/Ceph/"
PAGE = "https://example.org/news/Articles/1/"


def texts(content: bytes, path: str) -> list[str]:
    """Return what an XPath finds in a feed, as text."""
    found: Any = etree.fromstring(content).xpath(path, namespaces=SPACES)
    return [str(one if isinstance(one, str) else one.text or "") for one in found]


def item(content: bytes) -> dict[str, Any]:
    """Return the first item of a JSON feed."""
    found: dict[str, Any] = json.loads(content)["items"][0]
    return found


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_feed_holds_to_its_specification(form: FeedFormat, count: int) -> None:
    entries = [entry(number, body="b") for number in range(count)]
    assert faults(feed(feed_view(form, *entries), SITE, {"b": blob("<p>Text</p>")})) == []


@pytest.mark.parametrize("form", FORMATS)
def test_a_feed_of_a_site_that_says_nothing_of_itself_is_valid(form: FeedFormat) -> None:
    bare = SiteView(title="", url="https://example.org", language="not a language")
    view = msgspec.structs.replace(feed_view(form, entry(), title="", updated=""), description="")
    content = feed(view, bare, {})
    assert faults(content) == []
    assert b"https://example.org/</" in content or b'"title": "https://example.org/"' in content
    assert b"lang" not in content


@pytest.mark.parametrize("form", FORMATS)
def test_an_entry_of_which_only_title_and_date_are_known_is_valid(form: FeedFormat) -> None:
    bare = entry(authors=(), categories=(), summary="", updated="")
    assert faults(feed(feed_view(form, bare), SITE, {})) == []


@pytest.mark.parametrize("form", FORMATS)
def test_an_entry_whose_title_is_nothing_is_called_by_its_address(form: FeedFormat) -> None:
    content = feed(feed_view(form, entry(title="\x00")), SITE, {})
    assert faults(content) == []
    assert content.count(PAGE.encode()) >= 3


@pytest.mark.parametrize("form", FORMATS)
def test_equal_input_makes_equal_bytes_wherever_the_clock_stands(
    form: FeedFormat, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = feed_view(form, entry(published="2009-12-22T23:30:00+05:30"))
    first = feed(view, SITE, {})
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    try:
        assert feed(view, SITE, {}) == first
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("form", FORMATS)
def test_a_feed_ends_its_last_line_and_has_one_element_on_each(form: FeedFormat) -> None:
    lines = feed(feed_view(form, entry()), SITE, {}).decode().split("\n")
    assert lines[-1] == ""
    assert len(lines) > 20


# What each format says -----------------------------------------------------------------------------


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


def test_json_describes_the_feed() -> None:
    content = feed(feed_view("json", entry()), SITE, {})
    found = json.loads(content)
    del found["items"]
    assert found == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Ceph",
        "home_page_url": HOME,
        "feed_url": HOME + "feed.json",
        "description": "All about Ceph.",
        "language": "en",
        "authors": [{"name": "Index of news", "url": "https://example.org/news/"}],
    }


def test_json_describes_an_item() -> None:
    one = entry(lang="de", updated="2010-01-02T12:00:00Z", body="b")
    assert item(feed(feed_view("json", one), SITE, {"b": blob("<p>Text</p>")})) == {
        "id": one.id,
        "url": PAGE,
        "title": "Two that didn't make it",
        "content_html": "<p>Text</p>",
        "summary": "Two proposals.",
        "date_published": NOON,
        "date_modified": "2010-01-02T12:00:00Z",
        "authors": [{"name": "Kernel desk", "url": "https://example.org/news/Authors/Kernel_desk/"}],
        "tags": ["Kernel/Filesystems/Ceph"],
        "language": "de",
    }


@pytest.mark.parametrize(("summary", "text"), [("Short.", "Short."), ("", "Two that didn't make it")])
def test_json_has_text_where_there_is_no_body(summary: str, text: str) -> None:
    found = item(feed(feed_view("json", entry(summary=summary)), SITE, {}))
    assert found["content_text"] == text
    assert "content_html" not in found
    assert found.get("summary", "") == summary


def test_a_person_without_a_page_has_no_address() -> None:
    one = msgspec.structs.replace(entry(), authors=(Person(name="Kernel desk"), Person(name="\x01")))
    assert item(feed(feed_view("json", one), SITE, {}))["authors"] == [{"name": "Kernel desk"}]
    assert texts(feed(feed_view("atom", one), SITE, {}), "//a:entry/a:author/a:uri") == []
    assert texts(feed(feed_view("rss", one), SITE, {}), "//dc:creator") == ["Kernel desk"]


def test_an_entry_that_speaks_the_language_of_its_feed_does_not_repeat_it() -> None:
    one = entry(lang="en")
    assert texts(feed(feed_view("atom", one), SITE, {}), "//a:entry/@xml:lang") == []
    assert "language" not in item(feed(feed_view("json", one), SITE, {}))


@pytest.mark.parametrize("form", FORMATS)
def test_a_language_that_is_none_is_left_out(form: FeedFormat) -> None:
    assert faults(feed(feed_view(form, entry(lang="de_DE.UTF-8")), SITE, {})) == []


# Bodies --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("link", "attribute"),
    [
        (Link(href="Articles/2/index.html", local=True), ' href="https://example.org/news/Articles/2/"'),
        (
            Link(href="Articles/2/index.html#n1", local=True),
            ' href="https://example.org/news/Articles/2/#n1"',
        ),
        (Link(href="#note", local=True), f' href="{PAGE}#note"'),
        (
            Link(href="static/Übung 1.pdf", local=True),
            ' href="https://example.org/news/static/%C3%9Cbung%201.pdf"',
        ),
        (Link(href="https://example.net/?a=1&b=2"), ' href="https://example.net/?a=1&amp;b=2"'),
        (Link(href='https://example.net/"x"'), ' href="https://example.net/&quot;x&quot;"'),
        (Link(href="mailto:desk@example.org"), ' href="mailto:desk@example.org"'),
        (Link(href="//example.net/x"), ' href="https://example.net/x"'),
        (Link(href="/x"), ' href="https://example.org/x"'),
        (Link(href="../2/"), ' href="https://example.org/news/Articles/2/"'),
        (Link(href="//[example.net/x"), ""),
        (Link(href="java\x01script:x"), ""),
        (Link(href=""), ""),
        (Link(href="", local=True), ""),
    ],
)
@pytest.mark.parametrize("form", FORMATS)
def test_a_link_of_a_body_is_absolute(form: FeedFormat, link: Link, attribute: str) -> None:
    bodies = {"b": blob("<p id=n1>See <a", ">there</a>.</p>")}
    content = feed(feed_view(form, entry(body="b", links=(link,))), SITE, bodies)
    assert faults(content) == []
    assert body_of(form, content) == f"<p id=n1>See <a{attribute}>there</a>.</p>"


def test_links_go_between_the_pieces_in_order() -> None:
    links = tuple(Link(href=f"https://example.net/{number}") for number in range(3))
    bodies = {"b": blob("<a", ">0</a><a", ">1</a><a", ">2</a>")}
    found = item(feed(feed_view("json", entry(body="b", links=links)), SITE, bodies))
    assert found["content_html"] == "".join(f'<a href="https://example.net/{n}">{n}</a>' for n in range(3))


def test_a_body_with_more_gaps_than_links_is_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="zip"):
        feed(feed_view("json", entry(body="b")), SITE, {"b": blob("<a", ">x</a>")})


def body_of(form: FeedFormat, content: bytes) -> str:
    """Return the HTML of the first entry."""
    if form == "json":
        return str(item(content)["content_html"])
    return texts(content, "//content:encoded" if form == "rss" else "//a:content")[0]


# Whatever the fields hold --------------------------------------------------------------------------

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
    found = [body_of_any(form, feed(feed_view(form, one), SITE, {"b": made[1]})) for form in FORMATS]
    links = [link for link in one.links if link.href]
    assert found[0] == found[1] == found[2]
    assert found[0].count(' href="https://') == len(links)
    pieces = msgspec.msgpack.decode(made[1], type=list[str])
    assert all(kept(piece) in found[0] for piece in pieces)


def body_of_any(form: FeedFormat, content: bytes) -> str:
    """Return the HTML of the first entry, which may be empty."""
    if form == "json":
        return str(item(content).get("content_html", ""))
    return "".join(texts(content, "//content:encoded" if form == "rss" else "//a:content"))


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
