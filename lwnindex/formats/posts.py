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
from lwnindex.feedviews import FeedView
from lwnindex.formats.xml import allowed, element, quoted
from lwnindex.model import Value
from lwnindex.pieces import join, slot
from lwnindex.viewmodel import SiteView
from lwnindex.viewparts import FeedEntry, Link
from lwnindex.words import ENGLISH, Words, direction

GENERATOR = "lwnindex"
HISTORY = "http://purl.org/syndication/history/1.0"
"""The namespace of RFC 5005."""
XHTML = "http://www.w3.org/1999/xhtml"

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
    """A feed as all formats say it: `home` is the page it belongs to, `url` its own address, `id` its name.

    `older` is the address of the archive document before it; `current` that of the feed, in such a document.
    `styles` are addresses of stylesheets as the feed links to them, and `note` is what people read who open
    it in a browser that has them; it is XHTML, as in XML that alone can be a link there.
    """

    id: str
    home: str
    url: str
    older: str
    current: str
    complete: bool
    hubs: tuple[str, ...]
    styles: tuple[str, ...]
    note: str
    title: str
    description: str
    language: str
    updated: str
    publisher: tuple[str, str]


def channel(view: FeedView, site: SiteView, words: Words = ENGLISH) -> Channel:
    """Return what a feed says of itself."""
    language = _language(view.lang) or _language(site.language)
    publisher = _text(site.title) or names.absolute(site.url, "")
    return Channel(
        id=names.absolute(site.url, view.old or view.home),
        home=names.absolute(site.url, view.home),
        url=names.absolute(site.url, view.path),
        older=names.absolute(site.url, view.older) if view.older else "",
        current=names.absolute(site.url, view.current) if view.current else "",
        complete=view.complete,
        hubs=view.hubs,
        styles=tuple(names.href(view.root, path) for path in site.feed_styles),
        note=_note(view, site, words) if site.feed_styles else "",
        title=_text(view.title) or publisher,
        description=_text(view.description) or _text(site.description),
        language=language,
        updated=view.updated,
        publisher=(publisher, names.absolute(site.url, "")),
    )


def _note(view: FeedView, site: SiteView, words: Words) -> str:
    """Return what tells a person what a feed is, on a line of XHTML."""
    if view.current:
        said = words.say("This is an older part of a feed. Programs come here by themselves, from the feed.")
    else:
        said = words.say(
            "This is a feed. It tells programs, which are called feed readers, what is new on a site. "
            "To follow it, copy its address into one."
        )
    home = element(
        "", "a", words.say("The page of this feed"), f' href="{quoted(_home(view, site))}"'
    ).rstrip()
    what = element("", "p", _text(said)).rstrip()
    spoken = f'xml:lang="{words.language}" dir="{direction(words.language)}"'
    return f'<div xmlns="{XHTML}" {spoken}>{what}<p>{home}</p></div>\n'


def _home(view: FeedView, site: SiteView) -> str:
    """Return the address of the page of a feed as a link of its note, which leads there from a folder too."""
    return names.href(view.root, view.home, site.pretty)


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
