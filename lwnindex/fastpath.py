"""The fast way from Markdown to HTML: pyromark renders what Python-Markdown would render alike.

Python-Markdown is the definition of the HTML of every article. A text comes in and HTML goes out that is
the same once it is cleaned. Blocks of the language that is `agreed` go to pyromark, the others to
Python-Markdown, and a text with anything that reaches across blocks goes to it as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from lwnindex.agreed import NEWLINE, NO_TEXT, PART, SPACES, Block, are_tied, blocks, is_odd
from lwnindex.clean import KNOWN

if TYPE_CHECKING:
    from pyromark import Markdown

KNOWN_EXTENSIONS = frozenset({"tables", "fenced_code", "footnotes", "def_list", "abbr"})
"""The extensions whose constructs are known here; any other turns the fast way off."""

_NEEDED = frozenset({"tables", "fenced_code"})
_TYING = frozenset({"list", "item", "quote", "code"})
_PLAIN = frozenset({"paragraph", "heading", "rule", "code", "fence"})
"""Blocks that pyromark writes as Python-Markdown does."""

_TAB = 4

_SPACES_ONLY = re.compile(r"\n +(?=\n)")
_FENCE = re.compile(
    r"(?P<mark>`{3,}+|~{3,}+) *(?:[A-Za-z0-9_#+-][A-Za-z0-9_#.+-]*+)? *\n"
    r"(?:(?! {0,3}(?P=mark))[^\n]*+\n)*+(?P=mark) *(?=\n|\Z)"
)
_NESTED = re.compile(r"(<li>[^\n]*)\n(?=<[uo]l)")

# pyromark's tables, and what Python-Markdown writes for that. No text can look so: there `<` is `&lt;`.
_TABLES = (
    ("<table><thead><tr>", "<table>\n<thead>\n<tr>\n"),
    ("</th><th", "</th>\n<th"),
    ("</th></tr></thead><tbody>", "</th>\n</tr>\n</thead>\n<tbody>"),
    ("<tr><td", "<tr>\n<td"),
    ("</td><td", "</td>\n<td"),
    ("</td></tr>", "</td>\n</tr>"),
    ("</tbody></table>", "</tbody>\n</table>"),
    *((f' style="text-align: {side}"', f' align="{side}"') for side in ("left", "center", "right")),
)

_INLINE = re.compile(
    r"a|abbr|b|big|br|cite|code|del|em|font|i|img|ins|kbd|q|s|small|span|strike|strong|sub|sup|tt|u"
)
_TAG = re.compile(
    r"""</?([A-Za-z][\w.+-]*)(?:(?:\s+[A-Za-z:_-]+="[^"<>`]*")*\s*/?|[\w./:+*, -]*|://[^\s<>"'`]*)>"""
)
_OPEN_ANGLE = re.compile(r"<[A-Za-z/!?]")
_TERM = re.compile(r"^[ >]*(?:(?:[-*+]|\d+\.) +)*:(?: |$)", re.MULTILINE)
_NOTE = re.compile(r"\[\^[A-Za-z0-9_-]+\]: (?=\S)(?!.*\] ?:)[^\n]+")
_NOTES_PLACE = "///Footnotes Go Here///"
_CONTROL = re.compile("[\x00\x02\x03\r\uf8ff]")
# What Python-Markdown leaves of a text that it could not put together again; the number counts blocks.
_REMAINS = re.compile("[\x02\x03]|zzwxh:|zxhzdk:")

_FAST = "nothing that the two engines might read differently"
_FENCED = "a fence of code that is not closed, or has more than a language behind it"
_TIED = "a list, quote or code that may be one with its neighbour, or stands beside a block that goes slowly"
_SHAPELESS = "something of which it depends on the whole text what Python-Markdown makes of it"
_REASONS = (
    (r"\[\^", "a footnote, or the mark of one"),
    (r"^#", "a heading with a # in its text, or with text right below it"),
    (r"^\|", "a table whose rows are not alike, or whose cells hold bars"),
    (r"^>", "a quote that holds a quote, or lines without a mark, or what would go slowly outside of it too"),
    (r"^(?: {4}|\t)", "text that is indented as code is"),
    (r"^ {0,3}(?:[-*+]|\d+[.)]) ", "a list whose items have several lines, different marks or odd places"),
    (r"\n {0,3}(?:[-*+]|\d+[.)]) ", "a list that stands right under text"),
    (r"\n *(?:=+|-+) *(?:\n|$)", "a heading that is underlined"),
    (r"\n[ >#|]", "lines of a paragraph that are indented, or start as a heading, quote or table does"),
    (r"<[A-Za-z/!?]", "HTML, or what looks like it"),
    (r"``|^[^`]*`[^`]*(?:`[^`]*`[^`]*)*$", "a mark of code that is doubled, or never closed"),
    (r"\]\((?!\S+\))|\[[^\]]*\[", "a link with an unusual address, or brackets within brackets"),
    (r"[*_]", "a star or underscore of which it is not plain what it emphasizes"),
    (r"[^\x20-\x7e\n]", "unusual spaces or invisible characters"),
)


class Way(NamedTuple):
    """Lines of a text, the first and the last counted from 1, which way they go, and what decides it."""

    first: int
    last: int
    fast: bool
    reason: str


class Rendered(NamedTuple):
    """The HTML of a text, and whether all of it is pyromark's."""

    html: str
    is_quick: bool


