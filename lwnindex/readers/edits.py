"""Edits of a text that keep the numbers of its lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from lwnindex.lines import Line, marked

_BLANKS = re.compile(r"[ \t]*+")
_EMPTY = re.compile(r"([ \t>]*+)(?:[-*+]|\d{1,9}[.)]|#{1,6})")
_BLANK_REST = re.compile(r"[ \t]*+(?:\n|\Z)")


class Edit(NamedTuple):
    """What stands instead of a part of a text, from one place to another."""

    start: int
    end: int
    text: str


def starts_of(lines: Sequence[Line]) -> list[int]:
    """Return where each line starts in the text that the lines make."""
    return list(accumulate((len(line.text) + 1 for line in lines[:-1]), initial=0))


def edited(lines: Sequence[Line], edits: Iterable[Edit]) -> tuple[Line, ...]:
    """Return the lines with edits of their text made; each line that is left keeps its number.

    What stands behind an edit of several lines stays a line of its own. Of edits that overlap, the one that
    starts first counts.
    """
    draft = _Draft(lines)
    for edit in sorted(edits, key=lambda one: (one.start, -one.end)):
        draft.take(edit)
    rows, numbers = draft.finish()
    codes = marked("\n".join(rows))
    return tuple(Line(number, line.text, line.code) for number, line in zip(numbers, codes, strict=True))


def segments(lines: Sequence[Line]) -> Iterator[tuple[int, bool]]:
    """Yield where runs of lines end in their text that are all code, or all none, and whether they are."""
    starts = starts_of(lines)
    for at in range(1, len(lines)):
        if bool(lines[at].code) != bool(lines[at - 1].code):
            yield starts[at], bool(lines[at - 1].code)
    yield starts[-1] + len(lines[-1].text), bool(lines[-1].code)


class _Draft:
    """The text as far as its edits are made: rows, and the line that each comes from."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._text = "\n".join([line.text for line in lines])
        self._starts = starts_of(lines)
        self._lines = lines
        self._at = 0
        self._row: list[str] = []
        self._is_blank = True
        self._is_cut = False
        self._number = lines[0].number
        self._rows: list[str] = []
        self._numbers: list[int] = []

    def take(self, edit: Edit) -> None:
        if edit.start < self._at:
            return
        self._copy(edit.start)
        first, *more = edit.text.split("\n")
        self._add(first)
        for left, part in zip(range(len(more) - 1, -1, -1), more, strict=True):
            self._break(self._line_at(edit.end - 1 if left else edit.end))
            self._add(part)
        if "\n" in self._text[edit.start : edit.end]:
            self._settle(edit, is_broken=bool(more))
        self._at = edit.end
        self._is_cut = not edit.text
        if self._is_cut and self._is_blank:
            blanks = _BLANKS.match(self._text, self._at)
            self._at = blanks.end() if blanks else self._at

    def finish(self) -> tuple[list[str], list[int]]:
        self._copy(len(self._text))
        self._end_row()
        return self._rows, self._numbers

    def _copy(self, end: int) -> None:
        """Take in the text up to the next edit."""
        first, *more = self._text[self._at : end].split("\n")
        self._is_cut = self._is_cut and not first.strip()
        self._add(first)
        line = self._line_at(end) - len(more)
        for step, part in enumerate(more, 1):
            self._break(line + step)
            self._add(part)

    def _add(self, part: str) -> None:
        self._row.append(part)
        self._is_blank = self._is_blank and not part.strip()

    def _settle(self, edit: Edit, *, is_broken: bool) -> None:
        """Give what follows an edit of several lines the number of its own line."""
        line = self._line_at(edit.end)
        if not any(self._row):
            self._number = self._lines[line].number
        elif not is_broken and not _BLANK_REST.match(self._text, edit.end):
            self._break(line)

    def _break(self, line: int) -> None:
        self._end_row()
        self._row, self._is_blank, self._is_cut = [], True, False
        self._number = self._lines[line].number

    def _end_row(self) -> None:
        row = "".join(self._row)
        self._rows.append(_tidy(row) if self._is_cut else row)
        self._numbers.append(self._number)

    def _line_at(self, at: int) -> int:
        return bisect_right(self._starts, at) - 1


def _tidy(row: str) -> str:
    """Return a line whose end went without white space, and without a mark that marks nothing."""
    bare = row.rstrip()
    empty = _EMPTY.fullmatch(bare)
    return empty[1].rstrip() if empty else bare
