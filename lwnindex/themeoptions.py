"""What themes declare in `[options.NAME]` and a site sets in `[theme.options]`, as values and a stylesheet.

A theme has the options of its parents; where it declares one of them again, what it says wins key by key.
All mistakes are told, each with its file and key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from keyword import iskeyword
from typing import Any, NamedTuple

import msgspec

from lwnindex.optionkinds import KINDS, Named
from lwnindex.problems import SiteError
from lwnindex.viewparts import Link

STYLESHEET = "assets/theme-options.css"

_KEYS = ("type", "default", "description", "choices")
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class Option(NamedTuple):
    """An option that a theme has: its kind, what templates see without more, and what may be chosen.

    It is `moved` where a theme gives it another default than the parent that its stylesheets are made for.
    """

    kind: str
    default: Any
    choices: tuple[str, ...] = ()
    moved: bool = False


Where = Callable[[str, tuple[str | int, ...]], str]
"""Gives the place of a key in a file, `theme.toml:3`."""


def _whole(file: str, _: tuple[str | int, ...]) -> str:
    return file


def declared(tables: Iterable[tuple[str, Mapping[str, Any]]], where: Where = _whole) -> dict[str, Option]:
    """Return a theme's options by name, from the file and the `options` of each theme, the parent's first.

    SiteError (exit code 2) lists all that is wrong in these files.
    """
    faults: list[str] = []
    merged: dict[str, dict[str, Any]] = {}
    found: dict[str, Option] = {}
    for file, table in tables:
        for name, said in table.items():
            fault = _misnamed(name, said)
            if not fault:
                merged[name] = {**merged.get(name, {}), **said}
                fault = _misdeclared(merged[name])
            if fault:
                faults.append(f'{where(file, ("options", name))}: the option "{name}": {fault}')
            else:
                found[name] = _option(merged[name], found.get(name))
    if faults:
        raise SiteError("\n".join(faults), exit_code=2)
    return found


def _misnamed(name: str, said: Any) -> str:
    """Return what is wrong with an option's name or the keys below it."""
    if not _NAME.fullmatch(name) or iskeyword(name):
        return 'its name must be small letters, digits and _, such as "accent", and no word of Python\'s.'
    if not isinstance(said, dict):
        return f"it must be a table: [options.{name}] with type and default."
    strange = [key for key in said if key not in _KEYS]
    return f'there is no key "{strange[0]}". There are: {", ".join(_KEYS)}.' if strange else ""


def _misdeclared(said: Mapping[str, Any]) -> str:
    """Return what is wrong with what is declared, all in all."""
    kind, choices = said.get("type"), said.get("choices", [])
    if kind not in KINDS:
        return f"its type must be one of these: {', '.join(KINDS)}."
    if not isinstance(choices, list) or not all(isinstance(each, str) for each in choices):
        return "its choices must be a list of texts."
    if bool(choices) != (kind == "choice"):
        return "a choice must have choices." if not choices else "only a choice has choices."
    if "default" not in said:
        return "it must have a default."
    try:
        KINDS[kind].read(said["default"], choices)
    except ValueError as error:
        return f"its default: {error}"
    return ""


def _option(said: Mapping[str, Any], above: Option | None) -> Option:
    choices = tuple(said.get("choices", ()))
    default = KINDS[said["type"]].read(said["default"], choices)
    return Option(
        said["type"], default, choices, above is not None and (above.moved or default != above.default)
    )


def chosen(
    options: Mapping[str, Option],
    said: Mapping[str, Any],
    file: str,
    is_file: Callable[[str], bool] = lambda _: True,
    where: Where = _whole,
) -> dict[str, Any]:
    """Return the value of each option: what a site says, else the default; `is_file` knows the site's files.

    SiteError (exit code 2) lists all that is wrong, each with the configuration's file.
    """
    faults: list[str] = []
    values = {name: option.default for name, option in options.items()}
    for name, value in said.items():
        try:
            values[name] = _value(options, name, value, is_file)
        except LookupError as error:
            faults.append(f"{where(file, _place(name))}: {error.args[0]}")
        except ValueError as error:
            faults.append(f'{where(file, _place(name))}: the key "theme.options.{name}": {error}')
    if faults:
        raise SiteError("\n".join(faults), exit_code=2)
    return values


def _place(name: str) -> tuple[str, ...]:
    return "theme", "options", name


def _value(options: Mapping[str, Option], name: str, value: Any, is_file: Callable[[str], bool]) -> Any:
    if name not in options:
        raise LookupError(_unknown(options, name))
    option = options[name]
    found = KINDS[option.kind].read(value, option.choices)
    if option.kind == "path" and found and not is_file(found):
        raise ValueError(f'there is no file "{found}" on the site; put it into static/.')
    return found


def _unknown(options: Mapping[str, Option], name: str) -> str:
    close = get_close_matches(name, options, n=1)
    others = f"There are: {', '.join(options)}." if options else "This theme has no options."
    meant = f'Did you mean "theme.options.{close[0]}"?' if close else others
    return f'there is no key "theme.options.{name}". {meant}'


def shown(values: Mapping[str, Any]) -> msgspec.Struct:
    """Return values as templates see them: `site.theme.accent`."""
    return _shape(tuple(values))(**values)


@cache
def _shape(names: tuple[str, ...]) -> type[msgspec.Struct]:
    return msgspec.defstruct("Options", [(name, Any) for name in names], frozen=True, kw_only=True)


def stylesheet(options: Mapping[str, Option], values: Mapping[str, Any]) -> str:
    """Return the options that are not as stylesheets have them, as custom properties; nothing for none."""
    lines = "".join(f"  --{name}: {text};\n" for name, text in _properties(options, values))
    return f"/* Made by lwnindex from [theme.options]. */\n:root {{\n{lines}}}\n" if lines else ""


def _properties(options: Mapping[str, Option], values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, option in options.items():
        css = KINDS[option.kind].css
        if css and values[name] != "" and (option.moved or values[name] != option.default):
            yield name, css(values[name])


def within(values: msgspec.Struct, seen: Callable[[Link], Link]) -> msgspec.Struct:
    """Return values whose links lead where `seen` says, without those that lead nowhere then."""
    lists = {name: value for name, value in msgspec.structs.asdict(values).items() if _is_links(value)}
    moved = {name: tuple(_moved(value, seen)) for name, value in lists.items()}
    return msgspec.structs.replace(values, **moved)


def _moved(value: Iterable[Named], seen: Callable[[Link], Link]) -> Iterator[Named]:
    for each in value:
        link = seen(each.link)
        if link.href:
            yield msgspec.structs.replace(each, link=link)


def _is_links(value: Any) -> bool:
    return isinstance(value, tuple) and all(isinstance(each, Named) for each in value)


def local_links(values: Sequence[Any]) -> Iterator[tuple[str, str]]:
    """Yield the name and the output path of each link among the values that stays on the site."""
    lists = (value for value in values if isinstance(value, tuple))
    for each in (one for value in lists for one in value if isinstance(one, Named) and one.link.local):
        yield each.name, each.link.href.partition("#")[0]
