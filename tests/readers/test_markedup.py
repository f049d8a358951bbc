"""Pages as trees: what is refused, what a page says of its address, the lines of its source."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.readers.markedup import (
    above,
    address,
    article_id,
    attribute,
    drop,
    drop_chrome,
    drop_quotes,
    language,
    line_of,
    lines_of,
    outermost,
    page,
    saved_from,
    too_large,
    whole,
    words,
)
from tests.lwnpages import NAG, RULES, new


@pytest.mark.parametrize(
    "text",
    [
        "<div>" * 100_000,
        "x" * (8 * 1024 * 1024 + 1),
        "<div " + " ".join(f"a{number}=b" for number in range(600)) + ">",
        "<div " + "x" * 50_000 + ">",
        "<b>" * 300 + "<p>" * 1000,
    ],
)
def test_pages_that_would_take_long_are_refused(text: str) -> None:
    assert too_large(text)


@pytest.mark.parametrize(
    "text",
    [
        new("<p>" * 5000),
        "<script>" + "'<div>';" * 5000 + "</script>",
        "<style>" + "<b>" * 5000 + "</style>",
        "<img src='data:image/png;base64," + "A=" * 300_000 + "'>".replace("=", ""),
        "<div><p>text</p></div>" * 5000,
    ],
)
def test_pages_that_are_only_long_are_not(text: str) -> None:
    assert too_large(text.replace("A=", "AB")) is None


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<p> a  <b>b</b>c<br>d</p>", "a bc d"),
        ("<p>a&nbsp;&amp;&lt;</p>", "a &<"),
        ("<p></p>", ""),
    ],
)
def test_words(html: str, said: str) -> None:
    assert words(page(html, "a.html", RULES).tree.css_first("p")) == said
    assert words(None) == attribute(None, "x") == ""


def test_what_is_dropped_is_counted() -> None:
    found = page(f"<div>{NAG}<nav>n<form>f</form></nav><script>s</script>text</div>", "a.html", RULES)
    node = found.tree.css_first("div")
    assert node is not None

    assert (drop_chrome(node), drop_quotes(node, RULES), drop([])) == (2, 1, 0)
    assert node.inner_html == "text"


def test_outermost_elements_and_those_above() -> None:
    nodes = page("<i><i>a</i></i><i>b</i>", "a.html", RULES).tree.css("i")

    assert [words(node) for node in outermost(nodes)] == ["a", "b"]
    assert [node.tag for node in above(nodes[1])][:2] == ["i", "body"]


@pytest.mark.parametrize(
    ("html", "url"),
    [
        ('<link rel="canonical" href="https://example.org/a#b">', "https://example.org/a"),
        (
            '<link rel="canonical" href="/a"><meta property="og:url" content="https://x.org/">',
            "https://lwn.net/a",
        ),
        ('<meta property="og:url" content="https://example.org/a">', "https://example.org/a"),
        ("<!-- saved from url=(0021)https://example.org/a -->", "https://example.org/a"),
        ("<!--\n Page saved with SingleFile \n url: https://example.org/a \n-->", "https://example.org/a"),
        ('<link rel="canonical" href="javascript:x">', None),
        ("", None),
    ],
)
def test_where_a_page_was_published(html: str, url: str | None) -> None:
    assert address(page(html, "a.html", RULES)) == url


def test_addresses_that_are_none() -> None:
    assert whole("http://[x", "https://example.org") is None
    assert whole("http://example.org/a b", "https://example.org") is None
    assert saved_from("text") == ""
    assert article_id("/Articles/5/", page("", "a.html", RULES)) == "5"


@pytest.mark.parametrize(("html", "lang"), [("<html lang=de>", "de"), ("<html lang='?'>", None), ("", None)])
def test_the_language_of_a_page(html: str, lang: str | None) -> None:
    assert language(page(html, "a.html", RULES)) == lang


def test_lines_are_found_by_their_words() -> None:
    source = "<p>head\n<div\nclass=x>first words\n<b>5</b>\nthird &amp; fourth words\n\n</div>\nfirst words"

    assert lines_of("first words\n<b>5</b>\nthird &amp; fourth words\n\n", source) == (3, 4, 5, 6, 7)
    assert lines_of("first words", source, source.index("</div>")) == (8,)
    assert line_of("fourth", source) == 5
    assert line_of("fifth", source) == line_of("", source) == 1


class _Sought(str):
    """A text that counts how many of its characters may be looked through."""

    __slots__ = ("sought",)

    def __init__(self, _text: str) -> None:
        self.sought = 0

    def find(self, sub: str, start: Any = None, end: Any = None, /) -> int:
        """Return what a text does."""
        if len(sub) > 1:
            self.sought += (len(self) if end is None else min(end, len(self))) - (start or 0)
        return super().find(sub, start, end)


def test_lines_that_are_nowhere_are_not_sought_in_all_the_source_each() -> None:
    source = _Sought("a\n" * 500_000)

    assert lines_of("words that no source has\n" * 1_000, source)[:3] == (1, 2, 3)
    assert source.sought < 150_000_000


@given(st.text(alphabet="abcdefg \n<>", max_size=60), st.text(alphabet="abcdefg \n<>", max_size=60))
def test_lines_never_go_back_nor_leave_the_source(html: str, text: str) -> None:
    found = lines_of(html, text)

    assert len(found) == html.count("\n") + 1
    assert list(found) == sorted(found)
    assert all(1 <= number <= text.count("\n") + 1 for number in found)
