"""The feeds of the site, its indexes, its topics with all below them, and its authors, in three formats."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from lwnindex import names, times
from lwnindex.model import Card, Entry, FeedFormat
from lwnindex.viewmodel import LONGEST_BODY, FeedEntry, FeedView, Link
from lwnindex.views.archive import Archive, newest_first

EPOCH = "1970-01-01T00:00:00Z"


class Feed(NamedTuple):
    """A feed to be made: the page it belongs to, and the topic, the index or the author it is of, if any."""

    path: str
    format: FeedFormat
    home: str
    entry: Entry = ()
    author: str = ""


Entries = Callable[[str, bool], FeedEntry]
"""Gives an article as feeds show it: with its body, or as a summary alone."""


def feeds(shelf: Archive) -> Iterator[Feed]:
    """Yield every feed: the site's, then those of its parts."""
    for home, entry, author in _homes(shelf):
        folder = home.removesuffix("index.html")
        for kind in shelf.config.feeds_out.formats:
            yield Feed(f"{folder}feed.{kind}", kind, home, entry, author)


def _homes(shelf: Archive) -> Iterator[tuple[str, Entry, str]]:
    catalog = shelf.catalog
    yield "index.html", (), ""
    for one in catalog.indexes:
        yield one.page, (one.name,), ""
    for entry, topic in catalog.topics.items():
        yield topic.path, entry, ""
    if shelf.config.pages.authors:
        for author in catalog.authors.values():
            yield author.path, (), author.name


def feed_view(shelf: Archive, feed: Feed, entries: Entries) -> FeedView:
    """Return a feed: its newest dated articles, whole where the configuration says so."""
    settings, content = shelf.config.site, shelf.config.feeds_out.content
    whole = content == "full" or (content is None and feed.home == "index.html")
    newest = islice((one for one in _ids(shelf, feed) if shelf.lines[one].date), shelf.config.feeds_out.items)
    found = tuple(entries(one, whole) for one in newest)
    return FeedView(
        path=feed.path,
        root=names.root_of(feed.home),
        title=_title(shelf, feed),
        description=settings.description,
        lang=settings.language,
        format=feed.format,
        home=feed.home,
        updated=_latest({entry.updated for entry in found}),
        entries=found,
    )


def _ids(shelf: Archive, feed: Feed) -> Iterable[str]:
    if feed.author:
        return shelf.catalog.authors[feed.author].articles
    return newest_first(shelf, feed.entry) if feed.entry else shelf.catalog.order


def _title(shelf: Archive, feed: Feed) -> str:
    title = shelf.config.site.title
    if len(feed.entry) == 1:
        (of,) = (one.title for one in shelf.catalog.indexes if one.name == feed.entry[0])
    else:
        of = feed.author or " / ".join(feed.entry)
    return f"{title}: {of}" if of else title


def _latest(moments: Collection[str]) -> str:
    """Return the latest of some RFC 3339 times; as texts, those of one offset are in order."""
    alike = all(moment.endswith("Z") for moment in moments)
    return max(moments, key=None if alike else _instant, default=EPOCH)


def _instant(moment: str) -> str:
    return times.sort_key(moment, "UTC")


def feed_entry(shelf: Archive, one: str, links: tuple[Link, ...] | None) -> FeedEntry:
    """Return an article as feeds show it, whole if its `links` are given and it is not too long."""
    card, article, zone = shelf.catalog.cards[one], shelf.articles[one], shelf.config.site.timezone
    published = times.moment(card.date or EPOCH, zone)
    whole = article.body.size <= LONGEST_BODY
    return FeedEntry(
        id=names.absolute(shelf.config.site.url, f"Articles/{one}/"),
        path=shelf.catalog.paths[one],
        title=card.title,
        published=published,
        updated=_updated(card, published, zone),
        authors=shelf.lines[one].authors,
        categories=tuple(dict.fromkeys(card.entries)),
        summary=card.teaser,
        lang=card.lang or "",
        body=article.body.digest if links is not None and whole else "",
        links=links if links is not None and whole else (),
    )


def _updated(card: Card, published: str, zone: str) -> str:
    return times.moment(card.updated, zone) if card.updated else published
