"""A feed's articles by whole months or years: what it carries itself, and what its archive documents hold.

RFC 5005, section 4, asks that what an archive document holds shall not change. So a document is a whole
period, and the newest periods are in none: they stand in the feed itself, as many as it takes to carry
the number of articles that a feed has. Every dated article is in one of them and in no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from lwnindex.views.archive import Archive, dated

BY_YEAR, BY_MONTH = 4, 7
"""The length of a period's name, `2009` or `2009-12`, which begins the dates of its articles."""


class Part(NamedTuple):
    """Articles of a feed, newest first: those of a period, or, where that is empty, those it carries."""

    period: str
    ids: Sequence[str]


Chain = tuple[Part, ...]
"""The parts of a feed, newest first; the first is the feed itself. All of them hold each article once."""


def chain(shelf: Archive, ids: Iterable[str], length: int) -> Chain:
    """Return the parts of a feed of these articles; one alone where it has no more than a feed carries."""
    pairs = dated(shelf, ids)
    by_period: dict[str, list[str]] = {}
    for date, one in pairs:
        by_period.setdefault(date[:length], []).append(one)
    periods = sorted(by_period, reverse=True)
    kept = _recent([len(by_period[each]) for each in periods], shelf.config.feeds_out.items)
    recent = frozenset(periods[:kept])
    # Near its ends the text of a moment may name another period than the order of time has it in.
    carried = tuple(one for date, one in pairs if date[:length] in recent)
    return Part("", carried), *(Part(each, tuple(by_period[each])) for each in periods[kept:])


def _recent(counts: Sequence[int], items: int) -> int:
    """Return how many of the newest periods it takes to have so many articles."""
    found = 0
    for place, count in enumerate(counts):
        if found >= items:
            return place
        found += count
    return len(counts)
