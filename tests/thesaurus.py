"""Catalogs in which topics have notes, other names, related topics and further parents, made by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from lwnindex import names
from lwnindex.model import Article, Body, Catalog, Described, Entry, Mention, PlainPage, See
from lwnindex.settings import Config
from lwnindex.views.archive import Archive, archive
from tests.makers import catalog_of, config, entry, parsed

FILE = "content/topics.toml"


def see(name: str, topic: str, *, printed: bool = True) -> See:
    """Return another name of a topic, at the address that a topic of this name would have."""
    own = entry(name)
    path = names.page_of("/".join(map(names.segment, own)))
    return See(entry=own, topic=entry(topic), path=path, anchor=names.anchor(own[1:]), printed=printed)


def described(
    topic: str, note: Body | None = None, *, aliases: Iterable[str] = (), line: int = 7
) -> Described:
    """Return what a file of topics says of one; each alias stands two lines below it."""
    mentions = tuple(Mention(entry=entry(one), line=line + 2) for one in aliases)
    return Described(entry=entry(topic), file=FILE, line=line, note=note or Body(digest=""), aliases=mentions)


def known(
    catalog: Catalog,
    *tables: Described,
    sees: Iterable[See] = (),
    adopted: Mapping[str, tuple[str, ...]] = {},
    see_also: Mapping[str, tuple[str, ...]] = {},
) -> Catalog:
    """Return a catalog that knows more of its topics: `adopted` are those below each further parent."""
    topics = dict(catalog.topics)
    for parent, found in adopted.items():
        for child in map(entry, found):
            topics[child] = replace(topics[child], parents=(*topics[child].parents, entry(parent)))
        if entry(parent) in topics:
            topics[entry(parent)] = replace(topics[entry(parent)], adopted=tuple(map(entry, found)))
    for one, related in see_also.items():
        topics[entry(one)] = replace(topics[entry(one)], see_also=tuple(map(entry, related)))
    whole = replace(catalog, topics=topics)
    counted = {one: replace(topic, count=len(_below(whole, one, set()))) for one, topic in topics.items()}
    return replace(whole, topics=counted, sees=tuple(sees), described={one.entry: one for one in tables})


def _below(catalog: Catalog, one: Entry, seen: set[Entry]) -> set[str]:
    """Return the articles of a topic and of all below it."""
    seen.add(one)
    topic = catalog.topics[one]
    found = set(topic.own)
    for each in (*topic.children, *topic.adopted):
        if each not in seen:
            found |= _below(catalog, each, seen)
    return found


def shelf_of(
    catalog: Catalog,
    *holds: Article | PlainPage,
    config: Config = config(),  # noqa: B008 - it is frozen
) -> Archive:
    """Return the archive of a catalog of these articles."""
    return archive(catalog, [parsed(one) for one in holds], config)


def catalog_from(*holds: Article, config: Config = config()) -> Catalog:  # noqa: B008
    """Return the catalog of some articles."""
    return catalog_of(*(one.card for one in holds), config=config)
