"""Who does the work: batches of items go to workers, their results come back as they are finished."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Generic, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    from lwnindex.engine.worker import Worker

A = TypeVar("A")
R = TypeVar("R")

_QUOTA = Path("/sys/fs/cgroup/cpu.max")
_THREADS = Path("/proc/self/task")


class Done(NamedTuple, Generic[A, R]):
    """A batch and its result; `death` says how an item ended its worker, and then there is none."""

    items: Sequence[A]
    result: R | None
    death: str = ""


class Workers(Protocol):
    """Those who do the work."""

    def batches(
        self, work: Callable[[Sequence[A]], R], items: Sequence[A], size: int, least: int | None = None
    ) -> Iterator[Done[A, R]]:
        """Yield each batch of at most `size` items with what `work` made of it, in any order.

        `least` items are worth a start of workers, whatever others are; 0 says that `work` may end its
        process, and is for a worker wherever there can be one. What `work` raises is raised here.
        """


class Serial:
    """Does one batch after the other, here."""

    def batches(
        self,
        work: Callable[[Sequence[A]], R],
        items: Sequence[A],
        size: int,
        least: int | None = None,  # noqa: ARG002 - nothing is started
    ) -> Iterator[Done[A, R]]:
        """Yield each batch with its result, in order."""
        for start in range(0, len(items), size):
            batch = items[start : start + size]
            yield Done(batch, work(batch))


class Processes:
    """Has batches done by as many forked processes as it has `jobs`: by default, as there are processors.

    They are forked when `batches` begins and ended when it is left, however it is left. Forked, not started
    afresh by a server of forks, because then work and items need not be sent: whatever they reach, a whole
    archive in memory, is there in each worker and is copied only where somebody writes to it. Results are
    sent back, so they must pickle; what `work` changes in a worker stays there.

    The work is done here, one batch after the other, where the start would not pay (fewer than `least` items,
    or one job) and where it is not possible or not safe: without os.fork, and in a process with other
    threads, which may hold a lock that nobody would open in its copy. Work of `least` 0 that would not pay is
    done by one worker.

    A worker that dies over an item costs that item, which is given back with its `death`; where somebody else
    may have killed it, another tries the item alone before. The rest of its batch is done again. Which item
    it was, workers know while the work goes through its batch; a batch without a word is halved until it is
    clear.
    """

    def __init__(self, jobs: int | None = None, least: int = 64) -> None:
        self.jobs = processors() if jobs is None else jobs
        self.least = least
        if self.jobs < 1:
            raise ValueError(f"{self.jobs} jobs would do nothing; at least 1 is needed")

    def batches(
        self, work: Callable[[Sequence[A]], R], items: Sequence[A], size: int, least: int | None = None
    ) -> Generator[Done[A, R], None, None]:
        """Yield each batch as it is finished; the last ones are smaller, so that all workers end together.

        What `work` raises is raised here, with a note that says from where, and all that is under way is
        dropped; it becomes a RuntimeError only if it does not pickle.
        """
        jobs = self._paid(len(items), least)
        if jobs and _forkable():
            yield from _Crew(jobs, work, items, size).batches()
        else:
            yield from Serial().batches(work, items, size)

    def _paid(self, count: int, least: int | None) -> int:
        """Return how many workers are to be started for so many items."""
        if count and least == 0:
            return self.jobs if count >= self.least else 1
        return self.jobs if self.jobs > 1 and count >= (least or self.least) else 0


class Watched:
    """Workers whose progress is told: how many of how many items are done."""

    def __init__(self, workers: Workers, tell: Callable[[int, int], None]) -> None:
        self._workers = workers
        self._tell = tell

    def batches(
        self, work: Callable[[Sequence[A]], R], items: Sequence[A], size: int, least: int | None = None
    ) -> Iterator[Done[A, R]]:
        """Yield each batch as those who are watched finish it."""
        count = 0
        for done in self._workers.batches(work, items, size, least):
            count += len(done.items)
            self._tell(count, len(items))
            yield done


def workers(name: str, jobs: int | None = None) -> Workers:
    """Return the workers of this name; ValueError for one there is not."""
    if name == "serial":
        return Serial()
    if name == "processes":
        return Processes(jobs)
    raise ValueError(f'there is no executor "{name}"; there are "serial" and "processes"')


def processors() -> int:
    """Return how many processors this process may use: all, or what its affinity and its quota leave it."""
    affinity = hasattr(os, "sched_getaffinity")
    count = len(os.sched_getaffinity(0)) if affinity else os.cpu_count() or 1
    return min(count, _quota(_QUOTA, count))


def _quota(path: Path, count: int) -> int:
    """Return how many processors the time that a cgroup's cpu.max allows comes to, rounded up, or `count`."""
    try:
        quota, period = path.read_text("ascii").split()
        return max(1, ceil(int(quota) / int(period)))
    except (OSError, ValueError):  # there is no such file, or it says "max"
        return count


