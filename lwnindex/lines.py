"""A text as numbered lines that know whether they are code, and the parts of a line as Markdown sees it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, pairwise, repeat
from typing import Literal, NamedTuple

Code = Literal["", "fenced", "indented"]

TAB = 4
"""How many columns a tab is wide, and code is indented."""

_QUOTE = re.compile(r"(?: {0,3}> ?)*+")
_FENCE = re.compile(r"(?:(?:[-*+]|\d{1,9}[.)]) {1,3})?(`{3,}+(?!.*`)|~{3,}+)(.*)", re.DOTALL)
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*+\1){2,}+[ \t]*+$")
_EDGES = frozenset(" >\t")
_BEFORE_CODE = frozenset(" >\t`~-*+0123456789")
_PLAIN_FENCE = re.compile(r"(```|~~~)([\w+#-]*+) *")
_CELL_MARK = re.compile(r"\\.|`+|\|", re.DOTALL)

Cells = list[str]


class Line(NamedTuple):
    """A line of a source, its number counted from 1, and which kind of code it belongs to, if any."""

    number: int
    text: str
    code: Code = ""

    def saying(self, text: str) -> Line:
        """Return the line with another text, in less time than `_replace` takes."""
        return tuple.__new__(Line, (self[0], text, self[2]))


def marked(text: str, first: int = 1) -> tuple[Line, ...]:
    """Return a text's lines with their numbers and their code marked; `first` is the first line's number."""
    rows = text.split("\n")
    # As `Line(...)` makes them, in a third of the time.
    return tuple(map(tuple.__new__, repeat(Line), zip(count(first), rows, _codes(text, rows))))


def _codes(text: str, rows: Sequence[str]) -> Iterable[Code]:
    """Return the code that each line belongs to; most texts have none, or fences at the margin alone."""
    # A fence and a line of indented code start with one of few characters, or a digit of any script.
    is_ascii = text.isascii()
    odd = "\n".join([row for row in rows if row[:1] in _BEFORE_CODE or not (is_ascii or row[:1].isascii())])
    if "```" in odd or "~~~" in odd:
        codes = _fenced_at_margin(rows)
        return _Scan(rows).run() if codes is None else codes
    return _Scan(rows).run() if "    " in odd or "\t" in odd else repeat("")


def _fenced_at_margin(rows: Sequence[str]) -> list[Code] | None:
    """Return what code each line belongs to, if all is between plain fences; None if it takes a scan."""
    codes: list[Code] = [""] * len(rows)
    fence, opened, behind = "", 0, 0
    for at in [at for at, row in enumerate(rows) if not row[:1].isalpha() and ("```" in row or "~~~" in row)]:
        found = _PLAIN_FENCE.fullmatch(rows[at])
        if found is None or (not fence and _may_be_indented(rows[behind:at])):
            return None
        if not fence:
            fence, opened = found[1], at
        elif found[1] == fence and not found[2]:
            fence, behind = "", at + 1
            codes[opened:behind] = ["fenced"] * (behind - opened)
    return None if fence or _may_be_indented(rows[behind:]) else codes


def _may_be_indented(rows: Sequence[str]) -> bool:
    """Return whether one of these lines is indented as code is, be it in a quote; no is certain."""
    return any(row[:1] in _EDGES and ("    " in row or "\t" in row) for row in rows)


def quote_of(row: str) -> str:
    """Return the `> ` marks that a line starts with."""
    found = _QUOTE.match(row)
    return found[0] if found else ""


def is_rule(row: str) -> bool:
    """Return whether a line is a thematic break, such as `* * *` or `---`."""
    return _RULE.match(row) is not None


def is_item(row: str) -> bool:
    """Return whether a line starts an item of a list."""
    return not row[:1].isalpha() and _ITEM.match(row) is not None and not is_rule(row)


def split_row(text: str) -> Cells:
    """Return the cells of a row, parted by bars that neither a backslash nor inline code protects."""
    if "|" not in text:
        return [text.strip()]
    if "`" not in text and "\\" not in text:
        return [cell.strip() for cell in text.split("|")]
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


class _Row(NamedTuple):
    """A line as its parts: its quotes, how far these and it are indented, and its text."""

    depth: int
    column: int
    indent: int
    text: str


_EMPTY = _Row(0, 0, 0, "")


class _Mark(NamedTuple):
    """A line that could open or close fenced code: its run of `>` lines if any, its fence, its place."""

    at: int
    place: tuple[int, int, str]
    size: int
    closes: bool
    indent: int


_Items = list[tuple[int, int]]
"""The items that are open: how far each is indented, and its line."""


class _Scan:
    """One way through a text's lines that finds their code; `codes` is what it found."""

    def __init__(self, rows: Sequence[str]) -> None:
        self.rows = [_row(row) for row in rows]
        self.codes: list[Code] = [""] * len(rows)
        self._marks = list(_marks(self.rows))
        self._order = {mark.at: order for order, mark in enumerate(self._marks)}
        self._ends = _ends(self.rows) if self._marks else []
        self._unclosed: dict[tuple[object, ...], int] = {}
        self._items: tuple[_Items, _Items] = ([], [])
        self._depth = 0
        self._starts = True

    def run(self) -> list[Code]:
        at = 0
        while at < len(self.rows):
            at = at + 1 if self._passes(at) else self._step(at)
        return self.codes

    def _passes(self, at: int) -> bool:
        """Return whether a line is text at the margin, or none, and take it in; `_step` sees all others."""
        depth, _, indent, text = self.rows[at]
        if depth or indent or self._depth or at in self._order:
            return False
        if text:
            self._note(self.rows[at], at, self._items[0])
        self._starts = not text
        return True

    def _step(self, at: int) -> int:
        """Return the line to go on with; behind code something new starts, as it does behind a blank line."""
        row = self.rows[at]
        if row.depth != self._depth:
            self._enter(row)
        items = self._items[row.depth > 0]
        limit = (items[-1][0] // TAB * TAB if items else -TAB) + 2 * TAB
        end = self._end(at, items) if row.indent < limit and at in self._order else None
        if end is not None:
            self.codes[at:end] = ["fenced"] * (end - at)
            if not row.indent and not is_item(row.text):
                items.clear()
        elif row.text and row.indent >= limit:
            self.codes[at] = "indented" if self._starts else ""
            return at + 1
        elif row.text:
            self._note(row, at, items)
        self._starts = end is not None or not row.text
        return end or at + 1

    def _enter(self, row: _Row) -> None:
        """Note that another quote starts, or text outside of any."""
        if self._starts and row.depth and not self._depth and not row.column:
            self._items[0].clear()
        self._items[1].clear()
        self._starts = self._starts or row.depth > self._depth
        self._depth = row.depth

    def _note(self, row: _Row, at: int, items: _Items) -> None:
        """Note what a line of text does to the open items."""
        if is_item(row.text):
            while items and items[-1][0] >= row.indent:
                items.pop()
            items.append((row.indent, at))
        elif row.indent == 0 and self._starts:
            items.clear()

    def _end(self, at: int, items: _Items) -> int | None:
        """Return the line behind the code that a fence opens, if another closes it within the same item."""
        mark = self._marks[self._order[at]]
        holder = next((item for indent, item in reversed(items) if indent < mark.indent), None)
        key = (mark.place, mark.indent, holder)
        if mark.size >= self._unclosed.get(key, mark.size + 1):
            return None
        last = len(self.rows) if holder is None else self._ends[holder]
        closing = _closing(self._marks, self._order[at], last)
        if closing is None:
            self._unclosed[key] = mark.size
        return None if closing is None else closing + 1


def _row(row: str) -> _Row:
    if not row:
        return _EMPTY
    if row[0].isalpha():
        return _Row(0, 0, 0, row)
    row = row.expandtabs(TAB) if "\t" in row else row
    bare = row.lstrip(" ")
    if bare[:1] != ">":
        return _Row(0, 0, len(row) - len(bare), bare if bare.strip() else "")
    quote = quote_of(row)
    rest = row[len(quote) :]
    text = rest.lstrip(" ")
    column = len(quote) - len(quote.lstrip(" "))
    return _Row(quote.count(">"), column, len(rest) - len(text), text if text.strip() else "")


def _marks(rows: Sequence[_Row]) -> Iterator[_Mark]:
    run = 0
    for at, row in enumerate(rows):
        run = run if row.depth else at + 1
        if "```" not in row.text and "~~~" not in row.text:
            continue
        found = _FENCE.match(row.text)
        if found and (row.indent < TAB or found.start(1) == 0):
            place = (run if row.depth else -1, row.depth, found[1][0])
            yield _Mark(at, place, len(found[1]), not found[2].strip(), row.indent)


def _ends(rows: Sequence[_Row]) -> list[int]:
    """Return for each line the next that would end an item that starts there."""
    ends = [len(rows)] * len(rows)
    still: list[int] = []
    for at, row in enumerate(rows):
        if not row.text:
            continue
        while still and _is_outside(row, rows[still[-1]]):
            ends[still.pop()] = at
        still.append(at)
    return ends


def _is_outside(row: _Row, item: _Row) -> bool:
    if row.depth == item.depth:
        return row.indent <= item.indent
    return row.depth < item.depth or (not item.depth and row.column <= item.indent)


def _closing(marks: Sequence[_Mark], opening: int, last: int) -> int | None:
    """Return the line that closes the code which a mark opens; code in a quote ends with the quote."""
    first = marks[opening]
    for at in range(opening + 1, len(marks)):
        mark = marks[at]
        if mark.at >= last or (first.place[0] >= 0 and mark.place[0] != first.place[0]):
            return None
        if mark.closes and mark.place == first.place and mark.size >= first.size and _is_near(first, mark):
            return mark.at
    return None


def _is_near(first: _Mark, mark: _Mark) -> bool:
    """Return whether a fence is not indented so far that it is a part of the code."""
    return mark.indent < max(TAB, first.indent + TAB)
