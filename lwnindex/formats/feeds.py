"""RSS 2.0, Atom 1.0 and JSON Feed 1.1, written from one model of an entry.

A feed's view and the blobs of the bodies it carries come in, the bytes of the feed go out: UTF-8, every
address absolute, one element a line, and the same for the same input, as no clock is read. Characters that
XML forbids are dropped everywhere, for no reader opens a feed that holds one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from email.utils import format_datetime
from html import escape
from urllib.parse import urljoin

import msgspec
from lxml import etree

from lwnindex import names
from lwnindex.model import Value
from lwnindex.pieces import join, slot
from lwnindex.viewmodel import FeedEntry, FeedView, Link, SiteView

GENERATOR = "lwnindex"
EMPTY_SINCE = "1970-01-01T00:00:00Z"
"""When a feed without entries was updated: Atom asks for a time, and no two builds by the clock are equal."""

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
JSON_FEED = "https://jsonfeed.org/version/1.1"
_A = f"{{{ATOM}}}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# XML 1.0, section 2.2: all but these are characters.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")

# The RSS profile asks for these in plain text: some readers take `&lt;` in a title for the start of a tag.
# A serialiser writes the three names for nothing else, so the text that comes out of a parser is the same.
_HEXADECIMAL = ((b"&amp;", b"&#x26;"), (b"&lt;", b"&#x3C;"), (b"&gt;", b"&#x3E;"))


class _Post(Value, frozen=True, kw_only=True):
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


class _Channel(Value, frozen=True, kw_only=True):
    """A feed as all formats say it: `home` is the page it belongs to, `url` its own address."""

    home: str
    url: str
    title: str
    description: str
    language: str
    updated: str
    publisher: tuple[str, str]
    posts: tuple[_Post, ...]


def feed(view: FeedView, site: SiteView, bodies: Mapping[str, bytes]) -> bytes:
    """Return the feed of a view in the format it names.

    `bodies` holds, by digest, the body of each entry that has one: a msgpack list of HTML pieces, between
    which the entry's links belong. A link that leads nowhere leaves its text.
    """
    channel = _channel(view, site, bodies)
    match view.format:
        case "rss":
            return _rss(channel)
        case "atom":
            return _atom(channel)
        case "json":
            return _json(channel)


# One model of an entry ---------------------------------------------------------------------------


def _channel(view: FeedView, site: SiteView, bodies: Mapping[str, bytes]) -> _Channel:
    language = _language(view.lang) or _language(site.language)
    publisher = _text(site.title) or names.absolute(site.url, "")
    return _Channel(
        home=names.absolute(site.url, view.home),
        url=names.absolute(site.url, view.path),
        title=_text(view.title) or publisher,
        description=_text(view.description) or _text(site.description),
        language=language,
        updated=view.updated,
        publisher=(publisher, names.absolute(site.url, "")),
        posts=tuple(_post(entry, site, language, bodies) for entry in view.entries),
    )


def _post(entry: FeedEntry, site: SiteView, language: str, bodies: Mapping[str, bytes]) -> _Post:
    """Return an entry with absolute addresses; it names its language only where the feed's differs."""
    url = names.absolute(site.url, entry.path)
    own = _language(entry.lang)
    people = (
        (_text(one.name), names.absolute(site.url, one.path) if one.path else "") for one in entry.authors
    )
    return _Post(
        id=_text(entry.id),
        url=url,
        title=_text(entry.title) or url,
        published=entry.published,
        updated=entry.updated or entry.published,
        authors=tuple((name, page) for name, page in people if name),
        categories=tuple(dict.fromkeys(_text("/".join(one)) for one in entry.categories)),
        summary=_text(entry.summary),
        lang="" if own == language else own,
        body=_body(entry, site, bodies) if entry.body else "",
    )


def _text(text: str) -> str:
    """Return the text without the characters that no XML document may hold, and without space around it."""
    return _FORBIDDEN.sub("", text).strip()


def _language(tag: str) -> str:
    """Return a language tag that the grammars of the formats allow, or nothing."""
    return tag if _LANGUAGE.fullmatch(tag) else ""


def _body(entry: FeedEntry, site: SiteView, bodies: Mapping[str, bytes]) -> str:
    """Return an entry's HTML with its links, as they are written outside of the site."""
    pieces = msgspec.msgpack.decode(bodies[entry.body], type=list[str])
    inserted = [slot(link, _address(link, entry, site)) for link in entry.links]
    return _text(join(pieces, inserted))


def _address(link: Link, entry: FeedEntry, site: SiteView) -> str:
    """Return where a link leads, absolute, or nothing where it leads nowhere."""
    # Without its forbidden character it would be another address, perhaps one that cleaning keeps out.
    if not link.href or _FORBIDDEN.search(link.href):
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


# RSS ---------------------------------------------------------------------------------------------


def _rss(channel: _Channel) -> bytes:
    """Return RSS 2.0 as the RSS Advisory Board's profile has it."""
    root = etree.Element(
        "rss", {"version": "2.0"}, nsmap={"atom": ATOM, "content": CONTENT, "dc": DUBLIN_CORE}
    )
    head = etree.SubElement(root, "channel")
    _add(head, "title", channel.title)
    _add(head, "link", channel.home)
    _add(head, "description", channel.description or channel.title)
    _add_some(head, "language", channel.language)
    _add_some(head, "lastBuildDate", _rss_date(channel.updated))
    _add(head, "generator", GENERATOR)
    etree.SubElement(head, _A + "link", {"rel": "self", "href": channel.url, "type": "application/rss+xml"})
    for post in channel.posts:
        _rss_item(etree.SubElement(head, "item"), post)
    return _hexadecimal(_serialised(root))


