"""A worker answers what it is given, in order, and leaves nothing behind."""

from __future__ import annotations

import gc
import io
import os
import pickle
import select
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence

import pytest

from lwnindex.engine.worker import (
    UNKNOWN,
    Answer,
    Batch,
    Worker,
    _ended,
    _exactly,
    _portable,
    is_chance,
    serve,
    undisturbed,
)
from tests.alone import alone, childless


class TwoPartError(Exception):
    """Cannot be made again from its `args`, though it can be pickled."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(f"{first} {second}")


class TurnedError(Exception):
    """Comes out of a pickle as something else."""

    def __reduce__(self) -> tuple[object, ...]:
        return ValueError, self.args


class SilentError(Exception):
    def __str__(self) -> str:
        raise LookupError

    def __reduce__(self) -> tuple[object, ...]:
        raise LookupError


def total(batch: Sequence[int]) -> int:
    if 13 in batch:
        raise ValueError("13 brings bad luck")
    return sum(batch)


@pytest.fixture
def pipes() -> Iterator[tuple[int, int, int, int]]:
    ends = (*os.pipe(), *os.pipe())
    yield ends
    for each in ends:
        os.close(each)


def served(pipes: tuple[int, int, int, int], *ranges: tuple[int, int]) -> list[Answer]:
    """Return what `serve` answers to the ranges, here and not in a worker; so it is also measured."""
    tasks, give, hear, answers = pipes
    for start, stop in ranges:
        os.write(give, start.to_bytes(8, "little") + stop.to_bytes(8, "little"))
    os.dup2(hear, give)  # closes the end that gives
    serve(total, range(100), tasks, answers, memoryview(bytearray(8)).cast("Q"))
    lengths = (int.from_bytes(_exactly(hear, 8), "little") for _ in ranges)
    return [pickle.loads(_exactly(hear, length)) for length in lengths]


def test_each_range_is_answered_in_order_until_no_more_can_come(pipes: tuple[int, int, int, int]) -> None:
    assert served(pipes, (0, 3), (50, 52), (4, 4)) == [Answer(3), Answer(101), Answer(0)]


def test_without_ranges_there_is_nothing_to_do(pipes: tuple[int, int, int, int]) -> None:
    assert served(pipes) == []


def test_after_a_failure_the_next_range_is_answered(pipes: tuple[int, int, int, int]) -> None:
    failed, fine = served(pipes, (10, 20), (1, 3))

    assert repr(failed.error) == "ValueError('13 brings bad luck')"
    assert "in total" in failed.trace
    assert fine == Answer(3)


def test_a_pipe_that_ends_too_early_gives_nothing(pipes: tuple[int, int, int, int]) -> None:
    tasks, give, _, _ = pipes
    os.write(give, b"four")
    os.dup2(tasks, give)

    with pytest.raises(EOFError):
        _exactly(tasks, 5)


def test_an_error_that_pickles_is_sent_as_it_is() -> None:
    error = ValueError("a", 1)

    assert _portable(error) is error


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (TwoPartError("not", "again"), "TwoPartError: not again"),
        (TurnedError("around"), "TurnedError: around"),
        (SilentError(), "SilentError: <exception str() failed>"),
        (type("Nameless", (Exception,), {})("of no module"), "Nameless: of no module"),
    ],
)
def test_an_error_that_does_not_pickle_is_sent_as_what_is_known_of_it(error: Exception, told: str) -> None:
    sent = _portable(error)

    assert type(sent) is RuntimeError
    assert str(sent).startswith("what a worker raised cannot be sent on: ")
    assert str(sent).endswith(told)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (0, "exited with status 0"),
        (3, "exited with status 3"),
        (-9, "killed by signal 9 (SIGKILL)"),
        (-11, "killed by signal 11 (SIGSEGV)"),
        (-100, "killed by signal 100"),
    ],
)
def test_an_end_is_told_in_words(code: int, words: str) -> None:
    assert _ended(code) == words


@alone
def test_an_interrupt_waits_until_the_block_is_left() -> None:
    reached = []

    def block() -> None:
        with undisturbed():
            os.kill(os.getpid(), signal.SIGINT)
            reached.append("end of the block")

    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    with pytest.raises(KeyboardInterrupt):
        block()

    assert reached == ["end of the block"]
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == before


@alone
def test_a_worker_answers_what_it_was_given_and_is_gone_when_it_is_ended() -> None:
    worker = Worker(total, range(100))
    worker.give(0, 3)
    worker.give(13, 14)

    assert worker.hear() == Answer(3)
    failed = worker.hear()
    assert failed
    assert isinstance(failed.error, ValueError)
    assert worker.end() == "killed by signal 9 (SIGKILL)"
    assert childless()


@alone
def test_a_worker_that_has_ended_says_nothing_and_takes_anything() -> None:
    worker = Worker(lambda batch: os._exit(4), range(100))
    worker.give(0, 1)

    assert worker.hear() is None
    worker.give(1, 2)
    assert worker.end() == "exited with status 4"


@alone
def test_a_worker_that_died_while_it_answered_has_not_answered() -> None:
    worker = Worker(lambda batch: bytes(10_000_000), range(1))
    worker.give(0, 1)
    select.select([worker.answers], [], [], 60)
    os.kill(worker._pid, signal.SIGTERM)  # it is at it still: the pipe holds less

    assert worker.hear() is None
    assert worker.end() == "killed by signal 15 (SIGTERM)"


@alone
def test_a_worker_that_someone_else_waited_for_is_still_put_away() -> None:
    worker = Worker(lambda batch: os._exit(4), range(1))
    worker.give(0, 1)
    os.waitpid(worker._pid, 0)

    assert worker.end() == "ended for a reason that is not known"
    for pipe in (worker.tasks, worker.answers):
        with pytest.raises(OSError, match="Bad file descriptor"):
            os.fstat(pipe)


@alone
def test_those_are_ready_that_have_an_answer() -> None:
    busy = Worker(lambda batch: signal.pause(), range(1))
    quick = Worker(total, range(1), [busy])
    for worker in (busy, quick):
        worker.give(0, 1)

    assert Worker.ready([busy, quick]) == [quick]
    for worker in (busy, quick):
        worker.end()


@alone
def test_a_worker_leaves_when_its_pipe_is_closed_though_younger_ones_live() -> None:
    older = Worker(total, range(1))
    younger = Worker(total, range(1), [older])
    os.dup2(younger.answers, older.tasks)  # closes the older one's pipe

    assert select.select([older.answers], [], [], 60)[0]
    assert older.hear() is None
    assert older.end() == "exited with status 0"
    younger.end()


@alone
def test_a_worker_minds_no_interrupt_but_can_be_told_to_end() -> None:
    def work(batch: Sequence[int]) -> int:
        os.kill(os.getpid(), (signal.SIGINT, signal.SIGTERM)[batch[0]])
        return 7

    def handler(number: int, frame: object) -> None:
        raise LookupError(number)

    before = signal.signal(signal.SIGTERM, handler)
    try:
        worker = Worker(work, range(2))
    finally:
        signal.signal(signal.SIGTERM, before)
    worker.give(0, 1)
    worker.give(1, 2)

    assert worker.hear() == Answer(7)
    assert worker.hear() is None
    assert worker.end() == "killed by signal 15 (SIGTERM)"


@alone
def test_what_was_there_before_the_fork_is_frozen_in_the_worker_and_not_here() -> None:
    worker = Worker(lambda batch: gc.get_freeze_count(), range(1))
    worker.give(0, 1)
    there = worker.hear()
    worker.end()

    assert there
    assert there.result > 1000
    assert gc.get_freeze_count() == 0


@alone
def test_what_this_program_froze_stays_frozen() -> None:
    gc.freeze()
    try:
        Worker(total, range(1)).end()
        assert gc.get_freeze_count() > 1000
    finally:
        gc.unfreeze()


@alone
def test_a_program_without_a_terminal_or_with_closed_streams_can_have_workers() -> None:
    streams = sys.stdout, sys.stderr
    closed = io.StringIO()
    closed.close()
    try:
        sys.stdout, sys.stderr = None, closed
        worker = Worker(total, range(3))
    finally:
        sys.stdout, sys.stderr = streams
    worker.give(0, 3)

    assert worker.hear() == Answer(3)
    worker.end()


@alone
def test_at_which_item_a_worker_is_can_be_read_when_it_has_died() -> None:
    def work(batch: Sequence[int]) -> None:
        for each in batch:
            if each == 57:
                os._exit(4)

    worker = Worker(work, range(100))
    worker.give(0, 10)
    worker.give(50, 60)
    answers = [worker.hear(), worker.hear()]

    assert answers == [Answer(None), None]
    assert worker.at == 57
    worker.end()


@alone
def test_a_worker_that_goes_through_no_batch_says_nothing_of_where_it_is() -> None:
    worker = Worker(total, range(100))
    worker.give(0, 10)

    assert worker.hear() == Answer(45)
    assert worker.at is None
    worker.end()


def test_a_batch_is_the_sequence_that_it_was_and_tells_who_goes_through_it() -> None:
    told = memoryview(bytearray(8)).cast("Q")
    batch = Batch(range(40, 44), 40, told)

    assert [told[0] for _ in batch] == [41, 42, 43, 44]
    assert told[0] == 0
    assert (len(batch), batch[1], list(batch[1:3]), 43 in batch) == (4, 41, [41, 42], True)
    assert told[0] == 0


def test_only_a_kill_may_be_somebody_else_s_doing() -> None:
    assert is_chance(_ended(-signal.SIGKILL))
    assert is_chance(UNKNOWN)
    assert not is_chance(_ended(-signal.SIGXCPU))
    assert not is_chance(_ended(-signal.SIGSEGV))
    assert not is_chance(_ended(3))


LATE = """
import os, sys, threading
from lwnindex.engine.executors import Processes
from lwnindex.engine.limits import Guard, Limits

class Deny:
    def find_spec(self, name, path=None, target=None):
        raise ImportError(f"{name} is imported late")

os.register_at_fork(after_in_child=lambda: sys.meta_path.insert(0, Deny()))
guard = Guard()
work = lambda items: [guard.run(Limits(5.0), lambda: each) for each in items]
print([each for done in Processes(1).batches(work, [1, 2], 2, 0) for each in done.result or [done.death]])
"""


def test_a_worker_imports_nothing_that_it_may_not_be_able_to_read_any_more() -> None:
    """So it works for a program that has given up the right to read its own modules."""
    done = subprocess.run([sys.executable, "-c", LATE], capture_output=True, text=True, check=False)

    assert (done.stdout, done.stderr) == ("[1, 2]\n", "")
