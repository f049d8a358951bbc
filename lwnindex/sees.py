"""All other names of topics, each with the address and the anchor that a topic of this name would have.

The thesaurus and the tree of topics come in. An alias brings a name for its topic and for each below it.
Topics have their addresses and anchors first: a name whose own is taken by a topic, or by an alias before it,
is marked as a topic would be; of two aliases the one that is listed first has it. So one that had to yield as
a topic mostly has the address that it had then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from lwnindex import names
from lwnindex.model import Described, Entry, See, Topic
from lwnindex.thesaurus import Alias, Thesaurus
from lwnindex.topics import place_of


def sees(book: Thesaurus, tree: Mapping[Entry, Topic], bases: Mapping[str, str]) -> tuple[See, ...]:
    """Return all other names of topics in the order of an index; `bases` gives each index its folder."""
    if not book.aliases:
        return ()
    topics = _names(book, tree)
    listed = _listed(book)
    own_first = sorted(topics, key=lambda one: (one not in listed, listed.get(one, 0), one))
    paths = _paths(own_first, tree, bases)
    anchors = _anchors(own_first, tree)
    sorts = book.sorts
    return tuple(
        See(
            entry=name,
            topic=topics[name],
            path=names.page_of(paths[name]),
            anchor=anchors[name],
            printed=name in book.aliases and book.aliases[name].printed,
        )
        for name in sorted(topics, key=lambda one: (one[0], place_of(one, sorts)))
    )


def former(
    tree: Mapping[Entry, Topic], others: Sequence[See], folders: Mapping[Entry, str]
) -> tuple[See, ...]:
    """Return where topics that have a folder of their own, and all below, would stand by their names alone.

    Whatever has its address, topic or other name, has it before.
    """
    found: list[See] = []
    held = sorted((entry for entry in folders if entry in tree), key=lambda one: (-len(one), one))
    own = [_address(entry, topic) for entry, topic in tree.items()] if held else []
    for entry in held:
        there = (*own, *others, *found)
        folder = names.folder_of(tree[entry].path)
        above = names.folder_of(folder)
        plain = _natural(entry[-1], folder.rpartition("/")[2], _inside(above, there))
        start = f"{folder}/"
        found += [
            replace(one, path=f"{above}/{plain}/{one.path[len(start) :]}", printed=False)
            for one in there
            if plain and one.path.startswith(start)
        ]
    return tuple(found)


def names_of(
    book: Thesaurus, tree: Mapping[Entry, Topic], bases: Mapping[str, str]
) -> tuple[tuple[See, ...], tuple[See, ...]]:
    """Return all other names of topics, and the further addresses at which they stood before."""
    places = moved(tree, book.described)
    others = spelled(sees(book, tree, bases), places)
    found = spelled(former(tree, others, book.folders), places)
    known = {one.path for one in (*others, *found)}
    return others, (*found, *(one for one in places if one.path not in known))


def spelled(found: tuple[See, ...], places: Sequence[See]) -> tuple[See, ...]:
    """Return names at the addresses that files of topics say, where theirs differ in case alone."""
    said = {(one.topic, names.folded(one.path)): one.path for one in places}
    if not said:
        return found
    return tuple(replace(one, path=said.get((one.topic, names.folded(one.path)), one.path)) for one in found)


def moved(tree: Mapping[Entry, Topic], described: Mapping[Entry, Described]) -> tuple[See, ...]:
    """Return where topics stood before, as files of topics say."""
    return tuple(
        replace(_address(entry, tree[entry]), path=each.path)
        for entry, one in described.items()
        for each in one.addresses
        if entry in tree and each.path != tree[entry].path
    )


def _address(entry: Entry, topic: Topic) -> See:
    return See(entry=entry, topic=entry, path=topic.path, anchor=topic.anchor, printed=False)


def _inside(folder: str, there: Iterable[See]) -> set[str]:
    """Return the folders in another one, folded."""
    start = f"{folder}/"
    paths = (one.path[len(start) :] for one in there if one.path.startswith(start))
    return {names.folded(path.partition("/")[0]) for path in paths}


def _natural(name: str, folder: str, taken: Collection[str]) -> str:
    """Return the folder that a topic would have by its name; empty where it is the one that it has."""
    plain = [(names.segment(name), name)]
    others = {one for one in taken if one != names.folded(folder)}
    return "" if names.distinct(plain, others) == (folder,) else names.distinct(plain, taken)[0]


def _names(book: Thesaurus, tree: Mapping[Entry, Topic]) -> dict[Entry, Entry]:
    """Return the topic of each alias, and of each name that it brings for what stands below its topic."""
    found = {name: alias.topic for name, alias in book.aliases.items()}
    below: dict[Entry, list[Entry]] = defaultdict(list)
    for name in book.aliases:
        for depth in range(2, len(name)):
            below[name[:depth]].append(name)
    for name, alias in book.aliases.items():
        for levels in _levels(name, alias, tree, below):
            topic = book.topic(name + levels)
            if topic in tree:
                found.setdefault(name + levels, topic)
    return found


def _listed(book: Thesaurus) -> dict[Entry, int]:
    """Return the aliases that are in use, numbered in the order in which files of topics have them."""
    in_order = sorted({one.of.entry: one.of for one in book.aliases.values()}.values(), key=_standing)
    aliases = (each.entry for one in in_order for each in one.aliases if each.entry in book.aliases)
    return {name: number for number, name in enumerate(dict.fromkeys(aliases))}


def _standing(one: Described) -> tuple[str, int, Entry]:
    return one.file, one.line, one.entry


def _levels(
    name: Entry, alias: Alias, tree: Mapping[Entry, Topic], below: Mapping[Entry, Iterable[Entry]]
) -> Iterator[Entry]:
    """Yield the levels that may follow an alias: those down to topics, and to topics' other names."""
    waiting = [*tree[alias.topic].children]
    while waiting:
        entry = waiting.pop()
        yield entry[len(alias.topic) :]
        waiting.extend(tree[entry].children)
    for step in alias.way:
        for other in below.get(step, ()):
            if other[: len(name)] != name:
                yield other[len(step) :]


