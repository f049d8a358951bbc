"""Samples become a Markdown table: medians, and ratios to Hugo's; a page of results takes it in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from statistics import median
from typing import NamedTuple

from benchmarks.builders import HUGO

HEAD = (
    *("what", "program", "runs", "wall s", "to Hugo", "CPU s", "to Hugo", "memory MiB", "to Hugo"),
    *("files written", "files", "MB"),
)


class Sample(NamedTuple):
    """One build: scenario and program, seconds, peak memory in MiB, what it wrote and what stands there."""

    scenario: str
    program: str
    wall: float
    cpu: float
    memory: int
    written: int
    files: int
    bytes: int


class Measure(NamedTuple):
    """Several builds of one scenario by one program: how many, and the median of each figure."""

    runs: int
    wall: float
    cpu: float
    memory: float
    written: int
    files: int
    bytes: int


def table(samples: Iterable[Sample]) -> str:
    """Return the samples as a table: a row for each scenario and program, in the order they came."""
    found = measures(samples)
    rows = [_row(key, one, found.get((key[0], HUGO))) for key, one in found.items()]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in (HEAD, ("---",) * len(HEAD), *rows))


def measures(samples: Iterable[Sample]) -> dict[tuple[str, str], Measure]:
    """Return the medians by scenario and program, scenario by scenario."""
    grouped: dict[str, dict[str, list[Sample]]] = {}
    for one in samples:
        grouped.setdefault(one.scenario, {}).setdefault(one.program, []).append(one)
    return {
        (scenario, program): _measure(found)
        for scenario, programs in grouped.items()
        for program, found in programs.items()
    }


def _measure(samples: Sequence[Sample]) -> Measure:
    last = samples[-1]
    return Measure(
        runs=len(samples),
        wall=median(one.wall for one in samples),
        cpu=median(one.cpu for one in samples),
        memory=median(one.memory for one in samples),
        written=round(median(one.written for one in samples)),
        files=last.files,
        bytes=last.bytes,
    )


def _row(key: tuple[str, str], one: Measure, hugo: Measure | None) -> tuple[str, ...]:
    return (
        *key,
        str(one.runs),
        f"{one.wall:.2f}",
        _ratio(one.wall, hugo and hugo.wall),
        f"{one.cpu:.2f}",
        _ratio(one.cpu, hugo and hugo.cpu),
        f"{one.memory:.0f}",
        _ratio(one.memory, hugo and hugo.memory),
        f"{one.written:,}",
        f"{one.files:,}",
        f"{one.bytes / 1e6:.1f}",
    )


def _ratio(one: float, other: float | None) -> str:
    return f"{one / other:.2f}" if other else "-"


def placed(page: str, size: int, part: str) -> str:
    """Return a page of results with the part of one size in it, between its two markers.

    It takes the place of the part that is there; a new one comes last. What else stands on the page stays.
    """
    begin, end = f"<!-- measured: {size} articles -->\n", f"<!-- end: {size} articles -->\n"
    whole = f"{begin}{part.rstrip()}\n{end}"
    old = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    if old.search(page):
        return old.sub(lambda _: whole, page, count=1)
    return f"{page.rstrip()}\n\n{whole}"
