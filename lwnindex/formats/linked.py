"""Articles and topics as JSON-LD (schema.org): what a page says of itself to programs.

It stands in a page as a block of data, `<script type="application/ld+json">`, which no browser runs and which
no text of an article can end: none of the characters that mean something to HTML is left in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

import msgspec
from markupsafe import Markup
from msgspec import Raw

from lwnindex import names
from lwnindex.articleviews import ArticleView
from lwnindex.indexviews import TopicView
from lwnindex.viewmodel import SiteView
from lwnindex.viewparts import Crumb, Line, Translation, View

_CONTEXT = "https://schema.org"
_encode = msgspec.json.Encoder().encode
_ESCAPED = {each: f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029"}

Terms = dict[str, Any]


def linked(view: View, site: SiteView) -> Markup:
    """Return the JSON-LD of an article's or a topic's page, safe in a `script` element; nothing for others.

    Where the site has no public address, what is an address is left out.
    """
    find = _FINDERS.get(type(view))
    found = find(view, site) if find else None
    return Markup(block({"@context": _CONTEXT, **found}) if found else "")  # noqa: S704 - it is escaped


def block(value: object) -> str:
    """Return a value as JSON without a character that ends or changes a block of data in HTML."""
    text = _encode(value).decode()
    for each, written in _ESCAPED.items():
        if each in text:
            text = text.replace(each, written)
    return text


def _article(view: ArticleView, site: SiteView) -> Terms:
    line, url = view.line, site.url if site.public else ""
    return {
        "@type": "NewsArticle",
        "headline": line.title,
        **({"description": line.teaser} if line.teaser else {}),
        **({"datePublished": line.date, "dateModified": view.updated or line.date} if line.date else {}),
        **({"author": [_person(one.name, one.path, url) for one in line.authors]} if line.authors else {}),
        "inLanguage": view.lang or site.language,
        "wordCount": view.words,
        **({"url": names.absolute(url, view.path)} if url else {}),
        "isPartOf": _site(site.title, url),
        **({"about": [_about(one.crumbs, url) for one in view.placements]} if view.placements else {}),
        **_translated(view, url),
        **({"citation": [_cited(one, url) for one in view.cites]} if view.cites else {}),
    }


def _translated(view: ArticleView, url: str) -> Terms:
    """Return what an article was translated from, or into."""
    if not view.translations:
        return {}
    first, *others = ((one.path, _in_language(one, url)) for one in view.translations)
    if first[0] != view.path:
        return {"translationOfWork": first[1]}
    return {"workTranslation": [found for _, found in others]}


def _in_language(one: Translation, url: str) -> Terms:
    return _placed({"@type": "NewsArticle", "inLanguage": one.lang}, one.path, url)


def _topic(view: TopicView, site: SiteView) -> Terms | None:
    if view.pager and view.pager.number:
        return None
    index, own = view.anchor.partition("#")[0], view.entry[0]
    names = [" / ".join(one[1:] if one[0] == own else one) for one in view.aliases]
    return {
        **_term(view.entry[1:], view.path, own, index, site.url if site.public else ""),
        **({"alternateName": names} if names else {}),
        **({"description": view.description} if view.body and view.description else {}),
    }


_FINDERS: dict[type, Callable[[Any, SiteView], Terms | None]] = {ArticleView: _article, TopicView: _topic}


def _term(levels: Iterable[str], path: str, index: str, page: str, url: str) -> Terms:
    """Return a topic as a term of its index, by the names of its levels."""
    terms = _placed({"@type": "DefinedTermSet", "name": index}, page, url)
    term = {"@type": "DefinedTerm", "name": " / ".join(levels), "inDefinedTermSet": terms}
    return _placed(term, path, url)


def _cited(line: Line, url: str) -> Terms:
    dated = {"datePublished": line.date} if line.date else {}
    return _placed({"@type": "NewsArticle", "headline": line.title, **dated}, line.path, url)


def _placed(terms: Terms, path: str, url: str) -> Terms:
    """Return terms with the public address of their page, where it has one."""
    return {**terms, "url": names.absolute(url, path)} if path and url else terms


# What many articles say, and would take each of them most of its time.


@lru_cache(maxsize=4096)
def _about(crumbs: tuple[Crumb, ...], url: str) -> Raw:
    index, *levels = crumbs
    return _encoded(_term((one.name for one in levels), crumbs[-1].path, index.name, index.path, url))


@lru_cache(maxsize=4096)
def _person(name: str, path: str, url: str) -> Raw:
    return _encoded(_placed({"@type": "Person", "name": name}, path, url))


@lru_cache(maxsize=16)
def _site(title: str, url: str) -> Raw:
    return _encoded(_placed({"@type": "WebSite", "name": title}, "index.html", url))


def _encoded(terms: Terms) -> Raw:
    return Raw(_encode(terms))
