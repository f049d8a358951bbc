"""Whether the tags of a page nest as HTML's syntax asks (HTML Living Standard, sections 13.1.2 and 4).

End tags that may be left out may be; whatever else a browser has to guess is a fault.
"""

from __future__ import annotations

from collections.abc import Iterator

from lwnindex.checking.faults import Fault
from lwnindex.checking.tags import Scanned, Tag

_VOID = frozenset(
    (
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source"),
        *("track", "wbr"),
    )
)
_OPTIONAL = frozenset(
    (
        *("html", "head", "body", "p", "li", "dt", "dd", "rt", "rp", "optgroup", "option", "colgroup"),
        *("caption", "thead", "tbody", "tfoot", "tr", "td", "th"),
    )
)
"""Elements whose end tag may be left out."""

_ENDS_P = frozenset(
    (
        *("address", "article", "aside", "blockquote", "details", "dialog", "div", "dl", "fieldset"),
        *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup"),
        *("hr", "main", "menu", "nav", "ol", "p", "pre", "search", "section", "table", "ul"),
    )
)
_ENDED_BY = {
    **dict.fromkeys(_ENDS_P, ("p",)),
    "li": ("p", "li"),
    **dict.fromkeys(("dt", "dd"), ("p", "dt", "dd")),
    **dict.fromkeys(("rt", "rp"), ("rt", "rp")),
    "option": ("option",),
    "optgroup": ("option", "optgroup"),
    **dict.fromkeys(("td", "th"), ("p", "td", "th", "caption", "colgroup")),
    "tr": ("p", "td", "th", "tr", "caption", "colgroup"),
    **dict.fromkeys(
        ("thead", "tbody", "tfoot"), ("p", "td", "th", "tr", "thead", "tbody", "tfoot", "caption", "colgroup")
    ),
    "body": ("head",),
}
"""Which open elements a start tag ends by itself."""

_PARENTS = {
    "li": ("ul", "ol", "menu"),
    **dict.fromkeys(("dt", "dd"), ("dl", "div")),
    **dict.fromkeys(("td", "th"), ("tr",)),
    "tr": ("table", "thead", "tbody", "tfoot"),
    **dict.fromkeys(("thead", "tbody", "tfoot", "caption", "colgroup"), ("table",)),
    "figcaption": ("figure",),
    "summary": ("details",),
    "legend": ("fieldset",),
}
_NEVER_INSIDE_ITSELF = frozenset(("a", "button", "form", "label", "h1", "h2", "h3", "h4", "h5", "h6"))
_NO_BLOCKS = frozenset(
    (
        *(
            "p",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "span",
            "em",
            "strong",
            "b",
            "i",
            "code",
            "small",
            "label",
        ),
        *("button", "cite", "q", "sub", "sup", "abbr", "time", "pre"),
    )
)
"""Elements that hold words, and no blocks."""

_CHECKED = frozenset((*_PARENTS, *_NEVER_INSIDE_ITSELF, *_ENDS_P))
"""Elements of which it is told where they may not be."""

_FOREIGN = frozenset(("svg", "math"))
_NEST = "Nest the elements, and end each where it shall end."


class _Open:
    """The elements that are open, and how many there are of each name."""

    def __init__(self) -> None:
        self.tags: list[Tag] = []
        self.top = ""
        self._count: dict[str, int] = {}

    @property
    def is_foreign(self) -> bool:
        return self.has("svg") or self.has("math")

    def has(self, name: str) -> bool:
        return self._count.get(name, 0) > 0

    def push(self, tag: Tag) -> None:
        self.tags.append(tag)
        self.top = name = tag.name
        self._count[name] = self._count.get(name, 0) + 1

    def pop(self) -> Tag:
        tag = self.tags.pop()
        self._count[tag.name] -= 1
        self.top = self.tags[-1].name if self.tags else ""
        return tag


def faults(page: Scanned) -> Iterator[Fault]:
    """Yield what is wrong with the tags of a page."""
    still = _Open()
    for tag in page.tags:
        if tag.is_broken:
            yield _fault(tag, f"the tag <{tag.name} is not ended by >", "Write &lt; where no tag is meant.")
        elif not tag.is_end:
            yield from _start(still, tag)
        elif still.top == tag.name:
            still.pop()
        else:
            yield from _end(still, tag)
    for tag in still.tags:
        if tag.name not in _OPTIONAL:
            yield _fault(tag, f"<{tag.name}> is never ended")


def _start(still: _Open, tag: Tag) -> Iterator[Fault]:
    for key in tag.twice:
        what = f'<{tag.name}> has the attribute "{key}" twice'
        yield _fault(tag, what, "Leave one; browsers take the first.")
    if still.is_foreign:
        if not tag.is_closed:
            still.push(tag)
        return
    while still.top in _ENDED_BY.get(tag.name, ()):
        still.pop()
    if tag.name in _CHECKED:
        yield from _misplaced(still, tag)
    if tag.name not in _VOID and not (tag.is_closed and tag.name in _FOREIGN):
        still.push(tag)


def _misplaced(still: _Open, tag: Tag) -> Iterator[Fault]:
    """Yield that an element may not be in those that are open."""
    above = still.top
    if tag.name in _PARENTS and above not in _PARENTS[tag.name] and above != "template":
        wanted = " or ".join(f"<{one}>" for one in _PARENTS[tag.name])
        what = f"<{tag.name}> stands in {f'<{above}>' if above else 'nothing'}"
        yield _fault(tag, what, f"Put it into {wanted}.")
    elif tag.name in _NEVER_INSIDE_ITSELF and still.has(tag.name):
        what = f"<{tag.name}> stands inside another <{tag.name}>"
        yield _fault(tag, what, "End the first before the second.")
    elif tag.name in _ENDS_P and above in _NO_BLOCKS:
        what = f"<{tag.name}> stands in <{above}>, which holds words alone"
        yield _fault(tag, what, f"End <{above}> before it.")


def _end(still: _Open, tag: Tag) -> Iterator[Fault]:
    """Yield what is wrong with an end tag, which is not that of the element opened last."""
    if tag.name in _VOID or not still.has(tag.name):
        fix = "Remove it, or write the start tag that it belongs to; a block in <p> ends the paragraph."
        yield _fault(tag, f"</{tag.name}> ends nothing that is open", fix)
        return
    while (one := still.pop()).name != tag.name:
        if one.name not in _OPTIONAL:
            yield _fault(one, f"<{one.name}> is still open at </{tag.name}>")


def _fault(tag: Tag, what: str, fix: str = _NEST) -> Fault:
    return Fault("bad-html", what, f"{what}.", fix, tag.start, tag.own)
