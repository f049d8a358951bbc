"""An authored article, Markdown below a YAML header, becomes a manuscript.

What the header gives wrongly is a problem with its line, and all the rest is used. The text may end in an
index block of LWN's, whose entries join those of the header.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import yaml

from lwnindex.lines import Line, marked
from lwnindex.model import Manuscript
from lwnindex.problems import problem
from lwnindex.readers import indexblock
from lwnindex.readers.dates import date_of_name
from lwnindex.readers.entries import Filed, filed, split_path
from lwnindex.readers.header import Values, read_header, text_of
from lwnindex.readers.headings import drop_title, take_title
from lwnindex.readers.text import trimmed
from lwnindex.repairs import mended
from lwnindex.settings import Reading

_OPEN = re.compile(r"---[ \t]*")
_CLOSE = re.compile(r"(?:---|\.\.\.)[ \t]*")
_CLOSED = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_KEY = re.compile(r"[\"']?[A-Za-z_][\w -]*[\"']?[ \t]*:(?:[ \t\n]|$)")
_CONTINUED = re.compile(r"[ \t]|-(?:[ \t]|$)|#")


class _Parted(NamedTuple):
    """A headed text: the header, whether it is closed, and the lines below it."""

    header: str
    is_closed: bool
    below: Sequence[Line]


def is_headed(text: str) -> bool:
    """Return whether a text starts with a YAML header, be it one that nothing closes."""
    first, _, rest = text.partition("\n")
    if not _OPEN.fullmatch(first):
        return False
    return _KEY.match(rest) is not None or _CLOSED.search(rest) is not None


def read(text: str, file: str, reading: Reading) -> Manuscript:
    """Return what a headed text holds, each field as far as the text itself names it."""
    parted = _parted(text)
    values = _values(parted, file)
    entries = _entries(values, file, reading)
    block = indexblock.find(parted.below, file, reading)
    title, body = _titled(values.word("title"), block.above if block else parted.below, reading)
    lines, repairs = mended(trimmed(body))
    counts = Counter({"index-block": int(block is not None), **dict(repairs)})
    counts.update(block.trail.counts if block else {})
    both = _joined(entries, block.filed) if block else entries
    return Manuscript(
        text="\n".join(line.text for line in lines),
        lines=tuple(line.number for line in lines),
        id=values.word("id") or (block.trail.id if block else ""),
        title=title,
        date=values.date("date") if "date" in values else date_of_name(file),
        updated=values.date("updated"),
        authors=values.words("authors"),
        lang=values.word("lang") or None,
        slug=values.word("slug") or None,
        summary=values.word("summary"),
        nav=values.number("nav"),
        draft=values.switch("draft"),
        entries=both.entries,
        entry_lines=both.lines,
        problems=(*values.problems, *both.problems),
        counts=tuple(sorted((+counts).items())),
    )


def _parted(text: str) -> _Parted:
    """Return the header and what is below it; one that nothing closes ends where no field goes on."""
    rows = text.split("\n")
    end = next((at for at in range(1, len(rows)) if _CLOSE.fullmatch(rows[at])), None)
    below = end + 1 if end else _unclosed(rows)
    body = "\n".join(rows[below:])
    return _Parted("\n".join(rows[1 : end or below]), end is not None, marked(body, below + 1))


def _unclosed(rows: Sequence[str]) -> int:
    for at in range(1, len(rows)):
        if not _KEY.match(rows[at]) and not _CONTINUED.match(rows[at]):
            return at
    return len(rows)


def _values(parted: _Parted, file: str) -> Values:
    if parted.is_closed:
        return read_header(parted.header, file, 2)
    message = "the header has no end. The article is published without it."
    fix = "Write a line `---` below the last field."
    return Values({}, file, [problem("bad-header", file, 1, message, fix)], 2)


def _titled(title: str, lines: Sequence[Line], reading: Reading) -> tuple[str, Sequence[Line]]:
    """Return the title and the lines without it; where the header has none, the first heading serves."""
    return (title, drop_title(lines, title)) if title else take_title(lines, reading.title_suffixes)


def _entries(values: Values, file: str, reading: Reading) -> Filed:
    """Return the header's entries: paths such as `Kernel/Filesystems/Ceph`, and lists of levels."""
    found: list[tuple[Sequence[str], int]] = []
    for node in values.nodes("entries"):
        line = values.line_of(node)
        if isinstance(node, yaml.ScalarNode):
            found.append((split_path(text_of(node), reading.slash_names), line))
        elif _is_list_of_texts(node):
            found.append(([text_of(one) for one in node.value], line))
        else:
            values.refuse("entries", "a list of paths such as Kernel/Filesystems/Ceph", line)
    return filed(found, file)


def _is_list_of_texts(node: yaml.Node) -> bool:
    return isinstance(node, yaml.SequenceNode) and all(isinstance(one, yaml.ScalarNode) for one in node.value)


def _joined(header: Filed, block: Filed) -> Filed:
    """Return the entries of the header and those that only the index block has."""
    own = frozenset(header.entries)
    more = [(entry, line) for entry, line in zip(block.entries, block.lines, strict=True) if entry not in own]
    return Filed(
        (*header.entries, *(entry for entry, _ in more)),
        (*header.lines, *(line for _, line in more)),
        (*header.problems, *block.problems),
    )
