"""One way through a text that finds what other generators' languages wrote in it, as edits of that text.

Code stays as it is, but for the marks that hold literal text, which its generator takes off there too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from lwnindex.lines import Line
from lwnindex.readers import kramdown
from lwnindex.readers.edits import Edit, segments
from lwnindex.readers.embeds import as_html, embedded, in_html
from lwnindex.readers.foreigncode import closing_of, code_edits, is_held, language
from lwnindex.readers.foreignlinks import bracket_pairs, own_address, tag_address
from lwnindex.readers.templatetags import LONGEST, Following, Syntax, Tag, arguments, tag_at

_TAG_INSIDE = r"\{\{[^\n]{0,300}?\}\}|\{%[^\n]{0,300}?%\}"
# It starts with a set of characters, for which a text is searched far faster than for one of many words.
_MARKS = re.compile(
    r"[\\`{<\]=\[](?:(?<=\\)[\\`\[]|(?P<ticks>(?<=`)`*)|(?P<tag>(?<=\{)[{%])|(?P<kramdown>(?<=\{):)"
    r"|(?P<comment>(?<=<)!--)|(?P<angle>(?<=<)(?=\{[{%]))|(?<=<)(?P<html>pre|code|script|style)\b"
    r"|(?P<link>(?<=\])\(<?)|(?P<attribute>(?:(?<=href=)|(?<=src=))[\"'])"
    r"|(?P<marked>(?<=markdown=)[\"']?(?:1|block|true)[\"']?[^<>\n]{0,200}>(?=\n {0,3}[^\s<]))"
    r"|(?P<toc>(?<=\[)(?:TOC|toc)\])|(?P<definition>(?<=\[)[^\]\n^][^\]\n]{0,200}\]:[ \t]{1,9}<?))"
)
_MARGIN = re.compile(r"(?:^|\n) {0,3}$")
_ADDRESS = re.compile(rf"(?:{_TAG_INSIDE}|\\.|[^\s()<>\\]|\([^\s()]{{0,200}}\))*+(?=[\s)>]|\Z)")
_QUOTED = {
    mark: re.compile(rf"(?:{_TAG_INSIDE}|[^{mark}\n<>])*+(?={mark})", re.MULTILINE) for mark in ('"', "'")
}
_MORE = re.compile(
    r"<!--\s*+(?:(?:more|TEASER_END)\b[^>]{0,200}?-->"
    r"|(?:truncate|read-?more|excerpt|PELICAN_(?:BEGIN|END)_SUMMARY)\s*+-->)",
    re.IGNORECASE,
)
_IN_CODE = re.compile(
    r"\{%-?\s*+(?P<raw>(?:end)?raw)\s*+-?%\}|\{\{-?\s*+(?P<name>[A-Za-z_]\w*+)[^{}\n]{0,300}\}\}"
    r"|(?P<open>\{\{[<%]?|\{%)/\*(?P<escaped>[^\n]{0,500}?)\*/(?:[>%]?\}\}|%\})"
)
_END_RAW = re.compile(r"\{%-?\s*+endraw\s*+-?%\}")
_LINE_REST = re.compile(r"[ \t]*+(?:\n|\Z)")
_RUN = re.compile(r"`+")
_REST = re.compile(r">?[ \t\n]*+(?:\"[^\"]*+\"|'[^']*+')?[ \t\n]*+\)")
_TITLE = re.compile(r">?[ \t]*+(?:\"[^\"\n]*+\"|'[^'\n]*+'|\([^)\n]*+\))?[ \t]*+$", re.MULTILINE)
_LABELLED = re.compile(r"\[([^\[\]\n]{1,200})\](?:\[([^\[\]\n]{0,200})\])?(?![:(])")
_ATTRIBUTE_NAMES = {"f": "href", "c": "src"}
_NAMED = re.compile(r"\w+")
_NAMING = frozenset({"assign", "capture", "for", "increment", "decrement"})
_CALLED = {
    "liquid": "Liquid tag",
    **{one.lower(): f"{one} shortcode" for one in ("Hugo", "Zola", "Nikola")},
}


class Lost(NamedTuple):
    """What was left out: where it stood, what it is, and how it began."""

    at: int
    kind: str
    shown: str


class Scan:
    """The edits of a text, what they are counted as, and what is lost by them."""

    def __init__(self, lines: Sequence[Line], syntaxes: Collection[Syntax], source: str) -> None:
        self.text = "\n".join([line.text for line in lines])
        self.edits: list[Edit] = []
        self.counts: Counter[str] = Counter()
        self.lost: list[Lost] = []
        self._syntaxes = syntaxes
        self._source = source
        self._following = Following(self.text)
        self._names: set[str] = set()
        self._runs: dict[int, list[int]] = {}
        self._brackets: dict[int, int] = {}
        self._closers: dict[str, tuple[int, re.Match[str] | None]] = {}
        self._segments = list(segments(lines))
        self._ends = [end for end, _ in self._segments]
        self._has_addresses = any(mark in self.text for mark in ("{", "|", "@/", "link://"))
        self._labels: set[str] = set()
        self._spans: list[tuple[int, int]] = []
        self._handlers: dict[str, Callable[[re.Match[str], int], int]] = {
            "ticks": self._on_ticks,
            "tag": self._on_tag,
            "kramdown": self._on_kramdown,
            "comment": self._on_comment,
            "link": self._on_link,
            "attribute": self._on_attribute,
            "angle": self._on_angle,
            "html": self._on_html,
            "marked": self._on_marked,
            "toc": self._on_toc,
            "definition": self._on_definition,
        }

    def run(self) -> Scan:
        """Return the scan with all edits made out, in the order of their places."""
        at = 0
        while at < len(self.text):
            end, is_code = self._segments[min(bisect_right(self._ends, at), len(self._ends) - 1)]
            at = max(self._code(at, end) if is_code else self._prose(at, end), at + 1)
        if self._labels:
            self._unlabelled()
        return self

    def edit(self, start: int, end: int, text: str, count: str) -> int:
        """Take in an edit; return where it ends."""
        self.edits.append(Edit(start, end, text))
        self.counts[count] += 1
        return end

    def _lose(self, start: int, end: int, kind: str, count: str) -> int:
        self.lost.append(Lost(start, kind, " ".join(self.text[start : min(end, start + 200)].split())))
        return self.edit(start, end, "", count)

    def _prose(self, at: int, end: int) -> int:
        """Take in what stands outside of code; return where to go on."""
        while at < end:
            found = _MARKS.search(self.text, at, end)
            if found is None:
                return end
            kind = found.lastgroup
            at = found.end() if kind is None else self._handlers[kind](found, end)
        return at

    def _code(self, at: int, end: int) -> int:
        """Take marks of literal text off code, and outputs that this text names; return where to go on."""
        while found := _IN_CODE.search(self.text, at, end):
            at = found.end()
            if found["raw"] and "liquid" in self._syntaxes:
                at = self._raw(found.span(), is_open=found["raw"] == "raw")
            elif found["name"] in self._names:
                self._lose(found.start(), at, "Liquid output", "template-left-out")
            elif found["escaped"] is not None and {"hugo", "zola"} & set(self._syntaxes):
                escaped = tag_at(self.text, found.start(), end, self._syntaxes)
                if escaped and escaped.part == "escaped":
                    at = self.edit(found.start(), escaped.end, escaped.given, "template-raw")
        return max(at, end)

    def _raw(self, mark: tuple[int, int], *, is_open: bool) -> int:
        """Take the marks around literal text off code, and the lines that they fill; return where it ends."""
        self.edit(*self._alone(*mark), "", "template-raw")
        closing = self._closer(_END_RAW.pattern, mark[1]) if is_open else None
        return self.edit(*self._alone(*closing.span()), "", "template-raw") if closing else mark[1]

    def _alone(self, start: int, end: int) -> tuple[int, int]:
        """Return where a line of code starts and ends that holds no more than this; else this."""
        line = _LINE_REST.match(self.text, end)
        first = max(self.text.rfind("\n", max(start - LONGEST, 0), start) + 1, start - LONGEST, 0)
        is_alone = line and self._is_code(start) and not self.text[first:start].strip()
        return (first, line.end()) if line and is_alone else (start, end)

    def _closer(self, pattern: str, at: int) -> re.Match[str] | None:
        """Return the next match of a pattern; asked from left to right, it reads the text once."""
        known = self._closers.get(pattern)
        if known is None or (known[1] is not None and known[1].start() < at):
            known = self._closers[pattern] = (at, re.compile(pattern).search(self.text, at))
        return known[1]

    def _on_tag(self, found: re.Match[str], end: int) -> int:
        tag = tag_at(self.text, found.start(), end, self._syntaxes, self._following)
        if tag is None:
            return found.end()
        start = found.start()
        if tag.part == "escaped":
            return self.edit(start, tag.end, tag.given, "template-raw")
        if tag.part == "close":
            is_raw = tag.name == "endraw"
            return self.edit(start, tag.end, "", "template-raw" if is_raw else "template-left-out")
        return self._held(start, tag) or self._shown(start, tag)

    def _held(self, start: int, tag: Tag) -> int | None:
        """Take in a tag whose content is no Markdown: code, a comment, literal text."""
        if tag.name == "#":
            return self.edit(start, tag.end, "", "template-comment")
        if not is_held(tag):
            return None
        closing = self._closer(closing_of(tag), tag.end)
        if tag.name == "raw":
            self.edit(start, tag.end, "", "template-raw")
            return self.edit(*closing.span(), "", "template-raw") if closing else tag.end
        if closing is None or f"{{{{< {tag.name} " in self.text[tag.end : closing.start()]:
            return None
        if tag.name == "comment":
            return self.edit(start, closing.end(), "", "template-comment")
        self.edits += code_edits(self.text, (start, tag.end), closing.span(), language(tag))
        self.counts["template-turned"] += 1
        return closing.end()

    def _shown(self, start: int, tag: Tag) -> int:
        """Take in any other tag: what it shows if that is plain, else nothing."""
        if tag.name in _NAMING and tag.syntax == "liquid":
            named = _NAMED.match(tag.given)
            self._names |= {named[0]} if named else set()
        shown = tag_address(tag, self._source)
        if not shown and tag.part != "output":
            shown = embedded(tag.name, arguments(tag.given))
            shown = as_html(shown) if shown and in_html(self.text, start) else shown
        if shown:
            return self.edit(start, tag.end, shown, "template-turned")
        kind = "Liquid output" if tag.part == "output" else _CALLED[tag.syntax]
        return self._lose(start, tag.end, kind, "template-left-out")

    def _on_ticks(self, found: re.Match[str], end: int) -> int:
        """Take in a span of code, which ends with its paragraph at the latest."""
        if not self._runs:
            for run in _RUN.finditer(self.text):
                self._runs.setdefault(len(run[0]), []).append(run.start())
        blank = self._following.of("\n\n", found.end())
        last = min(end, blank) if blank >= 0 else end
        runs = self._runs.get(len(found[0]), [])
        at = bisect_right(runs, found.start())
        if at >= len(runs) or runs[at] >= last:
            return found.end()
        self._spans.append((found.start(), runs[at] + len(found[0])))
        inner = self._code(found.end(), runs[at])
        return inner if inner > runs[at] else runs[at] + len(found[0])

    def _on_comment(self, found: re.Match[str], end: int) -> int:
        more = _MORE.match(self.text, found.start(), end)
        if more:
            return self.edit(found.start(), more.end(), "", "more")
        close = self._following.of("-->", found.end())
        return close + 3 if 0 <= close < end else found.end()

    def _on_toc(self, found: re.Match[str], _: int) -> int:
        is_alone = self._is_at_margin(found.start()) and _LINE_REST.match(self.text, found.end())
        if is_alone and {"pelican", "nikola"} & set(self._syntaxes):
            return self.edit(*found.span(), "", "toc")
        return found.end()

    def _on_marked(self, found: re.Match[str], _: int) -> int:
        """Take in the tag of an element that kramdown reads Markdown in, as CommonMark does below a blank."""
        at = found.end()
        return self.edit(at, at, "\n", "attributes") if "kramdown" in self._syntaxes else at

    def _is_at_margin(self, at: int) -> bool:
        before = self.text[max(at - 4, 0) : at]
        return (at < 4 and not before.strip(" ")) or _MARGIN.search(before) is not None

    def _on_html(self, found: re.Match[str], end: int) -> int:
        close = self._following.of(f"</{found['html']}", found.end())
        return self._code(found.end(), close) if 0 <= close < end else found.end()

    def _on_kramdown(self, found: re.Match[str], end: int) -> int:
        made = (
            kramdown.edit_at(self.text, found.start(), end, self._following)
            if "kramdown" in self._syntaxes
            else None
        )
        return self.edit(*made.edit, made.counted) if made else found.end()

    def _on_link(self, found: re.Match[str], end: int) -> int:
        if not self._has_addresses:
            return found.end()
        written = _ADDRESS.match(self.text, found.end(), min(end, found.end() + LONGEST))
        return self._readdressed(found, written, "link") if written else found.end()

    def _on_definition(self, found: re.Match[str], end: int) -> int:
        written = _ADDRESS.match(self.text, found.end(), min(end + 1, found.end() + LONGEST))
        is_one = (
            written
            and self._is_at_margin(found.start())
            and _TITLE.match(self.text, written.end(), written.end() + LONGEST)
        )
        return self._readdressed(found, written, "definition") if written and is_one else found.start() + 1

    def _on_attribute(self, found: re.Match[str], end: int) -> int:
        quoted = _QUOTED[found[0][-1]]
        written = quoted.match(self.text, found.end(), min(end, found.end() + LONGEST))
        return self._readdressed(found, written, "attribute") if written else found.end()

    def _on_angle(self, found: re.Match[str], end: int) -> int:
        written = _ADDRESS.match(self.text, found.end(), min(end, found.end() + LONGEST))
        if written is None or self.text[written.end() : written.end() + 1] != ">":
            return found.end()
        return self._readdressed(found, written, "angle")

    def _readdressed(self, found: re.Match[str], written: re.Match[str], kind: str) -> int:
        """Take in the address of a link; a link whose address is lost is its text alone."""
        address = own_address(written[0], self._syntaxes, self._source)
        if address == written[0]:
            return written.end()
        if address is None:
            return self._unlinked(found, written, kind)
        # The site's own address, with nothing behind it, is its home page.
        address = address or "/"
        if kind == "angle":
            text = f"<{address}>" if ":" in address else f"[{address}]({address})"
            return self.edit(found.start(), written.end() + 1, text, "foreign-link")
        return self.edit(written.start(), written.end(), address, "foreign-link")

    def _unlinked(self, found: re.Match[str], written: re.Match[str], kind: str) -> int:
        """Take in a link that leads nowhere here: its words stay, and the picture's description."""
        self.lost.append(Lost(found.start(), "link", " ".join(written[0].split())[:200]))
        start, end = found.start(), written.end()
        if kind in ("attribute", "angle"):
            # An attribute is found by the sign behind its name.
            start -= len(_ATTRIBUTE_NAMES.get(self.text[start - 1], "")) if kind == "attribute" else 0
            return self.edit(start, end + 1, "", "foreign-link-lost")
        if kind == "definition":
            self._labels.add(found[0][found[0].index("[") + 1 : found[0].rindex("]")].casefold())
            line_end = self.text.find("\n", end)
            return self.edit(start, line_end if line_end >= 0 else len(self.text), "", "foreign-link-lost")
        close = _REST.match(self.text, end, end + LONGEST)
        opener = self._opener(start)
        if close is None or opener is None:
            return self.edit(written.start(), end, "", "foreign-link-lost")
        first = opener - 1 if self.text[opener - 1 : opener] == "!" else opener
        self.edits.append(Edit(first, opener + 1, ""))
        return self.edit(start, close.end(), "", "foreign-link-lost")

    def _opener(self, close: int) -> int | None:
        """Return the bracket that another closes."""
        if not self._brackets:
            self._brackets = {-1: -1, **dict(bracket_pairs(self.text))}
        return self._brackets.get(close)

    def _unlabelled(self) -> None:
        """Take the brackets off words whose link was defined elsewhere and is lost."""
        starts = [start for start, _ in self._spans]
        for found in _LABELLED.finditer(self.text):
            label = (found[2] or found[1]).casefold()
            span = bisect_right(starts, found.start()) - 1
            is_span = span >= 0 and found.start() < self._spans[span][1]
            if label in self._labels and not is_span and not self._is_code(found.start()):
                self.edits.append(Edit(found.start(), found.start() + 1, ""))
                self.edits.append(Edit(found.end(1), found.end(), ""))

    def _is_code(self, at: int) -> bool:
        return self._segments[min(bisect_right(self._ends, at), len(self._ends) - 1)][1]


def has_more(text: str) -> bool:
    """Return whether a text marks where its teaser ends."""
    return "<!--" in text and _MORE.search(text) is not None
