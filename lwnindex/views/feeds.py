"""The feeds of the site, its indexes, its topics with all below them, and its authors, in three formats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from lwnindex import names, times
from lwnindex.model import Card, FeedFormat
from lwnindex.viewmodel import FeedEntry, FeedView, Link
from lwnindex.views.archive import Archive, dated, people

EPOCH = "1970-01-01T00:00:00Z"
LONGEST = 1_000_000
"""Bytes of a body beyond which a feed has its summary alone: XML readers refuse ten times that."""

Links = Mapping[str, tuple[Link, ...]]


def feed_paths(shelf: Archive) -> Iterator[str]:
    """Yield the path of every feed."""
    for home, _, _ in _homes(shelf):
        yield from (_path(home, kind) for kind in shelf.config.feeds_out.formats)


def feed_views(shelf: Archive, links: Links) -> Iterator[FeedView]:
    """Yield every feed; `links` are the resolved links of each article's body."""
    content = shelf.config.feeds_out.content
    for home, title, ids in _homes(shelf):
        whole = content == "full" or (content is None and home == "index.html")
        yield from _feed(shelf, links if whole else None, home, title, ids)


def _homes(shelf: Archive) -> Iterator[tuple[str, str, Sequence[str]]]:
    """Yield the page, the title and the articles of each feed: the site's, then those of its parts."""
    catalog, title = shelf.catalog, shelf.config.site.title
    yield "index.html", title, catalog.order
    for one in catalog.indexes:
        yield one.page, f"{title}: {one.title}", shelf.subtrees[(one.name,)]
    for entry, topic in catalog.topics.items():
        yield topic.path, f"{title}: {' / '.join(entry)}", shelf.subtrees[entry]
    if shelf.config.pages.authors:
        for author in catalog.authors.values():
            yield author.path, f"{title}: {author.name}", author.articles


def _path(home: str, kind: FeedFormat) -> str:
    return f"{home.removesuffix('index.html')}feed.{kind}"


def _feed(
    shelf: Archive, links: Links | None, home: str, title: str, ids: Iterable[str]
) -> Iterator[FeedView]:
    """Yield the formats of one feed: its newest dated articles, whole if their `links` are given."""
    newest = [one for _, one in dated(shelf, ids)][: shelf.config.feeds_out.items]
    entries = tuple(_entry(shelf, one, links[one] if links else None) for one in newest)
    for kind in shelf.config.feeds_out.formats:
        yield FeedView(
            path=_path(home, kind),
            root=names.root_of(home),
            title=title,
            description=shelf.config.site.description,
            lang=shelf.config.site.language,
            format=kind,
            home=home,
            updated=max((entry.updated for entry in entries), key=_instant, default=EPOCH),
            entries=entries,
        )


def _instant(moment: str) -> str:
    return times.sort_key(moment, "UTC")


def _entry(shelf: Archive, one: str, links: tuple[Link, ...] | None) -> FeedEntry:
    card, article, zone = shelf.catalog.cards[one], shelf.articles[one], shelf.config.site.timezone
    published = times.moment(card.date or EPOCH, zone)
    whole = article.body.size <= LONGEST
    return FeedEntry(
        id=names.absolute(shelf.config.site.url, f"Articles/{one}/"),
        path=shelf.catalog.paths[one],
        title=card.title,
        published=published,
        updated=_updated(card, published, zone),
        authors=people(shelf.catalog, card, shelf.config),
        categories=tuple(dict.fromkeys(card.entries)),
        summary=card.teaser,
        lang=card.lang or "",
        body=article.body.digest if links is not None and whole else "",
        links=links if links is not None and whole else (),
    )


def _updated(card: Card, published: str, zone: str) -> str:
    return times.moment(card.updated, zone) if card.updated else published
