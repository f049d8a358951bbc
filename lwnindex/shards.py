"""How the words of a site are cut into files: by their keys, so that a file is neither large nor tiny."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

LIMIT = 80 * 1024
"""Bytes of postings above which keys of one prefix are parted, where they can be; the words come on top."""

_Unit = tuple[str, int]
"""The key at which a file begins, and its bytes."""


def totals(sizes: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Return the bytes of each key in all months together."""
    found: dict[str, int] = {}
    for one in sizes:
        for key, size in one.items():
            found[key] = found.get(key, 0) + size
    return found


def shards(sizes: Mapping[str, int]) -> tuple[str, ...]:
    """Return the keys at which files begin, in order, the first of them empty.

    Keys of one prefix stay together while they fit; of those that do not, neighbours share a file.
    """
    units = _cut("", sorted(sizes.items()))
    return ("", *(start for start, _ in units[1:]))


def _cut(prefix: str, keys: Sequence[_Unit]) -> list[_Unit]:
    size = sum(size for _, size in keys)
    if size <= LIMIT or len(keys) < 2:
        return [(prefix, size)]
    place = len(prefix) + 1
    branches = groupby(keys, key=lambda unit: unit[0][:place])
    return _packed([unit for start, below in branches for unit in _branch(prefix, start, list(below))])


def _branch(prefix: str, start: str, keys: Sequence[_Unit]) -> list[_Unit]:
    # A key that is the prefix itself has no further letter.
    return list(keys) if start == prefix else _cut(start, keys)


def _packed(units: Iterable[_Unit]) -> list[_Unit]:
    """Return neighbours put together where that is not too much."""
    found: list[_Unit] = []
    for start, size in units:
        if found and found[-1][1] + size <= LIMIT:
            found[-1] = found[-1][0], found[-1][1] + size
        else:
            found.append((start, size))
    return found


def shard_of(key: str, starts: Sequence[str]) -> int:
    """Return the number of the file that a key stands in."""
    return bisect_right(starts, key) - 1
