"""Pieces of a body are put together with its links, as attributes or as whole elements of images."""

from __future__ import annotations

import pytest

from lwnindex.pieces import join, slot
from lwnindex.viewparts import Link


@pytest.mark.parametrize(
    ("attributes", "result"),
    [
        ([' href="x"', ' href="y" rel="z"'], '<a href="x">a</a><a href="y" rel="z">b</a>'),
        (["", ""], "<a>a</a><a>b</a>"),
    ],
)
def test_a_link_gets_the_attributes_it_is_given_or_none(attributes: list[str], result: str) -> None:
    assert join(["<a", ">a</a><a", ">b</a>"], attributes) == result


@pytest.mark.parametrize(
    ("link", "address", "expected"),
    [
        (Link(href="a", local=True), "../a?b&c", ' href="../a?b&amp;c"'),
        (Link(href=""), "", ""),
        (Link(href="a", words="x < y"), "b", '<a href="b" class="image">x &lt; y</a>'),
        (Link(href="", words="x < y"), "", "x &lt; y"),
        (
            Link(href="a", words='"x"', held=True),
            "b&c",
            '<img src="b&amp;c" alt="&quot;x&quot;" loading="lazy">',
        ),
        (Link(href="a", words="", held=True), "b", '<img src="b" alt="" loading="lazy">'),
        (Link(href="a", words="x", held=True), "", "x"),
    ],
)
def test_a_slot_is_an_attribute_an_image_or_words(link: Link, address: str, expected: str) -> None:
    assert slot(link, address) == expected


def test_more_attributes_follow_an_address_and_nothing_else() -> None:
    assert slot(Link(href="a"), "b", ' rel="c"') == ' href="b" rel="c"'
    assert slot(Link(href=""), "", ' rel="c"') == ""
