"""Entries as the thesaurus has them: each that of the topic it stands for, or told as of no topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal, TypeVar

from msgspec.structs import replace

from lwnindex.model import Card, Entry, Problem
from lwnindex.problems import problem
from lwnindex.thesaurus import Known, Thesaurus, quoted, written

T = TypeVar("T")

Declared = Literal["any", "warn", "only"]


class _Topics(dict[Entry, Entry]):
    """What entries stand for; each is looked up once, since archives have few of them, and many times."""

    def __init__(self, book: Thesaurus) -> None:
        super().__init__()
        self._book = book

    def __missing__(self, entry: Entry) -> Entry:
        return self.setdefault(entry, self._book.topic(entry))


class Filing:
    """What entries are filed under, and what is to be told of them."""

    def __init__(self, book: Thesaurus, declared: Declared) -> None:
        self._book = book
        self._declared = declared
        self._topics = _Topics(book)
        described = book.described if declared != "any" else ()
        self._known = {entry[:depth] for entry in described for depth in range(2, len(entry) + 1)}
        self._first: dict[Entry, tuple[str, int]] = {}
        self._times: Counter[Entry] = Counter()

    def refiled(self, cards: Iterable[tuple[Card, T]]) -> list[tuple[Card, T]]:
        """Return the cards with the entries of the topics that they stand for; those to tell are noted."""
        if not self._book.aliases and self._declared == "any":
            return list(cards)
        return [(self._card(card), with_it) for card, with_it in cards]

    def problems(self) -> tuple[Problem, ...]:
        """Return what is to be told of the topics that are not described, one problem a topic."""
        known = Known(self._book.described)
        return tuple(
            _undescribed(entry, self._first[entry], self._times[entry], known, self._declared)
            for entry in sorted(self._first)
        )

    def _card(self, card: Card) -> Card:
        entries = tuple(map(self._topics.__getitem__, card.entries))
        if entries == card.entries and self._declared == "any":
            return card
        kept: dict[Entry, int] = {}
        for place, entry in enumerate(entries):
            if self._takes(card, entry, place):
                kept.setdefault(entry, place)
        if entries == card.entries and self._declared != "only":
            return card
        lines = (card.entry_lines[place] for place in kept.values() if place < len(card.entry_lines))
        return replace(card, entries=tuple(kept), entry_lines=tuple(lines))

    def _takes(self, card: Card, entry: Entry, place: int) -> bool:
        """Tell whether an article may be filed under a topic, and note where one is not described."""
        if self._declared == "any" or entry in self._known:
            return True
        line = card.entry_lines[place] if place < len(card.entry_lines) else 0
        at = self._first.get(entry)
        self._first[entry] = min(at, (card.file, line)) if at else (card.file, line)
        self._times[entry] += 1
        return self._declared == "warn"


def _undescribed(
    entry: Entry, place: tuple[str, int], times: int, known: Known, declared: Declared
) -> Problem:
    meant = known.meant(entry)
    wrong = f'no file of topics describes "{written(entry)}"'
    more = f" This is the first of {times} entries." if times > 1 else ""
    unused = "; nothing is filed under it" if declared == "only" else ""
    return problem(
        "undescribed-entry" if declared == "only" else "undescribed-topic",
        *place,
        f"{wrong}{unused}.{more}",
        f'Did you mean "{meant}"? Else describe it.' if meant else f"Describe it: [{quoted(entry)}].",
    )
