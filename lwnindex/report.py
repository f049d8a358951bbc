"""A build's report for people, on one line and a line a problem, and for programs, as JSON."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from lwnindex.problems import RULES, sentence
from lwnindex.site import Report


def problem_lines(report: Report) -> Iterator[str]:
    """Yield each problem as a sentence, errors marked as such."""
    for one in report.problems:
        yield f"{one.severity}: {sentence(one)}"


def count_lines(report: Report) -> Iterator[str]:
    """Yield how often each strip rule and repair was applied."""
    for name, count in report.counts.items():
        yield f"{count:>7} {RULES.get(name, name)}"


def summary(report: Report) -> str:
    """Return the one line that a build ends with."""
    seconds = sum(report.stages.values())
    return (
        f"{_many(report.articles, 'article')}, {_many(report.topics, 'topic')}; "
        f"pages: {len(report.written)} written, "
        f"{report.kept} kept, {len(report.removed)} removed; {_many(report.errors, 'error')}, "
        f"{_many(report.warnings, 'warning')}; {seconds:.2f} s"
    )


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def as_json(report: Report) -> bytes:
    """Return the report's figures as one line of JSON, without the problems' texts."""
    return msgspec.json.encode(
        {
            "articles": report.articles,
            "topics": report.topics,
            "pages": report.pages,
            "written": len(report.written),
            "kept": report.kept,
            "removed": len(report.removed),
            "errors": report.errors,
            "warnings": report.warnings,
            "seconds": round(sum(report.stages.values()), 3),
            "stages": report.stages,
            "counts": report.counts,
        }
    )
