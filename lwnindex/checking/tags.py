"""A finished page as its tags, in the way in which a browser's tokeniser finds them.

Any text goes in. What stands in scripts, styles and comments is no tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from html import unescape
from typing import NamedTuple

START, END = "<!--lwnindex:body-->", "<!--lwnindex:end-->"
"""Comments that stand around the text of an article while its page is checked, and nowhere else."""

_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*+)(?P<given>(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>"
    r"|<!doctype[^>]*+>|<(?P<broken>/?[a-zA-Z][^\s<>]{0,40})",
    re.DOTALL | re.IGNORECASE,
)
_GIVEN = re.compile(r"([^\s\"'<>/=]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'=<>`]++)))?")
_RAW = frozenset(("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"))
"""Elements that hold text alone."""

_NOTHING: Mapping[str, str] = {}


class Tag(NamedTuple):
    """A tag: where it begins and ends in the text, its attributes, and those among them that stand twice.

    `is_broken` says that it does not end before the next one begins. `own` is set between START and END.
    """

    name: str
    start: int
    stop: int
    given: Mapping[str, str] = _NOTHING
    twice: Sequence[str] = ()
    is_end: bool = False
    is_closed: bool = False
    is_broken: bool = False
    own: bool = False


# There are millions of them: this is what `Tag(...)` comes to.
_tag = partial(tuple.__new__, Tag)


class Scanned(NamedTuple):
    """The tags of a page in order; `has_doctype` says whether it begins as a whole document does."""

    text: str
    tags: Sequence[Tag]
    has_doctype: bool


def live(page: Scanned) -> Scanned:
    """Return a page without the tags in <template>, which no browser shows."""
    if not any(tag.name == "template" for tag in page.tags):
        return page
    depth, found = 0, []
    for tag in page.tags:
        depth -= tag.name == "template" and tag.is_end
        if depth <= 0:
            found.append(tag)
        depth += tag.name == "template" and not tag.is_end
    return page._replace(tags=tuple(found))


def scanned(text: str) -> Scanned:
    """Return the tags of a page."""
    head = text[:200].lstrip("\ufeff \t\r\n").lower()
    return Scanned(text, tuple(_tags(text)), head.startswith("<!doctype"))


def _tags(text: str) -> Iterator[Tag]:
    place, own, search = 0, False, _TAG.search
    while found := search(text, place):
        start, place = found.span()
        ends, name, written, broken = found.groups()
        if broken:
            yield Tag(broken.lower(), start, place, is_broken=True, own=own)
        elif not name:
            own = found[0] == START or (own and found[0] != END)
        elif ends:
            yield _tag((name.lower(), start, place, _NOTHING, (), True, False, False, own))
        else:
            name = name.lower()
            given, twice = _attributes(written) if written else (_NOTHING, ())
            yield _tag((name, start, place, given, twice, False, written[-1:] == "/", False, own))
            place = _after(text, name, place)


@lru_cache(maxsize=16_384)
def _attributes(written: str) -> tuple[Mapping[str, str], Sequence[str]]:
    """Return the attributes of a tag, and those that stand twice; most tags are written as others are."""
    given: dict[str, str] = {}
    twice = []
    for key, double, single, bare in _GIVEN.findall(written):
        lower = key.lower()
        if lower in given:
            twice.append(lower)
        else:
            value = double or single or bare
            given[lower] = unescape(value) if "&" in value else value
    return given, twice


def _after(text: str, name: str, place: int) -> int:
    """Return where the next tag may begin: past the text of an element that holds nothing else."""
    if name not in _RAW:
        return place
    end = re.compile(f"</{name}(?=[\\s/>])", re.IGNORECASE).search(text, place)
    return end.start() if end else len(text)


def words(scanned: Scanned, first: int, last: int) -> str:
    """Return what is said between two tags, given by their numbers, on one line; pictures by their words."""
    parts = []
    for number in range(first, last):
        tag, after = scanned.tags[number], scanned.tags[number + 1]
        parts.append(_of_picture(tag) if tag.name == "img" else "")
        parts.append("" if tag.name in ("script", "style") else scanned.text[tag.stop : after.start])
    said = re.sub(r"<!--.*?-->", "", "".join(parts), flags=re.DOTALL)
    return " ".join(unescape(said).split())


def _of_picture(tag: Tag) -> str:
    return next((tag.given[name] for name in ("alt", "aria-label", "title") if tag.given.get(name)), "")
