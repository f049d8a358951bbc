"""The topics of an archive as lists, as a tree, and one by one: values, and the lines that people read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from lwnindex import names
from lwnindex.model import Catalog, Entry, See
from lwnindex.thesaurus import written
from lwnindex.times import year_of

Sort = Literal["name", "count", "date"]
Articles = Mapping[Entry, frozenset[str]]
"""The articles of each topic and all below it, by their ids."""

_FEW = 10


class Row(NamedTuple):
    """A topic in a list: all articles below it, those filed right under it, the days of the first and last.

    `depth` is 0 for a topic right below its index. One that stands here by a further parent is `adopted`.
    """

    topic: str
    entry: Entry
    articles: int
    own: int
    first: str | None
    last: str | None
    depth: int
    adopted: bool = False


class Shown(NamedTuple):
    """All that is known of a topic.

    `described` is where; `unprinted` are the aliases that are hidden, and those that it has by one of a topic
    above it; `together` are the topics that share articles with it, and how many.
    """

    row: Row
    page: str
    note: str
    described: str
    also_below: tuple[str, ...]
    aliases: tuple[str, ...]
    unprinted: tuple[str, ...]
    see_also: tuple[str, ...]
    children: tuple[Row, ...]
    years: tuple[tuple[str, int], ...]
    together: tuple[tuple[str, int], ...]
    newest: tuple[tuple[str, str | None, str, str], ...]


def articles(catalog: Catalog) -> Articles:
    """Return the articles of each topic, with those of all that stands below it, also by a further parent."""
    found: dict[Entry, frozenset[str]] = {}

    def below(entry: Entry) -> frozenset[str]:
        if entry not in found:
            topic = catalog.topics[entry]
            parts = (below(one) for one in (*topic.children, *topic.adopted))
            found[entry] = frozenset(topic.own).union(*parts)
        return found[entry]

    for entry in catalog.topics:
        below(entry)
    return found


def rows(catalog: Catalog, index: str | None = None, sort: Sort = "name", least: int = 0) -> tuple[Row, ...]:
    """Return the topics, or those of an index, with at least so many articles.

    They come in the order of an index, or the most first, or those with the latest articles first.
    """
    inside = articles(catalog)
    found = [
        _row(catalog, inside, entry)
        for one in catalog.indexes
        if index in (None, one.name)
        for entry in one.topics
        if len(inside[entry]) >= least
    ]
    if sort == "count":
        found.sort(key=lambda one: -one.articles)
    if sort == "date":
        found.sort(key=lambda one: one.last or "", reverse=True)
    return tuple(found)


def tree(catalog: Catalog, index: str, depth: int | None = None) -> Iterator[Row]:
    """Yield the topics of an index, each before its sub-topics, those that it adopted among these."""
    shape = _Shape(catalog, articles(catalog), depth)
    own = [entry for one in catalog.indexes if one.name == index for entry in one.topics if len(entry) == 2]
    adopted = [entry for entry, topic in catalog.topics.items() if (index,) in topic.parents]
    yield from _branch(shape, own, adopted, 0)


class _Shape(NamedTuple):
    catalog: Catalog
    inside: Articles
    depth: int | None


def _branch(shape: _Shape, own: Iterable[Entry], adopted: Iterable[Entry], at: int) -> Iterator[Row]:
    """Yield the topics of one place; what stands below an adopted one is told at its own place alone."""
    if shape.depth is not None and at >= shape.depth:
        return
    further = set(adopted)
    for entry in sorted({*own, *further}, key=lambda one: _sort_key(shape.catalog, one)):
        yield _row(shape.catalog, shape.inside, entry)._replace(depth=at, adopted=entry in further)
        if entry not in further:
            topic = shape.catalog.topics[entry]
            yield from _branch(shape, topic.children, topic.adopted, at + 1)


def _sort_key(catalog: Catalog, entry: Entry) -> tuple[object, Entry]:
    return names.topic_key([catalog.topics[entry].sort or entry[-1]]), entry


def _row(catalog: Catalog, inside: Articles, entry: Entry) -> Row:
    days = sorted(card.date[:10] for card in map(catalog.cards.__getitem__, inside[entry]) if card.date)
    first, last = (days[0], days[-1]) if days else (None, None)
    own = len(catalog.topics[entry].own)
    return Row(written(entry), entry, len(inside[entry]), own, first, last, len(entry) - 2)


def shown(catalog: Catalog, entry: Entry, note: str = "") -> Shown:
    """Return what is known of a topic; `note` is the text of its note."""
    inside = articles(catalog)
    topic, said = catalog.topics[entry], catalog.described.get(entry)
    sees = [one for one in catalog.sees if one.topic == entry]
    children = (_row(catalog, inside, one) for one in topic.children)
    adopted = (_row(catalog, inside, one)._replace(adopted=True) for one in topic.adopted)
    return Shown(
        row=_row(catalog, inside, entry),
        page=topic.path,
        note=note,
        described=f"{said.file}:{said.line}" if said else "",
        also_below=tuple(map(written, topic.parents)),
        aliases=_names(sees, lambda one: one.printed),
        unprinted=_names(sees, lambda one: not one.printed),
        see_also=tuple(map(written, topic.see_also)),
        children=(*children, *adopted),
        years=_years(catalog, inside[entry]),
        together=_together(catalog, inside, entry),
        newest=_newest(catalog, inside[entry]),
    )


def _names(sees: Iterable[See], wanted: Callable[[See], bool]) -> tuple[str, ...]:
    return tuple(written(one.entry) for one in sees if wanted(one))


def _years(catalog: Catalog, ids: Iterable[str]) -> tuple[tuple[str, int], ...]:
    found = Counter(str(year_of(card.date)) for card in map(catalog.cards.__getitem__, ids) if card.date)
    return tuple(sorted(found.items()))


def _together(catalog: Catalog, inside: Articles, entry: Entry) -> tuple[tuple[str, int], ...]:
    """Return the topics that a topic's articles are filed under, too, but for those above and below it."""
    found = Counter(
        other
        for one in inside[entry]
        for other in catalog.cards[one].entries
        if other[: len(entry)] != entry and entry[: len(other)] != other
    )
    most = sorted(found.items(), key=lambda one: (-one[1], names.topic_key(one[0])))
    return tuple((written(other), count) for other, count in most[:_FEW])


