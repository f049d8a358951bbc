"""What Python-Markdown and pyromark read alike: blocks of Markdown about which the two cannot differ.

A block is what stands between blank lines. It comes in and its kind goes out, with what pyromark is to
be given for it; no kind where the two may differ. The patterns say what is allowed, never what is
forbidden, and do not go back over what they have read: a block takes time in proportion to its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

Kind = Literal["", "paragraph", "heading", "rule", "list", "item", "quote", "table", "code", "fence"]

SPACES = "\N{MEDIUM MATHEMATICAL SPACE}"
"""Two spaces at the end of a paragraph or item: Python-Markdown keeps those, and pyromark this."""

NEWLINE = "\N{IDEOGRAPHIC SPACE}"
"""The blank line at the end of a quote: Python-Markdown keeps it in the last paragraph, and pyromark this."""

PART = "\uf8ff"
"""A paragraph of this alone parts what is rendered in one go."""


class Block(NamedTuple):
    """A block as it stands in the text, its kind, and the text that pyromark is to be given.

    Items of one `mark` are one list with blank lines between; `deep` is how far one is indented. Code
    with the mark "apart" has more than one blank line before it.
    """

    source: str
    kind: Kind = ""
    text: str = ""
    mark: str = ""
    deep: int = 0


NO_TEXT = ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext")
"""Elements behind whose start tag a parser of HTML may read on in another way."""

# Controls, and what Python calls a space and CommonMark does not or the other way round.
_PRINTABLE = bytes([10, *range(32, 127)])
_ODD = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\uf8ff]"
)
_ODD_SPACE = re.compile("(?<![^\\s`])\xa0|\xa0(?![^\\s`])")

# Not the start of anything but text: a heading, quote, list, table, fence, term or rule.
_STARTS_TEXT = r"(?![ #>=~|:<]|[-+](?!-?[A-Za-z0-9])|\d++[.)](?![^ \n]))"
_LETTER = r"[^\W_]"
_ENTITY = r"&(?:amp|lt|gt|quot|nbsp|[mn]dash|hellip|copy|reg|trade|[aeiou](?:acute|grave|circ|uml)|szlig);"
_URL_PART = r"[A-Za-z0-9\-_.+!*,%@?=;:/#$~]++|&amp;|&(?!#|[A-Za-z0-9]++;)|\\[()_*]"
_URL = rf"(?:{_URL_PART}|\((?:{_URL_PART})*+\))++"
_ADDRESS = rf'\({_URL}(?: "[\w ,.:;/+-]*+")?\)'
_CODE_ANGLE = rf"<(?![A-Za-z/!?])|</?+(?!(?i:{'|'.join(NO_TEXT)})\b)[A-Za-z][\w./:+*, -]*+>"

_WORDS = "|".join(
    (
        # Anything but \n\`*_[]<&!: said by what it is, it is read twice as fast.
        r"""[\x00-\x09\x0b-\x20"-%'-)+-;=-Z^a-\x7f]++|[^\x00-\x7f]++""",
        r"!(?!\[)",
        rf"`(?<!``)(?![` ])(?:[^`\n<&]++|&(?!#)|{_CODE_ANGLE})++(?<! )`(?!`)",
        r"\\[*_{}\[\]()>#+\-.!]",
        r"\\(?=[A-Za-z0-9 ])",
        rf"{_ENTITY}|&(?![A-Za-z0-9#])|&[A-Za-z0-9]++(?!;)",
        r"<(?=[ =])",
        rf"_(?<={_LETTER}_)_*+(?={_LETTER})",
        r"[*_](?<= [*_])(?= )",
    )
)
"""What stands in a line and has no part in what stands around it.

Each begins with its character and looks back from behind it: so it is passed over where it cannot be.
"""


def _emphasis(content: str, name: str) -> str:
    """Return what is emphasized; before and behind it stands what both engines take for no part of it."""
    start = r"""(?<![^\s(\["'\u201c\u2018\u2014\u2013/-])(?=[*_]{1,2}+[^\s*_\\<&!])"""
    end = rf"""(?<=[^\s*_\\])(?P={name})(?=[\s.,;:!?)\]"'\u201d\u2019\u2026\u2014\u2013/-]|\Z)"""
    return rf"{start}(?P<{name}>\*{{1,2}}+|_{{1,2}}+)(?:{content})++{end}"


