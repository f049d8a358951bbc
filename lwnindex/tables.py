"""Tables as html2text left them become tables that Python-Markdown reads, in quotes and lists too.

Nothing of a table is lost: where rows and header do not have the same number of cells, the shorter is filled.
html2text forgets which cells spanned several columns or rows; `_spread` and `_placed` guess no more than
what the numbers of cells and their kinds settle.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from lwnindex.lines import Cells, Line, is_item, quote_of, split_row

_MOST_COLUMNS = 200

DASHES = "|:->" + "".join(filter(str.isspace, map(chr, range(0x3001))))
"""All that a line of dashes is made of, with the marks of its quote."""

_MARKER = re.compile(r"(?:[-*+]|\d{1,9}[.)]) +")
_ALIGNMENT = re.compile(r":?-+:?")
_NUMBER = re.compile(r"[\d.,%+~<>-]+")


class _Row(NamedTuple):
    """A line of a table: `quote` and `lead` stand before its text."""

    line: Line
    quote: str
    lead: str
    text: str

    @property
    def depth(self) -> int:
        """How many quotes the line stands in."""
        return self.quote.count(">")


class _Part(NamedTuple):
    """A header, the line of dashes below it, and its rows."""

    header: _Row
    dashes: _Row
    rows: list[_Row]


class _Region(NamedTuple):
    """Lines that are one table in the source; html2text may put several headers into one.

    `dumped` is html2text's way of writing; `bare` means that a bar at a line's end has a cell beside it.
    """

    parts: list[_Part]
    end: int
    dumped: bool
    bare: bool


def repair_tables(lines: Sequence[Line]) -> tuple[tuple[Line, ...], int]:
    """Return the lines with every broken table written so that it is read as one, and how many there were."""
    out: list[Line] = []
    start = count = 0
    for at in [at for at, line in enumerate(lines) if is_dashes(line.text)]:
        region = _region(lines, at - 1) if at > start else None
        if region is None:
            continue
        out += lines[start : at - 1]
        written = _written(region, out[-1] if out else None, lines[region.end :][:1])
        count += written is not None
        out += lines[at - 1 : region.end] if written is None else written
        start = region.end
    return (*out, *lines[start:]), count


def is_dashes(text: str) -> bool:
    """Return whether a line may be the one below a table's header; no is certain."""
    return "-" in text and not text.strip(DASHES)


def _row(line: Line) -> _Row:
    quote = quote_of(line.text)
    rest = line.text[len(quote) :]
    text = rest.lstrip(" \t")
    return _Row(line, quote, rest[: len(rest) - len(text)], text)


def _region(lines: Sequence[Line], at: int) -> _Region | None:
    """Return the table that starts at a line, if one does: the line of dashes below says so."""
    if lines[at].code:
        return None
    header, dashes = _row(lines[at]), _row(lines[at + 1])
    alignments = _alignments(dashes)
    if alignments is None or not _is_header(header, dashes):
        return None
    header = _without_marker(header, dashes)
    dumped, bare = _style(header, dashes, len(alignments))
    if not dumped and not _is_plausible(lines, at, header, dashes):
        return None
    return _collected(lines, at + 2, _Part(header, dashes, []), dumped=dumped, bare=bare)


def _alignments(row: _Row) -> Cells | None:
    """Return the cells of a line such as `---|:---:`, or None if it is no such line."""
    text = row.text.strip()
    if row.line.code or not text or set(text) - set("|:- \t"):
        return None
    cells = [cell.strip() for cell in text.removeprefix("|").removesuffix("|").split("|")]
    if cells == [text] and not (len(text) > 2 and text == "-" * len(text)):
        return None
    return cells if all(map(_ALIGNMENT.fullmatch, cells)) else None


def _is_header(header: _Row, dashes: _Row) -> bool:
    """Return whether a line over a line of dashes may be the first of a table."""
    if header.depth != dashes.depth or not header.text.strip():
        return False
    return header.text[0] != "#" and _alignments(header) is None


def _without_marker(header: _Row, dashes: _Row) -> _Row:
    """Return the row without the mark of a list's item, if the table is what the item holds."""
    marker = _MARKER.match(header.text)
    if marker is None or len(dashes.lead) <= len(header.lead):
        return header
    return header._replace(lead=header.lead + marker[0], text=header.text[marker.end() :])