def _rss_item(item: etree._Element, post: _Post) -> None:
    """Add what an item says. The description stands before the content, and holds it where nothing else does.

    It is HTML by the profile, as no other element of an item is; names without a mail address are dc:creator.
    """
    _add(item, "title", post.title)
    _add(item, "link", post.url)
    _add_some(item, "description", escape(post.summary, quote=False) or post.body)
    _add_some(item, f"{{{CONTENT}}}encoded", post.body if post.summary else "")
    for name, _ in post.authors:
        _add(item, f"{{{DUBLIN_CORE}}}creator", name)
    for category in post.categories:
        _add(item, "category", category)
    _add(item, "guid", post.id, {"isPermaLink": "false"})
    _add(item, "pubDate", _rss_date(post.published))


def _rss_date(moment: str) -> str:
    """Return an RFC 3339 time in the words of RFC 822, which are English everywhere."""
    return format_datetime(datetime.fromisoformat(moment)) if moment else ""


def _hexadecimal(document: bytes) -> bytes:
    """Return a serialised document with its markup characters as hexadecimal references."""
    for name, reference in _HEXADECIMAL:
        document = document.replace(name, reference)
    return document


# Atom --------------------------------------------------------------------------------------------


def _atom(channel: _Channel) -> bytes:
    """Return Atom 1.0, RFC 4287. The site is the author, so that an entry without a byline has one."""
    # The stubs of lxml know of no default namespace.
    root = etree.Element(_A + "feed", _spoken(channel.language), nsmap={None: ATOM})  # type: ignore[dict-item]
    _add(root, _A + "id", channel.home)
    _add(root, _A + "title", channel.title, {"type": "text"})
    _add_some(root, _A + "subtitle", channel.description, {"type": "text"})
    _add(root, _A + "updated", channel.updated or EMPTY_SINCE)
    _add(root, _A + "link", "", {"rel": "self", "href": channel.url, "type": "application/atom+xml"})
    _add(root, _A + "link", "", {"rel": "alternate", "href": channel.home, "type": "text/html"})
    _add(root, _A + "generator", GENERATOR)
    _atom_author(root, channel.publisher)
    for post in channel.posts:
        _atom_entry(etree.SubElement(root, _A + "entry", _spoken(post.lang)), post)
    return _serialised(root)


def _atom_entry(entry: etree._Element, post: _Post) -> None:
    _add(entry, _A + "id", post.id)
    _add(entry, _A + "title", post.title, {"type": "text"})
    _add(entry, _A + "published", post.published)
    _add(entry, _A + "updated", post.updated)
    _add(entry, _A + "link", "", {"rel": "alternate", "href": post.url, "type": "text/html"})
    for author in post.authors:
        _atom_author(entry, author)
    for category in post.categories:
        _add(entry, _A + "category", "", {"term": category})
    _add_some(entry, _A + "summary", post.summary, {"type": "text"})
    _add_some(entry, _A + "content", post.body, {"type": "html"})


def _atom_author(parent: etree._Element, author: tuple[str, str]) -> None:
    person = etree.SubElement(parent, _A + "author")
    _add(person, _A + "name", author[0])
    _add_some(person, _A + "uri", author[1])


def _spoken(language: str) -> dict[str, str]:
    """Return the attribute that says in which language an element speaks, if that is known."""
    return {_LANG: language} if language else {}


# XML ---------------------------------------------------------------------------------------------


def _add(parent: etree._Element, tag: str, text: str, attributes: Mapping[str, str] | None = None) -> None:
    """Add an element with its text."""
    etree.SubElement(parent, tag, dict(attributes or {})).text = text or None


def _add_some(
    parent: etree._Element, tag: str, text: str, attributes: Mapping[str, str] | None = None
) -> None:
    """Add an element if there is something for it to say."""
    if text:
        _add(parent, tag, text, attributes)


def _serialised(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


# JSON Feed ---------------------------------------------------------------------------------------


def _json(channel: _Channel) -> bytes:
    """Return JSON Feed 1.1, with every key that has a value, in the order of the specification."""
    said = {
        "version": JSON_FEED,
        "title": channel.title,
        "home_page_url": channel.home,
        "feed_url": channel.url,
        "description": channel.description,
        "authors": _json_authors([channel.publisher]),
        "language": channel.language,
    }
    items = [_json_item(post) for post in channel.posts]
    return msgspec.json.format(msgspec.json.encode({**_filled(said), "items": items}), indent=1) + b"\n"


def _json_item(post: _Post) -> dict[str, object]:
    """Return an item; the summary, or at least the title, stands for the content that is not there."""
    return _filled(
        {
            "id": post.id,
            "url": post.url,
            "title": post.title,
            "content_html": post.body,
            "content_text": "" if post.body else post.summary or post.title,
            "summary": post.summary,
            "date_published": post.published,
            "date_modified": post.updated,
            "authors": _json_authors(post.authors),
            "tags": list(post.categories),
            "language": post.lang,
        }
    )


def _json_authors(authors: Sequence[tuple[str, str]]) -> list[dict[str, object]]:
    return [_filled({"name": name, "url": page}) for name, page in authors]


def _filled(said: Mapping[str, object]) -> dict[str, object]:
    """Return what has a value."""
    return {key: value for key, value in said.items() if value}