@cache
def _text() -> re.Pattern[str]:
    """Return the pattern of a paragraph."""
    words = rf"{_WORDS}|\n(?<! \n){_STARTS_TEXT}"
    unlinked = r"(?![(\[:]|[ \n]?[:\[])"
    image = rf'!\[(?:[^\n\\`*_\[\]<>&"]|\\[\[\]]|\n{_STARTS_TEXT})*+\]{_ADDRESS}'
    bracket = rf"\[(?<!!\[)(?:{words})*+\]{unlinked}"
    inner = rf"{words}|{_emphasis(words, 'inner')}|{image}|{bracket}"
    link = rf"\[(?<!!\[)(?:{inner})++\](?:{_ADDRESS}|{unlinked})"
    short = rf"\[(?<!!\[)(?:{words})++\](?:{_ADDRESS}|{unlinked})"
    auto = r"<(?:https?|ftp)://(?:[A-Za-z0-9\-_.+,%@?=;:/#~]|&(?!#|[A-Za-z0-9]++;))++>"
    broken = rf"\n(?<=[^ \n]  \n){_STARTS_TEXT}"
    whole = "|".join((words, broken, _emphasis(f"{words}|{short}", "outer"), image, link, auto))
    return re.compile(rf"{_STARTS_TEXT}(?:{whole})++(?<![ \n])")


