"""Small makers of the values that the writers of this folder take."""

from __future__ import annotations

import msgspec

from lwnindex.feedviews import FeedView
from lwnindex.model import FeedFormat
from lwnindex.viewmodel import SiteView
from lwnindex.viewparts import FeedEntry, Link, Person

SITE = SiteView(title="Index of news", url="https://example.org/news", description="News, filed.")

NOON = "2009-12-22T12:00:00Z"


def blob(*pieces: str) -> bytes:
    """Return a body as the store holds it."""
    return msgspec.msgpack.encode(pieces)


def entry(
    number: int = 1,
    *,
    title: str = "Two that didn't make it",
    authors: tuple[str, ...] = ("Kernel desk",),
    categories: tuple[tuple[str, ...], ...] = (("Kernel", "Filesystems", "Ceph"),),
    summary: str = "Two proposals.",
    lang: str = "",
    body: str = "",
    links: tuple[Link, ...] = (),
    published: str = NOON,
    updated: str = NOON,
) -> FeedEntry:
    """Return an entry of a feed, article `number`."""
    return FeedEntry(
        id=f"https://example.org/news/Articles/{number}/",
        path=f"Articles/{number}/index.html",
        title=title,
        published=published,
        updated=updated,
        authors=tuple(Person(name=name, path="Authors/Kernel_desk/index.html") for name in authors),
        categories=categories,
        summary=summary,
        lang=lang,
        body=body,
        links=links,
    )


def feed_view(form: FeedFormat, *entries: FeedEntry, updated: str = NOON, title: str = "Ceph") -> FeedView:
    """Return the feed of a topic."""
    return FeedView(
        path=f"Kernel/Filesystems/Ceph/feed.{form}",
        root="../../../",
        title=title,
        description="All about Ceph.",
        format=form,
        home="Kernel/Filesystems/Ceph/index.html",
        updated=updated,
        entries=entries,
    )
