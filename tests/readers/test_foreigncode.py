"""Code between two tags becomes a fence that holds it letter by letter."""

from __future__ import annotations

import pytest

from lwnindex.lines import marked
from lwnindex.readers.edits import edited
from lwnindex.readers.foreigncode import code_edits


def fenced(text: str, language: str = "sh") -> list[tuple[int, str]]:
    """Return the numbered lines of a text with code between `<<` and `>>`."""
    start, end = text.index("<<"), text.index(">>")
    edits = code_edits(text, (start, start + 2), (end, end + 2), language)
    return [(line.number, line.text) for line in edited(marked(text), edits)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("<<\nls\n\n  x\n>>", [(1, "```sh"), (2, "ls"), (3, ""), (4, "  x"), (5, "```")]),
        ("<<ls>>", [(1, "```sh"), (1, "ls"), (1, "```")]),
        ("a\n<<ls\ncd>>\nb", [(1, "a"), (2, "```sh"), (2, "ls"), (3, "cd"), (3, "```"), (4, "b")]),
        ("run <<ls>> now", [(1, "run `ls` now")]),
        ("run <<a`b`>>", [(1, "run `` a`b` ``")]),
        ("a <<\nls\n>> b", [(1, "a "), (1, "```sh"), (2, "ls"), (3, "```"), (3, " b")]),
        ("<<\n```\n>>", [(1, "````sh"), (2, "```"), (3, "````")]),
        ("- x\n\n  <<\n  ls\n  >>", [(1, "- x"), (2, ""), (3, "  ```sh"), (4, "  ls"), (5, "  ```")]),
        ("  <<\nls\n  >>", [(1, "```sh"), (2, "ls"), (3, "```")]),
        ("<<\n>>", [(1, "```sh"), (2, "```")]),
        ("> <<\n> ls\n> >>\nb", [(1, "> ```sh"), (2, "> ls"), (3, "> ```"), (4, "b")]),
        ("a <<>> b", [(1, "a  b")]),
    ],
)
def test_code_becomes_a_fence_or_a_span(text: str, lines: list[tuple[int, str]]) -> None:
    assert fenced(text) == lines


def test_what_is_no_language_is_not_one() -> None:
    assert fenced("<<\nx\n>>", "a`b")[0] == (1, "```")
