"""Which topic is meant by what somebody types: its path with slashes, an alias, or a name in another case."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import NamedTuple

from lwnindex import names
from lwnindex.model import Catalog, Entry
from lwnindex.problems import SiteError
from lwnindex.thesaurus import Known, written

_MANY = 3
_MUCH = 0.75
_TELLING = 3
"""Letters of a beginning by which a name may be meant."""


class Meant(NamedTuple):
    """A topic, and what is to be told of how it was named, if it was not by its own name."""

    entry: Entry
    remark: str = ""


def meant(catalog: Catalog, typed: str) -> Meant:
    """Return the topic of this path; SiteError, with what else may be meant, where there is none.

    A slash within a name needs no mark: the path is compared as a whole.
    """
    found, close = suggested(catalog, typed)
    if found:
        return found
    raise SiteError(_unknown(catalog, _path(typed), close), 2)


def _path(typed: str) -> str:
    return "/".join(level.strip() for level in typed.strip("/").split("/"))


def suggested(catalog: Catalog, typed: str) -> tuple[Meant | None, list[str]]:
    """Return the topic of this path; where there is none, the names that may be meant."""
    topics = {written(entry): entry for entry in catalog.topics}
    sees = {written(one.entry): one.topic for one in catalog.sees}
    path = _path(typed)
    if path in topics:
        return Meant(topics[path]), []
    if path in sees:
        return Meant(sees[path], f"{path} is another name of {written(sees[path])}."), []
    alike = _alike(path, topics, sees)
    if len(alike) == 1:
        return Meant(alike[0], f"{path} is read as {written(alike[0])}."), []
    every = [*topics.values(), *(one.entry for one in catalog.sees)]
    return None, [*map(written, alike)] or _close(path, every)


def index_named(catalog: Catalog, typed: str) -> str:
    """Return the name of an index; SiteError where there is none of it."""
    known = [one.name for one in catalog.indexes]
    if typed in known:
        return typed
    alike = [one for one in known if names.folded(one) == names.folded(typed)]
    if len(alike) == 1:
        return alike[0]
    close = get_close_matches(typed, known, n=1)
    way = f'Did you mean "{close[0]}"?' if close else f"There are: {', '.join(known) or 'none'}."
    raise SiteError(f'there is no index "{typed}". {way}', 2)


def _alike(path: str, topics: Mapping[str, Entry], sees: Mapping[str, Entry]) -> list[Entry]:
    """Return the topics of all names that differ from a path in case and accents only."""
    key = names.folded(path)
    found = [entry for each in (topics, sees) for name, entry in each.items() if names.folded(name) == key]
    return list(dict.fromkeys(found))


def _close(path: str, known: Iterable[Entry]) -> list[str]:
    """Return the names that may be meant: those that end like it, those that go on, or the one most like it.

    Of the index alone, which they share, short names would be much alike.
    """
    by_key: dict[str, Entry] = {}
    for entry in known:
        by_key.setdefault(names.folded(written(entry)), entry)
    key = names.folded(path)
    ends = [written(entry) for folded, entry in by_key.items() if folded.endswith(f"/{key}")]
    longer = [written(entry) for folded, entry in by_key.items() if _goes_on(folded, key)]
    return ends[:_MANY] or longer[:_MANY] or [one for one in [_most_like(key, by_key)] if one]


def _goes_on(name: str, start: str) -> bool:
    """Tell whether the last level of a name begins as this ends, below the same levels if it names any."""
    _, found, rest = f"/{name}".rpartition(f"/{start}")
    return bool(found) and "/" not in rest and len(start) >= _TELLING


def _most_like(key: str, by_key: Mapping[str, Entry]) -> str:
    """Return the name that is most like a folded one; empty where none is much like it."""
    index, _, rest = key.partition("/")
    if not rest:
        by_key = {names.folded(entry[-1]): entry for entry in sorted(by_key.values(), reverse=True)}
        close = get_close_matches(key, by_key, n=1, cutoff=_MUCH)
        return written(by_key[close[0]]) if close else ""
    indexes = dict.fromkeys(one.partition("/")[0] for one in by_key)
    own = [one for one in indexes if one == index] or get_close_matches(index, indexes, n=1)
    known = Known(tuple(one.split("/")) for one in by_key)
    meant = known.meant((*(own or (index,)), *rest.split("/")))
    return written(by_key[meant]) if meant else ""


def _unknown(catalog: Catalog, path: str, close: Iterable[str]) -> str:
    index = next((one.name for one in catalog.indexes if names.folded(one.name) == names.folded(path)), None)
    if index is not None:
        return f'"{index}" is an index. See `lwnindex topics tree --index {shlex.quote(index)}`.'
    quoted = " or ".join(f'"{one}"' for one in close)
    way = f"Did you mean {quoted}?" if quoted else "`lwnindex topics list` names all."
    return f'there is no topic "{path}". {way}'
