"""Which texts must not go to Markdown, and how they are shown instead.

Python-Markdown needs quadratic to cubic time, or more stack than there is, for some texts of a few
kilobytes. `limits` sees those before they cost anything; what it lets through takes seconds at worst.
CommonMark's engine and the reader of HTML are linear but for nesting, so of those texts far less is asked.
"""

from __future__ import annotations

import html
import re

from lwnindex.model import Dialect

LARGEST = 8 * 1024 * 1024
LONGEST_LINE = 1024 * 1024
_SHORT = 20_000

_DEEPEST = {"[]": 60, "()": 200}
"""How many brackets of a kind may be open at once in a block; 9 is the most in 1,243 real articles."""

_MOST_ANGLES = 1_000

_MOST = {"`": 4_000, "*": 20_000, "_": 20_000, "\\": 10_000, "\n:": 300}
"""How often a mark may stand in a block; 1,556 is the most in real articles."""

_FEW = 200
"""So many marks are too many of none but the square brackets."""

_NO_MARKS = bytes(set(range(256)) - set(b"[(<>`*_\\|:\n"))

_MOST_NOTES = 2_000
_MOST_DEFINITIONS = 2_000
_MOST_CELLS = 200_000
_MOST_NESTED = 50
_MOST_FENCE_WORK = 400_000_000
_MOST_EXPANSION = 32 * 1024 * 1024

_FENCED = re.compile(r"^(?P<fence>~{3,}+|`{3,}+)[^\n`]*\n(?:.*?\n)??(?P=fence) *$", re.MULTILINE | re.DOTALL)
_BLANK = re.compile(r"\n[ \t>]*\n")
_DEFINITION = re.compile(r"^ {0,3}\*?\[[^\]\n]*\]:.*$", re.MULTILINE)
_QUOTES = re.compile(rf">(?:[ \t]*>){{{_MOST_NESTED}}}")
_LISTS = re.compile(rf"^[ \t>]*(?:(?:[-*+]|\d+\.)[ \t]+){{{_MOST_NESTED + 1},}}[^-*+\s]", re.MULTILINE)


_NESTED = re.compile(
    rf"^(?:[ \t]*+(?:>|[-*+](?=[ \t])|\d{{1,9}}[.)](?=[ \t]))){{{_MOST_NESTED + 1},}}+.*", re.MULTILINE
)
"""Quotes and lists as CommonMark opens them, one in another on one line."""


def limits(text: str, dialect: Dialect = "python") -> str | None:
    """Return why a text must not be rendered, as a sentence, or None where nothing speaks against it."""
    if dialect == "html":
        # Pages are written by programs, and many have one line.
        return _length(text)
    found = _size(text)
    if found:
        return found
    if dialect == "commonmark":
        return _nested(text)
    # Only the marks are counted, and most texts are never looked at again: 0.01 ms for one of 10 KB.
    marks = text.encode("utf-8", "surrogatepass").translate(None, _NO_MARKS)
    if len(text) > _SHORT or marks.count(b">") > _MOST_NESTED or marks.count(b"[") > _DEEPEST["[]"]:
        found = _whole(text)
    return _blocks(text) if not found and _is_suspicious(marks) else found


def as_plain(text: str) -> str:
    """Return a text as HTML that shows it letter by letter."""
    return f'<pre class="plain">{html.escape(text, quote=False)}</pre>'


def _length(text: str) -> str | None:
    return f"The text is longer than {LARGEST:,} characters." if len(text) > LARGEST else None


def _size(text: str) -> str | None:
    """Return what is wrong with the size of a text or of a line."""
    if found := _length(text):
        return found
    if len(text) > LONGEST_LINE and max(map(len, text.split("\n"))) > LONGEST_LINE:
        return f"A line is longer than {LONGEST_LINE:,} characters."
    return None


def _nested(text: str) -> str | None:
    """Return what CommonMark's engine would write too much for."""
    # A line of one mark and spaces is a rule.
    if any(len(set(found[0]) - {" ", "\t"}) > 1 or ">" in found[0] for found in _NESTED.finditer(text)):
        return f"Quotes and lists are nested more than {_MOST_NESTED} deep on one line."
    if text.count("[^") > _MOST_NOTES:
        return f"There are more than {_MOST_NOTES:,} footnotes and references to them."
    return None


def _whole(text: str) -> str | None:
    """Return what the text as a whole has too much of."""
    if _QUOTES.search(text):
        return f"Quotes are nested more than {_MOST_NESTED} deep."
    if _LISTS.search(text):
        return f"Lists are nested more than {_MOST_NESTED} deep on one line."
    # Each fence that is never closed is searched for to the end of the text.
    if len(text) * (text.count("\n```") + text.count("\n~~~")) > _MOST_FENCE_WORK:
        return "There are too many fences of code blocks."
    return _links(text) if text.count("[") > _DEEPEST["[]"] else None


def _links(text: str) -> str | None:
    """Return what is wrong with how links and footnotes are defined and used."""
    if text.count("[^") > _MOST_NOTES:
        return f"There are more than {_MOST_NOTES:,} footnotes and references to them."
    if "]:" not in text:
        return None
    longest = [len(found[0]) for found in _DEFINITION.finditer(text)]
    if len(longest) > _MOST_DEFINITIONS:
        return f"There are more than {_MOST_DEFINITIONS:,} definitions of links."
    if max(longest, default=0) * text.count("[") > _MOST_EXPANSION:
        return "A long link is defined once and used too often."
    return None


def _is_suspicious(marks: bytes) -> bool:
    """Return whether a block of a text may have too much of something; no is certain.

    What the whole text has is a bound for each of its blocks.
    """
    if len(marks) <= _FEW and marks.count(b"[") <= _DEEPEST["[]"]:
        return False
    return (
        marks.count(b"<") > _MOST_ANGLES
        or any(marks.count(pair[0].encode()) > most for pair, most in _DEEPEST.items())
        or any(marks.count(mark.encode()) > most for mark, most in _MOST.items())
        or marks.count(b"|") * marks.count(b"\n") > _MOST_CELLS
    )


def _blocks(text: str) -> str | None:
    """Return what a block of the text, that is what stands between blank lines, has too much of."""
    unfenced = _FENCED.sub("", text)
    if _depth(unfenced, "<>") > _MOST_ANGLES:
        return f"More than {_MOST_ANGLES:,} angle brackets are open at once."
    blocks = _BLANK.split(unfenced)
    if sum(map(_cells, blocks)) > _MOST_CELLS:
        return f"The tables have more than {_MOST_CELLS:,} cells."
    return next((found for block in blocks if (found := _excess(block))), None)


def _cells(block: str) -> int:
    """Return how many cells a block has if it is a table: each row is as wide as the first."""
    return block.partition("\n")[0].count("|") * block.count("\n")


def _excess(block: str) -> str | None:
    """Return what a block has too much of."""
    for pair, most in _DEEPEST.items():
        if block.count(pair[0]) > most and _depth(block, pair) > most:
            return f"More than {most} brackets {pair[0]} are open at once."
    for mark, most in _MOST.items():
        if block.count(mark) > most:
            return f"A block holds {mark.strip()!r} more than {most:,} times."
    return None


def _depth(block: str, pair: str) -> int:
    """Return how many brackets of a kind are open at once, at most."""
    depth = deepest = 0
    for mark in re.findall(f"[{re.escape(pair)}]", block):
        depth = depth + 1 if mark == pair[0] else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest
