"""What kramdown writes in braces: attributes `{: .class #id}`, the place of contents `{:toc}`, extensions.

An id is kept, as an anchor or as a heading's own; a class or a style means nothing here.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lwnindex.lines import is_item
from lwnindex.readers.edits import Edit
from lwnindex.readers.templatetags import Following

_LONGEST = 1_000
_ATTRIBUTES = re.compile(
    r"\{:[ \t]*+((?:(?:[.#]-?[A-Za-z_][\w:-]*+|[\w:-]++=(?:\"[^\"\n]*+\"|'[^'\n]*+'|[\w%./#-]++)"
    r"|[\w-]++)[ \t]*+)++)\}"
)
_DEFINITION = re.compile(r"\{:[\w-]++:[^\n]*\}[ \t]*$", re.MULTILINE)
_EXTENSION = re.compile(r"\{::([\w-]++)[^}\n]*+\}|\{:/[ \t]*+[\w-]*+\}")
_END_OF_COMMENT = re.compile(r"\{:/[ \t]*+(?:comment)?\}")
_WORD = re.compile(r"(?<![.#\w:=\"'-])([\w-]+)(?![\w:=\"'-])")
_ID = re.compile(r"#(-?[A-Za-z_][\w:-]*)|(?<![\w-])id=[\"']?([\w:.-]+)")
_VALUE = re.compile(r"=(?:\"[^\"]*\"|'[^']*'|[\w%./#-]+)")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]")
_BEHIND_SPAN = frozenset(")]*_`>")


class Made(NamedTuple):
    """An edit, and what it is counted as."""

    edit: Edit
    counted: str


def edit_at(text: str, at: int, end: int, following: Following) -> Made | None:
    """Return the edit for what kramdown reads at a place that starts with `{:`; None for text."""
    if text.startswith(("{::", "{:/"), at):
        return _extension(text, at, end, following)
    start = _line_start(text, at)
    is_first = not text[start:at].strip(" \t>")
    if is_first and (defined := _DEFINITION.match(text, at, min(end, at + _LONGEST))):
        return Made(Edit(start, _next_line(text, defined.end()), ""), "attributes")
    found = _ATTRIBUTES.match(text, at, min(end, at + _LONGEST))
    if found is None:
        return None
    line_end = _line_end(text, found.end())
    if is_first and not text[found.end() : line_end].strip():
        return _of_block(text, start, found)
    return _of_span(text, start, found)


def _extension(text: str, at: int, end: int, following: Following) -> Made | None:
    found = _EXTENSION.match(text, at, min(end, at + _LONGEST))
    if found is None:
        return None
    if found[1] != "comment" or found[0].endswith("/}"):
        return Made(Edit(at, found.end(), ""), "attributes")
    close = following.of("{:/", found.end())
    closed = _END_OF_COMMENT.match(text, close) if close >= 0 else None
    return Made(Edit(at, closed.end() if closed else found.end(), ""), "template-comment")


def _of_block(text: str, start: int, found: re.Match[str]) -> Made:
    """Return the edit for attributes that have a line to themselves."""
    above_start = _line_start(text, start - 1) if start else 0
    above = text[above_start : start - 1] if start else ""
    line_end = _line_end(text, found.end())
    below = text[line_end + 1 : _line_end(text, line_end + 1)]
    if "toc" in _words(found) and is_item(above):
        return Made(Edit(above_start, found.end(), ""), "toc")
    one = _id(found)
    if one and _HEADING.match(above):
        mark = "" if "{#" in above else f" {{#{one}}}"
        return Made(Edit(start - 1, line_end, mark), "attribute-id")
    if one:
        lead = "\n" if "|" in above else ""
        tail = "\n" if below.strip() else ""
        return Made(Edit(found.start(), line_end, f'{lead}<a id="{one}"></a>{tail}'), "attribute-id")
    is_between = above.strip() and below.strip() and not is_item(below) and not _HEADING.match(above)
    if is_between:
        return Made(Edit(found.start(), line_end, ""), "attributes")
    return Made(Edit(start, _next_line(text, line_end), ""), "attributes")


def _of_span(text: str, start: int, found: re.Match[str]) -> Made | None:
    """Return the edit for attributes within a line; a single word in braces is text but behind a span."""
    is_behind = text[max(found.start() - 1, 0)] in _BEHIND_SPAN or is_item(text[start : found.start()])
    bare = _VALUE.sub("=", found[1])
    if not is_behind and not any(mark in bare for mark in ".#="):
        return None
    one = _id(found)
    if one is None:
        return Made(Edit(found.start(), found.end(), ""), "attributes")
    is_heading = _HEADING.match(text, start) is not None
    mark = f"{{#{one}}}" if is_heading else f'<a id="{one}"></a>'
    return Made(Edit(found.start(), found.end(), mark), "attribute-id")


def _words(found: re.Match[str]) -> list[str]:
    return _WORD.findall(_VALUE.sub("=", found[1]))


def _id(found: re.Match[str]) -> str | None:
    one = _ID.search(found[1])
    return (one[1] or one[2]) if one else None


def _line_start(text: str, at: int) -> int:
    """Return where a line starts; of a long one, a part of it is enough."""
    near = max(at - _LONGEST, 0)
    return max(text.rfind("\n", near, max(at, 0)) + 1, near)


def _line_end(text: str, at: int) -> int:
    near = min(at + _LONGEST, len(text))
    end = text.find("\n", at, near)
    return end if end >= 0 else near


def _next_line(text: str, at: int) -> int:
    return min(_line_end(text, at) + 1, len(text))
