"""The table of a header as its reader has it, of which each value knows where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, Union

import yaml

from lwnindex.readers import dialects
from lwnindex.readers.dialects import DOTTED, FIELD, MORE, Kind
from lwnindex.readers.nodes import Node, of_yaml
from lwnindex.readers.text import squeezed
from lwnindex.refiling import tomlspans
from lwnindex.refiling.scalars import Scalar


class Written(Node, Protocol):
    """A value of a header that knows where it stands."""

    def scalar(self) -> Scalar | None:
        """Return a plain value as it is written; None for all else, and where that cannot be written anew."""

    def span(self) -> tuple[int, int]:
        """Return where the value starts and ends."""


class Header(NamedTuple):
    """A header's text, where it starts in the file's text, and the number of its first line."""

    text: str
    start: int
    first: int


def table(kind: Kind, header: Header) -> Written | None:
    """Return the table of a header; Refused as its reader does, also where nothing in it has a place."""
    root = dialects.table(kind, header.text, header.first)
    if root is None:
        return None
    if kind == "yaml":
        node = yaml.compose(header.text.encode("utf-8", "replace"), Loader=dialects.Loader)
        return _Yaml(node, header) if node else None
    if kind == "toml":
        return _Toml(_tree(header.text), header)
    return _Lines(tuple(_fields(header, DOTTED if kind == "dotted" else FIELD)), header)


class _Yaml(NamedTuple):
    node: yaml.Node
    header: Header

    @property
    def line(self) -> int:
        return of_yaml(self.node, self.header.first).line

    def text(self) -> str | None:
        return of_yaml(self.node, self.header.first).text()

    def items(self) -> Sequence[Written] | None:
        if not isinstance(self.node, yaml.SequenceNode):
            return None
        return [_Yaml(one, self.header) for one in self.node.value]

    def pairs(self) -> Iterator[tuple[str, Node, int]] | None:
        found = of_yaml(self.node, self.header.first).pairs()
        if found is None:
            return None
        return (
            (name, _Yaml(value, self.header), line)
            for (name, _, line), (_, value) in zip(found, self.node.value, strict=True)
        )

    def span(self) -> tuple[int, int]:
        start, end = self.node.start_mark.index, self.node.end_mark.index
        bare = self.header.text[start:end].rstrip()
        if isinstance(self.node, yaml.SequenceNode) and self.node.value and not self.node.flow_style:
            return self.header.start + start, max(
                _Yaml(one, self.header).span()[1] for one in self.node.value
            )
        return self.header.start + start, self.header.start + start + len(bare)

    def scalar(self) -> Scalar | None:
        if not isinstance(self.node, yaml.ScalarNode):
            return None
        start, end = self.span()
        raw = self.header.text[start - self.header.start : end - self.header.start]
        # Before the value itself may stand a tag or an anchor, which stay.
        bare = re.sub(r"^(?:[!&]\S*\s+)+", "", raw)
        return Scalar(start + len(raw) - len(bare), bare, str(self.node.value), "yaml")


_Tree = Union[tomlspans.Value, Mapping[str, Any]]  # noqa: UP007 - one of the two is a union itself


class _Toml(NamedTuple):
    value: _Tree
    header: Header

    @property
    def line(self) -> int:
        return self.header.first + self.header.text.count("\n", 0, self.span()[0] - self.header.start)

    def text(self) -> str | None:
        if isinstance(self.value, tomlspans.Text):
            return squeezed(self.value.value)
        return squeezed(self.value.raw) if isinstance(self.value, tomlspans.Other) else None

    def items(self) -> Sequence[Written] | None:
        if not isinstance(self.value, tomlspans.Array):
            return None
        return [_Toml(one, self.header) for one in self.value.items]

    def pairs(self) -> Iterator[tuple[str, Node, int]] | None:
        value = self.value
        if isinstance(value, tomlspans.Inline):
            value = _nested(value.pairs, {})
        if not isinstance(value, Mapping):
            return None
        nodes = ((name, _Toml(one, self.header)) for name, one in value.items())
        return ((name, node, node.line) for name, node in nodes)

    def span(self) -> tuple[int, int]:
        if isinstance(self.value, Mapping):
            return self.header.start, self.header.start
        return self.header.start + self.value.start, self.header.start + self.value.end

    def scalar(self) -> Scalar | None:
        if not isinstance(self.value, tomlspans.Text):
            return None
        start, end = self.value.start, self.value.end
        return Scalar(self.header.start + start, self.header.text[start:end], self.value.value, "toml")


def _tree(text: str) -> dict[str, Any]:
    """Return the tables of a header as one; those of which there are several are in no header's fields."""
    root: dict[str, Any] = {}
    try:
        found = tomlspans.tables(text)
    except ValueError:
        return root
    for one in found:
        at = root
        for name in one.path:
            at = at.setdefault(name, {})
            if not isinstance(at, dict):
                break
        else:
            _nested(one.pairs, at)
    return root


def _nested(pairs: Sequence[tomlspans.Pair], into: dict[str, Any]) -> dict[str, Any]:
    for names, value in pairs:
        at = into
        for name in names[:-1]:
            at = at.setdefault(name.value, {})
        at[names[-1].value] = value
    return into


class _Line(NamedTuple):
    """A value of lines `name: value`: the first and those that go on with it, each with its place."""

    texts: tuple[tuple[int, str], ...]
    line: int

    def text(self) -> str | None:
        return squeezed(" ".join(text for _, text in self.texts))

    def items(self) -> Sequence[Written] | None:
        if not self.texts[1:]:
            return None
        return [_Line((one,), self.line + at) for at, one in enumerate(self.texts)]

    def pairs(self) -> Iterator[tuple[str, Node, int]] | None:
        return None

    def span(self) -> tuple[int, int]:
        return self.texts[0][0], self.texts[-1][0] + len(self.texts[-1][1])

    def scalar(self) -> Scalar | None:
        start, text = self.texts[0]
        return Scalar(start, text, text, "lines") if not self.texts[1:] else None


class _Lines(NamedTuple):
    fields: tuple[tuple[str, _Line], ...]
    header: Header

    @property
    def line(self) -> int:
        return self.header.first

    def text(self) -> str | None:
        return None

    def items(self) -> Sequence[Written] | None:
        return None

    def pairs(self) -> Iterator[tuple[str, Node, int]] | None:
        return ((name, value, value.line) for name, value in self.fields)

    def span(self) -> tuple[int, int]:
        return self.header.start, self.header.start + len(self.header.text)

    def scalar(self) -> Scalar | None:
        return None


def _fields(header: Header, form: re.Pattern[str]) -> Iterator[tuple[str, _Line]]:
    """Yield the fields of lines `name: value`, as `dialects` reads them, each with its place."""
    found: dict[str, tuple[int, list[tuple[int, str]]]] = {}
    name = ""
    position = header.start
    for at, row in enumerate(header.text.split("\n")):
        start = form.fullmatch(row.rstrip())
        more = None if start else re.fullmatch(MORE, row.rstrip())
        if start:
            name = start[1].lower()
            texts = found.setdefault(name, (header.first + at, []))[1]
            texts.append((position + start.start(2), start[2]))
        elif more and name:
            found[name][1].append((position + more.start(1), more[1]))
        position += len(row) + 1
    return ((name, _Line(tuple(texts), line)) for name, (line, texts) in found.items())
