"""Saved pages, whoever made them: each is read by the rules that fit, and none is too much."""

from __future__ import annotations

import re
from datetime import date
from html import escape
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex import names
from lwnindex.body import compose
from lwnindex.model import Manuscript
from lwnindex.problems import CODES
from lwnindex.readers import lwn
from lwnindex.readers.charset import decoded
from lwnindex.readers.items import Items
from lwnindex.readers.markedup import page, words
from lwnindex.readers.savedpages import read
from tests.lwnpages import BYLINE, LAYOUTS, NAG, RULES, TRAIL, WORDS, new, old, rules

ITEMS = "".join(f'<h2 class="SummaryHL"><a href="/Articles/{number}/">T</a></h2>a\n' for number in (1, 2))
FOREIGN = "<title>T</title><article><h1>Title</h1><p>Text.</p></article>"


def titles(items: Items) -> list[str]:
    return [one.title for one in items.manuscripts]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_pages_of_lwn(layout: str) -> None:
    assert titles(read(LAYOUTS[layout](BYLINE + WORDS), "a.html", RULES)) == ["Scheduling, again"]
    assert titles(read(LAYOUTS[layout](ITEMS), "a.html", RULES)) == ["T", "T"]


def test_pages_of_others() -> None:
    assert titles(read(FOREIGN, "a.html", RULES)) == ["Title"]
    assert titles(read(FOREIGN, "a.html", rules({"title": "title", "body": "p"}))) == ["T"]


def test_declared_selectors_go_before_all_else() -> None:
    assert titles(read(new(BYLINE + WORDS), "a.html", rules({"title": ".navmenu li", "body": "tt"}))) == [
        "Archives"
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (new('<p class="IndexPrimary">Kernel:'), "not-read"),
        (new('<h2 class="SummaryHL">Welcome to the LWN.net Weekly Edition for today</h2>list'), "not-read"),
        (new("<h2 class=SummaryHL>A</h2>x" * 2001), "too-large"),
        ("<div>" * 100_000, "too-large"),
        ("<p>text", "not-read"),
        (new(BYLINE), "empty"),
        ("<article><h1>T</h1></article>", "empty"),
        ("", "not-read"),
    ],
)
def test_what_holds_no_article_is_told(text: str, code: str) -> None:
    items = read(text, "a.html", RULES)

    assert items.manuscripts == ()
    assert [one.code for one in items.problems] == [code]


_PIECES = st.sampled_from(
    [
        *(
            "<div class=PageHeadline><h1>T</h1></div>",
            "<div class=ArticleText>",
            "</div>",
            "<article>",
            "<h1>x",
        ),
        *(
            BYLINE,
            WORDS,
            ITEMS,
            old(WORDS),
            FOREIGN,
            "<table><tr><th>",
            "<p>",
            "<",
            "&",
            "-->",
            "<!--",
            "<pre>",
        ),
        *(
            "Index entries for this article",
            "<meta charset=x>",
            "<script>",
            "<main>",
            "\ufffd",
            "é",
            "<svg><p>",
        ),
    ]
)


@given(st.lists(st.one_of(_PIECES, st.text(max_size=20)), max_size=12).map("".join), st.booleans())
def test_any_text_is_read_and_what_is_wrong_with_it_told(text: str, declared: bool) -> None:
    reading = rules({"title": "h1", "body": "div", "entries": "a"}) if declared else RULES
    items = read(text, "a.html", reading)

    assert items.manuscripts or items.problems
    for one in items.manuscripts:
        assert one.markup == "html"
        assert len(one.lines) == one.text.count("\n") + 1
        assert list(one.lines) == sorted(one.lines)
        assert {each.code for each in one.problems} <= CODES.keys()


def test_a_real_edition_loses_no_word(shared: Path) -> None:
    files = sorted((shared / "corpora" / "lwn-html").glob("*.html"))
    if not files:
        pytest.skip("needs the saved pages among the corpora")
    for file in files:
        text, problems = decoded(file.read_bytes(), file.name)
        items = read(text, file.name, RULES)
        assert problems == items.problems == ()
        assert all(one.id.isdecimal() and one.date and one.authors for one in items.manuscripts)
        assert _said_in(text) == [word for one in items.manuscripts for word in _said(one.text)]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_real_articles_are_the_same_as_pages(shared: Path, layout: str) -> None:
    files = sorted((shared / "corpora" / "lwn-kernel-2009-2012").glob("*.md"))[::20]
    if not files:
        pytest.skip("needs the articles among the corpora")
    for file in files:
        dump = lwn.read(file.read_text("utf-8"), file.name, RULES)
        body = _html(dump)
        (one,) = read(
            LAYOUTS[layout](_framed(dump, body, file.stem), dump.title, file.stem), "", RULES
        ).manuscripts

        fields = ("title", "date", "authors", "entries", "badges")
        assert [getattr(one, name) for name in fields] == [getattr(dump, name) for name in fields]
        assert (one.id, _said(one.text)) == (file.stem, _said(body))


def _html(dump: Manuscript) -> str:
    """Return a dump's body as HTML."""
    composed = compose(dump.text, dump.lines)
    hrefs = [*(f' href="{escape(href)}"' for href in composed.body.hrefs), ""]
    pieces = msgspec.msgpack.decode(composed.blob)
    is_image = {number for number, _, _ in composed.body.images}
    filled = ("" if at in is_image else href for at, href in enumerate(hrefs))
    return "".join(piece + href for piece, href in zip(pieces, filled, strict=True))


def _framed(dump: Manuscript, body: str, own: str) -> str:
    """Return a body with all that LWN puts around it."""
    day = date.fromisoformat(str(dump.date))
    authors = " and ".join(f"<b>{name}</b>" for name in dump.authors)
    head = f'<div class="FeatureByline">By {authors}<br>{day:%B} {day.day}, {day.year}</div>'
    badge = "".join(f'<hr><a href="{one.href}">{one.label}</a>' for one in dump.badges)
    rows = "".join(
        f"<tr><td>{index}</td>"
        f'<td><a href="/{index}/Index#{names.anchor(topic)}">{"/".join(topic)}</a></td></tr>'
        for index, *topic in dump.entries
    )
    table = f'<table class="IndexEntries"><tr><th>Index entries for this article</th></tr>{rows}</table>'
    return NAG + head + badge + body + (table if rows else "") + TRAIL.format(id=own)


def _said_in(text: str) -> list[str]:
    """Return the words between the byline and the number of comments of each item of a page."""
    html = page(text, "a.html", RULES).tree.css_first("div.ArticleText")
    assert html is not None
    found = re.findall(
        r'class="FeatureByline">.*?</div>(.*?)<p><a href="[^"]*#Comments"', html.html or "", re.DOTALL
    )
    return [word for each in found for word in _said(each)]


def _said(html: str) -> list[str]:
    return words(page(f"<div>{html}</div>", "a.html", RULES).tree.body).split()
