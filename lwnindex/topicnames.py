"""Which topic is meant by what somebody types: its path with slashes, an alias, or a name in another case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import NamedTuple

from lwnindex import names
from lwnindex.model import Catalog, Entry
from lwnindex.problems import SiteError

_MANY = 3


class Meant(NamedTuple):
    """A topic, and what is to be told of how it was named, if it was not by its own name."""

    entry: Entry
    remark: str = ""


def path_of(entry: Entry) -> str:
    """Return an entry as it is written and typed: `Kernel/Filesystems/Ceph`."""
    return "/".join(entry)


def meant(catalog: Catalog, typed: str) -> Meant:
    """Return the topic of this path; SiteError, with what else may be meant, where there is none.

    A slash within a name needs no mark: the path is compared as a whole.
    """
    topics = {path_of(entry): entry for entry in catalog.topics}
    sees = {path_of(one.entry): one.topic for one in catalog.sees}
    path = "/".join(level.strip() for level in typed.strip("/").split("/"))
    if path in topics:
        return Meant(topics[path])
    if path in sees:
        return Meant(sees[path], f"{path} is another name of {path_of(sees[path])}.")
    alike = _alike(path, topics, sees)
    if len(alike) == 1:
        return Meant(alike[0], f"{path} is read as {path_of(alike[0])}.")
    raise SiteError(_unknown(catalog, path, [*map(path_of, alike)] or _close(path, [*topics, *sees])), 2)


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


def _close(path: str, known: Iterable[str]) -> list[str]:
    """Return the names that may be meant: those that end like it, else the one written most like it."""
    by_key: dict[str, str] = {}
    for name in known:
        by_key.setdefault(names.folded(name), name)
    key = names.folded(path)
    ends = [name for folded, name in by_key.items() if folded.endswith(f"/{key}")]
    return ends[:_MANY] or [by_key[one] for one in get_close_matches(key, by_key, n=1)]


def _unknown(catalog: Catalog, path: str, close: Iterable[str]) -> str:
    if any(one.name == path for one in catalog.indexes):
        return f'"{path}" is an index. See `lwnindex topics tree --index {path}`.'
    quoted = " or ".join(f'"{one}"' for one in close)
    way = f"Did you mean {quoted}?" if quoted else "`lwnindex topics list` names all."
    return f'there is no topic "{path}". {way}'
