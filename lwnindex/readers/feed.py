"""A feed on disk becomes manuscripts, one for each item, in the order of the feed.

Nothing is fetched: what the feed does not hold is not there. Every feed ends, and none raises.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec.structs import replace

from lwnindex.model import Manuscript, Problem
from lwnindex.problems import problem
from lwnindex.readers.feedtext import LARGEST, Read, decoded
from lwnindex.readers.feedwalk import Cut, checked
from lwnindex.readers.items import Items, with_ids
from lwnindex.readers.jsonfeed import Document, read_json
from lwnindex.readers.posts import joined, manuscript, says_something, whole
from lwnindex.readers.xmlfeed import read_xml
from lwnindex.reading import Reading

_HEAD = 1 << 18
_MOST_TOLD = 100
_KINDS = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})


class Item(NamedTuple):
    """An item of a feed: the manuscript, the feed's own name for it, and its address on the web, if any."""

    manuscript: Manuscript
    guid: str
    link: str


class Feed(NamedTuple):
    """The items of a feed, and what is wrong with it as a whole."""

    items: tuple[Item, ...] = ()
    problems: tuple[Problem, ...] = ()


def read(content: bytes, file: str, reading: Reading) -> Items:
    """Return the articles of a feed, each with an id, and what is wrong with the feed as a whole."""
    found = feed(content, file, reading)
    return Items(with_ids(item.manuscript for item in found.items), found.problems)


def items(content: bytes, file: str, reading: Reading) -> tuple[Item, ...]:
    """Return the items of a feed; a manuscript's id is empty where the item's address names none."""
    return feed(content, file, reading).items


def feed(content: bytes, file: str, reading: Reading) -> Feed:
    """Return the items of a feed, of those with one guid the latest, and what is wrong with it as a whole."""
    if len(content) > LARGEST:
        return _refused(f"it has more than {LARGEST >> 20} MiB", file, 1)
    text = decoded(content)
    if not text.text.strip():
        return Feed(problems=(problem("empty", file, 1, "the file holds no text.", "Fetch the feed again."),))
    if text.text.lstrip()[0] in "{[":
        document = read_json(text.text)
        return (
            _refused(document.refusal, file, 1) if document.refusal else _feed(document, text, file, reading)
        )
    safe = checked(text.text)
    if safe.refusal:
        return _refused(safe.refusal, file, safe.refused_at)
    return _feed(read_xml(safe)._replace(cuts=safe.cuts), text, file, reading)


def offered(page: bytes, base: str) -> Iterator[str]:
    """Yield the addresses of the feeds that a page of HTML in UTF-8 names in its head."""
    from selectolax.lexbor import LexborHTMLParser

    for link in LexborHTMLParser(page[:_HEAD]).css("link[rel][type][href]"):
        said = {name: (value or "").strip() for name, value in link.attributes.items()}
        if "alternate" in said["rel"].lower().split() and said["type"].lower() in _KINDS:
            yield joined(base, said["href"])


def _refused(why: str, file: str, line: int) -> Feed:
    message = f"the feed is not parsed, for {why}."
    return Feed(
        problems=(problem("unsafe-feed", file, line, message, "Ask its publisher for a plain feed."),)
    )


def _cut(cut: Cut, file: str) -> Problem:
    fix = "Ask its publisher for a plain feed; the rest of it is published."
    return problem("unsafe-item", file, cut.line, f"{cut.what}.", fix)


def _feed(document: Document, text: Read, file: str, reading: Reading) -> Feed:
    if not document.is_feed:
        message = "the file is no feed that is known here."
        fix = "Move it to the static folder, or out of the content folder."
        return Feed(problems=(problem("not-read", file, 1, message, fix),))
    told = [post for post in document.posts if says_something(post)]
    found = (Item(manuscript(post, file, reading), post.guid, whole(post.link, reading)) for post in told)
    cuts = (_cut(one, file) for one in document.cuts[:_MOST_TOLD])
    return Feed(_distinct(found), (*cuts, *_faults(document, text, file)))


def _faults(document: Document, text: Read, file: str) -> Iterable[Problem]:
    fix = "Tell its publisher; what of it can be read is published."
    if text.unreadable:
        message = "the feed is not in the encoding that it names, or names none; some letters may be wrong."
        yield problem("bad-feed", file, text.unreadable, message, fix)
    if document.complaint:
        message = f"the feed is not well-formed: {document.complaint}."
        yield problem("bad-feed", file, document.line, message, fix)
    silent = [post.line for post in document.posts if not says_something(post)]
    if silent:
        message = f"items without a title, a text and an address are left out: {len(silent)}."
        yield problem("bad-feed", file, silent[0], message, fix)


def _distinct(found: Iterable[Item]) -> tuple[Item, ...]:
    """Return the items, of those with the same guid the one that was updated last, where that one stands."""
    kept: dict[str, Item] = {}
    for at, item in enumerate(found):
        key = f"guid {item.guid}" if item.guid else f"number {at}"
        known = kept.pop(key, None)
        kept[key] = _later(known, item) if known else item
    return tuple(kept.values())


def _later(first: Item, second: Item) -> Item:
    """Return the item that was updated last, the second of equals, with the count of what it replaces."""
    chosen = second if _changed(second) >= _changed(first) else first
    counts = dict(chosen.manuscript.counts)
    for name, count in first.manuscript.counts if chosen is second else second.manuscript.counts:
        counts[name] = counts.get(name, 0) + count
    counts["repeat"] = counts.get("repeat", 0) + 1
    return chosen._replace(manuscript=replace(chosen.manuscript, counts=tuple(sorted(counts.items()))))


def _changed(item: Item) -> str:
    return item.manuscript.updated or item.manuscript.date or ""
