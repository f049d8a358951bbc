"""A page of any site, by the marks that most sites put on articles.

JSON-LD says what an article is (schema.org/Article), so do OpenGraph's `article:` properties and HTML's own
`<article>`, `<main>`, `<h1>`, `<time>` and `rel=tag`. A page without a text that is marked so is not read:
what it holds has to be told by selectors.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import unescape
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from lwnindex.model import Problem
from lwnindex.problems import problem
from lwnindex.readers.foreignpage import Said, Term, manuscript, said_by
from lwnindex.readers.items import Items
from lwnindex.readers.markedup import Page, above, attribute, line_of, outermost, words
from lwnindex.readers.text import squeezed

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_LONGEST = 1024 * 1024
_POSTS = ("BlogPosting", "Report", "LiveBlogPosting", "SocialMediaPosting")
_BODIES = ('[itemprop~="articleBody"]', "article", "main", '[role="main"]')
_PUBLISHED = (
    *('meta[property="article:published_time"]', 'meta[itemprop="datePublished"]', 'meta[name="date" i]'),
    *('meta[name="dc.date" i]', 'meta[name="dc.date.issued" i]', 'meta[name="dcterms.created" i]'),
    *('meta[name="article:published_time"]', 'meta[name="pubdate" i]', 'meta[name="publishdate" i]'),
    *('meta[name="sailthru.date" i]', 'meta[name="parsely-pub-date" i]'),
    *('[itemprop~="datePublished"]', "time.published", "time.dt-published", "time[pubdate]"),
)
_UPDATED = ('meta[property="article:modified_time"]', '[itemprop~="dateModified"]')
_AUTHORS = (
    *('meta[name="author" i]', 'meta[property="author" i]'),
    *('meta[name="sailthru.author" i]', 'meta[name="parsely-author" i]'),
    *('[rel~="author"]', '[itemprop~="author"]', ".p-author", ".author.vcard"),
)
_NEAR = ('[rel~="author"]', '[itemprop~="author"] [itemprop~="name"]', ".author.vcard")
"""Where a name stands that is near a text, not in it, with nothing else."""

_WHOLE = ("Article", "Posting", "Report")
"""What the types of schema.org that are articles end with."""


class Marks(NamedTuple):
    """What a page says of its article in its marks, and the elements that say it for readers."""

    title: str
    authors: tuple[str, ...]
    date: str
    updated: str
    terms: tuple[Term, ...]
    shown: tuple[LexborNode, ...]


def read(found: Page) -> Items:
    """Return the article of a page, or a problem where none is marked."""
    body = body_of(found)
    marks = marks_of(found, body)
    if body is None or not marks.title:
        return Items(problems=(_not_marked(found),))
    said = Said(marks.title, marks.authors, marks.date, marks.updated, (), marks.terms)
    return Items((manuscript(found, said, (body,), marks.shown),))


def _not_marked(found: Page) -> Problem:
    message = "the page does not say where its article is: it has no <article>, and no <main> with a heading."
    fix = "Declare in `[sources.select]` by which CSS selectors its title, date and body are found."
    return problem("not-read", found.file, 1, message, fix)


def body_of(found: Page) -> LexborNode | None:
    """Return the element that is the article's text; None where there is none, or more than one."""
    for selector in _BODIES:
        nodes = outermost(found.tree.css(selector))
        if len(nodes) > 1:
            nodes = [node for node in nodes if node.css_first("h1") is not None]
        if len(nodes) == 1 and _is_article(nodes[0], found):
            return nodes[0]
    return None


def _is_article(node: LexborNode, found: Page) -> bool:
    """Return whether an element is an article: it says so, or has a heading of its own."""
    if node.tag == "article" or attribute(node, "itemprop"):
        return True
    if len(node.css("article")) > 1:
        return False
    return node.css_first("h1") is not None or _content(found, 'meta[property="og:type"]') == "article"


