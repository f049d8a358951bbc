"""The rules of RSS 2.0: the specification and the best practices profile of the RSS Advisory Board."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from email.utils import parsedate_to_datetime

from lxml import etree

from tests.formats.rules import LANGUAGE, address, html, repeated

ATOM_LINK = "{http://www.w3.org/2005/Atom}link"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
COMPLETE = "{http://purl.org/syndication/history/1.0}complete"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"

_DATE = re.compile(r"[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (GMT|[+-]\d{4})")
_NAMED = re.compile(rb"<(title|category|(?:\w+:)?creator)>[^<]*&(?:amp|lt|gt);")
_CHANNEL = frozenset(
    {"title", "link", "description", "language", "copyright", "managingEditor", "webMaster", "pubDate"}
    | {"lastBuildDate", "category", "generator", "docs", "cloud", "ttl", "image", "rating", "textInput"}
    | {"skipHours", "skipDays", "item"}
)
_ITEM = frozenset(
    {
        "title",
        "link",
        "description",
        "author",
        "category",
        "comments",
        "enclosure",
        "guid",
        "pubDate",
        "source",
    }
)


def rss_faults(root: etree._Element, content: bytes) -> Iterator[str]:
    """Yield what is wrong with a parsed feed, and with how plain text stands in its bytes."""
    yield from (f"{found[1].decode()} holds &amp;, &lt; or &gt;" for found in _NAMED.finditer(content))
    if root.get("version") != "2.0":
        yield f"the version of RSS is {root.get('version')!r}"
    if [child.tag for child in root] != ["channel"]:
        yield "rss holds something else than one channel"
        return
    channel = root[0]
    items = channel.findall("item")
    yield from _elements(channel, "channel", _CHANNEL, ("title", "link", "description"))
    yield from _rss_self(channel)
    if items != list(channel)[len(channel) - len(items) :]:
        yield "an element of the channel stands behind an item"
    if len(channel.findall(COMPLETE)) > 1:
        yield "fh:complete stands twice"
    yield from repeated("guid", (item.findtext("guid", "") for item in items))
    for number, item in enumerate(items, 1):
        yield from (f"item {number}: {fault}" for fault in _item_faults(item))


def _rss_self(channel: etree._Element) -> Iterator[str]:
    found = [link for link in channel.findall(ATOM_LINK) if link.get("rel") == "self"]
    if len(found) != 1:
        yield f"there are {len(found)} links to the feed itself"
    for link in found:
        yield from address("atom:link", link.get("href", ""))
        if link.get("type") != "application/rss+xml":
            yield f"the link to the feed itself says it is {link.get('type')!r}"


def _item_faults(item: etree._Element) -> Iterator[str]:
    yield from _elements(item, "item", _ITEM, ("title", "link", "guid", "pubDate"))
    guid = item.find("guid")
    if guid is not None and guid.get("isPermaLink", "true") not in ("true", "false"):
        yield f"isPermaLink is {guid.get('isPermaLink')!r}"
    if guid is not None and guid.get("isPermaLink") != "false":
        yield from address("guid", guid.text or "")
    if "@" not in item.findtext("author", "@"):
        yield "author has no mail address"
    tags = [child.tag for child in item]
    if tags.count(CONTENT) > 1:
        yield "there is more than one content:encoded"
    if CONTENT in tags and "description" not in tags[: tags.index(CONTENT)]:
        yield "content:encoded stands without a description before it"
    yield from (f"{tag} is empty" for tag in (CREATOR, CONTENT) for one in item.findall(tag) if not one.text)
    for tag in ("description", CONTENT):
        yield from html(item.findtext(tag, ""))


def _elements(
    parent: etree._Element, name: str, known: frozenset[str], required: Iterable[str]
) -> Iterator[str]:
    """Yield what is wrong with the elements of a channel or an item that stand in no namespace."""
    plain = list(parent.iterchildren("{}*"))
    counts = Counter(str(child.tag) for child in plain)
    yield from (f"{name} has no {tag}" for tag in required if not counts[tag])
    yield from (f"{tag} is no element of {name}" for tag in counts if tag not in known)
    yield from (
        f"{name} has {count} times {tag}"
        for tag, count in counts.items()
        if count > 1 and tag not in ("item", "category")
    )
    for child in plain:
        yield from _element(str(child.tag), child.text or "")


def _element(tag: str, text: str) -> Iterator[str]:
    if (
        tag in ("title", "link", "description", "guid", "category", "language", "generator")
        and not text.strip()
    ):
        yield f"{tag} is empty"
    if tag in ("link", "docs", "comments"):
        yield from address(tag, text)
    if tag in ("pubDate", "lastBuildDate") and not _is_rfc822(text):
        yield f"{tag} is no date of RFC 822: {text!r}"
    if tag == "language" and not LANGUAGE.fullmatch(text):
        yield f"language is {text!r}"


def _is_rfc822(text: str) -> bool:
    """Return whether this is a time as the profile wants it, four digits of year and the right weekday."""
    if not _DATE.fullmatch(text):
        return False
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return False
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    return text.startswith(days[moment.weekday()])
