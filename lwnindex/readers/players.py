"""Frames, films and sounds that a page would fetch from elsewhere become links to them.

No page may do that, and what a text says of them is all that is kept: where they are, and their title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape
from itertools import groupby

from lwnindex.lines import Line

_MARKS = ("<iframe", "<video", "<audio", "<embed", "<object")
_MOST = 500
"""Players of a text; each may be looked for to the end of a few thousand characters."""

_PLAYER = re.compile(
    r"(?P<code>(?<!`)(`++)(?!`)(?:(?!\2(?!`))[^`]|`(?!\2))*?\2(?!`))"
    r"|<(?P<name>iframe|video|audio|embed|object)\b(?P<said>[^<>]{0,4000})>"
    r"(?:(?P<inside>(?s:.){0,4000}?)</(?P=name)\s*>)?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"(?<![\w-])(?:src|data-src|data)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE
)
_TITLE = re.compile(r"(?<![\w-])title\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_SCHEME = re.compile(r"(?i:https?:)?//|(?![a-z][a-z0-9+.-]*:)", re.IGNORECASE)
_YOUTUBE = re.compile(r"https?://(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]{5,20})(?:\?.*)?")
_MARKUP = re.compile(r"[*_`~\[\]\\|{}$]")


def linked(lines: Sequence[Line]) -> tuple[Sequence[Line], int]:
    """Return the lines of a Markdown text with a link for each player outside of code, and how many.

    Every line keeps its number.
    """
    if not any(_may_play(line.text) for line in lines):
        return lines, 0
    out: list[Line] = []
    count = 0
    for code, group in groupby(lines, key=lambda line: bool(line.code)):
        run = list(group)
        if not code:
            text, found = _replaced("\n".join(line.text for line in run))
            count += found
            rows = text.split("\n")
            run = [line._replace(text=row) for line, row in zip(run, rows, strict=True)]
        out += run
    return (out, count) if count else (lines, 0)


def linked_html(html: str) -> str:
    """Return HTML with a link for each player."""
    return _replaced(html)[0] if _may_play(html) else html


def _may_play(text: str) -> bool:
    lower = text.lower() if "<" in text else ""
    return any(mark in lower for mark in _MARKS)


def _replaced(text: str) -> tuple[str, int]:
    """Return a text with links for its players, and their number; one of very many is left as it is."""
    lower = text.lower()
    if sum(map(lower.count, _MARKS)) > _MOST:
        return text, 0
    count = 0

    def replaced(found: re.Match[str]) -> str:
        nonlocal count
        address = "" if found["code"] else _address(f"{found['said']} {found['inside'] or ''}")
        if not address:
            return found[0]
        count += 1
        title = _TITLE.search(found["said"])
        words = " ".join(unescape(next(filter(None, title.groups()), "") if title else "").split()) or address
        # As many lines as before: the numbers of those that follow stay true.
        return f'<a href="{escape(address)}">{_plain(words)}</a>' + "\n" * found[0].count("\n")

    return _PLAYER.sub(replaced, text), count


def _address(said: str) -> str:
    """Return where a player's film or page is, if that can be a link."""
    found = _ADDRESS.search(said)
    address = unescape(next(filter(None, found.groups()), "")).strip() if found else ""
    if not address or not _SCHEME.match(address) or re.search(r"[\s<>\"]", address):
        return ""
    address = f"https:{address}" if address.startswith("//") else address
    film = _YOUTUBE.fullmatch(address)
    return f"https://www.youtube.com/watch?v={film[1]}" if film else address


def _plain(words: str) -> str:
    """Return words as HTML in which no mark of Markdown is one, in HTML and in Markdown alike."""
    return _MARKUP.sub(lambda mark: f"&#{ord(mark[0])};", escape(words, quote=False))
