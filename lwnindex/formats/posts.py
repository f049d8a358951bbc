"""What all formats of feeds say, as they say it: absolute, without characters that XML forbids.

A feed's view and the bodies of its entries come in; a channel and posts go out, which the formats write.
Characters that XML forbids are dropped everywhere, for no reader opens a feed that holds one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urljoin

import msgspec

from lwnindex import names
from lwnindex.formats.xml import allowed
from lwnindex.model import Value
from lwnindex.pieces import join, slot
from lwnindex.viewmodel import FeedEntry, FeedView, Link, SiteView

GENERATOR = "lwnindex"
HISTORY = "http://purl.org/syndication/history/1.0"
"""The namespace of RFC 5005."""

_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")


class Post(Value, frozen=True, kw_only=True):
    """An entry as all formats say it: absolute, without forbidden characters.

    `authors` are pairs of a name and an address, which may be empty.
    """

    id: str
    url: str
    title: str
    published: str
    updated: str
    authors: tuple[tuple[str, str], ...]
    categories: tuple[str, ...]
    summary: str
    lang: str
    body: str


class Channel(Value, frozen=True, kw_only=True):
    """A feed as all formats say it: `home` is the page it belongs to, `url` its own address.

    `older` is the address of the archive document before it; `current` that of the feed, in such a document.
    """

    home: str
    url: str
    older: str
    current: str
    complete: bool
    title: str
    description: str
    language: str
    updated: str
    publisher: tuple[str, str]


def channel(view: FeedView, site: SiteView) -> Channel:
    """Return what a feed says of itself."""
    language = _language(view.lang) or _language(site.language)
    publisher = _text(site.title) or names.absolute(site.url, "")
    return Channel(
        home=names.absolute(site.url, view.home),
        url=names.absolute(site.url, view.path),
        older=names.absolute(site.url, view.older) if view.older else "",
        current=names.absolute(site.url, view.current) if view.current else "",
        complete=view.complete,
        title=_text(view.title) or publisher,
        description=_text(view.description) or _text(site.description),
        language=language,
        updated=view.updated,
        publisher=(publisher, names.absolute(site.url, "")),
    )


def post(entry: FeedEntry, language: str, site: str, body: str) -> Post:
    """Return an entry with absolute addresses; it names its language only where the feed's differs."""
    url = names.absolute(site, entry.path)
    own = _language(entry.lang)
    people = ((_text(one.name), names.absolute(site, one.path) if one.path else "") for one in entry.authors)
    return Post(
        id=_text(entry.id),
        url=url,
        title=_text(entry.title) or url,
        published=entry.published,
        updated=entry.updated or entry.published,
        authors=tuple((name, page) for name, page in people if name),
        categories=tuple(dict.fromkeys(_text("/".join(one)) for one in entry.categories)),
        summary=_text(entry.summary),
        lang="" if own == language else own,
        body=body,
    )


def _text(text: str) -> str:
    """Return the text without the characters that no XML document may hold, and without space around it."""
    return allowed(text).strip()


def _language(tag: str) -> str:
    """Return a language tag that the grammars of the formats allow, or nothing."""
    return tag if _LANGUAGE.fullmatch(tag) else ""


def body_of(entry: FeedEntry, site: SiteView, bodies: Mapping[str, bytes]) -> str:
    """Return an entry's HTML with its links, as they are written outside of the site."""
    pieces = msgspec.msgpack.decode(bodies[entry.body], type=list[str])
    inserted = [slot(link, _address(link, entry, site)) for link in entry.links]
    return _text(join(pieces, inserted))


def _address(link: Link, entry: FeedEntry, site: SiteView) -> str:
    """Return where a link leads, absolute, or nothing where it leads nowhere."""
    # Without its forbidden character it would be another address, perhaps one that cleaning keeps out.
    if not link.href or allowed(link.href) != link.href:
        return ""
    if link.local:
        return names.absolute(site.url, entry.path + link.href if link.href[0] == "#" else link.href)
    return link.href if _SCHEME.match(link.href) else _joined(names.absolute(site.url, entry.path), link.href)


def _joined(page: str, address: str) -> str:
    """Return an address without a scheme as a browser would take it on that page, if it can be read."""
    try:
        return urljoin(page, address)
    except ValueError:
        return ""
