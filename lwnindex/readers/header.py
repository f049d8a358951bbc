"""The fields of a header, each read as what it is asked for; what cannot be used becomes problems.

Which names a field may have is said by the rules of its source: the first name that is there counts, and a
dot leads into a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import NamedTuple

from lwnindex.model import Problem
from lwnindex.presets import PRESETS, TERMS
from lwnindex.problems import problem
from lwnindex.readers.authors import parted, unlinked
from lwnindex.readers.dates import FORMS, read_date
from lwnindex.readers.dialects import Kind, table
from lwnindex.readers.nodes import Node, Refused
from lwnindex.reading import Reading, reading
from lwnindex.settings import Config

FIELDS = tuple(PRESETS["lwn"].fields)
"""The fields of a header of our own; `author` is another name for `authors`."""

_SWITCHES = {
    **dict.fromkeys(("true", "yes", "on"), True),
    **dict.fromkeys(("false", "no", "off"), False),
}
_INTEGER = re.compile(r"[+-]?\d{1,9}", re.ASCII)
_OWN = reading(Config())


class Field(NamedTuple):
    """A field's value, the line of its name, and the name as it is written."""

    node: Node
    line: int
    name: str


class _Wanted(NamedTuple):
    """What is looked for in a header: ours by their names, with ranks; the tables on the way to names."""

    names: Mapping[str, tuple[tuple[str, int], ...]]
    tables: frozenset[str]
    strict: bool
    exact: bool


class Values:
    """The fields of a header, each read as what it is asked for; `problems` grows with what is none."""

    def __init__(self, fields: Mapping[str, Field], file: str, problems: list[Problem]) -> None:
        self.problems = problems
        self._fields = fields
        self._file = file

    def __contains__(self, name: str) -> bool:
        return name in self._fields

    def field(self, name: str) -> Field | None:
        """Return a field as it stands there."""
        return self._fields.get(name)

    def word(self, name: str) -> str:
        """Return a field that is one text, with single spaces; empty where there is none."""
        field = self._fields.get(name)
        if field is None:
            return ""
        text = field.node.text()
        if text is None:
            self.refuse(name, "a text", field.line)
        return text or ""

    def words(self, name: str) -> tuple[str, ...]:
        """Return a field that is a text or a list of texts, or of tables with a `name`, without repeats."""
        found = []
        for node in self.nodes(name):
            text = node.text() if node.text() is not None else _named(node)
            if text is None:
                self.refuse(name, "a text, or a list of texts", node.line)
            else:
                found.append(text)
        return tuple(dict.fromkeys(filter(None, found)))

    def people(self, name: str) -> tuple[str, ...]:
        """Return the names of a field without their links; where it is one text, that may hold several."""
        field = self._fields.get(name)
        alone = field is not None and field.node.items() is None
        texts = [unlinked(text) for text in self.words(name)]
        return tuple(
            dict.fromkeys(one for text in texts for one in (parted(text) if alone else [text]) if one)
        )

    def nodes(self, name: str) -> tuple[Node, ...]:
        """Return the items of a field that is a list; a single value is a list of one, nothing of none."""
        field = self._fields.get(name)
        if field is None or field.node.text() == "":
            return ()
        items = field.node.items()
        return (field.node,) if items is None else tuple(items)

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
        self.note(
            f'the field "{name}" has a value of the wrong kind; it is not used.', f"Write {kind}.", line
        )

    def note(self, message: str, fix: str, line: int) -> None:
        """Note what is wrong with a field."""
        self.problems.append(problem("bad-field", self._file, line, message, fix))


def is_switch(text: str) -> bool | None:
    """Return what a text says that is a switch; None of any other."""
    return _SWITCHES.get(text.lower())


def _named(node: Node) -> str | None:
    """Return the `name` of a table."""
    pairs = node.pairs()
    return next((value.text() for name, value, _ in pairs if name.lower() == "name"), None) if pairs else None


def read_header(text: str, file: str, first: int, kind: Kind = "yaml", rules: Reading = _OWN) -> Values:
    """Return the fields of a header whose first line is line `first` of the file."""
    try:
        root = table(kind, text, first)
    except Refused as error:
        fix = 'Mend the header; a value that holds ": " or starts with a special character needs quotes.'
        message = f"the header cannot be read: {error}. The article is published without it."
        return Values({}, file, [problem("bad-header", file, error.line, message, fix)])
    return fields_of(root, file, kind, rules)


