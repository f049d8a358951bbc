"""RSS 2.0, Atom 1.0 and JSON Feed 1.1, written from one model of an entry.

A feed's view and the blobs of the bodies it carries come in, the bytes of the feed go out: UTF-8, every
address absolute, one element a line, and the same for the same input, as no clock is read. Characters that
XML forbids are dropped everywhere, for no reader opens a feed that holds one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from html import escape
from urllib.parse import urljoin

import msgspec

from lwnindex import names
from lwnindex.formats.xml import DECLARATION, allowed, element, element_if, quoted
from lwnindex.model import FeedFormat, Value
from lwnindex.pieces import join, slot
from lwnindex.times import MONTHS
from lwnindex.viewmodel import FeedEntry, FeedView, Link, SiteView

GENERATOR = "lwnindex"
EMPTY_SINCE = "1970-01-01T00:00:00Z"
"""When a feed without entries was updated: Atom asks for a time, and no two builds by the clock are equal."""

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
JSON_FEED = "https://jsonfeed.org/version/1.1"

_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")

_SPACES = f'xmlns:atom="{ATOM}" xmlns:content="{CONTENT}" xmlns:dc="{DUBLIN_CORE}"'
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


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


def feed(view: FeedView, site: SiteView, bodies: Mapping[str, bytes]) -> bytes:
    """Return the feed of a view in the format it names.

    `bodies` holds, by digest, the body of each entry that has one: a msgpack list of HTML pieces, between
    which the entry's links belong. A link that leads nowhere leaves its text.
    """
    channel = _channel(view, site)
    items = [_item(entry, view.format, channel.language, site, bodies) for entry in view.entries]
    match view.format:
        case "rss":
            return _rss(channel, items)
        case "atom":
            return _atom(channel, items)
        case "json":
            return _json(channel, items)


def _item(
    entry: FeedEntry, kind: FeedFormat, language: str, site: SiteView, bodies: Mapping[str, bytes]
) -> bytes:
    """Return an entry as a feed of this format and language has it."""
    if not entry.body:
        return _item_without_body(entry, kind, language, site.url)
    return _ITEMS[kind](_post(entry, language, site.url, _body(entry, site, bodies)))


# An article stands in the feeds of several topics; one that is whole, in few, and would fill the cache.
@lru_cache(maxsize=4096)
def _item_without_body(entry: FeedEntry, kind: FeedFormat, language: str, url: str) -> bytes:
    return _ITEMS[kind](_post_without_body(entry, language, url))


# The feeds of a page, one in each format, are made one after the other.
@lru_cache(maxsize=64)
def _post_without_body(entry: FeedEntry, language: str, url: str) -> _Post:
    return _post(entry, language, url, "")


# One model of an entry ---------------------------------------------------------------------------


def _channel(view: FeedView, site: SiteView) -> _Channel:
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
    )


def _post(entry: FeedEntry, language: str, site: str, body: str) -> _Post:
    """Return an entry with absolute addresses; it names its language only where the feed's differs."""
    url = names.absolute(site, entry.path)
    own = _language(entry.lang)
    people = ((_text(one.name), names.absolute(site, one.path) if one.path else "") for one in entry.authors)
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
        body=body,
    )


def _text(text: str) -> str:
    """Return the text without the characters that no XML document may hold, and without space around it."""
    return allowed(text).strip()


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


# RSS ---------------------------------------------------------------------------------------------


def _rss(channel: _Channel, items: Sequence[bytes]) -> bytes:
    """Return RSS 2.0 as the RSS Advisory Board's profile has it."""
    head = "".join(
        (
            f'{DECLARATION}<rss {_SPACES} version="2.0">\n  <channel>\n',
            element("    ", "title", channel.title),
            element("    ", "link", channel.home),
            element("    ", "description", channel.description or channel.title),
            element_if("    ", "language", channel.language),
            element_if("    ", "lastBuildDate", _rss_date(channel.updated)),
            element("    ", "generator", GENERATOR),
            f'    <atom:link rel="self" href="{quoted(channel.url)}" type="application/rss+xml"/>\n',
        )
    )
    return b"".join((_hexadecimal(head), *items, b"  </channel>\n</rss>\n"))


def _rss_item(post: _Post) -> bytes:
    """Return an item. The description stands before the content, and holds it where nothing else does.

    It is HTML by the profile, as no other element of an item is; names without a mail address are dc:creator.
    """
    description = escape(post.summary, quote=False) or post.body
    parts = [
        element("      ", "title", post.title),
        element("      ", "link", post.url),
        element_if("      ", "description", description),
        element_if("      ", "content:encoded", post.body if post.summary else ""),
        *(element("      ", "dc:creator", name) for name, _ in post.authors),
        *(element("      ", "category", category) for category in post.categories),
        element("      ", "guid", post.id, ' isPermaLink="false"'),
        element("      ", "pubDate", _rss_date(post.published)),
    ]
    return _hexadecimal(f"    <item>\n{''.join(parts)}    </item>\n")