def _newest(catalog: Catalog, ids: frozenset[str]) -> tuple[tuple[str, str | None, str, str], ...]:
    """Return the id, the day, the title and the file of the newest articles."""
    cards = [catalog.cards[one] for one in catalog.order if one in ids][:_FEW]
    return tuple((card.id, card.date and card.date[:10], card.title, card.file) for card in cards)


# For people --------------------------------------------------------------------------------------


def row_lines(found: Iterable[Row]) -> Iterator[str]:
    """Yield a list as lines: all articles, those of the topic itself, the day of the last, the topic."""
    for one in found:
        yield f"{one.articles:>6} {one.own:>6}  {one.last or '':<10}  {one.topic}"


def tree_lines(found: Iterable[Row]) -> Iterator[str]:
    """Yield a tree as lines, set in by their depth; a further place of a topic names its own."""
    for one in found:
        name = one.entry[-1] if not one.adopted else f"{one.entry[-1]}  -> {one.topic}"
        yield f"{'  ' * (one.depth + 1)}{name}  ({one.articles})"


def shown_lines(found: Shown) -> Iterator[str]:
    """Yield what is known of a topic as lines, without what there is none of."""
    row = found.row
    yield row.topic
    yield from (f"  {line}" for line in found.note.splitlines())
    if found.described:
        yield f"described in  {found.described}"
    yield f"page          {found.page}"
    yield f"articles      {row.articles}, {row.own} of its own" + (
        f"; {row.first} to {row.last}" if row.first else ""
    )
    yield from _listed("also below", found.also_below)
    yield from _listed("aliases", found.aliases)
    yield from _listed("not printed", found.unprinted)
    yield from _listed("see also", found.see_also)
    yield from _listed("sub-topics", (_child(one) for one in found.children))
    yield from _listed("years", (", ".join(f"{year}: {count}" for year, count in found.years),))
    yield from _listed("together with", (f"{topic}  ({count})" for topic, count in found.together))
    yield from _listed("newest", (f"{day or '':<10}  {one}  {title}" for one, day, title, _ in found.newest))
    yield from _listed("in the files", (file for *_, file in found.newest))


def _child(one: Row) -> str:
    mark = f"  -> {one.topic}" if one.adopted else ""
    return f"{one.entry[-1]}  ({one.articles}){mark}"


def _listed(what: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield lines, the first of which says what they are."""
    for number, line in enumerate(filter(None, lines)):
        yield f"{what if not number else '':<14}{line}"


# For programs ------------------------------------------------------------------------------------


def row_object(one: Row) -> dict[str, Any]:
    """Return a row for JSON."""
    return one._asdict()


def shown_object(found: Shown) -> dict[str, Any]:
    """Return what is known of a topic for JSON."""
    newest = [dict(zip(("id", "date", "title", "file"), one, strict=True)) for one in found.newest]
    return (
        found.row._asdict()
        | {name: value for name, value in found._asdict().items() if name not in ("row", "newest")}
        | {
            "children": [row_object(one) for one in found.children],
            "years": dict(found.years),
            "together": [{"topic": topic, "count": count} for topic, count in found.together],
            "newest": newest,
        }
    )
