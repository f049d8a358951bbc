"""The bytes of a feed become text, in whatever encoding they are."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

LARGEST = 16 * 1024 * 1024

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_STARTS = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
    (b"{\0", "utf-16-le"),
    (b"\0{", "utf-16-be"),
)
# Some stand below a comment, where no parser takes them, but what they say is meant.
_DECLARED = re.compile(rb"<\?xml\b[^<>]{0,200}?\bencoding\s*=\s*[\"']([\w.:\-]{1,40})[\"']")
_FOREIGN = re.compile(rb"[\x80-\xff]{4}")
"""What letters of the West beside those of ASCII never are: four in a row."""
_DECLARATION = re.compile(r"<\?xml\b[^<>]{0,400}>")
_HEAD = 2_000
# Python's codecs are more than encodings of text, and some of them are slow.
_KNOWN = re.compile(
    r"utf-8|iso8859-\d+|cp\d+|koi8-[rtu]|mac-\w+|tis-620|big5(hkscs)?|gb(k|2312|18030)|hz"
    r"|euc_(jp|kr|jis_2004|jisx0213)|shift_jis(_2004|x0213)?|iso2022_\w+|johab|ptcp154|kz1048|hp-roman8"
)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "iso8859-1": "cp1252", "iso8859-9": "cp1254"}
"""What browsers read instead of an encoding, since authors mean it."""

# What XML 1.0 has no character for, in whatever way it came here.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Read(NamedTuple):
    """A feed's text, and the line from which on bytes were none, or 0."""

    text: str
    unreadable: int = 0


def decoded(content: bytes) -> Read:
    """Return a feed's text without byte order mark and declaration, line by line as it was.

    A byte order mark counts before what the first bytes look like, and that before the declaration. Bytes
    that are none in that encoding are read as UTF-8 if all are; else U+FFFD stands for them, or, where no
    encoding is named, and they could be letters of the West, those.
    """
    encoding, bare = _encoding(content)
    for tried in filter(None, (encoding, "utf-8")):
        try:
            return Read(_legal(bare.decode(tried)))
        except UnicodeDecodeError:
            continue
    text = bare.decode(encoding or "utf-8", "replace")
    line = _legal(text).count("\n", 0, text.find("\ufffd")) + 1
    western = not encoding and not _FOREIGN.search(bare)
    return Read(_legal(bare.decode("cp1252", "replace") if western else text), line)


def _encoding(content: bytes) -> tuple[str, bytes]:
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name, content[len(mark) :]
    for start, name in _STARTS:
        if content.startswith(start):
            return name, content
    found = _DECLARED.search(content, 0, _HEAD)
    return encoding_named(found[1].decode("ascii", "replace")) if found else "", content


def encoding_named(declared: str) -> str:
    """Return Python's name of an encoding of text; nothing for all others, and for ASCII, which few mean."""
    try:
        name = codecs.lookup(declared).name
    except (LookupError, ValueError):
        return ""
    if name == "ascii" or not _KNOWN.fullmatch(name):
        return ""
    return _WIDER.get(name, name)


def _legal(text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    found = _DECLARATION.search(plain, 0, _HEAD)
    if found:
        plain = plain[: found.start()] + "\n" * found[0].count("\n") + plain[found.end() :]
    return allowed(plain)


def allowed(text: str) -> str:
    """Return a text with U+FFFD for what XML has no character for; JSON and references can write it."""
    return text if text.isprintable() else _FORBIDDEN.sub("\ufffd", text)
