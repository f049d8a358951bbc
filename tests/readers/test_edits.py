"""Edits change a text, and each line that is left keeps its number."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lwnindex.lines import marked
from lwnindex.readers.edits import Edit, edited, segments, starts_of


def made(text: str, *edits: tuple[str, str]) -> list[tuple[int, str]]:
    """Return the numbered lines after edits of the parts given."""
    found = [Edit(text.index(old), text.index(old) + len(old), new) for old, new in edits]
    return [(line.number, line.text) for line in edited(marked(text), found)]


def test_a_part_is_replaced() -> None:
    assert made("a b\nc", ("b", "x"), ("c", "")) == [(1, "a x"), (2, "")]


def test_what_stands_behind_an_edit_of_several_lines_keeps_its_number() -> None:
    assert made("a {\n\n} b\nc", ("{\n\n}", "")) == [(1, "a "), (3, "b"), (4, "c")]
    assert made("{\n\n} b\nc", ("{\n\n}", "")) == [(3, "b"), (4, "c")]
    assert made("a {\n\n}\nc", ("{\n\n}", "")) == [(1, "a"), (4, "c")]


def test_a_line_goes_with_its_end() -> None:
    assert made("a\nb\nc", ("b\n", "")) == [(1, "a"), (3, "c")]


def test_a_line_that_an_edit_adds_has_the_number_of_the_edit_s_end() -> None:
    assert made("a\n{\nb", ("{\n", "x\n")) == [(1, "a"), (2, "x"), (3, "b")]
    assert made("a {} b", ("{}", "\n~\n")) == [(1, "a "), (1, "~"), (1, " b")]


def test_no_white_space_is_left_where_something_went() -> None:
    assert made("a {x}  \n{y}    b\n  {z}", ("{x}", ""), ("{y}", ""), ("{z}", "")) == [
        (1, "a"),
        (2, "b"),
        (3, ""),
    ]


def test_no_mark_of_a_list_or_heading_is_left_without_words() -> None:
    edits = ("{a}", ""), ("{b}", ""), ("{c}", ""), ("{d}", "")

    lines = made("* {a}\n> 1. {b}\n## {c}\n- x {d}", *edits)

    assert lines == [(1, ""), (2, ">"), (3, ""), (4, "- x")]


def test_of_edits_that_overlap_the_first_counts() -> None:
    lines = edited(marked("abcd"), [Edit(1, 3, "x"), Edit(0, 2, "y")])

    assert [line.text for line in lines] == ["ycd"]


def test_code_is_marked_anew() -> None:
    lines = edited(marked("{\nb\n}"), [Edit(0, 1, "```"), Edit(4, 5, "```")])

    assert [line.code for line in lines] == ["fenced"] * 3


def test_segments_end_where_code_starts_and_ends() -> None:
    lines = marked("a\n\n    b\n\nc")

    assert starts_of(lines) == [0, 2, 3, 9, 10]
    assert list(segments(lines)) == [(3, False), (9, True), (11, False)]


@given(st.text(st.sampled_from("ab \n"), max_size=30), st.data())
def test_edits_say_what_they_were_told(text: str, data: st.DataObject) -> None:
    places = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
    edits = [Edit(a, b, "x") for a, b in zip(places[::2], places[1::2], strict=False)]

    lines = edited(marked(text), edits)

    wanted, at = "", 0
    for edit in edits:
        wanted, at = wanted + text[at : edit.start] + "x", edit.end
    assert "".join(line.text for line in lines) == (wanted + text[at:]).replace("\n", "")
    numbers = [line.number for line in lines]
    assert numbers == sorted(numbers)
