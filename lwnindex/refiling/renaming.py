"""What becomes of entries when topics are renamed, merged or moved."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from lwnindex import names
from lwnindex.model import Entry


class Renaming(NamedTuple):
    """Topics, each with what it is called from now on; all that stands below them goes with them.

    What stands below one of the `kept` stays: those are names that topics have beside their own.
    """

    pairs: tuple[tuple[Entry, Entry], ...]
    kept: tuple[Entry, ...] = ()

    def of(self, entry: Entry) -> Entry:
        """Return an entry under its new name; the longest name that it stands below counts."""
        fitting = [pair for pair in self.pairs if is_below(entry, pair[0])]
        if not fitting:
            return entry
        old, new = max(fitting, key=lambda pair: len(pair[0]))
        if any(len(one) > len(old) and is_below(entry, one) for one in self.kept):
            return entry
        return (*new, *entry[len(old) :])

    def concerns(self, entry: Entry) -> bool:
        """Tell whether an entry gets another name."""
        return self.of(entry) != entry

    def all_of(self, entries: Iterable[Entry]) -> tuple[Entry, ...]:
        """Return the entries of an article under their new names, each once."""
        return tuple(dict.fromkeys(map(self.of, entries)))


def is_below(entry: Entry, other: Entry) -> bool:
    """Tell whether an entry is another one, or stands below it."""
    return entry[: len(other)] == other


def own_name(entry: Entry, aliases: Mapping[Entry, Entry], known: Collection[Entry]) -> Entry:
    """Return an entry below another name of a topic as what it is filed as: below the topic's own name."""
    above = [entry[:size] for size in range(len(entry) - 1, 0, -1) if entry[:size] in aliases]
    if not above or entry in aliases or entry in known:
        return entry
    return own_name((*aliases[above[0]], *entry[len(above[0]) :]), aliases, known)


def case_clashes(entry: Entry, named: Collection[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Yield each level of an entry that no topic names, with each name that differs from it in case only."""
    for size in range(2, len(entry) + 1):
        level = entry[:size]
        alike = list(map(names.folded, level))
        others = (one for one in sorted(named) if len(one) == size and list(map(names.folded, one)) == alike)
        yield from ((level, one) for one in others if level not in named)


def parted(old: Entry, new: Entry) -> tuple[int, int]:
    """Return how many levels two entries share at their start, and how many at their end."""
    short = min(len(old), len(new))
    start = next((at for at in range(short) if old[at] != new[at]), short)
    rest = short - start
    end = next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
    return start, end
