"""No feed takes more than two seconds or 300 MiB, and what is hostile in it costs no item beside it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from runpy import run_path

from tests.lengths import is_long, trials
from tests.programs import ROOT
from tests.promises.heldfeeds import MEBIBYTES, SECONDS, Case, Held
from tests.readers.hostilefeeds import CASES

SIZES = (1_000, 100_000, 10_000_000)
ALWAYS_LARGE = (
    "pictures as data",
    "small items",
    "half references",
    "a long head",
    "a JSON of items",
    "a JSON of nothing",
    "a JSON of addresses",
)
"""What is tried at its full size in each run of all tests, since it once took long."""

ALONE = frozenset(
    (
        *("declared references", "XHTML", "deep XHTML", "base64", "nothing", "UTF-16 of marks"),
        *("a JSON of brackets", "a JSON of items", "a JSON of one text"),
        *("a JSON of nothing", "a JSON of addresses"),
    )
)
"""Cases that are refused as a whole, or hold no other item."""

UNSAFE = frozenset({"unsafe-feed", "unsafe-item"})

Tell = Callable[[str], None]


def sizes() -> tuple[int, ...]:
    """Return the sizes that are tried: the largest in a soak alone."""
    return SIZES if is_long() else SIZES[:2]


def came(cases: Sequence[Case]) -> dict[Case, Held]:
    """Return what came of each case in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.promises.heldfeeds"],
        cwd=ROOT,
        input=json.dumps(cases),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    told = [Held(*json.loads(line)) for line in done.stdout.splitlines()]
    return dict(zip(cases, told, strict=True))


def faults(found: dict[Case, Held]) -> list[tuple[Case, Held]]:
    """Return the cases that took more than a feed may take."""
    return [
        (case, one)
        for case, one in found.items()
        if not one.ended or one.seconds > SECONDS or one.mebibytes > MEBIBYTES
    ]


def told(found: dict[Case, Held]) -> str:
    slowest = max(found.values(), key=lambda one: one.seconds)
    largest = max(one.mebibytes for one in found.values())
    return f"{len(found)} of {len(found)} ended; at most {slowest.seconds:.2f} s and {largest} MiB"


def test_no_hostile_feed_takes_long_or_fills_the_memory(figure: Tell) -> None:
    cases = [Case(name, size) for name in CASES for size in sizes()]
    cases += [] if is_long() else [Case(name, SIZES[2]) for name in ALWAYS_LARGE]
    found = came(cases)

    assert faults(found) == []
    without = {case for case, one in found.items() if "Beside" not in one.titles}
    assert {case.name for case in without if case.size < SIZES[2]} <= ALONE | {"items in items"}
    assert {
        case for case in without if case.name not in ALONE and UNSAFE.isdisjoint(found[case].codes)
    } == set()
    figure(told(found))


def test_no_case_of_the_generators_takes_long_or_fills_the_memory(shared: Path, figure: Tell) -> None:
    file = shared / "corpora/hostile/generators/feed_gen.py"
    names = sorted(run_path(str(file))["CASES"])
    found = came([Case(name, size, str(file)) for name in names for size in sizes()])

    assert len(names) == 83
    assert faults(found) == []
    figure(told(found))


def test_no_real_feed_that_was_changed_takes_long_or_fills_the_memory(shared: Path, figure: Tell) -> None:
    files = sorted(str(path) for path in (shared / "corpora/feeds").rglob("*") if path.is_file())
    found = came(
        [Case("changed", number, files[number % len(files)]) for number in range(trials(144, 2_000))]
    )

    assert faults(found) == []
    figure(told(found))
