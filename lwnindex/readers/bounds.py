"""Where a header starts and ends, known from the text alone.

A YAML header stands between `---`, a TOML one between `+++`, Hugo's in JSON between braces, Nikola's lines
`.. key: value` in a comment or bare, and Pelican's lines `Key: value` above the first blank one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lwnindex.readers.dialects import DOTTED, FIELD, MORE, Kind
from lwnindex.readers.header import known_name
from lwnindex.reading import Reading

_OPEN = re.compile(r"---[ \t]*")
_CLOSED = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_KEY = re.compile(r"[\"']?[A-Za-z_][\w -]*[\"']?[ \t]*:(?:[ \t\n]|$)")
_CONTINUED = re.compile(r"[ \t]|-(?:[ \t]|$)|#")

# What few archives need is compiled when it is: it would be a good part of the program's start.
_TOML_FENCE = r"(?m)^\+\+\+[ \t]*$"
_TOML_KEY = r"[\"']?[\w.-]+[\"']?[ \t]*=|\[+[\w. \"'-]+\]"
_TOML_CONTINUED = r"[ \t]|#|[\]}\"',]"
_COMMENT = r"[ \t]*<!--[ \t]*"
_COMMENT_END = r"(.*?)[ \t]*-->[ \t]*"


class Bounds(NamedTuple):
    """A header's form, its rows `start` to `end`, the first row below it, and whether it is closed."""

    kind: Kind
    start: int
    end: int
    below: int
    is_closed: bool = True


def bounds(text: str, reading: Reading) -> Bounds | None:
    """Return where the header of a text is, be it one that nothing closes; None where there is none."""
    if text.startswith("\n") and reading.preset != "lwn":
        return _below_blank_lines(text, reading)
    below = text.find("\n") + 1 or len(text)
    first = text[:below].rstrip("\n")
    if _OPEN.fullmatch(first):
        is_header = _KEY.match(text, below) or _CLOSED.search(text, below)
        return _fenced("yaml", text, _CLOSED, (_KEY, _CONTINUED)) if is_header else None
    if first.startswith("+++"):
        return _toml(text, below) if re.fullmatch(_TOML_FENCE, first) else None
    if first.startswith("..") or ("<!--" in first and re.fullmatch(_COMMENT, first)):
        return _dotted(text)
    if first.rstrip() == "{" and reading.preset == "hugo":
        return _braced(text)
    return _lines(text, reading) if FIELD.fullmatch(first.rstrip()) else None


def _below_blank_lines(text: str, reading: Reading) -> Bounds | None:
    """Return a header between fences that starts below blank lines, which Hugo passes over."""
    bare = text.lstrip("\n")
    found = bounds(bare, reading) if bare.startswith(("---", "+++")) else None
    if found is None or not found.is_closed or found.start == found.end:
        return None
    skipped = len(text) - len(bare)
    return found._replace(start=found.start + skipped, end=found.end + skipped, below=found.below + skipped)


def _braced(text: str) -> Bounds | None:
    """Return Hugo's header in JSON, which YAML's reader reads: from a brace at the margin to the next."""
    rows = text.split("\n")
    if not re.match(r'\{\s*"[^"\n]*"\s*:', text):
        return None
    end = next((at for at, row in enumerate(rows) if row.rstrip() == "}"), None)
    below = len(rows) if end is None else end + 1
    return Bounds("yaml", 0, below, below, is_closed=end is not None)


def _toml(text: str, below: int) -> Bounds | None:
    fence, key = re.compile(_TOML_FENCE), re.compile(_TOML_KEY)
    is_header = key.match(text, below) or fence.search(text, below)
    return _fenced("toml", text, fence, (key, re.compile(_TOML_CONTINUED))) if is_header else None


def _fenced(kind: Kind, text: str, close: re.Pattern[str], goes_on: Sequence[re.Pattern[str]]) -> Bounds:
    """Return a header between fences; one that nothing closes ends where no field goes on."""
    closed = close.search(text, text.find("\n") + 1)
    if closed:
        end = text.count("\n", 0, closed.start())
        return Bounds(kind, 1, end, end + 1)
    rows = text.split("\n")
    ends = (at for at in range(1, len(rows)) if not any(one.match(rows[at]) for one in goes_on))
    below = next(ends, len(rows))
    return Bounds(kind, 1, below, below, is_closed=False)


def _dotted(text: str) -> Bounds | None:
    """Return Nikola's header: to the end of the comment that it opens, or to the first blank line."""
    rows = text.split("\n")
    start = 1 if re.fullmatch(_COMMENT, rows[0]) else 0
    if len(rows) <= start or not DOTTED.fullmatch(rows[start].rstrip()):
        return None
    if not start:
        end = next((at for at, row in enumerate(rows) if not row.strip()), len(rows))
        return Bounds("dotted", 0, end, end)
    end = next((at for at, row in enumerate(rows) if re.fullmatch(_COMMENT_END, row)), len(rows))
    # The comment may end in the line of its last field.
    last = end + (end < len(rows) and rows[end].strip() != "-->")
    return Bounds("dotted", start, last, min(end + 1, len(rows)), is_closed=end < len(rows))


def _lines(text: str, reading: Reading) -> Bounds | None:
    """Return a header of lines `Key: value`, which starts with a name that the archive has for a field.

    Where nobody said that the archive is one of such headers, more is asked of it: a title.
    """
    names = [name for name in _names(text) if name is not None]
    count = sum(1 for _ in _names(text))
    known = [name for name in names if known_name(name, reading)]
    if reading.preset == "pelican":
        is_header = known_name(names[0], reading) or "title" in names
    else:
        is_header = known_name(names[0], reading) and "title" in known
        is_header = is_header and (reading.preset != "lwn" or len(set(known)) > 1)
    if not is_header:
        return None
    # Python-Markdown's Meta-Data ends at a line of hyphens or dots, too, which is no text then.
    below = text.split("\n", count + 1)[count : count + 1]
    is_ended = below and _CLOSED.fullmatch(below[0])
    return Bounds("lines", 0, count, count + 1 if is_ended else count)


def _names(text: str) -> Iterator[str | None]:
    """Yield the name of each line of a header, small; None for a line that goes on with a value."""
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        row = text[start : end if end >= 0 else len(text)].rstrip()
        found = FIELD.fullmatch(row)
        if not found and not re.fullmatch(MORE, row):
            return
        yield found[1].lower() if found else None
        start = end + 1 if end >= 0 else len(text) + 1
