"""Which errors are new, so that nothing is published until they are mended: those of sources that changed.

An error that was there when pages were last published holds nothing back, wherever its source is moved to.
Nor does one that was gone for a moment alone: a file that is read while it is written may have lost it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from lwnindex.model import Problem

SETTLING = 10.0
"""Seconds in which what was published may have been read from files that were not written to their ends."""


class Standing(NamedTuple):
    """The errors of an archive: how many there are of a code in a file, and in sources of a digest."""

    by_file: Mapping[tuple[str, str], int]
    by_digest: Mapping[tuple[str, str], int]
    said: frozenset[tuple[str, str, str]]


class Good(NamedTuple):
    """The errors of the last good pages, since when these are there, and what was allowed before."""

    now: Standing
    before: Standing
    since: float

    def allowed(self, at: float) -> Standing:
        """Return the errors that hold back nothing of what is read at a time."""
        return _either(self.before, self.now) if at - self.since < SETTLING else self.now

    def followed(self, now: Standing, begun: float, done: float) -> Good:
        """Return what is known of pages that were `begun` to be read at one time, and `done` at another."""
        return Good(now, self.allowed(begun), done)


def _either(one: Standing, other: Standing) -> Standing:
    """Return the errors of both; which words were said before is known of the second."""
    by_file = Counter(one.by_file) | Counter(other.by_file)
    return Standing(by_file, Counter(one.by_digest) | Counter(other.by_digest), other.said)


def standing(problems: Iterable[Problem], digests: Mapping[str, str]) -> Standing:
    """Return the errors among these problems; `digests` are those of the sources, by their files."""
    errors = _errors(problems)
    by_file = Counter((one.code, one.file) for one in errors)
    by_digest = {(code, digests.get(file, "")): count for (code, file), count in by_file.items()}
    return Standing(by_file, by_digest, frozenset((one.code, one.file, one.message) for one in errors))


def new_errors(
    problems: Iterable[Problem], digests: Mapping[str, str], before: Standing
) -> tuple[Problem, ...]:
    """Return the errors of files that have more of their code than before, other words than before first."""
    errors = _errors(problems)
    counts = Counter((one.code, one.file) for one in errors)
    found = [one for one in errors if counts[one.code, one.file] > _before(one, digests, before)]
    return tuple(sorted(found, key=lambda one: (one.code, one.file, one.message) in before.said))


def _before(one: Problem, digests: Mapping[str, str], before: Standing) -> int:
    """Return how many errors of this code its source had, by its file or by its bytes."""
    moved = before.by_digest.get((one.code, digests.get(one.file) or "-"), 0)
    return max(before.by_file.get((one.code, one.file), 0), moved)


def _errors(problems: Iterable[Problem]) -> list[Problem]:
    return [one for one in problems if one.severity == "error"]
