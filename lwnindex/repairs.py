"""Dumped Markdown becomes Markdown that Python-Markdown reads as it was meant.

html2text writes tables as rows `A| B` with a line `---|---` under the first, starts each level of a list
two columns further right, and leaves a space at most line ends. Lines come in with the number of the line
of the source in which they stand, and go out with it. Code is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from lwnindex.fences import repair_fences
from lwnindex.lines import TAB, Code, Line, is_item, is_rule, split_row
from lwnindex.tables import DASHES, is_dashes, repair_tables

Counts = tuple[tuple[str, int], ...]

_LONGEST = 20_000
"""How long a line may be to be searched for links in code; many backticks take quadratic time."""

_DEEP = " " * 6
_EDGES = frozenset(DASHES)
_NO_MARGIN = frozenset(("", " ", ">"))
_LEAD = re.compile(" *")
_PLAIN_FENCE = re.compile(r"(?:`{3,}+|~{3,}+)(?:\.?[\w#+-][\w#.+-]*)? *")
_SPAN = re.compile(r"(?<!`)(`++)(?!`)(.*?[^`])\1(?!`)")
_CODE_LINK = re.compile(r"\[([^\[\]]++)\](\((?:[^()\s]++|\([^()\s]*+\))++\))")


class Repaired(NamedTuple):
    """A dump's text, the line of the source in which each of its lines stands, and which repairs it took."""

    text: str
    numbers: tuple[int, ...] = ()
    counts: Counts = ()


def repaired(lines: Sequence[Line]) -> Repaired:
    """Return the text of a dump's lines with all that html2text left half-said repaired."""
    usual = _usual(lines)
    if usual is not None:
        return usual
    linked, links = repair_code_links(lines)
    parted, paragraphs = part_paragraphs(linked)
    body, counts = mended(parted)
    return Repaired(
        "\n".join([line.text for line in body]),
        tuple([line.number for line in body]),
        (("code-link", links), ("paragraph", paragraphs), *counts),
    )


def _usual(lines: Sequence[Line]) -> Repaired | None:
    """Return a text that needs no repair but at its lines' ends, as most do; None for any other."""
    if not lines:
        return Repaired("")
    numbers, texts, codes = zip(*lines, strict=True)
    shown: Sequence[str] = texts
    if any(codes):
        if not _is_plainly_fenced(texts, codes):
            return None
        shown = ["" if code else text for text, code in zip(texts, codes, strict=True)]
    if not _is_usual(shown):
        return None
    ended = [
        _ended(text) if text[-1:] == " " and not code else text
        for text, code in zip(texts, codes, strict=True)
    ]
    return Repaired("\n".join(ended), numbers)


def _is_plainly_fenced(texts: Sequence[str], codes: Sequence[Code]) -> bool:
    """Return whether all code is fenced, at the margin and as Python-Markdown reads it."""
    coded = [text for text, code in zip(texts, codes, strict=True) if code]
    fences = [text for text in coded if "```" in text or "~~~" in text]
    return "indented" not in codes and all(map(_PLAIN_FENCE.fullmatch, fences))


def _is_usual(texts: Sequence[str]) -> bool:
    """Return whether lines hold no tab, no link in code, and nothing to mend of a table or a list."""
    whole = "\n".join(texts)
    if "\t" in whole or ("`" in whole and "`[" in whole):
        return False
    for at in [at for at, text in enumerate(texts) if text[:1] in _EDGES]:
        if is_dashes(texts[at]) or texts[at].startswith(_DEEP):
            return False
        if texts[at][:2] == "  " and at + 1 < len(texts) and texts[at + 1][:1] not in _NO_MARGIN:
            return False
    return True


def mended(lines: Sequence[Line]) -> tuple[tuple[Line, ...], Counts]:
    """Return the lines with all repairs made, and how often which was needed."""
    found = _untabbed(lines)
    lists = fences = languages = 0
    found, tables = repair_tables(found)
    if any(line.text.startswith(_DEEP) and not line.code for line in found):
        found, lists = repair_lists(found)
    if any(line.code == "fenced" for line in found):
        found, fences, languages = repair_fences(found)
    found = _trimmed(found)
    counts = (("fence", fences), ("fence-language", languages), ("list", lists), ("table", tables))
    return found, tuple((name, count) for name, count in counts if count)


