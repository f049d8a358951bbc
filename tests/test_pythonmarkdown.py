"""Python-Markdown as it is set up here: its extensions, its numbers of lists, its depth."""

from __future__ import annotations

import re
import sys

import pytest

from lwnindex.highlight import highlight
from lwnindex.pythonmarkdown import to_html
from lwnindex.settings import MarkdownSettings

EXTENSIONS = MarkdownSettings().extensions


@pytest.mark.parametrize("name", ["codehilite", "markdown.extensions.codehilite"])
@pytest.mark.parametrize("text", ["```c\nint x;\n```", "    :::c\n    int x;"])
def test_codehilite_names_languages_and_leaves_colours_to_this_program(name: str, text: str) -> None:
    found = to_html(text, (*EXTENSIONS, name))

    assert 'class="language-c"' in found
    assert "<span" not in found
    assert "int x;" in found
    assert "<span" in highlight(found)[0]


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
    found = to_html(text, EXTENSIONS)

    assert html.search(found) if isinstance(html, re.Pattern) else found == html


def test_alignment_is_an_attribute_whoever_brings_the_tables() -> None:
    assert 'align="right"' in to_html("|A|\n|-:|\n|1|", ("extra",))


def test_extensions_that_are_not_named_are_off() -> None:
    assert "<table>" not in to_html("|A|\n|-|\n|1|", ())


def test_no_text_leaves_anything_to_the_next() -> None:
    assert "[^1]" in to_html("x[^1]\n\n[^2]: y", EXTENSIONS)
    assert "[a][b]" in to_html("[a][b]", EXTENSIONS)
    to_html("[b]: /url\n\n[^1]: y", EXTENSIONS)

    assert to_html("x[^1] [a][b]", EXTENSIONS) == "<p>x[^1] [a][b]</p>"


def test_a_text_nested_too_deeply_fails_and_leaves_a_clean_converter() -> None:
    before = sys.getrecursionlimit()

    with pytest.raises(RecursionError):
        to_html("- " * 4_000 + "a", EXTENSIONS)

    assert sys.getrecursionlimit() == before
    assert to_html("a\n\n- b", EXTENSIONS) == "<p>a</p>\n<ul>\n<li>b</li>\n</ul>"


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
        to_html(text, EXTENSIONS)
    except RecursionError:
        return False
    return True


def test_how_deep_is_too_deep_does_not_depend_on_the_caller() -> None:
    assert 20 < deepest(1, 400, calls=0) == deepest(1, 400, calls=150)


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
    assert expected in to_html(text, EXTENSIONS)
