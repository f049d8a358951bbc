"""CSV is read back as it was by any reader, and runs nothing in a spreadsheet."""

from __future__ import annotations

import ast
import csv as standard
import io
import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.formats.csv import head, written
from lwnindex.formats.tables import Cell, Row, Table
from tests.programs import ROOT

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def table(*rows: Row, columns: Sequence[str] = ("a", "b")) -> Table:
    return Table("t", tuple(columns), lambda: iter(rows))


def content(*rows: Row) -> bytes:
    return b"".join(written(table(*rows)))


RULE = re.search(
    r'^    re\.sub\((".*"), "", cell\)$', (ROOT / "docs/exports.md").read_text("utf-8"), re.MULTILINE
)


def unguarded(cell: str) -> str:
    """Return a cell as it was, by the rule that the manual gives."""
    assert RULE
    return re.sub(ast.literal_eval(RULE[1]), "", cell)


def read(found: bytes) -> list[list[str]]:
    return list(standard.reader(io.StringIO(found.decode("utf-8"), newline=""), strict=True))


def test_lines_end_as_the_standard_says_and_what_needs_quotes_has_them() -> None:
    assert content(("Größe", 1), ('a "b", c', None), ("x\ny", "")) == (
        'a,b\r\nGröße,1\r\n"a ""b"", c",\r\n"x\ny",\r\n'.encode()
    )


@pytest.mark.parametrize("mark", [";", "\t"])
def test_who_parts_cells_at_other_marks_too_finds_no_formula_behind_one(mark: str) -> None:
    assert content((f"a{mark}=1+1", 0)) == f'a,b\r\n"a{mark}=1+1",0\r\n'.encode()


def test_the_first_line_is_that_by_which_a_file_is_known() -> None:
    assert content().startswith(head(table()))
    assert head(table()) == b"a,b\r\n"


@pytest.mark.parametrize("start", STARTS)
def test_what_a_spreadsheet_would_run_is_a_text(start: str) -> None:
    ((_, (cell, _)),) = [read(content((f"{start}1+1", 0)))]

    assert cell == f"'{start}1+1"


@pytest.mark.parametrize("cell", ["'quoted'", "a=b", "", "x-y", "1", "'"])
def test_all_else_stays_as_it_is(cell: str) -> None:
    assert read(content((cell, 0)))[1][0] == cell


def test_a_number_is_written_as_one() -> None:
    assert content((-1, 0)).endswith(b"\r\n-1,0\r\n")


@given(
    st.lists(st.tuples(st.one_of(TEXTS, st.builds("'{}{}".format, st.sampled_from(STARTS), TEXTS)), TEXTS))
)
def test_every_text_is_read_back(rows: list[tuple[Cell, ...]]) -> None:
    found = read(content(*rows))[1:]

    assert [tuple(map(unguarded, row)) for row in found] == rows


@given(TEXTS)
def test_no_cell_begins_as_a_formula_does(text: str) -> None:
    assert not read(content((text, 0)))[1][0].startswith(STARTS)
