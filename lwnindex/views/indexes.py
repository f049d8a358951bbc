"""The pages one looks things up in: the A-Z index, cut by letter when it is long, and the topics' pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from lwnindex import names
from lwnindex.model import Entry, Index, Topic
from lwnindex.viewmodel import Crumb, IndexLetter, IndexTopic, IndexView, TopicLine, TopicView
from lwnindex.views.archive import (
    Archive,
    by_year,
    cut,
    feed_links,
    lines,
    pager,
    topic_line,
    year_bars,
)
from lwnindex.views.articles import entry_crumbs

TOGETHER = 12


def index_views(shelf: Archive, one: Index) -> Iterator[IndexView]:
    """Yield an index's A-Z page, and its letters' own pages where it is longer than `[index] split`."""
    letters = _letters(shelf, one)
    long = sum(1 + len(topic.lines) for letter in letters for topic in letter.topics)
    if long <= shelf.config.index.split:
        yield _index_view(shelf, one, letters)
        return
    folder = names.folder_of(one.page)
    apart = [
        _apart(letter, names.page_of(f"{folder}/letter/{_letter_folder(letter.letter)}"))
        for letter in letters
    ]
    yield _index_view(shelf, one, [_headings(letter) for letter in apart])
    for letter in apart:
        yield _letter_view(shelf, one, letter, apart)


def _apart(letter: IndexLetter, path: str) -> IndexLetter:
    return msgspec.structs.replace(letter, path=path)


def _letter_folder(letter: str) -> str:
    return "other" if letter == "#" else names.segment(letter)


def _headings(letter: IndexLetter) -> IndexLetter:
    """Return a letter with its headings and anchors alone; the articles stand on the letter's page."""
    bare = (msgspec.structs.replace(topic, lines=(), more=topic.own) for topic in letter.topics)
    return msgspec.structs.replace(letter, topics=tuple(bare))


def _index_view(shelf: Archive, one: Index, letters: list[IndexLetter]) -> IndexView:
    return IndexView(
        path=one.page,
        root=names.root_of(one.page),
        title=one.title,
        description=f"All topics of the {one.title}, from A to Z, with their articles.",
        feeds=feed_links(shelf, one.page, one.title),
        index=one.name,
        letters=tuple(letters),
        bar=tuple(Crumb(name=each.letter, path=f"{each.path or one.page}#{each.id}") for each in letters),
        topics=len(one.topics),
        articles=one.count,
    )


def _letter_view(
    shelf: Archive, one: Index, letter: IndexLetter, all_letters: list[IndexLetter]
) -> IndexView:
    return IndexView(
        path=letter.path,
        root=names.root_of(letter.path),
        title=f"{one.title}: {letter.letter}",
        crumbs=(Crumb(name=one.title, path=one.page),),
        feeds=feed_links(shelf, one.page, one.title),
        index=one.name,
        letters=(msgspec.structs.replace(letter, path=""),),
        letter=letter.letter,
        bar=tuple(Crumb(name=each.letter, path=f"{each.path}#{each.id}") for each in all_letters),
        topics=len(letter.topics),
        articles=_articles_under(shelf, one, letter.letter),
    )


def _articles_under(shelf: Archive, one: Index, letter: str) -> int:
    """Return how many different articles are filed under a letter's topics."""
    entries = (entry for entry in one.topics if names.letter_of(entry[1]) == letter)
    return len({each for entry in entries for each in shelf.catalog.topics[entry].own})


def _letters(shelf: Archive, one: Index) -> list[IndexLetter]:
    """Return the index's topics under the letters of their headings, sub-topics under their heading's."""
    found: dict[str, list[IndexTopic]] = {}
    for entry in one.topics:
        found.setdefault(names.letter_of(entry[1]), []).append(_index_topic(shelf, entry))
    return [
        IndexLetter(letter=letter, id=f"letter:{letter}", topics=tuple(topics))
        for letter, topics in sorted(found.items(), key=lambda each: _letter_key(each[0]))
    ]


def _letter_key(letter: str) -> tuple[int, str]:
    return ({"#": 0, "0-9": 1}.get(letter, 2), letter)


def _index_topic(shelf: Archive, entry: Entry) -> IndexTopic:
    topic = shelf.catalog.topics[entry]
    shown = topic.own[: shelf.config.index.per_topic]
    return IndexTopic(
        name=entry[-1],
        depth=len(entry) - 2,
        anchor=topic.anchor,
        path=topic.path,
        lines=lines(shelf, shown),
        more=len(topic.own) - len(shown),
        own=len(topic.own),
        count=topic.count,
    )


def topic_views(shelf: Archive, topic: Topic) -> Iterator[TopicView]:
    """Yield a topic's page and the further pages of its list, which no new article changes."""
    (_, newest), *older = cut(topic.own, shelf.config.pages.per_page)
    yield _first_page(shelf, topic, newest, len(older))
    for number, part in older:
        yield _further_page(shelf, topic, number, part, len(older))


def _first_page(shelf: Archive, topic: Topic, part: Sequence[str], last: int) -> TopicView:
    dates = [line.date for line in lines(shelf, topic.own) if line.date]
    entry, folder = topic.entry, names.folder_of(topic.path)
    crumbs = entry_crumbs(shelf, entry)
    return TopicView(
        path=topic.path,
        root=names.root_of(topic.path),
        title=" / ".join(entry[1:]),
        description=f"Articles filed under {' / '.join(entry)}.",
        crumbs=crumbs[:-1],
        feeds=feed_links(shelf, topic.path, " / ".join(entry)),
        entry=entry,
        anchor=f"{crumbs[0].path}#{topic.anchor}",
        own=len(topic.own),
        count=topic.count,
        first=dates[-1] if dates else None,
        last=dates[0] if dates else None,
        children=tuple(topic_line(shelf, child) for child in topic.children),
        years=by_year(shelf, part),
        activity=year_bars(shelf, shelf.subtrees[entry]),
        together=_together(shelf, topic),
        pager=pager(folder, 0, last),
    )


def _further_page(shelf: Archive, topic: Topic, number: int, part: Sequence[str], last: int) -> TopicView:
    folder = names.folder_of(topic.path)
    path = names.page_of(folder, number)
    dates = [line.date for line in lines(shelf, part) if line.date]
    crumbs = entry_crumbs(shelf, topic.entry)
    return TopicView(
        path=path,
        root=names.root_of(path),
        title=f"{' / '.join(topic.entry[1:])}, page {number}",
        crumbs=crumbs,
        feeds=feed_links(shelf, topic.path, " / ".join(topic.entry)),
        entry=topic.entry,
        anchor=f"{crumbs[0].path}#{topic.anchor}",
        own=len(part),
        count=len(part),
        first=dates[-1] if dates else None,
        last=dates[0] if dates else None,
        years=by_year(shelf, part),
        pager=pager(folder, number, last),
    )


def _together(shelf: Archive, topic: Topic) -> tuple[TopicLine, ...]:
    """Return the topics that this one's articles are filed under as well, the most shared first."""
    shared: Counter[Entry] = Counter()
    for one in topic.own:
        shared.update(entry for entry in set(shelf.catalog.cards[one].entries) if entry != topic.entry)
    most = sorted(shared.items(), key=lambda each: (-each[1], names.topic_key(each[0])))
    return tuple(topic_line(shelf, entry, shared=count) for entry, count in most[:TOGETHER])
