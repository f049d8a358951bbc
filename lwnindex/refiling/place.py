"""Where an entry of an article stands in its source, and what can be done to it there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from lwnindex.model import Entry
from lwnindex.refiling.exact import Edit


class Obstacle(NamedTuple):
    """Why an entry cannot be rewritten: where it comes from, and the way out."""

    file: str
    line: int
    why: str
    fix: str


Change = Callable[[Entry], Sequence[Edit] | str]
"""Returns the edits that name another entry in the place of one, or why that cannot be named there."""


class Place(NamedTuple):
    """An entry where it is written: its line, how it is changed, and the edits that leave it out, if any.

    Places of one `group` belong to one article.
    """

    entry: Entry
    line: int
    change: Change
    removal: tuple[Edit, ...] = ()
    group: int = 0


def without_item(text: str, spans: Sequence[tuple[int, int]], at: int) -> Edit:
    """Return the edit that leaves out an item of several with separators between them.

    One that has its lines for itself goes with them.
    """
    start, end = spans[at]
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    before, behind = text[first:start].strip(" \t-"), text[end:last].lstrip(" \t,").partition("#")[0]
    if not before and not behind.strip() and len(spans) > 1 and first:
        return Edit(first, min(last + 1, len(text)), "")
    if at + 1 < len(spans):
        return Edit(start, spans[at + 1][0], "")
    return Edit(spans[at - 1][1] if at else start, end, "")


def without_items(text: str, spans: Sequence[tuple[int, int]], at: Sequence[int]) -> list[Edit]:
    """Return the edits that leave out several items; neighbours on one line go together."""
    single = [without_item(text, spans, each) for each in at]
    if all(one.end <= other.start for one, other in pairwise(single)):
        return single
    found: list[Edit] = []
    for first, last in _runs(at):
        behind = spans[last + 1][0] if last + 1 < len(spans) else spans[last][1]
        before = spans[first - 1][1] if first and last + 1 == len(spans) else spans[first][0]
        found.append(Edit(before, behind, ""))
    return found


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Return the first and the last of those that follow each other without a gap."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] + 1 == number:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found
