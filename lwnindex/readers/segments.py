"""HTML as lines of Markdown, so that what reads the lines of dumps also reads saved pages.

Only what bylines, trailers and comments are told by is written out: strong words, links, headings, rules,
quotes. Each line knows where it stood in the HTML, and can be cut out there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from html import unescape
from itertools import zip_longest
from typing import NamedTuple

from lwnindex.lines import Code, Line
from lwnindex.readers.text import squeezed

# What lexbor writes has no angle bracket but those around tags and comments.
_TOKEN = re.compile(r"<!--.*?-->|<(/?)([a-zA-Z][^\s/<>]*+)([^<>]*+)>", re.DOTALL)
_HREF = re.compile(r'\shref="([^"]*)"')
_NAMES = re.compile(r"([\\`*_\[\]]|^[#>]|&(?=[#\w]+;))")
_ADDRESS = re.compile(r"[\s()<>\[\]]")
_STRONG = re.compile("\x01( ?)([^\x01]*?)( ?)\x01")
_COMMENTS = re.compile(r"\[(Comments \((?:none|\d+) posted\))\]\([^()]*\)")
_EMPTY = re.compile(r"<([a-z]+)(?: [^<>]*)?>\s*$")
_ENDING = re.compile(
    r"(?:\s|&nbsp;|<br(?: [^<>]*+)?>|<p(?: [^<>]*+)?>(?:\s|&nbsp;|<br(?: [^<>]*+)?>)*+(?:</p>)?+)+$"
)
_BEGINNING = re.compile(
    r"(?:\s|&nbsp;|<br(?: [^<>]*+)?>"
    r"|<(p|div)(?: [^<>]*+)?>(?:\s|&nbsp;|<br(?: [^<>]*+)?>|<p>(?:\s|&nbsp;)*+</p>)*+</\1>)+"
)
_WITHIN = re.compile(r"(?:\s|&nbsp;|<br(?: [^<>]*+)?>)+</p>$")
_LONGEST_ENDING = 1_000

_BLOCKS = frozenset(
    {
        *(
            "p",
            "div",
            "center",
            "blockquote",
            "pre",
            "ul",
            "ol",
            "li",
            "dl",
            "dt",
            "dd",
            "section",
            "article",
        ),
        *("table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "header", "footer", "aside"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "figure", "figcaption", "details", "summary", "form"),
    }
)
_MARKS = {**{f"h{level}": "#" * level + " " for level in range(1, 7)}, "li": "* ", "td": "| ", "th": "| "}
_NESTED = ("blockquote", "pre")


class Segment(NamedTuple):
    """A line, and where it starts and ends in the HTML."""

    line: Line
    start: int
    end: int


def segments_of(html: str) -> tuple[Segment, ...]:
    """Return the lines of canonical HTML; `line.number` counts them from 1, and none is blank."""
    return tuple(one for one in _Scan(html).run() if one.line.text.strip())


def spread(segments: Sequence[Segment]) -> list[Line]:
    """Return the lines with a blank one between any two that no `<br>` parts."""
    out: list[Line] = []
    for one, following in zip_longest(segments, segments[1:]):
        out.append(one.line)
        if following is None or not one.line.text.endswith("  ") or following.start != one.end:
            out.append(Line(0, ""))
    return out


def without(html: str, segments: Sequence[Segment], kept: Collection[int]) -> str:
    """Return HTML without those of these segments whose numbers are not among the kept ones."""
    for one in reversed(segments):
        if one.line.number not in kept:
            html = _cut(html, one.start, one.end)
    return html


def bared(html: str) -> str:
    """Return HTML without the line breaks and empty paragraphs at its ends."""
    first = _BEGINNING.match(html)
    html = html[first.end() :] if first else html
    found = _ENDING.search(html, max(0, len(html) - _LONGEST_ENDING))
    html = html[: found.start()] if found else html
    within = _WITHIN.search(html, max(0, len(html) - _LONGEST_ENDING))
    return html[: within.start()] + "</p>" if within else html


def _cut(html: str, start: int, end: int) -> str:
    """Return HTML without a part of it, and without the elements that held only this."""
    before, after = html[:start], html[end:]
    while found := _EMPTY.search(before, max(0, len(before) - 500)):
        closing = f"</{found[1]}>"
        if not after.lstrip().startswith(closing):
            break
        before, after = before[: found.start()], after.lstrip()[len(closing) :]
    return before + after


class _Scan:
    """One reading of some HTML: the words of the line so far, and what it stands in."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._number = 0
        self._words: list[str] = []
        self._mark = ""
        self._start = 0
        self._depth = dict.fromkeys(_NESTED, 0)
        self._links: list[str] = []

    def run(self) -> Iterator[Segment]:
        """Yield the segments, blank ones among them."""
        last = 0
        for found in _TOKEN.finditer(self._html):
            self._words.append(_escaped(self._html[last : found.start()]))
            last = found.end()
            yield from self._tag(found)
        self._words.append(_escaped(self._html[last:]))
        yield self._line(len(self._html))

    def _tag(self, found: re.Match[str]) -> Iterator[Segment]:
        name = (found[2] or "").lower()
        if name == "br":
            yield self._line(found.end(), "  ")
            self._start = found.end()
        elif name == "hr":
            yield self._line(found.start())
            self._words.append("* * *")
            self._start = found.start()
            yield self._line(found.end())
            self._start = found.end()
        elif name in _BLOCKS:
            yield self._line(found.start())
            self._block(name, found)
        else:
            self._words.append(self._inline(name, found))

    def _block(self, name: str, found: re.Match[str]) -> None:
        self._start = found.end()
        self._mark = "" if found[1] else _MARKS.get(name, "")
        if name in _NESTED:
            self._depth[name] = max(0, self._depth[name] + (-1 if found[1] else 1))

    def _inline(self, name: str, found: re.Match[str]) -> str:
        """Return what a tag within a line is in Markdown."""
        if name in ("b", "strong"):
            return "\x01"
        if name != "a":
            return ""
        if found[1]:
            href = self._links.pop() if self._links else ""
            return f"]({href})" if href else ""
        href = _href(found[3])
        self._links.append(href)
        return "[" if href else ""

    def _line(self, end: int, ending: str = "") -> Segment:
        self._number += 1
        words = squeezed("".join(self._words))
        words = _STRONG.sub(lambda one: f"{one[1]}**{one[2]}**{one[3]}" if one[2] else "", words)
        words = _COMMENTS.sub(r"\1", squeezed(words.replace("\x01", "")))
        if words:
            words = "> " * min(self._depth["blockquote"], 9) + self._mark + words
        code: Code = "fenced" if self._depth["pre"] else ""
        self._words = []
        return Segment(Line(self._number, words + ending if words else "", code), self._start, end)


def _escaped(text: str) -> str:
    return _NAMES.sub(lambda found: "&amp;" if found[0] == "&" else "\\" + found[0], unescape(text))


def _href(attributes: str) -> str:
    """Return a link's address as Markdown can hold it; that of a page's own comments is none."""
    found = _HREF.search(attributes)
    address = unescape(found[1]).strip() if found else ""
    if address.endswith("#Comments"):
        return ""
    return _ADDRESS.sub(lambda one: "".join(f"%{byte:02X}" for byte in one[0].encode()), address)
