"""The archive as files for other programs: JSON, CSV, SQLite, SKOS; what is said of it comes back."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Any, Literal, NamedTuple

from lwnindex.archive import Archive
from lwnindex.config import Found
from lwnindex.digest import digest_bytes
from lwnindex.engine.limits import Limits
from lwnindex.engine.store import Store
from lwnindex.export.target import MADE, replaced
from lwnindex.formats import csv, graphs, skos
from lwnindex.formats.archived import archived
from lwnindex.formats.tables import NAMES, Contents, Table, contents, tables
from lwnindex.formats.thesaurus import notes
from lwnindex.model import Problem
from lwnindex.options import Options
from lwnindex.patience import SlowError, patient
from lwnindex.problems import SiteError, line_in
from lwnindex.registry import EXPORTS, Export, Plugins, called
from lwnindex.visits import Look, export_json, look, remarks

__all__ = [
    "NAMES",
    "Handed",
    "csv_files",
    "csv_table",
    "json_object",
    "plugin_file",
    "skos_graph",
    "sqlite_file",
]

Graph = Literal["turtle", "jsonld"]

_GRAPHS = {"turtle": (graphs.turtle, graphs.TURTLE_HEAD), "jsonld": (graphs.jsonld, graphs.JSONLD_HEAD)}


_JSON_HEAD = b'{\n "site": {'


class Handed(NamedTuple):
    """What was handed over: the problems of the archive, and its bytes where they went to no file."""

    problems: tuple[Problem, ...]
    content: bytes = b""
    counts: Mapping[str, int] = {}


def json_object(found: Found, file: str, options: Options) -> bytes:
    """Return the archive as one object in JSON; nothing where a file is named, which is then written.

    SiteError where it cannot be written, or is no such export; it stays as it is then.
    """
    content = export_json(found, options)
    return _put(content, file, _is_json, options) or b""


def _put(content: bytes, file: str, is_ours: Callable[[Path], bool], options: Options) -> bytes | None:
    """Return bytes where no file is named; else write them there, beside its place first if it has one."""
    target = Path(file)
    if not file:
        return content
    if target.exists() and not target.is_file():
        _pour(target, content)
    else:
        with _replaced(target, is_ours, options) as place:
            _write(place / MADE, (content,))
    return None


def _pour(target: Path, content: bytes) -> None:
    """Write into what is no file, such as a device; SiteError where it takes nothing, as a folder."""
    try:
        _write(target, (content,))
    except OSError as error:
        raise SiteError(f"{target} cannot be written: {error.strerror}.") from error


def _is_json(place: Path) -> bool:
    """Tell whether a file is such an export, or has nothing to be lost."""
    return _begins_with(_JSON_HEAD, place) or place.stat().st_size == 0


def csv_table(found: Found, name: str, options: Options) -> Handed:
    """Return a table as CSV."""
    return _handed(found, options, lambda of: b"".join(csv.written(_tables(of)[name])))


def csv_files(found: Found, folder: str, options: Options) -> Handed:
    """Write each table into a file of a folder; SiteError where one cannot be, and then none is."""

    def written(of: Contents) -> None:
        with ExitStack() as stack:
            # Each takes its place where the stack ends, when all are complete.
            for table in _tables(of).values():
                is_ours = partial(_begins_with, csv.head(table))
                target = Path(folder) / f"{table.name}.csv"
                place = stack.enter_context(_replaced(target, is_ours, options))
                _write(place / MADE, csv.written(table))

    return _handed(found, options, written)


def sqlite_file(found: Found, file: str, options: Options) -> Handed:
    """Write all tables into a database of SQLite; SiteError where it cannot be, and then nothing is left."""
    from lwnindex.export import sqlite

    def written(of: Contents) -> None:
        with _replaced(Path(file), sqlite.is_ours, options) as place:
            sqlite.write(place / MADE, tables(of))

    return _handed(found, options, written)


def skos_graph(found: Found, kind: Graph, file: str, options: Options) -> Handed:
    """Return the thesaurus in SKOS, or write it into a file where one is named; SiteError if it cannot be."""
    made, head = _GRAPHS[kind]

    def written(of: Contents) -> bytes | None:
        content = made(skos.things(of.catalog, notes(of.catalog, of.blob), of.config.site))
        return _put(content, file, partial(_begins_with, head), options)

    return _handed(found, options, written)


def _handed(found: Found, options: Options, use: Callable[[Contents], bytes | None]) -> Handed:
    """Return what is made of an archive, with its problems."""

    def used(seen: Look) -> Handed:
        config = seen.gathered.inputs.config
        made = use(contents(seen.catalog, seen.parsed, config, seen.store.blob))
        said = remarks(found.config, len(seen.catalog.order))
        return Handed((*seen.problems, *said), made or b"")

    return look(found, options, used)


def _tables(of: Contents) -> dict[str, Table]:
    return {table.name: table for table in tables(of)}


def _replaced(target: Path, is_ours: Callable[[Path], bool], options: Options) -> Any:
    return replaced(target, is_ours, wait=options.patience, waiting=options.waiting)


def _write(place: Path, content: Iterable[bytes]) -> None:
    with place.open("wb") as file:
        file.writelines(content)


def _begins_with(head: bytes, place: Path) -> bool:
    """Tell whether a file begins as ours do."""
    try:
        with place.open("rb") as file:
            return file.read(len(head)) == head
    except OSError:
        return False


_SECONDS = 600.0
"""Seconds of CPU that an exporter of a plug-in may take, unless the plug-in says how many."""

_SLOW = (
    "Look for a loop without an end, or give it more: registry.add_exporter(name, function, seconds=3600)."
)


def plugin_file(found: Found, name: str, file: str, options: Options) -> Handed:
    """Return what an exporter of a plug-in makes of an archive, or write it into a file if one is named.

    SiteError where there is no such exporter, where it fails, and where a file stands that is not one of its.
    """
    from lwnindex.plugins import loaded

    known = loaded(found).exporters
    if name not in known:
        raise SiteError(_unknown(name, known), exit_code=2)

    def used(seen: Look) -> Handed:
        exporters = seen.gathered.plugins.exporters
        of = contents(seen.catalog, seen.parsed, seen.gathered.config, seen.store.blob)
        content = _exported(name, exporters[name], archived(of, seen.problems), seen.gathered.plugins)
        if file:
            _put_known(content, Path(file), seen.store, options)
        said = remarks(found.config, len(seen.catalog.order))
        return Handed((*seen.problems, *said), b"" if file else content)

    return look(found, options, used)


def _unknown(name: str, exporters: Iterable[str]) -> str:
    known = (*EXPORTS, *sorted(exporters))
    close = get_close_matches(name, known, n=1)
    meant = f'Did you mean "{close[0]}"?' if close else f"There are: {', '.join(known)}."
    return f'there is no exporter "{name}". {meant}'


def _exported(name: str, export: Export, archive: Archive, of: Plugins) -> bytes:
    """Return what an exporter makes; SiteError names its line where it fails."""
    limits = Limits(of.seconds.get(f"exporter {name}", _SECONDS))
    try:
        content: Any = patient(limits, lambda: export(archive), of.places, called(export))
    except SlowError as error:
        place = error.place or error.function
        said = f'{place}: the exporter "{name}" of a plug-in, {error.function}, {error.took}. {_SLOW}'
        raise SiteError(said) from error
    except Exception as error:
        place = line_in(error, of.places) or called(export)
        what = f"{type(error).__name__}: {error}"
        raise SiteError(f'{place}: the exporter "{name}" of a plug-in fails: {what}. Mend it.') from error
    if not isinstance(content, bytes):
        what = type(content).__name__
        raise SiteError(f'{called(export)}: the exporter "{name}" returned {what}. Return bytes.')
    return content


def _put_known(content: bytes, target: Path, store: Store, options: Options) -> None:
    """Write a file, over one that stands there only if the store knows it for ours, as it is."""
    note = f"exported {digest_bytes(os.fsencode(target.resolve()))}"
    _put(content, str(target), lambda place: _is_noted(place, store.noted(note)), options)
    store.note(note, digest_bytes(content).encode())


def _is_noted(place: Path, noted: bytes | None) -> bool:
    content = place.read_bytes()
    return not content or noted == digest_bytes(content).encode()