_HEADING = re.compile(r"#{1,6} +(?=[^ ])([^#\n]*)")
_RULE = re.compile(r"(?:\*(?: ?\*){2,}+|-(?: ?-){2,}+|_(?: ?_){2,}+) {0,2}")
_ITEM = re.compile(r"( {0,8})(?:([-*+])|(?:0|[1-9]\d{0,8})\.) (?=[^ ])")
_SEPARATOR = re.compile(r"\|(?: *:?-+:? *\|)+ {0,2}")
_CODE = re.compile(rf"(?: {{4}}(?= *[^ \n])(?:[^\n<&]++|&(?!#)|{_CODE_ANGLE})*+(?:\n|\Z))++(?<=[^ \n])")
_LONE_STAR = re.compile(r"[^\n\\]\*")
_LEVELS = (4, 8)
_QUOTED = re.compile(r"^ *>|^ +$", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n{2,}")


def blocks(text: str) -> list[Block]:
    """Return the blocks of a text without fences; quotes with only blank lines between are one."""
    found: list[Block] = []
    is_text = _text().fullmatch
    for source, bare in _parted(text):
        if is_text(bare):
            found.append(Block(source, "paragraph", bare))
        elif bare[0] == ">":
            found.append(_quote(source, bare))
        else:
            found.append(_read(source, bare, found[-1] if found else Block("")))
    return found


def _parted(text: str) -> Iterator[tuple[str, str]]:
    """Yield each block with and without the blank lines before it, and quotes in a row as one."""
    gap = ""
    quotes: list[str] = []
    for each in text.split("\n\n"):
        bare = each.strip("\n")
        if not bare:
            gap += f"{each}\n\n"
            continue
        source, gap = gap + each, ""
        if bare[0] == ">":
            quotes.append(source)
            continue
        if quotes:
            yield _together(quotes)
            quotes = []
        yield source, bare
    if quotes:
        yield _together(quotes)


def _together(quotes: Sequence[str]) -> tuple[str, str]:
    """Return quotes as they stand, and what they are for Python-Markdown."""
    source = "\n\n".join(quotes)
    return source, source.strip("\n")


def are_tied(one: Block, other: Block) -> bool:
    """Return whether a block and the next may be one thing for one of the engines, and two for the other."""
    if one.kind in ("list", "item"):
        is_loose = one.kind == other.kind == "item" and one.mark == other.mark
        return other.kind in ("list", "item", "code") and not is_loose
    return one.kind == other.kind and (one.kind == "quote" or other.mark == "apart")


def is_odd(text: str) -> bool:
    """Return whether a text holds characters about which the engines differ."""
    raw = text.encode("utf-8", "surrogatepass").translate(None, _PRINTABLE)
    if not raw:
        return False
    rest = raw.decode("utf-8", "surrogatepass")
    if rest.isprintable():
        return False
    return _ODD.search(rest) is not None or ("\xa0" in rest and _ODD_SPACE.search(text) is not None)


def _read(source: str, bare: str, previous: Block) -> Block:
    """Return what a block is that is no plain paragraph."""
    if bare.startswith("    "):
        return _indented(source, bare, previous)
    simple = _simple(bare)
    if simple:
        return Block(source, simple, bare)
    if _ITEM.match(bare):
        return _list(source, bare)
    ended = _ended(bare)
    return Block(source, "paragraph" if ended else "", ended)


def _simple(bare: str) -> Kind:
    """Return the kind of a heading, table or rule."""
    if bare[0] == "#":
        heading = _HEADING.fullmatch(bare)
        return "heading" if heading and _is_text(heading[1]) else ""
    if bare[0] == "|":
        return "table" if _is_table(bare.split("\n")) else ""
    return "rule" if _RULE.fullmatch(bare) else ""


def _indented(source: str, bare: str, previous: Block) -> Block:
    """Return an item of a next level where there may be one, or code."""
    item = _ITEM.match(bare)
    if item and previous.kind == "item" and item[2] and item[2] == previous.mark[-1]:
        deep = len(item[1])
        text = _ended(bare[item.end() :]) if "\n" not in bare else ""
        if text and deep in _LEVELS and deep <= previous.deep + 4:
            return Block(source, "item", item[0] + text, previous.mark, deep)
    return Block(source, "code" if _CODE.fullmatch(bare) else "", bare, "apart" if source[0] == "\n" else "")


def _ended(text: str) -> str:
    """Return a paragraph with a mark for the two spaces at its end, or nothing if it is none."""
    bare = text.removesuffix("  ")
    if not _text().fullmatch(bare) and not _has_lone_star(bare):
        return ""
    return text if bare is text else bare + SPACES


def _has_lone_star(text: str) -> bool:
    """Return whether a paragraph is plain but for one star, which can emphasize nothing."""
    return (
        text.count("*") == 1
        and "_" not in text
        and _LONE_STAR.search(text) is not None
        and _text().fullmatch(text.replace("*", "x")) is not None
    )


def _is_text(line: str) -> bool:
    """Return whether a line may stand within a heading or cell, where no block can start."""
    return _text().fullmatch(f"x {line.strip(' ')}") is not None


def _is_table(rows: Sequence[str]) -> bool:
    if len(rows) < 3 or not _SEPARATOR.fullmatch(rows[1]):
        return False
    bars = rows[1].count("|")
    return all(_is_row(row, bars) for row in (rows[0], *rows[2:]))


def _is_row(row: str, bars: int) -> bool:
    cells = row.rstrip(" ").split("|")
    if len(cells) != bars + 1 or cells[0] or cells[-1]:
        return False
    return all(_is_text(cell) for cell in cells if cell.strip(" "))


def _list(source: str, bare: str) -> Block:
    """Return a list of items of one line each, those of the next level indented by four."""
    items = [_ITEM.match(row) for row in bare.split("\n")]
    first = items[0]
    if first is None or len(first[1]) > (2 if first[2] else 3):
        return Block(source)
    mark, deep = first[1] + (first[2] or "1"), len(first[1])
    written = []
    for item in items:
        text = _ended(item.string[item.end() :]) if item else ""
        if not item or not text or not _is_next(item, mark, deep):
            return Block(source)
        deep = len(item[1])
        written.append(item[0] + text)
    return Block(source, "list" if len(items) > 1 else "item", "\n".join(written), mark, deep)


def _is_next(item: re.Match[str], mark: str, deep: int) -> bool:
    """Return whether an item may follow one that is indented so far, in a list with this mark."""
    if item[1] + (item[2] or "1") == mark:
        return True
    return bool(item[2]) and item[2] == mark[-1] and len(item[1]) in _LEVELS and len(item[1]) <= deep + 4


def _quote(source: str, bare: str) -> Block:
    """Return a quote with all that stands in it, which is no other quote.

    Python-Markdown makes one of several with blank lines between.
    """
    inner: list[Block] = []
    for part in _BLANK_LINES.split(bare) if "\n\n" in bare else (bare,):
        inner += _within(part)
    if not all(each.kind for each in inner) or any(map(are_tied, inner, inner[1:])):
        return Block(source)
    joined = "\n\n".join(each.text for each in inner)
    return Block(source, "quote", "> " + joined.replace("\n", "\n> "))


def _within(quote: str) -> list[Block]:
    """Return the blocks within a quote; one without a kind where it holds another or white space."""
    rows = quote.split("\n")
    text = "\n".join(row[2:] if row[1:2] == " " else row[1:] for row in rows)
    if quote.count("\n>") + 1 < len(rows) or (_may_be_quoted(text) and _QUOTED.search(text)):
        return [Block(quote)]
    inner = blocks(text)
    if not inner or text.endswith("\n\n"):
        return [Block(quote)]
    if text[-1] == "\n":
        last = inner.pop()
        is_plain = last.kind == "paragraph" and last.text[-1] != SPACES
        inner.append(last._replace(kind="paragraph" if is_plain else "", text=last.text + NEWLINE))
    return inner


def _may_be_quoted(text: str) -> bool:
    """Return whether a line of a text starts as those do that are no plain ones."""
    return text[:1] in (" ", ">") or "\n>" in text or "\n " in text
