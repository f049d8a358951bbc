"""What was found on a page becomes a manuscript."""

from __future__ import annotations

import pytest

from lwnindex.model import Manuscript
from lwnindex.readers.foreignpage import Said, manuscript, said_by
from lwnindex.readers.markedup import page
from tests.lwnpages import NAG, RULES, rules

BODY = "<title>x</title>\n<article><h1>T</h1>\n<p>The text.</p></article>"


def made(
    said: Said, html: str = BODY, file: str = "a.html", spent: str = "", reading: object = None
) -> Manuscript:
    found = page(html, file, RULES)
    nodes = found.tree.css("article")
    return manuscript(found, said, nodes, found.tree.css(spent) if spent else ())


@pytest.mark.parametrize(
    ("written", "authors"),
    [
        (("By Ada Example",), ("Ada Example",)),
        (("Written by: Ada Example and Ben Example",), ("Ada Example", "Ben Example")),
        (("Ada Example", "Ben Example", "Ada Example"), ("Ada Example", "Ben Example")),
        (("https://example.org/ada", "", "Byron Example"), ("Byron Example",)),
        (("corbet",), ("Jonathan Corbet",)),
    ],
)
def test_names(written: tuple[str, ...], authors: tuple[str, ...]) -> None:
    assert made(Said("T", authors=written)).authors == authors


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2020-05-01T10:00:00Z", "2020-05-01T10:00:00+00:00"),
        ("Published on May 1, 2020 at noon", "2020-05-01"),
        ("", None),
    ],
)
def test_dates(written: str, date: str | None) -> None:
    assert made(Said("T", date=written)).date == date


def test_a_date_that_is_none_is_told() -> None:
    found = made(Said("T", date="The text."), file="2020-05-01-a.html")

    assert found.date is None
    assert [(one.code, one.line) for one in found.problems] == [("bad-date", 3)]
    assert made(Said("T"), file="2020-05-01-a.html").date == "2020-05-01"


def test_terms_are_entries_where_the_source_says_so() -> None:
    reading = rules(index={"tags": "Tags"}, categories={"net": "Kernel/Networking"}, entries=("All/Of them",))
    said = Said("T", terms=(("categories", "Net", 2), ("categories", "Other", 3), ("tags", "a/b", 4)))
    found = page(BODY, "a.html", reading)

    one = manuscript(found, said, found.tree.css("article"), ())
    assert one.entries == (("Kernel", "Networking"), ("Tags", "a/b"), ("All", "Of them"))
    assert one.entry_lines == (2, 4, 1)


@pytest.mark.parametrize(
    ("html", "spent", "text"),
    [
        (BODY, "h1", "<p>The text.</p>"),
        ("<article><header><h1>T</h1></header>a</article>", "h1", "a"),
        ("<article><p>By <b>Ada</b> today</p>a</article>", "b", "<p>By <b>Ada</b> today</p>a"),
        ("<article><p><b>Ada</b></p>a</article>", "b", "a"),
        ("<article><b>Ada</b> said</article>", "b", "<b>Ada</b> said"),
        ("<article>a</article>", "article", "a"),
        ("<h1>T</h1><article>a</article>", "h1", "a"),
        (f"<article>{NAG}a<form>b</form></article>", "h1", "a"),
    ],
)
def test_what_stands_alone_is_not_said_twice(html: str, spent: str, text: str) -> None:
    assert made(Said("T"), html, spent=spent).text == text


@pytest.mark.parametrize(
    ("html", "name", "said"),
    [
        ("<i title=' a  b '>c</i>", "title", "a b"),
        ("<i>c</i>", "title", ""),
        ("<i>c</i>", "", "c"),
        ("<meta content=a class=i>", "", "a"),
        ("<time datetime=2020-05-01>May</time>", "", "2020-05-01"),
        ("<time>May 1, 2020</time>", "", "May 1, 2020"),
    ],
)
def test_what_an_element_says(html: str, name: str, said: str) -> None:
    (node,) = page(html, "a.html", RULES).tree.css("i, meta, time")
    assert said_by(node, name) == said
