"""Which texts must not go to Markdown, and how they are shown instead.

Python-Markdown needs quadratic to cubic time, or more stack than there is, for some texts of a few
kilobytes. `limits` sees those before they cost anything; what it lets through takes seconds at worst.
CommonMark's engine and the reader of HTML are linear but for nesting, so of those texts far less is asked.
"""

from __future__ import annotations

import re
import string
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from lwnindex import unseen
from lwnindex.clean import legal
from lwnindex.model import Dialect
from lwnindex.tags import escaped_text

LARGEST = 1024 * 1024
"""How many characters a text may have; 125,490 is the most in 1,243 real articles."""

TOO_LONG = f"The text is longer than {LARGEST:,} characters."

LONGEST_LINE = 256 * 1024
PLAIN_START, PLAIN_END = '<pre class="plain" tabindex="0">', "</pre>"
_SHORT = 20_000

_DEEPEST = {"[]": 60, "()": 200}
"""How many brackets of a kind may be open at once in a block; 9 is the most in 1,243 real articles."""

_MOST_ANGLES = 1_000

_MOST = {"`": 4_000, "*": 20_000, "_": 20_000, "\\": 10_000, "\n:": 300}
"""How often a mark may stand in a block; 1,556 is the most in real articles."""

_FEW = 200
"""So many marks are too many of none but the square brackets."""

_NO_MARKS = bytes(set(range(256)) - set(b"[(<>`*_\\|:\n"))

_INLINE = b"[<&*_`\\"
_NOT_INLINE = bytes(set(range(256)) - set(_INLINE))
_NOT_SIGNS = bytes(set(range(256)) - set(string.punctuation.encode()) - {10})
_MARK = 16
_MOST_WORK = 1_000_000_000
"""How many characters Python-Markdown may move: for each mark of a paragraph or item, all that this holds.

What stands for a mark in between is 16 characters long. That many take a third of a second; 6 million are
the most in 1,243 real articles.
"""

_MOST_NOTES = 2_000
_MOST_DEFINITIONS = 2_000
_MOST_CELLS = 20_000
_MOST_LINES = 30_000
_MOST_LINES_READ = 10_000
_MOST_TAGS = 8_000
_MOST_BEGUN = 30_000_000
_MOST_NESTED = 50
_MOST_FENCES = 5_000
_MOST_SOUGHT = 40_000_000
_MOST_EXPANSION = 32 * 1024 * 1024
_MOST_ABBREVIATED = 1024 * 1024

_FENCE = re.compile(r"^(~{3,}+|`{3,}+)([^\n`]*)$", re.MULTILINE)
_BLANK = re.compile(r"\n[ \t>]*\n")
_DEFINITION = re.compile(r"^ {0,3}\*?\[[^\]\n]*\]:.*$", re.MULTILINE)
_ABBREVIATION = re.compile(r"^[*]\[([^\\]{0,2000}?)\] ?: *\n? *(.*)$", re.MULTILINE)
_QUOTES = re.compile(rf">(?:[ \t]*>){{{_MOST_NESTED}}}")
_LISTS = re.compile(rf"^[ \t>]*(?:(?:[-*+]|\d+\.)[ \t]+){{{_MOST_NESTED + 1},}}[^-*+\s]", re.MULTILINE)
_INDENTED = re.compile(
    rf"^(?:[ >]{{0,3}}\t|[ >]{{4}}){{{_MOST_NESTED}}}[ \t>]*+(?:[-*+:]|\d+\.|!!!|\[\^)", re.MULTILINE
)
_BREAKS = re.compile(r"^ {0,3}(?:[#:!]|(?:=+|(?:[-*_] *)+)$|[*]?\[\^?[^\]\n]*\]:)", re.MULTILINE)
_ITEMS = re.compile(r"\n(?= {0,3}(?:[-*+]|\d+\.) )")

_NESTED = re.compile(
    rf"^(?:[ \t]*+(?:>|[-*+](?=[ \t])|\d{{1,9}}[.)](?=[ \t]))){{{_MOST_NESTED + 1},}}+.*", re.MULTILINE
)
"""Quotes and lists as CommonMark opens them, one in another on one line."""


