"""CommonMark with GitHub's tables, struck text, task lists, footnotes and headings' own ids, by pyromark.

Definitions, which both Goldmark and kramdown read, are lists of theirs.

A text comes in and HTML goes out, still to be cleaned, in the shapes that Python-Markdown gives: footnotes
at the end with their links back, alignment as an attribute, the language alone behind a fence. What only
looks like HTML (`Vec<T>`, `/proc/<pid>`, `<std::string>`) is text, and none of it may go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from lwnindex.clean import KNOWN
from lwnindex.fastpath import Rendered

if TYPE_CHECKING:
    from pyromark import Markdown

_NOT_READ = (
    "base body button data datalist fieldset form head html input label legend link map area meta meter"
    " noscript optgroup option output picture progress rp rt ruby script search select slot style template"
    " textarea title"
)
_UNSEEN = frozenset(_NOT_READ.split())
"""Elements that blocks of HTML hold and no body shows: they are not for reading, and cleaning drops them."""

_ROUNDS = 4
_SCHEMES = ("http:", "https:", "mailto:", "ftp:")


def _unknown(known: frozenset[str]) -> str:
    """Return a pattern of the mark that opens a tag of none of these names."""
    return rf"<(?=/?[A-Za-z])(?!/?(?:{'|'.join(sorted(known))})(?:[\t\n\f\r />]|\Z))"


_IN_TEXT = re.compile(_unknown(KNOWN), re.IGNORECASE)
_IN_LINE = re.compile(_unknown(KNOWN).encode(), re.IGNORECASE)
_IN_BLOCK = re.compile(_unknown(KNOWN | _UNSEEN).encode(), re.IGNORECASE)
_SUSPICIOUS = re.compile(_IN_TEXT.pattern + r"(?!(?:https?|ftp|mailto):)", re.IGNORECASE)
_HTML = re.compile(r"<[A-Za-z/!?]")
_OWN_HEADING = re.compile(r"<h[1-6] ")

_DEFINED = re.compile(r"\n[ \t]{0,8}:[ \t]{1,3}\S")
_COLON = re.compile(r"\n[ \t]*:[^\s-]")

_LANGUAGE = re.compile(r'<pre><code class="language-([^"]*)">')
_WORD = re.compile(r"[{.]*([\w#+-][\w#.+-]*)")

# Nothing that an author may fill in; a program that reads aloud knows what these characters are.
_TASKS = (
    ('<input disabled="" type="checkbox"/>\n', "\N{BALLOT BOX} "),
    ('<input disabled="" type="checkbox" checked=""/>\n', "\N{BALLOT BOX WITH CHECK} "),
)
_SIDES = tuple(
    (f'<{cell} style="text-align: {side}">', f'<{cell} align="{side}">')
    for cell in ("th", "td")
    for side in ("left", "center", "right")
)

_REFERENCE = re.compile(r'<sup class="footnote-reference"><a href="#[^"]*">(\d+)</a></sup>')
_NOTE = re.compile(
    r'<div class="footnote-definition" id="(?P<name>[^"]*)">'
    r'<sup class="footnote-definition-label">(?P<number>\d+)</sup>\n?'
    r"|<(?P<slash>/?)div(?=[\s/>])[^<>]*+>?\n?",
    re.IGNORECASE,
)


class UnreadableError(Exception):
    """pyromark failed on a text."""


def rendered(text: str) -> Rendered:
    """Return the HTML of a text, and whether none of it is the author's own."""
    try:
        written = _engine(_has_definitions(text)).html(shown(text))
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        # A panic of Rust is no Exception.
        raise UnreadableError from error
    is_quick = not _HTML.search(text) and not _OWN_HEADING.search(written) and "footnote-" not in written
    return Rendered(_as_python(written), is_quick)


def _has_definitions(text: str) -> bool:
    """Return whether a text has definitions as kramdown and Goldmark write them, a colon and a space.

    To pyromark the space is nothing, so that a line `:tada:` would be one.
    """
    return _DEFINED.search(text) is not None and not _COLON.search(text)


@cache
def _engine(with_definitions: bool) -> Markdown:
    from pyromark import Markdown, Options

    added = (
        Options.ENABLE_TABLES
        | Options.ENABLE_STRIKETHROUGH
        | Options.ENABLE_TASKLISTS
        | Options.ENABLE_FOOTNOTES
        | Options.ENABLE_HEADING_ATTRIBUTES
    )
    return Markdown(options=added | Options.ENABLE_DEFINITION_LIST if with_definitions else added)


# What only looks like HTML ----------------------------------------------------------------------


def shown(text: str) -> str:
    """Return a text in which the tags of elements that there are not, and such addresses, are text.

    A line that was HTML may be Markdown then, with more of the same in it.
    """
    for _ in range(_ROUNDS):
        if not _SUSPICIOUS.search(text):
            return text
        found = _escaped(text)
        if found == text:
            return text
        text = found
    return text


def _escaped(text: str) -> str:
    """Return a text with `&lt;` for each mark that opens what only looks like a tag or an address."""
    raw = text.encode()
    places = sorted(set(_places(raw, text)))
    parts = [raw[start + 1 : end] for start, end in zip([-1, *places], [*places, len(raw)], strict=True)]
    return b"&lt;".join(parts).decode()


