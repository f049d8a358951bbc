"""What all views are made from: the catalog, the parsed articles, each article and topic as lists show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from heapq import merge
from itertools import chain, groupby
from types import MappingProxyType
from typing import NamedTuple

from lwnindex.model import Article, Card, Catalog, Entry, Index, Parsed, PlainPage, See, Topic
from lwnindex.names import folded, folder_of, topic_key
from lwnindex.settings import Config
from lwnindex.viewmodel import AnyView
from lwnindex.viewparts import Bar, Crumb, FeedLink, Group, Line, Person, TopicLine
from lwnindex.views.plainpages import placed
from lwnindex.words import ENGLISH, Words

Page = tuple[str, Callable[[], AnyView]]
"""The path of a page, and what makes its view."""

Byline = tuple[str, ...]

FEED_NAMES = {"rss": "RSS", "atom": "Atom", "json": "JSON Feed"}


class Way(NamedTuple):
    """How one comes to a topic: the crumbs down to it, its anchor, and the ranks of its own articles."""

    topic: Topic
    crumbs: tuple[Crumb, ...]
    anchor: str
    ranks: tuple[int, ...]


class Archive(NamedTuple):
    """The archive: `articles` by their final ids, `ways` lead to each topic, in the order of names.

    `rank` is an article's place in the order of time, `number` a topic's among the ways;
    `filed` are the numbers of the topics that an article is filed under, in its own order.
    A translation has the `rank` of its article, which `primaries` give. `called` are the other names of each
    topic, `namesakes` the topics whose last levels are the same but for case, by that, where it is no number.
    """

    catalog: Catalog
    config: Config
    articles: Mapping[str, Article]
    pages: tuple[PlainPage, ...]
    lines: Mapping[str, Line]
    ways: tuple[Way, ...]
    number: Mapping[Entry, int]
    filed: Mapping[str, tuple[int, ...]]
    rank: Mapping[str, int]
    words: Words = ENGLISH
    primaries: Mapping[str, str] = MappingProxyType({})
    called: Mapping[Entry, tuple[See, ...]] = MappingProxyType({})
    namesakes: Mapping[str, tuple[Entry, ...]] = MappingProxyType({})


def archive(catalog: Catalog, parsed: Iterable[Parsed], config: Config, words: Words = ENGLISH) -> Archive:
    """Return the archive of a catalog; its positions count the articles of `parsed`, in order."""
    sources = tuple(parsed)
    articles = [article for one in sources for article in one.articles]
    rank = {one: place for place, one in enumerate(catalog.order)}
    primaries = {key: one for one, keys in catalog.translations.items() for key in keys}
    rank |= {key: rank[one] for key, one in primaries.items()}
    ways, number = _ways(catalog, rank), _numbered(catalog.topics)
    signed = {card.authors for card in catalog.cards.values()}
    bylines = {byline: _people(catalog, byline, config) for byline in signed}
    return Archive(
        catalog=catalog,
        config=config,
        articles={one: articles[place] for one, place in catalog.positions.items()},
        pages=placed(_shown((page for one in sources for page in one.pages), catalog), catalog),
        lines={one: _line(catalog, one, bylines, config.site.language) for one in catalog.paths},
        ways=tuple(ways[entry] for entry in number),
        number=number,
        filed={one: _numbers(card.entries, number) for one, card in catalog.cards.items()},
        rank=rank,
        words=words,
        primaries=primaries,
        called=_called(catalog.sees),
        namesakes=_namesakes(number),
    )


def _shown(pages: Iterable[PlainPage], catalog: Catalog) -> Iterator[PlainPage]:
    """Yield the plain pages that are published, drafts where the articles that are such are, too."""
    return (page for page in pages if catalog.drafts or not page.draft)


def _called(sees: Iterable[See]) -> dict[Entry, tuple[See, ...]]:
    found: dict[Entry, list[See]] = {}
    for one in sees:
        found.setdefault(one.topic, []).append(one)
    return {topic: tuple(names) for topic, names in found.items()}


def _namesakes(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(folded(entry[-1]), []).append(entry)
    return {name: tuple(those) for name, those in found.items() if len(those) > 1 and not name.isdecimal()}


def _line(catalog: Catalog, one: str, bylines: Mapping[Byline, tuple[Person, ...]], language: str) -> Line:
    card = catalog.cards[one]
    return Line(
        id=one,
        title=card.title,
        path=catalog.paths[one],
        date=card.date,
        authors=bylines[card.authors],
        teaser=card.teaser,
        lang=card.lang if card.lang and card.lang != language else "",
        draft=card.draft,
    )


def marked_title(shelf: Archive, card: Card) -> str:
    """Return a title as it stands where no template can mark a draft, which only a preview shows."""
    return f"[{shelf.words.say('Draft')}] {card.title}" if card.draft else card.title


def _people(catalog: Catalog, byline: Byline, config: Config) -> tuple[Person, ...]:
    """Return the authors of an article, with their pages where the site has such.

    Who signed nothing but translations has none.
    """
    known = catalog.authors if config.pages.authors else {}
    return tuple(Person(name=name, path=known[name].path if name in known else "") for name in byline)


def _numbered(topics: Iterable[Entry]) -> dict[Entry, int]:
    """Return the place of each topic among all by name; within an index they are in that order already."""
    in_order = sorted(topics, key=lambda entry: topic_key(entry[:1]))
    return {entry: place for place, entry in enumerate(in_order)}


def _numbers(entries: tuple[Entry, ...], number: Mapping[Entry, int]) -> tuple[int, ...]:
    found = tuple(map(number.__getitem__, entries))
    return found if len(found) < 2 or len(set(found)) == len(found) else tuple(dict.fromkeys(found))


def _ways(catalog: Catalog, rank: Mapping[str, int]) -> dict[Entry, Way]:
    """Return the way to each topic: its index, then level by level, itself included."""
    crumbs: dict[Entry, tuple[Crumb, ...]] = {}
    crumbs |= {(one.name,): (Crumb(name=one.name, path=one.page),) for one in catalog.indexes}
    found = {}
    for entry, topic in catalog.topics.items():
        crumbs[entry] = (*crumbs[entry[:-1]], Crumb(name=entry[-1], path=topic.path))
        ranks = tuple(map(rank.__getitem__, topic.own))
        found[entry] = Way(topic, crumbs[entry], f"{crumbs[entry][0].path}#{topic.anchor}", ranks)
    return found


def subtree(shelf: Archive, entry: Entry) -> Sequence[str]:
    """Return the articles of a topic, or of an index, with all that is filed below it, newest first."""
    below = _below(shelf, entry)
    if len(below) == 1:
        return below[0].topic.own
    order = shelf.catalog.order
    return [order[rank] for rank in sorted(set().union(*(way.ranks for way in below)))]


def newest_first(shelf: Archive, entry: Entry) -> Iterator[str]:
    """Yield the articles of a subtree one by one: the newest of a large one are found without the rest."""
    order, below = shelf.catalog.order, _below(shelf, entry)
    if len(below) == 1:
        yield from below[0].topic.own
        return
    for rank, _ in groupby(merge(*(way.ranks for way in below))):
        yield order[rank]


def _below(shelf: Archive, entry: Entry) -> list[Way]:
    """Return a topic and all topics below it, also those that it or one of them has adopted, each once.

    Of an index, these are all its topics, and those of which it is a further parent.
    """
    if len(entry) == 1:
        found = [way for way in shelf.ways if way.topic.entry[0] == entry[0] or entry in way.topic.parents]
    else:
        found = [shelf.ways[shelf.number[entry]]]
    seen = {way.topic.entry for way in found}
    for way in found:
        new = [each for each in (*way.topic.children, *way.topic.adopted) if each not in seen]
        seen.update(new)
        found.extend(shelf.ways[shelf.number[each]] for each in new)
    return found


def lines(shelf: Archive, ids: Iterable[str]) -> tuple[Line, ...]:
    """Return articles as lists show them."""
    return tuple(map(shelf.lines.__getitem__, ids))


def most_filed(shelf: Archive, ids: Iterable[str], size: int, besides: int = -1) -> tuple[TopicLine, ...]:
    """Return the `size` topics that most of these articles are filed under, besides one by its number."""
    tally = Counter(chain.from_iterable(map(shelf.filed.__getitem__, ids)))
    tally.pop(besides, None)
    most = sorted(sorted(tally), key=tally.__getitem__, reverse=True)[:size]
    return tuple(topic_line(shelf.ways[number].topic, shared=tally[number]) for number in most)


def topic_line(topic: Topic, shared: int = 0, years: tuple[int, ...] = ()) -> TopicLine:
    """Return a topic as lists show it, by the name of its last level."""
    return TopicLine(
        name=topic.entry[-1],
        entry=topic.entry,
        path=topic.path,
        own=len(topic.own),
        count=topic.count,
        shared=shared,
        years=years,
    )


def short_title(one: Index, words: Words) -> str:
    """Return an index's title as a navigation shows it: `Kernel` for `Kernel index`."""
    if one.title == words.say("{name} index", name=one.name):
        return one.name
    return one.title.removesuffix(" index")


