"""An excerpt of the site: all articles or some, with the lists that an archive of only these would have.

Every page keeps the address that it has on the site, so that each can name where it is published, and a link
to what is left out leads there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import partial
from typing import NamedTuple

from msgspec.structs import replace

from lwnindex.index import index
from lwnindex.link import Plan
from lwnindex.model import Card, Catalog, Described, Entry, Mention, Parsed
from lwnindex.problems import SiteError
from lwnindex.settings import Config
from lwnindex.times import year_of
from lwnindex.views.targets import Targets, held
from lwnindex.words import Words

_FOR_SERVERS = re.compile(r"404\.html|robots\.txt|sitemap(?:-\d+)?\.xml", re.IGNORECASE)
"""Files that only a web server, or a program that visits one, has a use for."""

_FEW = 20
"""Names that a message has room for."""

Ids = Mapping[str, Collection[str]]
"""The articles of each index, topic, author or year, by its name."""


class Wanted(NamedTuple):
    """Which articles are wanted: of a kind, those of any name; of several kinds, those of all. Else all."""

    indexes: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    years: tuple[str, ...] = ()


class Excerpt(NamedTuple):
    """What an excerpt is to hold; `address` is where the site is published, empty where it is not.

    Without `extras` it has neither feeds nor a search of its own.
    """

    wanted: Wanted = Wanted()
    address: str = ""
    extras: bool = True


class Whole(NamedTuple):
    """The site that an excerpt is made of."""

    catalog: Catalog
    parsed: tuple[Parsed, ...]
    plan: Plan


class Part(NamedTuple):
    """What the site or an excerpt is linked from, as in `link`: an excerpt has all problems of the site."""

    catalog: Catalog
    files: Mapping[str, str]
    config: Config
    seen: Callable[[Targets], Targets] | None = None


def excerpt(of: Excerpt, whole: Whole, files: Mapping[str, str], config: Config, words: Words) -> Part:
    """Return what an excerpt is linked from; SiteError where a name is unknown, or no article is wanted."""
    catalog = whole.catalog
    if any(of.wanted):
        catalog = _alone(catalog, chosen(catalog, of.wanted), config, words)
    own = {path: digest for path, digest in files.items() if not _FOR_SERVERS.fullmatch(path)}
    return Part(catalog, own, _offline(config, of), partial(_seen, whole, of.address))


def _seen(whole: Whole, address: str, own: Targets) -> Targets:
    """Return what links lead to: what they do on the site, as far as it is held, else out to the site."""
    originals = {} if address else dict(_originals(whole))
    return whole.plan.targets._replace(held=held(own, address, originals))


def _originals(whole: Whole) -> Iterator[tuple[str, str]]:
    """Yield the page of each article with the address that it was taken from, if that is known."""
    articles = [article for one in whole.parsed for article in one.articles]
    for one, place in whole.catalog.positions.items():
        original = articles[place].original
        if original:
            yield whole.catalog.paths[one], original


def _offline(config: Config, of: Excerpt) -> Config:
    """Return a configuration for pages that are read without a server."""
    found = replace(config, links=replace(config.links, style="file"))
    if of.extras:
        return found
    feeds = replace(config.feeds_out, formats=())
    return replace(found, feeds_out=feeds, search=replace(config.search, enabled=False))


# Which articles ----------------------------------------------------------------------------------


def chosen(catalog: Catalog, wanted: Wanted) -> frozenset[str]:
    """Return the ids of the articles that are wanted; SiteError for an unknown name, or where none is."""
    found, unknown = set(catalog.order), []
    for (kind, known_by), named in zip(_KINDS.items(), wanted, strict=True):
        if named:
            known = known_by(catalog)
            unknown += [_unknown(kind, name, known) for name in named if name not in known]
            found &= {one for name in named for one in known.get(name, ())}
    if unknown:
        raise SiteError("\n".join(unknown), exit_code=2)
    if not found:
        raise SiteError("no article is in all that was named. Name less: kinds of names narrow.", exit_code=2)
    return frozenset(found)


def _unknown(kind: str, name: str, known: Ids) -> str:
    return f'there is no {kind} "{name}". {_instead(name, known)}'


def _instead(name: str, known: Ids) -> str:
    """Return what may be meant by a name that is unknown among its kind, or what to name instead."""
    by_key, key = {each.casefold(): each for each in known}, name.casefold()
    if any(each.startswith(f"{key}/") for each in by_key):
        return f'An index is named with --index "{name}".'
    ends = (each for each in by_key if each.endswith(f"/{key}"))
    close = [*ends, *get_close_matches(key, by_key, n=1)]
    return f'Did you mean "{by_key[close[0]]}"?' if close else _all_of(known)


def _all_of(known: Ids) -> str:
    """Return what to name instead, where nothing is like what was named."""
    if 0 < len(known) <= _FEW:
        return f"There are: {', '.join(sorted(known))}."
    return "No article stands under a name like it. Name one as the site writes it."


def _by_index(catalog: Catalog) -> Ids:
    return _by_entry(catalog, lambda depth: depth == 1)


def _by_topic(catalog: Catalog) -> Ids:
    """Return the articles of each topic, also by its other names, where no topic is called so."""
    found = _by_entry(catalog, lambda depth: depth > 1)
    others = {"/".join(one.entry): found.get("/".join(one.topic), ()) for one in catalog.sees}
    return others | found


def _by_entry(catalog: Catalog, is_asked: Callable[[int], bool]) -> dict[str, Collection[str]]:
    """Return the articles below each entry and each that it stands below, written with slashes."""
    above: dict[Entry, tuple[str, ...]] = {}
    found: dict[str, set[str]] = defaultdict(set)
    for card in map(catalog.cards.__getitem__, catalog.order):
        for entry in card.entries:
            if entry not in above:
                places = _above([entry], catalog)
                above[entry] = tuple("/".join(one) for one in places if is_asked(len(one)))
            for name in above[entry]:
                found[name].add(card.id)
    return dict(found)


def _by_author(catalog: Catalog) -> Ids:
    return {name: author.articles for name, author in catalog.authors.items()}


def _by_year(catalog: Catalog) -> Ids:
    found: dict[str, list[str]] = defaultdict(list)
    for card in map(catalog.cards.__getitem__, catalog.order):
        if card.date:
            found[str(year_of(card.date))].append(card.id)
    return found


_KINDS: dict[str, Callable[[Catalog], Ids]] = {
    "index": _by_index,
    "topic": _by_topic,
    "author": _by_author,
    "year": _by_year,
}
"""What articles can be wanted by, in the order of `Wanted`."""


# Their catalog -----------------------------------------------------------------------------------


def _alone(whole: Catalog, ids: Collection[str], config: Config, words: Words) -> Catalog:
    """Return the catalog of some articles, with the addresses that everything has in the whole."""
    any_topic = replace(config, index=replace(config.index, declared="any"))
    held_cards = [_within(whole.cards[one], ids) for one in whole.order if one in ids]
    alone = index(held_cards, any_topic, words, described=_described(whole, held_cards))
    pages = {one.name: one.page for one in whole.indexes}
    translations = {one: keys for one, keys in whole.translations.items() if one in ids}
    translated = {key: _within(whole.cards[key], ids) for keys in translations.values() for key in keys}
    return replace(
        alone,
        cards=alone.cards | translated,
        positions={one: whole.positions[one] for one in (*alone.order, *translated)},
        paths={one: whole.paths[one] for one in (*alone.order, *translated)},
        translations=translations,
        aliases={},
        indexes=tuple(replace(one, page=pages[one.name]) for one in alone.indexes),
        topics={
            entry: replace(topic, path=whole.topics[entry].path, anchor=whole.topics[entry].anchor)
            for entry, topic in alone.topics.items()
        },
        described={entry: one for entry, one in whole.described.items() if entry in alone.topics},
        sees=tuple(one for one in whole.sees if one.topic in alone.topics),
        former=tuple(one for one in whole.former if one.topic in alone.topics),
        authors={name: replace(one, path=whole.authors[name].path) for name, one in alone.authors.items()},
        problems=whole.problems,
    )


def _described(whole: Catalog, cards: Iterable[Card]) -> list[Described]:
    """Return what is said of the topics below which some articles are, of these topics alone.

    What the whole makes no use of, such as an alias that is another topic's, an excerpt does not, either.
    Topics are told of which nothing is said, too, since they may be there for what they have adopted.
    """
    above = _above((entry for card in cards for entry in card.entries), whole)
    topics = {entry for entry in above if len(entry) > 1}
    names = {(one.entry, one.topic) for one in whole.sees}

    def within(entry: Entry) -> Described:
        topic, one = whole.topics[entry], whole.described.get(entry, Described(entry=entry, file=""))
        return replace(
            one,
            aliases=tuple(each for each in one.aliases if (each.entry, entry) in names),
            see_also=tuple(Mention(entry=each) for each in topic.see_also if each in topics),
            parents=tuple(Mention(entry=each) for each in topic.parents),
            reciprocal=False,
        )

    return [within(entry) for entry in whole.topics if entry in topics]


def _above(entries: Iterable[Entry], catalog: Catalog) -> set[Entry]:
    """Return some topics and all topics and indexes that they stand below, at whichever place."""
    found: set[Entry] = set()
    waiting = [*entries]
    while waiting:
        entry = waiting.pop()
        if entry not in found:
            found.add(entry)
            waiting.extend((entry[:-1], *catalog.topics[entry].parents) if len(entry) > 1 else ())
    return found


def _within(card: Card, ids: Collection[str]) -> Card:
    """Return a card that cites only what is among these articles."""
    return replace(card, references=tuple(one for one in card.references if one.id in ids))
