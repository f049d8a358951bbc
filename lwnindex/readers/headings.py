"""The heading that is an article's title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lwnindex.lines import Line
from lwnindex.readers.text import plain

_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{3,})[ \t]*")
_LONGEST = 2_000
_PAID = re.compile(r"\\?\[\$\\?\](?:[ \t]+|$)")
_UNDERSCORE = re.compile(r"(\\.)|_")


def take_title(lines: Sequence[Line], suffixes: Sequence[str]) -> tuple[str, Sequence[Line]]:
    """Return the first heading as plain words, without a publication's suffix, and the lines without it.

    A heading of a lower level stays where it is, unless it is the first line.
    """
    found = _first_heading(lines)
    if found is None:
        return "", lines
    at, size, level, words = found
    is_taken = level == 1 or not any(line.text.strip() for line in lines[:at])
    return _title(words, suffixes), [*lines[:at], *lines[at + size :]] if is_taken else lines


def drop_title(lines: Sequence[Line], title: str) -> Sequence[Line]:
    """Return the lines without their first if it is a heading that says the title once more."""
    found = _first_heading(lines)
    if found is None or found[2] != 1 or title not in (plain(found[3]), _plain(found[3])):
        return lines
    at, size = found[:2]
    return lines[at + size :] if not any(line.text.strip() for line in lines[:at]) else lines


def _first_heading(lines: Sequence[Line]) -> tuple[int, int, int, str] | None:
    """Return (place, number of lines, level, words) of the first heading that has words."""
    is_first = True
    for at, line in enumerate(lines):
        if line.code or not line.text.strip():
            continue
        found = _atx(line.text) or _setext(lines, at, is_first=is_first)
        if found and found[2].strip():
            return (at, *found)
        is_first = False
    return None


def _atx(text: str) -> tuple[int, int, str] | None:
    """Return (1, level, words) of `# Title`; the closing marks of a very long one are not looked for."""
    if not text.lstrip(" ").startswith("#"):
        return None
    usual = text[2:].strip(" \t")
    if text[:2] == "# " and usual and usual[-1] != "#":
        return (1, 1, usual)
    if len(text) > _LONGEST:
        bare = text.strip()
        words = bare.lstrip("#")
        is_heading = len(bare) - len(words) <= 6 and words[:1].isspace()
        return (1, len(bare) - len(words), words) if is_heading else None
    found = _ATX.fullmatch(text)
    return (1, len(found[1]), found[2] or "") if found else None


def _setext(lines: Sequence[Line], at: int, *, is_first: bool) -> tuple[int, int, str] | None:
    """Return (2, level, words) of a line underlined with `=`, or, as the first of all, with dashes.

    A line of dashes that ends in two spaces is the head of one of html2text's tables.
    """
    below = lines[at + 1] if at + 1 < len(lines) else None
    text = lines[at].text
    if below is None or below.code or below.text[:1].strip() == "" or not _UNDERLINE.fullmatch(below.text):
        return None
    level = 1 if "=" in below.text else 2
    if text.lstrip()[0] in ">#|" or (level == 2 and (not is_first or below.text.endswith("  "))):
        return None
    return (2, level, text.strip())


def _title(words: str, suffixes: Sequence[str]) -> str:
    """Return a heading's words as a title: no suffix of the site, no mark of the paywall, no Markdown."""
    bare = words.strip()
    for suffix in suffixes:
        bare = bare.removesuffix(suffix).removesuffix(suffix.strip()).rstrip()
    # A suffix cut off from `\"word\" [LWN.net]` by some tool took the last quotation mark with it.
    if bare.endswith("\\") and bare.count('\\"') % 2:
        bare += '"'
    return _plain(_PAID.sub("", bare, count=1) if _PAID.match(bare) else bare)


def _plain(words: str) -> str:
    """Return a title's plain words; its underscores stay, for html2text writes a page's title as it is."""
    if "_" not in words:
        return plain(words)
    literal = _UNDERSCORE.sub(lambda found: found[1] or "\\_", words)
    return plain(literal if len(literal) <= _LONGEST else words)
