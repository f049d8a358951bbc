"""Topics renamed, merged and moved: all sources and files of topics that name them, rewritten at once.

What cannot be rewritten is told, and then nothing is, unless it is to be left to the alias that the old name
becomes: by this, entries, addresses and feeds of the old name go on working in any case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

from lwnindex import foresight, loading, names, rewriting, visits
from lwnindex.config import Found
from lwnindex.disk import is_file, look, may_change
from lwnindex.model import Card, Entry, Source
from lwnindex.options import Options
from lwnindex.problems import SiteError
from lwnindex.readers.entries import split_path
from lwnindex.readers.text import squeezed
from lwnindex.reading import readings
from lwnindex.refiling import kept, retopic, sources, tomlspans
from lwnindex.refiling.exact import Edit, Exact, Inexact, reader_text
from lwnindex.refiling.orders import Named, Order
from lwnindex.refiling.place import Obstacle
from lwnindex.refiling.renaming import Renaming
from lwnindex.registry import taker
from lwnindex.rewriting import Rewrite

_TOPICS = "topics.toml"
_BY_HAND = "Change it by hand, or leave it to the alias: --leave-to-alias."


class Report(NamedTuple):
    """What was done, or would be: how many entries, in which articles' files, and what stays.

    `pairs` are old names with the new ones, `diff` is all that changes. `remarks` are places of the
    configuration in which queries and feeds name a topic by an old name.
    """

    entries: int
    files: tuple[str, ...]
    pairs: tuple[tuple[Entry, Entry], ...]
    obstacles: tuple[Obstacle, ...]
    diff: str = ""
    is_done: bool = False
    remarks: tuple[Obstacle, ...] = ()


def refile(found: Found, order: Order, options: Options | None = None) -> Report:
    """Return what became of an order; SiteError where its names do not fit, or the disk fails."""
    how = options or Options()
    return visits.look(found, how, lambda seen: _Work(found, order, seen).done())


class _Work:
    """One order, while the store is held."""

    def __init__(self, found: Found, order: Order, seen: visits.Look) -> None:
        self._found, self._order, self._seen = found, order, seen
        self._slash_names = found.config.index.slash_names
        self._places = dict(_topic_places(found))
        self._contents = {file: Path(place).read_bytes() for file, place in self._places.items()}
        texts = {file: reader_text(content) for file, content in self._contents.items()}
        try:
            self._topics = retopic.read(texts, self._slash_names)
        except Inexact as error:
            raise SiteError(f"{error}. Mend it first.", 2) from None

    @property
    def _named(self) -> Named:
        config = self._found.config
        tables = frozenset(table.entry for table in self._topics.tables)
        filed = {entry for one in self._seen.parsed for each in one.articles for entry in each.card.entries}
        own = {split_path(one, ())[0] for each in readings(config).values() for _, one in each.index}
        return Named(
            topics={entry[:size] for entry in filed | tables for size in range(1, len(entry) + 1)},
            tables=tables,
            aliases=retopic.aliases(self._topics),
            indexes={*config.indexes, *own},
            slash_names=self._slash_names,
        )

    def done(self) -> Report:
        """Do what is ordered."""
        renaming = self._named.renaming(self._order)
        obstacles: list[Obstacle] = []
        files: dict[str, Rewrite] = {}
        shown: dict[str, str] = {}
        count = 0
        for source, place, found in self._rewritten(renaming):
            obstacles += found.obstacles
            blocked = _blocked(place)
            if found.changed and blocked:
                why, mend = f"it cannot be rewritten: {blocked}.", _MENDS[blocked]
                obstacles.append(
                    Obstacle(source, 0, why, f"{mend}, or leave it to the alias: --leave-to-alias.")
                )
            elif found.changed:
                files[place], shown[source] = Rewrite(self._before[place], found.content), place
                count += found.changed
        obstacles += self._configured
        articles = tuple(sorted(shown))
        for source, place, edited in self._retopiced(renaming):
            files[place], shown[source] = edited, place
        diff = _diff({file: files[place] for file, place in sorted(shown.items())})
        report = Report(count, articles, renaming.pairs, tuple(dict.fromkeys(obstacles)), diff)
        report = report._replace(remarks=tuple(self._remarks(renaming)))
        if self._order.dry_run or (obstacles and not self._order.leave):
            return report
        rewriting.rewrite((self._found.root / self._found.config.store).resolve(), files)
        return report._replace(is_done=True)

    # Sources -----------------------------------------------------------------------------------

    def _rewritten(self, renaming: Renaming) -> Iterator[tuple[str, str, sources.Rewritten]]:
        """Yield the sources with entries that are concerned, where they stand, and what becomes of them."""
        rules = readings(self._found.config)
        pages = {
            name: "/".join(filter(None, one.path.split("/"))) or f"{names.segment(name)}/Index"
            for name, one in self._found.config.indexes.items()
        }
        gathered = self._seen.gathered.sources
        self._before: dict[str, bytes] = {}
        self._configured: list[Obstacle] = []
        for source, parsed in zip(gathered.sources, self._seen.parsed, strict=True):
            cards = [each.card for each in parsed.articles]
            if any(renaming.concerns(entry) for card in cards for entry in card.entries):
                place = gathered.places[source.file]
                self._before[place] = loading.whole(gathered.way(source.file))
                reading = rules[source.rules]
                if taker(self._seen.gathered.plugins.readers, source.path):
                    yield source.file, place, _of_a_plugin(source, cards, renaming)
                    continue
                found = sources.rewritten(source, self._before[place], reading, renaming, pages)
                self._configured += [self._setting(source.rules, *said) for said in found.configured]
                yield source.file, place, found

    def _setting(self, table: str, name: str, text: str) -> Obstacle:
        """Return the obstacle that a setting is, with its line."""
        file = self._found.file
        line = next(_lines_of(self._settings(), table, name, text), 0)
        why = f'`{name}` of [[sources]] files articles under the old name ("{text}").'
        return Obstacle(file.name if file else "lwnindex.toml", line, why, _MEND_SETTING)

    def _settings(self) -> str:
        """Return the text of the configuration."""
        file = self._found.file
        return reader_text(file.read_bytes()) if file else ""

    def _remarks(self, renaming: Renaming) -> Iterator[Obstacle]:
        """Yield where a query or a feed of the configuration names a topic that gets another name."""
        text = self._settings()
        for table in tomlspans.tables(text) if text else ():
            for value in tomlspans.strings(pair.value for pair in table.pairs if table.path[:1] in _NAMING):
                entry = tuple(map(squeezed, split_path(value.value, self._slash_names)))
                if len(entry) > 1 and renaming.concerns(entry):
                    why = f'"{value.value}" is called "{"/".join(renaming.of(entry))}" from then on.'
                    line = text.count("\n", 0, value.start) + 1
                    yield Obstacle(
                        self._found.file.name if self._found.file else "", line, why, "Change it there."
                    )

    # Files of topics ---------------------------------------------------------------------------

    def _retopiced(self, renaming: Renaming) -> Iterator[tuple[str, str, Rewrite]]:
        """Yield the files of topics that change, where they stand, and what they become."""
        folder = loading.places(self._found.config, self._found.root)[0]
        own = f"{folder.start}{_TOPICS}"
        into = next(iter(self._contents), own)
        try:
            edits = foresight.edits(self._seen, self._topics, renaming, into, self._folders(renaming))
            for file, changes in edits.items():
                yield self._retopic(file, self._places.get(file) or str(folder.folder / _TOPICS), changes)
        except Inexact as error:
            raise SiteError(f"{error}. Change them by hand first: {', '.join(self._contents)}.", 1) from None

    def _folders(self, renaming: Renaming) -> dict[Entry, str]:
        """Return the folders that topics have to keep, of those that a table can name."""
        said = retopic.folders_of(self._topics)
        found = kept.folders(self._seen.catalog.topics, renaming, said)
        return {one: folder for one, folder in found.items() if retopic.path_of(one, self._slash_names)}

    def _retopic(self, file: str, place: str, changes: Sequence[Edit]) -> tuple[str, str, Rewrite]:
        blocked = _blocked(place)
        if blocked:
            raise SiteError(f"{file} cannot be rewritten: {blocked}. {_MENDS[blocked]}.", 1)
        before = self._contents.get(file)
        return file, place, Rewrite(before, Exact(before or b"").edited(changes))


_LINK, _CLOSED = "it is a link", "nothing in its folder may be changed"
_MENDS = {_LINK: "Put the file itself there", _CLOSED: "Let its folder be written to"}
_MEND_SETTING = "Change it there, or leave it to the alias: --leave-to-alias."

_NAMING = (("feeds_out",), ("feeds",))
"""The tables of the configuration, beside [[sources]], that name topics."""


def _topic_places(found: Found) -> Iterator[tuple[str, str]]:
    """Yield the files of topics, as people know them, with where they stand."""
    for place in loading.places(found.config, found.root):
        folder = place.folder
        files = [folder / _TOPICS, *sorted((folder / "topics").glob("*.toml"))] if folder.is_dir() else []
        for file in files:
            if file.is_file() and file.resolve().is_relative_to(folder.resolve()):
                yield f"{place.start}{file.relative_to(folder).as_posix()}", str(file)


def _of_a_plugin(source: Source, cards: Sequence[Card], renaming: Renaming) -> sources.Rewritten:
    """Return a source as it is, since nobody knows how the reader of a plug-in finds entries in it."""
    entries = dict.fromkeys(entry for card in cards for entry in card.entries if renaming.concerns(entry))
    why = "a plug-in reads this file, and cannot write it"
    told = (Obstacle(source.file, 0, f'"{"/".join(one)}" stays: {why}.', _BY_HAND) for one in entries)
    return sources.Rewritten(b"", obstacles=tuple(told))


def _blocked(place: str) -> str:
    """Return why a file cannot be replaced; empty where it can."""
    found = look(place)
    if found and not is_file(found):
        return _LINK
    if not may_change(str(Path(place).parent)):
        return _CLOSED
    return ""


def _lines_of(text: str, table: str, name: str, value: str) -> Iterator[int]:
    """Yield the lines of a configuration in which a table of [[sources]] says something."""
    within = False
    for one in tomlspans.tables(text) if text else ():
        paths = [pair.value for pair in one.pairs if pair.names[-1].value == "path"]
        if one.path == ("sources",):
            within = any(isinstance(path, tomlspans.Text) and path.value == table for path in paths)
        if within and one.path[:1] == ("sources",):
            yield from (text.count("\n", 0, at) + 1 for at in _standing(one, name, value))


def _standing(table: tomlspans.Table, name: str, value: str) -> Iterator[int]:
    """Yield where a value of a list, or a key of a table, stands in a table or as one."""
    for pair in table.pairs:
        keys = (*table.path[1:], *(one.value for one in pair.names))
        if keys == (name, value):
            yield pair.names[-1].start
        elif keys == (name,) and isinstance(pair.value, tomlspans.Array):
            yield from (
                one.start
                for one in pair.value.items
                if isinstance(one, tomlspans.Text) and one.value == value
            )
        elif keys == (name,) and isinstance(pair.value, tomlspans.Inline):
            yield from (one.names[-1].start for one in pair.value.pairs if one.names[-1].value == value)


def _diff(files: Mapping[str, Rewrite]) -> str:
    """Return what changes as a unified diff."""
    out: list[str] = []
    for file, (before, after) in files.items():
        old, new = (re.findall(r".*\n|.+", one.decode("utf-8", "replace")) for one in (before or b"", after))
        name = _quoted(file)
        rows = unified_diff(old, new, name if before is not None else "/dev/null", name)
        out += [row if row.endswith("\n") else f"{row}\n\\ No newline at end of file\n" for row in rows]
    return "".join(out)


def _quoted(file: str) -> str:
    """Return a name as a line of a diff has it: as git does, in quotes and octal where it would be none."""
    if file.isprintable():
        return file
    return f'"{"".join(map(_octal, file))}"'


def _octal(letter: str) -> str:
    if letter in '"\\':
        return f"\\{letter}"
    octal = (f"\\{byte:03o}" for byte in letter.encode("utf-8", "surrogateescape"))
    return letter if letter.isprintable() else "".join(octal)
