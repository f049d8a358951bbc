"""The variables and filters of templates as a page of the manual, made of the classes that say what they are.

`python -m tests.variables` (`make variables`) writes it below the mark in docs/templates.md.
"""

from __future__ import annotations

import inspect
import itertools
import re
import typing
from collections.abc import Iterator
from typing import Any

import msgspec

from lwnindex.formats.html import TEMPLATE_OF, filters
from lwnindex.model import Value
from lwnindex.viewmodel import SiteView
from lwnindex.viewparts import View
from lwnindex.words import Words
from tests.programs import ROOT

PAGE = ROOT / "docs/templates.md"
THEME = ROOT / "themes/default/templates"
_PARTS = "A theme that has a file of such a name changes this on all pages; the macros must be there, too.\n"
MARK = "<!-- made by `make variables` of the classes that templates see -->\n"


def page() -> str:
    """Return the page as it should be: what stands above the mark, and all that is made."""
    return PAGE.read_text("utf-8").partition(MARK)[0] + MARK + "\n" + "\n".join(_parts())


def _parts() -> Iterator[str]:
    yield from ("## `site`", "", _said(SiteView), _fields(SiteView))
    yield from ("## `page` everywhere", "", "Every page has these.\n", _fields(View))
    for view, template in TEMPLATE_OF.items():
        own = _fields(view, View)
        yield from (f"## `page` in `{template}`", "", _said(view) if own else _said(view).rstrip() + "\n")
        yield from filter(None, [own])
    yield from ("## What these hold", "")
    for value in values():
        yield from (f"### {value.__name__}", "", _said(value), _fields(value))
    yield from ("## Filters", "", _filters())
    yield from ("## Parts of the default theme", "", _PARTS, _theme_parts())


def _said(value: type) -> str:
    """Return what a class says of itself."""
    return inspect.cleandoc(value.__doc__ or "") + "\n"


def _fields(value: type[Value], but: type[Value] | None = None) -> str:
    """Return the fields of a class as a table; nothing where it has none but those of another."""
    left = set(but.__struct_fields__ if but else ())
    said = said_of_fields(value)
    rows = [
        f"| `{field.name}` | {_kind(field.type)} | {said.get(field.name, '')} |"
        for field in msgspec.structs.fields(value)
        if field.name not in left
    ]
    return "\n".join(["| name | kind | what it is |", "| --- | --- | --- |", *rows, ""]) if rows else ""


def said_of_fields(value: type) -> dict[str, str]:
    """Return what a class and those above it say of their fields: the comment beside each, or above it."""
    found: dict[str, str] = {}
    for each in reversed(value.__mro__):
        lines = inspect.getsource(each).splitlines() if each.__module__.startswith("lwnindex.") else []
        for above, line in itertools.pairwise(lines):
            field, _, beside = line.partition("  # ")
            if named := re.match(r"    (\w+): ", field):
                found[named[1]] = beside or (above[6:] if above.startswith("    # ") else "")
    return found


def _kind(kind: Any) -> str:
    """Return a type in words, with links to the values that it is made of."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return f"[{kind.__name__}](#{kind.__name__.lower()})"
    inner = [each for each in typing.get_args(kind) if each not in (type(None), ...)]
    if typing.get_origin(kind) is tuple:
        several = "list of " if ... in typing.get_args(kind) else "group of "
        return several + ", ".join(map(_kind, inner))
    if typing.get_origin(kind) is typing.Literal:
        return ", ".join(f"`{each}`" for each in inner)
    if inner:
        return " or ".join([*map(_kind, inner), *(["none"] if type(None) in typing.get_args(kind) else [])])
    return {str: "text", int: "number", bool: "true or false"}.get(kind, "anything")


def values() -> list[type[Value]]:
    """Return the values that views are made of, each before those that it is made of."""
    found: dict[type[Value], None] = {}
    waiting: list[Any] = [SiteView, View, *TEMPLATE_OF]
    while waiting:
        one = waiting.pop(0)
        for field in msgspec.structs.fields(one):
            new = [each for each in _structs(field.type) if each not in found]
            found.update(dict.fromkeys(new))
            waiting += new
    return list(found)


def _structs(kind: Any) -> Iterator[type[Value]]:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield typing.cast("type[Value]", kind)
    for inner in typing.get_args(kind):
        yield from _structs(inner)


def _filters() -> str:
    """Return the filters as a table, each with the first line of its docstring."""
    rows = []
    for name, function in sorted(filters(Words()).items()):
        doc = inspect.cleandoc(inspect.unwrap(function).__doc__ or "").partition("\n")[0]
        rows.append(f"| `{name}` | {re.sub(r'^Return ', '', doc)} |")
    return "\n".join(["| name | what it gives |", "| --- | --- |", *rows, ""])


def blocks() -> set[str]:
    """Return the blocks of the frame of the default theme's pages."""
    frame = (THEME / "base.html").read_text("utf-8")
    return set(re.findall(r"{% block (\w+)", frame))


def _theme_parts() -> str:
    """Return the parts of the default theme as a table, with their macros, each by its first comment."""
    rows = []
    for place in sorted(THEME.glob("parts/*.html")):
        text = place.read_text("utf-8")
        macros = ", ".join(f"`{each}`" for each in re.findall(r"{% macro (\w+\(.*?\)) -?%}", text))
        said = re.search(r"{#\s*(.*?)\s*#}", text, re.DOTALL)
        first = re.split(r"(?<=[.])\s", said[1], maxsplit=1)[0] if said else ""
        rows.append(f"| `parts/{place.name}` | {macros} | {' '.join(first.split())} |")
    return "\n".join(["| file | macros | what it is |", "| --- | --- | --- |", *rows, ""])


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
