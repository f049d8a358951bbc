"""The archive as tables: what spreadsheets and databases get of it.

A catalog with its articles comes in; tables with named columns come out, whose rows are made when they are
asked for. Names, columns and the order of rows are the same in every build of the same archive, and other
programs depend on them. Drafts are left out, as they are in a catalog.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from lwnindex import names
from lwnindex.formats.thesaurus import Blob, body_text, notes
from lwnindex.model import Article, Card, Catalog, Entry, Parsed, Topic
from lwnindex.settings import Config

Cell = str | int | None
Row = tuple[Cell, ...]

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")

SEE_ALSO = "see also"
PARENT = "parent"


class Table(NamedTuple):
    """A table: its name, the names of its columns, and what gives its rows, each time from the first."""

    name: str
    columns: tuple[str, ...]
    rows: Callable[[], Iterator[Row]]


class Contents(NamedTuple):
    """All that tables are made of; `articles` have the keys of the catalog's cards, `blob` gives bodies."""

    catalog: Catalog
    articles: Mapping[str, Article]
    config: Config
    blob: Blob

    def url(self, path: str) -> str:
        """Return the public address of an output path."""
        return names.absolute(self.config.site.url, path)


def contents(catalog: Catalog, parsed: Iterable[Parsed], config: Config, blob: Blob) -> Contents:
    """Return the contents of an archive; the catalog's positions count the articles of `parsed`, in order."""
    articles = [article for one in parsed for article in one.articles]
    return Contents(catalog, {key: articles[n] for key, n in catalog.positions.items()}, config, blob)


def tables(of: Contents) -> tuple[Table, ...]:
    """Return all tables; a row comes after those that it refers to, but for what topics and articles cite."""
    return tuple(
        Table(name, tuple(columns.split()), partial(rows, of)) for name, (columns, rows) in _TABLES.items()
    )


def in_order(catalog: Catalog) -> dict[Entry, int]:
    """Return the number of each topic, from 1, index by index and there in the order of its A-Z page."""
    found = sorted(catalog.topics, key=lambda entry: names.topic_key(entry[:1]))
    return {entry: number for number, entry in enumerate(found, 1)}


# Articles ----------------------------------------------------------------------------------------


def _keys(catalog: Catalog) -> Iterator[tuple[str, str | None]]:
    """Yield the key of each article by id, and after it those of its translations with that id."""
    for one in sorted(catalog.order):
        yield one, None
        yield from ((key, one) for key in catalog.translations.get(one, ()))


def _cards(of: Contents) -> Iterator[Card]:
    """Yield the cards of articles and translations; the id of each is its key."""
    return (of.catalog.cards[key] for key, _ in _keys(of.catalog))


def _site(of: Contents) -> Iterator[Row]:
    site = of.config.site
    yield site.title, site.url, site.description, site.language, site.source


def _articles(of: Contents) -> Iterator[Row]:
    for key, original in _keys(of.catalog):
        card, article, path = of.catalog.cards[key], of.articles[key], of.catalog.paths[key]
        yield (
            *(key, original, card.title, card.date, card.updated, card.expires),
            *(card.lang or of.config.site.language, card.teaser, article.body.words, card.slug),
            *(path, of.url(path), article.original, _text(card.file)),
        )


def _text(name: str) -> str:
    """Return the name of a file as text, whatever bytes are in it, without controls."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", name.encode("utf-8", "replace").decode())


def _texts(of: Contents) -> Iterator[Row]:
    for number, (key, _) in enumerate(_keys(of.catalog), 1):
        card = of.catalog.cards[key]
        yield number, key, card.title, card.teaser, body_text(of.articles[key].body.digest, of.blob)


def _authors(of: Contents) -> Iterator[Row]:
    """Yield who signed anything; those of whom the site has no page, such as translators, without one."""
    paged = of.catalog.authors if of.config.pages.authors else {}
    for name in sorted({name for card in _cards(of) for name in card.authors}):
        known = of.catalog.authors.get(name)
        path = paged[name].path if name in paged else None
        yield name, path, of.url(path) if path else None, len(known.articles) if known else 0


def _bylines(of: Contents) -> Iterator[Row]:
    for card in _cards(of):
        for position, name in enumerate(dict.fromkeys(card.authors), 1):
            yield card.id, position, name


def _entries(of: Contents) -> Iterator[Row]:
    number = in_order(of.catalog)
    for card in _cards(of):
        for position, entry in enumerate(dict.fromkeys(card.entries), 1):
            yield card.id, position, number[entry]


def _citations(of: Contents) -> Iterator[Row]:
    for card in _cards(of):
        for position, one in enumerate(card.references, 1):
            yield card.id, position, one.id, one.url if one.id is None else None, one.fragment


def _old_addresses(of: Contents) -> Iterator[Row]:
    for path, key in sorted(of.catalog.aliases.items()):
        yield path, of.url(path), key


# Topics ------------------------------------------------------------------------------------------


def _indexes(of: Contents) -> Iterator[Row]:
    for position, one in enumerate(of.catalog.indexes, 1):
        yield one.name, position, one.title, one.page, of.url(one.page), one.count


def _topics(of: Contents) -> Iterator[Row]:
    number, noted = in_order(of.catalog), notes(of.catalog, of.blob)
    for entry in number:
        topic = of.catalog.topics[entry]
        yield (
            *(number[entry], "/".join(entry), entry[0], entry[-1], _levels(entry[1:])),
            *(number.get(entry[:-1]), topic.sort or None, noted.get(entry, "")),
            *(len(topic.own), topic.count, topic.path, topic.anchor, of.url(topic.path)),
        )


def _levels(entry: Entry) -> str:
    """Return the names of a topic's levels as an array in JSON: a name may hold a slash."""
    return json.dumps(entry, ensure_ascii=False)


def _aliases(of: Contents) -> Iterator[Row]:
    number = in_order(of.catalog)
    for see in of.catalog.sees:
        entry = ("/".join(see.entry), see.entry[0], _levels(see.entry[1:]))
        yield *entry, number[see.topic], int(see.printed), see.path, of.url(see.path)


def _relations(of: Contents) -> Iterator[Row]:
    number = in_order(of.catalog)
    for entry in number:
        for relation, position, other in _related(of.catalog.topics[entry]):
            yield number[entry], relation, position, number.get(other), "/".join(other)


def _related(topic: Topic) -> Iterator[tuple[str, int, Entry]]:
    for relation, others in ((PARENT, topic.parents), (SEE_ALSO, topic.see_also)):
        for position, other in enumerate(others, 1):
            yield relation, position, other


_TABLES: dict[str, tuple[str, Callable[[Contents], Iterator[Row]]]] = {
    "site": ("title url description language source", _site),
    "indexes": ("name position title path url all_articles", _indexes),
    "topics": (
        "id entry index_name name levels parent sort note own_articles all_articles path anchor url",
        _topics,
    ),
    "aliases": ("entry index_name levels topic printed path url", _aliases),
    "relations": ("topic relation position other other_entry", _relations),
    "articles": (
        "id translation_of title date updated expires language teaser words slug path url original file",
        _articles,
    ),
    "texts": ("number article title teaser text", _texts),
    "authors": ("name path url articles", _authors),
    "bylines": ("article position author", _bylines),
    "entries": ("article position topic", _entries),
    "citations": ("article position target url fragment", _citations),
    "old_addresses": ("path url article", _old_addresses),
}

NAMES = tuple(_TABLES)
"""The names of all tables, in their order."""