def limits(text: str, dialect: Dialect = "python", *, usual: bool = True) -> str | None:
    """Return why a text must not be rendered, as a sentence, or None where nothing speaks against it.

    `usual` says that Python-Markdown has no extensions but those that are known here.
    """
    if dialect == "html":
        # Pages are written by programs, and many have one line.
        return _length(text)
    if dialect == "commonmark":
        return _size(text) or _nested(text)
    return _size(text) or _next(text) or (None if usual else _unusual(text))


def _unusual(text: str) -> str | None:
    """Return what is too much for extensions to which any sign may be a mark, and a line a break."""
    if text.count("\n") > _MOST_LINES_READ:
        return f"There are more than {_MOST_LINES_READ:,} lines."
    return _moved(_unfenced(text)[0], _NOT_SIGNS)


def _next(text: str) -> str | None:
    """Return the first reason why a text must not go to Python-Markdown."""
    # Only the marks are counted, and most texts are never looked at again: 0.01 ms for one of 10 KB.
    marks = text.encode("utf-8", "surrogatepass").translate(None, _NO_MARKS)
    has_abbreviations = b"*[" in marks and "\n*[" in f"\n{text}"
    is_long = (
        len(text) > _SHORT
        or has_abbreviations
        or marks.count(b">") > _MOST_NESTED
        or marks.count(b"[") > _DEEPEST["[]"]
    )
    is_suspicious = _is_suspicious(marks)
    if not is_long and not is_suspicious:
        return None
    bare, fences, sought = _unfenced(text)
    if fences > _MOST_FENCES or sought > _MOST_SOUGHT:
        return "There are too many fences of code blocks, or they are not closed."
    found = next(_whole(text, bare), None) if is_long else None
    return found or (_blocks(bare) if is_suspicious else None) or _moved(bare)


def as_plain(text: str) -> str:
    """Return a text as HTML that shows it letter by letter, as the last cleaning would leave it."""
    return f"{PLAIN_START}{_escaped(text)}{PLAIN_END}"


def plain_pieces(pieces: Iterable[str]) -> Iterator[str]:
    """Yield what stands between the start and the end of the same for a text in pieces."""
    begun = False
    for piece in pieces:
        # Only where the text begins are its line breaks lost.
        escaped = escaped_text(legal(piece)) if begun else _escaped(piece)
        begun = begun or bool(escaped)
        yield escaped


def _escaped(text: str) -> str:
    """Return a text as the HTML of a block of code, without what no page may hold.

    A line break at its start is lost to every reader of HTML.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return escaped_text(unseen.of_code(legal(text)).lstrip("\n"))


def _length(text: str) -> str | None:
    return TOO_LONG if len(text) > LARGEST else None


def _size(text: str) -> str | None:
    """Return what is wrong with the size of a text or of a line."""
    if found := _length(text):
        return found
    if len(text) > LONGEST_LINE and max(map(len, text.split("\n"))) > LONGEST_LINE:
        return f"A line is longer than {LONGEST_LINE:,} characters."
    return None


def _nested(text: str) -> str | None:
    """Return what CommonMark's engine would write too much for."""
    if found := _nested_on_a_line(text):
        return found
    if text.count("[^") > _MOST_NOTES:
        return f"There are more than {_MOST_NOTES:,} footnotes and references to them."
    return None


def _nested_on_a_line(text: str) -> str | None:
    """Return that one line opens too many quotes and lists, if one does."""
    # A line of one mark and spaces is a rule.
    if any(found[0].strip(" \t-") and found[0].strip(" \t*") for found in _NESTED.finditer(text)):
        return f"Quotes and lists are nested more than {_MOST_NESTED} deep on one line."
    return None


