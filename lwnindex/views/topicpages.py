"""The pages of topics: what each is, where it stands, what was filed there and when, what is beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice

from msgspec.structs import replace

from lwnindex import names
from lwnindex.indexviews import TopicView
from lwnindex.model import Described, Entry, Problem, Topic
from lwnindex.viewparts import Crumb, Line, TopicLine
from lwnindex.views.archive import (
    Archive,
    Page,
    by_year,
    feed_links,
    first_and_last,
    most_filed,
    subtree,
    topic_line,
    year_bars,
)
from lwnindex.views.bodylinks import links
from lwnindex.views.paging import further, numbered, pager, part_of
from lwnindex.views.resolve import Place
from lwnindex.views.targets import Targets, source_of

TOGETHER = 12

PLACES = 12
"""The most of its further places, and of topics that are called the same, that a page names."""


def topic_pages(shelf: Archive, topic: Topic) -> Iterator[Page]:
    """Yield a topic's page and the further pages of its list, which no new article changes."""
    last = further(topic.own, shelf.config.pages.per_page)
    yield topic.path, partial(_first_page, shelf, topic, last)
    for number in range(last, 0, -1):
        path = names.page_of(names.folder_of(topic.path), number)
        yield path, partial(_further_page, shelf, topic, number, last)


def _first_page(shelf: Archive, topic: Topic, last: int) -> TopicView:
    part = part_of(topic.own, shelf.config.pages.per_page, 0)
    first, latest = first_and_last(shelf, topic.own)
    entry, folder = topic.entry, names.folder_of(topic.path)
    number = shelf.number[entry]
    _, crumbs, anchor, _ = shelf.ways[number]
    below = subtree(shelf, entry)
    oldest, newest = _ends(shelf, below)
    return TopicView(
        path=topic.path,
        root=names.root_of(topic.path),
        title=" / ".join(entry[1:]),
        description=_description(shelf, entry),
        crumbs=crumbs[:-1],
        feeds=feed_links(shelf, topic.path, " / ".join(entry)),
        entry=entry,
        anchor=anchor,
        own=len(topic.own),
        count=topic.count,
        first=first,
        last=latest,
        aliases=tuple(one.entry for one in shelf.called.get(entry, ()) if one.printed),
        oldest=oldest,
        newest=newest,
        see_also=tuple(topic_line(shelf.catalog.topics[each]) for each in topic.see_also),
        places=_places(shelf, entry),
        named=_named(shelf, topic),
        children=_children(shelf, topic),
        years=by_year(shelf, part),
        activity=year_bars(shelf, below),
        together=most_filed(shelf, topic.own, TOGETHER, number),
        pager=pager(folder, 0, last),
    )


def _description(shelf: Archive, entry: Entry) -> str:
    """Return what is noted of a topic, shortly, or else what its page shows."""
    one = shelf.catalog.described.get(entry)
    said = one.note.teaser if one else ""
    return said or shelf.words.say("Articles filed under {topic}.", topic=" / ".join(entry))


def _ends(shelf: Archive, ids: Sequence[str]) -> tuple[Line | None, Line | None]:
    """Return the oldest and the newest of dated articles, given in the archive's order, if they are two."""
    newest = next((one for one in ids if shelf.lines[one].date), None)
    oldest = next((one for one in reversed(ids) if shelf.lines[one].date), None)
    if newest is None or oldest is None or newest == oldest:
        return None, None
    return shelf.lines[oldest], shelf.lines[newest]


def _children(shelf: Archive, topic: Topic) -> tuple[TopicLine, ...]:
    """Return the topics that stand below one, with those that it has adopted, in the order of an index."""
    found = [shelf.catalog.topics[each] for each in (*topic.children, *topic.adopted)]
    if topic.adopted:
        found.sort(key=lambda one: names.topic_key((one.sort or one.entry[-1], *one.entry)))
    return tuple(map(topic_line, found))


def _places(shelf: Archive, entry: Entry) -> tuple[tuple[Crumb, ...], ...]:
    """Return the ways down to a topic but for that of its address, by its further parents or others'."""
    if not any(shelf.catalog.topics[entry[:depth]].parents for depth in range(2, len(entry) + 1)):
        return ()
    return tuple(way[:-1] for way in islice(_ways_down(shelf, entry, ()), 1, PLACES + 1))


def _ways_down(shelf: Archive, entry: Entry, passed: tuple[Entry, ...]) -> Iterator[tuple[Crumb, ...]]:
    """Yield the ways down to a topic or to an index, that of its address first; none goes in a circle."""
    if len(entry) == 1:
        yield from (
            (Crumb(name=one.name, path=one.page),) for one in shelf.catalog.indexes if (one.name,) == entry
        )
        return
    topic = shelf.catalog.topics[entry]
    for parent in dict.fromkeys((entry[:-1], *topic.parents)):
        if parent not in passed:
            for way in _ways_down(shelf, parent, (*passed, entry)):
                yield *way, Crumb(name=entry[-1], path=topic.path)


def _named(shelf: Archive, topic: Topic) -> tuple[TopicLine, ...]:
    """Return the topics elsewhere that are called the same and are not named by the page already."""
    named = {topic.entry, *topic.children, *topic.adopted, *topic.see_also}
    others = (each for each in shelf.namesakes.get(names.folded(topic.entry[-1]), ()) if each not in named)
    return tuple(topic_line(shelf.catalog.topics[each]) for each in islice(others, PLACES))


def with_note(view: TopicView, one: Described, known: Targets) -> tuple[TopicView, list[Problem]]:
    """Return a topic's page with what is noted of it, and the dead links in that."""
    place = Place(file=one.file, source=source_of(one.file), page=view.path, original="")
    resolved, dead = links(one.note, place, known)
    return replace(view, body=one.note.digest, links=resolved), dead


def _further_page(shelf: Archive, topic: Topic, number: int, last: int) -> TopicView:
    part = part_of(topic.own, shelf.config.pages.per_page, number)
    folder = names.folder_of(topic.path)
    path = names.page_of(folder, number)
    first, latest = first_and_last(shelf, part)
    _, crumbs, anchor, _ = shelf.ways[shelf.number[topic.entry]]
    return TopicView(
        path=path,
        root=names.root_of(path),
        title=numbered(shelf, " / ".join(topic.entry[1:]), number),
        crumbs=crumbs,
        feeds=feed_links(shelf, topic.path, " / ".join(topic.entry)),
        entry=topic.entry,
        anchor=anchor,
        own=len(part),
        count=len(part),
        first=first,
        last=latest,
        years=by_year(shelf, part),
        pager=pager(folder, number, last),
    )
