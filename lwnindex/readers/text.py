"""Bytes become text, and a line's Markdown plain words: what all readers do before they read."""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Sequence
from contextlib import suppress

import msgspec

from lwnindex import unseen
from lwnindex.lines import Line
from lwnindex.model import Problem
from lwnindex.problems import problem

_ENCODER = msgspec.msgpack.Encoder()

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# U+0000, surrogates and noncharacters may stand neither in HTML nor in XML.
_FORBIDDEN = re.compile(
    "[\x00\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(1, 17))
    + "]"
)
_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]+")
_CONTROL_BYTES = bytes([*range(9), *range(11, 32), 127])
_RARE = (
    (b"\xc2", re.compile(rb"\xc2[\x80-\x9f]")),
    (b"\xef", re.compile(rb"\xef\xb7[\x90-\xaf]")),
    (b"\xbf", re.compile(rb"\xbf[\xbe\xbf]")),
)
"""C1 controls and noncharacters in UTF-8, each with what its bytes hold and most texts do not."""

_LONGEST_PLAIN = 2_000
_LINK = re.compile(r"!?\[((?:\\.|[^\[\]\\])*+)\]\(([^()\s]*+(?:\([^()\s]*+\)[^()\s]*+)*+)(?: +\"[^\"]*\")?\)")
_CODE = re.compile(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_STRONG = re.compile(r"(?<![\\*_])(\*\*|__)(?=\S)(.+?)(?<=[^\s\\])\1")
_EMPHASIS = re.compile(r"(?<![\\\w*])([*_])(?=\S)([^*_]+?)(?<=[^\s\\])\1(?![\w*])")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def decode(content: bytes, file: str) -> tuple[str, tuple[Problem, ...]]:
    """Return a source's text with plain line ends, and a problem where bytes are no text.

    UTF-8, or UTF-16 where a byte order mark says so. What HTML cannot hold becomes U+FFFD; other control
    characters but tab are dropped.
    """
    encoding = "utf-16" if content.startswith(_UTF16) else "utf-8"
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        text = content.decode(encoding)
        return text if encoding == "utf-8" and is_legal(content) else cleaned(text), ()
    except UnicodeDecodeError as error:
        line = cleaned(content[: error.start].decode(encoding, "replace")).count("\n") + 1
        return cleaned(content.decode(encoding, "replace")), (not_utf8(file, line),)


def utf8(text: str) -> bytes:
    """Return a text in UTF-8; UnicodeEncodeError where it holds a surrogate.

    Whoever wants the same text in UTF-8 later, be it nh3, has it without the work of encoding.
    """
    # CPython keeps with a text what msgspec asks for, but not what str.encode() and nh3 do.
    if not text.isascii():
        _ENCODER.encode(text)
    return text.encode()


def is_legal(raw: bytes) -> bool:
    """Return whether UTF-8 holds no control but tab and line feed and no noncharacter; no may be wrong."""
    if len(raw.translate(None, _CONTROL_BYTES)) < len(raw):
        return False
    return raw.isascii() or not any(byte in raw and found.search(raw) for byte, found in _RARE)


def cleaned(text: str) -> str:
    """Return a text with plain line ends, U+FFFD for what HTML cannot hold and no other control but tab."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    # Looking at the bytes takes a twentieth of the time of the patterns, which seldom find anything.
    with suppress(UnicodeEncodeError):
        if is_legal(plain.encode()):
            return plain
    return _CONTROL.sub("", _FORBIDDEN.sub("\ufffd", plain))


def not_utf8(file: str, line: int) -> Problem:
    """Return what is told of bytes that are no text."""
    message = "the file is not UTF-8 from this line on; U+FFFD stands for what could not be read."
    return problem("not-utf8", file, line, message, "Save the file as UTF-8.")


def sound(field: str) -> str:
    """Return a field as one line without what no page may hold and nobody sees; YAML can write it all."""
    if field.isascii() and field.isprintable():
        return squeezed(field)
    return squeezed(unseen.of_field(_CONTROL.sub("", _FORBIDDEN.sub("\ufffd", field))))


def squeezed(text: str) -> str:
    """Return a text with single spaces for all its white space, no-break spaces among it, and none around."""
    return " ".join(text.split())


def unescaped(text: str) -> str:
    """Return a text without Markdown's backslashes and with HTML's character references resolved."""
    return html.unescape(_ESCAPE.sub(r"\1", text) if "\\" in text else text)


def plain(text: str) -> str:
    """Return the words of a line of Markdown without marks, links and escapes; a very long line as it is."""
    if len(text) > _LONGEST_PLAIN:
        return squeezed(text)
    bare = _LINK.sub(r"\1", text) if "](" in text else text
    if "`" in bare:
        bare = _CODE.sub(r"\2", bare)
    if "*" in bare or "_" in bare:
        bare = _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", bare))
    return squeezed(unescaped(bare))


def link(text: str) -> tuple[str, str] | None:
    """Return (label, address) of a text that is one Markdown link and nothing else, both as written."""
    found = _LINK.fullmatch(text.strip()) if len(text) <= _LONGEST_PLAIN else None
    return (found[1], found[2]) if found and not text.lstrip().startswith("!") else None


def addresses(text: str) -> list[str]:
    """Return the addresses of all Markdown links in a text, as written."""
    return [found[2] for found in _LINK.finditer(text)]


def filled_places(lines: Sequence[Line], most: int) -> list[int]:
    """Return the places of the first lines that are not blank, no more than `most`."""
    places: list[int] = []
    for at, line in enumerate(lines):
        if line.text and not line.text.isspace():
            places.append(at)
            if len(places) == most:
                break
    return places


def trimmed(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines without blank ones at either end."""
    start = next((at for at, line in enumerate(lines) if line.text.strip()), None)
    if start is None:
        return ()
    end = len(lines)
    while not lines[end - 1].text.strip():
        end -= 1
    return lines[start:end]
