"""What a build has done is told once, whichever way it was done."""

from __future__ import annotations

from collections.abc import Collection

from lwnindex.options import Preview
from lwnindex.problems import problem
from lwnindex.underway import Clock, Report, with_first
from lwnindex.writing import Tally


def test_a_report_counts_errors_and_warnings_apart() -> None:
    found = tuple(problem(code, "a.md", 1, "So.", "Mend it.") for code in ("bad-date", "no-date", "no-title"))
    report = Report(1, 1, 1, (), 0, (), found, {}, {})

    assert (report.errors, report.warnings) == (1, 2)


def test_a_stage_that_comes_again_is_one_with_all_its_seconds() -> None:
    clock = Clock()
    for name in ("load", "parse", "load"):
        clock.lap(name)

    assert list(clock.stages) == ["load", "parse"]
    assert min(clock.stages.values()) >= 0


def test_what_was_shown_first_is_counted_once() -> None:
    told: list[Collection[str]] = []
    looking = Preview(lambda _found, _digests: None, tuple, told.append)

    tally = with_first(Tally(("b", "c"), 5, (), ()), ("a", "b"), looking)

    assert (tally.written, tally.kept, told) == (("a", "b", "c"), 4, [{"b"}])
