"""Where an entry of an article stands in its source, and what can be done to it there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
