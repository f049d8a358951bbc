"""A text as numbered lines that know whether they are code, and the parts of a line as Markdown sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

Code = Literal["", "fenced", "indented"]

TAB = 4
"""How many columns a tab is wide, and code is indented."""

_QUOTE = re.compile(r"(?: {0,3}> ?)*+")
_FENCE = re.compile(r" {0,3}(?:(?:[-*+]|\d{1,9}[.)]) {1,3})?(`{3,}+(?!.*`)|~{3,}+)(.*)", re.DOTALL)
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*+\1){2,}+[ \t]*+$")
_CELL_MARK = re.compile(r"\\.|`+|\|", re.DOTALL)

Cells = list[str]


class Line(NamedTuple):
    """A line of a source, its number counted from 1, and which kind of code it belongs to, if any."""

    number: int
    text: str
    code: Code = ""


def marked(text: str, first: int = 1) -> tuple[Line, ...]:
    """Return a text's lines with their numbers and their code marked; `first` is the first line's number."""
    rows = text.split("\n")
    codes = _fenced(rows)
    _mark_indented(rows, codes)
    return tuple(Line(first + at, row, codes[at]) for at, row in enumerate(rows))


def quote_of(row: str) -> str:
    """Return the `> ` marks that a line starts with."""
    found = _QUOTE.match(row)
    return found[0] if found else ""


def is_rule(row: str) -> bool:
    """Return whether a line is a thematic break, such as `* * *` or `---`."""
    return _RULE.match(row) is not None


def is_item(row: str) -> bool:
    """Return whether a line starts an item of a list."""
    return _ITEM.match(row) is not None and not is_rule(row)


def split_row(text: str) -> Cells:
    """Return the cells of a row, parted by bars that neither a backslash nor inline code protects."""
    if "|" not in text:
        return [text.strip()]
    marks = list(_CELL_MARK.finditer(text))
    runs: dict[int, list[int]] = {}
    for at in reversed(range(len(marks))):
        if marks[at][0][0] == "`":
            runs.setdefault(len(marks[at][0]), []).append(at)
    cuts, at = [-1], 0
    while at < len(marks):
        mark = marks[at][0]
        if mark == "|":
            cuts.append(marks[at].start())
        at = _behind(runs[len(mark)], at) if mark[0] == "`" else at + 1
    return [text[start + 1 : end].strip() for start, end in pairwise([*cuts, len(text)])]


def _behind(runs: list[int], at: int) -> int:
    """Return where to go on after a run of backticks: behind the next of its length, if there is one."""
    while runs and runs[-1] <= at:
        runs.pop()
    return (runs[-1] if runs else at) + 1


class _Mark(NamedTuple):
    """A line that could open or close fenced code: its place, its run of `>` lines if any, its fence."""

    at: int
    place: tuple[int, int, str]
    size: int
    closes: bool


def _fenced(rows: Sequence[str]) -> list[Code]:
    """Return which lines are fenced code; a fence that nothing closes opens none."""
    codes: list[Code] = [""] * len(rows)
    marks = list(_marks(rows))
    unclosed: dict[tuple[int, int, str], int] = {}
    at = 0
    while at < len(marks):
        mark = marks[at]
        end = None if mark.size >= unclosed.get(mark.place, mark.size + 1) else _closing(marks, at)
        if end is None:
            unclosed[mark.place] = min(mark.size, unclosed.get(mark.place, mark.size))
            at += 1
            continue
        last = marks[end].at + 1
        codes[mark.at : last] = ["fenced"] * (last - mark.at)
        at = end + 1
    return codes


def _marks(rows: Sequence[str]) -> Iterator[_Mark]:
    run = 0
    for at, row in enumerate(rows):
        quoted = row.lstrip(" ").startswith(">")
        run = run if quoted else at + 1
        if "```" not in row and "~~~" not in row:
            continue
        quote = quote_of(row)
        found = _FENCE.match(row, len(quote))
        if found:
            place = (run if quoted else -1, quote.count(">"), found[1][0])
            yield _Mark(at, place, len(found[1]), not found[2].strip())


def _closing(marks: Sequence[_Mark], opening: int) -> int | None:
    """Return the mark that closes the code which one opens; code in a quote ends with the quote."""
    first = marks[opening]
    for at in range(opening + 1, len(marks)):
        if _closes(first, marks[at]):
            return at
        if first.place[0] >= 0 and marks[at].place[0] != first.place[0]:
            return None
    return None


def _closes(first: _Mark, mark: _Mark) -> bool:
    return mark.closes and mark.place == first.place and mark.size >= first.size


def _mark_indented(rows: Sequence[str], codes: list[Code]) -> None:
    """Mark the lines of blocks that are indented so far that they are code; in a list that is further."""
    item: int | None = None
    starts = True
    for at, row in enumerate(rows):
        if codes[at] or not row.strip():
            starts = True
            continue
        indent = _indent_of(row)
        if indent >= (TAB if item is None else item // TAB * TAB + 2 * TAB):
            codes[at] = "indented" if starts else ""
            continue
        if is_item(row):
            item = indent
        elif indent == 0 and starts:
            item = None
        starts = False


def _indent_of(row: str) -> int:
    if not row.startswith((" ", "\t")):
        return 0
    lead = row[: len(row) - len(row.lstrip(" \t"))]
    return len(lead.expandtabs(TAB))
