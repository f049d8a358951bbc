"""The pages one looks things up in: the A-Z index, cut by letter when it is long."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import msgspec

from lwnindex import names
from lwnindex.indexviews import IndexView
from lwnindex.model import Entry, Index, See
from lwnindex.viewmodel import RedirectView
from lwnindex.viewparts import Crumb, IndexLetter, IndexTopic
from lwnindex.views.archive import Archive, Page, feed_links, lines
from lwnindex.views.headings import Heading, further_anchors, headings
from lwnindex.views.heat import heat
from lwnindex.views.trees import orders


class AtoZ(NamedTuple):
    """An index in order: its headings by letters, the further anchors of topics, and whether it is cut."""

    shelf: Archive
    one: Index
    letters: Mapping[str, Sequence[Heading]]
    anchors: Mapping[Entry, tuple[str, ...]]
    cut: bool = False


def index_pages(shelf: Archive, one: Index) -> Iterator[Page]:
    """Yield an index's A-Z page, and its letters' own pages where it is longer than `[index] split`."""
    letters = headings(shelf.catalog, one)
    whole = AtoZ(shelf, one, letters, further_anchors(shelf.catalog, one))
    if _length(whole) <= shelf.config.index.split:
        yield one.page, partial(_whole, whole)
        return
    cut = whole._replace(cut=True)
    yield one.page, partial(_whole, cut)
    for letter in letters:
        if _is_seen(letters[letter]):
            yield _letter_path(one, letter), partial(_letter_view, cut, letter)


def gone_pages(shelf: Archive) -> Iterator[RedirectView]:
    """Yield what stands for the A-Z pages of indexes that only names that are not printed are left of."""
    pages = {one.name: one for one in shelf.catalog.indexes}
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for see in shelf.catalog.sees:
        if see.entry[0] not in pages:
            seen[see.entry[0], _base(see)][see.topic[0]] += 1
    for (name, base), leads in seen.items():
        own = shelf.config.indexes.get(name)
        is_below = own and own.path and not own.path.rstrip("/").endswith("/Index")
        path = names.page_of(base if is_below else f"{base}/Index")
        one = pages[max(leads, key=lambda each: (leads[each], each))]
        yield RedirectView(path=path, root=names.root_of(path), title=one.title, target=one.page)


def _base(see: See) -> str:
    """Return the folder in which the names of an index stand."""
    folder = names.folder_of(see.path)
    for _ in see.entry[1:]:
        folder = names.folder_of(folder)
    return folder


def _length(at: AtoZ) -> int:
    """Return how many lines an index has on one page."""
    shown = at.shelf.config.index.per_topic
    own = sum(min(len(at.shelf.catalog.topics[entry].own), shown) for entry in at.one.topics)
    return own + sum(map(len, at.letters.values()))


def _is_seen(found: Sequence[Heading]) -> bool:
    """Tell whether there is anything among headings that is not shown only to who comes for its anchor."""
    return not all(heading.hidden for heading in found)


def _letter_path(one: Index, letter: str) -> str:
    folder = "other" if letter == "#" else names.segment(letter)
    return names.page_of(f"{names.folder_of(one.page)}/letter/{folder}")


def _letter_id(letter: str) -> str:
    return f"letter:{letter}"


def _bar(at: AtoZ) -> tuple[Crumb, ...]:
    """Return the letters, each with the way to it."""
    seen = [letter for letter, found in at.letters.items() if _is_seen(found)]
    paths = [_letter_path(at.one, letter) if at.cut else at.one.page for letter in seen]
    return tuple(
        Crumb(name=letter, path=f"{path}#{_letter_id(letter)}")
        for letter, path in zip(seen, paths, strict=True)
    )


def _whole(at: AtoZ) -> IndexView:
    """Return an index with all its articles on one page; of one that is cut, the headings and anchors alone.

    The articles of that one stand on the letters' pages.
    """
    shelf, one = at.shelf, at.one
    shown = 0 if at.cut else shelf.config.index.per_topic
    return IndexView(
        path=one.page,
        root=names.root_of(one.page),
        title=one.title,
        description=shelf.words.say(
            "All topics of the {title}, from A to Z, with their articles.", title=one.title
        ),
        feeds=feed_links(shelf, one.page, one.title),
        index=one.name,
        letters=tuple(_letter(at, letter, shown) for letter in at.letters),
        bar=_bar(at),
        others=orders(shelf, one, one.page),
        heat=heat(shelf, one),
        topics=len(one.topics),
        articles=one.count,
    )


def _letter_view(at: AtoZ, letter: str) -> IndexView:
    shelf, one, path = at.shelf, at.one, _letter_path(at.one, letter)
    entries = [heading.entry for heading in at.letters[letter] if not heading.refers]
    alone = _letter(at, letter, shelf.config.index.per_topic)
    return IndexView(
        path=path,
        root=names.root_of(path),
        title=f"{one.title}: {letter}",
        crumbs=(Crumb(name=one.title, path=one.page),),
        feeds=feed_links(shelf, one.page, one.title),
        index=one.name,
        letters=(msgspec.structs.replace(alone, path=""),),
        letter=letter,
        bar=_bar(at),
        others=orders(shelf, one, one.page),
        topics=len(entries),
        articles=len({each for entry in entries for each in shelf.catalog.topics[entry].own}),
    )


def _letter(at: AtoZ, letter: str, shown: int) -> IndexLetter:
    found = at.letters[letter]
    return IndexLetter(
        letter=letter,
        id=_letter_id(letter),
        topics=tuple(
            _reference(at, each) if each.refers else _index_topic(at, each, shown) for each in found
        ),
        path=_letter_path(at.one, letter) if at.cut and _is_seen(found) else "",
    )


def _index_topic(at: AtoZ, heading: Heading, most: int) -> IndexTopic:
    topic = at.shelf.catalog.topics[heading.entry]
    described = at.shelf.catalog.described.get(heading.entry)
    shown = topic.own[:most]
    return IndexTopic(
        name=heading.name,
        depth=heading.depth,
        anchor=heading.anchor,
        path=topic.path,
        lines=lines(at.shelf, shown),
        more=len(topic.own) - len(shown),
        own=len(topic.own),
        count=topic.count,
        anchors=at.anchors.get(heading.entry, ()),
        note=described.note.teaser if described else "",
        see_also=tuple(_place(at, each) for each in topic.see_also),
    )


def _reference(at: AtoZ, heading: Heading) -> IndexTopic:
    topic = at.shelf.catalog.topics[heading.entry]
    return IndexTopic(
        name=heading.name,
        depth=heading.depth,
        anchor=heading.anchor,
        path=topic.path,
        lines=(),
        more=0,
        own=0,
        count=topic.count,
        see=(_place(at, heading.entry),),
        hidden=heading.hidden,
    )


def _place(at: AtoZ, entry: Entry) -> Crumb:
    """Return a topic by its whole name, with its place in its index; of this one, where its articles are."""
    topic = at.shelf.catalog.topics[entry]
    if entry[0] != at.one.name:
        return Crumb(name=" / ".join(entry), path=at.shelf.ways[at.shelf.number[entry]].anchor)
    page = at.one.page
    if at.cut:
        top = at.shelf.catalog.topics[entry[:2]]
        page = _letter_path(at.one, names.letter_of(top.sort or entry[1]))
    return Crumb(name=" / ".join(entry[1:]), path=f"{page}#{topic.anchor}")
