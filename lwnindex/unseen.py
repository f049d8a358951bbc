"""Characters that nobody sees: what they would do to a text, undone.

The controls of the bidirectional algorithm (UAX 9) let a text be shown in another order than it is read by
programs, and move what stands beside it: "Trojan Source", CVE-2021-42574. Letters have a direction of their
own, HTML has `dir` and `bdi` for the rest, so the embeddings, overrides and isolates go from fields and from
running text, balanced ones too: `U+202E gpj.exe U+202C` deceives as well. In code they are shown by name, as
what a program reads shall be what people read. The marks U+200E, U+200F and U+061C are neutral: they open
nothing, Hebrew and Arabic texts need them, and they stay everywhere but in code.

Text or canonical HTML comes in and goes out; doing it again changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

_STEERING = "\u202a-\u202e\u2066-\u2069\u206a-\u206f"
_HIDDEN = "\u180e\u200b\u2060-\u2065\ufeff\ufff9-\ufffb"
_TAGS = "\U000e0000-\U000e007f"
_BLANK_LETTERS = "\u115f\u1160\u3164\uffa0"
"""Letters of Hangul that are drawn as nothing, of which a name in a program can be made."""

_FLAG = "\U0001f3f4[\U000e0020-\U000e007e]++\U000e007f"
"""The flag of a part of a country, the one use that is left for tag characters."""

_OF_TEXT = re.compile(f"[{_STEERING}]")
_OF_FIELDS = re.compile(f"({_FLAG})|[{_STEERING}{_HIDDEN}{_TAGS}]")
_OF_CODE = re.compile(f"[{_STEERING}{_HIDDEN}{_TAGS}{_BLANK_LETTERS}\u061c\u200e\u200f]")
# In UTF-8: looking at the bytes takes a hundredth of the time of the pattern for letters.
_RAW = (
    (b"\xe2", re.compile(rb"\xe2(?:\x80[\x8b\x8e\x8f\xaa-\xae]|\x81[\xa0-\xaf])")),
    (b"\xd8\x9c", None),
    (b"\xe1\x85", re.compile(rb"\xe1\x85[\x9f\xa0]")),
    (b"\xe1\xa0\x8e", None),
    (b"\xe3\x85\xa4", None),
    (b"\xef", re.compile(rb"\xef(?:\xbb\xbf|\xbe\xa0|\xbf[\xb9-\xbb])")),
    (b"\xf3\xa0", re.compile(rb"\xf3\xa0[\x80\x81]")),
)
"""What of UTF-8 has to be there for something that nobody sees, and a pattern where that is not enough."""

# The marks that any letter can have; four on one are more than any language writes.
_FLOOD = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]++"
)

_TAG = re.compile(r'(<[^<>"]*(?:"[^"]*"[^<>"]*)*>)')
_NAME = re.compile(r"</?([a-z0-9]+)")
_ADDRESS = re.compile(r'( (?:href|src|cite)=")([^"]*)')
_CODE = frozenset({"pre", "code", "samp", "kbd", "tt"})


def of_field(text: str) -> str:
    """Return a line without what nobody sees and floods of marks; what joins letters and pictures stays."""
    if text.isascii():
        return text
    seen = text if text.isprintable() else _OF_FIELDS.sub(r"\1", text)
    return _FLOOD.sub(r"\1", seen)


def of_code(text: str) -> str:
    """Return code with what nobody sees by its name, such as `[U+202E]`."""
    return text if not has_any(text) else _OF_CODE.sub(_named, text)


def has_any(text: str) -> bool:
    """Return whether a text holds something that would have to be shown in code."""
    if text.isascii():
        return False
    raw = text.encode("utf-8", "surrogatepass")
    return any(some in raw and (known is None or known.search(raw)) for some, known in _RAW)


def of_html(canonical: str) -> str:
    """Return canonical HTML whose running text steers nothing, and whose code shows what nobody sees.

    In an address such a character is percent-encoded: without it, it would be another address.
    """
    return "".join(_parts(canonical)) if has_any(canonical) else canonical


def _parts(canonical: str) -> Iterator[str]:
    depth = 0
    for at, part in enumerate(_TAG.split(canonical)):
        if at % 2:
            name = _NAME.match(part)
            step = -1 if part.startswith("</") else 1
            depth += step if name and name[1] in _CODE else 0
            yield _OF_TEXT.sub("", _ADDRESS.sub(_encoded, part))
        else:
            yield _OF_CODE.sub(_named, part) if depth > 0 else _OF_TEXT.sub("", part)


def _named(found: re.Match[str]) -> str:
    return f"[U+{ord(found[0]):04X}]"


def _encoded(found: re.Match[str]) -> str:
    return found[1] + _OF_TEXT.sub(lambda each: quote(each[0]), found[2])