class _Plan(NamedTuple):
    """A text's blocks, whether each goes the slow way, and why the whole text does, if it does."""

    blocks: Sequence[Block]
    slow: Sequence[bool]
    whole: str = ""


def to_html(text: str, extensions: tuple[str, ...], *, accelerate: bool = True) -> str:
    """Return the HTML of a text; RecursionError where it is nested too deeply.

    `extensions` are names as in `[markdown] extensions`; with one that is not known all goes slowly.
    """
    return rendered(text, extensions, accelerate=accelerate).html


def rendered(text: str, extensions: tuple[str, ...], *, accelerate: bool = True) -> Rendered:
    """Return the HTML of a text as `to_html` does, and how it came about."""
    if accelerate and not _unknown(extensions):
        plan = _plan(text, extensions)
        found = _accelerated(plan, extensions)
        if found is not None:
            return Rendered(found, True not in plan.slow)
    return Rendered(_slowly(text, extensions), False)


def ways(text: str, extensions: tuple[str, ...]) -> tuple[Way, ...]:
    """Return which way each part of a text goes, in order; blank lines between parts are in none."""
    plan = _plan(text, extensions)
    whole = _unknown(extensions) or plan.whole
    if not whole and _accelerated(plan, extensions) is None and not all(plan.slow):
        whole = _SHAPELESS
    if whole:
        return (Way(1, text.count("\n") + 1, False, whole),)
    parts = groupby(_placed(_normal(text), plan), key=lambda way: way[2:])
    grouped = ((list(part), fast, reason) for (fast, reason), part in parts)
    return tuple(Way(part[0].first, part[-1].last, fast, reason) for part, fast, reason in grouped)


def _unknown(extensions: tuple[str, ...]) -> str:
    """Return why the extensions in use turn the fast way off, if they do."""
    if unknown := set(extensions) - KNOWN_EXTENSIONS:
        return f"an extension that the fast way does not know: {', '.join(sorted(unknown))}"
    missing = _NEEDED - set(extensions)
    return f"an extension that is not in use: {', '.join(sorted(missing))}" if missing else ""


def _placed(text: str, plan: _Plan) -> Iterator[Way]:
    """Yield the way of each block."""
    end = 0
    for block, is_slow in zip(plan.blocks, plan.slow, strict=True):
        source = block.source.strip("\n")
        start = text.index(source, end)
        end = start + len(source)
        first = text.count("\n", 0, start) + 1
        yield Way(first, first + source.count("\n"), not is_slow, _reason(block) if is_slow else _FAST)


def _reason(block: Block) -> str:
    source = block.source.strip("\n")
    if block.kind:
        return _TIED
    return next((reason for pattern, reason in _REASONS if re.search(pattern, source)), _SHAPELESS)


def _slowly(text: str, extensions: tuple[str, ...]) -> str:
    from lwnindex import pythonmarkdown

    return pythonmarkdown.to_html(text, extensions)


def _accelerated(plan: _Plan, extensions: tuple[str, ...]) -> str | None:
    """Return the HTML of a text, or None where all of it must go the slow way."""
    if plan.whole:
        return None
    if True not in plan.slow:
        return _wholly(plan.blocks)
    runs = [(is_slow, list(run)) for is_slow, run in _runs(plan)]
    if all(is_slow for is_slow, _ in runs):
        return None
    quick = _quickly([[block.text for block in run] for is_slow, run in runs if not is_slow])
    if quick is None:
        return None
    parted = [[block.source for block in run] for is_slow, run in runs if is_slow]
    slowly = _parts(_slowly(_joined(parted), extensions))
    if len(quick) + len(slowly) != len(runs) or any(map(_REMAINS.search, slowly)):
        return None
    ways = {False: iter(quick), True: iter(slowly)}
    return "\n".join(filter(None, (next(ways[is_slow]) for is_slow, _ in runs)))


def _runs(plan: _Plan) -> Iterator[tuple[bool, Iterable[Block]]]:
    """Yield the blocks by the ways that they go, those in a row together."""
    for is_slow, run in groupby(zip(plan.slow, plan.blocks, strict=True), key=lambda each: each[0]):
        yield is_slow, (block for _, block in run)


def _joined(runs: Sequence[Sequence[str]]) -> str:
    return f"\n\n{PART}\n\n".join("\n\n".join(run) for run in runs)


def _parts(written: str) -> list[str]:
    return [each.strip("\n") for each in written.split(f"<p>{PART}</p>")]


def _wholly(found: Sequence[Block]) -> str | None:
    """Return the HTML of blocks that all go the fast way; None where pyromark fails."""
    is_plain = _PLAIN.issuperset({each.kind for each in found})
    written = _written("\n\n".join([each.text for each in found]), is_plain=is_plain)
    return written and written.strip("\n")


