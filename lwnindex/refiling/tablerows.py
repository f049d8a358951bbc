"""The rows of an index block in HTML, be it in a text or in a saved page, where they stand."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from lwnindex.model import Entry
from lwnindex.readers.blockshapes import HREF, PHRASE, TAG, TD, TR, Row, cell_address, cell_words
from lwnindex.readers.indexblock import row_levels
from lwnindex.readers.text import squeezed
from lwnindex.reading import Reading
from lwnindex.refiling.exact import Edit
from lwnindex.refiling.levels import rewritten
from lwnindex.refiling.links import Pages, led
from lwnindex.refiling.place import Place

_TABLE = re.compile(r"<table\b[^<>]*>", re.IGNORECASE)
_TABLE_END = re.compile(r"</table\s*>|<table\b", re.IGNORECASE)
_ROW_END = re.compile(r"</tr\s*>|(?=<tr\b|</t(?:able|body)\b)|\Z", re.IGNORECASE)


class TableRow(NamedTuple):
    """A row from its tag to its end, and where its cells start and end."""

    start: int
    end: int
    cells: tuple[tuple[int, int], ...]


def row_at(text: str, start: int, row: Row) -> TableRow | None:
    """Return the next row of a table from a place on, if it is the one that was read there."""
    end = text.find("\n", start)
    found = next(_rows(text, start, len(text)), None)
    if found is None or not found.start <= (len(text) if end < 0 else end):
        return None
    if not _is(text, found, row):
        # The row of the heading may stand before it.
        found = next(_rows(text, found.end, len(text)), None)
    return found if found and _is(text, found, row) else None


def _is(text: str, found: TableRow, row: Row) -> bool:
    inner = [text[start:end] for start, end in found.cells]
    topic = cell_words("|".join(inner[1:]))
    return bool(inner) and (cell_words(inner[0]), topic, cell_address(inner[-1])) == row[1:]


def _rows(text: str, start: int, end: int) -> Iterator[TableRow]:
    """Yield the rows with cells between two places."""
    for found in TR.finditer(text, start, end):
        last = _ROW_END.search(text, found.end(), end)
        close = last.end() if last else end
        cells = tuple(cell.span(1) for cell in TD.finditer(text, found.start(), close))
        if cells:
            yield TableRow(found.start(), close, cells)


def of_page(text: str, reading: Reading, pages: Pages) -> list[Place]:
    """Return the entries of all tables of a page that are index blocks, each table a group of its own."""
    found = []
    for group, table in enumerate(_TABLE.finditer(text)):
        close = _TABLE_END.search(text, table.end())
        end = close.start() if close else len(text)
        if "IndexEntries" not in table[0] and not PHRASE.search(text, table.end(), end):
            continue
        found += [
            each._replace(group=group)
            for each in (_of_row(text, row, reading, pages) for row in _rows(text, table.end(), end))
            if each
        ]
    return found


def _of_row(text: str, found: TableRow, reading: Reading, pages: Pages) -> Place | None:
    """Return the entry of a row of a page's table; None for the heading."""
    inner = [text[start:end] for start, end in found.cells]
    name, topic = cell_words(inner[0]), cell_words(inner[1]) if len(inner) > 1 else ""
    if PHRASE.match(name):
        return None
    row = Row(text.count("\n", 0, found.start) + 1, name, topic, cell_address(inner[1]) if topic else "")
    levels, _ = row_levels(squeezed(name), squeezed(topic), row.href, reading.slash_names)
    return place(text, found, row, tuple(map(squeezed, levels)), pages)


def place(text: str, found: TableRow, row: Row, entry: Entry, pages: Pages) -> Place:
    """Return the entry of a row."""
    start, end = found.start, found.end
    line, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    if last >= 0 and not text[line:start].strip() and not text[end:last].strip():
        start, end = line, last + 1
    return Place(entry, row.number, partial(_changed, text, found, entry, pages), (Edit(start, end, ""),))


def _changed(text: str, row: TableRow, old: Entry, pages: Pages, new: Entry) -> Sequence[Edit] | str:
    edits: list[Edit] = []
    for which, (start, end) in enumerate(row.cells[:2]):
        cell = text[start:end]
        levels = (old[:1], new[:1]) if which == 0 else (old[1:], new[1:])
        words = _words(cell, start, *levels)
        if words is None:
            return "its row is written in a way that is not understood"
        edits += [*words, *_links(cell, start, old, new, pages)]
    return tuple(edit for edit in edits if edit.text != text[edit.start : edit.end])


def _words(cell: str, at: int, old: Entry, new: Entry) -> tuple[Edit, ...] | None:
    """Return the edit of a cell's words, which must stand together between tags."""
    if old == new:
        return ()
    for start, end in _texts(cell):
        raw = cell[start:end]
        found = rewritten(raw, old, new, html.unescape, partial(html.escape, quote=False))
        if found is not None:
            return (Edit(at + start, at + end, found),)
    return None


def _texts(cell: str) -> Iterator[tuple[int, int]]:
    last = 0
    for tag in TAG.finditer(cell):
        yield last, tag.start()
        last = tag.end()
    yield last, len(cell)


def _links(cell: str, at: int, old: Entry, new: Entry, pages: Pages) -> Iterator[Edit]:
    """Yield the edit of a cell's link."""
    found = HREF.search(cell)
    which = next((one for one in (1, 2, 3) if found and found[one]), None)
    if found and which:
        href = led(found[which], old, new, pages, coded="%5F" in found[which], is_html=True)
        yield Edit(at + found.start(which), at + found.end(which), href)
