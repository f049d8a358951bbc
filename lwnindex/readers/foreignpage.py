"""What was found on a page that is not LWN's becomes a manuscript, whoever found it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from lwnindex.model import Manuscript, Problem
from lwnindex.problems import problem
from lwnindex.readers.bylines import split_names
from lwnindex.readers.dates import FORMS, WRITTEN, date_of_name, read_date
from lwnindex.readers.entries import Filed, filed, split_path, terms
from lwnindex.readers.lwnpage import titled
from lwnindex.readers.markedup import (
    Page,
    above,
    address,
    attribute,
    drop,
    drop_chrome,
    drop_furniture,
    drop_quotes,
    language,
    line_of,
    lines_of,
    outermost,
    show_pictures,
    words,
)
from lwnindex.readers.segments import bared
from lwnindex.reading import Reading

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

Term = tuple[str, str, int]
"""The field `tags` or `categories`, the term, and its line."""

_DATE = re.compile(WRITTEN, re.IGNORECASE)
_BY = re.compile(r"(?:written |posted )?by:? +(?=\S)", re.IGNORECASE)
_ALONE = {
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "p",
    "div",
    "li",
    "dt",
    "dd",
    "ul",
    "ol",
    "dl",
    "header",
    "address",
    "table",
}


class Said(NamedTuple):
    """What a page says of its article: the title, names as written, dates as written, terms."""

    title: str
    authors: Sequence[str] = ()
    date: str = ""
    updated: str = ""
    paths: Sequence[tuple[str, int]] = ()
    terms: Sequence[Term] = ()


def manuscript(
    found: Page, said: Said, body: Sequence[LexborNode], spent: Iterable[LexborNode]
) -> Manuscript:
    """Return the manuscript of some elements; of the `spent` ones those go that stand alone in the body."""
    original = address(found)
    lang = language(found)
    counts = Counter({"repeated": _drop_spent(spent, body)})
    html = bared(_inner(found, body, counts))
    lines = lines_of(html, found.text, _start(html, found.text))
    date, updated, problems = _dates(said, found)
    entries = _entries(said, found)
    return Manuscript(
        text=html,
        markup="html",
        lines=lines,
        title=titled(said.title, found.reading),
        date=date_of_name(found.file) if date is None and not problems else date,
        updated=updated,
        authors=_names(said.authors, found.reading),
        lang=lang,
        original=original,
        entries=entries.entries,
        entry_lines=entries.lines,
        problems=(*problems, *entries.problems),
        counts=tuple(sorted((+counts).items())),
    )


def _inner(found: Page, body: Sequence[LexborNode], counts: Counter[str]) -> str:
    """Return the HTML of the body; of several elements each is one of its own."""
    for node in body:
        show_pictures(node)
        furniture = drop_furniture(node)
        counts.update({"chrome": furniture + drop_chrome(node), "nag": drop_quotes(node, found.reading)})
    if len(body) == 1:
        return body[0].inner_html or ""
    return "\n".join(node.html or "" for node in body)


def _drop_spent(spent: Iterable[LexborNode], body: Sequence[LexborNode]) -> int:
    """Return how many elements went from a body that say what the article's own fields say."""
    known = {node.mem_id for node in body}
    chosen: dict[int, LexborNode] = {}
    for node in spent:
        whole = _alone(node, known)
        if whole is not None and not any(each.mem_id in chosen for each in (whole, *above(whole))):
            chosen[whole.mem_id] = whole
    for node in outermost(chosen.values()):
        _drop_with_holders(node, known)
    return len(chosen)


def _drop_with_holders(node: LexborNode, body: set[int]) -> None:
    """Drop an element, and those within the body that held only this."""
    parent = node.parent
    drop([node])
    while parent is not None and parent.mem_id not in body and not words(parent) and not parent.css("img"):
        node, parent = parent, parent.parent
        drop([node])


def _alone(node: LexborNode, body: set[int]) -> LexborNode | None:
    """Return the largest element within a body that says the same; None for what stands in a sentence."""
    if node.mem_id in body or not any(each.mem_id in body for each in above(node)):
        return None
    said = words(node)
    largest = node
    for each in above(node):
        if each.mem_id in body or words(each) != said:
            break
        largest = each
    return largest if largest.tag in _ALONE else None


def _start(html: str, text: str) -> int:
    """Return where in the source a body seems to start: behind its head."""
    del html
    return max(text.lower().find("<body"), 0) if len(text.lower()) == len(text) else 0


def _names(written: Sequence[str], reading: Reading) -> tuple[str, ...]:
    """Return the names of authors without repeats; a single text may hold several."""
    nicks = dict(reading.nicks)
    bare = [_BY.sub("", each, count=1) for each in written if each and "://" not in each]
    names = [name for each in bare for name in split_names(each)]
    return tuple(dict.fromkeys(nicks.get(name, name) for name in names))


def _dates(said: Said, found: Page) -> tuple[str | None, str | None, tuple[Problem, ...]]:
    """Return when an article was published and updated; a date that cannot be read is a problem."""
    problems = []
    dates = []
    for written in (said.date, said.updated):
        try:
            dates.append(_date(written))
        except ValueError as error:
            dates.append(None)
            line = line_of(written, found.text)
            problems.append(problem("bad-date", found.file, line, str(error), FORMS))
    return dates[0], dates[1], tuple(problems)


def _date(written: str) -> str | None:
    """Return the ISO date that a text is or, among other words, holds."""
    try:
        return read_date(written)
    except ValueError:
        within = _DATE.search(written)
        if within is None:
            raise
        return read_date(within[0])


def _entries(said: Said, found: Page) -> Filed:
    reading = found.reading
    paths: list[tuple[Sequence[str], int]] = [
        (split_path(path, reading.slash_names), line) for path, line in said.paths
    ]
    return filed([*paths, *terms(said.terms, reading)], found.file)


def said_by(node: LexborNode, name: str) -> str:
    """Return what an element says: an attribute, a `<meta>`'s content, a `<time>`'s moment, or its words."""
    if name:
        return attribute(node, name)
    if node.tag == "meta":
        return attribute(node, "content")
    return (attribute(node, "datetime") if node.tag == "time" else "") or words(node)
