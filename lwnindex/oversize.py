"""What is too large to be read line by line: what its beginning says, and all of its text as it is.

A source of any size comes in. Its lines are never told apart, for a hundred megabytes of them would take
gigabytes; its header, which stands at the beginning, is read as in all others. What stands below stays bytes
and becomes text in small pieces.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import chain

from msgspec.structs import replace

from lwnindex.markup import LARGEST
from lwnindex.model import Manuscript
from lwnindex.readers import charset
from lwnindex.readers.items import Items
from lwnindex.readers.text import cleaned, sound

LARGEST_SOURCE = 2 * LARGEST
"""How many characters of a source are read as lines; its body may have half of them."""

_MOST_BYTES = 4
"""So many bytes are one character at most."""

_BEGINNING = 64 * 1024
_PIECE = 1024 * 1024
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_TITLE = re.compile(r"<title(?:\s[^<>]*)?>([^<]*)", re.IGNORECASE)


def codec_of(content: bytes) -> str:
    """Return the character set that a byte order mark names, else UTF-8."""
    return _UTF16.get(content[:2], "utf-8")


def parted(content: bytes) -> tuple[bytes, bytes]:
    """Return the bytes of a source that are read, and all that stand below them: nothing in most."""
    if not _is_large(content):
        return content, b""
    # A line break of UTF-16 is not looked for byte by byte.
    end = content.rfind(b"\n", 0, _BEGINNING) + 1 if codec_of(content) == "utf-8" else 0
    end = end or _between_characters(content, _BEGINNING)
    return content[:end], content[end:]


def _is_large(content: bytes) -> bool:
    if len(content) <= LARGEST_SOURCE or len(content) > LARGEST_SOURCE * _MOST_BYTES:
        return len(content) > LARGEST_SOURCE
    return len(content.decode(codec_of(content), "replace")) > LARGEST_SOURCE


def _between_characters(content: bytes, end: int) -> int:
    """Return a place near this one at which UTF-8 has no character begun; its bytes tell that."""
    if codec_of(content) == "utf-8":
        return next((at for at in range(end, end - _MOST_BYTES, -1) if content[at] & 0xC0 != 0x80), end)
    return end


def pieces(content: bytes, codec: str) -> Iterator[str]:
    """Yield a text in pieces, with plain line ends and without what no HTML can hold."""
    decoder = codecs.getincrementaldecoder(codec)("replace")
    held = ""
    for piece in _cut(content):
        text = held + decoder.decode(piece)
        # What may be half of a line end waits for the rest.
        held = "\r" if text.endswith("\r") else ""
        yield cleaned(text.removesuffix("\r"))
    yield cleaned(held + decoder.decode(b"", final=True))


def damaged_line(parts: Iterable[bytes], codec: str) -> int:
    """Return the first line of a text that is not in its character set, counted from 1; 0 where all is."""
    decoder = codecs.getincrementaldecoder(codec)()
    line = 1
    try:
        for piece in chain.from_iterable(map(_cut, parts)):
            line += decoder.decode(piece).count("\n")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return line + error.object.count(b"\n", 0, error.start)
    return 0


def _cut(content: bytes) -> Iterator[bytes]:
    return (content[start : start + _PIECE] for start in range(0, len(content), _PIECE))


def with_below(found: Manuscript, above: bytes, below: bytes, codec: str) -> Manuscript:
    """Return what a source's beginning says with all that follows; where it starts is told in any case."""
    lines = found.lines or (above.count(b"\n") + 1,)
    return replace(found, lines=lines, below=below, codec=codec)


def whole(found: Manuscript) -> Manuscript:
    """Return a manuscript whose text is whole, for whoever does not publish it."""
    if not found.below:
        return found
    text = "\n".join((found.text, "".join(pieces(found.below, found.codec))))
    return replace(found, text=text, below=b"")


def whole_items(found: Items) -> Items:
    """Return items whose manuscripts are whole."""
    return found._replace(manuscripts=tuple(map(whole, found.manuscripts)))


def is_blank(content: bytes, codec: str) -> bool:
    """Return whether a text has nothing but white space, and what no page shows."""
    return content.isspace() or not any(piece.strip() for piece in pieces(content, codec))


def shown(found: Items, content: bytes, file: str) -> Items:
    """Return what a source holds; of a page too large to be parsed, its source as a text to be shown."""
    reason = next((one.message for one in found.problems if one.code == "too-large"), "")
    if found.manuscripts or not reason:
        return found
    page = charset.decoded(content, file)[0]
    told = tuple(one for one in found.problems if one.code != "too-large")
    own = Manuscript(text=page, markup="html", lines=(1,), title=_title(page), excess=reason)
    return Items((own,), told)


def page_of(above: bytes, below: bytes, file: str) -> Manuscript:
    """Return a page that is too large to be looked at as its source, to be shown."""
    page = charset.decoded(above, file)[0]
    own = Manuscript(text=page, markup="html", title=_title(page))
    codec = codec_of(above)
    return with_below(own, b"", below, charset.declared(above) or codec if codec == "utf-8" else codec)


def _title(page: str) -> str:
    """Return what stands in the first title of a page, or nothing."""
    found = _TITLE.search(page, 0, _BEGINNING)
    return sound(unescape(found[1])) if found else ""
