"""What other generators' template languages leave in a Markdown text is turned into Markdown or left out.

Lines come in, lines go out; each that is left keeps its number. Whatever is taken away is counted, and what
a reader would have seen and now does not is told. Code stays as it is, for it may be about such a language.
A text that holds no mark of any comes back as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from lwnindex.lines import Line
from lwnindex.model import Problem
from lwnindex.problems import problem
from lwnindex.readers.edits import edited
from lwnindex.readers.foreignlinks import PLACES
from lwnindex.readers.foreignscan import Lost, Scan, has_more
from lwnindex.readers.templatetags import Syntax

__all__ = ["Cleared", "LeftOut", "Syntax", "cleared", "problems_of"]

_TAGS = ("{%", "{{")
_MARKS: dict[Syntax, tuple[str, ...]] = {
    "liquid": _TAGS,
    "hugo": ("{{<", "{{%"),
    "zola": (*_TAGS, "@/"),
    "kramdown": ("{:", "markdown="),
    "pelican": ("[TOC]", "[toc]", *(f"{{{one}}}" for one in PLACES), *(f"|{one}|" for one in PLACES)),
    "nikola": ("{{%", "link://", "[TOC]", "[toc]"),
}
_LONGEST_SHOWN = 60
_KINDS = {
    "Liquid tag": "Liquid tags",
    "Liquid output": "Liquid outputs",
    "Hugo shortcode": "Hugo shortcodes",
    "Zola shortcode": "Zola shortcodes",
    "Nikola shortcode": "Nikola shortcodes",
    "link": "links",
}
_FIXES = {
    "link": "Link to the article's file, to /Articles/ID/ or to a whole address.",
    "": "Write in Markdown what it showed, or take it out of the text.",
}


class LeftOut(NamedTuple):
    """What was left out: the line where it stood, what it is, and how it began."""

    line: int
    kind: str
    shown: str


class Cleared(NamedTuple):
    """Lines without another generator's language, what was done how often, and what was left out."""

    lines: Sequence[Line]
    counts: dict[str, int]
    lost: tuple[LeftOut, ...]


def cleared(lines: Sequence[Line], syntaxes: Collection[Syntax], source: str = "") -> Cleared:
    """Return lines as Markdown without what the given languages put into it.

    `source` is the path of their file below the folder that the site counts paths from; a link that names
    a file of the same folder by such a path becomes the way from one to the other.
    """
    text = "\n".join([line.text for line in lines])
    if not has_more(text) and not any(mark in text for one in syntaxes for mark in _MARKS[one]):
        return Cleared(lines, {}, ())
    found = Scan(lines, syntaxes, source).run()
    if not found.edits:
        return Cleared(lines, {}, ())
    return Cleared(
        edited(lines, found.edits), dict(sorted(found.counts.items())), _left_out(found.lost, lines)
    )


def _left_out(lost: Sequence[Lost], lines: Sequence[Line]) -> tuple[LeftOut, ...]:
    """Return what was lost with the numbers of its lines."""
    found: list[LeftOut] = []
    at = behind = 0
    for one in sorted(lost):
        while at < len(lines) - 1 and behind + len(lines[at].text) < one.at:
            behind += len(lines[at].text) + 1
            at += 1
        found.append(LeftOut(lines[at].number, one.kind, _short(one.shown)))
    return tuple(found)


def _short(shown: str) -> str:
    return shown if len(shown) <= _LONGEST_SHOWN else f"{shown[: _LONGEST_SHOWN - 1]}…"


def problems_of(found: Cleared, file: str) -> tuple[Problem, ...]:
    """Return one problem for each kind of what was left out, at the first of that kind."""
    kinds = dict.fromkeys(one.kind for one in found.lost)
    return tuple(_problem(file, [one for one in found.lost if one.kind == kind]) for kind in kinds)


def _problem(file: str, lost: Sequence[LeftOut]) -> Problem:
    first = lost[0]
    fix = _FIXES.get(first.kind, _FIXES[""])
    if len(lost) == 1:
        message = f"1 {first.kind} was left out: {first.shown}."
    else:
        message = f"{len(lost)} {_KINDS[first.kind]} were left out (first: {first.shown})."
    return problem("left-out", file, first.line, message, fix)
