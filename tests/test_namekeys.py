"""What is compared of names: nothing that nobody sees, and no more than the writing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.namekeys import composed, difference, number_key, plain_key


@given(st.text(min_size=1))
def test_each_name_has_both_keys_whatever_it_is(name: str) -> None:
    assert isinstance(plain_key(name), str)
    assert isinstance(number_key(name), str)
    assert composed(composed(name)) == composed(name)


@pytest.mark.parametrize("name", [".", "...", ", ", "the", "&", " , ", "-"])
def test_a_name_of_marks_alone_is_not_taken_for_every_other(name: str) -> None:
    assert plain_key(name) != plain_key("Memory")
    assert plain_key(name) or not name.strip(" -,")


def test_letters_of_one_script_are_left_alone() -> None:
    assert composed("\u0421\u0421\u0421\u0420") == "\u0421\u0421\u0421\u0420"
    assert composed("\u03bcops") == "\u03bcops"


def test_what_differs_is_named() -> None:
    assert difference("Memory.", "Memory") == "in marks, in an article, or in the order of words only"
    assert difference("memory", "Memory") == "in case only"