def feed_links(shelf: Archive, page: str, title: str) -> tuple[FeedLink, ...]:
    """Return the feeds that stand beside a page."""
    folder = folder_of(page)
    base = f"{folder}/" if folder else ""
    return tuple(
        FeedLink(format=kind, title=f"{title} ({FEED_NAMES[kind]})", path=f"{base}feed.{kind}")
        for kind in shelf.config.feeds_out.formats
    )


def year_path(shelf: Archive, year: int | str) -> str:
    """Return the page of a year, or nothing where the site has no archive pages."""
    return f"Archives/{year}/index.html" if shelf.config.pages.archives else ""


def month_path(shelf: Archive, month: str) -> str:
    """Return the page of a month such as `2009-12`, or nothing where the site has no archive pages."""
    return f"Archives/{month[:4]}/{month[5:7]}/index.html" if shelf.config.pages.archives else ""


def dated(shelf: Archive, ids: Iterable[str]) -> list[tuple[str, str]]:
    """Return (date, id) of those articles that have a date, in their order."""
    held = shelf.lines
    return [(date, one) for one in ids if (date := held[one].date)]


def first_and_last(shelf: Archive, ids: Sequence[str]) -> tuple[str | None, str | None]:
    """Return the oldest and the newest date among articles that are in the archive's order."""
    newest = next((date for one in ids if (date := shelf.lines[one].date)), None)
    oldest = next((date for one in reversed(ids) if (date := shelf.lines[one].date)), None)
    return oldest, newest


