"""What HTML of a body may hold: an allow list, applied by nh3 as the first and the last step.

Anything comes in. `clean` gives what may be published: no script, style, form, frame, image, comment or
event handler, no address but http, https, mailto, ftp and relative ones, no class but ours; cleaning it
again changes nothing. `sift` gives the same with what `mend` and `shape` still turn into something else:
images, obsolete elements, alignment, old anchors. Both write canonical tags: lower case, every attribute
in double quotes, properly nested.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import nh3

from lwnindex.highlight import languages, token_classes
from lwnindex.readers.text import is_legal, utf8

_SCHEMES = {"http", "https", "mailto", "ftp"}

_BLOCKS = {
    "p",
    "div",
    "blockquote",
    "pre",
    "hr",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
}
_TABLES = {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
_TEXT = {
    *(
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "br",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
    ),
    *("samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"),
}
_PUBLISHED = _BLOCKS | _TABLES | _TEXT
_TURNED = {
    *(
        "h1",
        "img",
        "acronym",
        "big",
        "font",
        "strike",
        "tt",
        "center",
        "dir",
        "menu",
        "address",
        "article",
        "aside",
    ),
    *("details", "figcaption", "figure", "footer", "header", "hgroup", "main", "nav", "section", "summary"),
}
KNOWN = frozenset(_PUBLISHED | _TURNED)
"""The elements that an author's own HTML may use; any other name in angle brackets is text."""

_GONE = {"script", "style", "title", "template", "iframe", "noembed", "noframes"}
"""Elements that go with all they hold; of any other that is not allowed the content stays."""

_ALIGNED = ("p", "div", "h2", "h3", "h4", "h5", "h6", "th", "td")
_ALIGNMENTS = {"align-left", "align-center", "align-right"}

