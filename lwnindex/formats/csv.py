"""A table as CSV (RFC 4180), in UTF-8, with a row of names at its top.

Spreadsheets run what begins as a formula does, and an article's title may come from a stranger's feed: such a
cell gets a `'` before it, as OWASP advises. One that has a `'` before such a beginning gets another, so that
taking away one wherever `'` comes before such a beginning gives back what was there. What holds a mark at
which some part cells besides the comma, as LibreOffice proposes, stands in quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lwnindex.formats.tables import Cell, Row, Table

_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_QUOTED = re.compile('[",;\t\r\n]')


def written(table: Table) -> Iterator[bytes]:
    """Yield a table line by line, first the names of its columns; what is not known is an empty cell."""
    yield head(table)
    yield from map(_line, table.rows())


def head(table: Table) -> bytes:
    """Return the first line of a table, by which its file is known for ours."""
    return _line(table.columns)


def _line(row: Row) -> bytes:
    return (",".join(map(_cell, row)) + "\r\n").encode("utf-8")


def _cell(value: Cell) -> str:
    if not isinstance(value, str):
        return "" if value is None else str(value)
    text = f"'{value}" if _FORMULA.match(value) else value
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text
