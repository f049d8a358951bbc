"""The keys that a configuration may have: what each is called, and in which tables it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

import msgspec

from lwnindex.problems import Place
from lwnindex.settings import Config, Settings

_FEW = 3
"""Tables that are named; a key that stands in more is not what somebody thinks of at some other place."""


class _Table(NamedTuple):
    """A table as its head is written, and whether a configuration has one of it under a name that we give."""

    head: str
    kind: type[Settings]
    is_one: bool


def called(place: Place) -> str:
    """Return the name of a key with those of the tables that it stands in: `sources[0].path`."""
    return "".join(f"[{each}]" if isinstance(each, int) else f".{each}" for each in place).lstrip(".")


def is_table(kind: Any) -> bool:
    """Tell whether a kind of value is that of a table."""
    return isinstance(kind, type) and issubclass(kind, Settings)


def kinds(table: type[Settings]) -> dict[str, Any]:
    """Return the keys of a table, each with the kind of value that it takes."""
    hints = get_type_hints(table)
    return {each.encode_name: hints[each.name] for each in msgspec.structs.fields(table)}


def unknown(name: str, known: Mapping[str, Any], at: Place) -> str:
    """Return a sentence on a key that there is not in the table at a place, and what was probably meant.

    Before all tables that is a key of this very name in one of them, since the head of that may be missing.
    """
    said = f'there is no key "{called((*at, name))}".'
    elsewhere = _listed(_heads(name))
    close = get_close_matches(name, known, n=1)
    if elsewhere and not at:
        return f'{said} Did you mean "{name}" under {elsewhere}?'
    if close:
        return f'{said} Did you mean "{called((*at, close[0]))}"?'
    more = f'; "{name}" stands under {elsewhere}' if elsewhere else ""
    more = f'; "{name}" stands above all tables' if _is_above(name) else more
    return f"{said} There are: {', '.join(known)}{more}."


def _heads(name: str) -> list[str]:
    """Return the heads of the tables in which a key stands, the usual ones if any, where they are few."""
    found = [one for one in _tables(Config, "", is_one=True) if name in kinds(one.kind)]
    heads = [one.head for one in found if one.is_one] or [one.head for one in found]
    return heads if len(heads) <= _FEW else []


def _is_above(name: str) -> bool:
    """Tell whether a key belongs to no table, so that the head of one should not stand before it."""
    return kinds(Config).get(name) in (str, tuple[str, ...])


def _listed(heads: list[str]) -> str:
    """Return heads of tables as a person lists them."""
    return " or ".join([", ".join(heads[:-1]), heads[-1]] if heads[:-1] else heads)


def _tables(table: type[Settings], within: str, *, is_one: bool) -> Iterator[_Table]:
    """Yield all tables that may stand below one; `within` is its name as heads have it."""
    for name, kind in kinds(table).items():
        many, named = get_origin(kind) is tuple, get_origin(kind) is dict
        for each in filter(is_table, (kind, *get_args(kind))):
            inner = f"{within}{name}{'.NAME' if named else ''}"
            found = _Table(f"[[{inner}]]" if many else f"[{inner}]", each, is_one and not (many or named))
            yield found
            yield from _tables(each, f"{inner}.", is_one=found.is_one)
