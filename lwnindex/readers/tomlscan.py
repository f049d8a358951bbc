"""A file of TOML with the line of every key, item and line of text in it, which no parser of TOML tells.

What is simple is read on the way; where a file uses more of TOML, its values are those of `tomllib`. So they
always are what `tomllib` makes of the text, and what it refuses is `Refused`.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from lwnindex.readers.dialects import loaded_toml, refused_toml
from lwnindex.readers.nodes import Refused

Place = tuple[str | int, ...]
"""The way to a value: names of keys, and the numbers of items in lists."""

_TOKEN = re.compile(
    r'''[ \t]*+(?:
      (?P<gap>(?:\#[^\n]*+)?+(?:\n|\Z))
    | (?P<long>"""(?:[^\\"]++|\\.|"{1,2}(?!"))*+"{3,5} | \'\'\'(?:[^']++|'{1,2}(?!'))*+'{3,5})
    | (?P<text>"(?:[^"\\\n]++|\\.)*+" | '[^'\n]*+')
    | (?P<mark>[\[\]{}=,.])
    | (?P<word>[^\s\[\]{}=,."'#]++)
    )''',
    re.VERBOSE | re.DOTALL,
)
_SCALAR = re.compile(r"[^\n#,\]}]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_CONTINUED = re.compile(r"\\[ \t]*\n\s*|\\.|\n", re.DOTALL)


class Toml(NamedTuple):
    """The values of a file, the lines of its keys and items, and its texts of several lines as written."""

    values: dict[str, Any]
    lines: dict[Place, int]
    written: dict[Place, str]

    def line(self, place: Place) -> int:
        """Return the line of a key or an item; that of what it stands in, where its own is not known."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def text_lines(self, place: Place) -> tuple[int, ...]:
        """Return the line of the file for each line of a text."""
        first = self.line(place)
        return tuple(_text_lines(self.written[place], first)) if place in self.written else (first,)


def key_of(name: str) -> str:
    """Return a name as a key of TOML: as it is where it may be, else in quotes."""
    if _BARE.fullmatch(name):
        return name
    return quoted(name)


def quoted(value: str) -> str:
    """Return a text in double quotes, as YAML, TOML and JSON read them all."""
    # Most builds quote nothing.
    import json

    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def read(text: str) -> Toml:
    """Return what a file holds; Refused, with the line, where it is no TOML."""
    scan = _Scan(text)
    try:
        scan.run()
    except (_StuckError, RecursionError):
        scan.is_simple = False
    values = scan.values if scan.is_simple else _loaded(text, scan.twice)
    return Toml(values, scan.lines, scan.written)


def _loaded(text: str, twice: tuple[str, int, int] | None) -> dict[str, Any]:
    try:
        return loaded_toml(text)
    except ValueError as error:
        if twice and ("twice" in str(error) or "overwrite" in str(error)):
            name, line, first = twice
            raise Refused(f'it has "{name}" a second time, after that in line {first}', line) from None
        raise refused_toml(error, text.split("\n"), 1) from None


def _text_lines(written: str, line: int) -> list[int]:
    """Return the lines of a text of several lines, whose first is that of its quotes."""
    inner = written[3:-3]
    if inner.startswith("\n"):
        inner, line = inner[1:], line + 1
    found = [line]
    for mark in _CONTINUED.findall(inner) if written.startswith('"') else inner.count("\n") * "\n":
        line += mark.count("\n")
        if mark in ("\n", "\\n"):
            found.append(line)
    return found


class _StuckError(Exception):
    """What stands here is no TOML, or more of it than is known here."""


class _Scan:
    """One way through a text. `values` are all of it as long as it `is_simple`."""

    def __init__(self, text: str) -> None:
        self.values: dict[str, Any] = {}
        self.lines: dict[Place, int] = {}
        self.written: dict[Place, str] = {}
        self.is_simple = True
        self.twice: tuple[str, int, int] | None = None
        self._counts: dict[Place, int] = {}
        self._text = text
        self._at = 0
        self._line = 1

    def run(self) -> None:
        """Read it all; _StuckError where that cannot go on."""
        table: Place = ()
        values = self.values
        while self._at < len(self._text):
            kind, raw = self._token()
            if kind == "gap":
                continue
            if raw == "[":
                table, values = self._header()
            else:
                self._pair(table, values, kind, raw)
            if self._token()[0] != "gap":
                raise _StuckError

    def _token(self) -> tuple[str, str]:
        found = _TOKEN.match(self._text, self._at)
        if found is None or found.lastgroup is None:
            raise _StuckError
        self._at = found.end()
        kind = found.lastgroup
        raw = found[kind]
        if kind in ("gap", "long"):
            self._line += raw.count("\n")
        return kind, raw

    def _header(self) -> tuple[Place, dict[str, Any]]:
        """Return the table that a row `[name]` starts."""
        line = self._line
        kind, raw = self._token()
        is_item = raw == "[" and kind == "mark"
        keys = self._keys(*(self._token() if is_item else (kind, raw)), "]")
        if is_item and self._token()[1] != "]":
            raise _StuckError
        place = self._standing(keys, is_item=is_item)
        if place in self.lines:
            self.twice = self.twice or (keys[-1], line, self.lines[place])
        self.is_simple &= not (is_item or len(keys) > 1 or keys[0] in self.values)
        self._mark((), place, line)
        table: dict[str, Any] = {}
        self.values[keys[0]] = table
        return place, table

    def _standing(self, keys: tuple[str, ...], *, is_item: bool) -> Place:
        """Return the way to the table of a row; of several tables of a name the last one is meant."""
        place: Place = ()
        for key in keys[:-1]:
            place = (*place, key)
            place = (*place, self._counts[place] - 1) if place in self._counts else place
        place = (*place, keys[-1])
        if is_item:
            self._counts[place] = self._counts.get(place, 0) + 1
            return (*place, self._counts[place] - 1)
        return place

    def _keys(self, kind: str, raw: str, end: str) -> tuple[str, ...]:
        """Return the names up to a mark, of which these are the first words."""
        names = [self._key(kind, raw)]
        while (follows := self._token()) != ("mark", end):
            if follows != ("mark", "."):
                raise _StuckError
            names.append(self._key(*self._token()))
        return tuple(names)

    def _key(self, kind: str, raw: str) -> str:
        if kind == "text":
            return str(_text(raw))
        if kind == "word" and _BARE.fullmatch(raw):
            return raw
        raise _StuckError

    def _pair(self, table: Place, values: dict[str, Any], kind: str, raw: str) -> None:
        """Read `name = value`, of which these are the first words."""
        line = self._line
        keys = self._keys(kind, raw, "=")
        if (*table, *keys) in self.lines:
            self.twice = self.twice or (keys[-1], line, self.lines[(*table, *keys)])
        place = self._mark(table, keys, line)
        self.is_simple &= len(keys) == 1 and keys[0] not in values
        values[keys[0]] = self._value(place, *self._token())

    def _mark(self, table: Place, keys: Place, line: int) -> Place:
        """Return the way to a key of several names in a table, each of which starts here if not before."""
        for end in range(1, len(keys)):
            self.lines.setdefault((*table, *keys[:end]), line)
        place = (*table, *keys)
        self.lines.setdefault(place, line)
        return place

    def _value(self, place: Place, kind: str, raw: str) -> object:
        if kind == "text":
            return _text(raw)
        if kind == "long":
            self.written[place] = raw
            return _text(raw)
        if raw == "[":
            return self._items(place)
        if raw == "{":
            return self._inline(place)
        return self._scalar(kind, raw)

    def _scalar(self, kind: str, raw: str) -> object:
        if kind != "word":
            raise _StuckError
        if raw in ("true", "false"):
            return raw == "true"
        found = _SCALAR.match(self._text, self._at - len(raw))
        assert found is not None
        self._at = found.end()
        return _literal(found[0])

    def _items(self, place: Place) -> list[object]:
        """Return the items of a list, up to its end."""
        items: list[object] = []
        is_parted = True
        while (token := self._token()) != ("mark", "]"):
            if token[0] == "gap":
                self._not_at_end()
            elif token == ("mark", ",") and not is_parted:
                is_parted = True
            elif is_parted:
                own = (*place, len(items))
                # A text of several lines has moved the line to its end already.
                self.lines.setdefault(own, self._line - token[1].count("\n"))
                items.append(self._value(own, *token))
                is_parted = False
            else:
                raise _StuckError
        return items

    def _inline(self, place: Place) -> dict[str, Any]:
        """Return the table between two braces."""
        self.is_simple = False
        values: dict[str, Any] = {}
        while (token := self._token()) != ("mark", "}"):
            if token[0] == "gap":
                self._not_at_end()
            elif token != ("mark", ","):
                self._pair(place, values, *token)
        return values

    def _not_at_end(self) -> None:
        if self._at >= len(self._text):
            raise _StuckError


def _text(raw: str) -> object:
    """Return what quotes hold."""
    if "\\" in raw:
        return _literal(raw)
    if raw.startswith(('"""', "'''")) and len(raw) >= len('""""""'):
        return raw[3:-3].removeprefix("\n")
    return raw[1:-1]


def _literal(raw: str) -> object:
    """Return a value by itself, as `tomllib` reads it."""
    try:
        return loaded_toml(f"x = {raw}")["x"]
    except ValueError:
        raise _StuckError from None