def _forkable() -> bool:
    """Whether this process can be forked and runs no thread but this one."""
    import threading

    if not hasattr(os, "fork") or threading.active_count() > 1:
        return False
    # Threads that Python does not know of are told only by Linux.
    return not _THREADS.is_dir() or sum(1 for _ in _THREADS.iterdir()) == 1


class _Cut(NamedTuple):
    """A range of the items; `lost` if a worker has ended over it."""

    start: int
    stop: int
    lost: bool = False

    def around(self, place: int | None) -> tuple[_Cut | None, list[_Cut]]:
        """Return the item at which a worker ended, as a range, and the rest; or nothing and halves."""
        if self.stop - self.start == 1:
            return self._replace(lost=True), []
        if place is None or not self.start <= place < self.stop:
            middle = (self.start + self.stop + 1) // 2
            return None, [_Cut(self.start, middle, lost=True), _Cut(middle, self.stop, lost=True)]
        rest = [_Cut(self.start, place), _Cut(place + 1, self.stop)]
        return _Cut(place, place + 1, lost=True), [each for each in rest if each.start < each.stop]


def _cuts(count: int, size: int, jobs: int) -> Iterator[_Cut]:
    """Yield ranges of at most `size` that together hold `count` items.

    Each is an eighth of a worker's share of the rest at most, down to a sixteenth of `size`: who
    finishes first then does not wait long for the last.
    """
    start = 0
    while start < count:
        share = (count - start) // (8 * jobs)
        stop = min(count, start + min(size, max(1, size // 16, share)))
        yield _Cut(start, stop)
        start = stop


class _Crew(Generic[A, R]):
    """The workers of one call of `batches`, each with the ranges it was given; it is at the first of them."""

    def __init__(self, jobs: int, work: Callable[[Sequence[A]], R], items: Sequence[A], size: int) -> None:
        self._jobs = jobs
        self._work = work
        self._items = items
        self._waiting = deque(_cuts(len(items), size, jobs))
        self._given: dict[Worker, deque[_Cut]] = {}
        self._refusal = OSError()

    def batches(self) -> Iterator[Done[A, R]]:
        """Yield what is done until all is, and end the workers."""
        from lwnindex.engine.worker import Worker, undisturbed

        try:
            while self._waiting or any(self._given.values()):
                self._give()
                if self._given:
                    for worker in Worker.ready(self._given):
                        yield from self._heard(worker)
                else:
                    yield self._here(self._waiting.popleft())
        finally:
            with undisturbed():
                for worker in self._given:
                    worker.end()

    def _give(self) -> None:
        """Give each worker there should be a range to be at and, if any is left, one to go on with."""
        self._fill(1)
        while self._waiting and len(self._given) < self._jobs:
            self._hire()
            self._fill(1)
        self._fill(2)

    def _fill(self, depth: int) -> None:
        for worker, cuts in self._given.items():
            if self._waiting and len(cuts) < depth:
                cuts.append(self._waiting.popleft())
                worker.give(cuts[-1].start, cuts[-1].stop)

    def _hire(self) -> None:
        """Fork one more worker; if that is refused, the work goes on with those there are."""
        from lwnindex.engine.worker import Worker, undisturbed

        try:
            with undisturbed():
                self._given[Worker(self._work, self._items, self._given)] = deque()
        except OSError as error:
            self._jobs = len(self._given)
            self._refusal = error

    def _heard(self, worker: Worker) -> Iterator[Done[A, R]]:
        answer = worker.hear()
        if answer is None:
            yield from self._lost(worker)
            return
        if answer.error is not None:
            answer.error.add_note(f"It was raised in a worker:\n{answer.trace}")
            raise answer.error
        cut = self._given[worker].popleft()
        self._give()
        yield Done(self._batch(cut), answer.result)

    def _lost(self, worker: Worker) -> Iterator[Done[A, R]]:
        """Put back what a worker that has ended was given, and yield the item that it ended over for good."""
        from lwnindex.engine.worker import is_chance, undisturbed

        with undisturbed():
            cuts = self._given.pop(worker)
            death = worker.end()
        begun = cuts.popleft() if cuts else None
        self._waiting.extendleft(reversed(cuts))
        if begun is None:
            return
        last, rest = begun.around(worker.at)
        is_alone = begun.lost and begun.stop - begun.start == 1
        if last and (is_alone or not is_chance(death)):
            yield Done(self._batch(last), None, death)
        elif last:
            self._waiting.appendleft(last)
        self._waiting.extendleft(reversed(rest))

    def _here(self, cut: _Cut) -> Done[A, R]:
        """Do a range in this process; OSError if it would be ended by it, as a worker was."""
        if cut.lost:
            raise self._refusal
        batch = self._batch(cut)
        return Done(batch, self._work(batch))

    def _batch(self, cut: _Cut) -> Sequence[A]:
        return self._items[cut.start : cut.stop]