def repair_lists(lines: Sequence[Line]) -> tuple[tuple[Line, ...], int]:
    """Return the lines with html2text's lists indented by four a level, and how many lists needed it.

    html2text puts the items of level 1 at column 2, of level 2 at 4, of level 3 at 6, each on one line.
    """
    out = []
    count = previous = 0
    dumped = deeper = False
    for line in lines:
        indent = _indent_of_item(line)
        if indent is None:
            inside = bool(line.code) or line.text[:1] in ("", " ")
            dumped, deeper = dumped and inside, deeper and inside
            out.append(line)
            continue
        dumped = indent == 2 or (dumped and indent % 2 == 0 and 2 < indent <= previous + 2)
        previous = indent
        if dumped and indent >= 6:
            count += not deeper
            deeper = True
            line = line._replace(text=" " * (2 * indent - TAB) + line.text[indent:])  # noqa: PLW2901
        out.append(line)
    return tuple(out), count


def _indent_of_item(line: Line) -> int | None:
    """Return how far a list's item is indented by spaces, or None for any other line."""
    if line.code or not is_item(line.text) or line.text[:1] == "\t":
        return None
    found = _LEAD.match(line.text)
    return len(found[0]) if found else 0


def part_paragraphs(lines: Sequence[Line]) -> tuple[tuple[Line, ...], int]:
    """Return the lines with a blank one between html2text's items and text at the margin, and how many.

    html2text writes an item on one line, so what stands at the margin below it is a paragraph of its own.
    """
    out: list[Line] = []
    start = 0
    for at in [at for at, above in enumerate(lines[:-1], 1) if above.text[:2] == "  "]:
        if _is_text_at_margin(lines[at]) and _indent_of_item(lines[at - 1]) is not None:
            out += (*lines[start:at], Line(lines[at].number, ""))
            start = at
    return (*out, *lines[start:]), len(out) - start


def _is_text_at_margin(line: Line) -> bool:
    text = line.text
    if line.code or text[:1] in ("", " ", "\t", ">") or not text.strip():
        return False
    return not is_item(text) and not is_rule(text) and len(split_row(text)) == 1


def repair_code_links(lines: Sequence[Line]) -> tuple[tuple[Line, ...], int]:
    """Return the lines with html2text's links inside code, `` `[clone()](...)` ``, around it, and how many.

    That is how it writes a link that stood within an element of code, and Markdown reads it letter by letter.
    """
    if not any("`" in line.text and "`[" in line.text for line in lines):
        return tuple(lines), 0
    count = 0

    def turned(found: re.Match[str]) -> str:
        nonlocal count
        link = _CODE_LINK.fullmatch(found[2])
        if link is None:
            return found[0]
        count += 1
        return f"[{found[1]}{link[1]}{found[1]}]{link[2]}"

    out = [
        line._replace(text=_SPAN.sub(turned, line.text)) if _may_link_in_code(line) else line
        for line in lines
    ]
    return tuple(out), count


def _may_link_in_code(line: Line) -> bool:
    return not line.code and "`[" in line.text and len(line.text) <= _LONGEST


def repair_spaces(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines without tabs and without spaces at their ends, but for the two of a hard break.

    A tab reaches to the next fourth column, as Markdown has it; in fenced code all stays as it is.
    """
    return _trimmed(_untabbed(lines))


def _untabbed(lines: Sequence[Line]) -> tuple[Line, ...]:
    return tuple(
        [
            line.saying(line.text.expandtabs(TAB)) if "\t" in line.text and line.code != "fenced" else line
            for line in lines
        ]
    )


def _trimmed(lines: Sequence[Line]) -> tuple[Line, ...]:
    return tuple(
        [
            line.saying(_ended(line.text)) if line.text[-1:] == " " and line.code != "fenced" else line
            for line in lines
        ]
    )


def _ended(text: str) -> str:
    """Return a line without spaces at its end, but for the two of a hard break."""
    if text[-1:] != " ":
        return text
    if text[-2:-1] != " ":
        return text[:-1]
    bare = text.rstrip(" ")
    return bare + "  " if bare.strip("> ") else bare
