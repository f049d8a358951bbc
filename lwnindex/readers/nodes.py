"""What stands in a header, whatever it is written in: texts, lists and tables, each with its line.

They are read one level at a time, as far as somebody asks: what a small header could blow up to is never
built.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from typing import NamedTuple, Protocol

import yaml

from lwnindex.readers.text import squeezed

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_NAME = re.compile(r"[ \t]*(?:\[+[ \t]*)?[\"']?([^\s\"'.=\[\]]+)[\"']?[ \t]*[.=\]]")
_NEAR = 50
_LARGEST_NUMBER = 10_000


class Node(Protocol):
    """A value of a header."""

    @property
    def line(self) -> int:
        """Return the line of the file in which the value starts."""

    def text(self) -> str | None:
        """Return a plain value with single spaces, empty for what means nothing; None for a list or table."""

    def items(self) -> Sequence[Node] | None:
        """Return the items of a list; None for all else."""

    def pairs(self) -> Iterator[tuple[str, Node, int]] | None:
        """Return the names, values and lines of a table's fields; None for all else."""


class Refused(Exception):  # noqa: N818
    """A header that is not read: why, and in which line."""

    def __init__(self, why: str, line: int) -> None:
        super().__init__(why)
        self.line = line


def of_yaml(node: yaml.Node, first: int) -> Node:
    """Return a value of a YAML header whose first line is line `first` of the file.

    Every value is the text that stands there: `4.10` keeps its zero, and no tag makes anything but text.
    """
    return _Composed(node, first)


def of_values(values: dict[str, object], rows: Sequence[str], first: int) -> Node:
    """Return the table that a parser made of some rows, the first of which is line `first` of the file."""
    named: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        if found := _NAME.match(row):
            named.setdefault(found[1], []).append(at)
    return _Loaded(values, _Rows(rows, named, first))


def of_lines(fields: Sequence[tuple[str, int, Sequence[str]]]) -> Node:
    """Return the table of (name, line, texts below one another) of lines `name: value`."""
    return _Fields([(name, _Written(tuple(texts), line)) for name, line, texts in fields])


class _Composed(NamedTuple):
    node: yaml.Node
    first: int

    @property
    def line(self) -> int:
        return int(self.node.start_mark.line) + self.first

    def text(self) -> str | None:
        if not isinstance(self.node, yaml.ScalarNode):
            return None
        text = str(self.node.value)
        return "" if not self.node.style and text in _NULLS else squeezed(text)

    def items(self) -> Sequence[Node] | None:
        if not isinstance(self.node, yaml.SequenceNode):
            return None
        return [_Composed(one, self.first) for one in self.node.value]

    def pairs(self) -> Iterator[tuple[str, Node, int]] | None:
        return self._pairs(self.node) if isinstance(self.node, yaml.MappingNode) else None

    def _pairs(self, node: yaml.MappingNode) -> Iterator[tuple[str, Node, int]]:
        for key, value in node.value:
            name = squeezed(str(key.value)) if isinstance(key, yaml.ScalarNode) else "?"
            yield name, _Composed(value, self.first), int(key.start_mark.line) + self.first


class _Rows(NamedTuple):
    """The rows of a header, those that name a field or a table by its name, and the line of the first."""

    texts: Sequence[str]
    named: Mapping[str, Sequence[int]]
    first: int

    def naming(self, name: str, start: int) -> int:
        """Return the first row from `start` on that names a field; `start` where none does."""
        found = self.named.get(name, ())
        at = bisect_left(found, start)
        return found[at] if at < len(found) else start

    def holding(self, value: object, start: int) -> int:
        """Return the row in which a value stands, a few rows from `start` on; `start` where it is in none."""
        shown = (f'"{value}"', f"'{value}'") if isinstance(value, str) else (_shown(value),)
        near = range(start, min(start + _NEAR, len(self.texts)))
        return next((at for at in near if any(one in self.texts[at] for one in shown)), start)


class _Loaded(NamedTuple):
    # What a parser made keeps no place; it is looked for in the rows from row `at` on.
    value: object
    rows: _Rows
    at: int = 0

    @property
    def line(self) -> int:
        return self.rows.first + self.at

    def text(self) -> str | None:
        if isinstance(self.value, list | dict):
            return None
        return squeezed(_shown(self.value))

    def items(self) -> Sequence[Node] | None:
        return list(self._items(self.value)) if isinstance(self.value, list) else None

    def _items(self, values: Sequence[object]) -> Iterator[_Loaded]:
        at = self.at
        for one in values:
            at = self.rows.holding(one, at) if not isinstance(one, list | dict) else at
            yield _Loaded(one, self.rows, at)

    def pairs(self) -> Iterator[tuple[str, Node, int]] | None:
        return self._pairs(self.value) if isinstance(self.value, dict) else None

    def _pairs(self, values: dict[str, object]) -> Iterator[tuple[str, Node, int]]:
        for name, one in values.items():
            at = self.rows.naming(name, self.at)
            yield name, _Loaded(one, self.rows, at), self.rows.first + at


def _shown(value: object) -> str:
    """Return a plain value as text; a number too long for Python to write is hexadecimal."""
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, int) and value.bit_length() > _LARGEST_NUMBER:
        return hex(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


class _Written(NamedTuple):
    texts: tuple[str, ...]
    line: int

    def text(self) -> str | None:
        return squeezed(" ".join(self.texts))

    def items(self) -> Sequence[Node] | None:
        return (
            [_Written((one,), self.line + at) for at, one in enumerate(self.texts)]
            if self.texts[1:]
            else None
        )

    def pairs(self) -> Iterator[tuple[str, Node, int]] | None:
        return None


class _Fields(NamedTuple):
    written: Sequence[tuple[str, _Written]]

    @property
    def line(self) -> int:
        return self.written[0][1].line if self.written else 1

    def text(self) -> str | None:
        return None

    def items(self) -> Sequence[Node] | None:
        return None

    def pairs(self) -> Iterator[tuple[str, Node, int]] | None:
        return ((name, value, value.line) for name, value in self.written)