_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"id", "lang", "dir", "title"},
    "a": {"href"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "del": {"cite", "datetime"},
    "ins": {"cite", "datetime"},
    "time": {"datetime"},
    "ol": {"start", "reversed"},
    "li": {"value"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_FIXED = {
    "pre": {"tabindex": {"0"}},
    "div": {"tabindex": {"0"}, "role": {"group"}, "aria-label": {"Table"}},
}
"""What only this program writes: boxes that scroll can be reached by keyboard."""

_FOOTNOTES = {"footnote-ref", "footnote-backref"}
_ROUNDS = 8

# C0 and C1 controls and noncharacters: no HTML may hold them, and html5ever passes them on.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
    + "]"
)

# A line break right after <pre> is lost to every reader of HTML, so the next one would be as well.
_FIRST_LINES = re.compile(r'(<pre(?: [a-z-]+="[^"]*")*>)\n+')

_PRE_TAG = re.compile(r'<pre(?: [a-z-]+="[^"]*")*>\n')
_CODE_TAG = re.compile(r"<(?:code|span)[^>]", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_ENDLESS_TAG = re.compile(r"""<[a-zA-Z/!?](?:[^<>"']|"[^"]*+"|'[^']*+'){20000}""")
_NEVER_OPEN = {
    *("p", "li", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup"),
    *("br", "hr", "img", "wbr", "col", "input", "link", "meta", "area", "base", "embed", "source", "track"),
}
_CARRIED = {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"}
"""Formatting elements: those left open are opened again in every paragraph that follows."""

_CARRIED_TAG = re.compile(rf"<(?:{'|'.join(sorted(_CARRIED))})\s[^>]*", re.IGNORECASE)

_FEW_TAGS = 600
_MOST_TAGS = 100_000
_LONG = 40_000
_MOST_OPEN = 500
_MOST_CARRIED = 200_000
_MOST_COPIED = 20_000_000
_MOST_ENTITIES = 50_000


def clean(fragment: str) -> str:
    """Return what of some HTML may be published; itself where nothing must go."""
    for _ in range(_ROUNDS):
        utf8(fragment)
        cleaned = _publisher(_may_hold_code(fragment)).clean(fragment)
        # What is the same is there in UTF-8 already.
        cleaned = _settled(fragment if cleaned == fragment else cleaned)
        if cleaned == fragment:
            return cleaned
        fragment = cleaned
    return html.escape(legal(fragment), quote=False)


def sift(fragment: str) -> str:
    """Return what of some HTML may be published once it is mended and shaped."""
    return _sieve(_may_hold_code(fragment)).clean(fragment)


def _may_hold_code(fragment: str) -> bool:
    """Return whether the classes of coloured code are asked for; Pygments, which has them, loads slowly."""
    return _CODE_TAG.search(fragment) is not None


def tangle(fragment: str) -> str | None:
    """Return why HTML must not be parsed, as a sentence: parsing it would take minutes or gigabytes."""
    return next(_tangles(fragment), None)


def _tangles(fragment: str) -> Iterator[str]:
    """Yield what makes parsing some HTML slow."""
    if len(fragment) > _LONG and _ENDLESS_TAG.search(fragment):
        yield "An HTML tag is thousands of marks long."
    if fragment.count("&") + fragment.count("\xa0") > _MOST_ENTITIES and _has_many_entities(fragment):
        yield f"A text has more than {_MOST_ENTITIES:,} characters that HTML writes as names."
    tags = fragment.count("<")
    if tags <= _FEW_TAGS:
        return
    if tags > _MOST_TAGS:
        yield f"There are more than {_MOST_TAGS:,} HTML tags."
    still, carried = _most_open(fragment)
    if still > _MOST_OPEN:
        yield f"More than {_MOST_OPEN} HTML elements are open at once."
    if carried * tags > _MOST_CARRIED or carried * tags * _longest_carried(fragment) > _MOST_COPIED:
        yield f"{carried} HTML elements such as <b> are never closed, or too late."


def _longest_carried(fragment: str) -> int:
    """Return how long the longest tag is of those that are opened again with all their attributes."""
    return max(map(len, _CARRIED_TAG.findall(fragment)), default=0)


def _has_many_entities(fragment: str) -> bool:
    """Return whether there are too many between two tags: nh3 needs quadratic time for those of one text."""
    return any(each.count("&") + each.count("\xa0") > _MOST_ENTITIES for each in fragment.split("<"))


def _most_open(fragment: str) -> tuple[int, int]:
    """Return how many elements are open at once at most, all of them and those that paragraphs inherit."""
    opened: dict[str, int] = {}
    now = carried = most = most_carried = 0
    for slash, written in _TAG.findall(fragment):
        name = written.lower()
        if name in _NEVER_OPEN or (slash and not opened.get(name)):
            continue
        step = -1 if slash else 1
        opened[name] = opened.get(name, 0) + step
        now += step
        carried += step if name in _CARRIED else 0
        most, most_carried = max(most, now), max(most_carried, carried)
    return most, most_carried


def _settled(cleaned: str) -> str:
    """Return HTML without the characters and line breaks that would not survive being read again."""
    if _PRE_TAG.search(cleaned):
        cleaned = _FIRST_LINES.sub(r"\1", cleaned)
    return legal(cleaned)


def legal(text: str) -> str:
    """Return a text without the characters that no HTML may hold, surrogates shown as `?`."""
    try:
        raw = text.encode()
    except UnicodeEncodeError:
        return legal(text.encode("utf-8", "replace").decode())
    return text if is_legal(raw) else _FORBIDDEN.sub("", text)


@cache
def _publisher(has_code: bool) -> nh3.Cleaner:
    """Return the cleaner of what is published, with or without the classes of coloured code."""
    classes = {
        **dict.fromkeys(_ALIGNED, _ALIGNMENTS),
        "a": {"image", *_FOOTNOTES},
        "div": {"highlight", "footnote", "scroll", *_ALIGNMENTS},
        "pre": {"plain"},
        **(_code_classes() if has_code else {}),
    }
    return _cleaner(_PUBLISHED, _ATTRIBUTES, classes, tag_attribute_values=_FIXED)


@cache
def _sieve(has_code: bool) -> nh3.Cleaner:
    """Return the cleaner of what comes in: no class is let in that only `shape` may give."""
    classes = {
        "a": _FOOTNOTES,
        "div": {"highlight", "footnote"},
        "pre": {"plain"},
        **(_code_classes() if has_code else {}),
    }
    wider = {**_ATTRIBUTES, "a": {"href", "name"}, "img": {"src", "alt"}}
    for tag in (*_ALIGNED, "h1", "center"):
        wider[tag] = wider.get(tag, set()) | {"align"}
    return _cleaner(_PUBLISHED | _TURNED, wider, classes)


def _code_classes() -> dict[str, set[str]]:
    return {"code": {f"language-{one}" for one in languages()}, "span": set(token_classes())}


def _cleaner(
    tags: set[str], attributes: dict[str, set[str]], classes: dict[str, set[str]], **more: Any
) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=tags,
        clean_content_tags=_GONE,
        attributes=attributes,
        allowed_classes=classes,
        url_schemes=_SCHEMES,
        url_relative="pass_through",
        link_rel=None,
        strip_comments=True,
        **more,
    )
