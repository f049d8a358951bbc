"""The feeds of the site, its indexes, its topics with all below them, and its authors, in three formats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from lwnindex import names, times
from lwnindex.model import Article, Card, FeedEntry, FeedView, Link
from lwnindex.views.archive import Archive, dated, people

EPOCH = "1970-01-01T00:00:00Z"
Links = Mapping[str, tuple[Link, ...]]


def feed_views(shelf: Archive, links: Links) -> Iterator[FeedView]:
    """Yield every feed; `links` are the resolved links of each article's body."""
    catalog, settings, title = shelf.catalog, shelf.config.feeds_out, shelf.config.site.title
    summaries = partial(_feed, shelf, None)
    whole = partial(_feed, shelf, links)
    feed = whole if settings.content == "full" else summaries
    yield from (summaries if settings.content == "summary" else whole)("index.html", title, catalog.order)
    for one in catalog.indexes:
        yield from feed(one.page, f"{title}: {one.title}", shelf.subtrees[(one.name,)])
    for entry, topic in catalog.topics.items():
        yield from feed(topic.path, f"{title}: {' / '.join(entry)}", shelf.subtrees[entry])
    if shelf.config.pages.authors:
        for author in catalog.authors.values():
            yield from feed(author.path, f"{title}: {author.name}", author.articles)


def _feed(
    shelf: Archive, links: Links | None, home: str, title: str, ids: Iterable[str]
) -> Iterator[FeedView]:
    """Yield the formats of one feed: its newest dated articles, whole if their `links` are given."""
    newest = [one for _, one in dated(shelf, ids)][: shelf.config.feeds_out.items]
    entries = tuple(_entry(shelf, one, links[one] if links else None) for one in newest)
    base = home.removesuffix("index.html")
    for kind in shelf.config.feeds_out.formats:
        yield FeedView(
            path=f"{base}feed.{kind}",
            root=names.root_of(base),
            title=title,
            description=shelf.config.site.description,
            lang=shelf.config.site.language,
            format=kind,
            home=home,
            updated=max((entry.updated for entry in entries), default=EPOCH),
            entries=entries,
        )


def _entry(shelf: Archive, one: str, links: tuple[Link, ...] | None) -> FeedEntry:
    card, article, zone = shelf.catalog.cards[one], shelf.articles[one], shelf.config.site.timezone
    published = times.moment(card.date or EPOCH, zone)
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
        body="" if links is None else _body(article),
        links=links or (),
    )


def _updated(card: Card, published: str, zone: str) -> str:
    return times.moment(card.updated, zone) if card.updated else published


def _body(article: Article) -> str:
    return article.body.digest