def _hexadecimal(document: str) -> bytes:
    """Return XML with its markup characters as hexadecimal references, as the RSS profile asks for.

    Some readers take `&lt;` in a title for the start of a tag. The three names are written for nothing else,
    so the text that comes out of a parser is the same.
    """
    if "&" in document:
        document = document.replace("&amp;", "&#x26;").replace("&lt;", "&#x3C;").replace("&gt;", "&#x3E;")
    return document.encode()


@lru_cache(maxsize=4096)
def _rss_date(moment: str) -> str:
    """Return an RFC 3339 time in the words of RFC 822, which are English everywhere."""
    if not moment:
        return ""
    found = datetime.fromisoformat(moment)
    day, month = _DAYS[found.weekday()], MONTHS[found.month - 1][:3]
    zone = "+0000" if moment.endswith("Z") else f"{found:%z}" or "-0000"
    return f"{day}, {found.day:02} {month} {found.year:04} {moment[11:19]} {zone}"


# Atom --------------------------------------------------------------------------------------------


def _atom(channel: _Channel, entries: Sequence[bytes]) -> bytes:
    """Return Atom 1.0, RFC 4287. The site is the author, so that an entry without a byline has one."""
    head = "".join(
        (
            f'{DECLARATION}<feed xmlns="{ATOM}"{_spoken(channel.language)}>\n',
            element("  ", "id", channel.home),
            element("  ", "title", channel.title, ' type="text"'),
            element_if("  ", "subtitle", channel.description, ' type="text"'),
            element("  ", "updated", channel.updated or EMPTY_SINCE),
            _link("  ", "self", channel.url, "application/atom+xml"),
            _link("  ", "alternate", channel.home, "text/html"),
            element("  ", "generator", GENERATOR),
            _atom_author("  ", channel.publisher),
        )
    )
    return b"".join((head.encode(), *entries, b"</feed>\n"))


def _atom_entry(post: _Post) -> bytes:
    parts = [
        f"  <entry{_spoken(post.lang)}>\n",
        element("    ", "id", post.id),
        element("    ", "title", post.title, ' type="text"'),
        element("    ", "published", post.published),
        element("    ", "updated", post.updated),
        _link("    ", "alternate", post.url, "text/html"),
        *(_atom_author("    ", author) for author in post.authors),
        *(f'    <category term="{quoted(category)}"/>\n' for category in post.categories),
        element_if("    ", "summary", post.summary, ' type="text"'),
        element_if("    ", "content", post.body, ' type="html"'),
    ]
    return f"{''.join(parts)}  </entry>\n".encode()


def _link(indent: str, rel: str, address: str, kind: str) -> str:
    return f'{indent}<link rel="{rel}" href="{quoted(address)}" type="{kind}"/>\n'


def _atom_author(indent: str, author: tuple[str, str]) -> str:
    name, page = author
    inside = element(indent + "  ", "name", name) + element_if(indent + "  ", "uri", page)
    return f"{indent}<author>\n{inside}{indent}</author>\n"


def _spoken(language: str) -> str:
    """Return the attribute that says in which language an element speaks, if that is known."""
    return f' xml:lang="{language}"' if language else ""


# JSON Feed ---------------------------------------------------------------------------------------


def _json(channel: _Channel, items: Sequence[bytes]) -> bytes:
    """Return JSON Feed 1.1, with every key that has a value, in the order of the specification."""
    said = _filled(
        {
            "version": JSON_FEED,
            "title": channel.title,
            "home_page_url": channel.home,
            "feed_url": channel.url,
            "description": channel.description,
            "authors": _json_authors([channel.publisher]),
            "language": channel.language,
        }
    )
    head = msgspec.json.format(msgspec.json.encode(said), indent=1).removesuffix(b"\n}")
    listed = b"[\n  " + b",\n  ".join(items) + b"\n ]" if items else b"[]"
    return b"".join((head, b',\n "items": ', listed, b"\n}\n"))


def _json_item(post: _Post) -> bytes:
    """Return an item; the summary, or at least the title, stands for the content that is not there."""
    said = {
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
    # No text in JSON holds a line's end, so all of them are those of the layout.
    return msgspec.json.format(msgspec.json.encode(_filled(said)), indent=1).replace(b"\n", b"\n  ")


def _json_authors(authors: Sequence[tuple[str, str]]) -> list[dict[str, object]]:
    return [_filled({"name": name, "url": page}) for name, page in authors]


def _filled(said: Mapping[str, object]) -> dict[str, object]:
    """Return what has a value."""
    return {key: value for key, value in said.items() if value}


_ITEMS: dict[FeedFormat, Callable[[_Post], bytes]] = {
    "rss": _rss_item,
    "atom": _atom_entry,
    "json": _json_item,
}