def _style(header: _Row, dashes: _Row, columns: int) -> tuple[bool, bool]:
    """Return whether html2text wrote a table, and whether bars at its lines' ends have cells beside them."""
    if dashes.text.startswith("|"):
        return False, False
    cells = split_row(header.text)
    dumped = dashes.line.text.endswith("  ") and header.line.text.endswith("  ")
    is_framed = len(cells) == columns + 2 and not cells[0] and not cells[-1]
    return dumped, not is_framed and (dumped or len(cells) == columns)


def _is_plausible(lines: Sequence[Line], at: int, header: _Row, dashes: _Row) -> bool:
    """Return whether what html2text did not write is a table: a header with a bar, or `---` and then rows."""
    if "|" in dashes.text:
        return len(split_row(header.text)) > 1
    if at + 2 >= len(lines) or lines[at + 2].code:
        return False
    first = _row(lines[at + 2])
    heads_another = at + 3 < len(lines) and _alignments(_row(lines[at + 3])) is not None
    return first.depth == dashes.depth and len(split_row(first.text)) > 1 and not heads_another


def _collected(lines: Sequence[Line], start: int, first: _Part, *, dumped: bool, bare: bool) -> _Region:
    parts, at = [first], start
    while at < len(lines):
        row = _row(lines[at])
        if not _belongs(lines, at, row, first.header.depth, dumped=dumped):
            break
        below = _row(lines[at + 1]) if dumped and at + 1 < len(lines) else None
        if below and row.text.strip() and _alignments(below) and below.depth == row.depth:
            parts.append(_Part(row, below, []))
            at += 2
            continue
        if row.text.strip():
            parts[-1].rows.append(row)
        at += 1
    return _Region(parts, at, dumped, bare)


def _belongs(lines: Sequence[Line], at: int, row: _Row, depth: int, *, dumped: bool) -> bool:
    """Return whether a line is a part of the table above it.

    In html2text's tables an empty row is a line of spaces, and a row of one cell has no bar.
    """
    if row.line.code or row.depth != depth:
        return False
    if "|" in row.text:
        return True
    if not dumped or not row.line.text.endswith("  "):
        return False
    if row.text.strip():
        return row.text[0] != "#" and not is_item(row.text)
    following = _row(lines[at + 1]) if at + 1 < len(lines) else row
    is_row = following.line.text.endswith("  ") and len(split_row(following.text)) > 1
    return is_row and not following.line.code and following.depth == depth


def _cells(row: _Row, region: _Region) -> Cells:
    """Return a row's cells; a bar at an end is a frame unless the region's rows are bare."""
    cells = split_row(row.text)
    is_framed = len(cells) > 2 and not cells[0] and not cells[-1]
    if region.dumped and region.bare:
        return cells
    if region.bare and not is_framed:
        return cells
    start = 1 if len(cells) > 1 and not cells[0] else 0
    end = len(cells) - (1 if len(cells) - start > 1 and not cells[-1] else 0)
    return cells[start:end]


class _Grid(NamedTuple):
    """A part as cells: what stood before its header, the header, the alignments, (line, cells) of rows."""

    before: str
    header: Cells
    alignments: Cells
    rows: list[tuple[_Row, Cells]]

    @property
    def width(self) -> int:
        """How many columns the widest row has."""
        return max(len(self.header), len(self.alignments), *(len(cells) for _, cells in self.rows), 1)


def _grid(part: _Part, region: _Region) -> _Grid:
    """Return a part's cells. html2text counts those of the header: what is too many is the text before it."""
    header, alignments = _cells(part.header, region), _alignments(part.dashes) or []
    before = ""
    if region.dumped and len(header) == len(alignments) + 1:
        before, header = header[0], header[1:]
    return _Grid(before, header, alignments, _rows(part, region))


def _rows(part: _Part, region: _Region) -> list[tuple[_Row, Cells]]:
    """Return the rows' cells; a line that starts with a space goes on with the last cell of the row above."""
    rows: list[tuple[_Row, Cells]] = []
    for row in part.rows:
        cells = _cells(row, region)
        if region.dumped and row.lead and len(cells) == 1 and rows:
            rows[-1][1][-1] += "<br>" + cells[0]
        else:
            rows.append((row, cells))
    return rows


