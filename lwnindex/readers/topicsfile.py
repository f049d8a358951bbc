"""A file of topics, `topics.toml`: what it says of each, key by key, and what in it cannot be used.

What it mentions is not looked up here: that is for whoever knows all topics.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from lwnindex import names
from lwnindex.model import Address, Described, Entry, Mention, Problem
from lwnindex.problems import problem
from lwnindex.readers.entries import filed, split_path
from lwnindex.readers.nodes import Refused
from lwnindex.readers.text import decode, sound
from lwnindex.readers.tomlscan import Place, Toml, read
from lwnindex.reading import Reading

KEYS = ("note", "aliases", "hidden", "see_also", "reciprocal", "parents", "sort", "folder", "addresses")
"""What a file can say of a topic."""

_EXAMPLE = '["Kernel/Filesystems/Ceph"]'


class Told(NamedTuple):
    """A topic that a file describes, its note not yet rendered; `lines` are those of the note's lines."""

    topic: Described
    note: str = ""
    lines: tuple[int, ...] = ()


class Topics(NamedTuple):
    """The topics of a file, in its order, and what is wrong with it."""

    told: tuple[Told, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_topics(content: bytes, file: str, reading: Reading) -> Topics:
    """Return the topics that a file describes; none where it is no TOML."""
    text, faults = decode(content, file)
    try:
        toml = read(text)
    except Refused as error:
        fix = "Mend it; a name with a slash or a space stands in quotes. Until then it describes no topic."
        found = problem("bad-topics", file, error.line, f"the file cannot be read: {sound(str(error))}.", fix)
        return Topics((), (*faults, found))
    reader = _Reader(toml, file, reading)
    told = tuple(one for name in toml.values for one in reader.topic(name))
    return Topics(told, (*faults, *reader.problems))


class _Reader:
    """Reads the tables of one file; `problems` grows with what cannot be used."""

    def __init__(self, toml: Toml, file: str, reading: Reading) -> None:
        self.problems: list[Problem] = []
        self._toml = toml
        self._file = file
        self._slash_names = reading.slash_names

    def topic(self, name: str) -> Iterator[Told]:
        """Yield what the table of a topic says; nothing where it is no table, or no topic's."""
        values = self._toml.values[name]
        line = self._toml.line((name,))
        if not isinstance(values, dict):
            self._wrong(name, "no table", f"Describe a topic below a row {_EXAMPLE}.", line)
            return
        entry = self._entry(name, line)
        if entry is None:
            return
        for key in values:
            if key not in KEYS:
                self._unknown(key, self._toml.line((name, key)))
        yield self._told(entry, name)

    def _entry(self, name: str, line: int) -> Entry | None:
        found = self._filed([(split_path(name, self._slash_names), line)])
        return found[0].entry if found else None

    def _told(self, entry: Entry, name: str) -> Told:
        aliases, hidden = self._aliases(name)
        topic = Described(
            entry=entry,
            file=self._file,
            line=self._toml.line((name,)),
            aliases=aliases,
            hidden=hidden,
            see_also=self._places((name, "see_also")),
            reciprocal=self._switch((name, "reciprocal"), default=True),
            parents=self._places((name, "parents")),
            sort=sound(self._text((name, "sort"))),
            folder=self._folder((name, "folder")),
            addresses=tuple(self._addresses((name, "addresses"))),
        )
        note = self._text((name, "note"))
        return Told(topic, note, self._toml.text_lines((name, "note")) if note.strip() else ())

    def _aliases(self, name: str) -> tuple[tuple[Mention, ...], tuple[Entry, ...]]:
        """Return all other names of a topic, and those among them that are not printed."""
        aliases = self._mentions((name, "aliases"))
        place = (name, "hidden")
        if isinstance(self._value(place), bool | None):
            return aliases, tuple(one.entry for one in aliases) if self._value(place) else ()
        hidden = self._mentions(place, or_else="true, or a list of entries")
        known = {one.entry for one in hidden}
        printed = (one for one in aliases if one.entry not in known)
        return (*printed, *hidden), tuple(one.entry for one in hidden)

    def _mentions(self, place: Place, or_else: str = "a list of entries") -> tuple[Mention, ...]:
        return self._filed(list(self._levels(place, or_else)))

    def _filed(self, found: Sequence[tuple[Sequence[str], int]]) -> tuple[Mention, ...]:
        """Return the entries of some (levels, line) that can be used, without repeats."""
        levels_of = [(tuple(map(sound, levels)), line) for levels, line in found]
        whole = filed(levels_of, self._file, telling=len(levels_of))
        self.problems += whole.problems
        pairs = zip(whole.entries, whole.lines, strict=True)
        return tuple(Mention(entry=entry, line=line) for entry, line in pairs)

    def _places(self, place: Place) -> tuple[Mention, ...]:
        """Return further places, also those of a name alone, which is that of an index or a mistake."""
        found: dict[Entry, Mention] = {}
        for levels, line in self._levels(place, "a list of entries"):
            index = sound(levels[0]) if len(levels) == 1 else ""
            above = (Mention(entry=(index,), line=line),) if index else self._filed([(levels, line)])
            found |= {one.entry: one for one in above if one.entry not in found}
        return tuple(found.values())

    def _levels(self, place: Place, kind: str) -> Iterator[tuple[tuple[str, ...], int]]:
        """Yield the levels and the line of each entry of a list, or of the one entry that stands for it."""
        value = self._value(place)
        if isinstance(value, str):
            yield split_path(value, self._slash_names), self._toml.line(place)
        elif isinstance(value, list):
            yield from self._items(place, value, kind)
        elif value is not None:
            self._refuse(place, kind)

    def _items(self, place: Place, items: list[object], kind: str) -> Iterator[tuple[tuple[str, ...], int]]:
        for number, item in enumerate(items):
            own = (*place, number)
            if isinstance(item, str):
                yield split_path(item, self._slash_names), self._toml.line(own)
            elif isinstance(item, list) and item and all(isinstance(level, str) for level in item):
                yield tuple(map(str, item)), self._toml.line(own)
            else:
                self._refuse(own, f"{kind}, each a text such as Kernel/Filesystems or a list of levels")

    def _switch(self, place: Place, *, default: bool) -> bool:
        value = self._value(place)
        if isinstance(value, bool):
            return value
        if value is not None:
            self._refuse(place, "true or false")
        return default

    def _text(self, place: Place) -> str:
        value = self._value(place)
        if isinstance(value, str):
            return value
        if value is not None:
            self._refuse(place, "a text in quotes")
        return ""

    def _folder(self, place: Place) -> str:
        value = self._text(place)
        if value and not names.is_folder(value):
            fix = "Write the folder of the topic's page as addresses have it, such as KProbes~3f2a1c."
            self._wrong(str(place[1]), "a value that is no folder's name", fix, self._toml.line(place))
            return ""
        return value

    def _addresses(self, place: Place) -> Iterator[Address]:
        """Yield the pages at old addresses, each once."""
        value = self._value(place)
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list | None):
            self._refuse(place, "a list of addresses")
            return
        found: set[str] = set()
        for number, item in enumerate(items or ()):
            own = (*place, number) if isinstance(value, list) else place
            path = names.old_path(item) if isinstance(item, str) else None
            line = self._toml.line(own)
            if path is None:
                fix = "Write it as /Kernel/Old_name/, of names that every file system can hold."
                said = f' ("{sound(item)[:80]}")' if isinstance(item, str) else ""
                self._wrong(str(place[1]), f"an item that is no address of this site{said}", fix, line)
            elif path not in found:
                found.add(path)
                yield Address(path=path, line=line)

    def _value(self, place: Place) -> object:
        return self._toml.values[str(place[0])].get(place[1])

    def _refuse(self, place: Place, kind: str) -> None:
        self._wrong(str(place[1]), "a value of the wrong kind", f"Write {kind}.", self._toml.line(place))

    def _wrong(self, name: str, what: str, fix: str, line: int) -> None:
        message = f'"{sound(name)[:80]}" has {what}; it is not used.'
        self.problems.append(problem("bad-field", self._file, line, message, fix))

    def _unknown(self, key: str, line: int) -> None:
        near = get_close_matches(key.lower()[:80], KEYS, n=1)
        fix = f'Did you mean "{near[0]}"?' if near else f"Remove it; there are {', '.join(KEYS)}."
        message = f'nothing reads the key "{sound(key)[:80]}" of a topic.'
        self.problems.append(problem("unknown-field", self._file, line, message, fix))
