"""`lwnindex.toml` becomes a Config: every mistake in it is told at once, with what was probably meant.

An option wins over `LWNINDEX_*` in the environment, that over the file, that over the default.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args, get_origin, get_type_hints
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import msgspec

from lwnindex import names
from lwnindex.presets import FIELDS, TERMS
from lwnindex.problems import SiteError
from lwnindex.settings import LWN_INDEXES, LWN_NICKS, Config, NamedIndex, Settings, readings

FILE = "lwnindex.toml"
ENVIRONMENT = "LWNINDEX_"


class Found(NamedTuple):
    """A configuration, the folder its paths are relative to, and the file it was read from, if any."""

    config: Config
    root: Path
    file: Path | None


def find(start: Path) -> Path | None:
    """Return the configuration file in this folder or the nearest above it."""
    here = start.resolve()
    return next((each / FILE for each in (here, *here.parents) if (each / FILE).is_file()), None)


def load(file: Path | None, environment: Mapping[str, str], options: Mapping[str, Any]) -> Found:
    """Return the configuration of a file with what the environment and the options say over it.

    SiteError (exit code 2) lists every mistake, each with the file.
    """
    table = {**_table(file), **dict(_from_environment(environment)), **options}
    mistakes = list(_mistakes(table, Config, "", ""))
    if mistakes:
        raise SiteError("\n".join(f"{file or 'options'}: {each}" for each in mistakes), exit_code=2)
    config = _with_indexes(msgspec.convert(_with_defaults(table), Config, from_attributes=True))
    shared = [*_shared_paths(config), *_repeated_tables(config), *_bad_queries(config)]
    if shared:
        raise SiteError("\n".join(f"{file or 'options'}: {each}" for each in shared), exit_code=2)
    return Found(config, file.parent if file else Path(), file)


def _shared_paths(config: Config) -> Iterator[str]:
    """Yield a sentence for each index whose A-Z page would stand where another's does."""
    holders: dict[str, str] = {}
    for name, index in config.indexes.items():
        path = index.path.strip("/") or f"{names.segment(name)}/Index"
        first = holders.setdefault(names.folded(path), name)
        if first != name:
            yield f'the indexes "{first}" and "{name}" have one path, "{path}"; give one of them another.'


def _repeated_tables(config: Config) -> Iterator[str]:
    """Yield a sentence for each table that lacks its name, or has that of another."""
    kinds = {"sources": ("path", [one.path for one in config.sources])}
    kinds["feeds"] = ("url", [one.url for one in config.feeds])
    for kind, (key, named) in kinds.items():
        if "" in named:
            yield f'each [[{kind}]] needs a "{key}".'
        for name in sorted({one for one in named if one and named.count(one) > 1}):
            yield f'two [[{kind}]] have the {key} "{name}"; make them one.'


def _with_indexes(config: Config) -> Config:
    """Return a configuration that has the indexes in which the tags and categories of sources are entries."""
    used = [name for one in readings(config).values() for _, name in one.index]
    used += [one.index for one in config.feeds if one.index]
    missing = {name: NamedIndex() for name in sorted(used) if name not in config.indexes}
    return msgspec.structs.replace(config, indexes={**config.indexes, **missing}) if missing else config


def _bad_queries(config: Config) -> Iterator[str]:
    """Yield a sentence for each query without a name, and for each that has the path of another."""
    holders: dict[str, str] = {}
    for place, query in enumerate(config.feeds_out.query):
        folder = names.segment(query.name)
        key = names.folded(folder)
        if not query.name.strip():
            yield f'the key "feeds_out.query[{place}].name": it must not be empty.'
        elif key in holders:
            yield (
                f'the queries "{holders[key]}" and "{query.name}" have one path, "Queries/{folder}"; '
                "give one of them another name."
            )
        else:
            holders[key] = query.name


def _table(file: Path | None) -> dict[str, Any]:
    if file is None:
        return {}
    try:
        return tomllib.loads(file.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, RecursionError, tomllib.TOMLDecodeError) as error:
        raise SiteError(f"{file}: the configuration cannot be read: {error}.", exit_code=2) from error


def _mistakes(table: Mapping[str, Any], kind: type[Settings], prefix: str, rule: str) -> Iterator[str]:
    """Yield a sentence for each key that there is not, and each value that cannot be used.

    `rule` is `prefix` with `NAME` for the names that people choose, and `[]` for the places in a list.
    """
    hints = get_type_hints(kind)
    known = {each.encode_name: hints[each.name] for each in msgspec.structs.fields(kind)}
    for name, value in table.items():
        if name in known:
            yield from _wrong(value, known[name], f"{prefix}{name}", f"{rule}{name}")
        else:
            close = get_close_matches(name, known, n=1)
            meant = f' Did you mean "{prefix}{close[0]}"?' if close else f" There are: {', '.join(known)}."
            yield f'there is no key "{prefix}{name}".{meant}'


