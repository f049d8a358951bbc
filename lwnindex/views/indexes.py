"""The pages one looks things up in: the A-Z index, cut by letter when it is long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from lwnindex import names
from lwnindex.model import Entry, Index
from lwnindex.viewmodel import IndexView
from lwnindex.viewparts import Crumb, IndexLetter, IndexTopic
from lwnindex.views.archive import Archive, Page, feed_links, lines

Letters = Mapping[str, Sequence[Entry]]
"""The topics of an index by the letters of their headings, in order."""


def index_pages(shelf: Archive, one: Index) -> Iterator[Page]:
    """Yield an index's A-Z page, and its letters' own pages where it is longer than `[index] split`."""
    letters = _letters(one)
    shown = shelf.config.index.per_topic
    long = sum(1 + min(len(shelf.catalog.topics[entry].own), shown) for entry in one.topics)
    if long <= shelf.config.index.split:
        yield one.page, partial(_whole, shelf, one, letters)
        return
    yield one.page, partial(_headings, shelf, one, letters)
    for letter in letters:
        yield _letter_path(one, letter), partial(_letter_view, shelf, one, letter, letters)


def _letters(one: Index) -> dict[str, list[Entry]]:
    """Return the index's topics under the letters of their headings, sub-topics under their heading's."""
    found: dict[str, list[Entry]] = {}
    for entry in one.topics:
        found.setdefault(names.letter_of(entry[1]), []).append(entry)
    return dict(sorted(found.items(), key=lambda each: _letter_key(each[0])))


def _letter_key(letter: str) -> tuple[int, str]:
    return ({"#": 0, "0-9": 1}.get(letter, 2), letter)


def _letter_path(one: Index, letter: str) -> str:
    folder = "other" if letter == "#" else names.segment(letter)
    return names.page_of(f"{names.folder_of(one.page)}/letter/{folder}")


def _whole(shelf: Archive, one: Index, letters: Letters) -> IndexView:
    """Return an index with all its articles on one page."""
    shown = shelf.config.index.per_topic
    found = [_letter(shelf, letter, entries, shown) for letter, entries in letters.items()]
    return _index_view(shelf, one, found)


def _headings(shelf: Archive, one: Index, letters: Letters) -> IndexView:
    """Return an index with its headings and anchors alone; the articles stand on the letters' pages."""
    found = [
        _letter(shelf, letter, entries, 0, _letter_path(one, letter)) for letter, entries in letters.items()
    ]
    return _index_view(shelf, one, found)


def _letter(shelf: Archive, letter: str, entries: Sequence[Entry], shown: int, path: str = "") -> IndexLetter:
    topics = tuple(_index_topic(shelf, entry, shown) for entry in entries)
    return IndexLetter(letter=letter, id=_letter_id(letter), topics=topics, path=path)


def _letter_id(letter: str) -> str:
    return f"letter:{letter}"


def _index_view(shelf: Archive, one: Index, letters: list[IndexLetter]) -> IndexView:
    return IndexView(
        path=one.page,
        root=names.root_of(one.page),
        title=one.title,
        description=shelf.words.say(
            "All topics of the {title}, from A to Z, with their articles.", title=one.title
        ),
        feeds=feed_links(shelf, one.page, one.title),
        index=one.name,
        letters=tuple(letters),
        bar=tuple(Crumb(name=each.letter, path=f"{each.path or one.page}#{each.id}") for each in letters),
        topics=len(one.topics),
        articles=one.count,
    )


def _letter_view(shelf: Archive, one: Index, letter: str, letters: Letters) -> IndexView:
    path, entries = _letter_path(one, letter), letters[letter]
    return IndexView(
        path=path,
        root=names.root_of(path),
        title=f"{one.title}: {letter}",
        crumbs=(Crumb(name=one.title, path=one.page),),
        feeds=feed_links(shelf, one.page, one.title),
        index=one.name,
        letters=(_letter(shelf, letter, entries, shelf.config.index.per_topic),),
        letter=letter,
        bar=tuple(Crumb(name=each, path=f"{_letter_path(one, each)}#{_letter_id(each)}") for each in letters),
        topics=len(entries),
        articles=len({each for entry in entries for each in shelf.catalog.topics[entry].own}),
    )


def _index_topic(shelf: Archive, entry: Entry, most: int) -> IndexTopic:
    topic = shelf.catalog.topics[entry]
    shown = topic.own[:most]
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
