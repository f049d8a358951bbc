"""Dumped Markdown becomes Markdown that Python-Markdown reads as it was meant.

html2text writes tables as rows `A| B` with a line `---|---` under the first, starts each level of a list
two columns further right, and leaves a space at most line ends. Lines come in with the number of the line
of the source in which they stand, and go out with it. Code is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

Code = Literal["", "fenced", "indented"]


class Line(NamedTuple):
    """A line of a source, its number counted from 1, and which kind of code it belongs to, if any."""

    number: int
    text: str
    code: Code = ""


Counts = tuple[tuple[str, int], ...]

_TAB = 4
_MOST_COLUMNS = 200

_QUOTE = re.compile(r"(?: {0,3}> ?)*+")
_FENCE = re.compile(r" {0,3}(?:(?:[-*+]|\d{1,9}[.)]) {1,3})?(`{3,}+(?!.*`)|~{3,}+)(.*)", re.DOTALL)
_ITEM = re.compile(r"([ \t]*)((?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$))")
_CELL_MARK = re.compile(r"\\.|`+|\|", re.DOTALL)
_ALIGNMENT = re.compile(r":?-+:?")
_NUMBER = re.compile(r"[\d.,%+~<>-]+")


def marked(text: str, first: int = 1) -> tuple[Line, ...]:
    """Return a text's lines with their numbers and their code marked; `first` is the first line's number."""
    rows = text.split("\n")
    codes = _fenced(rows)
    _mark_indented(rows, codes)
    return tuple(Line(first + at, row, codes[at]) for at, row in enumerate(rows))


def mended(lines: Sequence[Line]) -> tuple[tuple[Line, ...], Counts]:
    """Return the lines with all repairs made, and how often which was needed."""
    tabled, tables = repair_tables(lines)
    listed, lists = repair_lists(tabled)
    counts = (("list", lists), ("table", tables))
    return repair_spaces(listed), tuple((name, count) for name, count in counts if count)


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
        quote = _quote_of(row)
        found = _FENCE.match(row, len(quote))
        if found:
            place = (run if quoted else -1, quote.count(">"), found[1][0])
            yield _Mark(at, place, len(found[1]), not found[2].strip())


def _closing(marks: Sequence[_Mark], opening: int) -> int | None:
    first = marks[opening]
    candidates = range(opening + 1, len(marks))
    return next((at for at in candidates if _closes(first, marks[at])), None)


def _closes(first: _Mark, mark: _Mark) -> bool:
    return mark.closes and mark.place == first.place and mark.size >= first.size


def _quote_of(row: str) -> str:
    found = _QUOTE.match(row)
    return found[0] if found else ""


def _mark_indented(rows: Sequence[str], codes: list[Code]) -> None:
    """Mark the lines of blocks that are indented so far that they are code, in lists further than outside."""
    item: int | None = None
    starts = True
    for at, row in enumerate(rows):
        if codes[at] or not row.strip():
            starts = True
            continue
        indent = _indent_of(row)
        limit = _TAB if item is None else item // _TAB * _TAB + 2 * _TAB
        if indent >= limit:
            if starts:
                codes[at] = "indented"
            continue
        if _ITEM.match(row):
            item = indent
        elif indent == 0 and starts:
            item = None
        starts = False


def _indent_of(row: str) -> int:
    if not row.startswith((" ", "\t")):
        return 0
    lead = row[: len(row) - len(row.lstrip(" \t"))]
    return len(lead.expandtabs(_TAB))


def repair_spaces(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines without tabs and without white space at their ends, but for the two of a hard break."""
    return tuple(line if line.code == "fenced" else line._replace(text=_trimmed(line.text)) for line in lines)


def _trimmed(text: str) -> str:
    spaced = text.expandtabs(_TAB) if "\t" in text else text
    bare = spaced.rstrip(" ")
    is_break = len(spaced) - len(bare) > 1 and bare.strip("> ")
    return bare + "  " if is_break else bare


def repair_lists(lines: Sequence[Line]) -> tuple[tuple[Line, ...], int]:
    """Return the lines with html2text's lists indented by four a level, and in how many lists that was needed.

    html2text puts the items of level 1 at column 2, of level 2 at 4, of level 3 at 6, each on one line.
    """
    out = []
    count = 0
    dumped = deeper = False
    for line in lines:
        found = None if line.code else _ITEM.match(line.text)
        indent = len(found[1]) if found and "\t" not in found[1] else 0
        if found:
            dumped = indent == 2 or (dumped and indent % 2 == 0 and indent > 0)
        elif line.text[:1].strip():
            dumped = deeper = False
        if dumped and indent >= 6:
            count += not deeper
            deeper = True
            line = line._replace(text=" " * (2 * indent - _TAB) + line.text[indent:])  # noqa: PLW2901
        out.append(line)
    return tuple(out), count


class _Row(NamedTuple):
    """A line of a table: `quote` and `lead` stand before its text."""

    line: Line
    quote: str
    lead: str
    text: str


class _Region(NamedTuple):
    """Lines that are one table in the source: each part is a header, its alignments, and its rows.

    `dumped` is html2text's way of writing; `bare` means that a bar at a line's end has an empty cell beyond it.
    """

    parts: list[tuple[_Row, list[str], list[_Row]]]
    end: int
    dumped: bool
    bare: bool


