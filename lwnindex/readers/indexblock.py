"""The block "Index entries for this article" at the end of a dump, in every shape that converters gave it.

LWN's page has it as a table of two columns, the index and the topic, each a link. What is left of that may
be a table of html2text, of GFM or of HTML, paragraphs, plain lines, or one run of letters. The phrase alone
is no block: rows must follow it, and after them nothing that belongs to an article.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from lwnindex.model import Problem
from lwnindex.problems import problem
from lwnindex.readers import html_rows, run_rows
from lwnindex.readers.entries import Filed, filed, split_topic
from lwnindex.readers.rows import Row
from lwnindex.readers.text import link, unescaped
from lwnindex.readers.trailers import Trail, trail
from lwnindex.repairs.lines import Line
from lwnindex.repairs.tables import split_row
from lwnindex.settings import LWN_INDEXES, Reading

_PHRASE = re.compile(r"index entries for this article", re.IGNORECASE)
_HEADER = re.compile(
    r"(?:#{1,6} +)?\|? *(?:\*\*|__|\*|_)?index entries for this article:?(?:\*\*|__|\*|_)?:?[ \t|]*#*",
    re.IGNORECASE,
)
_LONGEST = 5_000
_LONGEST_PLAIN = 200
_MOST_PHRASES = 20


class IndexBlock(NamedTuple):
    """An article's lines above its index block, what the block files it under, and what stood below."""

    above: Sequence[Line]
    filed: Filed
    trail: Trail


class _Shape(NamedTuple):
    """A block as one of the shapes reads it: the lines above it, its rows, the lines below them."""

    above: Sequence[Line]
    rows: Sequence[Row]
    below: Sequence[Line]


def find(lines: Sequence[Line], file: str, reading: Reading) -> IndexBlock | None:
    """Return the index block at the end of an article, or None if there is none."""
    places = [at for at, line in enumerate(lines) if _may_head(line)]
    for at in places[-_MOST_PHRASES:]:
        shape = _shape(lines, at, reading)
        below = trail(shape.below, reading) if shape else None
        if shape and below:
            return IndexBlock(shape.above, _filed(shape.rows, file, reading), below)
    return None


def index_names(reading: Reading) -> frozenset[str]:
    """Return the names that an index block may mean by a plain word: the site's own indexes and LWN's."""
    return frozenset(reading.index_names) | frozenset(LWN_INDEXES)


def _may_head(line: Line) -> bool:
    return not line.code and not line.text.lstrip().startswith(">") and _PHRASE.search(line.text) is not None


def _shape(lines: Sequence[Line], at: int, reading: Reading) -> _Shape | None:
    """Return what the first shape that fits makes of the phrase in a line."""
    text = lines[at].text.strip()
    if len(text) <= _LONGEST and _HEADER.fullmatch(text):
        start = _Start(lines[:at], lines[at + 1 :], text.startswith("|"))
        return _piped(start) or _alternating(start, index_names(reading), reading)
    parted = html_rows.part(lines, at)
    if parted:
        return _Shape(*parted)
    joined = run_rows.part(lines, at, index_names(reading))
    return _Shape(*joined) if joined else None
