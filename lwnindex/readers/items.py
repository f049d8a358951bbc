"""Ids for items that have no file of their own: those of feeds and of weekly editions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from msgspec.structs import replace

from lwnindex import names
from lwnindex.digest import digest_bytes
from lwnindex.model import Manuscript, Problem

_LONGEST = 60


class Items(NamedTuple):
    """What a source of several articles holds, and what is wrong with it as a whole."""

    manuscripts: tuple[Manuscript, ...] = ()
    problems: tuple[Problem, ...] = ()


def item_id(title: str, date: str | None) -> str:
    """Return a stable id of a title and a date, such as `2009-12-22-two_that_didnt_make_it`."""
    words = names.anchor([title.casefold()]).strip("._-")
    if len(words) > _LONGEST:
        words = words[:_LONGEST].rpartition("_")[0] or words[:_LONGEST]
    day = (date or "")[:10]
    return "-".join(filter(None, (day, words))) or digest_bytes(title.encode("utf-8", "surrogatepass"))[:12]


def with_ids(items: Iterable[Manuscript]) -> tuple[Manuscript, ...]:
    """Return the items of one source, each with an id; of two with the same the later one is marked."""
    found: dict[str, Manuscript] = {}
    repeats: Counter[str] = Counter()
    for item in items:
        base = own = item.id or item_id(item.title, item.date)
        while names.folded(own) in found:
            marked = base + names.mark(base + item.text)
            # Each item that is the same in all that names it is counted, so that many of them take no longer.
            own = base + names.mark(f"{marked}\0{repeats[marked]}") if repeats[marked] else marked
            repeats[marked] += 1
        found[names.folded(own)] = item if own == item.id else replace(item, id=own)
    return tuple(found.values())
