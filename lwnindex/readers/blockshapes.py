"""The rows of an index block, in the four ways that converters left LWN's table of two columns.

A shape takes the place of the phrase "Index entries for this article" and gives the rows below it, or None
where it does not fit. It does not ask what stands after the rows: `indexblock` does.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

from lwnindex.lines import Line, split_row
from lwnindex.readers.text import link, unescaped
from lwnindex.readers.trailers import is_trailer
from lwnindex.reading import Reading
from lwnindex.settings import LWN_INDEXES

PHRASE = re.compile(r"index entries for this article", re.IGNORECASE)

_HEADER = re.compile(
    r"(?:#{1,6} +)?\|?[ \t]*+(?:\*\*|__|\*|_)?index entries for this article:?(?:\*\*|__|\*|_)?:?[ \t|]*+#*",
    re.IGNORECASE,
)
_BEHIND = re.compile(r":?(\*\*|__|\*|_)?:?[ \t|]*+")
_LONGEST = 5_000
_LONGEST_NAME = 200
_MOST_PHRASES = 20
_INDEX_PAGE = re.compile(r"/(?:\w*Index|ConferenceByYear)/?$")

_TABLE_HEAD = 10
_TAGS = re.compile(r"(?:\s*<[^<>]*>)+\s*")
TAG = re.compile(r"<[^<>]*>")
_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_TABLE_END = re.compile(r"</table\s*>", re.IGNORECASE)
TR = re.compile(r"<tr\b", re.IGNORECASE)
TD = re.compile(r"<td\b[^<>]*>(.*?)(?=<t[dhr]\b|</t[dr]\b|$)", re.IGNORECASE | re.DOTALL)
HREF = re.compile(r"<a\b[^<>]*\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)

_RUN_END = re.compile(r"\(?\[?Log in\b|\(?to post comments|#{2,6} |\* \* \*")
_RUN_TRAILER = re.compile(r"\(?(?:\[?Log in\]?(?:\([^)\s]*\))? *)?to post comments\)?")


class Row(NamedTuple):
    """A row of the block: its line, the words of its two cells, and where the second links to."""

    number: int
    name: str
    topic: str
    href: str = ""


class Shape(NamedTuple):
    """A block in one of its shapes: the lines above it, its rows, the lines below them."""

    above: Sequence[Line]
    rows: Sequence[Row]
    below: Sequence[Line]


def is_linked(shape: Shape) -> bool:
    """Return whether every row with a topic links to an index page: no other text has rows like that."""
    hrefs = [row.href for row in shape.rows if row.topic or row.href]
    return bool(hrefs) and all(map(_is_index_page, hrefs))


def piped(lines: Sequence[Line], at: int, reading: Reading) -> Shape | None:
    """Return a block whose rows are `Kernel | Ceph`, with a line of dashes or frames or without."""
    del reading
    before = "" if _is_header(lines[at]) else _glued(lines[at].text)
    if before is None:
        return None
    above = [*lines[:at], lines[at]._replace(text=before)] if before else lines[:at]
    rows, end = _rows(lines, at + 1)
    shape = Shape(above, rows, lines[end:])
    if before:
        return shape if is_linked(shape) else None
    return shape if rows or any(_is_dashes(line.text.strip()) for line in lines[at + 1 : end]) else None


def _rows(lines: Sequence[Line], start: int) -> tuple[list[Row], int]:
    """Return the rows from a place on, and where they end: lines of dashes and blank ones go with them."""
    rows: list[Row] = []
    for end in range(start, len(lines)):
        text = lines[end].text.strip()
        if not text or _is_dashes(text):
            continue
        # Most rows start with a link, and headers never do.
        if (text[0] != "[" and _is_header(lines[end])) or not _is_row(lines[end]):
            return rows, end
        rows.append(Row(lines[end].number, *read_row(text)))
    return rows, len(lines)


def _glued(text: str) -> str | None:
    """Return the end of a sentence that runs into the phrase, which ends the line; None in other prose."""
    found = list(PHRASE.finditer(text))[-1]
    behind = _BEHIND.fullmatch(text[found.end() :][:_LONGEST])
    before = text[: found.start()].removesuffix((behind and behind[1]) or "")
    bare = before.rstrip()
    runs_in = bare == before or not bare[-1:].isalnum()
    return before if behind and bare and runs_in and not _in_code(before) else None


def _in_code(before: str) -> bool:
    """Return whether what follows this text on its line could be inline code."""
    return before.count("`") % 2 == 1


def _is_header(line: Line) -> bool:
    text = line.text.strip()
    return len(text) <= _LONGEST and _HEADER.fullmatch(text) is not None


def _is_dashes(text: str) -> bool:
    return "--" in text and not set(text) - set("|:- \t")


def _is_row(line: Line) -> bool:
    return "|" in line.text and not line.code and len(line.text) <= _LONGEST and not line.text.startswith(">")


@lru_cache(maxsize=2048)
def read_row(text: str) -> tuple[str, str, str]:
    """Return a row's fields; of a framed one the first and the last bar are no separators."""
    cells = split_row(text)[1 if text.startswith("|") else 0 :]
    if len(cells) > 2 and not cells[-1]:
        cells.pop()
    index, _ = read_cell(cells[0])
    topic, href = read_cell("|".join(cells[1:]))
    return index, topic, href


