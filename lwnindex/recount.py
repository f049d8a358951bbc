"""What bodies that changed change in the search: their months are counted anew, and few files with them.

What the last build noted and this one counts comes in, the views of the files that are others now go out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from lwnindex.digest import decoded
from lwnindex.engine.memo import Memo, Stage
from lwnindex.engine.store import Store
from lwnindex.model import Body
from lwnindex.search import articles_of, sizes_of
from lwnindex.searchindex import Counted, SearchMonth
from lwnindex.shards import shard_of, shards
from lwnindex.snapshot import SearchNote
from lwnindex.viewmodel import AnyView
from lwnindex.views.search import catalog_view, shard_view, text_pages

_lines = msgspec.msgpack.Decoder(dict[str, str]).decode

Blob = Callable[[str], bytes]
"""Gives the blob of a digest."""


class Recount(NamedTuple):
    """The views of the files that change, by their paths, and what the next build is to know."""

    views: Mapping[str, AnyView]
    note: SearchNote


class Known(NamedTuple):
    """What the last build left of the search, and how its months are counted."""

    note: SearchNote
    stage: Stage[SearchMonth, Counted]
    memo: Memo
    store: Store

    def held(self) -> list[Counted] | None:
        """Return what the months held; None where that is not known any more."""
        keys = [key for _, key in self.note.months]
        values = {key: decoded(value, Counted) for key, value in self.store.some(keys)}
        found = [one for one in map(values.get, keys) if one]
        return found if len(found) == len(keys) else None


class _Change(NamedTuple):
    """A month that changes: its place, and what it held and holds."""

    place: int
    before: Counted
    after: Counted


def recounted(known: Known, bodies: Mapping[str, Body], named: Collection[str]) -> Recount | None:
    """Return what changes with bodies, given by the digests of those that they stand for.

    They are those of articles of the months `named`. None where more files change than can be told from what
    is known, or that is not there.
    """
    held = known.held()
    if held is None:
        return None
    note, blob = known.note, known.store.blob
    months = dict(_revised(note, held, bodies, named, blob))
    counted = known.memo.each(known.stage, tuple(months.values()))
    changes = [_Change(place, held[place], one) for place, one in zip(months, counted, strict=True)]
    sizes = _sizes(note.sizes, changes, blob)
    if shards(sizes) != note.shards or any(one.before.starts != one.after.starts for one in changes):
        return None
    keys = list(note.months)
    for place, month in months.items():
        keys[place] = month.name, known.stage.key(month)
    new = replace(note, months=tuple(keys), sizes=sizes)
    return Recount(dict(_views(new, held, changes, blob)), new)


def _revised(
    note: SearchNote,
    held: Sequence[Counted],
    bodies: Mapping[str, Body],
    named: Collection[str],
    blob: Blob,
) -> Iterator[tuple[int, SearchMonth]]:
    """Yield the places of those months that hold one of these bodies, and the months with the new ones."""
    for place, (name, _) in enumerate(note.months):
        if name[:7] in named:
            before = articles_of(blob(held[place].articles))
            after = tuple(
                replace(one, body=bodies[one.body].digest) if one.body in bodies else one for one in before
            )
            if after != before:
                yield place, SearchMonth(name=name, ids=(), articles=after)


def _sizes(sizes: Mapping[str, int], changes: Sequence[_Change], blob: Blob) -> dict[str, int]:
    """Return the bytes of all keys after these changes."""
    found = dict(sizes)
    for one in changes:
        for key, size in sizes_of(blob(one.before.sizes)).items():
            found[key] -= size
        for key, size in sizes_of(blob(one.after.sizes)).items():
            found[key] = found.get(key, 0) + size
    return {key: size for key, size in found.items() if size}


def _views(
    note: SearchNote, held: Sequence[Counted], changes: Sequence[_Change], blob: Blob
) -> Iterator[tuple[str, AnyView]]:
    """Yield the views of the files that are not what they were."""
    names = tuple(name for name, _ in note.months)
    counted = list(held)
    for one in changes:
        counted[one.place] = one.after
        yield from _text_views(names[one.place], one)
    if any(one.before.words != one.after.words for one in changes):
        catalog = catalog_view(names, tuple(counted), note.shards)
        yield catalog.path, catalog
    keys = {key for one in changes for key in _keys(one, blob)}
    for number in sorted({shard_of(key, note.shards) for key in keys}):
        shard = shard_view(tuple(counted), note.shards, note.shards[number])
        yield shard.path, shard


def _text_views(month: str, change: _Change) -> Iterator[tuple[str, AnyView]]:
    both = zip(text_pages(month, change.before), text_pages(month, change.after), strict=True)
    for (path, before), (_, after) in both:
        if before() != after():
            yield path, after()


def _keys(change: _Change, blob: Blob) -> Iterator[str]:
    """Yield the keys whose words stand elsewhere than before, or are others."""
    before, after = dict(change.before.letters), dict(change.after.letters)
    for letter in before.keys() | after.keys():
        own, other = before.get(letter), after.get(letter)
        if own != other:
            old = _lines(blob(own)) if own else {}
            new = _lines(blob(other)) if other else {}
            yield from (key for key in old.keys() | new.keys() if old.get(key) != new.get(key))
