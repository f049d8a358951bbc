"""What rose and what fell: the topics at the top of an index by years.

A topic counts what is filed below it, each article once. Each cell leads to a heading that there is: to that
of the year on the topic's page, or on the further page of its list that has it; where only sub-topics have
articles of that year, to that of the one with the most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from lwnindex import names
from lwnindex.model import Index, Topic
from lwnindex.viewparts import Bar, Heat, HeatRow
from lwnindex.views.archive import Archive
from lwnindex.views.paging import further, part_of

ROWS = 60
YEARS = 40
SHADES = 5


class _Row(NamedTuple):
    """A topic with those below it, itself first, and its articles of each year."""

    topic: Topic
    below: Sequence[Topic]
    counts: Mapping[int, int]


def heat(shelf: Archive, one: Index) -> Heat | None:
    """Return the topics at the top of an index by years; None where there are not two topics and two years.

    There are at most 40 years, the last ones, and 60 topics, the most alive: an article counts for one if it
    is of the index's last year, for a half if of the year before, for a third if of the one before that. Of
    equals those with more articles come first, then those that do so in the index, whose order the rows have.
    """
    tops = [shelf.catalog.topics[entry] for entry in one.topics if len(entry) == 2]
    rows = [row for row in (_row(shelf, topic) for topic in tops) if row.counts]
    if len(rows) < 2:
        return None
    last = max(max(row.counts) for row in rows)
    years = range(max(min(min(row.counts) for row in rows), last - YEARS + 1), last + 1)
    chosen = _most_alive(rows, last)
    peak = max((row.counts[year] for row in chosen for year in years), default=0)
    if len(years) < 2 or not peak:
        return None
    steps = steps_to(peak)
    return Heat(
        years=tuple(map(_year, years)),
        rows=tuple(_heat_row(shelf, row, years, steps) for row in chosen),
        steps=steps,
        left=len(tops) - len(chosen),
    )


def steps_to(peak: int) -> tuple[int, ...]:
    """Return the smallest counts of at most five shades, each as many times the one before: 1, 2, 3, 4, 7."""
    return tuple(sorted({_root(peak**shade) for shade in range(SHADES)}))


def _root(number: int) -> int:
    """Return the smallest number whose fifth power is not below this one."""
    found = 1
    while found**SHADES < number:
        found += 1
    return found


def _row(shelf: Archive, topic: Topic) -> _Row:
    below = _below(shelf, topic)
    ids = {one for each in below for one in each.own}
    return _Row(topic, below, Counter(int(year) for one in ids if (year := _year_of(shelf, one))))


def _below(shelf: Archive, topic: Topic) -> list[Topic]:
    """Return a topic and all that stand below it, also those that do so as by a further parent."""
    found = {topic.entry: topic}
    waiting = [topic]
    for each in waiting:
        new = [entry for entry in (*each.children, *each.adopted) if entry not in found]
        found.update((entry, shelf.catalog.topics[entry]) for entry in new)
        waiting.extend(found[entry] for entry in dict.fromkeys(new))
    return waiting


def _year_of(shelf: Archive, one: str) -> str:
    return (shelf.lines[one].date or "")[:4]


def _year(year: int) -> str:
    return f"{year:04}"


def _most_alive(rows: Sequence[_Row], last: int) -> list[_Row]:
    def liveliness(place: int) -> tuple[float, int, int]:
        counts = rows[place].counts
        weighed = sum(count / (1 + last - year) for year, count in sorted(counts.items()))
        return -round(weighed, 6), -sum(counts.values()), place

    return [rows[place] for place in sorted(sorted(range(len(rows)), key=liveliness)[:ROWS])]


def _heat_row(shelf: Archive, row: _Row, years: range, steps: Sequence[int]) -> HeatRow:
    headings = _headings(shelf, row.below)
    cells = tuple(
        Bar(name=_year(year), count=row.counts[year], path=headings.get(year, "")) for year in years
    )
    return HeatRow(
        name=row.topic.entry[-1],
        path=row.topic.path,
        count=row.topic.count,
        cells=cells,
        shades=tuple(sum(step <= cell.count for step in steps) for cell in cells),
    )


def _headings(shelf: Archive, below: Sequence[Topic]) -> dict[int, str]:
    """Return where each year has a heading: at the first topic, else at that with the most articles of it."""
    best: dict[str, tuple[int, Topic]] = {}
    for topic in below:
        for year, count in Counter(filter(None, (_year_of(shelf, one) for one in topic.own))).items():
            most, holder = best.get(year, (0, topic))
            if holder is not below[0] or topic is holder:
                best[year] = max((most, holder), (count, topic), key=lambda each: each[0])
    return {int(year): _heading(shelf, topic, year) for year, (_, topic) in best.items()}


def _heading(shelf: Archive, topic: Topic, year: str) -> str:
    """Return where a year's heading stands first among the pages of a topic's list, newest first."""
    size = shelf.config.pages.per_page
    for number in (0, *range(further(topic.own, size), 0, -1)):
        if any(_year_of(shelf, one) == year for one in part_of(topic.own, size, number)):
            return f"{names.page_of(names.folder_of(topic.path), number)}#year:{year}"
    return ""
