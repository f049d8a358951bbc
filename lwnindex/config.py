"""`lwnindex.toml` becomes a Config: every mistake in it is told at once, with what was probably meant.

An option wins over `LWNINDEX_*` in the environment, that over the file, that over the default.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import msgspec

from lwnindex.problems import SiteError
from lwnindex.settings import LWN_INDEXES, LWN_NICKS, Config, Settings

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
    table = _table(file)
    mistakes = [*_strange(table, Config, ""), *_impossible(table)]
    for name, value in _from_environment(environment):
        table[name] = value
    table.update(options)
    if mistakes:
        raise SiteError("\n".join(f"{file}: {each}" for each in mistakes), exit_code=2)
    return Found(_converted(_with_defaults(table), file), file.parent if file else Path(), file)


def _table(file: Path | None) -> dict[str, Any]:
    if file is None:
        return {}
    try:
        return tomllib.loads(file.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SiteError(f"{file}: the configuration cannot be read: {error}.", exit_code=2) from error


def _strange(table: Mapping[str, Any], kind: type[Settings], prefix: str) -> Iterator[str]:
    """Yield a sentence for each key that no table of the configuration has, with the nearest that one has."""
    known = get_type_hints(kind)
    for name, value in table.items():
        if name not in known:
            close = get_close_matches(name, known, n=1)
            meant = f' Did you mean "{close[0]}"?' if close else f" There are: {', '.join(known)}."
            yield f'there is no key "{prefix}{name}".{meant}'
        elif isinstance(value, dict):
            yield from _strange_inside(value, known[name], f"{prefix}{name}.")


def _strange_inside(value: dict[str, Any], kind: Any, prefix: str) -> Iterator[str]:
    if isinstance(kind, type) and issubclass(kind, Settings):
        yield from _strange(value, kind, prefix)
    elif (
        get_origin(kind) is dict
        and isinstance(get_args(kind)[1], type)
        and issubclass(get_args(kind)[1], Settings)
    ):
        for name, inner in value.items():
            if isinstance(inner, dict):
                yield from _strange(inner, get_args(kind)[1], f"{prefix}{name}.")


def _impossible(table: Mapping[str, Any]) -> Iterator[str]:
    """Yield a sentence for each value that has the right type and cannot be used all the same."""
    site = table.get("site")
    if isinstance(site, dict):
        yield from _impossible_site(site)
    for section, name in (
        ("pages", "per_page"),
        ("feeds_out", "items"),
        ("index", "per_topic"),
        ("index", "split"),
    ):
        part = table.get(section)
        value = part.get(name) if isinstance(part, dict) else None
        if isinstance(value, int) and value < 1:
            yield f"{section}.{name} is {value}; it must be 1 or more."


def _impossible_site(site: Mapping[str, Any]) -> Iterator[str]:
    for name in ("url", "source"):
        value = site.get(name)
        if isinstance(value, str) and value and not _is_address(value):
            yield f'site.{name} is "{value}"; it must be a whole address, as in "https://example.org/".'
    zone = site.get("timezone")
    if isinstance(zone, str) and not _is_zone(zone):
        yield f'site.timezone is "{zone}", which is no time zone; write it as in "Europe/Berlin".'


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not parts.query and not parts.fragment


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        return False
    return True


def _from_environment(environment: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    """Yield what `LWNINDEX_OUTPUT`, `LWNINDEX_CONTENT` (separated as PATH is) and their like say."""
    for name in ("static", "output", "store"):
        if environment.get(ENVIRONMENT + name.upper()):
            yield name, environment[ENVIRONMENT + name.upper()]


def _with_defaults(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return the table with LWN's indexes and nicks under those that it declares itself."""
    filled = dict(table)
    if isinstance(table.get("indexes"), dict):
        filled["indexes"] = {**LWN_INDEXES, **table["indexes"]}
    bylines = table.get("bylines")
    if isinstance(bylines, dict) and isinstance(bylines.get("nicks"), dict):
        filled["bylines"] = {**bylines, "nicks": {**LWN_NICKS, **bylines["nicks"]}}
    return filled


def _converted(table: Mapping[str, Any], file: Path | None) -> Config:
    try:
        return msgspec.convert(table, Config, from_attributes=True)
    except msgspec.ValidationError as error:
        raise SiteError(f"{file or 'options'}: {_plain(str(error))}", exit_code=2) from error


def _plain(message: str) -> str:
    """Return msgspec's sentence with the key as the file writes it."""
    what, _, where = message.partition(" - at `$.")
    return f'the key "{where.rstrip("`")}": {what}.' if where else f"{what}."


def described(config: Config) -> str:
    """Return a configuration as TOML, every key with its value."""
    return "\n".join(_described(msgspec.to_builtins(config), "")) + "\n"


def _described(table: Mapping[str, Any], name: str) -> Iterator[str]:
    plain = {key: value for key, value in table.items() if not isinstance(value, dict)}
    if plain and name:
        yield f"\n[{name}]"
    for key, value in plain.items():
        if value is not None:
            yield f"{key} = {msgspec.json.encode(value).decode()}"
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _described(value, f"{name}.{_key(key)}" if name else _key(key))


def _key(name: str) -> str:
    return name if name.replace("_", "").isalnum() and name.isascii() else msgspec.json.encode(name).decode()
