"""Markdown that goes through comes out as HTML, what would take minutes is seen before."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex import markup
from lwnindex.settings import MarkdownSettings

EXTENSIONS = MarkdownSettings().extensions


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("A *word*.", "<p>A <em>word</em>.</p>"),
        ("```c\nint x;\n```", '<pre><code class="language-c">int x;\n</code></pre>'),
        ("term\n: meaning", "<dl>\n<dt>term</dt>\n<dd>meaning</dd>\n</dl>"),
        ("RCU\n\n*[RCU]: read-copy-update", '<p><abbr title="read-copy-update">RCU</abbr></p>'),
        ("|A|\n|-:|\n|1|", re.compile(r'<th align="right">A</th>.*<td align="right">1</td>', re.DOTALL)),
        ("x[^1]\n\n[^1]: y", re.compile(r'<div class="footnote">.*<li id="fn:1">', re.DOTALL)),
    ],
)
def test_the_default_extensions_are_at_work(text: str, html: str | re.Pattern[str]) -> None:
    found = markup.to_html(text, EXTENSIONS)

    assert html.search(found) if isinstance(html, re.Pattern) else found == html


def test_alignment_is_an_attribute_whoever_brings_the_tables() -> None:
    assert 'align="right"' in markup.to_html("|A|\n|-:|\n|1|", ("extra",))


def test_extensions_that_are_not_named_are_off() -> None:
    assert "<table>" not in markup.to_html("|A|\n|-|\n|1|", ())


def test_no_text_leaves_anything_to_the_next() -> None:
    assert "[^1]" in markup.to_html("x[^1]\n\n[^2]: y", EXTENSIONS)
    assert "[a][b]" in markup.to_html("[a][b]", EXTENSIONS)
    markup.to_html("[b]: /url\n\n[^1]: y", EXTENSIONS)

    assert markup.to_html("x[^1] [a][b]", EXTENSIONS) == "<p>x[^1] [a][b]</p>"


def test_a_text_nested_too_deeply_fails_and_leaves_a_clean_converter() -> None:
    before = sys.getrecursionlimit()

    with pytest.raises(RecursionError):
        markup.to_html("- " * 4_000 + "a", EXTENSIONS)

    assert sys.getrecursionlimit() == before
    assert markup.to_html("a\n\n- b", EXTENSIONS) == "<p>a</p>\n<ul>\n<li>b</li>\n</ul>"


def nested(depth: int) -> str:
    """Return lists one in another, each on a line of its own."""
    return "\n".join("    " * level + "- a" for level in range(depth))


def deepest(low: int, high: int, calls: int) -> int:
    """Return the deepest list that can be converted below so many calls more."""
    while low < high - 1:
        middle = (low + high) // 2
        low, high = (middle, high) if can_convert(nested(middle), calls) else (low, middle)
    return low


def can_convert(text: str, calls: int) -> bool:
    if calls:
        return can_convert(text, calls - 1)
    try:
        markup.to_html(text, EXTENSIONS)
    except RecursionError:
        return False
    return True


def test_how_deep_is_too_deep_does_not_depend_on_the_caller() -> None:
    assert 20 < deepest(1, 400, calls=0) == deepest(1, 400, calls=150)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("a" * (markup.LARGEST + 1), "longer than 8,388,608"),
        ("a\n" + "b" * (markup.LONGEST_LINE + 1), "line is longer"),
        (">" * 51 + "a", "Quotes"),
        ("> " * 51 + "a", "Quotes"),
        ("- " * 20_000 + "a", "Lists"),
        ("[" * 61, "brackets [ are"),
        ("![" * 61, "brackets [ are"),
        ("[a](" * 201, "brackets ( are"),
        ("<a " * 1_001, "angle"),
        ("[^a] " * 2_001, "footnotes"),
        ("[a]: /b\n" * 2_001, "definitions"),
        ("[a]: /" + "b" * 40_000 + "\n\n" + "[a]" * 1_000, "defined once"),
        ("```\n" * 11_000, "fences"),
        ("`` ` " * 2_000, "'`' more than"),
        ("*_" * 20_001, "'*' more than"),
        ("a\n: b\n" * 301, "':' more than"),
        ("|" * 500 + "\n" + "|-" * 500 + "\n" + "a\n" * 500, "cells"),
    ],
)
def test_a_text_that_markdown_takes_too_long_for_is_told(text: str, part: str) -> None:
    found = markup.limits(text)

    assert found is not None
    assert part in found
    assert found.endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[" * 60,
        "> " * 50 + "a",
        "- " * 30_000,
        "[a](b) " * 3_000,
        "```\n" + "[" * 1_000 + "\n```",
        "[\n\n" * 1_000,
        "a " * 500_000,
        "a\n\n: b\n\n" * 1_000,
        "```\na\n```\n\n" * 2_000,
    ],
)
def test_what_only_looks_alike_goes_through(text: str) -> None:
    assert markup.limits(text) is None


def test_a_bracket_that_closes_nothing_opens_nothing() -> None:
    assert markup.limits("]" * 1_000 + "[" * 60) is None
    assert markup.limits("]" * 1_000 + "[" * 61) is not None


@given(st.text(alphabet="<&>\"'a\n"))
def test_plain_text_is_shown_letter_by_letter(text: str) -> None:
    found = markup.as_plain(text)
    inner = found.removeprefix('<pre class="plain">').removesuffix("</pre>")

    assert "<" not in inner
    assert inner.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text


def test_every_real_article_goes_through(shared: Path) -> None:
    files = [
        path
        for path in (shared / "corpora").rglob("*.m*d*")
        if path.is_file() and "hostile" not in path.parts
    ]

    refused = [path.name for path in files if markup.limits(path.read_text("utf-8", "replace"))]

    assert len(files) > 1_000
    assert refused == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3. three\n4. four", '<ol start="3">'),
        ("0. none\n1. one", '<ol start="0">'),
        ("1. one\n\nbetween\n\n2. two", '<ol start="2">'),
        ("1. one\n2. two", "<ol>"),
    ],
)
def test_a_list_starts_where_its_source_does(text: str, expected: str) -> None:
    assert expected in markup.to_html(text, EXTENSIONS)
