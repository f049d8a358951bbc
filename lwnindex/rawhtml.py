"""A text that is HTML already, a saved page's or a feed's: its paragraphs, its code, the lines of its links.

HTML goes out, still to be cleaned, in which a block of code whose language is told stands as Markdown's
fences do, so that it gets colours. What is told is a class (`language-c`, `lang-c`, `highlight-c`,
`brush: c`, `sourceCode c`) or an attribute (`lang`, `data-lang`) of the block, or of a box around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from html import unescape

import nh3

from lwnindex.highlight import knows
from lwnindex.readers.players import linked_html
from lwnindex.shape import PREFIX

_BLOCK = re.compile(
    r"</?(?:p|div|blockquote|pre|hr|ul|ol|li|dl|dt|dd|h[1-6]|table|caption|thead|tbody|tfoot|tr|t[hd]|center"
    r"|dir|menu|address|article|aside|details|figure|footer|header|hgroup|main|nav|section|summary|body)"
    r"(?=[\s/>])",
    re.IGNORECASE,
)
_GAP = re.compile(r"\n[ \t\r]*\n\s*|(?:<br[ \t]*/?>\s*){2,}+", re.IGNORECASE)
_BREAK = re.compile(r"<br(?=[\s/>])[^<>]*>", re.IGNORECASE)
_PRE = re.compile(r"<pre(?=[\s>])[^<>]*+>", re.IGNORECASE)
_KEPT = re.compile(r"<(?:a|img)\s", re.IGNORECASE)
"""What a block of code may hold that its colours would take away."""
_END = re.compile(r"</pre\s*>", re.IGNORECASE)
_CODE = re.compile(r"\s*(<code(?=[\s>])[^<>]*+>)", re.IGNORECASE)
_BOX = re.compile(r"<(div|figure)(?=[\s>])[^<>]*+>\s*\Z", re.IGNORECASE)
_BOX_END = re.compile(r"\s*</(div|figure)\s*>", re.IGNORECASE)
_FARTHEST = 400
_MOST_BOXES = 3

_GIVEN = re.compile(r"""\s(class|lang|data-lang)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_CLASS = re.compile(
    r"(?:^|\s)(?:(?:language|lang|highlight-source|highlight-text|highlight)-|brush:\s*"
    r"|(?:sourceCode|hljs)\s+(?!language-|lang-))"
    r"([\w#+][\w#.+-]*)"
)
_LINK = re.compile(r"""\b(?:href|src)\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""", re.IGNORECASE)


def to_html(text: str) -> str:
    """Return the HTML of a text that is HTML; one without any block gets paragraphs at its blank lines."""
    text = linked_html(text)
    if not _BLOCK.search(text):
        return "\n".join(f"<p>{each.strip()}</p>" for each in _GAP.split(text) if each.strip())
    return "".join(_with_fences(text))


# Code -------------------------------------------------------------------------------------------


def _with_fences(text: str) -> Iterator[str]:
    """Yield the text, its blocks of code whose language is told as the fences of Markdown are written."""
    done = 0
    while start := _PRE.search(text, done):
        end = _END.search(text, start.end())
        if end is None:
            break
        first, last = start.start(), end.end()
        inner = text[start.end() : end.start()]
        first, last, around = _boxes(text, done, first, last)
        language = _language(start[0], inner) or around
        if language and knows(language) and not _KEPT.search(inner):
            yield text[done:first]
            yield f'<pre><code class="language-{language}">{_bare(inner)}</code></pre>'
        else:
            last = end.end()
            yield text[done:last]
        done = last
    yield text[done:]


def _language(pre: str, inner: str) -> str:
    """Return the language that a block of code tells, or nothing."""
    code = _CODE.match(inner)
    return _told(pre) or (_told(code[1]) if code else "")


def _boxes(text: str, done: int, first: int, last: int) -> tuple[int, int, str]:
    """Return where the boxes around a block of code start and end that hold nothing else; what they tell."""
    language = ""
    for _ in range(_MOST_BOXES):
        before = _BOX.search(text[max(done, first - _FARTHEST) : first])
        after = _BOX_END.match(text, last)
        if not before or not after or before[1].lower() != after[1].lower():
            break
        first -= len(before[0])
        last = after.end()
        language = language or _told(before[0])
    return first, last, language


def _told(tag: str) -> str:
    """Return the language that a tag tells, or nothing."""
    given = {name.lower(): unescape(value.strip("\"'")) for name, value in _GIVEN.findall(tag)}
    found = _CLASS.search(given.get("class", ""))
    if found:
        return found[1]
    word = given.get("data-lang") or (given.get("lang", "") if tag[:4].lower() == "<pre" else "")
    return word if re.fullmatch(r"[\w#+][\w#.+-]*", word) else ""


def _bare(inner: str) -> str:
    """Return the text of a block of code, with colours that it may have had taken off."""
    return _texts().clean(_BREAK.sub("\n", inner).removeprefix("\n"))


@cache
def _texts() -> nh3.Cleaner:
    return nh3.Cleaner(tags=set(), strip_comments=True)


# Lines ------------------------------------------------------------------------------------------


def href_lines(hrefs: Sequence[str], text: str, lines: Sequence[int]) -> Iterator[int]:
    """Yield the line of the source in which each link stands; 0 where none can be told."""
    places = _places(text)
    for href in hrefs:
        written = href if href in places else "#" + href.removeprefix(f"#{PREFIX}")
        found = places.get(written, [])
        number = found.pop() if len(found) > 1 else found[0] if found else len(lines)
        yield lines[number] if number < len(lines) else 0


def _places(text: str) -> dict[str, list[int]]:
    """Return in which lines of a text each address stands, counted from 0, the last first."""
    places: dict[str, list[int]] = {}
    number = counted = 0
    for found in _LINK.finditer(text):
        number += text.count("\n", counted, found.start())
        counted = found.start()
        href = unescape(found[1] or found[2] or found[3] or "").strip()
        places.setdefault(href, []).append(number)
    return {href: numbers[::-1] for href, numbers in places.items()}
