"""What pyromark wrote is shaped as the long way shapes it, wherever the last cleaning leaves it as it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from lwnindex.clean import clean, sift
from lwnindex.fastpath import rendered
from lwnindex.highlight import highlight
from lwnindex.mend import is_sound, mended
from lwnindex.settings import MarkdownSettings
from lwnindex.shape import Shaped, shape
from lwnindex.tags import pairs, plain, tags_of
from lwnindex.usual import usual
from tests.constructs import documents

_HOST = "news.example.org"


def quick(text: str) -> str | None:
    """Return the HTML of a text of which all goes the fast way, coloured."""
    written, is_quick = rendered(text, MarkdownSettings().extensions)
    return highlight(written)[0] if is_quick else None


def long_way(written: str) -> Shaped:
    """Return HTML as it is shaped when it was sifted, and mended where it needs that."""
    sifted = sift(written)
    tags = tags_of(sifted)
    return shape(tags if is_sound(tags, sifted) else tags_of(mended(sifted)), _HOST)


def is_as_the_long_way(written: str) -> bool:
    """Return whether HTML comes out as the long way has it, in a form that cleaning leaves as it is."""
    found = usual(written, _HOST)
    assert found is not None
    return clean(found.html) == found.html and found[:4] == long_way(written)[:4]


@pytest.mark.parametrize(
    "text",
    [
        'A *soft*, **strong** `word & <tag>` with "quotes", <http://example.org/?a=b&c=d>.',
        'One [link](https://a-b.example.org:80/c?d=1&e=2#f "Why"), [another](/Articles/1/), [below](#there).',
        "A break  \nand an end.  ",
        "Text.\n\n* * *\n\nMore.",
        "> A quote:\n>\n>   * of a list\n>   * of two\n>\n> and its end",
        "  * one\n    * deep\n  * two\n\nText.\n\n1. one\n2. two",
        "``` python\nif 1 > 2: print('no')\n```\n\nText.\n\n    more code",
        "```\n\n\ncode\n```",
        "### A title\n\nText.\n\n# Another\n\n### A title\n\n### [linked *title*](/a)\n\n[up](#A_title)",
        "## A & B < C\n\n#### `f()`\n\n## A & B < C",
        "A ![picture](http://a.example/b.png) and [![one](/c.png)](/d.html).\n\n![](/e.png)",
        "## ![only](/a.png)\n\nText.",
        "| a | b |\n|---|--:|\n| 1 | [2](/c) |",
        "",
    ],
)
def test_what_pyromark_writes_is_shaped_as_the_long_way_does(text: str) -> None:
    written = quick(text)

    assert written is not None
    assert is_as_the_long_way(written)


@pytest.mark.parametrize("text", ["3. three\n4. four", "[a](/it's)"])
def test_what_the_sieve_or_mending_would_change_is_not_usual(text: str) -> None:
    written = quick(text)

    assert written is None or usual(written) is None or not is_as_the_long_way(written)


@pytest.mark.parametrize("text", ["[a](javascript:b)", "[a](b:c)", "a\xa0b", "![a](javascript:b)"])
def test_what_the_sieve_changes_the_last_cleaning_changes_too(text: str) -> None:
    written = quick(text)
    assert written is not None
    found = usual(written)

    assert found is None or clean(found.html) != found.html


def test_the_ids_are_known_where_links_are_plain_and_there_is_nothing_else_to_look_at() -> None:
    texts = ("[a](/b) and `c`", "# a b\n\n#### a b", "![a](/b)", "[a](#b)", "| a |\n|---|\n| b |")
    found = [usual(quick(text) or "") for text in texts]

    known = [each and each.ids for each in found]
    assert known == [(), ("text-a_b", "text-a_b-2"), None, None, None]


@given(documents())
@settings(max_examples=300)
def test_whatever_the_last_cleaning_leaves_is_as_the_long_way_has_it(text: str) -> None:
    written = quick(text)
    found = None if written is None else usual(written, _HOST)

    if written is not None and found and clean(found.html) == found.html:
        assert found[:4] == long_way(written)[:4]
        assert found.ids is None or list(found.ids) == [
            plain(value) for each in tags_of(found.html).attributes if (value := pairs(each).get("id"))
        ]
