"""An XML document as its tags and what stands between them, in a time that grows with its length alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

MOST_STRAYS = 5_000
"""After so many marks of tags that end nowhere the rest is one part: each of them takes its time."""

CDATA = ("<![CDATA[", "]]>")
COMMENT = ("<!--", "-->")
_MARKS = (COMMENT, CDATA, ("<?", "?>"), ("<!", ">"))
_TAG = re.compile(r"<(/?)([A-Za-z_][^\s<>/]*+)((?:[^<>\"']++|\"[^\"<]*\"|'[^'<]*')*+)>")


class Part(NamedTuple):
    """A tag, with its name in lower case and without prefix; or, without a name, what stands between two.

    `written` is the name as it stands there; `is_mark` says that a part is a comment, character data, a
    declaration or an instruction, `strays` how many marks of tags it holds that end nowhere.
    """

    start: int
    end: int
    name: str = ""
    is_end: bool = False
    attributes: str = ""
    written: str = ""
    is_mark: bool = False
    strays: int = 0


def parts(text: str) -> Iterator[Part]:
    """Yield a document's tags, and what stands between them in pieces, in order and without a gap."""
    at = done = strays = most = 0
    endless: set[str] = set()
    while most <= MOST_STRAYS and (at := text.find("<", at)) >= 0:
        tag = _TAG.match(text, at)
        end = tag.end() if tag else _end_of_mark(text, at, endless)
        if end is None:
            at += 1
            strays += 1
            most += 1
            continue
        if at > done:
            yield Part(done, at, strays=strays)
            strays = 0
        yield _of(tag) if tag else Part(at, end, is_mark=True)
        at = done = end
    yield Part(done, len(text), strays=strays)


def _of(tag: re.Match[str]) -> Part:
    name = tag[2].lower().rpartition(":")[2]
    return Part(tag.start(), tag.end(), name, bool(tag[1]), tag[3], tag[2])


def _end_of_mark(text: str, at: int, endless: set[str]) -> int | None:
    """Return the end of a comment, of character data or of an instruction; None where there is none."""
    for opening, closing in _MARKS:
        if text.startswith(opening, at) and closing not in endless:
            end = text.find(closing, at + len(opening))
            if end >= 0:
                return end + len(closing)
            # It is not looked for again: that would take the square of the text's length.
            endless.add(closing)
    return None
