"""Files of topics after a renaming: tables under their new names, mentions led there, old names as aliases.

Where two topics become one their tables do, too, and nothing that either says is lost. Comments stay.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from lwnindex.model import Entry
from lwnindex.readers.entries import split_path
from lwnindex.refiling import topicfiles
from lwnindex.refiling.exact import Edit, Inexact
from lwnindex.refiling.levels import rewritten
from lwnindex.refiling.place import without_items
from lwnindex.refiling.renaming import Renaming
from lwnindex.refiling.scalars import Scalar, quoted
from lwnindex.refiling.tomlspans import Text, Value
from lwnindex.refiling.topicfiles import MENTIONS, NAMES, Mentioned, Table, lengthened, mentioned

_OWN = ("note", "sort", "reciprocal")
_LISTS = (*NAMES, *MENTIONS)
_NONE: Mapping[Entry, str] = MappingProxyType({})

Names = Mapping[Entry, Sequence[Entry]]
_NAMELESS: Names = MappingProxyType({})


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


def folders_of(files: Files) -> dict[Entry, str]:
    """Return the folders that tables give topics."""
    said = ((table.entry, table.value("folder")) for table in files.tables)
    return {entry: value.value for entry, value in said if isinstance(value, Text)}


def edits(
    files: Files,
    renaming: Renaming,
    into: str,
    folders: Mapping[Entry, str] = _NONE,
    *,
    hidden: Names = _NAMELESS,
    first: Collection[Entry] = (),
) -> dict[str, list[Edit]]:
    """Return the edits of each file; what no table of theirs can hold is a new one at the end of `into`.

    `folders` are those that topics have to keep; those of `hidden` need a table, with these names there, if
    any. Those names that are `first` stand before others in a list. Inexact where something would be lost.
    """
    found: dict[str, list[Edit]] = {file: [] for file in files.texts}
    work = _Work(files, renaming, folders, hidden, first)
    fresh: list[str] = []
    news = (new for _, new in renaming.pairs)
    for entry in dict.fromkeys((*map(renaming.of, work.described), *news, *folders, *hidden)):
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
    lists = (("aliases", work.sorted(olds)), ("hidden", work.sorted(work.hidden.get(entry, ()))))
    said = "".join(f"{key} = [{', '.join(map(work.written, names))}]\n" for key, names in lists if names)
    folder = f"folder = {quoted(work.folders[entry])}\n" if entry in work.folders else ""
    return f"[{quoted(path)}]\n{said}{folder}"


class _Work(NamedTuple):
    files: Files
    renaming: Renaming
    folders: Mapping[Entry, str]
    hidden: Names
    first: Collection[Entry]

    @property
    def described(self) -> tuple[Entry, ...]:
        return tuple(table.entry for table in self.files.tables)

    def sorted(self, names: Sequence[Entry]) -> list[Entry]:
        """Return names in the order of a list of them."""
        return sorted(names, key=lambda one: one not in self.first)

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
        more["hidden"] += self.hidden.get(entry, ())
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
        folder, value = self.folders.get(entry), first.value("folder")
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
            lines.append(f"{key} = [{', '.join(map(self.written, fresh))}]")
        elif fresh and value is not None:
            ahead = sum(one in self.first for one in fresh)
            yield from lengthened(text, value, [*map(self.written, fresh)], ahead)

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


def check(
    after: Mapping[str, str],
    files: Files,
    renaming: Renaming,
    folders: Mapping[Entry, str] = _NONE,
    hidden: Names = _NAMELESS,
) -> None:
    """Raise Inexact where the files would not say after a renaming what they should."""
    try:
        found = read(after, files.slash_names)
        for text in after.values():
            tomllib.loads(text)
    except (Inexact, ValueError):
        found = None
    if found is None or not _is_sound(found, files, renaming, folders, hidden):
        raise Inexact("the files of topics cannot be rewritten")


def _is_sound(
    found: Files, files: Files, renaming: Renaming, folders: Mapping[Entry, str], hidden: Names
) -> bool:
    """Tell whether files say after a renaming what they should: each topic once, all old names as aliases."""
    entries = [table.entry for table in found.tables]
    wanted = {renaming.of(table.entry) for table in files.tables}
    wanted |= {*(new for _, new in renaming.pairs), *folders, *hidden}
    known = aliases(found)
    kept = all(
        known.get(alias) == renaming.of(topic) or alias == renaming.of(topic)
        for alias, topic in aliases(files).items()
    )
    return (
        len(entries) == len(set(entries))
        and set(entries) == wanted
        and kept
        and folders.items() <= folders_of(found).items()
        and all(known.get(old) == new for old, new in renaming.pairs)
        and all(known.get(one) == entry for entry, names in hidden.items() for one in names)
        and _mentions(found) >= _mentions(files, renaming)
    )


def _mentions(files: Files, renaming: Renaming = Renaming(())) -> set[tuple[Entry, str, Entry]]:  # noqa: B008 - a value
    """Return which topic mentions which, under their new names."""
    found = (
        (renaming.of(table.entry), key, renaming.of(one.entry))
        for table in files.tables
        for key in MENTIONS
        for one in mentioned(table.value(key), files.slash_names)
    )
    return {one for one in found if one[0] != one[2]}
