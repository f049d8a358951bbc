"""What stands in both trees of a site and is not ours, as the store remembers it from build to build."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from lwnindex.digest import decoded
from lwnindex.disk import Stat, are_inside

Carried = Mapping[str, tuple[Stat, ...]]
"""What stands in both trees and is not ours: the stat of one file, or those of two copies; of a folder none.

The path of a folder ends with a slash.
"""


class Memory(NamedTuple):
    """What is known beside what is ours; `pending` is what was to be changed in the tree of this name.

    The paths are bytes: they are those of others, and may be no text.
    """

    carried: Mapping[bytes, tuple[Stat, ...]] = {}
    tree: str = ""
    pending: tuple[bytes, ...] = ()


def named(carried: Carried) -> dict[bytes, tuple[Stat, ...]]:
    """Return what was carried by the bytes of its paths."""
    return {os.fsencode(path): stats for path, stats in carried.items()}


def inodes(stats: tuple[Stat, ...]) -> set[int]:
    """Return which files are those that were carried to a path."""
    return {inode for *_, inode in stats}


def noted(memory: Memory) -> bytes:
    """Return what a store is to remember."""
    return msgspec.msgpack.encode(memory)


def recalled(note: bytes | None) -> Memory | None:
    """Return what a store remembers; None where that is nothing, or speaks of places outside a tree."""
    found = decoded(note, Memory)
    paths = (*found.carried, *found.pending) if found else ()
    return found if are_inside(os.fsdecode(path).removesuffix("/") for path in paths) else None
