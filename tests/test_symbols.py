"""Numbers as text: what is written can be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.symbols import NUMBERS, SYMBOLS, base36, gaps, length, number, place
from tests.searchfiles import numbers

naturals = st.integers(0, 10**9)


@given(st.lists(naturals))
def test_numbers_in_a_row_are_read_as_they_were_written(values: list[int]) -> None:
    assert list(numbers("".join(map(number, values)))) == values


def test_the_numbers_that_are_met_most_are_no_others() -> None:
    assert [number(value) for value in range(len(NUMBERS))] == list(NUMBERS)


@given(st.sets(naturals))
def test_gaps_between_places_lead_to_the_places(places: set[int]) -> None:
    last, found = -1, set()
    for gap in numbers(gaps(sorted(places))):
        last += gap + 1
        found.add(last)

    assert found == places


@given(naturals)
def test_base_36_is_what_others_read(value: int) -> None:
    assert int(base36(value), 36) == value


@pytest.mark.parametrize(("value", "symbols"), [(0, "AA"), (63, "A_"), (64, "BA"), (4095, "__")])
def test_a_month_s_place_takes_two_symbols(value: int, symbols: str) -> None:
    assert place(value) == symbols


@pytest.mark.parametrize(("words", "step"), [(0, 0), (1, 4), (3, 8), (1023, 40), (10**9, 63)])
def test_a_length_has_four_steps_for_each_doubling(words: int, step: int) -> None:
    assert length(words) == SYMBOLS[step]
