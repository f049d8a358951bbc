"""A YAML header becomes fields, and what cannot be used becomes problems.

Every value is the text that stands there: `4.10` keeps its zero, a date stays a date, and no tag makes
anything but text. What a small header could blow up to is refused before it is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

import yaml

from lwnindex.model import Problem
from lwnindex.problems import problem
from lwnindex.readers.dates import FORMS, read_date
from lwnindex.readers.text import squeezed

FIELDS = (
    *("title", "date", "authors", "entries"),
    *("id", "slug", "summary", "updated", "draft", "lang", "nav"),
)
"""The fields of a header; `author` is another name for `authors`."""

_LARGEST = 64 * 1024
_DEEPEST = 20
_MOST_ALIASES = 100
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_INTEGER = re.compile(r"[+-]?\d{1,9}", re.ASCII)
_SWITCHES = {
    **dict.fromkeys(("true", "yes", "on"), True),
    **dict.fromkeys(("false", "no", "off"), False),
}


class Field(NamedTuple):
    """A field's value as a node of YAML, and the line of its key."""

    node: yaml.Node
    line: int


class _Refused(Exception):  # noqa: N818
    """A header that is not read: why, and in which line."""

    def __init__(self, why: str, line: int) -> None:
        super().__init__(why)
        self.line = line


class Values:
    """The fields of a header, each read as what it is asked for; `problems` grows with what is none."""

    def __init__(self, fields: Mapping[str, Field], file: str, problems: list[Problem], first: int) -> None:
        self.problems = problems
        self._fields = fields
        self._file = file
        self._first = first

    def __contains__(self, name: str) -> bool:
        return name in self._fields

    def line_of(self, node: yaml.Node) -> int:
        """Return the line of the file in which a value starts."""
        return int(node.start_mark.line) + self._first

    def word(self, name: str) -> str:
        """Return a field that is one text, with single spaces; empty where there is none."""
        field = self._fields.get(name)
        if field is None:
            return ""
        if not isinstance(field.node, yaml.ScalarNode):
            self.refuse(name, "a text", field.line)
            return ""
        return text_of(field.node)

    def words(self, name: str) -> tuple[str, ...]:
        """Return a field that is a text or a list of texts, without repeats."""
        found = []
        for node in self.nodes(name):
            if isinstance(node, yaml.ScalarNode):
                found.append(text_of(node))
            else:
                self.refuse(name, "a text, or a list of texts", self.line_of(node))
        return tuple(dict.fromkeys(filter(None, found)))

    def nodes(self, name: str) -> tuple[yaml.Node, ...]:
        """Return the items of a field that is a list; a single value is a list of one, nothing of none."""
        field = self._fields.get(name)
        if field is None or (isinstance(field.node, yaml.ScalarNode) and not text_of(field.node)):
            return ()
        return tuple(field.node.value) if isinstance(field.node, yaml.SequenceNode) else (field.node,)

    def date(self, name: str) -> str | None:
        """Return a field that is a date, in ISO form."""
        try:
            return read_date(self.word(name))
        except ValueError as error:
            self.problems.append(problem("bad-date", self._file, self._fields[name].line, str(error), FORMS))
            return None

    def number(self, name: str) -> int | None:
        """Return a field that is a whole number."""
        word = self.word(name)
        if not word or _INTEGER.fullmatch(word):
            return int(word) if word else None
        self.refuse(name, "a whole number", self._fields[name].line)
        return None

    def switch(self, name: str) -> bool:
        """Return a field that is true or false; false where there is none."""
        word = self.word(name).lower()
        if word and word not in _SWITCHES:
            self.refuse(name, "true or false", self._fields[name].line)
        return _SWITCHES.get(word, False)

    def refuse(self, name: str, kind: str, line: int) -> None:
        """Note that a value is of the wrong kind."""
        message = f'the field "{name}" has a value of the wrong kind; it is not used.'
        self.problems.append(problem("bad-field", self._file, line, message, f"Write {kind}."))


def text_of(node: yaml.ScalarNode) -> str:
    """Return a plain value's text with single spaces; what YAML means by nothing is empty."""
    text = str(node.value)
    return "" if not node.style and text in _NULLS else squeezed(text)


def read_header(text: str, file: str, first: int) -> Values:
    """Return the fields of a header whose first line is line `first` of the file."""
    problems: list[Problem] = []
    try:
        root = _composed(text, first)
    except _Refused as error:
        fix = 'Mend the header; a value that holds ": " or starts with a special character needs quotes.'
        message = f"the header cannot be read: {error}. The article is published without it."
        problems.append(problem("bad-header", file, error.line, message, fix))
        return Values({}, file, problems, first)
    return Values(_fields(root, file, problems, first), file, problems, first)


def _composed(text: str, first: int) -> yaml.MappingNode | None:
    """Return the header's nodes, or None if it is empty."""
    if len(text) > _LARGEST:
        raise _Refused(f"it is longer than {_LARGEST // 1024} KiB", first)
    content = text.encode("utf-8", "replace")
    try:
        _check(content, first)
        root = yaml.compose(content, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", None) or getattr(error, "reason", None) or "it is no YAML"
        raise _Refused(str(why), first + min(mark.line if mark else 0, text.count("\n"))) from None
    if root is None or (isinstance(root, yaml.ScalarNode) and not text_of(root)):
        return None
    if not isinstance(root, yaml.MappingNode):
        raise _Refused("it is no list of fields such as `title: ...`", first)
    return root


def _check(content: bytes, first: int) -> None:
    """Raise for a header that is nested deeply or repeats itself often: so little may stand for much."""
    depth = aliases = 0
    for event in yaml.parse(content, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        aliases += isinstance(event, yaml.AliasEvent)
        if depth > _DEEPEST or aliases > _MOST_ALIASES:
            why = "nested too deeply" if depth > _DEEPEST else f"with more than {_MOST_ALIASES} aliases"
            raise _Refused(f"it is written {why}", first + (event.start_mark.line if event.start_mark else 0))


def _fields(
    root: yaml.MappingNode | None, file: str, problems: list[Problem], first: int
) -> Mapping[str, Field]:
    """Return the known fields by name, the first of two with one name."""
    fields: dict[str, Field] = {}
    for written, node, line in _pairs(root, first):
        name = "authors" if written == "author" else written
        if name not in FIELDS:
            problems.append(_unknown(written, file, line))
        elif name in fields:
            message = f'the field "{written}" stands twice; the first is used.'
            problems.append(problem("bad-field", file, line, message, "Remove one of them."))
        else:
            fields[name] = Field(node, line)
    return fields


def _pairs(root: yaml.MappingNode | None, first: int) -> Iterator[tuple[str, yaml.Node, int]]:
    for key, value in root.value if root else ():
        name = squeezed(str(key.value)) if isinstance(key, yaml.ScalarNode) else "?"
        yield name, value, int(key.start_mark.line) + first


def _unknown(name: str, file: str, line: int) -> Problem:
    near = get_close_matches(name.lower()[:80], (*FIELDS, "author"), n=1)
    fix = f'Did you mean "{near[0]}"?' if near else "Remove it, or see the manual for the fields there are."
    return problem("unknown-field", file, line, f'nothing reads the field "{name[:80]}".', fix)
