"""A table's grid has no fault where a cell begins in every row and column, and none overlap."""

from __future__ import annotations

import pytest

from lwnindex.grid import Cell, is_filled

ONE: Cell = (1, 1)


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ([], True),
        ([[]], True),
        ([[[ONE, ONE], [ONE, ONE]]], True),
        ([[[ONE]], [[ONE, ONE]]], True),
        ([[[(2, 1)], [ONE, ONE]]], True),
        ([[[(1, 2), ONE], [ONE]]], True),
        ([[[(2, 1)]]], False),
        ([[[(2, 1)]], [[ONE, ONE]]], True),
        ([[[ONE], []]], False),
        ([[[(1, 2)]]], False),
        ([[[(1, 2)], [ONE]]], True),
        ([[[(1, 2), ONE], []]], False),
        ([[[ONE, (1, 3)], [(2, 1)], [ONE]]], False),
        ([[[ONE, ONE, (1, 2)], [(3, 1)]]], False),
        ([[[(1000, 1000)] * 2]], False),
    ],
)
def test_the_faults_of_a_grid_are_seen(groups: list[list[list[Cell]]], expected: bool) -> None:
    assert is_filled(groups) is expected