def _written(region: _Region, previous: Line | None, following: Sequence[Line]) -> list[Line] | None:
    """Return a region's lines as tables with blank lines around them, or None where none of it is broken."""
    grids = [_grid(part, region) for part in region.parts]
    if max(grid.width for grid in grids) > _MOST_COLUMNS:
        return None
    header = region.parts[0].header
    in_item = _MARKER.search(header.lead) is not None
    crowded = previous is not None and not in_item and _is_prose(previous)
    followed = any(line.text.strip("> \t") for line in following)
    if not (crowded or followed or region.dumped or _is_broken(region, grids[0])):
        return None
    out = [_blank(header)] if crowded else []
    for at, (part, grid) in enumerate(zip(region.parts, grids, strict=True)):
        out += [_blank(part.header)] if at else []
        is_title = at + 1 < len(grids) and _is_alone(grid)
        out += _captioned(part, grid) if is_title else _table(part, grid, region)
    return [*out, *([_blank(region.parts[-1].header)] if followed else [])]


def _is_prose(line: Line) -> bool:
    """Return whether a line would take a table right below it into its paragraph; headings do not."""
    text = line.text.strip("> \t")
    return bool(text) and text[0] != "#" and bool(set(text) - set("-="))


def _is_broken(region: _Region, grid: _Grid) -> bool:
    """Return whether Python-Markdown would not read these lines as a table, or lose cells of it."""
    header = region.parts[0].header.text
    if not len(grid.header) == len(grid.alignments) == grid.width:
        return True
    if region.bare and (header.startswith("|") or not split_row(header)[-1]):
        return True
    return grid.width == 1 and not all(row.text.startswith("|") for row, _ in grid.rows)


def _blank(beside: _Row) -> Line:
    return Line(beside.line.number, beside.quote.rstrip())


def _is_alone(grid: _Grid) -> bool:
    """Return whether a header has one cell and no rows, and so is the title of the table that follows."""
    return not grid.rows and sum(map(bool, grid.header)) == 1


def _captioned(part: _Part, grid: _Grid) -> list[Line]:
    """Return the one cell of a header as a paragraph, strong as headers are."""
    title = next(filter(None, grid.header))
    shown = title if "*" in title else f"**{title}**"
    return [part.header.line._replace(text=part.header.quote + part.header.lead + shown)]


def _table(part: _Part, grid: _Grid, region: _Region) -> list[Line]:
    width = grid.width
    header, rows = grid.header, [cells for _, cells in grid.rows]
    if region.dumped:
        header, rows = _aligned(*_spread(header, rows, width), width)
    out = []
    if grid.before:
        out = [part.header.line._replace(text=part.header.quote + grid.before), _blank(part.header)]
    dashes = grid.alignments + ["---"] * (width - len(grid.alignments))
    out += [_line(part.header, header, width), _line(part.dashes, dashes, width)]
    return out + [_line(row, cells, width) for (row, _), cells in zip(grid.rows, rows, strict=True)]


def _line(row: _Row, cells: Cells, width: int) -> Line:
    filled = [*cells, *[""] * (width - len(cells))]
    return row.line._replace(text=f"{row.quote}{row.lead}| {' | '.join(filled)} |")


def _spread(header: Cells, rows: list[Cells], width: int) -> tuple[Cells, list[Cells]]:
    """Return a header of two rows with its cells over those that they spanned, where the numbers settle that.

    `Release| Pulls | Patches` over `Merged| Total| Direct| Total` in a table of five columns: the first
    cell reached down into the second row, so each of the others spanned two columns.
    """
    under = rows[0] if rows else []
    down = width - len(under)
    across = len(header) - down
    if not (1 < len(under) < width and 0 < across < len(under) and len(under) % across == 0):
        return header, rows
    gap = [""] * (len(under) // across - 1)
    spanned = [cell for each in header[down:] for cell in (each, *gap)]
    return header[:down] + spanned, [[""] * down + under, *rows[1:]]


def _aligned(header: Cells, rows: list[Cells], width: int) -> tuple[Cells, list[Cells]]:
    """Return the rows with short ones moved to the right where a cell above reached down into them."""
    out: list[Cells] = []
    full = header
    for cells in rows:
        out.append(_placed(cells, full, width))
        full = cells if len(cells) == width else full
    return header, out


def _placed(cells: Cells, full: Cells, width: int) -> Cells:
    """Return a short row with its cells under those of their kind in the last row that was full."""
    gap = width - len(cells)
    if not gap or len(cells) < 2 or len(full) < width:
        return cells
    kind = _kind(cells[0])
    reached = kind != _kind(full[0]) and kind in ("", _kind(full[gap]))
    return [""] * gap + cells if reached else cells


def _kind(cell: str) -> str:
    if not cell:
        return ""
    if cell[0] in "`[":
        return cell[0]
    return "number" if _NUMBER.fullmatch(cell) else "text"
