"""A dump of an LWN article, or Markdown without a header, becomes a manuscript.

What is not the article goes: calls to subscribe, the byline, the index block, comments and footer. Each is
counted, or is kept as a field. What html2text left half-said is repaired. A title is the first heading;
a date that the text lacks may stand before the file's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lwnindex.lines import Line, marked
from lwnindex.model import Manuscript
from lwnindex.readers import indexblock
from lwnindex.readers.bylines import read_head
from lwnindex.readers.dates import date_of_name
from lwnindex.readers.entries import Filed
from lwnindex.readers.headings import take_title
from lwnindex.readers.text import addresses, trimmed
from lwnindex.readers.trailers import cut, own_address
from lwnindex.repairs import mended, part_paragraphs, repair_code_links
from lwnindex.settings import Reading

_ADDRESS = re.compile(
    r"<(https?://[^\s<>]*)>|\bhref=[\"']?([^\"'\s<>]+)|(?<![\w(<\"'=])(https?://[^\s<>()\[\]]+)"
)
_NEAR = 3


def read(text: str, file: str, reading: Reading) -> Manuscript:
    """Return what a dump holds, each field as far as the text itself names it."""
    lines, nags = _without_nags(marked(text), reading)
    block = indexblock.find(lines, file, reading)
    above, trail = (block.above, block.trail) if block else cut(lines, reading)
    filed = block.filed if block else Filed()
    title, untitled = take_title(above, reading.title_suffixes)
    named, addressed = _own_address(untitled, reading)
    head = read_head(addressed, file, reading)
    linked, links = repair_code_links(trimmed(head.lines))
    parted, paragraphs = part_paragraphs(linked)
    body, repairs = mended(parted)
    counts = {
        "nag": nags,
        "index-block": int(block is not None),
        "code-link": links,
        "paragraph": paragraphs,
        "badge": len(head.badges),
        **trail.counts,
        **dict(repairs),
        "address": trail.counts["address"] + bool(named),
    }
    undated = head.date is None and not head.problems
    return Manuscript(
        text="\n".join([line.text for line in body]),
        lines=tuple([line.number for line in body]),
        id=named or trail.id,
        title=title,
        date=date_of_name(file) if undated else head.date,
        authors=head.authors,
        entries=filed.entries,
        entry_lines=filed.lines,
        badges=head.badges,
        problems=(*head.problems, *filed.problems),
        counts=tuple(sorted((name, count) for name, count in counts.items() if count)),
    )


def _without_nags(lines: Sequence[Line], reading: Reading) -> tuple[Sequence[Line], int]:
    """Return the lines without the quotes that link to one of `[strip] quotes`, and how many there were."""
    text = "\n".join([line.text for line in lines])
    if not any(mark in text for mark in reading.strip_quotes):
        return lines, 0
    out: list[Line] = []
    count = 0
    for is_quote, run in _runs(lines):
        if is_quote and _is_nag(run, reading.strip_quotes):
            count += 1
        else:
            out.extend(run[1:] if run and _is_blank(run[0]) and count and out and _is_blank(out[-1]) else run)
    return out, count


def _is_blank(line: Line) -> bool:
    return not line.text.strip()


def _runs(lines: Sequence[Line]) -> Iterator[tuple[bool, Sequence[Line]]]:
    """Yield the lines in runs that are a block quote or hold none."""
    quoted = [text.lstrip(" ")[:1] == ">" and not code for _, text, code in lines]
    start = 0
    while start < len(lines):
        is_quote = quoted[start]
        try:
            end = quoted.index(not is_quote, start)
        except ValueError:
            end = len(lines)
        yield is_quote, lines[start:end]
        start = end


def _is_nag(quote: Sequence[Line], marks: Sequence[str]) -> bool:
    text = "\n".join(line.text for line in quote)
    if not any(mark in text for mark in marks):
        return False
    bare = (next(filter(None, found.groups())) for found in _ADDRESS.finditer(text))
    return any(mark in address for address in (*addresses(text), *bare) for mark in marks)


def _own_address(lines: Sequence[Line], reading: Reading) -> tuple[str, Sequence[Line]]:
    """Return the article's id and the other lines, if one of the first is no more than its address."""
    near = islice((at for at, line in enumerate(lines) if line.text.strip()), _NEAR)
    for at in near:
        named = "" if lines[at].code else own_address(lines[at].text, reading)
        if named:
            return named, [*lines[:at], *lines[at + 1 :]]
    return "", lines
