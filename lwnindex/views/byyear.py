"""An index by years: what is called after one stands there by the rest of its name, all else by its articles.

LWN prints its conferences so, a second time; the anchors are those that lwn.net has, `2018-linux.conf.au`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from lwnindex import names
from lwnindex.indexviews import YearsView
from lwnindex.model import Entry, Index
from lwnindex.topics import others
from lwnindex.viewparts import Crumb, IndexTopic, IndexYear
from lwnindex.views.archive import Archive, Page, feed_links, lines
from lwnindex.views.trees import orders

_is_year = re.compile("[0-9]{4}").fullmatch

Place = tuple[str, Entry]
"""A year, empty for none, and a name's levels without it."""


class Filed(NamedTuple):
    """A place by years: the page of its topic, its articles, how many there are with those of sub-topics."""

    path: str
    articles: tuple[str, ...]
    total: int


def year_pages(shelf: Archive, one: Index) -> Iterator[Page]:
    """Yield the page on which an index stands by years, if it has one."""
    path = dict(others(one, shelf.config)).get("year")
    if path:
        yield path, partial(_years_view, shelf, one, path)


def year_anchors(shelf: Archive) -> dict[str, Collection[str]]:
    """Return the anchors of the pages by years, by their paths."""
    found: dict[str, Collection[str]] = {}
    for one in shelf.catalog.indexes:
        path = dict(others(one, shelf.config)).get("year")
        if path:
            found[path] = frozenset(_anchors(_filed(shelf, one)).values())
    return found


def _filed(shelf: Archive, one: Index) -> dict[Place, Filed]:
    """Return what stands in each year, the newest first, then by name; what has no year comes last."""
    found: dict[Place, Filed] = {}
    for entry in one.topics:
        for place, filed in _places(shelf, entry):
            found[place] = _together(shelf, found[place], filed) if place in found else filed
    by_name = sorted(found, key=lambda place: names.topic_key(place[1]))
    return {place: found[place] for place in sorted(by_name, key=lambda place: place[0], reverse=True)}


def _places(shelf: Archive, entry: Entry) -> Iterator[tuple[Place, Filed]]:
    """Yield where a topic stands: in the year it is called after, else in those of its articles."""
    topic, levels = shelf.catalog.topics[entry], entry[1:]
    named = next((at for at in reversed(range(len(levels))) if _is_year(levels[at])), None)
    if named is not None:
        name = levels[:named] + levels[named + 1 :]
        if name or topic.own:
            yield (levels[named], name or levels), Filed(topic.path, topic.own, topic.count)
        return
    by_year: dict[str, list[str]] = {}
    for each in topic.own:
        by_year.setdefault((shelf.lines[each].date or "")[:4], []).append(each)
    for year, found in by_year.items():
        yield (year, levels), Filed(topic.path, tuple(found), len(found))


def _together(shelf: Archive, first: Filed, second: Filed) -> Filed:
    """Return two places of one name as one: at the page of the deeper topic, which comes second."""
    articles = tuple(sorted({*first.articles, *second.articles}, key=shelf.rank.__getitem__))
    return Filed(second.path, articles, max(len(articles), first.total, second.total))


def _anchors(places: Iterable[Place]) -> dict[Place, str]:
    """Return the anchor of each place, told apart where the lossy rule makes two alike."""
    found: dict[Place, str] = {}
    seen: set[str] = set()
    for year, name in places:
        plain = names.anchor([year, *(each for each in name if each != year)] if year else name)
        own = plain if plain and plain not in seen else plain + names.mark("\0".join((year, *name)))
        seen.add(own)
        found[year, name] = own
    return found


def _years_view(shelf: Archive, one: Index, path: str) -> YearsView:
    filed = _filed(shelf, one)
    years = tuple(_years(shelf, filed))
    return YearsView(
        path=path,
        root=names.root_of(path),
        title=shelf.words.say("{title} by years", title=one.title),
        description=shelf.words.say("The {title} by years, the newest first.", title=one.title),
        crumbs=(Crumb(name=one.title, path=one.page),),
        feeds=feed_links(shelf, one.page, one.title),
        index=one.name,
        years=years,
        bar=tuple(Crumb(name=year.name, path=f"{path}#{year.id}") for year in years),
        others=orders(shelf, one, path),
        topics=len(one.topics),
        articles=one.count,
    )


def _years(shelf: Archive, filed: dict[Place, Filed]) -> Iterator[IndexYear]:
    """Yield the years; where they are longer than `[index] split`, without the articles."""
    most = shelf.config.index.per_topic
    long = sum(1 + min(len(one.articles), most) for one in filed.values())
    most = most if long <= shelf.config.index.split else 0
    anchors = _anchors(filed)
    topics: dict[str, list[IndexTopic]] = {}
    for place, one in filed.items():
        topics.setdefault(place[0], []).append(_topic(shelf, place[1], one, anchors[place], most))
    for year, found in topics.items():
        name, own = year or shelf.words.say("Undated"), f"year:{year or 'undated'}"
        yield IndexYear(name=name, id=own, topics=tuple(found))


def _topic(shelf: Archive, name: Entry, one: Filed, anchor: str, most: int) -> IndexTopic:
    shown = one.articles[:most]
    return IndexTopic(
        name=" / ".join(name),
        depth=0,
        anchor=anchor,
        path=one.path,
        lines=lines(shelf, shown),
        more=len(one.articles) - len(shown),
        own=len(one.articles),
        count=one.total,
    )
