"""Each format says what its specification asks for; a body's links are absolute in all of them."""

from __future__ import annotations

import json
import time

import feedparser
import msgspec
import pytest

from lwnindex.formats.feeds import feed
from lwnindex.model import FeedFormat
from lwnindex.viewmodel import SiteView
from lwnindex.viewparts import Link, Person
from tests.feedrules import faults
from tests.formats.make import SITE, blob, entry, feed_view
from tests.formats.reading import FORMATS, body_of, item, texts

HOME = "https://example.org/news/Kernel/Filesystems/Ceph/"
PAGE = "https://example.org/news/Articles/1/"


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


# For people, and for hubs ----------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_a_feed_with_a_stylesheet_is_valid_and_read_as_before(form: FeedFormat) -> None:
    styled = msgspec.structs.replace(SITE, feed_styles=("assets/feeds.css", "assets/theme-options.css"))
    content = feed(feed_view(form, entry()), styled, {})
    assert faults(content) == []
    assert content.count(b'<?xml-stylesheet type="text/css" href="../../../assets/') == 2
    plain, shown = (feedparser.parse(one) for one in (feed(feed_view(form, entry()), SITE, {}), content))
    assert plain.entries == shown.entries
    assert [plain.feed[key] for key in ("title", "link", "subtitle")] == [
        shown.feed[key] for key in ("title", "link", "subtitle")
    ]


@pytest.mark.parametrize("form", FORMATS)
def test_a_feed_names_its_hubs(form: FeedFormat) -> None:
    hubs = ("https://hub.example/?a=1&b=2", "https://other.example/")
    content = feed(msgspec.structs.replace(feed_view(form, entry()), hubs=hubs), SITE, {})
    assert faults(content) == []
    if form == "json":
        assert json.loads(content)["hubs"] == [{"type": "WebSub", "url": hub} for hub in hubs]
    else:
        assert texts(content, "//a:link[@rel='hub']/@href") == list(hubs)


OLD = "https://example.org/news/Kernel/RADOS/"


@pytest.mark.parametrize("form", FORMATS)
def test_a_feed_at_an_old_address_stays_that_feed_and_leads_to_the_new_page(form: FeedFormat) -> None:
    own = msgspec.structs.replace(
        feed_view(form, entry()),
        path=f"Kernel/RADOS/feed.{form}",
        root="../../",
        old="Kernel/RADOS/index.html",
    )
    content = feed(own, SITE, {})
    now = feed(feed_view(form, entry()), SITE, {})
    assert faults(content) == []
    assert f"{OLD}feed.{form}" in content.decode()
    assert HOME in content.decode()
    assert [each.id for each in feedparser.parse(content).entries] == [
        each.id for each in feedparser.parse(now).entries
    ]
    if form == "atom":
        found = feedparser.parse(content).feed
        assert found.id == OLD
        assert [(each.rel, each.href) for each in found.links] == [
            ("self", f"{OLD}feed.atom"),
            ("alternate", HOME),
        ]
    if form == "json":
        said = json.loads(content)
        assert (said["feed_url"], said["home_page_url"]) == (f"{OLD}feed.json", HOME)
