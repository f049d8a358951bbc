"""A weekly edition, or a section of one, becomes its items.

`h2.SummaryHL` heads an item and links to its own page, which gives its id; "Comments (n posted)" ends it.
`p.Cat1HL`, `p.Cat2HL` and `p.Cat3HL` head sections: a section's name is no index entry, but one that holds
text before its first item is an item without an address. What stands outside of all items is dropped and
counted: the editorial head, the contents, "Page editor". So are items that only lead to articles: the
welcome with its list of features, and teasers of what subscribers may read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from lwnindex.model import Manuscript
from lwnindex.readers.dates import WRITTEN, read_date
from lwnindex.readers.items import with_ids
from lwnindex.readers.lwnpage import TEXT, Text, drop_comments, heading, manuscript, read_text, titled
from lwnindex.readers.markedup import Page, above, article_id, attribute, drop_chrome, page, words
from lwnindex.readers.segments import segments_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_ITEM = "SummaryHL"
_SECTIONS = ("Cat1HL", "Cat2HL", "Cat3HL")
_MARKS = ", ".join(f".{name}" for name in (_ITEM, *_SECTIONS))
_MOST = 2_000
_DATE = re.compile(WRITTEN, re.IGNORECASE)
_COMMENTS = re.compile(r"\(?Comments \((?:none|\d+) posted\)\)?", re.IGNORECASE)
_FULL = r"\[Full Story\]\([^)\s]*/Articles/{}/?\) \(\[?comments: (?:none|\d+)\]?(?:\([^)\s]*\))?\)"
_TEASER = re.compile(r"Full Story \(comments: (?:none|\d+)\)$")
_TAIL = re.compile(r"Page editor:|Inside this week's LWN\.net Weekly Edition$|Next page:")
_WELCOME = re.compile(r"Welcome to the LWN\.net Weekly Edition", re.IGNORECASE)


class _Part(NamedTuple):
    """What stands below a heading, or before the first of all."""

    mark: LexborNode | None
    nodes: list[LexborNode]


def has_too_many(found: Page) -> bool:
    """Return whether a page has more headings than any edition."""
    return len(found.tree.css(_MARKS)) > _MOST


def is_edition(found: Page) -> bool:
    """Return whether a page holds several items, or the headings of an edition's sections."""
    node = found.tree.css_first(TEXT)
    return node is not None and node.css_first(_MARKS) is not None


def items(found: Page) -> tuple[Manuscript, ...]:
    """Return the items of an edition, each with an id and a date if any of the page tells one."""
    node = found.tree.css_first(TEXT)
    assert node is not None
    date = _date(found)
    counts = Counter({"comments": drop_comments(found), "chrome": drop_chrome(node)})
    read: list[Manuscript] = []
    start = 0
    for part in _parts(node):
        inside, outside = _parted(part.nodes)
        start = _start(part.mark, found, start)
        item = _item(part.mark, inside, found, start) if part.mark is not None else None
        counts["edition"] += int(bool(outside)) + int(item is None and _has_words(inside))
        if item is not None:
            read.append(replace(item, date=item.date or (None if item.problems else date)))
    return with_ids(_counted(read, counts))


def _counted(read: Sequence[Manuscript], counts: Counter[str]) -> Sequence[Manuscript]:
    """Return the items, of which the first says what of the edition is in none."""
    if not read:
        return read
    summed = Counter(dict(read[0].counts)) + counts
    return [replace(read[0], counts=tuple(sorted(summed.items()))), *read[1:]]


def _date(found: Page) -> str | None:
    """Return the date in the title of an edition."""
    said = _DATE.search(heading(found)) or _DATE.search(words(found.tree.css_first("title")))
    try:
        return read_date(said[0]) if said else None
    except ValueError:
        return None


def _parts(node: LexborNode) -> Iterator[_Part]:
    """Yield the headings of items and sections, each with the nodes below it."""
    part = _Part(None, [])
    for each in _flat(node):
        if _is_mark(each):
            yield part
            part = _Part(each, [])
        else:
            part.nodes.append(each)
    yield part


def _flat(node: LexborNode) -> Iterator[LexborNode]:
    """Yield the nodes of a text in order; those that headings stand in are left open."""
    holders = {each.mem_id for mark in node.css(_MARKS) for each in above(mark)}
    waiting = _children(node)[::-1]
    while waiting:
        each = waiting.pop()
        if each.mem_id in holders and not _is_mark(each):
            waiting += _children(each)[::-1]
        else:
            yield each


def _children(node: LexborNode) -> list[LexborNode]:
    return list(node.iter(include_text=True))


def _is_mark(node: LexborNode) -> bool:
    if not node.is_element_node:
        return False
    classes = attribute(node, "class").split()
    return _ITEM in classes or any(name in classes for name in _SECTIONS)


def _parted(nodes: list[LexborNode]) -> tuple[list[LexborNode], list[LexborNode]]:
    """Return the nodes of an item down to its number of comments, and what stands below that."""
    for at, node in enumerate(nodes):
        said = words(node) if node.is_element_node else ""
        if _TAIL.match(said):
            return nodes[:at], nodes[at:]
        if _ends(node, said):
            rest = nodes[at + 1 :]
            return nodes[: at + 1], rest if _has_words(rest) else []
    return nodes, []


def _ends(node: LexborNode, said: str) -> bool:
    if "omments (" not in said:
        return False
    return any(_COMMENTS.fullmatch(words(each)) for each in node.css("a[href]"))


def _has_words(nodes: Sequence[LexborNode]) -> bool:
    return any(words(node) if node.is_element_node else (node.text_content or "").strip() for node in nodes)


def _start(mark: LexborNode | None, found: Page, start: int) -> int:
    """Return where in the source a heading seems to stand, not before the one above it."""
    if mark is None:
        return start
    needle = attribute(mark.css_first("a[href]"), "href") or (mark.text() or "").strip()
    name = next((each for each in attribute(mark, "class").split() if each in (_ITEM, *_SECTIONS)), _ITEM)
    near = found.text.find(name, start)
    at = found.text.find(needle, max(near, start)) if needle else near
    return max(at, start)


def _item(mark: LexborNode, nodes: Sequence[LexborNode], found: Page, start: int) -> Manuscript | None:
    """Return the article below a heading; None where there is only the way to one, or nothing."""
    said = words(mark)
    html = "".join(_html(node) for node in nodes)
    if not _has_words(nodes) or _WELCOME.match(said):
        return None
    own = article_id(attribute(mark.css_first("a[href]"), "href"), found)
    text = _text(html, own, found)
    if said.startswith("[$]") and _TEASER.search(_last(html)):
        return None
    made = manuscript(text, found, titled(said, found.reading), own, start=start)
    return replace(made, date=text.head.date)


def _html(node: LexborNode) -> str:
    return node.html or ""


def _last(html: str) -> str:
    """Return the words of the last line of some HTML that says anything."""
    lines = [re.sub(r"\]\([^)]*\)|\[", "", each.line.text) for each in segments_of(html)]
    return lines[-1].strip() if lines else ""


def _text(html: str, own: str, found: Page) -> Text:
    """Return an item's text as if on a page of its own, where "Full Story" would lead to that page."""
    alone = page(f'<div class="ArticleText">{html}</div>', found.file, found.reading)
    node = alone.tree.css_first(TEXT)
    assert node is not None
    rules = replace(found.reading, strip_lines=(*found.reading.strip_lines, _FULL.format(re.escape(own))))
    return read_text(node, alone._replace(text=found.text, reading=rules))
