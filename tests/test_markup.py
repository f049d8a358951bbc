"""What Markdown would take minutes for is seen before, and can be shown letter by letter."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex import markup
from lwnindex.clean import clean


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("a" * (markup.LARGEST + 1), "longer than 1,048,576"),
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
        ("```a\n" * 9_000, "fences"),
        ("```a\n\n" * 6_000, "fences"),
        ("~~~a\n\n" * 6_000, "fences"),
        ("- > " * 6_000, "deep on one line"),
        ("+ " * 20_000, "deep on one line"),
        ("".join("    " * deep + "- a\n" for deep in range(100)), "more than 50 deep"),
        ("".join("\t" * deep + "1. a\n" for deep in range(300)), "more than 50 deep"),
        ("a\n\n" * 15_001, "lines outside of code"),
        ("a <b>b</b>\n\n" * 4_001, "angle brackets outside of code"),
        ("# a\n" * 6_000, "headings and rules"),
        ("---\n" * 6_000, "headings and rules"),
        ("a\n* * *\n" * 3_000, "headings and rules"),
        ("&amp;" * 10_000, "in one paragraph"),
        ("a  \n" * 12_000, "in one paragraph"),
        ("- a\n" + "*a* [b](c)\n" * 4_000, "in one paragraph"),
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
        "a " * 130_000,
        "a\n\n: b\n\n" * 1_000,
        "```\na\n```\n\n" * 2_000,
        "```\n" + "a\n" * 40_000 + "```\n",
        "```\n" + "<a>&amp;" * 9_000 + "\n```\n",
        "- *a* [b](c)\n" * 8_000,
        "~~~ a\n```\n~~~\n" * 2_000,
    ],
)
def test_what_only_looks_alike_goes_through(text: str) -> None:
    assert markup.limits(text) is None


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("a" * (markup.LARGEST + 1), "longer than 1,048,576"),
        (">" * 51, "nested"),
        ("> - " * 26 + "a", "nested"),
        ("a\n" + "\t1. *  " * 26 + "a", "nested"),
        ("- " * 51 + "a", "nested"),
        ("[^a] " * 2_001, "footnotes"),
    ],
)
def test_a_text_that_commonmark_takes_too_long_for_is_told(text: str, part: str) -> None:
    found = markup.limits(text, "commonmark")

    assert found is not None
    assert part in found
    assert found.endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "[" * 20_000,
            "*a _b" * 20_000,
            "`" * 9_000,
            "- " * 3_000,
            "* " * 3_000 + "\n",
            "-" * 300,
            "<a " * 9_000,
        ),
        *("> " * 50 + "a", "1.0.0.0" * 60, "a > b " * 60, "```\n" * 11_000, "[a]: /b\n" * 2_001, "|-" * 300),
    ],
)
def test_commonmark_has_no_trouble_with_what_the_other_has(text: str) -> None:
    assert markup.limits(text, "commonmark") is None


@pytest.mark.parametrize(
    ("text", "part"),
    [("a\n\n" * 5_001, "10,000 lines"), ("a b c\n" * 7_900, "one paragraph"), ('a "b" ' * 7_000, "one")],
)
def test_where_extensions_read_more_there_may_be_less(text: str, part: str) -> None:
    found = markup.limits(text, usual=False)

    assert found is not None
    assert part in found
    assert markup.limits(text) is None


def test_html_is_only_measured() -> None:
    assert markup.limits(">" * 99 + "[" * 99, "html") is None
    assert markup.limits("a" * (markup.LARGEST + 1), "html") is not None
    assert markup.limits("b" * (markup.LONGEST_LINE + 1), "html") is None


def test_a_bracket_that_closes_nothing_opens_nothing() -> None:
    assert markup.limits("]" * 1_000 + "[" * 60) is None
    assert markup.limits("]" * 1_000 + "[" * 61) is not None


@given(st.text(alphabet="<&>\"'a\n"))
def test_plain_text_is_shown_letter_by_letter(text: str) -> None:
    found = markup.as_plain(text)
    inner = found.removeprefix('<pre class="plain" tabindex="0">').removesuffix("</pre>")

    assert "<" not in inner
    assert inner.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text.lstrip("\n")


@given(st.text(alphabet=st.one_of(st.sampled_from("<&>\"'a\n\r\t\0\x7f\xa0\ud800\ufffe"), st.characters())))
def test_plain_text_is_what_the_last_cleaning_leaves_of_it(text: str) -> None:
    found = markup.as_plain(text)

    assert clean(found) == found


def test_every_real_article_goes_through(shared: Path) -> None:
    files = [
        path
        for path in (shared / "corpora").rglob("*.m*d*")
        if path.is_file() and "hostile" not in path.parts
    ]

    refused = [path.name for path in files if markup.limits(path.read_text("utf-8", "replace"))]

    assert len(files) > 1_000
    assert refused == []


@pytest.mark.parametrize("definition", ["*[A]: {}", "*[A] :\n{}", "*[long label]: {}", "*[a b\nc]: {}"])
def test_a_long_abbreviation_is_not_written_out_time_and_again(definition: str) -> None:
    label = definition[2:].partition("]")[0]
    text = definition.format("b" * 40_000)

    assert markup.limits(f"{text}\n\n{label}\n") is None
    assert "abbreviation" in (markup.limits(f"{text}\n\n" + f"{label}\n" * 2_000) or "")


def test_many_short_abbreviations_may_be_used_often() -> None:
    text = "".join(f"*[A{number}]: word\n" for number in range(100))

    assert markup.limits(text + "A1 A2 A3\n\n" * 5_000) is None
