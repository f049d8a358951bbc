"""Canonical HTML as a list of tags with the text between them, to be edited and put together again.

Only HTML from `clean` or `sift` comes in: lower-case tags, properly nested, every attribute value in
double quotes. A tag is read with all its attributes, so nothing inside a value can be taken for one.
"""

from __future__ import annotations

import re
from typing import NamedTuple

VOID = frozenset({"br", "hr", "img", "wbr"})
"""The elements of the allow list that have no end tag."""

_TAG = re.compile(r'(<(/?[a-z][a-z0-9]*)((?: [a-z-]+="[^"]*")*)>)')
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
_ENTITIES = (("&nbsp;", "\xa0"), ("&quot;", '"'), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


class Tags(NamedTuple):
    """`texts[i]` stands before `written[i]`, and the last text after all tags.

    `names` have a slash before them in end tags, `attributes` a space before each. To edit, `written` and
    `texts` are changed; `names` and `attributes` say what stood there.
    """

    texts: list[str]
    written: list[str]
    names: list[str]
    attributes: list[str]

    def joined(self) -> str:
        """Return the HTML as it is now."""
        pieces = self.texts + self.written
        pieces[::2], pieces[1::2] = self.texts, self.written
        return "".join(pieces)


def tags_of(canonical: str) -> Tags:
    """Return the tags of canonical HTML."""
    parts = _TAG.split(canonical)
    return Tags(parts[0::4], parts[1::4], parts[2::4], parts[3::4])


def pairs(attributes: str) -> dict[str, str]:
    """Return a tag's attributes, their values as they are written."""
    return dict(_ATTRIBUTE.findall(attributes))


def tag(name: str, attributes: dict[str, str]) -> str:
    """Return a start tag; the values are as they are to be written."""
    return "<" + name + "".join(f' {each}="{value}"' for each, value in attributes.items()) + ">"


def plain(written: str) -> str:
    """Return what a text or value of canonical HTML says."""
    if "&" in written:
        for entity, character in _ENTITIES:
            written = written.replace(entity, character)
    return written


def escaped(text: str) -> str:
    """Return a text or value as canonical HTML writes it."""
    for entity, character in reversed(_ENTITIES):
        text = text.replace(character, entity)
    return text


def escaped_text(text: str) -> str:
    """Return a text between tags as canonical HTML writes it: quotes stay."""
    for entity, character in reversed(_ENTITIES):
        if character != '"':
            text = text.replace(character, entity)
    return text


def partners(tags: Tags) -> list[int]:
    """Return for each tag where the other one of its element stands; for those without one, itself."""
    found = list(range(len(tags.names)))
    opened: list[int] = []
    for place, name in enumerate(tags.names):
        if name[0] == "/":
            start = opened.pop()
            found[start], found[place] = place, start
        elif name not in VOID:
            opened.append(place)
    return found
