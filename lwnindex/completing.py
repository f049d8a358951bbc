"""The names that a shell may complete, as the last build left them in the store, which is only looked at."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing

import msgspec

from lwnindex.config import Found
from lwnindex.digest import decoded
from lwnindex.engine.borrowed import BorrowedStore
from lwnindex.engine.store import Store, UnusableError
from lwnindex.model import Value

_NOTE = "names"
_MANY = 500
"""Names above which only those are offered that lie above others."""


class Names(Value, frozen=True):
    """The paths of topics with those of their other names, the ids of articles, the names of indexes."""

    topics: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    indexes: tuple[str, ...] = ()


def leave(store: Store, names: Names) -> None:
    """Keep the names for the shell, if they are not those that are kept."""
    encoded = msgspec.msgpack.encode(names)
    if store.noted(_NOTE) != encoded:
        store.note(_NOTE, encoded)


def names(found: Found) -> Names:
    """Return the names that the last build left; none where there was none, or they cannot be read."""
    try:
        with closing(BorrowedStore(found.root / found.config.store)) as store:
            return decoded(store.noted(_NOTE), Names) or Names()
    except (OSError, UnusableError):
        return Names()


def matching(known: Iterable[str], typed: str) -> list[str]:
    """Return the names that begin as somebody typed; letter case counts only if that leaves some."""
    all_names = list(known)
    exact = [name for name in all_names if name.startswith(typed)]
    return exact or [name for name in all_names if name.casefold().startswith(typed.casefold())]


def outermost(paths: Sequence[str]) -> list[str]:
    """Return of very many paths those that lie below no other of them; all if they are not that many."""
    if len(paths) <= _MANY:
        return list(paths)
    known = set(paths)
    return [path for path in paths if known.isdisjoint(_above(path))]


def _above(path: str) -> Iterator[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def pages(found: Found, typed: str) -> list[str]:
    """Return the paths of the site as it was built last that begin so, those of folders with a slash."""
    folder, slash, start = typed.rpartition("/")
    if ".." in folder.split("/"):
        return []
    try:
        with os.scandir(found.output / folder.lstrip("/")) as listed:
            inside = sorted((one.name, one.is_dir()) for one in listed if one.name[0] != ".")
    except OSError:
        return []
    return [f"{folder}{slash}{name}{'/' * is_folder}" for name, is_folder in inside if name.startswith(start)]
