"""Items are left out with what parts them from others."""

from __future__ import annotations

import re

import pytest

from lwnindex.refiling.exact import applied
from lwnindex.refiling.place import without_item


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
