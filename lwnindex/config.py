"""`lwnindex.toml` becomes a Config: every mistake in it is told at once, with what was probably meant.

An option wins over `LWNINDEX_*` in the environment, that over the file, that over the default.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from lwnindex import tomlfiles, validation
from lwnindex.conflicts import conflicts
from lwnindex.problems import Mistake, SiteError
from lwnindex.reading import readings
from lwnindex.settings import LWN_INDEXES, LWN_NICKS, Config, NamedIndex

FILE = "lwnindex.toml"
ENVIRONMENT = "LWNINDEX_"
_CONTROLS = re.compile("[\x7f-\x9f]")


class Found(NamedTuple):
    """A configuration, the folder its paths are relative to, and the file it was read from, if any."""

    config: Config
    root: Path
    file: Path | None

    @property
    def output(self) -> Path:
        """The folder that the site is written into, as it is named."""
        return self.root / self.config.publishing.folder


def find(start: Path) -> Path | None:
    """Return the configuration file in this folder or the nearest above it."""
    here = start.resolve()
    return next((each / FILE for each in (here, *here.parents) if (each / FILE).is_file()), None)


def load(file: Path | None, environment: Mapping[str, str], options: Mapping[str, Any]) -> Found:
    """Return the configuration of a file with what the environment and the options say over it.

    SiteError (exit code 2) lists every mistake, each with the file.
    """
    said = {**dict(_from_environment(environment)), **options}
    written = tomlfiles.table(file, "the configuration") if file else {}
    table = _with_folder(written, said.pop("output", None)) | said
    _refuse(file, validation.mistakes(table))
    config = _with_indexes(msgspec.convert(_with_defaults(table), Config, from_attributes=True))
    _refuse(file, conflicts(config))
    return Found(config, file.parent if file else Path(), file)


def _from_environment(environment: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    """Yield what `LWNINDEX_OUTPUT`, `LWNINDEX_CONTENT` (separated as PATH is) and their like say."""
    said = {name: environment.get(ENVIRONMENT + name.upper()) for name in ("static", "output", "store")}
    yield from ((name, value) for name, value in said.items() if value)
    if content := environment.get(f"{ENVIRONMENT}CONTENT"):
        yield "content", tuple(content.split(os.pathsep))


def _with_folder(table: dict[str, Any], output: Any) -> dict[str, Any]:
    """Return a table whose output is in another folder; how it changes stays as it is said."""
    if output is None:
        return table
    said = table.get("output")
    is_table = isinstance(said, dict) and isinstance(output, str)
    return table | {"output": {**said, "folder": output} if is_table and said else output}


def _refuse(file: Path | None, mistakes: Iterable[Mistake]) -> None:
    """Raise SiteError where there are any."""
    told = [f"{tomlfiles.located(file, each.place)}: {each.said}" for each in mistakes]
    if told:
        raise SiteError("\n".join(told), exit_code=2)


def _with_defaults(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return the table with LWN's indexes and nicks under those that it declares itself."""
    filled = dict(table)
    if isinstance(table.get("indexes"), dict):
        filled["indexes"] = {**LWN_INDEXES, **table["indexes"]}
    bylines = table.get("bylines")
    if isinstance(bylines, dict) and isinstance(bylines.get("nicks"), dict):
        filled["bylines"] = {**bylines, "nicks": {**LWN_NICKS, **bylines["nicks"]}}
    return filled


def _with_indexes(config: Config) -> Config:
    """Return a configuration that has the indexes in which the tags and categories of sources are entries."""
    used = [name for one in readings(config).values() for _, name in one.index]
    used += [one.index for one in config.feeds if one.index]
    missing = {name: NamedIndex() for name in sorted(used) if name not in config.indexes}
    return msgspec.structs.replace(config, indexes={**config.indexes, **missing}) if missing else config


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
