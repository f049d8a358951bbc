"""Measure lwnindex beside its peers, and write the figures into RESULTS.md.

    python -m benchmarks.run --size 10000 --runs 3

A round goes program by program through all scenarios, so that what else the machine does meets all alike.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.builders import HERE, NAMES, ROOT, Builder, builders
from benchmarks.corpus import articles
from benchmarks.processes import Failed, cost, size, stamps, written
from benchmarks.scenarios import SCENARIOS, Site, away, restore, sites
from benchmarks.tables import Sample, placed, table
from benchmarks.versions import machine, programs


def main(arguments: list[str] | None = None) -> None:
    """Measure what the arguments name, print the table, and put it on the page of results."""
    asked = _asked(arguments)
    venv = asked.work / "venv"
    found, sentences = builders(asked.peers, venv)
    before = _load()
    try:
        samples = list(measured(found, asked.size, asked.runs, asked.seed, asked.work))
    except Failed as failure:
        sys.exit(str(failure))
    on = f"{machine()}; load {before} before, {_load()} after. Seed {asked.seed}"
    when = f"Measured {datetime.now(UTC):%Y-%m-%d %H:%M} UTC on {on}."
    words = " ".join([when, f"{programs(found, venv)}.", *sentences])
    part = f"## {asked.size:,} articles\n\n{words}\n\n{table(samples)}"
    _say(part)
    _keep(samples, asked.work / f"samples-{asked.size}.jsonl")
    page = asked.results.read_text("utf-8") if asked.results.is_file() else ""
    asked.results.write_text(placed(page, asked.size, part), "utf-8")


def _asked(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__.partition("\n")[0])
    parser.add_argument("--size", type=int, default=1000, help="how many articles")
    parser.add_argument("--runs", type=int, default=3, help="how many rounds")
    parser.add_argument("--seed", type=int, default=1, help="of the corpus")
    parser.add_argument("--peers", type=_names, default=NAMES, help="programs, separated by commas")
    parser.add_argument("--work", type=Path, default=ROOT / ".bench", help="a folder for sites and peers")
    parser.add_argument("--results", type=Path, default=HERE / "RESULTS.md", help="the page of results")
    return parser.parse_args(arguments)


def _names(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    if unknown := set(names) - set(NAMES):
        raise argparse.ArgumentTypeError(f"no {' nor '.join(sorted(unknown))}, but {', '.join(NAMES)}")
    return names


def measured(found: tuple[Builder, ...], count: int, runs: int, seed: int, work: Path) -> Iterator[Sample]:
    """Yield a sample for each build of each round, the first program's copy by `cp -r` among them."""
    with _room(work) as room:
        made = sites(found, articles(count, seed), count * 7 // 10, room / "sites")
        for run in range(runs):
            for site in made:
                if run == 0 or not site.builder.slow:
                    yield from _round(site, run, room)
            yield _copied(made[0], room)


@contextmanager
def _room(work: Path) -> Iterator[Path]:
    """Give an empty folder for the time of the measurement; only then may anything be deleted."""
    room = work.resolve() / f"run-{os.getpid()}"
    room.mkdir(parents=True)
    try:
        yield room
    finally:
        shutil.rmtree(room)


def _round(site: Site, run: int, room: Path) -> Iterator[Sample]:
    restore(site)
    for scenario, prepare in SCENARIOS.items():
        prepare(site, str(run + 1), room / "trash")
        before = stamps(site.output)
        spent = cost(site.command, site.folder, room / "log", site.builder.environment)
        after = stamps(site.output)
        sample = Sample(scenario, site.builder.name, *spent, written(before, after), len(after), size(after))
        _tell(sample)
        yield sample


def _copied(site: Site, room: Path) -> Sample:
    """Return what it costs to copy an output: the least that writing such a site can cost."""
    copy = room / "copy"
    away(copy, room / "trash")
    spent = cost(["cp", "-r", str(site.output), str(copy)], room, room / "log", {})
    after = stamps(copy)
    sample = Sample("cold", f"cp -r of {site.builder.name}", *spent, len(after), len(after), size(after))
    _tell(sample)
    return sample


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}"


def _keep(samples: list[Sample], place: Path) -> None:
    place.write_text("".join(f"{json.dumps(one._asdict())}\n" for one in samples), "utf-8")


def _tell(sample: Sample) -> None:
    """Say on stderr how it goes."""
    _say(f"{sample.program}, {sample.scenario}: {sample.wall:.2f} s, CPU {sample.cpu:.2f} s", error=True)


def _say(text: str, *, error: bool = False) -> None:
    print(text, file=sys.stderr if error else sys.stdout, flush=True)


if __name__ == "__main__":
    main()
