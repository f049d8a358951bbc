"""A word counts by where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.wordcounts import counted, stem, stems


def numbers(title: str, headings: tuple[str, ...], text: str) -> dict[str, int]:
    found = counted(title, headings, text)
    return dict(zip(found.listed(), found.numbers, strict=True))


def test_a_title_counts_six_times_a_heading_and_the_start_twice_more() -> None:
    text = "x " * 400 + "late"

    found = numbers("Ceph", ("Layout",), f"start {text}")

    assert (found["ceph"], found["layout"], found["start"], found["late"]) == (6, 2, 3, 1)


def test_a_name_with_underscores_counts_whole_and_in_parts() -> None:
    found = numbers("io_uring", (), "")

    assert found == {"io_uring": 6, "io": 6, "uring": 6}


@pytest.mark.parametrize(
    ("word", "expected"), [("pages", "page"), ("class", "class"), ("bus", "bus"), ("io_rings", "io_rings")]
)
def test_a_stem_has_no_plural(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_stems_are_those_of_all_words() -> None:
    assert stems("Huge Pages") == {"huge", "page"}


def test_of_a_name_in_two_places_the_parts_count_as_it_does() -> None:
    assert numbers("io_uring", (), "io io_uring") == {"io": 6 + 6, "uring": 6 + 3, "io_uring": 6 + 3}


def test_without_a_word_nothing_counts() -> None:
    assert numbers("?", (), "") == {}
    assert counted("?", (), "").listed() == []


@given(st.lists(st.sampled_from(("ceph", "osd", "io_uring", "内核", "tux's", "Straße"))).map(" ".join))
def test_words_come_once_and_in_their_order(text: str) -> None:
    found = counted("T", (), text).listed()

    assert found == sorted(set(found))
