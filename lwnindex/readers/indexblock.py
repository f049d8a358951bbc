"""The block "Index entries for this article" at the end of a dump becomes entries.

The phrase alone is no block: rows must follow it, and below them nothing that belongs to an article, unless
every row links to an index page. In a quote or in code it never is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from lwnindex.lines import Line
from lwnindex.model import Problem
from lwnindex.problems import problem
from lwnindex.readers.blockshapes import PHRASE, SHAPES, Row, Shape, is_linked
from lwnindex.readers.entries import Filed, filed, split_topic
from lwnindex.readers.text import squeezed
from lwnindex.readers.trailers import Trail, cut_below, trail
from lwnindex.reading import Reading

_MOST_PHRASES = 20
_MOST_BLOCKS = 20
_HINT = b"ndex entr"
_LONGEST_KEPT = 1_000
"""The characters of a row that is remembered; longer ones would fill the memory."""


class IndexBlock(NamedTuple):
    """The lines around an article's index block, what the block files it under, and what stood below.

    `rows` are those of which the entries were made.
    """

    above: Sequence[Line]
    filed: Filed
    trail: Trail
    rows: Sequence[Row] = ()


def find(lines: Sequence[Line], file: str, reading: Reading, text: str | None = None) -> IndexBlock | None:
    """Return the index block of an article, all of them as one if it has several, or None if it has none.

    What follows a block is text of the article, or its trail, or starts with the next block. `text` is that
    of the lines, where it is at hand.
    """
    places = _places(lines, text)
    if not places:
        return None
    above: list[Line] = []
    rows: list[Row] = []
    rest = lines
    for _ in range(_MOST_BLOCKS):
        shape = _first(rest, places if rest is lines else _places(rest), reading)
        if shape is None:
            break
        above += shape.above
        rows += shape.rows
        below = trail(shape.below, reading)
        if below:
            return IndexBlock(above, filed_rows(rows, file, reading), below, rows)
        # The text above and that below are two paragraphs, whatever stood between them.
        above.append(shape.below[0]._replace(text="", code=""))
        rest = shape.below
    if rest is lines:
        return None
    kept, below = cut_below(rest, reading)
    return IndexBlock([*above, *kept], filed_rows(rows, file, reading), below, rows)


def _may_head(line: Line) -> bool:
    return not line.code and not line.text.lstrip().startswith(">") and PHRASE.search(line.text) is not None


def _places(lines: Sequence[Line], text: str | None = None) -> list[int]:
    """Return the places of the lines that may be a block's first."""
    known = "\n".join([line.text for line in lines]) if text is None else text
    return [at for at in _hinted(known) if _may_head(lines[at])]


def _hinted(text: str) -> Iterator[int]:
    """Yield the places of the lines that hold what of the phrase no other letter is a variant of."""
    letters = text.encode("utf-8", "surrogatepass").lower()
    at = end = 0
    while (found := letters.find(_HINT, end)) >= 0:
        at += letters.count(b"\n", end, found)
        yield at
        # One hint a line is enough.
        end = letters.find(b"\n", found)
        if end < 0:
            return


def _first(lines: Sequence[Line], places: Sequence[int], reading: Reading) -> Shape | None:
    """Return the first block that is one beyond doubt: it ends the article, or its rows are linked."""
    for at in places[-_MOST_PHRASES:]:
        for each in SHAPES:
            shape = each(lines, at, reading)
            if shape and (is_linked(shape) or trail(shape.below, reading)):
                return shape
    return None


def filed_rows(rows: Sequence[Row], file: str, reading: Reading) -> Filed:
    """Return the entries that the rows of a block name, and what is wrong with others."""
    found = []
    problems = []
    for row in rows:
        levels, by_list = row_levels(row.name, row.topic, row.href, reading.slash_names)
        found.append((levels, row.number))
        if by_list:
            problems.append(_split_by_list(squeezed(row.topic), file, row.number))
    entries = filed(found, file, telling=len(found))
    return entries._replace(problems=(*entries.problems, *problems)) if problems else entries


def row_levels(
    name: str, topic: str, href: str, slash_names: tuple[str, ...]
) -> tuple[tuple[str, ...], bool]:
    """Return the levels that a row names, and whether the list of names with slashes decided them."""
    is_usual = len(name) + len(topic) + len(href) <= _LONGEST_KEPT
    levels = _row_levels if is_usual else _row_levels.__wrapped__
    return levels(name, topic, href, slash_names)


@lru_cache(maxsize=4096)
def _row_levels(
    name: str, topic: str, href: str, slash_names: tuple[str, ...]
) -> tuple[tuple[str, ...], bool]:
    bare = squeezed(topic)
    levels, by_list = split_topic(bare, href.partition("#")[2], slash_names)
    return (name, *levels) if bare else (name,), by_list


def _split_by_list(topic: str, file: str, line: int) -> Problem:
    message = f'the slash in "{topic[:80]}" was taken as a part of the name, as `[index] slash_names` has it.'
    return problem("split-by-list", file, line, message, "Nothing need be done if that is right.")
