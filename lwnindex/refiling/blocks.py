"""The rows of an index block where they stand in a text, in every shape that a block has.

Which rows there are the block's reader has said; here each is found again in its line, cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from lwnindex.lines import split_row
from lwnindex.model import Entry
from lwnindex.readers.blockshapes import PHRASE, Row, read_cell, read_row
from lwnindex.readers.indexblock import row_levels
from lwnindex.readers.text import link, squeezed, unescaped
from lwnindex.reading import Reading
from lwnindex.refiling import tablerows
from lwnindex.refiling.exact import Edit
from lwnindex.refiling.levels import rewritten
from lwnindex.refiling.links import Pages, led
from lwnindex.refiling.place import Place

_SPECIAL = re.compile(r"[\\\[\]|*`<]")
_LONGEST_ESCAPES = 40


class _Found(NamedTuple):
    """A row: where its two cells start and end, and what goes with it."""

    name: tuple[int, int]
    topic: tuple[int, int]
    whole: tuple[int, int]


class _Style(NamedTuple):
    """How a block writes: whether underscores have backslashes, and are `%5F` in links."""

    escaped: bool
    coded: bool
    pages: Pages


def places(text: str, rows: Sequence[Row], reading: Reading, pages: Pages) -> list[Place]:
    """Return the entries of a block's rows; those rows are left out that cannot be found again."""
    style = _Style(_writes(text, rows, r"\_"), _writes(text, rows, "%5F"), pages)
    found: list[Place] = []
    starts = _line_starts(text)
    end = 0
    for row in rows:
        levels, _ = row_levels(row.name, row.topic, row.href, reading.slash_names)
        entry = tuple(map(squeezed, levels))
        start = max(end, starts[row.number - 1])
        table = tablerows.row_at(text, start, row)
        place = table and tablerows.place(text, table, row, entry, pages)
        own = None if place else _found(text, start, starts[row.number - 1], row)
        if place and table:
            found.append(place)
            end = table.end
        elif own:
            change = partial(_changed, text, own, entry, style)
            found.append(Place(entry, row.number, change, (Edit(*own.whole, ""),)))
            end = max(own.topic[1], own.name[1])
    return found


def _writes(text: str, rows: Sequence[Row], mark: str) -> bool:
    lines = text.split("\n")
    return any(mark in line for row in rows for line in lines[row.number - 1 : row.number + 2])


def _line_starts(text: str) -> list[int]:
    return [0, *(found.end() for found in re.finditer("\n", text))]


def _found(text: str, start: int, line: int, row: Row) -> _Found | None:
    """Return a row of a table of Markdown's, of lines in turn, or of text run together."""
    end = text.find("\n", line)
    end = len(text) if end < 0 else end
    own = text[line:end]
    if start == line and "|" in own and read_row(own.strip()) == (row.name, row.topic, row.href):
        return _piped(text, line, end)
    if start == line and own.strip() and read_cell(own.strip())[0] == row.name:
        return _alternating(text, line, end, row)
    return _run(text, start, line, end, row)


def _piped(text: str, start: int, end: int) -> _Found | None:
    own = text[start:end]
    spans = list(_cells(own))
    if own.strip().startswith("|"):
        del spans[0]
    if len(spans) > 2 and spans[-1][0] == spans[-1][1]:
        del spans[-1]
    if len(spans) < 2:
        # A bar alone is a row that names nothing.
        return None
    name, topic = spans[0], (spans[1][0], spans[-1][1])
    return _Found(_shifted(name, start), _shifted(topic, start), _lines(text, start, end))


def _cells(own: str) -> Iterator[tuple[int, int]]:
    """Yield where the cells of a row start and end."""
    at = 0
    for cell in split_row(own):
        start = own.find(cell, at) if cell else at
        yield start, start + len(cell)
        at = own.find("|", start + len(cell)) + 1


def _shifted(span: tuple[int, int], by: int) -> tuple[int, int]:
    return span[0] + by, span[1] + by


def _lines(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of whole lines with one of their line ends."""
    if end < len(text):
        return start, end + 1
    return max(start - 1, 0), end


def _alternating(text: str, start: int, end: int, row: Row) -> _Found | None:
    """Return a row whose cells are lines, with blank ones between; the blank ones above go with it."""
    below = re.compile(r"(?:[^\S\n]*\n)*").match(text, end)
    topic = below.end() if below else end
    last = text.find("\n", topic)
    last = len(text) if last < 0 else last
    if read_cell(text[topic:last].strip()) != (row.topic, row.href):
        return None
    above = re.search(r"\n\s*$", text[:start])
    whole = (above.start(), last) if above else (start, last)
    return _Found(_bare(text, start, end), _bare(text, topic, last), whole)


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without the white space at its ends."""
    own = text[start:end]
    first = start + len(own) - len(own.lstrip())
    return first, max(first, start + len(own.rstrip()))


def _run(text: str, start: int, line: int, end: int, row: Row) -> _Found | None:
    """Return a row of a text without anything between its cells."""
    phrases = list(PHRASE.finditer(text, line, end))
    start = max(start, phrases[-1].end()) if phrases else start
    name = text.find(row.name, start, end)
    if name < 0 or not phrases:
        return None
    topic = name + len(row.name)
    for last in range(topic + len(row.topic), min(topic + len(row.topic) + _LONGEST_ESCAPES, end) + 1):
        if unescaped(text[topic:last]).strip() == row.topic:
            return _Found((name, topic), _bare(text, topic, last), (name, last))
    return None


# Changes -----------------------------------------------------------------------------------------


def _changed(text: str, row: _Found, old: Entry, style: _Style, new: Entry) -> Sequence[Edit] | str:
    """Return the edits of a row's two cells."""
    name = _cell(text[slice(*row.name)], old, new, style, 0)
    topic = _cell(text[slice(*row.topic)], old, new, style, 1)
    if name is None or topic is None:
        return "its row is written in a way that is not understood"
    both = (Edit(*row.name, name), Edit(*row.topic, topic))
    return tuple(edit for edit in both if edit.text != text[edit.start : edit.end])


def _cell(raw: str, old: Entry, new: Entry, style: _Style, which: int) -> str | None:
    """Return a cell of an entry, the first or the second, as that of another: its words and its link."""
    found = link(raw)
    label = found[0] if found else raw
    levels = (old[:1], new[:1]) if which == 0 else (old[1:], new[1:])
    words = (
        label if levels[0] == levels[1] else rewritten(label, *levels, unescaped, partial(_written, style))
    )
    if words is None or not found:
        return words
    href = led(found[1], old, new, style.pages, coded=style.coded)
    # Behind the label stands the link with its title, if it has one.
    rest = raw[1 + len(label) :].replace(f"]({found[1]}", f"]({href}", 1)
    return f"[{words}{rest}"


def _written(style: _Style, level: str) -> str:
    """Return a level in Markdown."""
    safe = _SPECIAL.sub(r"\\\g<0>", level)
    safe = safe.replace("_", r"\_") if style.escaped else safe
    return safe if unescaped(safe) == level else safe.replace("&", "&amp;")