@lru_cache(maxsize=512)
def read_cell(text: str) -> tuple[str, str]:
    """Return the words of a cell and the address that it links to, if it does."""
    found = link(text) or (text.strip(), "")
    return unescaped(found[0]).strip(), unescaped(found[1])


def alternating(lines: Sequence[Line], at: int, reading: Reading) -> Shape | None:
    """Return a block whose cells are lines or paragraphs of their own: an index, its topic, an index, ..."""
    if not _is_header(lines[at]):
        return None
    names = _index_names(reading)
    cells = _cells_below(lines, at + 1, reading)
    rows: list[Row] = []
    end = at + 1
    for place, number, text, href in cells:
        if not _is_index(text, href, names):
            break
        follower = next(cells, None)
        topic, topic_href = (follower[2], follower[3]) if follower else ("", "")
        rows.append(Row(number, text, topic, topic_href))
        end = (follower[0] if follower else place) + 1
    return Shape(lines[:at], rows, lines[end:]) if rows else None


def _cells_below(lines: Sequence[Line], start: int, reading: Reading) -> Iterator[tuple[int, int, str, str]]:
    """Yield (place, number, words, address) of the short lines up to the first that is no cell."""
    for at in range(start, len(lines)):
        line = lines[at]
        if not line.text.strip():
            continue
        if line.code or len(line.text) > _LONGEST_NAME or is_trailer(line, reading):
            return
        yield (at, line.number, *read_cell(line.text.strip()))


def _is_index(text: str, href: str, names: frozenset[str]) -> bool:
    return text in names or _is_index_page(href)


@lru_cache(maxsize=2048)
def _is_index_page(href: str) -> bool:
    return _INDEX_PAGE.search(href.partition("#")[0]) is not None


def _index_names(reading: Reading) -> frozenset[str]:
    """Return what a plain word may mean an index by: the names of the site's own indexes and of LWN's."""
    return frozenset(name for name in (*reading.index_names, *LWN_INDEXES) if name)


def html_table(lines: Sequence[Line], at: int, reading: Reading) -> Shape | None:
    """Return a block that is still an HTML table, on one line or on many."""
    del reading
    phrases = islice(PHRASE.finditer(lines[at].text), _MOST_PHRASES)
    starts = ((_table_start(lines, at, one.start()), one.end()) for one in phrases)
    start, behind = next((one for one in starts if one[0]), (None, 0))
    if start is None or _in_code(lines[start[0]].text[: start[1]]):
        return None
    first, column = start
    last, end = _table_end(lines, at, behind)
    above, below = lines[first].text[:column], lines[last].text[end:]
    inner = [line.text for line in lines[first : last + 1]]
    inner[-1] = inner[-1][:end]
    inner[0] = inner[0][column:]
    return Shape(
        [*lines[:first], *([lines[first]._replace(text=above)] if above.strip() else [])],
        _html_rows("\n".join(inner), lines[first : last + 1]),
        [lines[last]._replace(text=below), *lines[last + 1 :]],
    )


