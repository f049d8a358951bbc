"""What a command may print: lines and JSON without what would steer a terminal.

What nobody sees goes from a line, for people read it; JSON keeps it as escapes, for programs read that.
"""

from __future__ import annotations

import re
import unicodedata

_PRINTED = re.compile(rb"[\n\x20-\x7e]*")
_BEYOND = re.compile("[^\n\x20-\x7e]")
_JOINERS = "\u200c\u200d"
"""What Persian, Indian languages and pictures of families are spelled with; it moves nothing."""


def printable(line: str) -> str:
    """Return a line without what would steer a terminal."""
    return "".join(each if _is_shown(each) else "\N{REPLACEMENT CHARACTER}" for each in line)


def printable_json(encoded: bytes) -> bytes:
    """Return JSON that means the same, with escapes for what would steer a terminal."""
    if _PRINTED.fullmatch(encoded):
        return encoded
    return _BEYOND.sub(_escaped, encoded.decode("utf-8")).encode("utf-8")


def _escaped(found: re.Match[str]) -> str:
    letter = found[0]
    return letter if _is_shown(letter) else re.sub("(....)", r"\\u\1", letter.encode("utf-16-be").hex())


def _is_shown(letter: str) -> bool:
    return letter.isprintable() or letter in _JOINERS or unicodedata.category(letter) == "Zs"
