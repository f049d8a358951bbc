"""What is wrong with a configuration: a sentence for each mistake, with what was probably meant.

A table as TOML gives it comes in; no file is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from types import UnionType
from typing import Any, Literal, get_args, get_origin
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import msgspec

from lwnindex import names
from lwnindex.presets import FIELDS, PLACEHOLDERS, TERMS
from lwnindex.problems import Mistake, Place
from lwnindex.settingkeys import called, is_table, kinds, unknown
from lwnindex.settings import Config, Settings


def mistakes(table: Mapping[str, Any]) -> Iterator[Mistake]:
    """Yield each key that there is not, and each value that cannot be used."""
    yield from _mistakes(table, Config, (), "")


def _mistakes(table: Mapping[str, Any], kind: type[Settings], at: Place, rule: str) -> Iterator[Mistake]:
    """Yield each key that there is not in the table at a place, and each value that cannot be used.

    `rule` is the name of the place with `NAME` for names that people choose, and `[]` for places in a list.
    """
    known = kinds(kind)
    for name, value in table.items():
        if name in known:
            yield from _wrong(value, known[name], (*at, name), f"{rule}{name}")
        else:
            yield Mistake((*at, name), unknown(name, known, at))


def _wrong(value: Any, kind: Any, at: Place, rule: str) -> Iterator[Mistake]:
    """Yield what is wrong with the value of the key at a place."""
    inner = get_args(kind)[1] if get_origin(kind) is dict else None
    table = get_args(kind)[0] if get_origin(kind) is tuple else None
    kind = _either(value, kind)
    if isinstance(value, dict) and is_table(kind):
        yield from _mistakes(value, kind, at, f"{rule}.")
    elif isinstance(value, list) and is_table(table):
        for place, each in enumerate(value):
            yield from _wrong(each, table, (*at, place), f"{rule}[]")
    elif isinstance(value, dict) and inner:
        for name, each in value.items():
            yield from _wrong(each, inner, (*at, name), f"{rule}.NAME")
        yield from of_key(at, _IMPOSSIBLE.get(rule, _nothing)(value))
    else:
        try:
            found = msgspec.convert(value, kind)
        except msgspec.ValidationError as error:
            yield from of_key(at, [f"{_plain(str(error))}{_choices(value, kind)}"])
        else:
            yield from of_key(at, _IMPOSSIBLE.get(rule, _nothing)(found))


def of_key(at: Place, faults: Iterable[str]) -> Iterator[Mistake]:
    """Yield the mistakes of a key, of which these are the faults."""
    yield from (Mistake(at, f'the key "{called(at)}": {fault}') for fault in faults)


def _either(value: Any, kind: Any) -> Any:
    """Return the kind of table that a value is, where it may be a text as well."""
    tables = [one for one in get_args(kind) if is_table(one)] if get_origin(kind) is UnionType else []
    return tables[0] if tables and isinstance(value, dict) else kind


def _choices(value: Any, kind: Any) -> str:
    """Return which of the words that there are is meant, or all; empty where any word will do."""
    words = list(map(str, get_args(kind))) if get_origin(kind) is Literal else []
    close = get_close_matches(str(value).lower(), words, n=1)
    meant = f' Did you mean "{close[0]}"?' if close else ""
    return meant or (f" There are: {', '.join(words)}." if words else "")


_KINDS = {
    "object": "a table",
    "array": "a list",
    "str": "a text in quotes",
    "int": "a whole number",
    "float": "a number with a fraction",
    "bool": "true or false",
    "date": "a date",
    "datetime": "a date with a time",
    "time": "a time",
}


def _plain(message: str) -> str:
    """Return msgspec's sentence in the words of TOML."""
    what, _, where = message.partition(" - at `$")
    place = f" at {where.rstrip('`')}" if where else ""
    named = re.sub(r"`([a-z |]+)`", lambda found: " or ".join(map(_named, found[1].split(" | "))), what)
    return f"{named}{place}."


def _named(kind: str) -> str:
    return _KINDS.get(kind, f"`{kind}`")


def _nothing(_: Any) -> Iterator[str]:
    yield from ()


def _too_small(value: int) -> Iterator[str]:
    if value < 1:
        yield f"{value} is too small; it must be 1 or more."


def _no_plugin(value: tuple[str, ...]) -> Iterator[str]:
    for name in value:
        if not _PLUGIN.fullmatch(name):
            yield f'"{name}" is no plug-in. Write its module and its function, as in "mysite:extend".'
    yield from _twice(value, "plug-in")


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


def _no_permalink(value: str) -> Iterator[str]:
    unknown = [name for name in re.findall(r":([a-z_]+)", value) if name not in PLACEHOLDERS]
    if value and (unknown or not value.startswith("/") or ".." in value):
        nothing = f" Nothing stands for :{unknown[0]}." if unknown else ""
        yield f'"{value}" is no pattern of addresses, such as "/:year/:month/:title/".{nothing}'


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


def _negative(value: int) -> Iterator[str]:
    if value < 0:
        yield f"{value} is too small; it must be 0 or more."


_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_ADDRESS = re.compile(r"[!-~]+")
_PLUGIN = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*:[^\W\d]\w*|\w[\w.-]*")
_IMPOSSIBLE: dict[str, Callable[[Any], Iterator[str]]] = {
    "content": _no_folder,
    "plugins": _no_plugin,
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
    "sources[].permalink": _no_permalink,
    "sources[].lang": _no_language_if_any,
    "sources[].fields": _no_field,
    "sources[].index": _no_field_of_entries,
    **{f"sources[].select.{name}": _no_selector for name in ("title", "byline", "date", "body", "entries")},
    "feeds[].url": _no_feed_address,
    "feeds[].lang": _no_language_if_any,
    "strip.lines": _no_pattern,
    "strip.rest": _no_pattern,
    **{f"check.{name}": _negative for name in ("max_files", "max_bytes", "max_file_bytes")},
    "check.external_days": _too_small,
}
"""What yields the faults of a value that has the right type and cannot be used all the same."""
