"""Files of topics: the tables of topics where they stand, with what each mentions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lwnindex.model import Entry
from lwnindex.readers.entries import split_path
from lwnindex.readers.text import squeezed
from lwnindex.refiling import tomlspans
from lwnindex.refiling.exact import Edit
from lwnindex.refiling.tomlspans import Array, Inline, Name, Pair, Text, Value

NAMES = ("aliases", "hidden")
"""What gives a topic further names."""

MENTIONS = ("see_also", "parents")
"""What names other topics."""


class Mentioned(NamedTuple):
    """An item of a list that names a topic: what it names, and how it is written."""

    entry: Entry
    value: Value


class Table(NamedTuple):
    """The table of a topic: which file it stands in, its name, where its header ends, and its pairs."""

    file: str
    entry: Entry
    name: Name
    start: int
    header_end: int
    pairs: tuple[Pair, ...]
    is_inline: bool = False

    def value(self, key: str) -> Value | None:
        """Return what is said under a key."""
        return next((pair.value for pair in self.pairs if [one.value for one in pair.names] == [key]), None)


def described(file: str, text: str, slash_names: Sequence[str]) -> tuple[Table, ...]:
    """Return the tables of topics of a file; ValueError where it is no TOML."""
    return tuple(_tables(file, text, slash_names))


def _tables(file: str, text: str, slash_names: Sequence[str]) -> Iterator[Table]:
    for table in tomlspans.tables(text):
        if len(table.names) == 1 and not table.is_array:
            name = table.names[0]
            yield Table(file, levels(name.value, slash_names), name, table.start, table.end, table.pairs)
        for pair in () if table.names else table.pairs:
            if len(pair.names) == 1 and isinstance(pair.value, Inline):
                name, value = pair.names[0], pair.value
                entry = levels(name.value, slash_names)
                yield Table(file, entry, name, name.start, value.start + 1, value.pairs, is_inline=True)


def levels(path: str, slash_names: Sequence[str]) -> Entry:
    """Return the levels of a path such as `Kernel/Filesystems/Ceph`."""
    return tuple(map(squeezed, split_path(path, slash_names)))


def mentioned(value: Value | None, slash_names: Sequence[str]) -> tuple[Mentioned, ...]:
    """Return the topics that a list names, by paths or by lists of levels; a single one counts as a list."""
    items = value.items if isinstance(value, Array) else (value,) if isinstance(value, Text) else ()
    return tuple(Mentioned(entry, one) for one in items if (entry := _named(one, slash_names)))


def _named(value: Value, slash_names: Sequence[str]) -> Entry:
    if isinstance(value, Text):
        return levels(value.value, slash_names)
    if isinstance(value, Array) and all(isinstance(one, Text) for one in value.items):
        return tuple(squeezed(one.value) for one in value.items if isinstance(one, Text))
    return ()


def addresses(value: Value | None) -> tuple[str, ...]:
    """Return the texts of a list; a single one counts as a list."""
    items = value.items if isinstance(value, Array) else (value,)
    return tuple(one.value for one in items if isinstance(one, Text))


def lengthened(text: str, value: Value, items: Sequence[str], ahead: int = 0) -> Iterator[Edit]:
    """Yield the edits that add items to a list, in lines of their own where those beside them have these.

    The first of them, `ahead` in number, come before what the list has, the others behind it.
    """
    if not isinstance(value, Array):
        whole = [*items[:ahead], text[value.start : value.end], *items[ahead:]]
        yield Edit(value.start, value.end, f"[{', '.join(whole)}]")
    elif not value.items:
        yield Edit(value.start + 1, value.start + 1, ", ".join(items))
    else:
        start, end = value.items[0].start, value.items[-1].end
        before = "".join(one + _between(text, start) for one in items[:ahead])
        behind = "".join(_between(text, value.items[-1].start) + one for one in items[ahead:])
        yield from [Edit(start, start, before)] if before else []
        yield from [Edit(end, end, behind)] if behind else []


def _between(text: str, start: int) -> str:
    """Return what parts an item that starts here from its neighbour."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    return ", " if before.strip() else ",\n" + before
