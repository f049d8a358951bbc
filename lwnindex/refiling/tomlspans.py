"""Where everything stands in a text in TOML: tables, keys, strings of four kinds, arrays, comments between.

The text must be one that `tomllib` reads; then the values found here are those that it gives.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Union


class Name(NamedTuple):
    """A level of a key, from `start` to `end` with its quotes, and what it means."""

    start: int
    end: int
    value: str


class Text(NamedTuple):
    """A string with its quotes, and what it means."""

    start: int
    end: int
    value: str


class Other(NamedTuple):
    """A number, a date or a truth value, as it is written."""

    start: int
    end: int
    raw: str


class Array(NamedTuple):
    """An array with its brackets."""

    start: int
    end: int
    items: tuple[Value, ...]


class Inline(NamedTuple):
    """A table in braces."""

    start: int
    end: int
    pairs: tuple[Pair, ...]


Value = Union[Text, Other, Array, Inline]  # noqa: UP007 - it names itself


class Pair(NamedTuple):
    """A key with its value."""

    names: tuple[Name, ...]
    value: Value


class Table(NamedTuple):
    """A table: its header from `start` to `end` with brackets, and its pairs; the first has no header."""

    start: int
    end: int
    names: tuple[Name, ...]
    pairs: tuple[Pair, ...]
    is_array: bool = False

    @property
    def path(self) -> tuple[str, ...]:
        """What the levels of its name mean."""
        return tuple(name.value for name in self.names)


_BETWEEN = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_STRING = re.compile(
    r'"""(?:[^"\\]|\\[\s\S]|"(?!""))*"{3,5}'
    r"|'''(?:[^']|'(?!''))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
)
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_OTHER = re.compile(r"\d{4}-\d\d-\d\d \d\d:[^\s,\]}#]*|[^\s,\]}#]+")


def tables(text: str) -> tuple[Table, ...]:
    """Return the tables of a text in the order in which they stand; ValueError where it is no TOML."""
    tomllib.loads(text)
    try:
        return tuple(_Scan(text).tables())
    except AttributeError as error:
        raise ValueError("a value has an unknown form") from error


def strings(values: Iterable[Value]) -> Iterator[Text]:
    """Yield the strings in values."""
    for one in values:
        if isinstance(one, Text):
            yield one
        elif isinstance(one, Array):
            yield from strings(one.items)
        elif isinstance(one, Inline):
            yield from strings(pair.value for pair in one.pairs)


def decoded(raw: str) -> str:
    """Return what a string with its quotes means."""
    return str(tomllib.loads(f"x = {raw}")["x"])


class _Scan:
    """One way through a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def tables(self) -> Iterator[Table]:
        yield Table(0, 0, (), tuple(self._pairs()))
        while self._at < len(self._text):
            start = self._at
            marks = 2 if self._text.startswith("[[", start) else 1
            self._at += marks
            names = self._names("]")
            self._at += marks
            end = self._at
            yield Table(start, end, names, tuple(self._pairs()), marks == 2)

    def _pairs(self) -> Iterator[Pair]:
        """Yield the pairs up to the next header."""
        self._skip(_BETWEEN)
        while self._at < len(self._text) and self._text[self._at] != "[":
            yield self._pair()
            self._skip(_BETWEEN)

    def _pair(self) -> Pair:
        names = self._names("=")
        self._at += 1
        self._skip(_SPACE)
        return Pair(names, self._value())

    def _names(self, end: str) -> tuple[Name, ...]:
        """Return the levels of a key up to what ends it."""
        found = []
        while True:
            self._skip(_SPACE)
            found.append(self._name())
            self._skip(_SPACE)
            if self._text[self._at] == end:
                return tuple(found)
            self._at += 1

    def _name(self) -> Name:
        start = self._at
        string = _STRING.match(self._text, start)
        raw = self._taken(_STRING if string else _BARE)
        return Name(start, self._at, decoded(raw) if string else raw)

    def _value(self) -> Value:
        start = self._at
        mark = self._text[start]
        if mark in "\"'":
            raw = self._taken(_STRING)
            return Text(start, self._at, decoded(raw))
        if mark == "[":
            items = tuple(self._items())
            return Array(start, self._at, items)
        if mark == "{":
            pairs = tuple(self._inner())
            return Inline(start, self._at, pairs)
        raw = self._taken(_OTHER)
        return Other(start, self._at, raw)

    def _items(self) -> Iterator[Value]:
        while self._goes_on("]"):
            yield self._value()

    def _inner(self) -> Iterator[Pair]:
        while self._goes_on("}"):
            yield self._pair()

    def _goes_on(self, end: str) -> bool:
        """Pass over the bracket or comma before an item, and tell whether one follows; else also the end."""
        self._skip(_BETWEEN)
        if self._text[self._at] != end:
            self._at += self._text[self._at] in "[{,"
            self._skip(_BETWEEN)
        if self._text[self._at] != end:
            return True
        self._at += 1
        return False

    def _skip(self, pattern: re.Pattern[str]) -> None:
        self._taken(pattern)

    def _taken(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at)
        assert found is not None, self._at
        self._at = found.end()
        return found[0]
