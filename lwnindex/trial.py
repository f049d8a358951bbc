"""How good suggestions are: a part of the filed articles is held out, and suggested for after the others.

Nothing that those are filed under is used for any of them. Their words count among all others where it is
asked how rare a word is, as those of an article do that has no entries yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from lwnindex.digest import digest
from lwnindex.nearness import Space
from lwnindex.subjects import Drawers, Subjects
from lwnindex.suggest import Suggesting

AT = (1, 3, 5)
"""How many suggestions are looked at."""


class Figures(NamedTuple):
    """What came of a trial; each of the last four has a figure for each number of `AT`.

    Precision is the part of the suggestions that are entries of the article, recall the part of its entries
    that are among them, both averaged over the articles held out. The ceilings are the most that can be
    reached: with fewer entries than suggestions, and with topics that none of the other articles has.
    """

    seed: int
    articles: int
    held_out: int
    precision: tuple[float, ...]
    recall: tuple[float, ...]
    precision_ceiling: tuple[float, ...]
    recall_ceiling: tuple[float, ...]


def held_out(ids: Iterable[str], seed: int, share: float) -> frozenset[str]:
    """Return the ids that are held out: a share of them, at least one, drawn by the seed alone."""
    drawn = sorted(ids, key=lambda one: digest((seed, one)))
    return frozenset(drawn[: max(1, round(share * len(drawn)))])


def trial(space: Space, seed: int = 1, share: float = 0.2) -> Figures:
    """Return how often suggestions for articles that are held out are what those are filed under."""
    filed, ids = space.filed, space.shelf.articles.ids
    out = held_out((ids[place] for place in filed), seed, share)
    among = [place for place in filed if ids[place] not in out]
    asked = [place for place in filed if ids[place] in out]
    drawers = Drawers(Subjects(space, among).kept())
    known = set(drawers.kept.entries)
    rows = []
    for place in asked:
        one = space.shelf.profile(place)
        scored = Suggesting(space, one, among).scored(drawers)
        entries = set(one.entries)
        hits = [drawers.kept.entries[each] in entries for _, each in scored[: max(AT)]]
        rows.append(_Row(hits, len(entries), len(entries & known)))
    return Figures(
        seed,
        len(filed),
        len(asked),
        precision=_means([[sum(row.hits[:number]) / number for row in rows] for number in AT]),
        recall=_means([[sum(row.hits[:number]) / row.entries for row in rows] for number in AT]),
        precision_ceiling=_means([[min(number, row.known) / number for row in rows] for number in AT]),
        recall_ceiling=_means([[min(number, row.known) / row.entries for row in rows] for number in AT]),
    )


class _Row(NamedTuple):
    """Which suggestions for an article were right, how many entries it has, and how many could be known."""

    hits: Sequence[bool]
    entries: int
    known: int


def _means(columns: Iterable[Sequence[float]]) -> tuple[float, ...]:
    return tuple(sum(column) / len(column) if column else 0.0 for column in columns)
