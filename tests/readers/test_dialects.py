"""A header is a table, in whichever form it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.readers.dialects import Kind, table
from lwnindex.readers.nodes import Refused


def texts(kind: Kind, text: str) -> dict[str, str | None]:
    found = table(kind, text, 2)
    pairs = found.pairs() if found else None
    return {name: value.text() for name, value, _ in pairs or ()}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("yaml", "title: A b\ndate: 2009-12-22 10:00:00\nnumber: 4.10\ndraft: true"),
        ("toml", 'title = "A b"\ndate = "2009-12-22 10:00:00"\nnumber = 4.10\ndraft = true'),
        ("lines", "Title: A\n    b\nDate:2009-12-22 10:00:00\nNUMBER: 4.10\ndraft: true"),
        ("dotted", ".. title: A b\n.. date: 2009-12-22 10:00:00\n.. number: 4.10\n.. draft: true"),
    ],
)
def test_each_form_says_the_same(kind: Kind, text: str) -> None:
    wanted = {"title": "A b", "date": "2009-12-22 10:00:00", "number": "4.10", "draft": "true"}

    assert texts(kind, text) == wanted


def test_dates_of_toml_stay_what_they_are() -> None:
    assert texts("toml", "a = 2009-12-22\nb = 2009-12-22T10:00:00Z\nc = 2009-12-22 10:00:00") == {
        "a": "2009-12-22",
        "b": "2009-12-22T10:00:00+00:00",
        "c": "2009-12-22T10:00:00",
    }


def test_a_date_of_toml_that_does_not_exist_is_a_text() -> None:
    assert texts("toml", 'title = "a"\ndate = 2009-02-30 # slip\n') == {"title": "a", "date": "2009-02-30"}


def test_a_line_that_no_value_is_set_in_below_says_nothing() -> None:
    assert texts("lines", "    lost\ntitle: a\n\n") == {"title": "a"}


@pytest.mark.parametrize("text", ["", "# nothing", "~", "{}"])
def test_an_empty_header_has_no_field(text: str) -> None:
    assert texts("yaml", text) == {}


REFUSED: dict[str, tuple[Kind, str, int]] = {
    "a value left open": ("toml", 'a = 1\nb = "', 3),
    "no value": ("toml", "a = 1\nb =\n", 3),
    "twice": ("toml", "a = 1\na = 2", 3),
    "the end": ("toml", "a = [", 2),
    "too deep": ("toml", "a = " + "[" * 30_000, 2),
    "a number without an end": ("toml", "a = " + "1" * 5_000, 2),
    "too long": ("toml", "a = '" + "x" * 70_000, 2),
    "deep by columns": ("yaml", "\n".join(" " * at + "a:" for at in range(40)), 22),
    "deep in a line": ("yaml", "a:\n" + "- " * 40 + "x", 3),
    "deep by brackets": ("yaml", "a: " + "[" * 40 + "]" * 40, 2),
    "no fields": ("yaml", "text", 2),
    "a bracket": ("yaml", "a: 1\nb: [", 3),
}


@pytest.mark.parametrize(("kind", "text", "line"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_with_its_line(kind: Kind, text: str, line: int) -> None:
    with pytest.raises(Refused) as refused:
        table(kind, text, 2)

    assert (refused.value.line, "line" in str(refused.value).split()) == (line, False)


@given(
    st.sampled_from(["yaml", "toml", "lines", "dotted"]), st.text(alphabet="a=:[]{}\"'\n -.1#", max_size=60)
)
def test_any_header_is_read_or_refused(kind: Kind, text: str) -> None:
    lines = range(2, 3 + text.count("\n"))
    try:
        found = table(kind, text, 2)
    except Refused as refused:
        line = refused.line
    else:
        pairs = found.pairs() if found else None
        line = max((line for _, _, line in pairs or ()), default=2)
    assert line in lines