def _wrong(value: Any, kind: Any, key: str, rule: str) -> Iterator[str]:
    """Yield what is wrong with the value of a key."""
    inner = get_args(kind)[1] if get_origin(kind) is dict else None
    table = get_args(kind)[0] if get_origin(kind) is tuple else None
    if isinstance(value, dict) and _is_table(kind):
        yield from _mistakes(value, kind, f"{key}.", f"{rule}.")
    elif isinstance(value, list) and _is_table(table):
        for place, each in enumerate(value):
            yield from _wrong(each, table, f"{key}[{place}]", f"{rule}[]")
    elif isinstance(value, dict) and inner:
        for name, each in value.items():
            yield from _wrong(each, inner, f"{key}.{name}", f"{rule}.NAME")
        yield from (f'the key "{key}": {fault}' for fault in _IMPOSSIBLE.get(rule, _nothing)(value))
    else:
        try:
            found = msgspec.convert(value, kind)
        except msgspec.ValidationError as error:
            yield f'the key "{key}": {_plain(str(error))}{_choices(value, kind)}'
        else:
            yield from (f'the key "{key}": {fault}' for fault in _IMPOSSIBLE.get(rule, _nothing)(found))


def _is_table(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Settings)


def _choices(value: Any, kind: Any) -> str:
    """Return which of the words that there are is meant, or all; empty where any word will do."""
    words = list(map(str, get_args(kind))) if get_origin(kind) is Literal else []
    close = get_close_matches(str(value).lower(), words, n=1)
    meant = f' Did you mean "{close[0]}"?' if close else ""
    return meant or (f" There are: {', '.join(words)}." if words else "")


def _plain(message: str) -> str:
    """Return msgspec's sentence in the words of TOML."""
    what, _, where = message.partition(" - at `$")
    place = f" at {where.rstrip('`')}" if where else ""
    return f"{what.replace('`object`', 'a table').replace('`array`', 'a list')}{place}."


def _nothing(_: Any) -> Iterator[str]:
    yield from ()


def _too_small(value: int) -> Iterator[str]:
    if value < 1:
        yield f"{value} is too small; it must be 1 or more."


def _no_text(value: str) -> Iterator[str]:
    if not value.strip():
        yield "it must not be empty."


def _no_folder(value: tuple[str, ...]) -> Iterator[str]:
    if not value or "" in value:
        yield 'it must name a folder, as in ["content"].'


def _no_address(value: str) -> Iterator[str]:
    if value and not _is_address(value):
        yield f'"{value}" is no whole address, such as "https://example.org/".'


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    whole = parts.scheme in ("http", "https") and bool(parts.hostname) and _ADDRESS.fullmatch(value)
    return bool(whole) and not parts.query and not parts.fragment


def _no_hub(value: tuple[str, ...]) -> Iterator[str]:
    for hub in value:
        if not _is_hub(hub):
            yield f'"{hub}" is no address of a hub, such as "https://hub.example/".'
    yield from _twice(value, "hub")


def _is_hub(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname and _ADDRESS.fullmatch(value))


def _no_language(value: str) -> Iterator[str]:
    if not _LANGUAGE.fullmatch(value):
        yield f'"{value}" is no language tag, such as "en" or "pt-BR".'


def _no_zone(value: str) -> Iterator[str]:
    try:
        ZoneInfo(value)
    except (OSError, ValueError, KeyError):
        yield f'"{value}" is no time zone, such as "Europe/Berlin".'


def _no_index_path(value: str) -> Iterator[str]:
    levels = value.strip("/").split("/") if value else []
    safe = [names.segment(level) for level in levels]
    if levels != safe:
        yield f'"{value}" cannot be a folder of a site; "{"/".join(safe)}" can.'


def _no_extension(value: tuple[str, ...]) -> Iterator[str]:
    from lwnindex.pythonmarkdown import to_html

    for name in value:
        try:
            to_html("", (name,))
        except (ImportError, AttributeError, TypeError, ValueError) as error:
            yield f'Python-Markdown cannot use the extension "{name}": {error}.'


def _no_pattern(value: tuple[str, ...]) -> Iterator[str]:
    for pattern in value:
        try:
            re.compile(pattern)
        except re.error as error:
            yield f'"{pattern}" is no regular expression: {error}.'


def _no_language_if_any(value: str) -> Iterator[str]:
    if value:
        yield from _no_language(value)


def _no_field(value: Mapping[str, Any]) -> Iterator[str]:
    for name in value:
        if name not in FIELDS:
            close = get_close_matches(name, FIELDS, n=1)
            meant = f'Did you mean "{close[0]}"?' if close else f"There are: {', '.join(FIELDS)}."
            yield f'no article has a field "{name}". {meant} It stands before the name that others give it.'


