"""Names with slashes in files of topics: where articles are filed under such a name, it is what is meant.

Files of topics write levels with slashes between them, as headers do, so `Security/SSL/TLS` has three. A link
of an index block can tell that `SSL/TLS` is one: then it is one where topics are described, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from lwnindex.model import Described, Entry, Mention

Whole = Mapping[str, Entry]
"""The topics with a slash in the name of a level, as they are written; of two written alike, neither."""


def rejoined(described: Iterable[Described], filed: Iterable[Entry]) -> list[Described]:
    """Return what files of topics say, with the names that articles are filed under for what looks like them.

    `filed` are the entries of all articles. Where two of them are written alike, neither is meant.
    """
    topics = list(described)
    if not topics:
        return topics
    known = {entry[:depth] for entry in set(filed) for depth in range(2, len(entry) + 1)}
    whole = _whole(known)
    return [_described(one, whole, known) for one in topics] if whole else topics


def _whole(known: Iterable[Entry]) -> Whole:
    found: dict[str, set[Entry]] = {}
    for entry in known:
        if any("/" in level for level in entry):
            found.setdefault("/".join(entry), set()).add(entry)
    return {written: entries.pop() if len(entries) == 1 else () for written, entries in found.items()}


def _described(one: Described, whole: Whole, known: set[Entry]) -> Described:
    return replace(
        one,
        entry=_entry(one.entry, whole, known),
        aliases=_mentions(one.aliases, whole, known),
        hidden=tuple(_entry(each, whole, known) for each in one.hidden),
        see_also=_mentions(one.see_also, whole, known),
        parents=_mentions(one.parents, whole, known),
    )


def _mentions(mentions: tuple[Mention, ...], whole: Whole, known: set[Entry]) -> tuple[Mention, ...]:
    return tuple(replace(each, entry=_entry(each.entry, whole, known)) for each in mentions)


def _entry(entry: Entry, whole: Whole, known: set[Entry]) -> Entry:
    """Return the topic that is meant, with the levels below it; that of an article means itself."""
    for depth in range(len(entry), 1, -1):
        meant = whole.get("/".join(entry[:depth]))
        if entry[:depth] in known or meant == ():
            return entry
        if meant:
            return meant + entry[depth:]
    return entry
