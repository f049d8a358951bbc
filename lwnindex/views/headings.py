"""What stands in an A-Z index, in order: its topics, and references to topics from other names and places.

A reference stands where a reader looks for it: another name at its own place in the alphabet, a topic of a
further parent among that one's sub-entries. Every name that an index page was ever linked to by has a place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from lwnindex import names
from lwnindex.model import Catalog, Entry, Index, See

Level = tuple[tuple[tuple[str, int, str], ...], str, bool]
Key = tuple[Level, ...]
"""What a heading is sorted by, level by level; a reference comes after the topic of its name, and its own."""


class Heading(NamedTuple):
    """A line of an index: the topic `entry` itself, or one that `refers` to it by another name or place."""

    key: Key
    letter: str
    name: str
    depth: int
    entry: Entry
    anchor: str = ""
    refers: bool = False
    hidden: bool = False


def headings(catalog: Catalog, one: Index) -> dict[str, tuple[Heading, ...]]:
    """Return the headings of an index under their letters, sub-entries under their heading's letter.

    A reference has an anchor where it stands for a name of this index that leads to another one; what is of
    this index itself has its anchors at the topic (see `further_anchors`), where the articles are.
    """
    own = {heading.entry: heading for heading in _own(catalog, one)}
    found = [*own.values(), *_once((*_adopted(catalog, one, own), *_seen(catalog, one, own)))]
    letters: dict[str, list[Heading]] = defaultdict(list)
    for heading in sorted(found):
        letters[heading.letter].append(heading)
    return {letter: tuple(letters[letter]) for letter in sorted(letters, key=names.letter_key)}


def further_anchors(catalog: Catalog, one: Index) -> dict[Entry, tuple[str, ...]]:
    """Return, for those topics of an index that have any, the anchors of their other names in it."""
    taken = {catalog.topics[entry].anchor for entry in one.topics}
    found: dict[Entry, list[str]] = defaultdict(list)
    for see in catalog.sees:
        if see.entry[0] == see.topic[0] == one.name and see.anchor and see.anchor not in taken:
            taken.add(see.anchor)
            found[see.topic].append(see.anchor)
    return {entry: tuple(anchors) for entry, anchors in found.items()}


def _own(catalog: Catalog, one: Index) -> Iterator[Heading]:
    """Yield the topics of an index; each stands after the one above it in `one.topics`."""
    keys: dict[Entry, Key] = {}
    for entry in one.topics:
        topic = catalog.topics[entry]
        keys[entry] = (*keys.get(entry[:-1], ()), _level(topic.sort or entry[-1], entry[-1]))
        letter = names.letter_of(catalog.topics[entry[:2]].sort or entry[1])
        yield Heading(keys[entry], letter, entry[-1], len(entry) - 2, entry, topic.anchor)


def _level(sort: str, name: str, refers: bool = False) -> Level:
    return names.natural_key(sort), name, refers


def _adopted(catalog: Catalog, one: Index, own: Mapping[Entry, Heading]) -> Iterator[Heading]:
    """Yield a reference for each topic at each of its further places in the index."""
    for parent, heading in own.items():
        for entry in catalog.topics[parent].adopted:
            yield _reference(entry[-1], entry, heading, catalog.topics[entry].sort)
    for entry, topic in catalog.topics.items():
        if (one.name,) in topic.parents:
            yield _reference(entry[-1], entry, None, topic.sort)


def _seen(catalog: Catalog, one: Index, own: Mapping[Entry, Heading]) -> Iterator[Heading]:
    """Yield a reference for each other name in the index that is printed, or whose anchor leads elsewhere."""
    taken = {heading.anchor for heading in own.values()}
    for see in catalog.sees:
        leads_away = see.topic[0] != one.name
        if see.entry[0] == one.name and (see.printed or leads_away):
            anchor = see.anchor if leads_away and see.anchor not in taken else ""
            taken.add(anchor)
            yield _named(see, own)._replace(anchor=anchor, hidden=not see.printed)


def _once(references: Iterable[Heading]) -> Iterable[Heading]:
    """Return references, one where a topic stands at a place both as adopted and by an old name."""
    found: dict[tuple[Key, str, Entry], Heading] = {}
    for each in references:
        first = found.setdefault((each.key[:-1], each.name, each.entry), each)
        found[first.key[:-1], first.name, first.entry] = first._replace(
            anchor=first.anchor or each.anchor, hidden=first.hidden and each.hidden
        )
    return found.values()


def _named(see: See, own: Mapping[Entry, Heading]) -> Heading:
    """Return a reference below the heading above its name; by the whole name where there is none."""
    above = own.get(see.entry[:-1])
    return _reference(see.entry[-1] if above else " / ".join(see.entry[1:]), see.topic, above)


def _reference(name: str, entry: Entry, above: Heading | None, sort: str = "") -> Heading:
    level = _level(sort or name, name, refers=True)
    if above is None:
        return Heading((level,), names.letter_of(sort or name), name, 0, entry, refers=True)
    return Heading((*above.key, level), above.letter, name, above.depth + 1, entry, refers=True)