def _no_field_of_entries(value: str | Mapping[str, str]) -> Iterator[str]:
    for name in () if isinstance(value, str) else value:
        if name not in TERMS:
            yield f'"{name}" is no field of entries; there are: {", ".join(TERMS)}.'


def _no_selector(value: str) -> Iterator[str]:
    if value:
        from lwnindex.readers.selected import selector_fault

        fault = selector_fault(value)
        if fault:
            yield f"{fault}."


def _no_feed_address(value: str) -> Iterator[str]:
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = None
    if not (parts and parts.scheme in ("http", "https") and parts.hostname and _ADDRESS.fullmatch(value)):
        yield f'"{value}" is no address of a feed, such as "https://example.org/feed.xml".'


def _repeated(value: tuple[str, ...]) -> Iterator[str]:
    yield from _twice(value, "format")


def _twice(value: tuple[str, ...], what: str) -> Iterator[str]:
    if len(set(value)) < len(value):
        yield f"it names a {what} twice."


_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_ADDRESS = re.compile(r"[!-~]+")
_CONTROLS = re.compile("[\x7f-\x9f]")
_IMPOSSIBLE: dict[str, Callable[[Any], Iterator[str]]] = {
    "content": _no_folder,
    "site.title": _no_text,
    "site.url": _no_address,
    "site.source": _no_address,
    "site.language": _no_language,
    "site.timezone": _no_zone,
    "indexes.NAME.path": _no_index_path,
    "index.per_topic": _too_small,
    "index.split": _too_small,
    "pages.newest": _too_small,
    "pages.per_page": _too_small,
    "feeds_out.items": _too_small,
    "feeds_out.formats": _repeated,
    "feeds_out.hubs": _no_hub,
    "markdown.extensions": _no_extension,
    "sources[].path": _no_text,
    "sources[].url": _no_address,
    "sources[].lang": _no_language_if_any,
    "sources[].fields": _no_field,
    "sources[].index": _no_field_of_entries,
    **{f"sources[].select.{name}": _no_selector for name in ("title", "byline", "date", "body", "entries")},
    "feeds[].url": _no_feed_address,
    "feeds[].lang": _no_language_if_any,
    "strip.lines": _no_pattern,
    "strip.rest": _no_pattern,
}
"""What yields the faults of a value that has the right type and cannot be used all the same."""


def _from_environment(environment: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    """Yield what `LWNINDEX_OUTPUT`, `LWNINDEX_CONTENT` (separated as PATH is) and their like say."""
    said = {name: environment.get(ENVIRONMENT + name.upper()) for name in ("static", "output", "store")}
    yield from ((name, value) for name, value in said.items() if value)
    if content := environment.get(f"{ENVIRONMENT}CONTENT"):
        yield "content", tuple(content.split(os.pathsep))


def _with_defaults(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return the table with LWN's indexes and nicks under those that it declares itself."""
    filled = dict(table)
    if isinstance(table.get("indexes"), dict):
        filled["indexes"] = {**LWN_INDEXES, **table["indexes"]}
    bylines = table.get("bylines")
    if isinstance(bylines, dict) and isinstance(bylines.get("nicks"), dict):
        filled["bylines"] = {**bylines, "nicks": {**LWN_NICKS, **bylines["nicks"]}}
    return filled


def described(config: Config) -> str:
    """Return a configuration as TOML, every key with its value."""
    return "\n".join(_described(msgspec.to_builtins(config), "")) + "\n"


def _described(table: Mapping[str, Any], name: str) -> Iterator[str]:
    plain = {key: value for key, value in table.items() if not _holds_tables(value)}
    if name and (plain or not table):
        yield f"\n[{name}]"
    for key, value in plain.items():
        if value is not None:
            yield f"{_key(key)} = {_written(value)}"
    for key, value in table.items():
        inner = f"{name}.{_key(key)}" if name else _key(key)
        if isinstance(value, dict):
            yield from _described(value, inner)
        elif _holds_tables(value):
            for each in value:
                yield f"\n[[{inner}]]"
                yield from _listed(each, inner)


def _holds_tables(value: Any) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list | tuple) and bool(value) and isinstance(value[0], dict)
    )


def _listed(table: Mapping[str, Any], name: str) -> Iterator[str]:
    """Yield what stands below the head of one of several tables of a name."""
    yield from (f"{_key(key)} = {_written(value)}" for key, value in table.items() if _is_said(value))
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _described(value, f"{name}.{_key(key)}")


def _is_said(value: Any) -> bool:
    return value is not None and not isinstance(value, dict)


def _key(name: str) -> str:
    return name if name.replace("_", "").isalnum() and name.isascii() else _written(name)


def _written(value: Any) -> str:
    """Return a value as TOML: as JSON, but for control characters that TOML and terminals do not bear."""
    return _CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", msgspec.json.encode(value).decode())