def marks_of(found: Page, body: LexborNode | None) -> Marks:
    """Return what the marks of a page say; what it says for programs goes before what it shows."""
    linked = _linked(found)
    around = _around(body)
    headings = _headings(found, body, around)
    times = next(filter(None, (node.css("time") for node in (body, around) if node is not None)), [])
    own = _shown(found, _AUTHORS, body) or _shown(found, _NEAR, around)
    return Marks(
        title=words(headings[0] if headings else None)
        or _text(linked.get("headline"))
        or _content(found, 'meta[property="og:title"]')
        or words(found.tree.css_first("title")),
        authors=tuple(_people(linked.get("author"))) or tuple(said_by(node, "") for node in own),
        date=_text(linked.get("datePublished")) or _first(found, _PUBLISHED) or _moment(times),
        updated=_text(linked.get("dateModified")) or _first(found, _UPDATED),
        terms=tuple(_terms(found, linked)),
        shown=(*headings[:1], *(node for node in own if node.tag != "meta"), *times[:1]),
    )


def _around(body: LexborNode | None) -> LexborNode | None:
    """Return what holds a text and what is said of it: an article around it, or else the text alone."""
    for each in above(body) if body is not None and body.tag != "article" else ():
        if each.tag == "article" or attribute(each, "itemtype").endswith(_WHOLE):
            return each
    return body


def _headings(found: Page, body: LexborNode | None, around: LexborNode | None) -> list[LexborNode]:
    """Return the headings of the first level in an article, else the only one of its page.

    That one may be the site's: it is where the page is called after a heading of the article instead.
    """
    for node in (body, around):
        if node is not None and (within := node.css("h1")):
            return within
    only = found.tree.css("h1")
    first = body.css_first("h2") if body is not None else None
    if len(only) != 1:
        return []
    title = words(found.tree.css_first("title")).casefold()
    if words(only[0]).casefold() in title or first is None or not words(first):
        return only
    return [first] if words(first).casefold() in title else only


def _moment(times: list[LexborNode]) -> str:
    return said_by(times[0], "") if times else ""


def _shown(found: Page, selectors: tuple[str, ...], body: LexborNode | None) -> list[LexborNode]:
    """Return what the first of some selectors finds in an article or, of metadata, in its page."""
    for selector in selectors:
        holder = found.tree if selector.startswith("meta") else body
        nodes = outermost(holder.css(selector)) if holder is not None else []
        if any(said_by(node, "") for node in nodes):
            return nodes
    return []


def _first(found: Page, selectors: tuple[str, ...]) -> str:
    said = (said_by(node, "") for selector in selectors for node in found.tree.css(selector)[:1])
    return next(filter(None, said), "")


def _content(found: Page, selector: str) -> str:
    return attribute(found.tree.css_first(selector), "content")


def _terms(found: Page, linked: Mapping[str, Any]) -> Iterator[Term]:
    """Yield an article's tags and categories with their lines."""
    for field, selector, keys in (
        ("categories", 'meta[property="article:section"]', "articleSection"),
        ("tags", 'meta[property="article:tag"], a[rel~="tag"]', "keywords"),
    ):
        shown = [said_by(node, "") for node in found.tree.css(selector)]
        for term in dict.fromkeys(filter(None, shown or _listed(linked.get(keys)))):
            yield field, term, line_of(term, found.text)


def _listed(value: Any) -> list[str]:
    """Return the texts of a list, or those that commas part in one text."""
    texts = value if isinstance(value, list) else value.split(",") if isinstance(value, str) else []
    return [_text(each) for each in texts]


def _people(value: Any) -> Iterator[str]:
    """Yield the names in the value of `author`: people, names, or a list of them."""
    for each in value if isinstance(value, list) else [value]:
        name = _text(each.get("name")) if isinstance(each, dict) else _text(each)
        if name:
            yield name


def _text(value: Any) -> str:
    return squeezed(unescape(value)) if isinstance(value, str) else ""


def _linked(found: Page) -> Mapping[str, Any]:
    """Return the first article of a page's JSON-LD; an empty one where there is none."""
    for node in found.tree.css('script[type="application/ld+json"]'):
        for each in _objects(_json(node.text() or "")):
            if _is_article_type(each.get("@type")):
                return each
    return {}


def _json(written: str) -> Any:
    if len(written) > _LONGEST:
        return None
    try:
        return msgspec.json.decode(written.encode("utf-8", "replace"))
    except (msgspec.DecodeError, RecursionError):
        return None


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects of a document: itself, its list, or its graph."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            yield each
            graph = each.get("@graph")
            yield from (one for one in (graph if isinstance(graph, list) else ()) if isinstance(one, dict))


def _is_article_type(kind: Any) -> bool:
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(each, str) and (each.endswith("Article") or each in _POSTS) for each in kinds)
