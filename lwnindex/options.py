"""How a program is to be run, whatever it makes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from lwnindex.engine.executors import Watched, Workers, workers
from lwnindex.engine.limits import Bounds
from lwnindex.lock import PATIENCE, unheard


class Options(NamedTuple):
    """How a program is to be run; only the day (`now`), and whether `drafts` are shown, change what it makes.

    That holds but for sources that cost more to parse than the `bounds` allow, or as plain text.

    Another one at work in the same folders is waited for `patience` seconds; `waiting` is told so.
    `progress` is told what is being done, and how many of how many are.
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

    def hands(self, task: str) -> Workers:
        """Return the workers for a task that goes by a name."""
        found = workers(self.executor, self.jobs)
        return Watched(found, partial(self.progress, task)) if self.progress else found
