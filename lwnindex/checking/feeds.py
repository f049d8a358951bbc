"""Whether feeds, sitemaps and the list of feeds are what their formats ask for.

RSS 2.0 and its profile (rssboard.org), Atom (RFC 4287), JSON Feed 1.1, OPML 2.0, sitemaps.org 0.9. Bytes go
in; faults come out, with the addresses that lead into the site.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from xml.parsers import expat

import msgspec

from lwnindex.checking.faults import Fault, short
from lwnindex.checking.tags import scanned

XML = (".xml", ".rss", ".atom", ".opml", ".rdf")

_ATOM = "http://www.w3.org/2005/Atom "
_CONTENT = "http://purl.org/rss/1.0/modules/content/ "
_WHOLE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_MOST = 50_000
"""How many addresses a sitemap may hold."""

_REPAIR = "Mend the file, or remove it and let the program write its own."


class Found:
    """What was found in a document: faults, and the addresses in it."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.addresses: list[str] = []
        self._ids: set[str] = set()

    def fault(self, subject: str, message: str, fix: str = _REPAIR, at: int = 0) -> None:
        """Take in what is wrong."""
        self.faults.append(Fault("unsound-feed", subject, message, fix, at))

    def address(self, address: str, what: str) -> None:
        """Take in an address, which must be whole: a reader of feeds does not know where they stood."""
        if address and not _WHOLE.match(address):
            self.fault(f"relative {what}", f'the address of {what} is not a whole one: "{short(address)}".')
        elif address:
            self.addresses.append(address)

    def entry(self, name: str) -> None:
        """Take in the id of an entry, which must be there, and once."""
        if not name:
            self.fault("no id", "an entry has no id, by which readers of feeds tell what they have seen.")
        elif name in self._ids:
            self.fault(
                f"id {name}", f'two entries have the id "{short(name)}"; readers of feeds show one of them.'
            )
        self._ids.add(name)

    def date(self, text: str, is_sound: Callable[[str], bool]) -> None:
        """Take in a date, of which a format says which are sound."""
        if not is_sound(text.strip()):
            self.fault(f"date {text}", f'"{short(text)}" is no date that the format allows.')

    def content(self, html: str) -> None:
        """Take in the text of an entry, whose links must be whole."""
        for address in _addresses(html) if "<" in html else ():
            self.address(address, "a link in an entry")


@lru_cache(maxsize=1024)
def _addresses(html: str) -> tuple[str, ...]:
    """Return the addresses in the text of an entry, which stands in several feeds."""
    found = (tag.given.get(name, "") for tag in scanned(html).tags for name in ("href", "src"))
    return tuple(each for each in found if each and not each.startswith("#"))


def checked(path: str, content: bytes) -> Found:
    """Return what was found in a document; nothing is wrong with one that is of no format known here."""
    found = Found()
    if path.endswith(".json"):
        _json(content, found)
    elif path.endswith(XML):
        _xml(content, found)
    return found


# JSON Feed ---------------------------------------------------------------------------------------


class _Item(msgspec.Struct):
    """An item of JSON Feed 1.1, as far as it is looked at; an id may be a number."""

    id: str | float = ""
    url: str = ""
    date_published: str | None = None
    date_modified: str | None = None
    content_html: str = ""


class _Feed(msgspec.Struct):
    home_page_url: str = ""
    feed_url: str = ""
    next_url: str = ""
    items: list[_Item] = []


def _json(content: bytes, found: Found) -> None:
    try:
        said = msgspec.json.decode(content)
        if not isinstance(said, dict) or "jsonfeed.org" not in str(said.get("version", "")):
            return
        feed = msgspec.convert(said, _Feed)
    except msgspec.ValidationError as error:
        found.fault("kind", f"the file is no JSON Feed: {error}.")
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        found.fault("json", f"the file is no JSON: {error}.")
    except RecursionError:
        found.fault("json", "the file holds values in values, deeper than programs read them.")
    else:
        _json_feed(feed, found)


def _json_feed(feed: _Feed, found: Found) -> None:
    for name in ("home_page_url", "feed_url", "next_url"):
        found.address(getattr(feed, name), f'"{name}"')
    for item in feed.items:
        found.entry(str(item.id))
        found.address(item.url, "an entry")
        for date in (item.date_published, item.date_modified):
            if date is not None:
                found.date(date, is_rfc3339)
        found.content(item.content_html)


# XML ---------------------------------------------------------------------------------------------


class _Reader:
    """Reads a document of XML from its start to its end; what it keeps is what the open elements say."""

    def __init__(self, found: Found) -> None:
        self._found = found
        self._open: list[str] = []
        self._said: list[str] = []
        self._id = ""
        self._count = 0

    def start(self, name: str, given: dict[str, str]) -> None:
        self._open.append(name)
        self._said = []
        if name in ("item", f"{_ATOM}entry"):
            self._id = ""
        elif name == f"{_ATOM}link":
            self._found.address(given.get("href", ""), f'a link "{given.get("rel", "alternate")}"')
        elif name == "outline":
            for key in ("xmlUrl", "htmlUrl"):
                self._found.address(given.get(key, ""), f'"{key}"')

    def text(self, text: str) -> None:
        self._said.append(text)

    def end(self, name: str) -> None:
        self._open.pop()
        said, self._said = "".join(self._said), []
        local = name.rpartition(" ")[2]
        is_entry = bool({"item", f"{_ATOM}entry"} & {*self._open[-1:]})
        if name in ("item", f"{_ATOM}entry"):
            self._found.entry(self._id)
        elif is_entry and local in ("guid", "id"):
            self._id = said
        elif name in ("pubDate", "lastBuildDate"):
            self._found.date(said, is_rfc822)
        elif name in (f"{_ATOM}updated", f"{_ATOM}published"):
            self._found.date(said, is_rfc3339)
        elif name == "link" or local == "loc":
            self._count += local == "loc"
            self._found.address(said.strip(), "an entry" if is_entry else "a page")
        elif name in (f"{_CONTENT}encoded", f"{_ATOM}content") or (is_entry and name == "description"):
            self._found.content(said)
        if not self._open and self._count > _MOST:
            self._found.fault("sitemap", f"a sitemap holds {self._count:,} addresses; it may hold {_MOST:,}.")


def _xml(content: bytes, found: Found) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    reader = _Reader(found)
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(content, True)
    except _EntitiesError:
        found.fault("xml", "the file declares entities, which no reader of feeds takes.")
    except expat.ExpatError as error:
        at = content[: parser.ErrorByteIndex].decode("utf-8", "replace")
        found.fault("xml", f"the file is no XML: {expat.ErrorString(error.code)}.", at=len(at))


class _EntitiesError(Exception):
    """A document declares entities, which may stand for any amount of text; it is read no further."""


def _refuse(*_: object) -> None:
    raise _EntitiesError


# Dates -------------------------------------------------------------------------------------------

_RFC3339 = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})")


def is_rfc3339(text: str) -> bool:
    """Tell whether a text is a moment as Atom and JSON Feed have it."""
    if not _RFC3339.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_rfc822(text: str) -> bool:
    """Tell whether a text is a moment as RSS has it, with the right day of the week if it names one."""
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, OverflowError):
        return False
    day = text[:3].title()
    return text[3:4] != "," or day == ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[moment.weekday()]
