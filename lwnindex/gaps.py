"""What an archive lacks: articles that it cites and does not hold, entries, and topics of a good size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple, get_args

from lwnindex import names
from lwnindex.model import Card, Catalog
from lwnindex.thesaurus import written

Kind = Literal["cited", "unfiled", "single", "outgrown"]
KINDS: tuple[Kind, ...] = get_args(Kind)

MANY = 40
"""How many articles a list is good for."""

_HEADINGS = {
    "cited": "articles that are cited here and not held",
    "unfiled": "articles without index entries",
    "single": "topics with one article",
    "outgrown": "topics that outgrew a list: sub-topics would help",
}


class Gap(NamedTuple):
    """One thing that is lacking, and the articles by which it is known: their number, (id, file) of each.

    `what` is an address, an article's title or a topic.
    """

    kind: Kind
    what: str
    articles: int
    by: tuple[tuple[str, str], ...]


def gaps(catalog: Catalog, many: int = MANY) -> dict[Kind, tuple[Gap, ...]]:
    """Return what is lacking, by kind; a topic has outgrown its list with more than `many` articles."""
    return {
        "cited": _cited(catalog),
        "unfiled": _unfiled(catalog),
        "single": _single(catalog),
        "outgrown": _outgrown(catalog, many),
    }


def _cards(catalog: Catalog) -> Iterator[Card]:
    return map(catalog.cards.__getitem__, catalog.order)


def _cited(catalog: Catalog) -> tuple[Gap, ...]:
    """Return the addresses of articles that are not held, the most cited first."""
    citing: dict[str, dict[str, Card]] = defaultdict(dict)
    for card in _cards(catalog):
        for one in card.references:
            if one.url:
                citing[one.url].setdefault(card.id, card)
    found = (Gap("cited", url, len(by), _by(by.values())) for url, by in citing.items())
    return tuple(sorted(found, key=lambda one: (-one.articles, names.natural_key(one.what))))


def _unfiled(catalog: Catalog) -> tuple[Gap, ...]:
    return tuple(Gap("unfiled", card.title, 1, _by([card])) for card in _cards(catalog) if not card.entries)


def _single(catalog: Catalog) -> tuple[Gap, ...]:
    """Return the topics without sub-topics that have one article, in the order of an index."""
    return tuple(
        Gap("single", written(entry), 1, _by([catalog.cards[topic.own[0]]]))
        for entry, topic in catalog.topics.items()
        if len(topic.own) == topic.count == 1 and not topic.children
    )


def _outgrown(catalog: Catalog, many: int) -> tuple[Gap, ...]:
    """Return the topics with many articles and no sub-topic, the largest first."""
    found = (
        Gap("outgrown", written(entry), len(topic.own), _by(map(catalog.cards.__getitem__, topic.own)))
        for entry, topic in catalog.topics.items()
        if len(topic.own) > many and not topic.children and not topic.adopted
    )
    return tuple(sorted(found, key=lambda one: -one.articles))


def _by(cards: Iterable[Card]) -> tuple[tuple[str, str], ...]:
    return tuple((card.id, card.file) for card in cards)


def gap_lines(kind: Kind, found: tuple[Gap, ...], limit: int) -> Iterator[str]:
    """Yield the gaps of a kind for people, after a heading, no more than `limit` unless that is 0."""
    yield f"{_HEADINGS[kind]}: {len(found):,}"
    for one in found[: limit or None]:
        yield f"  {_line(one)}"
    if limit and len(found) > limit:
        yield f"  and {len(found) - limit:,} more; --limit 0 tells all"


def _line(one: Gap) -> str:
    if one.kind == "unfiled":
        return f"{one.by[0][0]}  {one.what}  {one.by[0][1]}"
    if one.kind == "outgrown":
        return f"{one.articles:>4}  {one.what}"
    known = " ".join(own for own, _ in one.by)
    return (
        f"{one.articles:>4}  {one.what}  cited by {known}" if one.kind == "cited" else f"{one.what}  {known}"
    )


def gap_object(one: Gap) -> dict[str, Any]:
    """Return a gap for JSON."""
    return one._asdict() | {"by": [{"id": own, "file": file} for own, file in one.by]}
