"""What is wrong between the tables of a configuration each of which is sound: two want the same place.

A Config comes in; no file is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from lwnindex import names
from lwnindex.problems import CODES, Mistake
from lwnindex.settings import Config
from lwnindex.validation import of_key


def conflicts(config: Config) -> Iterator[Mistake]:
    """Yield each table that lacks its name, or would stand where another does."""
    yield from _shared_paths(config)
    yield from _repeated_tables(config)
    yield from _bad_queries(config)
    yield from _no_codes(config)


def _no_codes(config: Config) -> Iterator[Mistake]:
    """Yield each code to be ignored that there is not; plug-ins may have their own."""
    for place, code in enumerate(config.check.ignore):
        close = get_close_matches(code, CODES, n=1, cutoff=0.8 if config.plugins else 0.6)
        if code not in CODES and (close or not config.plugins):
            meant = f' Did you mean "{close[0]}"?' if close else ""
            said = f'"ignore" under [check] names "{code}", which is no code.{meant}'
            yield Mistake(("check", "ignore", place), said)


def _shared_paths(config: Config) -> Iterator[Mistake]:
    """Yield each index whose A-Z page would stand where another's does."""
    holders: dict[str, str] = {}
    for name, index in config.indexes.items():
        path = index.path.strip("/") or f"{names.segment(name)}/Index"
        first = holders.setdefault(names.folded(path), name)
        if first != name:
            said = f'the indexes "{first}" and "{name}" have one path, "{path}"; give one of them another.'
            yield Mistake(("indexes", name), said)


def _repeated_tables(config: Config) -> Iterator[Mistake]:
    """Yield each table that lacks its name, or has that of another."""
    kinds = {"sources": ("path", [one.path for one in config.sources])}
    kinds["feeds"] = ("url", [one.url for one in config.feeds])
    for kind, (key, named) in kinds.items():
        if "" in named:
            yield Mistake((kind, named.index("")), f'each [[{kind}]] needs a "{key}".')
        for name in sorted({one for one in named if one and named.count(one) > 1}):
            second = named.index(name, named.index(name) + 1)
            yield Mistake((kind, second, key), f'two [[{kind}]] have the {key} "{name}"; make them one.')


def _bad_queries(config: Config) -> Iterator[Mistake]:
    """Yield each query without a name, and for each that has the path of another."""
    holders: dict[str, str] = {}
    for place, query in enumerate(config.feeds_out.query):
        at = ("feeds_out", "query", place, "name")
        folder = names.segment(query.name)
        key = names.folded(folder)
        if not query.name.strip():
            yield from of_key(at, ["it must not be empty."])
        elif key in holders:
            both = f'the queries "{holders[key]}" and "{query.name}"'
            yield Mistake(at, f'{both} have one path, "Queries/{folder}"; give one of them another name.')
        else:
            holders[key] = query.name