def by_year(shelf: Archive, ids: Iterable[str]) -> tuple[Group, ...]:
    """Return articles grouped by year in their order, the undated under a heading of their own."""
    return tuple(
        Group(
            name=year or shelf.words.say("Undated"),
            id=f"year:{year or 'undated'}",
            lines=found,
            path=year_path(shelf, year) if year else "",
        )
        for year, found in _grouped(shelf, ids, 4)
    )


def by_month(shelf: Archive, ids: Iterable[str]) -> tuple[Group, ...]:
    """Return dated articles grouped by month, in their order."""
    return tuple(
        Group(
            name=shelf.words.monthyear(month), id=f"month:{month}", lines=found, path=month_path(shelf, month)
        )
        for month, found in _grouped(shelf, ids, 7)
    )


def by_day(shelf: Archive, ids: Iterable[str]) -> tuple[Group, ...]:
    """Return dated articles grouped by day, in their order."""
    return tuple(
        Group(name=shelf.words.monthday(day), id=f"day:{day}", lines=found)
        for day, found in _grouped(shelf, ids, 10)
    )


def _grouped(shelf: Archive, ids: Iterable[str], length: int) -> list[tuple[str, tuple[Line, ...]]]:
    found: dict[str, list[Line]] = {}
    for one in ids:
        line = shelf.lines[one]
        found.setdefault((line.date or "")[:length], []).append(line)
    return [(key, tuple(group)) for key, group in found.items()]


def year_bars(shelf: Archive, ids: Iterable[str]) -> tuple[Bar, ...]:
    """Return the number of articles in each year from the first to the last, oldest first."""
    dates = [shelf.lines[one].date for one in ids]
    counts = {int(year): count for year, count in Counter(date[:4] for date in dates if date).items()}
    if not counts:
        return ()
    span = range(min(counts), max(counts) + 1)
    paged = shelf.config.pages.archives
    return tuple(_bar(year, counts.get(year, 0), paged) for year in span)


@lru_cache(maxsize=4096)
def _bar(year: int, count: int, paged: bool) -> Bar:
    return Bar(name=str(year), count=count, path=f"Archives/{year:04}/index.html" if count and paged else "")
