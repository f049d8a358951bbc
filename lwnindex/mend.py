"""Raw HTML that an author wrote becomes valid HTML5: elements that have gone get heirs, odd nesting goes.

Sifted HTML comes in and goes out. What Markdown makes is valid already, and `is_sound` sees that at a
glance; the rest is for old and foreign pages. Text is never lost, only what was said about it.
The rules are those of the HTML standard's content models (https://html.spec.whatwg.org/#content-models).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lwnindex import grid
from lwnindex.attributes import span, valid
from lwnindex.tags import VOID, Tags, pairs, partners, tag, tags_of

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = HEADINGS | {"p", "div", "blockquote", "pre", "hr", "ul", "ol", "dl", "table"}
_TEXT = frozenset(
    {
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
        "img",
        "ins",
        "kbd",
        "mark",
        "q",
    }
    | {"s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"}
)
_FLOW = frozenset({"body", "div", "blockquote", "li", "dd", "dt", "td", "th", "caption"})
LISTS = frozenset({"ul", "ol"})
_PARTS = {
    **dict.fromkeys(("caption", "thead", "tbody", "tfoot"), frozenset({"table"})),
    "tr": frozenset({"thead", "tbody", "tfoot"}),
    **dict.fromkeys(("td", "th"), frozenset({"tr"})),
}

_HEIRS = {
    "tt": "code",
    "strike": "s",
    "acronym": "abbr",
    **dict.fromkeys(("big", "font"), "span"),
    **dict.fromkeys(("dir", "menu"), "ul"),
    **dict.fromkeys(("center", "address", "article", "aside", "details", "figcaption", "figure"), "div"),
    **dict.fromkeys(("footer", "header", "hgroup", "main", "nav", "section", "summary"), "div"),
}
"""What takes the place of an element that is obsolete, or of no use inside an article."""

# What Markdown writes: which elements stand directly in which.
_USUAL_TEXT = _TEXT - {"bdo", "dfn", "time"}
USUAL = {
    **dict.fromkeys(("body", "div", "blockquote", "li", "td"), _BLOCKS - {"dl"} | _USUAL_TEXT),
    **dict.fromkeys((*HEADINGS, "p", "pre", "th", *(_USUAL_TEXT - VOID)), _USUAL_TEXT),
    **dict.fromkeys(LISTS, frozenset({"li"})),
    "table": frozenset({"thead", "tbody"}),
    **dict.fromkeys(("thead", "tbody"), frozenset({"tr"})),
    "tr": frozenset({"td", "th"}),
}
_USUAL_ATTRIBUTES = re.compile(r'(?: (?:href|class|id|src|alt|align|title|name)="[^"]*")*')
_TEXT_IN_LIST = re.compile(r"<(?:/li|[uo]l(?: [^<>]*)?)>\s*[^\s<]")
_EMPTY_ROW = re.compile(r"<tr(?: [^<>]*)?>\s*</tr>")


def is_sound(tags: Tags, sifted: str) -> bool:
    """Return whether this is what Markdown makes and needs no mending; a valid oddity may be told no."""
    opened = ["body"]
    before = ""
    for name, attributes in zip(tags.names, tags.attributes, strict=True):
        if name[0] == "/":
            opened.pop()
            continue
        if name not in USUAL.get(opened[-1], ()):
            return False
        if attributes and not _USUAL_ATTRIBUTES.fullmatch(attributes):
            return False
        if (name == "a" and "a" in opened) or (name == "thead" and before != "table"):
            return False
        if name not in VOID:
            opened.append(name)
        before = name
    if ("ul" in tags.names or "ol" in tags.names) and _TEXT_IN_LIST.search(sifted):
        return False
    return "tr" not in tags.names or not _EMPTY_ROW.search(sifted)


def mended(sifted: str) -> str:
    """Return sifted HTML with valid nesting and valid attributes, ready to be shaped."""
    tags = tags_of(sifted)
    _Mending(tags).run()
    return tags.joined()


class _Open(NamedTuple):
    """An element that is open: what it is now, what may stand in it, and how it will be closed.

    `holds` is "flow", "text", "list" or "parts", or empty for an element that is gone.
    """

    name: str
    holds: str
    end: str
    place: int = -1


_BODY = _Open("body", "flow", "")
_ITEM = _Open("li", "flow", "</li>")


class _Mending:
    """One walk over the tags, with what is open; `written` and `texts` are changed on the way."""

    def __init__(self, tags: Tags) -> None:
        self.tags = tags
        self.partner = partners(tags)
        self.opened = [_BODY]
        self.names = [_HEIRS.get(name, name) for name in tags.names]
        self.around_blocks = self._around_blocks()
        self.irregular: set[int] = set()

    def run(self) -> None:
        """Mend each text and tag, in order."""
        for place, name in enumerate(self.tags.names):
            if self.tags.texts[place].strip() and self._parent().holds == "list":
                self.tags.texts[place] = self._item() + self.tags.texts[place]
            self.tags.written[place] = self._end() if name[0] == "/" else self._start(place)

    def _around_blocks(self) -> set[int]:
        """Return the places of text-level elements that hold a block."""
        found: set[int] = set()
        opened: list[int] = []
        for place, name in enumerate(self.names):
            if name[0] == "/":
                opened.pop()
                continue
            if name in _BLOCKS:
                for outer in reversed(opened):
                    if self.names[outer] not in _TEXT or outer in found:
                        break
                    found.add(outer)
            if name not in VOID:
                opened.append(place)
        return found

    def _parent(self) -> _Open:
        """Return the innermost open element that is still there."""
        return next(one for one in reversed(self.opened) if one.holds)

    def _is_in(self, *names: str) -> bool:
        return any(one.name in names and one.holds for one in self.opened)

    def _item(self) -> str:
        """Begin a list item that the author left out."""
        self.opened.append(_ITEM)
        return "<li>"

    def _end(self) -> str:
        written = ""
        while (closed := self.opened.pop()) is _ITEM:
            written += closed.end
        return written + closed.end

    def _start(self, place: int) -> str:
        """Return what stands in the place of a start tag, and note what is open from here on."""
        name = self.names[place]
        before = ""
        if name == "li" and self.opened[-1] is _ITEM:
            before = self.opened.pop().end
        elif name != "li" and self._parent().holds == "list":
            before = self._item()
        return before + self._element(place, name)

    def _element(self, place: int, name: str) -> str:
        if name in _BLOCKS:
            return self._block(place, name)
        if name in _TEXT:
            return self._text(place, name)
        if name == "li":
            return self._open(place, name) if self._parent().holds == "list" else self._block(place, "div")
        if name in ("dt", "dd"):
            return self._open(place, name) if self._parent().name == "dl" else self._block(place, "div")
        return self._part(place, name)

    def _block(self, place: int, name: str) -> str:
        parent = self._parent()
        if parent.holds != "flow" or (name in HEADINGS and self._is_in("th", "dt")):
            return self._gone(place, "\n" if self._is_in("pre") else " ")
        if name == "dl" and not self._is_glossary(place):
            return self._open(place, "div")
        if name == "table" and not self._is_regular(place):
            self.irregular.add(place)
        return self._open(place, name)

    def _text(self, place: int, name: str) -> str:
        if name in ("a", "dfn") and self._is_in(name):
            return self._gone(place)
        if place in self.around_blocks and self._parent().holds == "flow":
            return self._around(place, name)
        given = self._given(place, name)
        if (name == "time" and "datetime" not in given) or (name == "bdo" and "dir" not in given):
            return self._open(place, "span")
        return self._open(place, name)

    def _around(self, place: int, name: str) -> str:
        """Return the tag of an element around blocks: some are as wide as what stands around them."""
        inner = self.names[place : self.partner[place]]
        if name in ("ins", "del") or (name == "a" and not {"pre", "table"} & set(inner)):
            return self._open(place, name, "flow")
        given = self._given(place, name)
        anchor = {each: value for each, value in given.items() if each in ("id", "name")}
        return self._gone(place, tag("a", anchor) + "</a>" if name == "a" and anchor else "")

    def _part(self, place: int, name: str) -> str:
        """Return the tag of a part of a table; those of an irregular one become the simplest there are."""
        if self._parent().name not in _PARTS.get(name, ()):
            return self._gone(place, " ")
        table = next(one for one in reversed(self.opened) if one.name == "table")
        if table.place not in self.irregular:
            return self._open(place, name)
        if name == "tr" and self.partner[place] == place + 1:
            return self._gone(place)
        if name == "caption":
            self.opened.append(_Open("td", "flow", "</td></tr></tbody>", place))
            return "<tbody><tr><td>"
        return self._open(place, "tbody" if name in ("thead", "tfoot") else name)

    def _gone(self, place: int, instead: str = "") -> str:
        if self.tags.names[place] not in VOID:
            self.opened.append(_Open(self.names[place], "", instead if instead.isspace() else ""))
        return instead

    def _open(self, place: int, name: str, holds: str = "") -> str:
        written = tag(name, self._given(place, name))
        if name not in VOID:
            self.opened.append(_Open(name, holds or _held(name), f"</{name}>", place))
        return written

    def _given(self, place: int, name: str) -> dict[str, str]:
        """Return the valid attributes of an element; its name may be another than the author gave it."""
        given = pairs(self.tags.attributes[place])
        if self.tags.names[place] == "center":
            given["align"] = "center"
        kept = valid(name, given)
        if name in ("td", "th") and self._is_spanless():
            kept = {each: value for each, value in kept.items() if each not in ("colspan", "rowspan")}
        if name == "li" and self._parent().name != "ol":
            kept.pop("value", None)
        return kept

    def _is_spanless(self) -> bool:
        return next(
            (one.place in self.irregular for one in reversed(self.opened) if one.name == "table"), False
        )

    def _children(self, place: int) -> list[int]:
        """Return the places of the elements that stand directly in one."""
        found = []
        inner = place + 1
        while inner < self.partner[place]:
            found.append(inner)
            inner = self.partner[inner] + 1
        return found

    def _is_glossary(self, place: int) -> bool:
        """Return whether a definition list is made of terms, each with what it means, and nothing else."""
        children = self._children(place)
        between = [self.tags.texts[each] for each in (*children, self.partner[place])]
        kinds = "".join(f"{self.names[each]} " for each in children)
        return not "".join(between).strip() and re.fullmatch(r"(?:(?:dt )+(?:dd )+)*", kinds) is not None

    def _is_regular(self, place: int) -> bool:
        """Return whether a table has its parts in order, and no hole and no overlap in its grid."""
        children = self._children(place)
        order = "".join(f"{self.names[each]} " for each in children)
        if not re.fullmatch(r"(?:caption )?(?:thead )?(?:tbody )*(?:tfoot )?", order):
            return False
        if order.startswith("caption") and "table" in self.names[children[0] : self.partner[children[0]]]:
            return False
        groups = [each for each in children if self.names[each] != "caption"]
        return grid.is_filled([self._row(row) for row in self._children(group)] for group in groups)

    def _row(self, place: int) -> list[grid.Cell]:
        given = [pairs(self.tags.attributes[cell]) for cell in self._children(place)]
        return [(span(each.get("colspan", "")), span(each.get("rowspan", ""))) for each in given]


def _held(name: str) -> str:
    """Return what may stand in an element."""
    if name in _FLOW:
        return "flow"
    if name in LISTS:
        return "list"
    return "text" if name in _TEXT or name in _BLOCKS - {"dl", "table"} else "parts"
