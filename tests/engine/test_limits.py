"""Work within limits is interrupted by them, and nobody else is, nor afterwards."""

from __future__ import annotations

import os
import resource
import signal
import threading
import time
from collections.abc import Callable
from functools import partial

import pytest

from lwnindex.engine.limits import Guard, IdleError, Limits, TooLongError
from lwnindex.engine.worker import Worker
from tests.alone import alone

BRIEF = Limits(0.1, 1 << 28)
AMPLE = Limits(60.0)
IMPATIENT = Limits(60.0, patience=0.3)
_LIMITS = (resource.RLIMIT_AS, resource.RLIMIT_CPU)


def loop(turns: int = 1 << 62) -> int:
    """Go round and round."""
    total = 0
    for turn in range(turns):
        total ^= turn
    return total


def state() -> tuple[object, ...]:
    """Return all that limits change in a process."""
    limits = [resource.getrlimit(each) for each in _LIMITS]
    clocks = [(signal.ITIMER_PROF, signal.SIGPROF), (signal.ITIMER_REAL, signal.SIGALRM)]
    return [(signal.getitimer(clock), signal.getsignal(rung)) for clock, rung in clocks], limits


def in_worker(work: Callable[[Guard], object]) -> object:
    """Return what the work comes to in a worker, or in words how it died."""
    guard = Guard()
    worker = Worker(lambda batch: [work(guard) for each in batch], range(1))
    worker.give(0, 1)
    answer = worker.hear()
    death = worker.end()
    if answer is None:
        return death
    return repr(answer.error) if answer.error else answer.result[0]


def test_work_within_its_limits_returns_what_it_does() -> None:
    before = state()

    assert Guard().run(AMPLE, partial(loop, 5)) == loop(5)
    assert state() == before


def test_what_work_raises_is_raised_and_no_limit_is_left() -> None:
    before = state()

    with pytest.raises(ZeroDivisionError):
        Guard().run(AMPLE, lambda: 1 // 0)
    assert state() == before


def test_a_loop_is_interrupted_and_what_comes_after_is_not() -> None:
    before = state()

    with pytest.raises(TooLongError):
        Guard().run(BRIEF, loop)
    assert state() == before
    assert loop(3_000_000) == loop(3_000_000)


def test_work_that_catches_every_exception_is_interrupted() -> None:
    def stubborn() -> None:
        while True:
            try:
                loop()
            except Exception:  # noqa: BLE001 - as some libraries do
                continue

    with pytest.raises(TooLongError):
        Guard().run(BRIEF, stubborn)


def test_work_that_caught_the_interruption_itself_is_interrupted_again() -> None:
    caught = []

    def deaf() -> None:
        try:
            loop()
        except BaseException as error:  # noqa: BLE001 - as some libraries do
            caught.append(error)
        loop()

    with pytest.raises(TooLongError):
        Guard().run(BRIEF, deaf)
    assert len(caught) == 1


def test_work_that_caught_the_interruption_and_ends_well_has_still_taken_too_long() -> None:
    def other_way() -> str:
        try:
            loop()
        except BaseException:  # noqa: BLE001 - as some libraries do
            return "done otherwise"
        return "done"  # pragma: no cover - the loop has no end

    before = state()

    with pytest.raises(TooLongError):
        Guard().run(BRIEF, other_way)
    assert state() == before


@pytest.mark.parametrize("wait", [lambda: os.read(os.pipe()[0], 1), lambda: time.sleep(1_000_000)])
def test_work_that_does_nothing_but_wait_is_interrupted(wait: Callable[[], object]) -> None:
    before = state()

    with pytest.raises(IdleError):
        Guard().run(IMPATIENT, wait)
    assert state() == before
    assert in_worker(lambda guard: guard.run(IMPATIENT, wait)) == "IdleError()"


def test_work_that_computes_is_not_taken_for_waiting() -> None:
    def compute() -> str:
        used = time.process_time()
        while time.process_time() < used + 1:
            pass
        return "done"

    assert Guard().run(IMPATIENT, compute) == "done"


def test_work_that_ends_when_its_time_does_leaves_no_limit_either_way() -> None:
    before, ends = state(), set()
    for turn in range(300):
        try:
            Guard().run(Limits(0.001), partial(loop, 1_000 * turn))
            ends.add("in time")
        except TooLongError:
            ends.add("late")
        assert state() == before
    assert ends == {"in time", "late"}


def test_in_another_thread_there_is_no_deadline_and_the_work_is_done() -> None:
    done: list[int] = []
    thread = threading.Thread(target=lambda: done.append(Guard().run(BRIEF, partial(loop, 3_000_000))))
    thread.start()
    thread.join()

    assert done == [loop(3_000_000)]


@alone
def test_code_that_looks_at_no_signal_ends_its_worker() -> None:
    # A sum in C is not interrupted by a handler in Python.
    death = in_worker(lambda guard: guard.run(BRIEF, lambda: sum(range(1 << 60))))

    assert death == f"killed by signal {signal.SIGXCPU.value} (SIGXCPU)"


@alone
def test_memory_beyond_the_limit_is_refused_in_a_worker() -> None:
    def work(guard: Guard) -> object:
        try:
            return guard.run(Limits(60.0, 1 << 28), lambda: len(bytes(1 << 29)))
        except MemoryError:
            return guard.run(Limits(60.0, 1 << 28), lambda: len(bytes(1 << 27)))

    assert in_worker(work) == 1 << 27


@alone
def test_after_a_limited_piece_of_work_a_worker_has_the_limits_that_it_had() -> None:
    def work(guard: Guard) -> object:
        before = state()
        inside = guard.run(BRIEF, state)
        return (before == state(), inside[-1] != before[-1], len(bytes(1 << 29)))

    assert in_worker(work) == (True, True, 1 << 29)


@alone
def test_a_limit_that_is_lower_already_is_not_raised() -> None:
    def work(guard: Guard) -> object:
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (50, hard))
        inside = guard.run(AMPLE, partial(resource.getrlimit, resource.RLIMIT_CPU))
        return inside[0], resource.getrlimit(resource.RLIMIT_CPU)[0]

    assert in_worker(work) == (50, 50)


@alone
def test_the_process_that_made_the_guard_has_no_limits_but_the_deadline() -> None:
    here = os.getpid()
    before = [resource.getrlimit(each) for each in _LIMITS]

    assert Guard().run(BRIEF, lambda: [resource.getrlimit(each) for each in _LIMITS]) == before
    assert os.getpid() == here
