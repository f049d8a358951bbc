"""What is to be done to topics, found in the names that somebody typed: what is called what from then on.

What does not fit is refused: a topic that there is not, a name that is another's or would take its address.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Literal, NamedTuple

from lwnindex import names
from lwnindex.model import Entry
from lwnindex.problems import SiteError
from lwnindex.readers.entries import split_path
from lwnindex.readers.text import squeezed
from lwnindex.readers.tomlscan import key_of
from lwnindex.refiling.renaming import Renaming, case_clashes, is_below, own_name

Verb = Literal["rename", "merge", "move"]


class Order(NamedTuple):
    """What is to be done: topics, as they are written, and what they become or go below."""

    verb: Verb
    olds: tuple[str, ...]
    new: str
    dry_run: bool = False
    leave: bool = False


class Named(NamedTuple):
    """The names that there are: of topics with all above them, of those with tables, other names, indexes."""

    topics: Collection[Entry]
    tables: Collection[Entry]
    aliases: Mapping[Entry, Entry]
    indexes: Collection[str]
    slash_names: Sequence[str]

    def renaming(self, order: Order) -> Renaming:
        """Return what is called what once an order is carried out; SiteError where it does not fit."""
        olds = tuple(dict.fromkeys(self._topic(name) for name in order.olds))
        new = self._entry(order.new)
        if order.verb == "move":
            new = (*new, olds[0][-1])
        new = own_name(new, self.aliases, self.topics)
        self._check_new(order.verb, olds, new)
        renaming = Renaming(tuple(self._pairs(olds, new)), tuple(self.aliases))
        self._check_below(renaming)
        return renaming

    def _check_below(self, renaming: Renaming) -> None:
        """Refuse what would give a topic a name that leads to another from then on."""
        for one in sorted(self.topics):
            new = renaming.of(one)
            if renaming.concerns(new):
                shown, topic = "/".join(new), "/".join(renaming.of(new))
                message = (
                    f'"{"/".join(one)}" would be called "{shown}", which then is another name of "{topic}".'
                )
                raise SiteError(f"{message} Rename it first.", 2)

    def _pairs(self, olds: Sequence[Entry], new: Entry) -> Iterator[tuple[Entry, Entry]]:
        """Yield the old names, also those that they have by an alias of a topic above them, with the new."""
        for old in olds:
            yield old, new
            for alias, topic in self.aliases.items():
                if topic != old and is_below(old, topic):
                    name = (*alias, *old[len(topic) :])
                    yield from [(name, new)] if name != new and name in self.topics else []

    def _entry(self, name: str) -> Entry:
        """Return the levels of a name; where slashes leave several ways, those of a topic that there is."""
        wanted = squeezed(name)
        known = next((entry for entry in sorted(self.topics) if "/".join(entry) == wanted), None)
        entry = known or tuple(map(squeezed, split_path(name, self.slash_names)))
        if not all(entry):
            raise SiteError(f'"{name}" has an empty level. Write it as in Kernel/Filesystems/Ceph.', 2)
        return entry

    def _topic(self, name: str) -> Entry:
        """Return a topic that there is."""
        entry = self._entry(name)
        alias = next(
            (one for one in sorted(self.aliases, key=len, reverse=True) if is_below(entry, one)), None
        )
        if alias and not any(is_below(one, entry) for one in self.tables):
            own = "/".join((*self.aliases[alias], *entry[len(alias) :]))
            raise SiteError(f'"{name}" is another name of "{own}". Name that one.', 2)
        if entry not in self.topics:
            raise SiteError(f'there is no topic "{name}".{_near(name, map("/".join, self.topics))}', 2)
        if len(entry) < 2:
            raise SiteError(f'"{name}" is an index. Name a topic in it, such as {name}/Filesystems.', 2)
        return entry

    def _check_new(self, verb: Verb, olds: Sequence[Entry], new: Entry) -> None:
        """Refuse a new name that cannot be one."""
        shown = "/".join(new)
        if len(new) < 2:
            raise SiteError(f'"{shown}" is an index. Name a topic in it, such as {shown}/Filesystems.', 2)
        self._check_index(new[0])
        for old in olds:
            if new == old:
                raise SiteError(f'"{shown}" is what it is already.', 2)
            if is_below(new, old):
                raise SiteError(f'"{shown}" stands below "{"/".join(old)}", and would go with it.', 2)
        self._check_alias(olds, new)
        exists = new in self.topics and new not in self.aliases
        if exists and verb != "merge":
            raise SiteError(f'there is a topic "{shown}" already. Merge them: lwnindex topics merge.', 2)
        if verb == "rename":
            self._check_reserved(new)
        self._check_case(olds, new)
        if not exists and verb == "merge":
            near = _near(shown, map("/".join, self.topics))
            raise SiteError(f'there is no topic "{shown}" to merge into.{near or " Rename it instead."}', 2)

    def _check_alias(self, olds: Sequence[Entry], new: Entry) -> None:
        """Refuse a name that another topic has beside its own."""
        other = self.aliases.get(new)
        if other and other not in olds:
            said = f'"{"/".join(new)}" is another name of "{"/".join(other)}".'
            goes_along = any(is_below(other, old) for old in olds)
            raise SiteError(f"{said} {'Choose another' if goes_along else 'Merge it into that one'}.", 2)

    def _check_reserved(self, new: Entry) -> None:
        """Refuse a name of which a level, that there is not, would have a folder of the site's own."""
        fresh = (new[size - 1] for size in range(2, len(new) + 1) if new[:size] not in self.topics)
        if any(names.is_reserved(names.segment(one)) for one in fresh):
            shown = "/".join(new)
            raise SiteError(f'"{shown}" would stand where the site has a page of its own. Choose another.', 2)

    def _check_case(self, olds: Sequence[Entry], new: Entry) -> None:
        """Refuse a name that differs in case only from another topic's, whose address it would take."""
        named = {*self.topics, *self.aliases}
        for level, other in case_clashes(new, named):
            if level != new or self.aliases.get(other, other) not in olds:
                shown, one = "/".join(level), "/".join(other)
                raise SiteError(
                    f'"{shown}" and "{one}", which there is, differ in case only. Write "{one}".', 2
                )

    def _check_index(self, index: str) -> None:
        if index not in self.indexes:
            fix = (
                _near(index, self.indexes)
                or f" Declare it first: [indexes.{key_of(index)}] in lwnindex.toml."
            )
            raise SiteError(f'there is no index called "{index}".{fix}', 2)


def _near(name: str, known: Iterable[str]) -> str:
    close = get_close_matches(name, sorted(known), n=1)
    return f' Did you mean "{close[0]}"?' if close else ""
