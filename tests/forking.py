"""Workers of whom each does one batch, in a process of its own."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from lwnindex.engine.executors import Done

A = TypeVar("A")
R = TypeVar("R")


class Forking:
    """Starts a process for every batch at once; one that dies has no result."""

    def batches(
        self, work: Callable[[Sequence[A]], R], items: Sequence[A], size: int, least: int | None = None
    ) -> Iterator[Done[A, R]]:
        """Yield each batch with its result, the last one first."""
        parts = [items[start : start + size] for start in range(0, len(items), size)]
        started = [(part, *_started(work, part)) for part in parts]
        for part, child, pipe in reversed(started):
            with os.fdopen(pipe, "rb") as file:
                answer = file.read()
            status = os.waitpid(child, 0)[1]
            yield Done(part, pickle.loads(answer)) if not status else Done(part, None, f"status {status}")


def _started(work: Callable[[Sequence[A]], R], part: Sequence[A]) -> tuple[int, int]:
    """Return the number of a process that does a batch, and where its result will come."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child:
        os.close(theirs)
        return child, ours
    code = 1
    try:
        with os.fdopen(theirs, "wb") as file:
            file.write(pickle.dumps(work(part)))
        code = 0
    finally:
        os._exit(code)
