"""Fences that Python-Markdown does not read become some that it reads, or code that is indented.

It knows fences at the margin only, with no more than a word behind the first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lwnindex.lines import TAB, Line, is_item, quote_of

_FENCES = ("```", "~~~")
_PLAIN = re.compile(r" *(?:\.?[\w#.+-]+)? *")
_FENCE = re.compile(r"((?: *(?:[-*+]|\d{1,9}[.)]) {1,3})? *)(`{3,}+|~{3,}+)(.*)", re.DOTALL)
_CLASS = re.compile(r"\{[^{}]*?\.([\w#+-][\w#.+-]*)")
_WORD = re.compile(r"[ {.]*([\w#+-][\w#.+-]*)(?![\w#.+=-])")


def repair_fences(lines: Sequence[Line]) -> tuple[tuple[Line, ...], int, int]:
    """Return the lines, how many fences in lists and quotes became indented code, how many lost words."""
    out: list[Line] = []
    levels = _Levels()
    indented = shortened = noted = at = 0
    while (at := _fenced(lines, at)) < len(lines):
        line = lines[at]
        opened = _opened(line)
        if opened is None:
            at += 1
            continue
        out += lines[noted:at]
        end = _end(lines, at, *opened)
        block = lines[at:end]
        if not line.text.startswith(_FENCES):
            # Behind a fence at the margin no list is open, whatever stood above it.
            for above in lines[noted:at]:
                levels.note(above)
        is_in_mark = is_item(line.text[len(quote_of(line.text)) :])
        level = None if is_in_mark else levels.of(line)
        if is_in_mark:
            levels.note(line._replace(code=""))
            out += block
        elif level is None:
            first = _shortened(line)
            shortened += first is not line
            out += [first, *block[1:]]
        else:
            indented += 1
            out += _indented(block, level, out[-1:], lines[end : end + 1])
        levels.behind_blank = True
        noted = at = end
    return (*out, *lines[noted:]), indented, shortened


def _fenced(lines: Sequence[Line], start: int) -> int:
    """Return the place of the next line that is fenced code."""
    for at in range(start, len(lines)):
        if lines[at].code == "fenced":
            return at
    return len(lines)


class _Levels:
    """How many lists the lines so far have open, as Python-Markdown counts them: by columns of four."""

    def __init__(self) -> None:
        self.behind_blank = True
        self._depth = 0
        self._open = {0: 0}

    def note(self, line: Line) -> None:
        """Take in a line that is no fence's."""
        quote, indent, text = _parts(line.text)
        depth = quote.count(">")
        if depth != self._depth:
            self._open = {depth: 0, 0: self._open[0]}
        if depth and self.behind_blank and not line.text.startswith(" "):
            self._open[0] = 0
        self._depth = depth
        blank, self.behind_blank = self.behind_blank, not text
        if not text or line.code:
            return
        now = self._open[depth]
        if is_item(text):
            self._open[depth] = min(indent // TAB, now) + 1
        elif blank:
            self._open[depth] = min(indent // TAB, now)

    def of(self, line: Line) -> int | None:
        """Return how many lists the code is in that a line opens, or None for code at the margin."""
        quote, indent, _ = _parts(line.text)
        depth = quote.count(">")
        if indent == 0 and not depth:
            self._open, self._depth = {0: 0}, 0
        level = self._open.get(depth, 0) if indent > 1 and depth in (0, self._depth) else 0
        return level if level or depth else None


def _parts(text: str) -> tuple[str, int, str]:
    """Return a line's marks of quotes, how far it is indented behind them, and its text."""
    text = text.expandtabs(TAB)
    quote = quote_of(text)
    rest = text[len(quote) :]
    bare = rest.lstrip(" ")
    return quote, len(rest) - len(bare), bare.rstrip()


def _opened(line: Line) -> tuple[int, str] | None:
    """Return in how many quotes a line opens code, and the fence, if it does."""
    quote, _, text = _parts(line.text)
    found = _FENCE.match(text)
    return (quote.count(">"), found[2]) if found else None


def _end(lines: Sequence[Line], at: int, depth: int, fence: str) -> int:
    """Return where the code that a line opens is over."""
    indent = _parts(lines[at].text)[1]
    for end in range(at + 1, len(lines)):
        if lines[end].code != "fenced":
            return end
        if fence not in lines[end].text:
            continue
        quote, inner, text = _parts(lines[end].text)
        is_fence = text.startswith(fence) and not text.strip(fence[0])
        if quote.count(">") == depth and inner < indent + TAB and is_fence:
            return end + 1
    return len(lines)


def _shortened(line: Line) -> Line:
    """Return a line that opens code with the language alone behind the fence."""
    found = _FENCE.match(line.text)
    if found is None or _PLAIN.fullmatch(found[3]):
        return line
    language = _CLASS.match(found[3].lstrip()) or _WORD.match(found[3])
    return line._replace(text=f"{found[1]}{found[2]}{language[1] if language else ''}")


def _indented(block: Sequence[Line], level: int, above: Sequence[Line], below: Sequence[Line]) -> list[Line]:
    """Return fenced code as indented code, with a blank line around it where there is none."""
    quote, indent, _ = _parts(block[0].text)
    depth = quote.count(">")
    marks = _marks(quote)
    prefix = "> " * depth
    lead = prefix + " " * (TAB * level + TAB)
    out = [_blank(block[0], prefix)] if above and _parts(above[0].text)[2] else []
    for line in block[1:-1]:
        row = marks.sub("", line.text.expandtabs(TAB), count=1)
        cut = min(indent, len(row) - len(row.lstrip(" ")))
        is_blank = not row.strip()
        out.append(_blank(line, prefix) if is_blank else Line(line.number, lead + row[cut:], "indented"))
    if below and below[0].text.strip():
        same = quote_of(below[0].text).count(">") == depth
        if not same or _parts(below[0].text)[2]:
            out.append(_blank(block[-1], prefix if same else ""))
    return out


def _marks(quote: str) -> re.Pattern[str]:
    """Return what takes the marks of quotes off the lines of code that starts behind such marks."""
    if not quote:
        return re.compile("")
    space = " ?" if quote.endswith(" ") else ""
    return re.compile(rf"(?: {{0,3}}> ?){{{quote.count('>') - 1}}} {{0,3}}>{space}")


def _blank(beside: Line, prefix: str) -> Line:
    return Line(beside.number, prefix.rstrip())
