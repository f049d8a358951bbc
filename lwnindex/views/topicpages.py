"""The pages of topics: where each stands, what was filed there and when, and what is filed beside it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from lwnindex import names
from lwnindex.model import Topic
from lwnindex.viewmodel import TopicView
from lwnindex.views.archive import (
    Archive,
    Page,
    by_year,
    feed_links,
    first_and_last,
    further,
    most_filed,
    numbered,
    pager,
    part_of,
    subtree,
    topic_line,
    year_bars,
)

TOGETHER = 12


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
    return TopicView(
        path=topic.path,
        root=names.root_of(topic.path),
        title=" / ".join(entry[1:]),
        description=shelf.words.say("Articles filed under {topic}.", topic=" / ".join(entry)),
        crumbs=crumbs[:-1],
        feeds=feed_links(shelf, topic.path, " / ".join(entry)),
        entry=entry,
        anchor=anchor,
        own=len(topic.own),
        count=topic.count,
        first=first,
        last=latest,
        children=tuple(topic_line(shelf.catalog.topics[child]) for child in topic.children),
        years=by_year(shelf, part),
        activity=year_bars(shelf, subtree(shelf, entry)),
        together=most_filed(shelf, topic.own, TOGETHER, number),
        pager=pager(folder, 0, last),
    )


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
