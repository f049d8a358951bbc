"""How a program is to be run, whatever it makes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from typing import Any, NamedTuple

from lwnindex.disk import DISK, Disk
from lwnindex.engine.executors import Watched, Workers, workers
from lwnindex.engine.limits import Bounds
from lwnindex.lock import PATIENCE, unheard
from lwnindex.model import Problem


class Preview(NamedTuple):
    """What somebody asks of a build who watches its pages.

    `consent` is told the problems met in reading, and the digests of all sources by their files, before
    anything is written; what it raises ends the build. Of the pages that are `wanted`, those that change are
    published before all others, and `shown` is told their paths.
    """

    consent: Callable[[Iterable[Problem], Mapping[str, str]], None]
    wanted: Callable[[], Collection[str]]
    shown: Callable[[Collection[str]], None]


class Memory(NamedTuple):
    """What builds in one process leave to the next: results and compiled templates, each by its key."""

    results: dict[str, Any]
    templates: dict[str, Any]


class Options(NamedTuple):
    """How a program is to be run; only the day (`now`), and whether `drafts` are shown, change what it makes.

    That holds but for sources that cost more to parse than the `bounds` allow, or as plain text.

    Another one at work in the same folders is waited for `patience` seconds; `waiting` is told so.
    A `memory` is filled, and gives what it holds to the next build in the same process.
    `progress` is told what is being done, and how many of how many are. The output is written by `disk`.
    """

    executor: str = "processes"
    jobs: int | None = None
    clean: bool = False
    trust_stat: bool = True
    patience: float = PATIENCE
    waiting: Callable[[str], None] = unheard
    progress: Callable[[str, int, int], None] | None = None
    now: str = ""
    bounds: Bounds = Bounds()
    drafts: bool = False
    disk: Disk = DISK
    preview: Preview | None = None
    memory: Memory | None = None

    def hands(self, task: str) -> Workers:
        """Return the workers for a task that goes by a name."""
        found = workers(self.executor, self.jobs)
        return Watched(found, partial(self.progress, task)) if self.progress else found
