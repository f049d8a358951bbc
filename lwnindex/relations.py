"""What topics say of each other: further places in the tree, and what is related to what.

The thesaurus and all topics that there are come in; parents and related topics that exist go out, with no
circle among parents, and with nothing related that stands above or below. What cannot be so is a Problem.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from lwnindex.model import Described, Entry, Mention, Problem
from lwnindex.problems import problem
from lwnindex.thesaurus import Known, Thesaurus, written

Related = Mapping[Entry, tuple[Entry, ...]]


class Relations(NamedTuple):
    """The further parents of topics, what each topic or index has adopted, and the topics related to each."""

    parents: Related = MappingProxyType({})
    adopted: Related = MappingProxyType({})
    see_also: Related = MappingProxyType({})


def relations(
    book: Thesaurus, entries: Collection[Entry], indexes: Collection[str]
) -> tuple[Relations, tuple[Problem, ...]]:
    """Return how the topics of a thesaurus stand to others; what is unknown or goes in circles is left out.

    `entries` are all topics, those above others among them, `indexes` the names of all that there may be.
    """
    tree = _Tree(book, entries, indexes)
    mentions = [(one, each) for one in _in_order(book) for each in one.parents]
    for one, each in mentions:
        tree.adopt(one, each)
    for one in _in_order(book):
        for each in one.see_also:
            tree.relate(one, each)
    found = Relations(*map(_frozen, (tree.parents, tree.adopted, tree.related)))
    return found, tuple(tree.problems)


def _in_order(book: Thesaurus) -> list[Described]:
    return sorted(book.described.values(), key=lambda one: (one.file, one.line, one.entry))


def _frozen(found: Mapping[Entry, Mapping[Entry, None]]) -> Related:
    return {entry: tuple(others) for entry, others in found.items()}


class _Tree:
    """The topics while their relations are taken in one by one, so that none closes a circle."""

    def __init__(self, book: Thesaurus, entries: Collection[Entry], indexes: Collection[str]) -> None:
        self.parents: dict[Entry, dict[Entry, None]] = defaultdict(dict)
        self.adopted: dict[Entry, dict[Entry, None]] = defaultdict(dict)
        self.related: dict[Entry, dict[Entry, None]] = defaultdict(dict)
        self.problems: list[Problem] = []
        self._book = book
        self._said: dict[tuple[Entry, Entry], tuple[Described, Mention]] = {}
        self._entries = entries
        self._indexes = indexes
        self._known: Known | None = None

    def adopt(self, one: Described, mention: Mention) -> None:
        """Put a topic below a further parent, if that exists and does not stand below it."""
        parent = self._target(one, mention, is_parent=True)
        if parent is None or parent == one.entry[:-1]:
            return
        if parent == one.entry or one.entry in self._above(parent):
            self.problems.append(_circle(one, mention, parent, self._said_below(parent, one.entry)))
            return
        self._said[one.entry, parent] = (one, mention)
        self.parents[one.entry][parent] = None
        self.adopted[parent][one.entry] = None

    def relate(self, one: Described, mention: Mention) -> None:
        """Relate a topic to another, if that exists and stands neither above nor below it."""
        other = self._target(one, mention, is_parent=False)
        if other is None:
            return
        if other == one.entry:
            self.problems.append(_itself(one, mention))
        elif other in self._above(one.entry):
            self.problems.append(_ancestor(one, mention, other, "above"))
        elif one.entry in self._above(other):
            self.problems.append(_ancestor(one, mention, other, "below"))
        else:
            self.related[one.entry][other] = None
            if one.reciprocal:
                self.related[other][one.entry] = None

    def _target(self, one: Described, mention: Mention, *, is_parent: bool) -> Entry | None:
        """Return the topic that a mention means; an alias means its topic."""
        found = self._book.topic(mention.entry)
        if found in self._entries if len(found) > 1 else is_parent and found[0] in self._indexes:
            return found
        self.problems.append(self._unknown(one, mention, is_parent=is_parent))
        return None

    def _above(self, entry: Entry) -> Iterator[Entry]:
        """Yield all that a topic stands below, at whichever place."""
        seen: set[Entry] = set()
        waiting = [entry]
        while waiting:
            one = waiting.pop()
            for parent in chain((one[:-1],) if len(one) > 1 else (), self.parents.get(one, ())):
                if parent not in seen:
                    seen.add(parent)
                    waiting.append(parent)
                    yield parent

    def _said_below(self, entry: Entry, top: Entry) -> str:
        """Return where it is said that a topic stands below another; empty where its name says it."""
        for (child, parent), (one, mention) in self._said.items():
            if child in (entry, *self._above(entry)) and top in (parent, *self._above(parent)):
                return f" ({one.file}:{mention.line})"
        return ""

    def _unknown(self, one: Described, mention: Mention, *, is_parent: bool) -> Problem:
        entry = mention.entry
        if len(entry) == 1 and entry[0] in self._indexes:
            return _no_target(one, mention, f'"{entry[0]}" is an index, and no topic')
        close = get_close_matches(entry[0], sorted(self._indexes), n=1)
        if len(entry) == 1 and is_parent:
            return _no_target(one, mention, f'there is no index called "{entry[0]}"', *close)
        if self._known is None:
            self._known = Known({*self._entries, *self._book.aliases})
        meant = self._known.meant(entry)
        if len(entry) > 1 and entry[0] not in self._indexes and close and not meant:
            meant = written((*close, *entry[1:]))
        return _no_target(one, mention, f'there is no topic "{written(entry)}"', meant)


def _no_target(one: Described, mention: Mention, wrong: str, meant: str = "") -> Problem:
    return problem(
        "unknown-topic",
        one.file,
        mention.line,
        f'{wrong}, which "{written(one.entry)}" names.',
        f'Did you mean "{meant}"?' if meant else "Name a topic that has articles or is described.",
    )


def _circle(one: Described, mention: Mention, parent: Entry, where: str) -> Problem:
    if parent == one.entry:
        told = f'the topic "{written(parent)}" cannot be a parent of itself.'
    else:
        told = f'"{written(parent)}" cannot be a parent of "{written(one.entry)}": it stands below it{where}.'
    return problem("parent-cycle", one.file, mention.line, told, "Take out one of the parents.")


def _itself(one: Described, mention: Mention) -> Problem:
    told = f'the topic "{written(one.entry)}" cannot be related to itself.'
    return problem("related-itself", one.file, mention.line, told, "Take it out of its `see_also`.")


def _ancestor(one: Described, mention: Mention, other: Entry, where: str) -> Problem:
    told = f'"{written(other)}" stands {where} "{written(one.entry)}", and needs no `see_also`.'
    return problem("related-ancestor", one.file, mention.line, told, "Take it out of the list.")
