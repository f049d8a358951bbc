"""What Markdown writes nearly always: HTML that sifting and mending would give back as it is.

HTML before any cleaning comes in; its canonical tags go out, or nothing where that is not certain. It saves
one of two readings of HTML, the dearest steps there are. The last cleaning is no part of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from lwnindex.highlight import is_of_code
from lwnindex.mend import HEADINGS, LISTS, USUAL
from lwnindex.tags import VOID, Tags, tags_of

_WRITTEN = HEADINGS | LISTS | {"p", "div", "blockquote", "pre", "hr", "li", "table", "thead", "tbody"}
_WRITTEN |= {"tr", "th", "td", "a", "br", "code", "em", "img", "span", "strong"}
_HOLDS = {name: within & _WRITTEN for name, within in USUAL.items() if name in _WRITTEN | {"body"}}
_PLACED: dict[str, Callable[[list[str], str], bool]] = {
    "a": lambda opened, _: "a" not in opened,
    "thead": lambda _, before: before == "table",
}
_TEXTLESS = LISTS | {"table", "thead", "tbody", "tr"}
_ENTITIES = ("&amp;", "&lt;", "&gt;", "&quot;")
_SLASHED = re.compile(r'(<img(?: [a-z]+="[^"]*")*) />')
_NAME = "[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*"
_HOST = rf"https?://(?:{_NAME}\.)+[A-Za-z]{{2,20}}(?::[0-9]{{1,4}})?(?=[/?#\"])"
_URL = rf'(?:{_HOST}|/(?!/)|#)[^"<>&\s]*(?:&amp;[^"<>&\s]*)*'
_VALUE = r'[^"<>&\xa0]*'
_GIVEN = {
    "a": re.compile(rf' href="{_URL}"(?: title="{_VALUE}")?'),
    "img": re.compile(rf' alt="{_VALUE}" src="{_URL}"(?: title="{_VALUE}")?'),
    "div": re.compile(' class="highlight"'),
    **dict.fromkeys(("td", "th"), re.compile(' align="(?:left|center|right)"')),
}
_CLASS = re.compile(' class="([a-z0-9+#._-]+)"')


def usual(written: str) -> Tags | None:
    """Return the tags of what Markdown wrote, where neither sifting nor mending would change any of it.

    None tells nothing. What is certain here saves a whole reading by the sieve; the last cleaning stays.
    """
    tags = tags_of(_unclosed(written))
    said = "\n".join(tags.texts)
    # A line break right behind <pre> is lost to those who read it, and so is a byte order mark at the start.
    if written[:1] != "<" or "<pre>\n" in written or any(mark in said for mark in "<>\xa0"):
        return None
    if "&" in said:
        if said.count("&") != sum(map(said.count, _ENTITIES)):
            return None
        tags.texts[:] = [text.replace("&quot;", '"') for text in tags.texts]
    kinds = set(zip(tags.names, tags.attributes, strict=True))
    return tags if all(map(_is_plain, kinds)) and _nests(tags) else None


def _unclosed(written: str) -> str:
    """Return HTML without the slashes that Markdown puts into tags of elements that have no end."""
    if " />" not in written:
        return written
    short = written.replace("<br />", "<br>").replace("<hr />", "<hr>")
    return _SLASHED.sub(r"\1>", short) if "<img " in short else short


def _is_plain(kind: tuple[str, str]) -> bool:
    """Return whether an element has only attributes that Markdown gives it, with nothing odd in them."""
    name, attributes = kind
    if not attributes:
        return True
    if name in ("code", "span"):
        found = _CLASS.fullmatch(attributes)
        return found is not None and is_of_code(name, found[1])
    pattern = _GIVEN.get(name)
    return pattern is not None and pattern.fullmatch(attributes) is not None


def _nests(tags: Tags) -> bool:
    """Return whether each element ends where it should and stands where it may, and no text astray."""
    opened = ["body"]
    before = ""
    for text, name in zip(tags.texts, tags.names, strict=False):
        inside = opened[-1]
        if inside in _TEXTLESS and text.strip(" \n"):
            return False
        if name[0] == "/":
            if opened.pop() != name[1:] or before == "tr":
                return False
        elif name not in _HOLDS[inside] or (name in _PLACED and not _PLACED[name](opened, before)):
            return False
        elif name not in VOID:
            opened.append(name)
        before = name
    return len(opened) == 1
