"""A header's text becomes a table, in each of the forms that headers are written in.

YAML between `---`, TOML between `+++`, Pelican's `Key: value` lines as Python-Markdown's Meta-Data has them,
Nikola's `.. key: value` lines. What cannot be read is `Refused`, with its line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from typing import Any, Literal

import yaml

from lwnindex.readers.nodes import Node, Refused, of_lines, of_values, of_yaml

Kind = Literal["yaml", "toml", "lines", "dotted"]

_LARGEST = 64 * 1024
_DEEPEST = 20
_MOST_ALIASES = 100
_SAFE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Loader(_SAFE):  # type: ignore[misc]
    """YAML's loader, without its opinion of what a text may be."""

    def resolve(self, *_: object) -> str:
        """Return the tag of a value, which nobody asks for."""
        return "tag:yaml.org,2002:str"


_DEEP = re.compile(r"[*&!]|^[ \t?:-]{8}", re.MULTILINE)
"""What stands in every header that repeats itself, or is nested deeply without brackets.

Each level but a list of a table starts further to the right than the one above it.
"""

_FEW = 3
_PLACE = r"(.*?) \(at line (\d+), column \d+\)"
_AT_END = " (at end of document)"
_QUOTED = "; a name with spaces, slashes or dots in it stands in quotes"
_REASONS = (
    (r"Illegal character '\\n'|Found invalid character '\\n'", "a text in quotes does not end in its line"),
    ("Illegal character|Found invalid character", "it has a control character, which cannot be seen"),
    ("Unterminated string|Expected ['\"]+[^=\\]]*$", "a text in quotes does not end"),
    ("Unescaped ", "a backslash in double quotes begins no character; in single quotes it is one"),
    ("Invalid hex value|Escaped character is not", "what follows \\u in a text is no character's number"),
    (
        "Invalid value",
        "this is no value: a text stands in quotes, a list in brackets",
    ),
    ("Invalid date or datetime", "there is no such date"),
    ("Unclosed array", "a list does not end in ], or a comma is missing"),
    ("Unclosed inline table", "a table in braces does not end in } in its line"),
    ("Expected '=' after a key", f"no = follows the name of a key{_QUOTED}"),
    ("Expected newline or end of document", "something stands behind a value, in its line"),
    ("Expected '\\]\\]'", f"no ]] follows the name of a table{_QUOTED}"),
    ("Expected '\\]'", f"no ] follows the name of a table{_QUOTED}"),
    ("Invalid statement|Invalid initial character", f"this is neither key = value nor [table]{_QUOTED}"),
    ("Cannot |Duplicate inline table key", "this is said already, further up"),
)
"""What tomllib says, and what is to be mended then."""

_BARE_DATE = r"([ \t]*[\w.-]+[ \t]*=[ \t]*)(\d{4}-\d[^#\"']*?)([ \t]*(?:#.*)?)$"

FIELD = re.compile(r" {0,3}([A-Za-z0-9_-]+):[ \t]*(.*)")
"""A line `Key: value` of Python-Markdown's Meta-Data extension."""

DOTTED = re.compile(r"[ \t]*\.\. ([\w-]+):(?!:)[ \t]*(.*)")
"""A line `.. key: value` of Nikola's."""

MORE = r"(?: {4,}|\t)[ \t]*(.+)"
"""A line that goes on with the value above it."""


def table(kind: Kind, text: str, first: int) -> Node | None:
    """Return a header, whose first line is line `first` of the file, as a table; None for an empty one."""
    if len(text) > _LARGEST:
        raise Refused(f"it is longer than {_LARGEST // 1024} KiB", first)
    if kind == "yaml":
        return _yaml(text, first)
    rows = text.split("\n")
    if kind == "toml":
        return of_values(_toml(text, rows, first), rows, first)
    return of_lines(_fields(rows, DOTTED if kind == "dotted" else FIELD, first))


def _yaml(text: str, first: int) -> Node | None:
    content = text.encode("utf-8", "replace")
    try:
        if _DEEP.search(text) or text.count("[") + text.count("{") > _FEW:
            _check(content, first)
        root = yaml.compose(content, Loader=Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", None) or getattr(error, "reason", None) or "it is no YAML"
        raise Refused(str(why), first + min(mark.line if mark else 0, text.count("\n"))) from None
    if root is None or of_yaml(root, first).text() == "":
        return None
    if not isinstance(root, yaml.MappingNode):
        raise Refused("it is no list of fields such as `title: ...`", first)
    return of_yaml(root, first)


def _check(content: bytes, first: int) -> None:
    """Raise for a header that is nested deeply or repeats itself often: so little may stand for much."""
    depth = aliases = 0
    for event in yaml.parse(content, Loader=_SAFE):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        aliases += isinstance(event, yaml.AliasEvent)
        if depth > _DEEPEST or aliases > _MOST_ALIASES:
            why = "nested too deeply" if depth > _DEEPEST else f"with more than {_MOST_ALIASES} aliases"
            raise Refused(f"it is written {why}", first + (event.start_mark.line if event.start_mark else 0))


def _toml(text: str, rows: Sequence[str], first: int) -> dict[str, Any]:
    """Return a TOML header; one with a date that does not exist has that date as text."""
    try:
        return loaded_toml(text)
    except ValueError as error:
        refused = refused_toml(error, rows, first)
    try:
        return loaded_toml("\n".join(re.sub(_BARE_DATE, r'\1"\2"\3', row) for row in rows))
    except ValueError as error:
        raise refused from error


def refused_toml(error: Exception, rows: Sequence[str], first: int) -> Refused:
    """Return why rows are no TOML, the first of which is line `first` of the file."""
    found = re.fullmatch(_PLACE, str(error), flags=re.DOTALL)
    last = max((at for at, row in enumerate(rows) if row.strip()), default=0)
    at = min(int(found[2]) - 1, last) if found else last
    return Refused(_plainly(found[1] if found else str(error).removesuffix(_AT_END)), first + at)


def _plainly(why: str) -> str:
    """Return why something is no TOML, in words that say what to mend."""
    return next((plain for said, plain in _REASONS if re.match(said, why)), why)


def loaded_toml(text: str) -> dict[str, Any]:
    """Return the values of TOML; ValueError of what is none."""
    try:
        return tomllib.loads(text, parse_float=str)
    except RecursionError:
        raise ValueError("it is written nested too deeply (at line 1, column 1)") from None


def _fields(rows: Sequence[str], form: re.Pattern[str], first: int) -> list[tuple[str, int, list[str]]]:
    """Return (name, line, texts) of lines `name: value`; lines that are set in go on with the value above."""
    found: dict[str, tuple[str, int, list[str]]] = {}
    name = ""
    for at, row in enumerate(map(str.rstrip, rows)):
        start = form.fullmatch(row)
        more = None if start else re.fullmatch(MORE, row)
        if start:
            name = start[1].lower()
            found.setdefault(name, (name, first + at, []))[2].append(start[2])
        elif more and name:
            found[name][2].append(more[1])
    return list(found.values())
