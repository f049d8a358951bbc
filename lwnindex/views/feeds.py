"""The feeds of the site, its indexes, its topics with all below them, its authors and its queries.

Where the formats have a way to say so, a feed leads to archive documents with its older articles. At the
address of another name of a topic, feeds go on with the topic's articles (decision 0019).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import NamedTuple

from lwnindex import names, times
from lwnindex.feedviews import FeedView, is_fed
from lwnindex.model import Card, FeedFormat, See, Topic
from lwnindex.viewparts import FeedEntry, Link
from lwnindex.views.archive import Archive, marked_title, newest_first
from lwnindex.views.chains import BY_MONTH, BY_YEAR, Chain, chain
from lwnindex.views.queries import queries

EPOCH = "1970-01-01T00:00:00Z"


class Home(NamedTuple):
    """A page with feeds: what they are of, its articles, newest first, and how long its periods' names are.

    It has no more than `most` articles.
    """

    path: str
    of: str
    ids: Callable[[], Iterable[str]]
    most: int
    length: int = BY_YEAR


class Feed(NamedTuple):
    """A feed to be made, or a part of one: its place in the chain, if the feed has one.

    `old` is the page beside which it stands, if that is not its home but where its home was.
    """

    path: str
    format: FeedFormat
    home: Home
    chain: Chain = ()
    place: int = 0
    old: str = ""


Entries = Callable[[str, bool], FeedEntry]
"""Gives an article as feeds show it: with its body, or as a summary alone."""


def feeds(shelf: Archive) -> Iterator[Feed]:
    """Yield every feed: the site's, then those of its parts; after each the documents of its archive."""
    for home in _homes(shelf):
        yield from feeds_of(shelf, home)


def feeds_of(shelf: Archive, home: Home) -> Iterator[Feed]:
    """Yield the feeds of a page."""
    settings = shelf.config.feeds_out
    folder = home.path.removesuffix("index.html")
    linked = [kind for kind in settings.formats if settings.archives and _is_linked(kind, home)]
    found = chain(shelf, home.ids(), home.length) if linked and home.most > settings.items else ()
    for kind in settings.formats:
        yield Feed(f"{folder}feed.{kind}", kind, home, found if kind in linked else ())
    for place, part in enumerate(found[1:], 1):
        for kind in linked:
            yield Feed(f"{folder}feed-{part.period}.{kind}", kind, home, found, place)


def old_feeds(shelf: Archive, one: See) -> Iterator[Feed]:
    """Yield the feeds at the address of another name of a topic; their archive is that of the topic's own.

    Where documents of an archive stood they stand further on, since readers keep their addresses. A page that
    is no folder's had none.
    """
    folder, _, page = one.path.rpartition("index.html")
    if page or not folder.endswith("/"):
        return
    for feed in feeds_of(shelf, _topic_home(shelf, shelf.catalog.topics[one.topic])):
        yield feed._replace(path=folder + feed.path.rpartition("/")[2], old=one.path)


def _topic_home(shelf: Archive, topic: Topic) -> Home:
    return Home(topic.path, " / ".join(topic.entry), partial(newest_first, shelf, topic.entry), topic.count)


def _is_linked(kind: FeedFormat, home: Home) -> bool:
    """Tell whether feeds of this format lead to older articles: all of Atom, those by month of JSON."""
    return kind == "atom" or (kind == "json" and home.length == BY_MONTH)


def _homes(shelf: Archive) -> Iterator[Home]:
    catalog = shelf.catalog
    yield Home("index.html", "", lambda: catalog.order, len(catalog.order), BY_MONTH)
    for one in catalog.indexes:
        yield Home(one.page, one.title, partial(newest_first, shelf, (one.name,)), one.count, BY_MONTH)
    for topic in catalog.topics.values():
        yield _topic_home(shelf, topic)
    if shelf.config.pages.authors:
        for author in catalog.authors.values():
            own = author.articles
            yield Home(author.path, author.name, partial(tuple, own), len(own))
    for query in queries(shelf):
        yield Home(query.path, query.name, partial(tuple, query.ids), len(query.ids))


def feed_view(shelf: Archive, feed: Feed, entries: Entries) -> FeedView:
    """Return a feed or a document of its archive, its articles whole where the configuration says so."""
    settings, content = shelf.config.site, shelf.config.feeds_out.content
    whole = content == "full" or (content is None and feed.home.path == "index.html")
    ids, is_all = _ids(shelf, feed)
    found = tuple(entries(one, whole) for one in ids)
    return FeedView(
        path=feed.path,
        root=names.root_of(feed.path),
        title=_title(shelf, feed),
        description=settings.description,
        lang=settings.language,
        format=feed.format,
        home=feed.home.path,
        updated=_latest({entry.updated for entry in found}),
        entries=found,
        complete=is_all,
        older=_beside(feed, feed.chain[feed.place + 1].period) if feed.place + 1 < len(feed.chain) else "",
        current=_beside(feed) if feed.place else "",
        hubs=() if feed.place or feed.old else shelf.config.feeds_out.hubs,
        old=feed.old,
    )


def _ids(shelf: Archive, feed: Feed) -> tuple[list[str], bool]:
    """Return the articles that a document holds, and whether the whole feed has no other."""
    if feed.chain:
        return list(feed.chain[feed.place].ids), len(feed.chain) == 1
    items = shelf.config.feeds_out.items
    found = list(islice((one for one in feed.home.ids() if shelf.lines[one].date), items + 1))
    return found[:items], len(found) <= items


def _beside(feed: Feed, period: str = "") -> str:
    """Return the path of a feed, or of the document of one of its periods."""
    part = f"-{period}" if period else ""
    return f"{feed.home.path.removesuffix('index.html')}feed{part}.{feed.format}"


def _title(shelf: Archive, feed: Feed) -> str:
    of, period = feed.home.of, feed.chain[feed.place].period if feed.place else ""
    title = f"{shelf.config.site.title}: {of}" if of else shelf.config.site.title
    if not period:
        return title
    return f"{title} ({shelf.words.monthyear(period) if feed.home.length == BY_MONTH else period})"


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
    whole = is_fed(article)
    return FeedEntry(
        id=names.absolute(shelf.config.site.url, f"Articles/{one}/"),
        path=shelf.catalog.paths[one],
        title=marked_title(shelf, card),
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
