"""A text that names several people, as a header's single field often does."""

from __future__ import annotations

import re

_AND = r",? +(?:and|&) +"
_BODIES = frozenset(
    {"team", "teams", "group", "groups", "project", "foundation", "committee", "board", "staff"}
    | {"community", "department", "editors", "developers", "contributors", "office", "council", "crew"}
)


_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)|<a\b[^<>]*>([^<>]*)</a>", re.IGNORECASE)


def unlinked(text: str) -> str:
    """Return a text with the words of its links alone, in Markdown or HTML: `[Jane Doe](https://...)`."""
    return _LINK.sub(lambda found: found[1] or found[2] or "", text).strip()


def parted(text: str) -> list[str]:
    """Return the names in a text: `A and B`, `A B, C D and E F`, `Last, First; Last, First`.

    A comma with one word on a side of it stands within a name, as in `Doe, Jane`, unless there are more.
    """
    if ";" in text:
        return _filled(text.split(";"))
    parts = _filled(re.split(_AND, text, flags=re.IGNORECASE))
    if len(parts) > 1 and _is_body(text, parts):
        return [text]
    return _filled([name for part in parts for name in _by_commas(part, alone=len(parts) == 1)])


def _is_body(text: str, parts: list[str]) -> bool:
    """Return whether the words stand for one body of people: `The Release and Security Team`."""
    last = parts[-1].split()
    return text.lower().startswith("the ") or last[-1].lower() in _BODIES


def _by_commas(part: str, *, alone: bool) -> list[str]:
    names = _filled(part.split(","))
    if len(names) == 2 and alone and any(" " not in name for name in names):
        return [part]
    return names


def _filled(names: list[str]) -> list[str]:
    return [name.strip() for name in names if name.strip()]
