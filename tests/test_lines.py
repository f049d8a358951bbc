"""Lines know their numbers, their code and their parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.lines import Line, is_item, is_rule, marked, quote_of, split_row


def codes(text: str) -> str:
    """Return one letter a line: f for fenced code, i for indented code, a dot for neither."""
    return "".join(line.code[:1] or "." for line in marked(text))


def test_lines_are_numbered_from_the_first() -> None:
    assert [(line.number, line.text) for line in marked("a\n\nb", 7)] == [(7, "a"), (8, ""), (9, "b")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a\n```\nb\n```\nc", ".fff."),
        ("a\n~~~~ c\n~~~\n~~~~\nb", ".fff."),
        ("```\nnever closed\n\nb", "...."),
        ("```\na\n~~~\n```", "ffff"),
        ("```` \n```\n````\n```\nopen", "fff.."),
        ("``` a`b\nx\n```", "..."),
        ("> ```\n> a\n> ```\nb", "fff."),
        ("> ```\n> a\n\n> ```", "...."),
        ("- ```\n  a\n  ```\nb", "fff."),
        ("a\n\n    code\n    more\n\nb", "..ii.."),
        ("a\n    runs on", ".."),
        ("\tcode", "i"),
        ("    one\n\n    two", "i.i"),
        ("- item\n\n    still the item\n\n        code", "....i"),
        ("- item\n\n    - inner\n\n        still inner", "....."),
        ("- item\n\ntext\n\n    code", "....i"),
        ("* * *\n\n    code", "..i"),
        ("- a\n\n    ```\n    b\n    ```", "..fff"),
        ("- a\n    - b\n        ```\n        c\n        ```\nd", "..fff."),
        ("- a\n  ```\n  > b\n  ```", ".fff"),
        ("- a\n  ```\n- b\n  ```", "...."),
        ("a\n\n    ```\n    b\n    ```", "..iii"),
        (">     a\n> b\n>     c", "i.."),
        ("", "."),
    ],
)
def test_code_is_what_markdown_takes_for_it(text: str, wanted: str) -> None:
    assert codes(text) == wanted


FENCED = (
    *("text", "", "```", "``` ", "```c", "~~~", "~~~ sh", "````", "\u0663. ```", "1. ```", "> ```", "a ```"),
    *("- item", "    deep", "\tdeep", ">     deep", "    > deep", " text", "\u00e4"),
)


@given(st.lists(st.sampled_from(FENCED), max_size=12) | st.lists(st.sampled_from(FENCED[:7]), max_size=12))
def test_code_is_the_same_where_a_later_line_makes_all_be_scanned(rows: list[str]) -> None:
    text = "\n".join(rows)

    assert codes(f"{text}\n\ntext\n\n    code") == codes(text) + "...i"


def test_a_line_says_something_else_in_its_place() -> None:
    line = marked("a\n\n    b")[2]

    assert line.saying("c") == line._replace(text="c")
    assert isinstance(line.saying("c"), Line)


def test_a_fence_that_nothing_closes_hides_no_later_code() -> None:
    assert codes("````\na\n```\nb\n```\n") == "..fff."


@pytest.mark.parametrize(
    ("row", "wanted"),
    [("> > a", "> > "), (">a", ">"), ("   >  a", "   > "), ("    > a", ""), ("a > b", "")],
)
def test_the_marks_of_quotes_are_found(row: str, wanted: str) -> None:
    assert quote_of(row) == wanted


@pytest.mark.parametrize("row", ["---", "* * *", "  ***  ", "_ _ _ _", "-\t-\t-"])
def test_rules_are_rules_and_no_items(row: str) -> None:
    assert is_rule(row)
    assert not is_item(row)


@pytest.mark.parametrize("row", ["--", "* * x", "-*-", "    ---", "", "---|---"])
def test_other_lines_are_no_rules(row: str) -> None:
    assert not is_rule(row)


@pytest.mark.parametrize(
    ("row", "wanted"),
    [("- a", True), ("  12. a", True), ("+ a", True), ("3) a", True), ("-a", False), ("a - b", False)],
)
def test_items_are_known_by_their_marks(row: str, wanted: bool) -> None:
    assert is_item(row) is wanted


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("a | b|c", ["a", "b", "c"]),
        ("| a |", ["", "a", ""]),
        (r"a \| b | c", [r"a \| b", "c"]),
        ("`a|b` | c", ["`a|b`", "c"]),
        ("`` a ` | b `` | c", ["`` a ` | b ``", "c"]),
        ("a ` b | c", ["a ` b", "c"]),
        ("`` a | ` b | c", ["`` a", "` b", "c"]),
        ("plain", ["plain"]),
    ],
)
def test_a_row_is_parted_by_bars_that_nothing_protects(row: str, cells: list[str]) -> None:
    assert split_row(row) == cells
