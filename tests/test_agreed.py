"""Blocks are told apart as both engines tell them apart, and left alone where these may differ."""

from __future__ import annotations

import pytest

from lwnindex.agreed import NEWLINE, SPACES, are_tied, blocks, is_odd


def kinds(text: str) -> list[str]:
    return [block.kind for block in blocks(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("\n\n\n", []),
        ("a\n\nb\n\n\nc", ["paragraph"] * 3),
        ("# a", ["heading"]),
        ("* * *\n\n---", ["rule", "rule"]),
        ("* a\n* b\n\ntext", ["list", "paragraph"]),
        ("* a\n\n* b", ["item", "item"]),
        ("* a\n\n    * b", ["item", "item"]),
        ("a\n\n    * b", ["paragraph", "code"]),
        ("> a", ["quote"]),
        ("> a\n\n> b\n\nc", ["quote", "paragraph"]),
        ("|a|\n|-|\n|b|", ["table"]),
        ("    a", ["code"]),
    ],
)
def test_each_kind_of_block_is_known(text: str, expected: list[str]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *(
            "a _b",
            "a *b *c",
            "a `b",
            "a\n b",
            "a\n* b",
            "a\n# b",
            "a\n---",
            "a [b](c d)",
            "a <b>",
            "![a](<b>)",
            "a\\",
        ),
        *(
            "# a #",
            "#a",
            "> a\nb",
            "> > a",
            "> a\n>\n>",
            "> a\n>  ",
            "* a\n  b",
            "* a\n+ b",
            "10) a",
            "*  a",
            "   * a",
        ),
        *("|a|b|\n|-|-|\n|c|", "|a|\n|-|", "a|b\n-|-\nc|d", ": a", "``a``", "***a***", "a\u2028 [b]: c"),
    ],
)
def test_what_may_be_read_in_two_ways_has_no_kind(text: str) -> None:
    assert kinds(text) == [""]


def test_a_block_keeps_how_it_stands_in_the_text() -> None:
    text = "a\n\n\n\n\n> b\n\n\n> c\n\n    d"

    assert "\n\n".join(block.source for block in blocks(text)) == text


def test_spaces_at_the_ends_of_paragraphs_and_items_are_marked() -> None:
    written = [block.text for block in blocks("a  \nb  \n\n* c  \n* d\n\n> e  ")]

    assert written == [f"a  \nb{SPACES}", f"* c{SPACES}\n* d", f"> e{SPACES}"]


def test_the_blank_line_at_the_end_of_a_quote_is_marked() -> None:
    assert [block.text for block in blocks("> a\n>")] == [f"> a{NEWLINE}"]


def test_one_star_in_a_block_emphasizes_nothing() -> None:
    assert kinds("on *NIX\n\n* the S*B allocators") == ["paragraph", "item"]


def test_quotes_in_a_row_are_one() -> None:
    (quote,) = blocks("> a\n\n> b")

    assert quote.text == "> a\n> \n> b"


@pytest.mark.parametrize(
    ("text", "tied"),
    [
        ("* a\n* b\n\n* c", True),
        ("* a\n\n1. b", True),
        ("* a\n\n* b", False),
        ("1. a\n\n2. b", False),
        ("* a\n* b\n\n    c", True),
        ("    a\n\n    b", False),
        ("    a\n\n\n    b", True),
        ("a\n\n    b", False),
        ("* a\n\nb", False),
    ],
)
def test_blocks_that_may_be_one_thing_are_tied(text: str, tied: bool) -> None:
    one, other = blocks(text)

    assert are_tied(one, other) == tied


@pytest.mark.parametrize(
    "text", ["a\x0bb", "a\rb", "\xa0a", "a \xa0b", "`\xa0a`", "a\u3000b", "\ufeffa", "a\uf8ff"]
)
def test_characters_that_the_engines_take_differently_are_odd(text: str) -> None:
    assert is_odd(text)


@pytest.mark.parametrize(
    "text", ["", "a\nb", "a\xa0b", "\u201ca\u201d \u2014 ü", "a\u200bb", "漢字", "\U0001f600"]
)
def test_other_characters_are_not(text: str) -> None:
    assert not is_odd(text)
