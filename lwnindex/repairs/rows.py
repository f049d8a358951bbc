"""A row of a table in Markdown becomes its cells."""

from __future__ import annotations

import re
from itertools import pairwise

Cells = list[str]

_MARK = re.compile(r"\\.|`+|\|", re.DOTALL)


def split_row(text: str) -> Cells:
    """Return the cells of a row, parted by bars that neither a backslash nor inline code protects."""
    if "|" not in text:
        return [text.strip()]
    marks = list(_MARK.finditer(text))
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
