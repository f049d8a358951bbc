"""Folders that topics keep when others beside them, of which a folder differs in case alone, come or go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from lwnindex import names
from lwnindex.model import Entry, Topic
from lwnindex.refiling.renaming import Renaming


def folders(
    tree: Mapping[Entry, Topic], renaming: Renaming, said: Mapping[Entry, str] | None = None
) -> dict[Entry, str]:
    """Return the topics, as they are called after a renaming, that have to keep a folder, each with this.

    `tree` has all topics as they are before, `said` the folders that their tables give them already.
    """
    own = {entry: names.folder_of(topic.path).rpartition("/")[2] for entry, topic in tree.items()}
    sources: dict[Entry, list[Entry]] = defaultdict(list)
    for entry in tree:
        sources[renaming.of(entry)].append(entry)
    touched = {
        _place(one) for entry in tree if renaming.concerns(entry) for one in (entry, renaming.of(entry))
    }
    groups: dict[_Place, list[Entry]] = defaultdict(list)
    for new in sources:
        if _place(new) in touched:
            groups[_place(new)].append(new)
    kept = (pair for group in groups.values() for pair in _kept(group, sources, own))
    known = said or {}
    found = {one: folder for one, folder in kept if names.is_folder(folder) and known.get(one) != folder}
    return {one: folder for one, folder in _own(known, renaming, own) if names.is_folder(folder)} | found


def _own(
    said: Mapping[Entry, str], renaming: Renaming, own: Mapping[Entry, str]
) -> Iterator[tuple[Entry, str]]:
    """Yield topics whose tables were those of others, with their own folders rather than those said there.

    A folder that is a name's in another case is still needed.
    """
    for old, folder in said.items():
        new = renaming.of(old)
        if new == old or new in said:
            continue
        beside = {names.folded(one) for other, one in own.items() if renaming.of(other)[:-1] == new[:-1]}
        if new in own:
            yield new, own[new]
        elif names.folded(folder) != _key(new) not in beside:
            yield new, names.segment(new[-1])


class _Place(NamedTuple):
    """What topics share whose folders no file system could tell apart."""

    above: Entry
    folder: str


def _place(entry: Entry) -> _Place:
    return _Place(entry[:-1], _key(entry))


def _key(entry: Entry) -> str:
    return names.folded(names.segment(entry[-1]))


def _kept(
    group: Collection[Entry], sources: Mapping[Entry, Collection[Entry]], own: Mapping[Entry, str]
) -> Iterator[tuple[Entry, str]]:
    """Yield those topics of one place that would lose a folder otherwise, with these."""
    held = {new: _held(new, sources[new], own) for new in group}
    for new, folder in held.items():
        plain = names.segment(new[-1])
        natural = names.distinct([(plain, new[-1])])[0]
        if folder and (folder != natural or not all(held.values())):
            yield new, folder


def _held(new: Entry, sources: Collection[Entry], own: Mapping[Entry, str]) -> str:
    """Return the folder that a topic has, or that it takes over; empty where its name says all.

    A folder without a mark is taken over, rather than to stay with one that has a mark.
    """
    beside = [one for one in sources if _place(one) == _place(new)]
    # Of two forms of one letter folders are the same, so that the one with the mark would be lost.
    plain = [one for one in beside if names.folded(own[one]) == _key(one)]
    taken = [one for one in plain if own[one] != names.segment(new[-1])]
    if new in own:
        return own[new] if new in plain or not taken else own[taken[0]]
    return own[beside[0]] if beside else ""
