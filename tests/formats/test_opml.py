"""OPML nests as its outlines say, with absolute addresses and any text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from lwnindex.feedviews import OpmlView
from lwnindex.formats.opml import opml
from lwnindex.viewparts import Outline
from tests.formats.make import SITE


def made(*outlines: Outline) -> etree._Element:
    """Return the list of these outlines, parsed."""
    view = OpmlView(path="index.opml", root="", title="News & all", outlines=outlines)
    return etree.fromstring(opml(view, SITE))


def attributes(one: etree._Element) -> dict[str, str]:
    """Return the attributes of an element."""
    return {str(name): str(value) for name, value in one.attrib.items()}


def line(depth: int, text: str = "A") -> Outline:
    """Return an outline of a topic."""
    return Outline(depth=depth, text=text, title=f"K / {text}", page="K/A/index.html", feed="K/A/feed.atom")


def nested(parent: etree._Element, depth: int = 0) -> list[tuple[int, str]]:
    """Return the outlines below an element with their depths, in order."""
    found = []
    for child in parent.iterchildren("outline"):
        found += [(depth, str(child.get("text"))), *nested(child, depth + 1)]
    return found


def test_the_head_says_of_what_it_is() -> None:
    root = made()
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    assert root.findtext("head/title") == "News & all"
    assert root.findtext("head/ownerId") == "https://example.org/news/"
    assert root.find("body") is not None


def test_a_feed_has_absolute_addresses_and_a_group_has_none() -> None:
    feed, group = made(line(0), Outline(depth=0, text="G", title="G")).iter("outline")
    assert attributes(feed) == {
        "text": "A",
        "title": "K / A",
        "type": "rss",
        "xmlUrl": "https://example.org/news/K/A/feed.atom",
        "htmlUrl": "https://example.org/news/K/A/",
    }
    assert attributes(group) == {"text": "G", "title": "G"}


@given(st.lists(st.tuples(st.integers(0, 40), st.text(max_size=4)), max_size=12))
def test_outlines_stand_below_one_another(wanted: list[tuple[int, str]]) -> None:
    shown, deepest = [], 0
    for number, (depth, _) in enumerate(wanted):
        deepest = min(depth, deepest + 1) if number else 0
        shown.append((deepest, str(number)))
    (body,) = made(*(line(depth, text) for depth, text in shown)).iter("body")
    assert nested(body) == shown


@given(st.text())
def test_any_text_is_well_formed(text: str) -> None:
    (outline,) = made(line(0, text)).iter("outline")
    assert set(str(outline.get("text"))) <= set(text)


def test_a_list_says_who_made_it_so_that_it_is_known_for_our_own() -> None:
    assert b"Made by lwnindex" in opml(OpmlView(path="index.opml", root="", title="T"), SITE)[:200]
