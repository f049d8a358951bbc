"""Faults of one cause become one finding: where it is to be mended, and on how many pages it shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lwnindex.checking.faults import Fault
from lwnindex.model import Problem
from lwnindex.problems import problem, sentence


class Cause(NamedTuple):
    """What is wrong: of a theme wherever it shows, in a text by the file and line."""

    code: str
    subject: str
    file: str = ""
    line: int = 0


class Sighting(NamedTuple):
    """Where something that is wrong is to be mended, on which page it shows first, on how many it does."""

    file: str
    line: int
    page: str
    message: str
    fix: str
    pages: int = 1

    def with_(self, other: Sighting) -> Sighting:
        """Return two sightings of one cause as one, whichever was first."""
        first = min(self, other, key=lambda one: (not one.line, one.file, one.line, one.page, one.message))
        page = min(self.page, other.page)
        return first._replace(page=page, pages=self.pages + other.pages)


Sightings = dict[Cause, Sighting]


class Finding(NamedTuple):
    """A problem, the first page on which it shows, and on how many it does; "" and 0 where on none."""

    problem: Problem
    page: str = ""
    pages: int = 0


def seen(fault: Fault, file: str, line: int, page: str) -> tuple[Cause, Sighting]:
    """Return the cause of a fault, and that it was seen on a page."""
    cause = Cause(fault.code, fault.subject, file, line) if fault.own else Cause(fault.code, fault.subject)
    return cause, Sighting(file, line, page, fault.message, fault.fix)


def add(found: Sightings, cause: Cause, one: Sighting) -> None:
    """Add a sighting to others."""
    known = found.get(cause)
    found[cause] = known.with_(one) if known else one


def merge(found: Sightings, others: Sightings) -> None:
    """Add sightings to others."""
    for cause, one in others.items():
        add(found, cause, one)


def findings(
    problems: Iterable[Problem], found: Sightings, ignored: Iterable[str] = ()
) -> tuple[Finding, ...]:
    """Return all findings by file and line, but for those whose codes are ignored."""
    whole = {*map(Finding, problems), *_told(found)}
    left_out = frozenset(ignored)
    return tuple(sorted((one for one in whole if one.problem.code not in left_out), key=_place))


def joined(one: Iterable[Finding], other: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return two lots of findings as one, by file and line."""
    return tuple(sorted({*one, *other}, key=_place))


def _told(found: Sightings) -> Iterator[Finding]:
    for cause, one in found.items():
        yield Finding(
            problem(cause.code, one.file, one.line, one.message, one.fix),
            one.page,
            one.pages if one.page else 0,
        )


def _place(one: Finding) -> tuple[str, int, str, str, str]:
    return one.problem.file, one.problem.line, one.problem.code, one.problem.message, one.page


def told(one: Finding) -> str:
    """Return a finding as a line for people: how grave, where, what, the way out, on which pages."""
    line = f"{one.problem.severity}: {sentence(one.problem)}"
    if one.pages > 1:
        return f"{line} (On {one.pages:,} pages, the first is {one.page})"
    return f"{line} (On {one.page})" if one.page and one.page != one.problem.file else line
