"""RSS 2.0, Atom 1.0 and JSON Feed 1.1, written from one model of an entry.

A feed's view and the blobs of the bodies it carries come in, the bytes of the feed go out: UTF-8, every
address absolute, one element a line, and the same for the same input, as no clock is read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from lwnindex.feedviews import FeedView
from lwnindex.formats.atom import atom, atom_entry
from lwnindex.formats.jsonfeed import json_feed, json_item
from lwnindex.formats.posts import Post, body_of, channel, post
from lwnindex.formats.rss import rss, rss_item
from lwnindex.model import FeedFormat
from lwnindex.viewmodel import SiteView
from lwnindex.viewparts import FeedEntry
from lwnindex.words import ENGLISH, Words


def feed(view: FeedView, site: SiteView, bodies: Mapping[str, bytes], words: Words = ENGLISH) -> bytes:
    """Return the feed of a view in the format it names, its note for people in these words.

    `bodies` holds, by digest, the body of each entry that has one: a msgpack list of HTML pieces, between
    which the entry's links belong. A link that leads nowhere leaves its text.
    """
    about = channel(view, site, words)
    items = [_item(entry, view.format, about.language, site, bodies) for entry in view.entries]
    match view.format:
        case "rss":
            return rss(about, items)
        case "atom":
            return atom(about, items)
        case "json":
            return json_feed(about, items)


def _item(
    entry: FeedEntry, kind: FeedFormat, language: str, site: SiteView, bodies: Mapping[str, bytes]
) -> bytes:
    """Return an entry as a feed of this format and language has it."""
    if not entry.body:
        return _item_without_body(entry, kind, language, site.url)
    return _ITEMS[kind](post(entry, language, site.url, body_of(entry, site, bodies)))


# An article stands in the feeds of several topics; one that is whole, in few, and would fill the cache.
@lru_cache(maxsize=4096)
def _item_without_body(entry: FeedEntry, kind: FeedFormat, language: str, url: str) -> bytes:
    return _ITEMS[kind](_post_without_body(entry, language, url))


# The feeds of a page, one in each format, are made one after the other.
@lru_cache(maxsize=64)
def _post_without_body(entry: FeedEntry, language: str, url: str) -> Post:
    return post(entry, language, url, "")


_ITEMS: dict[FeedFormat, Callable[[Post], bytes]] = {
    "rss": rss_item,
    "atom": atom_entry,
    "json": json_item,
}