def _unfenced(text: str) -> tuple[str, int, int]:
    """Return a text without its fenced code, how many blocks that was, and how far ends of it are sought.

    Each fence that is never closed is searched for to the end of the text.
    """
    if "```" not in text and "~~~" not in text:
        return text, 0, 0
    lines = list(_FENCE.finditer(text))
    closing: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        if not line[2].strip(" "):
            closing.setdefault(line[1], []).append(at)
    pieces = []
    end = at = sought = 0
    while at < len(lines):
        ends = closing.get(lines[at][1], [])
        place = bisect_right(ends, at)
        if place == len(ends):
            sought += len(text) - lines[at].end()
            at += 1
            continue
        pieces.append(text[end : lines[at].start()])
        end, at = lines[ends[place]].end(), ends[place] + 1
    return "".join([*pieces, text[end:]]), len(pieces), sought


def _moved(bare: str, unmarked: bytes = _NOT_INLINE) -> str | None:
    """Return that reading the marks within lines would take too long, if it would."""
    if _work(bare, unmarked) <= _MOST_WORK:
        # What the whole text has is a bound for the sum of its blocks.
        return None
    if sum(_work(part, unmarked) for block in _BLANK.split(bare) for part in _parts(block)) <= _MOST_WORK:
        return None
    return "There are too many marks such as * and & in one paragraph."


def _work(part: str, unmarked: bytes) -> int:
    """Return how many characters are moved to read the marks of a text that is one paragraph."""
    marks = len(part.encode("utf-8", "surrogatepass").translate(None, unmarked)) + part.count("  \n")
    return marks * (len(part) + _MARK * marks)


def _parts(block: str) -> Sequence[str]:
    """Return the items of a block that is a list, or the block."""
    return _ITEMS.split(block) if _ITEMS.match(f"\n{block}") else (block,)


def _whole(text: str, bare: str) -> Iterator[str]:
    """Yield what the text as a whole has too much of; `bare` is the same without its fenced code."""
    if _QUOTES.search(text):
        yield f"Quotes are nested more than {_MOST_NESTED} deep."
    if _LISTS.search(text):
        yield f"Lists are nested more than {_MOST_NESTED} deep on one line."
    yield from filter(None, [_nested_on_a_line(text)])
    if ("\t" * _MOST_NESTED in text or " " * 4 * _MOST_NESTED in text) and _INDENTED.search(bare):
        yield f"Lists are nested more than {_MOST_NESTED} deep."
    if bare.count("\n") > _MOST_LINES:
        yield f"There are more than {_MOST_LINES:,} lines outside of code."
    if bare.count("<") > _MOST_TAGS:
        yield f"There are more than {_MOST_TAGS:,} angle brackets outside of code."
    if text.count("[") > _DEEPEST["[]"]:
        yield from filter(None, [_links(text)])
    if "*[" in bare:
        yield from filter(None, [_abbreviations(bare)])
    if len(bare) * bare.count("\n") > _MOST_BEGUN and _begun(bare) > _MOST_BEGUN:
        yield "There are too many headings and rules without blank lines between."


def _begun(bare: str) -> int:
    """Return how many characters of blocks are looked at: for each line that ends a block, all of it."""
    if len(bare) * len(_BREAKS.findall(bare)) <= _MOST_BEGUN:
        return 0
    return sum(len(block) * len(_BREAKS.findall(block)) for block in _BLANK.split(bare))


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


def _abbreviations(bare: str) -> str | None:
    """Return that abbreviations would be written out too often: each wherever its letters stand."""
    found = list(islice(_ABBREVIATION.finditer(bare), _MOST_DEFINITIONS + 1))
    if len(found) > _MOST_DEFINITIONS:
        return f"There are more than {_MOST_DEFINITIONS:,} abbreviations."
    # As often as it has room is a bound for how often one stands there.
    long = [one for one in found if len(one[2]) * len(bare) > _MOST_ABBREVIATED * max(1, len(one[1]))]
    if sum(len(one[2]) * bare.count(one[1]) for one in long) > _MOST_EXPANSION:
        return "A long abbreviation is defined once and used too often."
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


def _blocks(bare: str) -> str | None:
    """Return what a block of the text, that is what stands between blank lines, has too much of."""
    if _depth(bare, "<>") > _MOST_ANGLES:
        return f"More than {_MOST_ANGLES:,} angle brackets are open at once."
    blocks = _BLANK.split(bare)
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
