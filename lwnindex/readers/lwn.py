"""A dump of an LWN article, or Markdown without a header, becomes a manuscript.

What is not the article goes: calls to subscribe, the byline, the index block, comments and footer. Each is
counted, or is kept as a field. What html2text left half-said is repaired. A title is the first heading;
a date that the text lacks may stand before the file's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lwnindex.lines import Line, marked
from lwnindex.model import Manuscript
from lwnindex.names import may_refer
from lwnindex.readers import indexblock
from lwnindex.readers.bylines import read_head
from lwnindex.readers.dates import date_of_name
from lwnindex.readers.entries import Filed, with_common
from lwnindex.readers.headings import take_title
from lwnindex.readers.text import addresses, filled_places, trimmed
from lwnindex.readers.trailers import cut, own_address
from lwnindex.reading import Reading
from lwnindex.repairs import Repaired, repaired

_ADDRESS = re.compile(
    r"<(https?://[^\s<>]*)>|\bhref=[\"']?([^\"'\s<>]+)|(?<![\w(<\"'=])(https?://[^\s<>()\[\]]+)"
)
_BEFORE_QUOTES = frozenset(" >")
_NEAR = 3


def read(text: str, file: str, reading: Reading) -> Manuscript:
    """Return what a dump holds, each field as far as the text itself names it."""
    lines, nags = without_nags(text, reading)
    block = indexblock.find(lines, file, reading, None if nags else text)
    above, trail = (block.above, block.trail) if block else cut(lines, reading)
    filed = block.filed if block else Filed()
    filed = with_common(filed, file, reading) if reading.entries else filed
    title, untitled = take_title(above, reading.title_suffixes)
    named, addressed = _own_address(untitled, reading)
    head = read_head(addressed, file, reading)
    body = _body(trimmed(head.lines), reading)
    counts = {
        "nag": nags,
        "index-block": int(block is not None),
        "badge": len(head.badges),
        **trail.counts,
        **dict(body.counts),
        "address": trail.counts.get("address", 0) + bool(named),
    }
    undated = head.date is None and not head.problems
    return Manuscript(
        text=body.text,
        markup=reading.markdown,
        lines=body.numbers,
        id=named or trail.id,
        title=title,
        date=date_of_name(file) if undated else head.date,
        authors=head.authors,
        entries=filed.entries,
        entry_lines=filed.lines,
        badges=head.badges,
        problems=(*head.problems, *filed.problems),
        counts=tuple(sorted([(name, count) for name, count in counts.items() if count])),
    )


def _body(lines: Sequence[Line], reading: Reading) -> Repaired:
    """Return the text of a body; the repairs are of what html2text wrote for Python-Markdown."""
    if reading.markdown == "python":
        return repaired(lines)
    return Repaired("\n".join(line.text for line in lines), tuple(line.number for line in lines))


def without_nags(text: str, reading: Reading) -> tuple[Sequence[Line], int]:
    """Return the lines without the quotes that link to one of `[strip] quotes`, and how many those were."""
    lines = marked(text)
    if ">" not in text or not any(map(text.__contains__, reading.strip_quotes)):
        return lines, 0
    out: list[Line] = []
    count = start = 0
    for nag, end in _nags(lines, reading.strip_quotes):
        out += lines[start:nag]
        # Of the blank lines around it one stays.
        is_gap = end < len(lines) and _is_blank(lines[end]) and bool(out) and _is_blank(out[-1])
        count, start = count + 1, end + is_gap
    return [*out, *lines[start:]] if count else lines, count


def _nags(lines: Sequence[Line], marks: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where each block quote with a link to one of these starts and ends."""
    end = 0
    for at in [at for at, line in enumerate(lines) if line.text[:1] in _BEFORE_QUOTES]:
        if at < end or not any(map(lines[at].text.__contains__, marks)) or not _is_quote(lines[at]):
            continue
        start, end = at, at + 1
        while start and _is_quote(lines[start - 1]):
            start -= 1
        while end < len(lines) and _is_quote(lines[end]):
            end += 1
        if _is_nag(lines[start:end], marks):
            yield start, end


def _is_blank(line: Line) -> bool:
    return not line.text.strip()


def _is_quote(line: Line) -> bool:
    return line.text.lstrip(" ")[:1] == ">" and not line.code


def _is_nag(quote: Sequence[Line], marks: Sequence[str]) -> bool:
    text = "\n".join([line.text for line in quote])
    linked = addresses(text)
    if any(mark in address for address in linked for mark in marks):
        return True
    bare = (next(filter(None, found.groups())) for found in _ADDRESS.finditer(text))
    return any(mark in address for address in bare for mark in marks)


def _own_address(lines: Sequence[Line], reading: Reading) -> tuple[str, Sequence[Line]]:
    """Return the article's id and the other lines, if one of the first is no more than its address."""
    for at in filled_places(lines, _NEAR):
        _, text, code = lines[at]
        named = own_address(text, reading) if may_refer(text) and not code else ""
        if named:
            return named, [*lines[:at], *lines[at + 1 :]]
    return "", lines
