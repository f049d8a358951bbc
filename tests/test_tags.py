"""Canonical HTML is taken apart and put together without a loss, and nothing in a value fools it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.clean import clean
from lwnindex.tags import escaped, escaped_text, pairs, partners, plain, tag, tags_of
from tests.soup import soup


@given(soup)
def test_what_is_taken_apart_is_put_together_again(fragment: str) -> None:
    cleaned = clean(fragment)

    assert tags_of(cleaned).joined() == cleaned


def test_a_tag_is_read_with_its_attributes() -> None:
    tags = tags_of('a<p id="b">c<br>d</p>e')

    assert tags.texts == ["a", "c", "d", "e"]
    assert tags.written == ['<p id="b">', "<br>", "</p>"]
    assert tags.names == ["p", "br", "/p"]
    assert tags.attributes == [' id="b"', "", ""]


@pytest.mark.parametrize("value", ["<a href=&quot;/x&quot;>", "a > b", "<p>"])
def test_a_tag_inside_a_value_is_none(value: str) -> None:
    assert tags_of(f'<p title="{value}">a</p>').names == ["p", "/p"]


def test_edits_stand_in_what_is_joined() -> None:
    tags = tags_of("<b>a</b>")
    tags.written[0] = "<i>"
    tags.texts[2] = "!"

    assert tags.joined() == "<i>a</b>!"


def test_attributes_make_the_round() -> None:
    given_attributes = {"href": "/x?a&amp;b", "aria-label": ""}

    assert tag("a", given_attributes) == '<a href="/x?a&amp;b" aria-label="">'
    assert pairs(' href="/x?a&amp;b" aria-label=""') == given_attributes
    assert tag("p", {}) == "<p>"


@given(st.text(alphabet='&<>"\xa0;ampltgquonbs#'))
def test_escaping_is_undone(text: str) -> None:
    assert plain(escaped(text)) == text
    assert plain(escaped_text(text)) == text
    assert not set(escaped(text)) & set('<>"\xa0')


@given(st.text(alphabet='&<>"\xa0;amplt#é'))
def test_escaping_is_that_of_the_cleaner(text: str) -> None:
    written = f'<p title="{escaped(text)}">{escaped_text(text)}</p>'

    assert clean(written) == written


def test_the_two_tags_of_an_element_find_each_other() -> None:
    assert partners(tags_of("<p>a<br><b><i>c</i></b></p><hr>")) == [6, 1, 5, 4, 3, 2, 0, 7]
