"""A body's text is what a reader reads, a paragraph a line."""

from __future__ import annotations

import pytest
from msgspec.msgpack import decode

from lwnindex.body import compose
from lwnindex.plaintext import LONGEST, plain_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        (
            "Some *words* of\n**one** line.\n\nAnd [more](/x) & so on.",
            "Some words of one line.\nAnd more & so on.",
        ),
        ("## Part\n\nWords", "Part\nWords"),
        ("* one\n* two\n\n> three", "one\ntwo\nthree"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a b\n1 2"),
        ("``` c\nint *x;\n  y(&z);\n```", "int *x;\ny(&z);"),
        ("`a<b>` and 1 < 2 &amp;lt;", "a<b> and 1 < 2 &lt;"),
        ("A note.[^1]\n\n[^1]: Its words.", "A note. 1\nIts words. \u21a9"),
        ("One  \ntwo", "One\ntwo"),
        ("![picture](/a.png) of it", "of it"),
        ("[a \">\" title](/x 'a > b') and on", 'a ">" title and on'),
    ],
)
def test_a_body_says(text: str, expected: str) -> None:
    assert plain_text(decode(compose(text).blob)) == expected


@pytest.mark.parametrize("more", range(8))
@pytest.mark.parametrize("end", ["&amp;", "<b>c</b>", '<a href="/d">e</a>'])
def test_of_a_very_long_body_the_beginning_is_what_it_says(more: int, end: str) -> None:
    start = "a" * (LONGEST - more)
    said = plain_text([start, end * 1000])

    assert said.startswith(start)
    assert set(said.removeprefix(start)) <= set("&ce")
    assert len(said) <= LONGEST
