"""The search page, and the files that it reads when a reader searches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from lwnindex.model import Card, Entry
from lwnindex.names import root_of
from lwnindex.searchindex import Counted, Searched
from lwnindex.searchviews import (
    SearchCatalogView,
    SearchDocsView,
    SearchFacetsView,
    SearchShardView,
    SearchTextsView,
    SearchView,
)
from lwnindex.symbols import base36
from lwnindex.viewparts import SearchLine
from lwnindex.views.archive import Archive, Page, marked_title

PAGE = "search/index.html"
CATALOG = "search/catalog.js"
_FACETS = "search/facets.js"
_UNDATED = "undated"


def search_pages(shelf: Archive, searched: Searched) -> Iterator[Page]:
    """Yield the page and the files of a site's search."""
    names = tuple(month.name for month in searched.months)
    yield PAGE, partial(_search_view, shelf)
    yield CATALOG, partial(catalog_view, names, searched.counted, searched.shards)
    yield _FACETS, partial(_facets_view, shelf, searched)
    for number, (name, counted) in enumerate(zip(names, searched.counted, strict=True)):
        yield docs_path(name), partial(_docs_view, shelf, searched, number)
        yield from text_pages(name, counted)
    for start in searched.shards:
        yield shard_path(start), partial(shard_view, searched.counted, searched.shards, start)


def _search_view(shelf: Archive) -> SearchView:
    return SearchView(path=PAGE, root=root_of(PAGE), title=shelf.words.say("Search"))


def catalog_view(
    names: tuple[str, ...], counted: tuple[Counted, ...], shards: tuple[str, ...]
) -> SearchCatalogView:
    """Return what a search reads first."""
    months = tuple((name, one.words) for name, one in zip(names, counted, strict=True))
    return SearchCatalogView(path=CATALOG, root=root_of(CATALOG), title="", months=months, shards=shards)


def _facets_view(shelf: Archive, searched: Searched) -> SearchFacetsView:
    catalog = shelf.catalog
    topics = {entry: base36(place) for place, entry in enumerate(catalog.topics)}
    authors = {name: base36(place) for place, name in enumerate(catalog.authors)}
    return SearchFacetsView(
        path=_FACETS,
        root=root_of(_FACETS),
        title="",
        topics=tuple((entry, topic.path) for entry, topic in catalog.topics.items()),
        authors=tuple(catalog.authors),
        docs=tuple(
            ";".join(_facets_of(catalog.cards[one], topics, authors) for one in month.ids)
            for month in searched.months
        ),
    )


def _facets_of(card: Card, topics: Mapping[Entry, str], authors: Mapping[str, str]) -> str:
    filed = ",".join(dict.fromkeys(topics[entry] for entry in card.entries))
    return f"{filed}|{','.join(dict.fromkeys(authors[name] for name in card.authors if name in authors))}"


def docs_path(month: str) -> str:
    """Return where the articles of a month stand."""
    return f"search/docs/{month or _UNDATED}.js"


def _docs_view(shelf: Archive, searched: Searched, number: int) -> SearchDocsView:
    month, path = searched.months[number], docs_path(searched.months[number].name)
    return SearchDocsView(
        path=path,
        root=root_of(path),
        title="",
        month=month.name,
        texts=searched.counted[number].starts,
        lines=tuple(_line(shelf, one) for one in month.ids),
    )


def _line(shelf: Archive, one: str) -> SearchLine:
    card, line = shelf.catalog.cards[one], shelf.lines[one]
    return SearchLine(
        title=marked_title(shelf, card),
        path=line.path,
        date=card.date or "",
        authors=card.authors,
        entries=card.entries,
        lang=line.lang,
    )


def text_pages(month: str, counted: Counted) -> Iterator[Page]:
    """Yield the text files of a month."""
    for number, digest in enumerate(counted.texts):
        name = f"{month or _UNDATED}-{number}"
        path = f"search/texts/{name}.js"
        yield path, partial(_text_view, path, name, digest)


def _text_view(path: str, name: str, digest: str) -> SearchTextsView:
    return SearchTextsView(path=path, root=root_of(path), title="", name=name, digest=digest)


def shard_path(start: str) -> str:
    """Return where the shard stands that begins with a key."""
    return f"search/terms/t-{start}.js"


def shard_view(counted: tuple[Counted, ...], shards: tuple[str, ...], start: str) -> SearchShardView:
    """Return the shard that begins with a key."""
    own = shards.index(start)
    end = shards[own + 1] if own + 1 < len(shards) else ""
    path = shard_path(start)
    parts = [
        (letter, place, digest)
        for place, one in enumerate(counted)
        for letter, digest in one.letters
        if start[:1] <= letter and (not end or letter < end)
    ]
    return SearchShardView(
        path=path,
        root=root_of(path),
        title="",
        start=start,
        end=end,
        parts=tuple((place, digest) for _, place, digest in parts),
    )