def fields_of(root: Node | None, file: str, kind: Kind, rules: Reading) -> Values:
    """Return the fields of a header that was read as a table of its kind."""
    problems: list[Problem] = []
    wanted = _wanted(rules, kind in ("yaml", "toml"))
    return Values(_fields(root, wanted, file, problems), file, problems)


def known_name(name: str, rules: Reading) -> bool:
    """Return whether a field may have this name, in any case."""
    return name.lower() in _wanted(rules, False).names


def _wanted(rules: Reading, fenced: bool) -> _Wanted:
    return _looked_for(rules.preset, rules.fields, rules.index, bool(rules.categories), fenced)


@lru_cache(maxsize=64)
def _looked_for(
    preset: str,
    fields: tuple[tuple[str, tuple[str, ...]], ...],
    index: tuple[tuple[str, str], ...],
    mapped: bool,
    fenced: bool,
) -> _Wanted:
    """Return the names to look for; lines `name: value`, which have no fences, are read in any case."""
    own = next(one for name, one in PRESETS.items() if name == preset)
    exact = own.exact and fenced
    read = {name for name, _ in index} | ({"tags", "categories"} if mapped else set())
    names: dict[str, list[tuple[str, int]]] = {}
    for ours, theirs in fields:
        if own.exact and ours in ("tags", "categories") and ours not in read:
            continue
        for rank, name in enumerate(theirs):
            names.setdefault(name if exact else name.lower(), []).append((ours, rank))
    tables = {name[:at] for name in names for at, mark in enumerate(name) if mark == "."}
    return _Wanted({name: tuple(said) for name, said in names.items()}, frozenset(tables), own.strict, exact)


def _fields(root: Node | None, wanted: _Wanted, file: str, problems: list[Problem]) -> Mapping[str, Field]:
    """Return the known fields by our names, of several names the one that goes first."""
    found: dict[str, tuple[int, Field]] = {}
    seen: set[str] = set()
    for written, node, line in _flat(root, wanted, ""):
        name = written if wanted.exact else written.lower()
        ours = wanted.names.get(name, ())
        if not ours:
            if wanted.strict:
                problems.append(_unknown(written, file, line, wanted))
            continue
        key = ours[0][0] if wanted.exact else name
        if key in seen:
            message = f'the field "{written}" stands twice; the first is used.'
            problems.append(problem("bad-field", file, line, message, "Remove one of them."))
            continue
        seen.add(key)
        for own, rank in ours:
            if _goes_first(own, rank, node, found, wanted):
                found[own] = (rank, Field(node, line, name))
    return {name: field for name, (_, field) in found.items()}


def _goes_first(
    own: str, rank: int, node: Node, found: Mapping[str, tuple[int, Field]], wanted: _Wanted
) -> bool:
    """Return whether a value serves, and under a better name than the one that was found before."""
    if wanted.exact:
        return True
    text = node.text()
    if text == "" or (own == "date" and text is not None and is_switch(text) is not None):
        return False
    return own not in found or rank < found[own][0]


def _flat(root: Node | None, wanted: _Wanted, above: str) -> Iterator[tuple[str, Node, int]]:
    """Yield the fields of a table, and of those tables in it that a name leads into, by dotted names."""
    pairs = root.pairs() if root else None
    for name, node, line in pairs or ():
        dotted = above + name
        known = dotted if wanted.exact else dotted.lower()
        if known in wanted.tables and node.pairs() is not None:
            yield from _flat(node, wanted, dotted + ".")
        if known in wanted.names or not (above or known in wanted.tables):
            yield dotted, node, line


def _unknown(name: str, file: str, line: int, wanted: _Wanted) -> Problem:
    near = get_close_matches(name.lower()[:80], tuple(wanted.names), n=1)
    fix = f'Did you mean "{near[0]}"?' if near else "Remove it, or see the manual for the fields there are."
    if name.lower() in TERMS:
        fix = "Write index entries (`entries`), or say in [[sources]] in which index they are some."
    return problem("unknown-field", file, line, f'nothing reads the field "{name[:80]}".', fix)
