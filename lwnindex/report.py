"""A build's report for people, on one line and a line a problem, and for programs, as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from lwnindex.model import Problem
from lwnindex.problems import counted, errors, sentence, warnings
from lwnindex.site import Report

if TYPE_CHECKING:
    # A build that finds nothing changed needs none of what makes pages, which exports do.
    from lwnindex.exporting import Exported


def problem_lines(report: Report | Exported) -> Iterator[str]:
    """Yield each problem as a sentence, errors marked as such."""
    for one in report.problems:
        yield f"{one.severity}: {sentence(one)}"


def short_lines(report: Report | Exported) -> Iterator[str]:
    """Yield each problem as a sentence, of many with one code the first few, then how many more there are.

    An archive that another program was made for may have the same to be said of each of its articles.
    """
    many = Counter((one.severity, one.code) for one in report.problems)
    told: Counter[tuple[str, str]] = Counter()
    for one, line in zip(report.problems, problem_lines(report), strict=True):
        kind = (one.severity, one.code)
        told[kind] += 1
        if told[kind] <= _SHOWN or many[kind] <= _MANY:
            yield line
    for (severity, code), count in many.items():
        if count > _MANY:
            yield f"{severity}: {code}: {count - _SHOWN:,} more of these; `--verbose` tells all."


_SHOWN = 5
_MANY = 20


def count_lines(report: Report | Exported) -> Iterator[str]:
    """Yield how often each strip rule and repair was applied."""
    for name, count in report.counts.items():
        yield f"{count:>7} {counted(name, count)}"


def feed_lines(report: Report | Exported) -> Iterator[str]:
    """Yield how many files feeds are: those of each format, and the documents of their archives."""
    if isinstance(report, Report):
        for kind, count in report.feeds.items():
            yield f"{count:>7} {_KINDS.get(kind, kind)}"


_KINDS = {
    "rss": "feeds in RSS",
    "atom": "feeds in Atom",
    "json": "feeds in JSON Feed",
    "archive": "documents in the archives of feeds",
}


def summary(report: Report) -> str:
    """Return the one line that a build ends with."""
    seconds = sum(report.stages.values())
    return (
        f"{count_of(report.articles, 'article')}, {count_of(report.topics, 'topic')}; "
        f"pages: {len(report.written)} written, "
        f"{report.kept} kept, {len(report.removed)} removed; "
        f"{_faults(report.problems)}; {seconds:.2f} s"
    )


def count_of(count: int, noun: str) -> str:
    """Return how many there are of something, in words."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def as_json(report: Report) -> bytes:
    """Return the report's figures as one line of JSON, without the problems' texts."""
    more = {
        "seconds": round(sum(report.stages.values()), 3),
        "stages": report.stages,
        "counts": report.counts,
        "feeds": report.feeds,
    }
    return msgspec.json.encode({**figures(report), **more})


def figures(report: Report) -> dict[str, int]:
    """Return how many there are of what is on a site, and of what became of its pages."""
    return {
        "articles": report.articles,
        "topics": report.topics,
        "pages": report.pages,
        "written": len(report.written),
        "kept": report.kept,
        "removed": len(report.removed),
        "errors": report.errors,
        "warnings": report.warnings,
    }


def export_summary(exported: Exported) -> str:
    """Return the one line that an export ends with."""
    seconds = sum(exported.stages.values())
    return (
        f"{exported.output}: {count_of(exported.articles, 'article')}, {count_of(exported.topics, 'topic')}, "
        f"{count_of(exported.files, 'file')}, {_size(exported.size)}; {_faults(exported.problems)}; "
        f"{seconds:.2f} s"
    )


def _faults(found: Sequence[Problem]) -> str:
    """Return how many problems there are of each severity, in words."""
    return f"{count_of(errors(found), 'error')}, {count_of(warnings(found), 'warning')}"


def _size(count: int) -> str:
    return f"{count / 1_000_000:,.1f} MB" if count >= 100_000 else f"{count / 1000:,.1f} kB"


def export_as_json(exported: Exported) -> bytes:
    """Return an export's figures as one line of JSON, without the problems' texts."""
    return msgspec.json.encode(
        {
            "output": exported.output,
            "articles": exported.articles,
            "topics": exported.topics,
            "pages": exported.pages,
            "files": exported.files,
            "bytes": exported.size,
            "errors": errors(exported.problems),
            "warnings": warnings(exported.problems),
            "seconds": round(sum(exported.stages.values()), 3),
            "stages": exported.stages,
        }
    )