def _places(raw: bytes, text: str) -> Iterator[int]:
    for event, extent in _engine(_has_definitions(text)).events_with_range(text):
        if not isinstance(event, dict):
            continue
        if "InlineHtml" in event:
            found = _IN_LINE.finditer(raw, extent["start"], extent["end"])
            yield from (each.start() for each in found)
        elif "Html" in event:
            found = _IN_BLOCK.finditer(raw, extent["start"], extent["end"])
            yield from (each.start() for each in found)
        elif "Start" in event and _is_foreign(event["Start"]):
            yield extent["start"]


def _is_foreign(started: Any) -> bool:
    """Return whether what starts is an address in angle brackets that no link can have."""
    link = started.get("Link") if isinstance(started, dict) else None
    return bool(
        link and link["link_type"] == "Autolink" and not link["dest_url"].lower().startswith(_SCHEMES)
    )


# What Python-Markdown would write ---------------------------------------------------------------


def _as_python(written: str) -> str:
    """Return what pyromark wrote in the shapes that Python-Markdown gives."""
    if 'class="language-' in written:
        written = _LANGUAGE.sub(_code, written)
    if 'type="checkbox"' in written:
        written = _replaced(written, _TASKS)
    if 'style="text-align' in written:
        written = _replaced(written, _SIDES)
    return _with_notes(written) if 'class="footnote-' in written else written


def _replaced(written: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for theirs, ours in pairs:
        written = written.replace(theirs, ours)
    return written


def _code(found: re.Match[str]) -> str:
    """Return the start of a block of code with the language alone: no `,ignore`, `:title` or `{1,3}`."""
    word = _WORD.match(found[1])
    return f'<pre><code class="language-{word[1]}">' if word else "<pre><code>"


# Footnotes --------------------------------------------------------------------------------------


@dataclass
class _Note:
    """A footnote while its text is gathered and its references are counted."""

    name: str = ""
    parts: list[str] = field(default_factory=list)
    references: int = 0


def _with_notes(written: str) -> str:
    """Return HTML with its footnotes at the end, in the order of the references to them."""
    body, notes = _parted(written)
    numbers = _numbers(body, notes)
    body = _referring(body, notes, numbers)
    texts = {one: _referring("".join(notes[one].parts), notes, numbers) for one in numbers}
    if not texts:
        return body
    items = "".join(_item(notes[one], texts[one], number) for one, number in numbers.items())
    return f'{body.rstrip()}\n<div class="footnote">\n<hr />\n<ol>\n{items}</ol>\n</div>\n'


def _parted(written: str) -> tuple[str, dict[str, _Note]]:
    """Return HTML without the texts of footnotes, and the footnotes by pyromark's numbers.

    A footnote ends where a browser would end its box.
    """
    notes: dict[str, _Note] = {}
    opened, depths = [_Note()], [1]
    end = 0
    for found in _NOTE.finditer(written):
        opened[-1].parts.append(written[end : found.start()])
        end = found.end()
        if found["number"]:
            opened.append(notes.setdefault(found["number"], _Note(found["name"])))
            depths.append(1)
            continue
        depths[-1] += -1 if found["slash"] else 1
        if depths[-1] or len(opened) == 1:
            opened[-1].parts.append(found[0])
        else:
            opened.pop()
            depths.pop()
    opened[-1].parts.append(written[end:])
    return "".join(opened[0].parts), notes


def _numbers(body: str, notes: dict[str, _Note]) -> dict[str, int]:
    """Return the numbers that footnotes get, by pyromark's; those that nothing refers to come last."""
    texts = [body]
    seen: dict[str, int] = {}
    for text in texts:
        for number in _REFERENCE.findall(text):
            if number in notes and number not in seen:
                seen[number] = len(seen) + 1
                texts.append("".join(notes[number].parts))
    for number in notes:
        seen.setdefault(number, len(seen) + 1)
    return seen


def _referring(text: str, notes: dict[str, _Note], numbers: dict[str, int]) -> str:
    """Return a text with its references to footnotes as links that can be led back to."""

    def reference(found: re.Match[str]) -> str:
        if found[1] not in notes:
            return found[0]
        note = notes[found[1]]
        note.references += 1
        link = f'<a class="footnote-ref" href="#fn:{note.name}">{numbers[found[1]]}</a>'
        return f'<sup id="{_place(note.name, note.references)}">{link}</sup>'

    return _REFERENCE.sub(reference, text)


def _place(name: str, count: int) -> str:
    """Return the id of the nth reference to a footnote."""
    return f"fnref{count if count > 1 else ''}:{name}"


def _item(note: _Note, text: str, number: int) -> str:
    """Return a footnote as an item of their list, with its links back."""
    title = f"Jump back to footnote {number} in the text"
    back = "".join(
        f'<a class="footnote-backref" href="#{_place(note.name, count)}" title="{title}">&#8617;</a>'
        for count in range(1, note.references + 1)
    )
    text = text.rstrip()
    if back:
        inner = text.removesuffix("</p>")
        text = f"{inner}&#160;{back}</p>" if inner != text else f"{text}\n<p>{back}</p>"
    return f'<li id="fn:{note.name}">\n{text.lstrip()}\n</li>\n'
