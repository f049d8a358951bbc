"""The block "Index entries for this article" at the end of a dump becomes entries.

The phrase alone is no block: rows must follow it, and below them nothing that belongs to an article. In a
quote or in code it never is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lwnindex.lines import Line
from lwnindex.model import Problem
from lwnindex.problems import problem
from lwnindex.readers.blockshapes import PHRASE, SHAPES, Row, Shape
from lwnindex.readers.entries import Filed, filed, split_topic
from lwnindex.readers.text import squeezed
from lwnindex.readers.trailers import Trail, trail
from lwnindex.settings import Reading

_MOST_PHRASES = 20


class IndexBlock(NamedTuple):
    """The lines above an article's index block, what the block files it under, and what stood below."""

    above: Sequence[Line]
    filed: Filed
    trail: Trail


def find(lines: Sequence[Line], file: str, reading: Reading) -> IndexBlock | None:
    """Return the index block at the end of an article, or None if there is none."""
    places = [at for at, line in enumerate(lines) if _may_head(line)]
    for at in places[-_MOST_PHRASES:]:
        for shape in SHAPES:
            found = _checked(shape(lines, at, reading), file, reading)
            if found:
                return found
    return None


def _may_head(line: Line) -> bool:
    return not line.code and not line.text.lstrip().startswith(">") and PHRASE.search(line.text) is not None


def _checked(shape: Shape | None, file: str, reading: Reading) -> IndexBlock | None:
    """Return the block that a shape found, unless text of the article follows it."""
    below = trail(shape.below, reading) if shape else None
    return IndexBlock(shape.above, _filed(shape.rows, file, reading), below) if shape and below else None


def _filed(rows: Sequence[Row], file: str, reading: Reading) -> Filed:
    found = []
    problems = []
    for row in rows:
        topic = squeezed(row.topic)
        levels, by_list = split_topic(topic, row.href.partition("#")[2], reading.slash_names)
        found.append(((row.name, *levels) if topic else (row.name,), row.number))
        if by_list:
            problems.append(_split_by_list(topic, file, row.number))
    entries = filed(found, file)
    return entries._replace(problems=(*entries.problems, *problems))


def _split_by_list(topic: str, file: str, line: int) -> Problem:
    message = f'the slash in "{topic[:80]}" was taken as a part of the name, as `[index] slash_names` has it.'
    return problem("split-by-list", file, line, message, "Nothing need be done if that is right.")