def _paths(
    own_first: Iterable[Entry], tree: Mapping[Entry, Topic], bases: Mapping[str, str]
) -> dict[Entry, str]:
    """Return the folder of each name's page, below that of the topic or of the name above it."""
    paths: dict[Entry, str] = {(name,): base for name, base in bases.items()}
    paths.update((entry, names.folder_of(topic.path)) for entry, topic in tree.items())
    inside: dict[Entry, dict[Entry, None]] = defaultdict(dict)
    for name in own_first:
        for depth in range(2, len(name) + 1):
            if name[:depth] not in tree:
                inside[name[: depth - 1]][name[:depth]] = None
    taken = _taken(inside, paths)
    for parent in sorted(inside, key=len):
        plain = [(names.segment(one[-1]), one[-1]) for one in inside[parent]]
        chosen = names.distinct(plain, taken[parent])
        paths.update(
            {one: f"{paths[parent]}/{name}" for one, name in zip(inside[parent], chosen, strict=True)}
        )
    return paths


def _taken(inside: Iterable[Entry], paths: Mapping[Entry, str]) -> dict[Entry, set[str]]:
    """Return the folders that topics have in those of some others, folded."""
    found: dict[Entry, set[str]] = {parent: set() for parent in inside}
    for entry, folder in paths.items():
        if entry[:-1] in found:
            found[entry[:-1]].add(names.folded(folder.rpartition("/")[2]))
    return found


def _anchors(own_first: Iterable[Entry], tree: Mapping[Entry, Topic]) -> dict[Entry, str]:
    """Return the anchor of each name on the page of its index."""
    taken = {(entry[0], topic.anchor) for entry, topic in tree.items()}
    found: dict[Entry, str] = {}
    for name in own_first:
        plain = names.anchor(name[1:])
        free = plain and (name[0], plain) not in taken
        found[name] = plain if free else plain + names.mark("\0".join(name[1:]))
        taken.add((name[0], found[name]))
    return found
