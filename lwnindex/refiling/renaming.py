"""What becomes of entries when topics are renamed, merged or moved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

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


def parted(old: Entry, new: Entry) -> tuple[int, int]:
    """Return how many levels two entries share at their start, and how many at their end."""
    short = min(len(old), len(new))
    start = next((at for at in range(short) if old[at] != new[at]), short)
    rest = short - start
    end = next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
    return start, end
