"""An index as a tree: every topic below the one it belongs to, and once more below its further parents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from lwnindex import names
from lwnindex.indexviews import TreeView
from lwnindex.model import Entry, Index, Topic
from lwnindex.topics import others
from lwnindex.viewparts import Crumb, TreeLine
from lwnindex.views.archive import Archive, Page, feed_links


def tree_pages(shelf: Archive, one: Index) -> Iterator[Page]:
    """Yield the page on which an index is a tree, where the site has such pages."""
    path = dict(others(one, shelf.config)).get("tree")
    if path:
        yield path, partial(_tree_view, shelf, one, path)


def orders(shelf: Archive, one: Index, path: str) -> tuple[Crumb, ...]:
    """Return the other pages on which the topics of an index stand in another order than at `path`."""
    called = {
        "": shelf.words.say("From A to Z"),
        "tree": shelf.words.say("As a tree"),
        "words": shelf.words.say("By words"),
        "year": shelf.words.say("By years"),
    }
    known = (("", one.page), *others(one, shelf.config))
    return tuple(Crumb(name=called[kind], path=place) for kind, place in known if place != path)


def _tree_view(shelf: Archive, one: Index, path: str) -> TreeView:
    return TreeView(
        path=path,
        root=names.root_of(path),
        title=shelf.words.say("{title} as a tree", title=one.title),
        description=shelf.words.say(
            "All topics of the {title} as a tree, with the numbers of their articles.", title=one.title
        ),
        crumbs=(Crumb(name=one.title, path=one.page),),
        feeds=feed_links(shelf, one.page, one.title),
        index=one.name,
        lines=tuple(tree_lines(shelf.catalog.topics, one)),
        others=orders(shelf, one, path),
        topics=len(one.topics),
        articles=one.count,
    )


def tree_lines(topics: Mapping[Entry, Topic], one: Index) -> Iterator[TreeLine]:
    """Yield the topics of an index, each before those below it; at a further place it stands alone."""
    root = (one.name,)
    own = [entry for entry in one.topics if len(entry) == 2]
    adopted = [entry for entry, topic in topics.items() if root in topic.parents]
    stack = [(each, 0) for each in _below(topics, own, adopted)]
    above: list[Entry] = [root]
    while stack:
        entry, depth = stack.pop()
        topic, again = topics[entry], entry[:-1] != above[depth]
        yield _line(topic, one, depth, again)
        if not again:
            above[depth + 1 :] = [entry]
            stack.extend((each, depth + 1) for each in _below(topics, topic.children, topic.adopted))


def _below(topics: Mapping[Entry, Topic], own: Sequence[Entry], adopted: Sequence[Entry]) -> Iterator[Entry]:
    """Return what stands in one place of the tree, the last first; its own topics are in order already."""
    found = sorted({*own, *adopted}, key=lambda each: _key(topics[each])) if adopted else own
    return reversed(found)


def _key(topic: Topic) -> tuple[object, ...]:
    return names.topic_key((topic.sort or topic.entry[-1],)), topic.entry


def _line(topic: Topic, one: Index, depth: int, again: bool) -> TreeLine:
    """Return a topic by its last level; one of another index by its whole name."""
    entry = topic.entry
    return TreeLine(
        name=entry[-1] if entry[0] == one.name else " / ".join(entry),
        depth=depth,
        path=topic.path,
        own=len(topic.own),
        count=topic.count,
        again=again,
    )
