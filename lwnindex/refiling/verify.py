"""Files of topics after a renaming, read again: they must say what they said, and what has to be said now."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from typing import TypeVar

from lwnindex.model import Entry
from lwnindex.refiling.exact import Inexact
from lwnindex.refiling.renaming import Renaming
from lwnindex.refiling.retopic import Files, Needs, addresses_of, aliases, folders_of, read
from lwnindex.refiling.topicfiles import MENTIONS, mentioned

_T = TypeVar("_T")


def verify(after: Mapping[str, str], files: Files, renaming: Renaming, needs: Needs = Needs()) -> Files:  # noqa: B008 - a value
    """Return the files as they are after a renaming; Inexact where they do not say what they should."""
    try:
        found = read(after, files.slash_names)
        for text in after.values():
            tomllib.loads(text)
    except (Inexact, ValueError):
        found = None
    if found is None or not _is_sound(found, files, renaming, needs):
        raise Inexact("the files of topics cannot be rewritten")
    return found


def _is_sound(found: Files, files: Files, renaming: Renaming, needs: Needs) -> bool:
    """Tell whether files say each topic once, with all that they said and have to say."""
    entries = [table.entry for table in found.tables]
    wanted = {renaming.of(table.entry) for table in files.tables}
    wanted |= {*(new for _, new in renaming.pairs), *needs.described}
    return (
        len(entries) == len(set(entries))
        and set(entries) == wanted
        and _has_names(found, files, renaming, needs)
        and needs.folders.items() <= folders_of(found).items()
        and _addresses(found) >= _addresses(files, renaming) | _pairs(needs.addresses)
        and _mentions(found) >= _mentions(files, renaming)
    )


def _has_names(found: Files, files: Files, renaming: Renaming, needs: Needs) -> bool:
    """Tell whether files have all names of topics that they had, the old ones, and those that they need."""
    known = aliases(found)
    kept = all(
        known.get(alias) == renaming.of(topic) or alias == renaming.of(topic)
        for alias, topic in aliases(files).items()
    )
    return (
        kept
        and all(known.get(old) == new for old, new in renaming.pairs)
        and all(known.get(name) == entry for entry, name in _pairs(needs.hidden))
    )


def _addresses(files: Files, renaming: Renaming = Renaming(())) -> set[tuple[Entry, str]]:  # noqa: B008 - a value
    return {(renaming.of(entry), one) for entry, one in _pairs(addresses_of(files))}


def _mentions(files: Files, renaming: Renaming = Renaming(())) -> set[tuple[Entry, str, Entry]]:  # noqa: B008 - a value
    """Return which topic mentions which, under their new names."""
    found = (
        (renaming.of(table.entry), key, renaming.of(one.entry))
        for table in files.tables
        for key in MENTIONS
        for one in mentioned(table.value(key), files.slash_names)
    )
    return {one for one in found if one[0] != one[2]}


def _pairs(lists: Mapping[Entry, Iterable[_T]]) -> set[tuple[Entry, _T]]:
    return {(entry, one) for entry, items in lists.items() for one in items}
