"""A page of any site, by the CSS selectors that its source declares.

`h1.headline` takes the words of an element, `time@datetime` one of its attributes. Without `@`, a `<meta>` is
its content and a `<time>` its moment. A part without a selector is looked for by the marks of `marks.py`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lwnindex.model import Problem
from lwnindex.problems import problem
from lwnindex.readers.entries import split_path
from lwnindex.readers.foreignpage import Said, Term, manuscript, said_by
from lwnindex.readers.items import Items
from lwnindex.readers.markedup import Page, line_of, outermost
from lwnindex.readers.marks import body_of, marks_of
from lwnindex.settings import SelectSettings

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_PARTS = ("title", "byline", "date", "body", "entries")
_TAKEN = re.compile(r"(.*\S)\s*@([A-Za-z_][\w:.-]*)\s*", re.DOTALL)


class _Part(NamedTuple):
    """What a selector found: the elements, and what each says."""

    nodes: tuple[LexborNode, ...] = ()
    texts: tuple[str, ...] = ()


def is_declared(select: SelectSettings) -> bool:
    """Return whether a source says by selectors what its pages hold."""
    return any(getattr(select, name) for name in _PARTS)


@lru_cache(maxsize=64)
def selector_fault(text: str) -> str | None:
    """Return why a text cannot be one of the selectors, as the end of a sentence; None if it can."""
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError

    if not text.strip():
        return None
    try:
        LexborHTMLParser("<p></p>").css(_split(text)[0])
    except (SelectolaxError, ValueError):
        return f'"{text}" is no CSS selector'
    return None


def _split(text: str) -> tuple[str, str]:
    """Return a selector and the attribute that it takes, if it takes one."""
    found = _TAKEN.fullmatch(text)
    return (found[1], found[2]) if found else (text, "")


def read(found: Page) -> Items:
    """Return the article that the selectors find, or a problem for each required part that is not there."""
    parts = {name: _part(found, getattr(found.reading.select, name)) for name in _PARTS}
    body = parts["body"].nodes or _marked_body(found)
    marks = marks_of(found, body[0] if body else None)
    select = found.reading.select
    declared = {name: bool(getattr(select, name)) for name in _PARTS}
    title = _first(parts["title"]) if declared["title"] else marks.title
    date = _first(parts["date"]) if declared["date"] else marks.date
    authors = parts["byline"].texts if declared["byline"] else marks.authors
    paths, terms = _filed_under(parts["entries"], found) if declared["entries"] else ((), marks.terms)
    there = {"title": title, "byline": authors, "date": date, "body": body, "entries": (*paths, *terms)}
    missing = [name for name in select.required if not there[name]]
    if missing or not body:
        return Items(problems=tuple(_missing(name, found) for name in missing or ["body"]))
    spent = [node for name in ("title", "byline", "date", "entries") for node in _spent(parts[name], name)]
    shown = () if declared["title"] else marks.shown
    said = Said(title, authors, date, marks.updated, paths, terms)
    return Items((manuscript(found, said, body, (*spent, *shown)),))


def _part(found: Page, selector: str) -> _Part:
    """Return what a selector finds that says anything."""
    if not selector:
        return _Part()
    css, taken = _split(selector)
    nodes = outermost(found.tree.css(css))
    said = [(node, said_by(node, taken)) for node in nodes]
    return _Part(tuple(nodes), tuple(text for _, text in said if text))


def _marked_body(found: Page) -> tuple[LexborNode, ...]:
    """Return the body that a page marks as such, if no selector says where it is."""
    body = None if found.reading.select.body else body_of(found)
    return () if body is None else (body,)


def _first(part: _Part) -> str:
    return part.texts[0] if part.texts else ""


def _spent(part: _Part, name: str) -> tuple[LexborNode, ...]:
    """Return the elements that need not be shown in the body; of titles and dates only the first is one."""
    return part.nodes[:1] if name in ("title", "date") else part.nodes


def _filed_under(part: _Part, found: Page) -> tuple[tuple[tuple[str, int], ...], tuple[Term, ...]]:
    """Return the texts with a slash, which are paths of entries, and the others, which are categories."""
    said = [(text, line_of(text, found.text)) for text in dict.fromkeys(part.texts)]
    names = found.reading.slash_names
    paths = tuple((text, line) for text, line in said if len(split_path(text, names)) > 1)
    return paths, tuple(("categories", text, line) for text, line in said if (text, line) not in paths)


def _missing(name: str, found: Page) -> Problem:
    selector = getattr(found.reading.select, name)
    where = f"nothing in the page matches `{selector}`" if selector else "the page does not mark any"
    message = f"the page has no {name}: {where}. It is not on the site."
    fix = f"Correct `{name}` in `[sources.select]`, or take it out of `required`."
    return problem("no-part", found.file, 1, message, fix)