def repair_tables(lines: Sequence[Line]) -> tuple[tuple[Line, ...], int]:
    """Return the lines with every broken table written so that it is read as one, and how many were broken."""
    out: list[Line] = []
    at = count = 0
    while at < len(lines):
        region = _region(lines, at)
        if region is None:
            out.append(lines[at])
            at += 1
            continue
        written = _written(region, out[-1] if out else None, lines[region.end :][:1])
        count += written is not None
        out.extend(lines[at : region.end] if written is None else written)
        at = region.end
    return tuple(out), count


def _row(line: Line) -> _Row:
    quote = _quote_of(line.text)
    rest = line.text[len(quote) :]
    text = rest.lstrip(" \t")
    return _Row(line, quote, rest[: len(rest) - len(text)], text)


def _region(lines: Sequence[Line], at: int) -> _Region | None:
    """Return the table that starts at a line, if one does: a line that says so must stand below it."""
    if at + 1 == len(lines) or lines[at].code or "-" not in lines[at + 1].text:
        return None
    header, below = _row(lines[at]), _row(lines[at + 1])
    alignments = _alignments(below)
    if alignments is None or not _is_header(header, below):
        return None
    dumped, bare = _style(header, below, len(alignments))
    if not (dumped or "|" in below.text or _starts_rows(lines, at + 2, below)):
        return None
    if "|" in below.text and not dumped and len(_split(header.text)) == 1:
        return None
    return _collected(lines, at, dumped=dumped, bare=bare)


def _alignments(row: _Row) -> list[str] | None:
    """Return the cells of a line such as `---|:---:`, or None if it is no such line."""
    text = row.text.strip()
    if row.line.code or not text or set(text) - set("|:- \t"):
        return None
    cells = [cell.strip() for cell in text.removeprefix("|").removesuffix("|").split("|")]
    if cells == [text] and not (len(text) >= 3 and text == "-" * len(text)):
        return None
    return cells if all(map(_ALIGNMENT.fullmatch, cells)) else None


def _is_header(header: _Row, below: _Row) -> bool:
    """May this line be the first of a table, over a line of dashes?"""
    same_place = header.quote.count(">") == below.quote.count(">")
    return bool(header.text.strip()) and same_place and header.text[0] != "#" and _alignments(header) is None


def _style(header: _Row, below: _Row, columns: int) -> tuple[bool, bool]:
    """Return whether html2text wrote a table, and whether a bar at a line's end stands beside an empty cell."""
    text = below.text.strip()
    if text.startswith("|"):
        return False, False
    number = len(_split(header.text))
    dumped = below.text.endswith("  ") and header.text.endswith("  ")
    framed = header.text.startswith("|") and header.text.rstrip().endswith("|") and number == columns + 2
    return dumped, not framed and (dumped or number == columns)


def _starts_rows(lines: Sequence[Line], at: int, below: _Row) -> bool:
    """Does a row of two cells or more stand at this place, in the same quote?"""
    if at >= len(lines) or lines[at].code:
        return False
    row = _row(lines[at])
    return row.quote.count(">") == below.quote.count(">") and len(_split(row.text)) > 1


def _collected(lines: Sequence[Line], at: int, *, dumped: bool, bare: bool) -> _Region:
    """Return the region that starts at a line: html2text may put several tables into one."""
    first = _row(lines[at])
    parts: list[tuple[_Row, list[str], list[_Row]]] = [(first, _alignments(_row(lines[at + 1])) or [], [])]
    end = at + 2
    while end < len(lines):
        row = _row(lines[end])
        step = _step(lines, end, row, first.quote.count(">"), dumped=dumped)
        if not step:
            break
        below = _alignments(_row(lines[end + 1])) if dumped and end + 1 < len(lines) else None
        if below and row.text.strip():
            parts.append((row, below, []))
            step = 2
        elif row.text.strip():
            parts[-1][2].append(row)
        end += step
    return _Region(parts, end, dumped, bare)


def _step(lines: Sequence[Line], at: int, row: _Row, depth: int, *, dumped: bool) -> int:
    """Return 1 if a line belongs to the table above it, else 0.

    In html2text's tables an empty row is a line of spaces, and a row of one cell has no bar.
    """
    if row.line.code or row.quote.count(">") != depth:
        return 0
    if "|" in row.text:
        return 1
    if not dumped or not row.line.text.endswith("  ") or row.text.startswith("#"):
        return 0
    if row.text.strip() and _ITEM.match(row.text) is None:
        return 1
    following = _row(lines[at + 1]) if at + 1 < len(lines) else None
    return int(
        following is not None
        and not row.text.strip()
        and not following.line.code
        and following.quote.count(">") == depth
        and following.text.endswith("  ")
        and "|" in following.text
    )


def _split(text: str) -> list[str]:
    """Return the cells of a row, parted by bars that neither a backslash nor inline code protects."""
    if "|" not in text:
        return [text.strip()]
    marks = list(_CELL_MARK.finditer(text))
    later: dict[int, list[int]] = {}
    for at in range(len(marks) - 1, -1, -1):
        if marks[at][0][0] == "`":
            later.setdefault(len(marks[at][0]), []).append(at)
    cuts, at = [-1], 0
    while at < len(marks):
        mark = marks[at][0]
        if mark == "|":
            cuts.append(marks[at].start())
        at = _after(later[len(mark)], at) if mark[0] == "`" else at + 1
    return [text[start + 1 : end].strip() for start, end in pairwise([*cuts, len(text)])]


def _after(runs: list[int], at: int) -> int:
    """Return where to go on after a run of backticks: behind the next of its length, if there is one."""
    while runs and runs[-1] <= at:
        runs.pop()
    return (runs[-1] if runs else at) + 1
