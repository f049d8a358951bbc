"""The list of all feeds: those of the site, its indexes with their topics, its authors, its queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lwnindex.feedviews import OpmlView
from lwnindex.model import FeedFormat
from lwnindex.viewparts import Outline
from lwnindex.views.archive import Archive
from lwnindex.views.queries import queries

PATH = "index.opml"

_BEST: tuple[FeedFormat, ...] = ("atom", "rss", "json")
"""The format to name of several: an Atom feed leads to its older articles."""


def has_opml(shelf: Archive) -> bool:
    """Tell whether the site has a list of its feeds."""
    return shelf.config.feeds_out.opml and bool(shelf.config.feeds_out.formats)


def opml_view(shelf: Archive) -> OpmlView:
    """Return the list of all feeds, each in the same format; there must be one."""
    kind = next(each for each in _BEST if each in shelf.config.feeds_out.formats)
    title = shelf.config.site.title
    found = (Outline(depth=0, text=title, title=title, page="index.html"), *_parts(shelf))
    return OpmlView(
        path=PATH,
        root="",
        title=title,
        outlines=tuple(_with_feed(one, kind) for one in found),
    )


def _with_feed(one: Outline, kind: FeedFormat) -> Outline:
    if not one.page:
        return one
    feed = f"{one.page.removesuffix('index.html')}feed.{kind}"
    return Outline(depth=one.depth, text=one.text, title=one.title, page=one.page, feed=feed)


def _parts(shelf: Archive) -> Iterator[Outline]:
    catalog, words = shelf.catalog, shelf.words
    for index in catalog.indexes:
        yield Outline(depth=0, text=index.title, title=index.title, page=index.page)
        for entry in index.topics:
            page = catalog.topics[entry].path
            yield Outline(depth=len(entry) - 1, text=entry[-1], title=" / ".join(entry), page=page)
    if shelf.config.pages.authors:
        authors = ((one.name, one.path) for one in catalog.authors.values())
        yield from _group(words.say("Authors"), authors)
    yield from _group(words.say("Saved queries"), ((one.name, one.path) for one in queries(shelf)))


def _group(name: str, pages: Iterable[tuple[str, str]]) -> Iterator[Outline]:
    """Yield an outline without a feed of its own and those below it, if there are any."""
    below = [Outline(depth=1, text=text, title=text, page=page) for text, page in pages]
    if below:
        yield Outline(depth=0, text=name, title=name)
    yield from below
