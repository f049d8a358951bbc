"""Dumped Markdown becomes Markdown that Python-Markdown reads as it was meant.

html2text writes tables as rows `A| B` with a line `---|---` under the first, starts each level of a list
two columns further right, and leaves a space at most line ends. Lines come in with the number of the line
of the source in which they stand, and go out with it. Code is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lwnindex.lines import TAB, Line, is_item
from lwnindex.tables import repair_tables

Counts = tuple[tuple[str, int], ...]

_LEAD = re.compile(" *")


def mended(lines: Sequence[Line]) -> tuple[tuple[Line, ...], Counts]:
    """Return the lines with all repairs made, and how often which was needed."""
    tabled, tables = repair_tables(lines)
    listed, lists = repair_lists(tabled)
    counts = (("list", lists), ("table", tables))
    return repair_spaces(listed), tuple((name, count) for name, count in counts if count)


def repair_lists(lines: Sequence[Line]) -> tuple[tuple[Line, ...], int]:
    """Return the lines with html2text's lists indented by four a level, and how many lists needed it.

    html2text puts the items of level 1 at column 2, of level 2 at 4, of level 3 at 6, each on one line.
    """
    out = []
    count = previous = 0
    dumped = deeper = False
    for line in lines:
        indent = _indent_of_item(line)
        if indent is None:
            inside = bool(line.code) or line.text[:1] in ("", " ")
            dumped, deeper = dumped and inside, deeper and inside
            out.append(line)
            continue
        dumped = indent == 2 or (dumped and indent % 2 == 0 and 2 < indent <= previous + 2)
        previous = indent
        if dumped and indent >= 6:
            count += not deeper
            deeper = True
            line = line._replace(text=" " * (2 * indent - TAB) + line.text[indent:])  # noqa: PLW2901
        out.append(line)
    return tuple(out), count


def _indent_of_item(line: Line) -> int | None:
    """Return how far a list's item is indented by spaces, or None for any other line."""
    if line.code or not is_item(line.text) or line.text[:1] == "\t":
        return None
    found = _LEAD.match(line.text)
    return len(found[0]) if found else 0


def repair_spaces(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines without tabs and without spaces at their ends, but for the two of a hard break."""
    return tuple(map(_spaced, lines))


def _spaced(line: Line) -> Line:
    if line.code == "fenced" or (not line.text.endswith((" ", "\t")) and "\t" not in line.text):
        return line
    return line._replace(text=_trimmed(line.text))


def _trimmed(text: str) -> str:
    spaced = text.expandtabs(TAB) if "\t" in text else text
    bare = spaced.rstrip(" ")
    is_break = len(spaced) - len(bare) > 1 and bare.strip("> ")
    return bare + "  " if is_break else bare
