"""Whether the cells of a table fill its grid, by the rules of HTML's table model.

https://html.spec.whatwg.org/#forming-a-table names the errors: cells that overlap, rows or columns in which
no cell begins, cells that reach beyond their row group.
"""

from __future__ import annotations

from collections.abc import Iterable

Cell = tuple[int, int]
"""How many columns and rows a cell spans."""

_LARGEST = 100_000


def is_filled(groups: Iterable[Iterable[Iterable[Cell]]]) -> bool:
    """Return whether a table, given as row groups of rows of cells, has no error; a huge one is told no."""
    begun: set[int] = set()
    width = 0
    for group in groups:
        found = _group([list(row) for row in group])
        if found is None:
            return False
        begun |= found[0]
        width = max(width, found[1])
    return len(begun) == width


def _group(rows: list[list[Cell]]) -> tuple[set[int], int] | None:
    """Return the columns in which a cell of this row group begins, and its width; None for an error."""
    if sum(across * down for row in rows for across, down in row) > _LARGEST:
        return None
    taken: set[tuple[int, int]] = set()
    begun: set[int] = set()
    for number, row in enumerate(rows):
        column = 0
        for across, down in row:
            while (number, column) in taken:
                column += 1
            covered = {(number + y, column + x) for y in range(down) for x in range(across)}
            if covered & taken or number + down > len(rows):
                return None
            taken |= covered
            begun.add(column)
            column += across
        if not row:
            return None
    return begun, 1 + max((column for _, column in taken), default=-1)