def _table_start(lines: Sequence[Line], at: int, column: int) -> tuple[int, int] | None:
    """Return (place, column) of the table's tag, if nothing but tags stands between it and the phrase."""
    between = lines[at].text[:column]
    for place in range(at, max(-1, at - _TABLE_HEAD), -1):
        found = list(_TABLE.finditer(between if place == at else lines[place].text))
        if place != at:
            between = lines[place].text[found[-1].start() if found else 0 :] + "\n" + between
        elif found:
            between = between[found[-1].start() :]
        if found:
            return (place, found[-1].start()) if _TAGS.fullmatch(between) else None
    return None


def _table_end(lines: Sequence[Line], at: int, column: int) -> tuple[int, int]:
    """Return (place, column) behind the end tag below a phrase; where there is none, before a blank line."""
    for place in range(at, len(lines)):
        found = _TABLE_END.search(lines[place].text, column if place == at else 0)
        if found:
            return place, found.end()
    last = next((place for place in range(at, len(lines)) if not lines[place].text.strip()), len(lines)) - 1
    return max(last, at), len(lines[max(last, at)].text)


def _html_rows(table: str, lines: Sequence[Line]) -> list[Row]:
    starts = [found.start() for found in TR.finditer(table)]
    rows = []
    line = position = 0
    for start, end in pairwise([*starts, len(table)]):
        line += table.count("\n", position, start)
        position = start
        cells = TD.findall(table[start:end])
        if cells:
            number = lines[line].number
            rows.append(
                Row(number, cell_words(cells[0]), cell_words("|".join(cells[1:])), cell_address(cells[-1]))
            )
    return rows


def cell_words(cell: str) -> str:
    """Return the words of a cell in HTML."""
    return html.unescape(TAG.sub("", cell)).strip()


def cell_address(cell: str) -> str:
    """Return where a cell in HTML links to; empty where it does not."""
    found = HREF.search(cell)
    return html.unescape(next(filter(None, found.groups()), "")) if found else ""


def run_together(lines: Sequence[Line], at: int, reading: Reading) -> Shape | None:
    """Return a block without anything between its cells: `...this articleKernelSchedulerto post comments`."""
    line = lines[at]
    phrase = list(PHRASE.finditer(line.text))[-1]
    names = _index_names(reading)
    rest = line.text[phrase.end() :]
    end = _RUN_END.search(rest)
    rows, below = (rest[: end.start()], rest[end.start() :]) if end else (rest, "")
    found = _run_rows(rows.strip(), names)
    if not found:
        return None
    above = line.text[: phrase.start()]
    trailer = _RUN_TRAILER.match(below)
    cut = trailer.end() if trailer else 0
    return Shape(
        [*lines[:at], *([line._replace(text=above)] if above.strip(" \t*_#|") else [])],
        [Row(line.number, index, unescaped(topic).strip()) for index, topic in found],
        [line._replace(text=below[:cut]), line._replace(text=below[cut:]), *lines[at + 1 :]],
    )


def _run_rows(text: str, names: frozenset[str]) -> list[tuple[str, str]]:
    """Return (index, topic) of each row; empty unless the text starts with an index.

    The name of an index starts a row where no space or slash stands on either side of it, and where it
    leaves no topic empty: in `KernelSecurity/Security modules` only the first name does.
    """
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    starts: list[re.Match[str]] = []
    for found in re.finditer(rf"(?<![ /])(?:{known})(?=[^ /])", text):
        if not starts and found.start():
            return []
        if not starts or found.start() > starts[-1].end():
            starts.append(found)
    ends = [found.start() for found in starts[1:]]
    return [
        (found[0], text[found.end() : end]) for found, end in zip(starts, [*ends, len(text)], strict=False)
    ]


SHAPES = (piped, alternating, html_table, run_together)
"""All shapes, in the order in which they are tried."""
