"""A build under way: what it works with, what it has done, and what of that it shows before all is done."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from lwnindex.engine.executors import Serial
from lwnindex.engine.memo import Memo
from lwnindex.engine.store import Store
from lwnindex.gather import Gathered
from lwnindex.model import Problem
from lwnindex.options import Options, Preview
from lwnindex.problems import errors, ordered, warnings
from lwnindex.publishing import Output
from lwnindex.revise import Last
from lwnindex.settings import Config
from lwnindex.snapshot import Snapshot
from lwnindex.visits import remarks
from lwnindex.writing import Tally

_STYLESHEETS = ".css"
"""What shows with whatever page somebody looks at."""


class Report(NamedTuple):
    """What a build did: counts, problems, how often each rule was applied, and seconds by stage.

    `feeds` counts those of each format, and the `archive` documents of all.
    """

    articles: int
    topics: int
    pages: int
    written: tuple[str, ...]
    kept: int
    removed: tuple[str, ...]
    problems: tuple[Problem, ...]
    counts: Mapping[str, int]
    stages: Mapping[str, float]
    feeds: Mapping[str, int] = {}

    @property
    def errors(self) -> int:
        """The number of problems that are errors."""
        return errors(self.problems)

    @property
    def warnings(self) -> int:
        """The number of problems that are warnings."""
        return warnings(self.problems)


class Clock:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.stages: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, name: str) -> None:
        """Count to a stage what has passed since the last one."""
        now = time.perf_counter()
        self.stages[name] = round(self.stages.get(name, 0.0) + now - self._last, 4)
        self._last = now


class Work(NamedTuple):
    """A build under way."""

    config: Config
    gathered: Gathered
    store: Store
    output: Output
    clock: Clock
    memo: Memo
    options: Options

    @property
    def last(self) -> Last:
        """What the last build left of the site that is published at this moment."""
        return Last(self.store, self.output.live)

    def ask(self, read: Iterable[Problem], digests: Mapping[str, str]) -> None:
        """Ask who watches whether to go on with what was read; the answer no is raised."""
        if self.options.preview:
            self.options.preview.consent((*self.gathered.problems, *read), digests)

    @property
    def _shown(self) -> set[str]:
        """What is not left out of this site, though a site has it left out."""
        return {"draft"} if self.gathered.drafts else set()

    def report(self, past: Snapshot, tally: Tally) -> Report:
        """Return what the build did."""
        found = (*self.gathered.problems, *past.read, *past.linked, *tally.problems)
        return Report(
            articles=past.articles,
            topics=past.topics,
            pages=past.pages,
            written=tally.written,
            kept=tally.kept,
            removed=tally.removed,
            problems=ordered((*found, *remarks(self.config, past.articles))),
            counts={name: count for name, count in past.counts if count and name not in self._shown},
            stages=self.clock.stages,
            feeds=dict(past.feeds),
        )


def with_first(tally: Tally, first: Sequence[str], preview: Preview | None) -> Tally:
    """Return what was done with what was published first, of which some may have been made once more."""
    again = set(first).intersection(tally.written)
    if preview and again:
        preview.shown(again)
    changed = tuple(dict.fromkeys((*first, *tally.written)))
    return tally._replace(written=changed, kept=tally.kept + len(tally.written) - len(changed))


def wanted_first(work: Work, paths: Sequence[str], writing: Callable[..., Tally]) -> tuple[str, ...]:
    """Publish the pages that somebody looks at before all others, and return those that changed."""
    preview = work.options.preview
    wanted = preview.wanted() if preview and work.output.live.is_dir() else ()
    first = [path for path in paths if path in wanted or path.endswith(_STYLESHEETS)] if wanted else []
    if preview is None or not first:
        return ()

    def into(output: Path, *, lasting: bool = False) -> Tally:
        more = {"partly": True, "lasting": lasting, "disk": work.options.disk}
        return writing(first, output=output, workers=Serial(), **more)

    changed = work.output.write(into).written
    preview.shown(changed)
    return changed
