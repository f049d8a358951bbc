"""A source's bytes as its reader's text, and edits of that text done to the bytes, exact outside of them.

The reader's text has plain line ends and lacks the byte order mark and control characters. Where each of its
characters stands in the bytes is found out, so that all that no edit names stays as it is.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from lwnindex.readers.text import decode

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Edit(NamedTuple):
    """What is to stand in the place of the characters from `start` to `end`."""

    start: int
    end: int
    text: str


class Inexact(Exception):  # noqa: N818
    """Bytes whose text cannot be edited in them, and why."""


class Exact:
    """The bytes of a source, and its text as a reader has it."""

    def __init__(self, content: bytes, codec: str = "utf-8") -> None:
        mark, named = next((one for one in _BOMS if content.startswith(one[0])), (b"", codec))
        self.content = content
        self.codec = named
        self._start = len(mark)
        self.text = reader_text(content, codec)

    def edited(self, edits: Iterable[Edit]) -> bytes:
        """Return the bytes with the edits done; Inexact where the encoding does not hold a letter of them."""
        out = []
        last = 0
        for start, end, text in ordered(edits):
            out += [self.content[last : self._places[start]], self._encoded(text)]
            last = self._places[end]
        return b"".join([*out, self.content[last:]])

    def _encoded(self, text: str) -> bytes:
        try:
            return text.replace("\n", self._newline).encode(self.codec)
        except UnicodeEncodeError as error:
            letter = error.object[error.start]
            raise Inexact(f'the encoding of the file ({self.codec}) has no "{letter}"') from None

    @property
    def _newline(self) -> str:
        """What ends a line of the file, as the first one does."""
        raw = self.content.decode(self.codec, "replace")
        found = re.search(r"\r\n?|\n", raw)
        return found[0] if found else "\n"

    @cached_property
    def _places(self) -> Sequence[int]:
        """Where each character of the text starts in the bytes, and where the last one ends."""
        if self.text.isascii() and len(self.text) == len(self.content) - self._start:
            return range(self._start, len(self.content) + 1)
        raw, starts = _decoded(self.content, self._start, self.codec)
        places: list[int] = []
        at = 0
        for letter in self.text:
            at = _next(raw, at, letter)
            places.append(starts[at])
            at += 1
        # A carriage return is part of the line end that it starts.
        return [*places, len(self.content)]


def _next(raw: str, at: int, letter: str) -> int:
    """Return where a letter of the reader's text stands in that of the bytes: a few may be left out."""
    while at < len(raw) and not _is_same(raw[at], letter):
        at += 1
    if at >= len(raw):
        raise Inexact("its text cannot be told from its bytes")
    if letter == "\n" and raw[at] == "\n" and at and raw[at - 1] == "\r":
        # The line feed of a pair whose carriage return was the line end; the next one is meant.
        return _next(raw, at + 1, letter)
    return at


def _is_same(raw: str, letter: str) -> bool:
    """Tell whether a reader's letter may be what it makes of one that stands in the bytes."""
    if letter == "\n":
        return raw in "\r\n"
    # For what no page can hold a reader has U+FFFD, and nothing for most control characters.
    return raw == letter or (letter == "\ufffd" and (raw == "\0" or raw >= "\ud800"))


def _decoded(content: bytes, start: int, codec: str) -> tuple[str, list[int]]:
    """Return the text of bytes as they are, and where each of its characters starts."""
    decoder = codecs.getincrementaldecoder(codec)("replace")
    letters: list[str] = []
    starts: list[int] = []
    first = start
    for at in range(start, len(content)):
        found = decoder.decode(content[at : at + 1], at + 1 == len(content))
        for number, letter in enumerate(found):
            letters.append(letter)
            starts.append(first if number == 0 else at)
        first = at + 1 if found else first
    return "".join(letters), starts


def reader_text(content: bytes, codec: str = "utf-8") -> str:
    """Return the text that readers have of bytes."""
    if codec == "utf-8" or content.startswith(tuple(mark for mark, _ in _BOMS)):
        return decode(content, "")[0]
    how = "ignore" if codec == "cp1252" else "replace"
    return decode(content.decode(codec, how).encode("utf-8", "replace"), "")[0]


def ordered(edits: Iterable[Edit]) -> list[Edit]:
    """Return edits by their places, each once; Inexact where two are of one place."""
    found = sorted(set(edits))
    for one, other in pairwise(found):
        if other.start < one.end:
            raise Inexact("two entries share one place")
    return found


def applied(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits done."""
    out = []
    last = 0
    for start, end, new in ordered(edits):
        out += [text[last:start], new]
        last = end
    return "".join([*out, text[last:]])
