"""Files of topics after a renaming: tables under their new names, mentions led there, old names as aliases.

Where two topics become one their tables do, too, and nothing that either says is lost. Comments stay.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from lwnindex.model import Entry
from lwnindex.readers.entries import split_path
from lwnindex.readers.tomlscan import quoted
from lwnindex.refiling import topicfiles
from lwnindex.refiling.exact import Edit, Inexact
from lwnindex.refiling.levels import rewritten
from lwnindex.refiling.place import without_items
from lwnindex.refiling.renaming import Renaming
from lwnindex.refiling.scalars import Scalar
from lwnindex.refiling.tomlspans import Text, Value
from lwnindex.refiling.topicfiles import MENTIONS, NAMES, Mentioned, Table, addresses, lengthened, mentioned

_OWN = ("note", "sort", "reciprocal")
_LISTS = (*NAMES, *MENTIONS)


class Needs(NamedTuple):
    """What tables have to say after a renaming beside the old names of topics, by these topics.

    `folders` are those that topics keep; `hidden` are further names, `addresses` those of pages. A topic with
    no name there needs a table all the same. Those names that are `first` stand before others in a list.
    """

    folders: Mapping[Entry, str] = MappingProxyType({})
    hidden: Mapping[Entry, Sequence[Entry]] = MappingProxyType({})
    addresses: Mapping[Entry, Sequence[str]] = MappingProxyType({})
    first: Collection[Entry] = ()

    @property
    def described(self) -> tuple[Entry, ...]:
        """The topics that need a table."""
        return (*self.folders, *self.hidden, *self.addresses)


class Files(NamedTuple):
    """The texts of the files of topics by their names, their tables, and names in which a slash is none."""

    texts: Mapping[str, str]
    tables: tuple[Table, ...]
    slash_names: tuple[str, ...]


def read(texts: Mapping[str, str], slash_names: tuple[str, ...]) -> Files:
    """Return files of topics; Inexact where one is no TOML."""
    found: list[Table] = []
    for file, text in texts.items():
        try:
            found += topicfiles.described(file, text, slash_names)
        except (ValueError, RecursionError) as error:
            raise Inexact(f"{file} cannot be read: {error}") from None
    return Files(texts, tuple(found), slash_names)


def aliases(files: Files) -> dict[Entry, Entry]:
    """Return the topic of each alias."""
    return {
        one.entry: table.entry
        for table in files.tables
        for key in NAMES
        for one in mentioned(table.value(key), files.slash_names)
    }


def addresses_of(files: Files) -> dict[Entry, tuple[str, ...]]:
    """Return the further addresses that tables give topics."""
    return {table.entry: addresses(table.value("addresses")) for table in files.tables}


def folders_of(files: Files) -> dict[Entry, str]:
    """Return the folders that tables give topics."""
    said = ((table.entry, table.value("folder")) for table in files.tables)
    return {entry: value.value for entry, value in said if isinstance(value, Text)}


def edits(
    files: Files,
    renaming: Renaming,
    into: str,
    needs: Needs = Needs(),  # noqa: B008 - a value
) -> dict[str, list[Edit]]:
    """Return the edits of each file; what no table of theirs can hold is a new one at the end of `into`.

    Inexact where something would be lost.
    """
    found: dict[str, list[Edit]] = {file: [] for file in files.texts}
    work = _Work(files, renaming, needs)
    fresh: list[str] = []
    news = (new for _, new in renaming.pairs)
    for entry in dict.fromkeys((*map(renaming.of, work.described), *news, *needs.described)):
        own = [table for table in files.tables if renaming.of(table.entry) == entry]
        olds = [old for old, new in renaming.pairs if new == entry]
        if not own:
            fresh.append(_new(entry, olds, work))
            continue
        # A table that has the name already is the one that stays.
        own.sort(key=lambda table: table.entry != entry)
        for file, edit in work.joined(own, entry, olds):
            found[file].append(edit)
    if fresh:
        text = files.texts.get(into, "")
        before = "" if not text else "\n" if text.endswith("\n") else "\n\n"
        # All tables of a file are at its end if the first of one place is.
        found.setdefault(into, []).append(Edit(len(text), len(text), before + "\n".join(fresh)))
    return {file: each for file, each in found.items() if each}


def path_of(entry: Entry, slash_names: Sequence[str]) -> str | None:
    """Return an entry as a path; None where its levels would be others if it were read."""
    path = "/".join(entry)
    return path if topicfiles.levels(path, slash_names) == entry else None


def _new(entry: Entry, olds: Sequence[Entry], work: _Work) -> str:
    """Return a new table."""
    path = path_of(entry, work.files.slash_names)
    if path is None:
        raise Inexact(f"no table can have the name {'/'.join(entry)}; add it to `[index] slash_names`")
    needs = work.needs
    lists = {
        "aliases": [*map(work.written, work.sorted(olds))],
        "hidden": [*map(work.written, work.sorted(needs.hidden.get(entry, ())))],
        "addresses": [*map(quoted, needs.addresses.get(entry, ()))],
    }
    said = "".join(_list(key, items) + "\n" for key, items in lists.items() if items)
    folder = f"folder = {quoted(needs.folders[entry])}\n" if entry in needs.folders else ""
    return f"[{quoted(path)}]\n{said}{folder}"


def _list(key: str, items: Iterable[str]) -> str:
    return f"{key} = [{', '.join(items)}]"


class _Work(NamedTuple):
    files: Files
    renaming: Renaming
    needs: Needs

    @property
    def described(self) -> tuple[Entry, ...]:
        return tuple(table.entry for table in self.files.tables)

    def sorted(self, names: Sequence[Entry]) -> list[Entry]:
        """Return names in the order of a list of them."""
        return sorted(names, key=lambda one: one not in self.needs.first)

    def written(self, entry: Entry) -> str:
        """Return an item of a list that names a topic."""
        path = path_of(entry, self.files.slash_names)
        return quoted(path) if path is not None else "[" + ", ".join(map(quoted, entry)) + "]"

    def joined(self, own: Sequence[Table], entry: Entry, olds: Sequence[Entry]) -> Iterator[tuple[str, Edit]]:
        """Yield the edits by which tables become one, with old names as aliases, and their files."""
        first, *others = own
        if first.entry != entry:
            yield first.file, self._named(first, entry)
        more = {key: [] for key in _LISTS}  # type: dict[str, list[Entry]]
        more["aliases"] += olds
        more["hidden"] += self.needs.hidden.get(entry, ())
        for table in others:
            for key in _LISTS:
                more[key] += [self._of(key, one.entry) for one in self._mentioned(table, key)]
            yield from ((table.file, edit) for edit in self._removed(table))
        lines: list[str] = []
        for key in _LISTS:
            yield from ((first.file, edit) for edit in self._listed(first, key, entry, more[key], lines))
        for key in _OWN:
            said = [(table, value) for table in own if (value := table.value(key)) is not None]
            yield from ((first.file, edit) for edit in self._said(first, key, said, lines))
        yield from ((first.file, edit) for edit in self._addressed(own, entry, lines))
        folder, value = self.needs.folders.get(entry), first.value("folder")
        if folder and value is not None:
            yield first.file, Edit(value.start, value.end, quoted(folder))
        elif folder:
            lines.append(f"folder = {quoted(folder)}")
        if lines:
            yield first.file, self._added(first, lines)

    def _mentioned(self, table: Table, key: str) -> tuple[Mentioned, ...]:
        return mentioned(table.value(key), self.files.slash_names)

    def _of(self, key: str, entry: Entry) -> Entry:
        return self.renaming.of(entry) if key in MENTIONS else entry

    def _text(self, table: Table) -> str:
        return self.files.texts[table.file]

    def _named(self, table: Table, entry: Entry) -> Edit:
        name = table.name
        scalar = Scalar(name.start, self._text(table)[name.start : name.end], name.value, "toml")
        path = rewritten(name.value, table.entry, entry, str, str)
        edit = None
        if path is not None and tuple(split_path(path, self.files.slash_names)):
            edit = scalar.with_part(0, len(name.value), path)
        if edit is None or topicfiles.levels(path or "", self.files.slash_names) != entry:
            raise Inexact(f"no table can have the name {'/'.join(entry)}; add it to `[index] slash_names`")
        return edit

    # Lists -------------------------------------------------------------------------------------

    def _listed(
        self, table: Table, key: str, entry: Entry, more: Sequence[Entry], lines: list[str]
    ) -> Iterator[Edit]:
        """Yield the edits of a list of topics; one that is not there becomes one of `lines`."""
        value = table.value(key)
        text = self._text(table)
        items = self._mentioned(table, key)
        spans = [(one.value.start, one.value.end) for one in items]
        held: set[Entry] = set()
        # The topic itself is no other name of it, and not related to itself.
        out: list[int] = []
        wanted = [self._of(key, one.entry) for one in items]
        is_new = self._is_new(table, entry)
        for at, one in enumerate(wanted):
            if (one != items[at].entry and one in wanted[:at]) or (one == entry and is_new):
                out.append(at)
            held.add(one)
        fresh = self.sorted([one for one in dict.fromkeys(more) if one not in held and one != entry])
        gone: list[int] = []
        for at, (item, one) in enumerate(zip(items, wanted, strict=True)):
            if at in out and fresh:
                yield Edit(item.value.start, item.value.end, self.written(fresh.pop(0)))
            elif at in out:
                gone.append(at)
            elif one != item.entry:
                yield Edit(
                    item.value.start, item.value.end, self._rewritten(text, item.value, item.entry, one)
                )
        yield from without_items(text, spans, gone)
        if fresh and value is None:
            lines.append(_list(key, map(self.written, fresh)))
        elif fresh and value is not None:
            ahead = sum(one in self.needs.first for one in fresh)
            yield from lengthened(text, value, [*map(self.written, fresh)], ahead)

    def _addressed(self, own: Sequence[Table], entry: Entry, lines: list[str]) -> Iterator[Edit]:
        """Yield the edits of a list of addresses; one that is not there becomes one of `lines`."""
        held, *others = (addresses(table.value("addresses")) for table in own)
        wanted = [*chain.from_iterable(others), *self.needs.addresses.get(entry, ())]
        fresh = [quoted(one) for one in dict.fromkeys(wanted) if one not in held]
        value = own[0].value("addresses")
        if fresh and value is None:
            lines.append(_list("addresses", fresh))
        elif fresh and value is not None:
            yield from lengthened(self._text(own[0]), value, fresh)

    def _is_new(self, table: Table, entry: Entry) -> bool:
        return table.entry != entry or any(new == entry for _, new in self.renaming.pairs)

    def _rewritten(self, text: str, value: Value, old: Entry, new: Entry) -> str:
        """Return an item of a list that names another topic, in the quotes that it has."""
        path = rewritten(value.value, old, new, str, str) if isinstance(value, Text) else None
        if (
            path is None
            or topicfiles.levels(path, self.files.slash_names) != new
            or not isinstance(value, Text)
        ):
            return self.written(new)
        mark = text[value.start]
        return f"'{path}'" if mark == "'" and "'" not in path else quoted(path)

    # What is said once ---------------------------------------------------------------------------

    def _said(
        self, table: Table, key: str, said: Sequence[tuple[Table, Value]], lines: list[str]
    ) -> Iterator[Edit]:
        """Yield the edit of a note that others are added to; of other things those of the table count."""
        others = [(other, value) for other, value in said if other is not table]
        own = table.value(key)
        if not others:
            return
        if own is None:
            first = others.pop(0)
            raw = self._text(first[0])[first[1].start : first[1].end]
            notes = [value.value for _, value in others if isinstance(value, Text)] if key == "note" else []
            if notes and isinstance(first[1], Text):
                raw = _paragraphs([first[1].value, *notes])
            # The sorting of a name is that of this name alone.
            if key != "sort":
                lines.append(f"{key} = {raw}")
        elif key == "note" and isinstance(own, Text):
            notes = [own.value, *(value.value for _, value in others if isinstance(value, Text))]
            yield Edit(own.start, own.end, _paragraphs(notes))

    def _added(self, table: Table, lines: Sequence[str]) -> Edit:
        """Return the edit that adds lines below the header of a table."""
        text = self._text(table)
        if table.is_inline:
            behind = "," if table.pairs else " "
            return Edit(table.header_end, table.header_end, " " + ", ".join(lines) + behind)
        end = text.find("\n", table.header_end)
        if end < 0:
            return Edit(len(text), len(text), "\n" + "\n".join(lines))
        return Edit(end, end, "\n" + "\n".join(lines))

    def _removed(self, table: Table) -> Iterator[Edit]:
        """Yield the edits that leave out a table: its header and its pairs, not the comments between them."""
        text = self._text(table)
        if table.is_inline:
            raise Inexact(f"{table.file} has {'/'.join(table.entry)} in one line; give it a table of its own")
        for start, end in [
            (table.start, table.header_end),
            *((pair.names[0].start, pair.value.end) for pair in table.pairs),
        ]:
            first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
            yield Edit(first, len(text) if last < 0 else last + 1, "")


def _paragraphs(notes: Sequence[str]) -> str:
    """Return notes as one, each a paragraph of its own."""
    text = "\n\n".join(note.strip("\n") for note in notes)
    safe = "\n".join(quoted(line)[1:-1] for line in text.split("\n"))
    return f'"""\n{safe}\n"""'
