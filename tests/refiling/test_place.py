"""Items are left out with what parts them from others."""

from __future__ import annotations

import re

import pytest

from lwnindex.refiling.exact import applied
from lwnindex.refiling.place import without_item, without_items


@pytest.mark.parametrize(
    ("text", "at", "wanted"),
    [
        ("[x1, x2, x3]", 0, "[x2, x3]"),
        ("[x1, x2, x3]", 2, "[x1, x2]"),
        ("[x1]", 0, "[]"),
        ("k:\n- x1 # c\n- x2\n", 0, "k:\n- x2\n"),
        ("k:\n  - x1\n  - x2", 1, "k:\n  - x1\n"),
        ("k = [\n  x1, # one\n  x2\n]", 1, "k = [\n  x1, # one\n]"),
        ("k = [\n  x1, x2,\n]", 0, "k = [\n  x2,\n]"),
    ],
)
def test_an_item_goes_with_its_line_or_its_comma(text: str, at: int, wanted: str) -> None:
    spans = [found.span() for found in re.finditer(r"x\d", text)]
    assert applied(text, [without_item(text, spans, at)]) == wanted


@pytest.mark.parametrize(
    ("text", "gone", "left"),
    [
        ("[a, b, c]", [], "[a, b, c]"),
        ("[a, b, c]", [0], "[b, c]"),
        ("[a, b, c]", [2], "[a, b]"),
        ("[a, b, c]", [1, 2], "[a]"),
        ("[a, b, c]", [0, 1], "[c]"),
        ("[a, b, c]", [0, 2], "[b]"),
        ("[a, b, c]", [0, 1, 2], "[]"),
        ("[a, b, c, d]", [1, 2], "[a, d]"),
        ("[\n  a,\n  b,\n  c,\n]", [1, 2], "[\n  a,\n]"),
        ("[\n  a,\n  b,\n  c,\n]", [0, 2], "[\n  b,\n]"),
    ],
)
def test_several_items_are_left_out_with_what_parts_them(text: str, gone: list[int], left: str) -> None:
    spans = [(at, at + 1) for at, letter in enumerate(text) if letter.isalpha()]

    assert applied(text, without_items(text, spans, gone)) == left