def _quickly(runs: Sequence[Sequence[str]]) -> list[str] | None:
    """Return the HTML of runs of blocks; None where pyromark fails."""
    written = _written(_joined(runs))
    return None if written is None else _parts(written)


def _written(text: str, *, is_plain: bool = False) -> str | None:
    """Return the HTML of a text as Python-Markdown writes it; None where pyromark fails."""
    try:
        written = _pyromark().html(f"{text}\n")
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # noqa: BLE001 - a panic of Rust is no Exception, and there is another way
        return None
    if not is_plain:
        written = _as_python(written, text)
    return written.replace(SPACES, "  ") if SPACES in text else written


def _as_python(written: str, text: str) -> str:
    """Return tables, lists and quotes as Python-Markdown writes them."""
    if "|" in text and "<table>" in written:
        for theirs, ours in _TABLES:
            written = written.replace(theirs, ours)
    if "    " in text:
        written = _NESTED.sub(r"\1", written)
    return written.replace(NEWLINE, "\n") if NEWLINE in text else written


@cache
def _pyromark() -> Markdown:
    from pyromark import Markdown, Options

    return Markdown(options=Options.ENABLE_TABLES)


def _plan(text: str, extensions: tuple[str, ...]) -> _Plan:
    found = _blocks(_normal(text))
    if found is None:
        return _Plan((), (), _FENCED)
    slow = _slow(found)
    if True not in slow:
        return _Plan(found, slow)
    notes = "footnotes" in extensions and _ends_in_note(found) and _NOTES_PLACE not in text
    if notes:
        found = [Block(each.source) if _has_note(each) else each for each in found]
        slow = _slow(found)
    sources = (each.source.strip("\n") for each, is_slow in zip(found, slow, strict=True) if is_slow)
    return _Plan(found, slow, _across(each for each in sources if not (notes and _NOTE.fullmatch(each))))


def _ends_in_note(found: Sequence[Block]) -> bool:
    """Return whether a text ends in a footnote: then all of them come out where they would anyway."""
    return _NOTE.fullmatch(found[-1].source.strip("\n")) is not None


def _has_note(block: Block) -> bool:
    return "[^" in block.source and block.kind != "fence"


def _normal(text: str) -> str:
    """Return a text with its white space as Python-Markdown reads it: no tabs, nothing on blank lines."""
    if "\t" in text:
        text = text.expandtabs(_TAB)
    return _SPACES_ONLY.sub("\n", text)


def _blocks(text: str) -> list[Block] | None:
    """Return the blocks of a text; None where it has a fence of which it is not plain what it encloses."""
    found: list[Block] = []
    end = 0
    if "```" in text or ("~" in text and "~~~" in text):
        while (start := _next_fence(text, end)) >= 0:
            fence = _FENCE.match(text, start)
            if fence is None:
                return None
            found += blocks(text[end:start])
            found.append(Block(fence[0], "fence", fence[0]))
            end = fence.end()
    found += blocks(text[end:] if end else text)
    if is_odd(text):
        return [Block(each.source) if is_odd(each.source) else each for each in found]
    return found


def _next_fence(text: str, end: int) -> int:
    """Return where the next line starts that is a fence, or -1."""
    if text.startswith(("```", "~~~"), end) and (not end or text[end - 1] == "\n"):
        return end
    starts = [at + 1 for mark in ("\n```", "\n~~~") if (at := text.find(mark, end)) >= 0]
    return min(starts, default=-1)


def _slow(found: Sequence[Block]) -> list[bool]:
    """Return for each block whether it goes the slow way."""
    slow = [not block.kind for block in found]
    tying = [at for at, block in enumerate(found) if block.kind in _TYING]
    for at in tying:
        if at and found[at - 1].kind in _TYING and are_tied(found[at - 1], found[at]):
            slow[at - 1] = slow[at] = True
    if True in slow:
        for at in tying:
            slow[at] = slow[at] or (at > 0 and slow[at - 1])
        for at in reversed(tying):
            slow[at] = slow[at] or slow[at + 1 : at + 2] == [True]
    return slow


def _across(sources: Iterable[str]) -> str:
    """Return what in some blocks may reach beyond them, if anything does."""
    for source in sources:
        if not source.strip():
            return "a block of nothing but white space"
        if "]:" in source or "] :" in source:
            return "a definition of a link, a footnote or an abbreviation"
        if ":" in source and _TERM.search(source):
            return "a list of terms and what they mean"
        if _CONTROL.search(source):
            return "control characters"
        if "<" in source and _OPEN_ANGLE.search(_TAG.sub(_unless_harmless, source)):
            return "HTML that may reach beyond its block"
    return ""


def _unless_harmless(tag: re.Match[str]) -> str:
    """Return nothing for a tag that Python-Markdown takes for text, or for part of a line."""
    name = tag[1].lower()
    return "" if _INLINE.fullmatch(name) or (name not in KNOWN and name not in NO_TEXT) else tag[0]
