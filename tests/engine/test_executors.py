"""Workers do each batch once, and hand on what it came to or how it failed."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.engine.executors import Done, Processes, Serial, _cuts, _quota, processors, workers
from lwnindex.problems import SiteError
from tests.alone import alone, childless
from tests.programs import ROOT

A = TypeVar("A")
R = TypeVar("R")


def forked(
    work: Callable[[Sequence[A]], R], items: Sequence[A], size: int = 1, jobs: int = 2
) -> list[Done[A, R]]:
    """Return all batches, done by processes however few the items are, which are gone then."""
    done = list(Processes(jobs, least=1).batches(work, items, size))
    assert childless()
    return done


def die(how: int = signal.SIGKILL) -> None:
    if how != signal.SIGKILL:
        signal.signal(how, signal.SIG_DFL)  # pytest tells of a fault at length
    os.kill(os.getpid(), how)


def pid(batch: Sequence[int]) -> int:
    return os.getpid()


def test_batches_hold_all_items_in_order_and_none_is_larger_than_asked() -> None:
    done = list(Serial().batches(list, [3, 1, 4, 1, 5], 2))

    assert [list(one.items) for one in done] == [[3, 1], [4, 1], [5]]
    assert [one.result for one in done] == [[3, 1], [4, 1], [5]]
    assert not any(one.death for one in done)


def test_no_items_are_no_batches() -> None:
    assert list(Serial().batches(sum, [], 2)) == []


def test_a_failure_is_raised_before_the_next_batch() -> None:
    begun = []

    def work(batch: Sequence[int]) -> None:
        begun.append(batch[0])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(Serial().batches(work, [1, 2], 1))

    assert begun == [1]


def test_workers_are_known_by_their_name() -> None:
    several = workers("processes", 3)

    assert isinstance(workers("serial"), Serial)
    assert isinstance(several, Processes)
    assert several.jobs == 3


def test_a_name_that_no_workers_have_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(ValueError, match='no executor "threads"; there are "serial" and "processes"'):
        workers("threads")


def test_fewer_jobs_than_one_are_refused() -> None:
    with pytest.raises(ValueError, match="0 jobs"):
        Processes(0)


@pytest.mark.parametrize(
    ("written", "allowed"),
    [
        ("max 100000\n", 8),
        ("200000 100000\n", 2),
        ("150000 100000\n", 2),
        ("1000 100000\n", 1),
        ("0 100000\n", 1),
        ("nonsense", 8),
    ],
)
def test_a_quota_is_as_many_processors_as_its_time_needs(tmp_path: Path, written: str, allowed: int) -> None:
    path = tmp_path / "cpu.max"
    path.write_text(written, "ascii")

    assert _quota(path, 8) == allowed


def test_without_a_quota_there_is_no_bound(tmp_path: Path) -> None:
    assert _quota(tmp_path / "cpu.max", 8) == 8


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can change the processors of a process")
@alone
def test_there_are_as_many_jobs_as_processors_that_this_process_may_use() -> None:
    allowed = os.sched_getaffinity(0)
    try:
        os.sched_setaffinity(0, {min(allowed)})
        assert processors() == 1
        assert Processes().jobs == 1
    finally:
        os.sched_setaffinity(0, allowed)

    assert 1 <= processors() <= len(allowed)


@given(st.integers(0, 3000), st.integers(1, 300), st.integers(1, 9))
def test_cuts_hold_every_item_once_and_shrink_towards_the_end(count: int, size: int, jobs: int) -> None:
    cuts = list(_cuts(count, size, jobs))
    lengths = [stop - start for start, stop, _ in cuts]

    assert [each for start, stop, _ in cuts for each in range(start, stop)] == list(range(count))
    assert lengths == sorted(lengths, reverse=True)
    assert all(0 < length <= size for length in lengths)


@alone
@given(
    st.integers(0, 120),
    st.integers(1, 40),
    st.integers(1, 4),
    st.sets(st.integers(0, 119), max_size=3),
    st.sets(st.integers(0, 119), max_size=1),
)
def test_every_item_is_done_once_whatever_dies_or_fails(
    count: int, size: int, jobs: int, fatal: set[int], failing: set[int]
) -> None:
    here = os.getpid()

    def work(batch: Sequence[int]) -> list[int]:
        if fatal.intersection(batch) and os.getpid() != here:
            die()
        if failing.intersection(batch):
            raise KeyError(*failing)
        return [each + 1000 for each in batch]

    if any(each < count for each in failing - fatal) or (jobs == 1 and any(each < count for each in failing)):
        with pytest.raises(KeyError, match=str(*failing)):
            forked(work, range(count), size, jobs)
        assert childless()
        return

    done = forked(work, range(count), size, jobs)
    lost = [each for one in done for each in one.items if one.death]
    assert sorted(lost) == sorted(each for each in fatal if each < count and jobs > 1)
    assert sorted(each for one in done for each in one.items) == list(range(count))
    assert all(one.result == [each + 1000 for each in one.items] for one in done if not one.death)
    assert all(len(one.items) <= size for one in done)


@alone
def test_several_processes_take_part_and_none_of_them_is_this_one() -> None:
    with tempfile.TemporaryDirectory() as folder:

        def work(batch: Sequence[int]) -> int:
            Path(folder, str(os.getpid())).touch()
            # However late one of them begins, the others leave some of the work to it.
            late = time.monotonic() + 60
            while len([*Path(folder).iterdir()]) < 3 and time.monotonic() < late:
                time.sleep(0.002)
            return os.getpid()

        pids = {one.result for one in forked(work, range(100), 2, jobs=3)}

    assert len(pids) == 3
    assert os.getpid() not in pids


@alone
def test_work_and_items_need_not_pickle() -> None:
    items: list[Callable[[], int]] = [partial(lambda n: n * n, n) for n in range(20)]

    done = forked(lambda batch: [each() for each in batch], items, 3)

    assert sorted(each for one in done for each in one.result or []) == [n * n for n in range(20)]
    assert all([each() for each in one.items] == one.result for one in done)


@alone
def test_results_that_no_pipe_holds_arrive_whole() -> None:
    size = 10_000_000

    done = forked(lambda batch: bytes([batch[0]]) * size, range(6), jobs=3)

    assert sorted(one.result or b"" for one in done) == [bytes([n]) * size for n in range(6)]


@alone
def test_many_batches_are_done() -> None:
    done = forked(list, range(5000), jobs=3)

    assert sorted(one.result or [] for one in done) == [[n] for n in range(5000)]


@alone
def test_what_is_raised_in_a_worker_is_raised_here_with_all_that_it_holds() -> None:
    def work(batch: Sequence[int]) -> None:
        raise SiteError("the disk is full", exit_code=7)

    with pytest.raises(SiteError, match="the disk is full") as raised:
        forked(work, range(10))

    assert raised.value.exit_code == 7
    assert "It was raised in a worker" in raised.value.__notes__[0]
    assert 'raise SiteError("the disk is full", exit_code=7)' in raised.value.__notes__[0]
    assert childless()


@alone
def test_what_ends_a_program_when_raised_is_raised_here_too() -> None:
    for kind in (KeyboardInterrupt, SystemExit, MemoryError):

        def work(batch: Sequence[int], kind: type[BaseException] = kind) -> None:
            raise kind

        with pytest.raises(kind):
            forked(work, range(10))


@alone
def test_an_error_that_does_not_pickle_is_told() -> None:
    class LocalError(Exception):
        pass

    def work(batch: Sequence[int]) -> None:
        raise LocalError("of this function only")

    with pytest.raises(RuntimeError, match="LocalError: of this function only"):
        forked(work, range(10))


@alone
def test_a_result_that_does_not_pickle_is_an_error() -> None:
    with pytest.raises((TypeError, AttributeError), match="pickle"):
        forked(lambda batch: (each for each in batch), range(10))


@alone
def test_an_item_that_ends_every_worker_is_given_back_with_the_way_it_did() -> None:
    ways: dict[int, tuple[Callable[[], object], str]] = {
        3: (die, "killed by signal 9 (SIGKILL)"),
        5: (lambda: die(signal.SIGSEGV), "killed by signal 11 (SIGSEGV)"),
        8: (lambda: os._exit(3), "exited with status 3"),
        9: (lambda: os._exit(0), "exited with status 0"),
    }

    def work(batch: Sequence[int]) -> list[int]:
        for each in batch:
            if each in ways:
                ways[each][0]()
        return list(batch)

    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    for size in (1, 4, 12):
        done = forked(work, range(12), size)
        deaths = {one.items[0]: one.death for one in done if one.death}

        assert deaths == {each: words for each, (_, words) in ways.items()}
        assert all(one.result is None and len(one.items) == 1 for one in done if one.death)
        assert sorted(each for one in done for each in one.result or []) == [0, 1, 2, 4, 6, 7, 10, 11]


@alone
def test_an_item_that_ended_one_worker_by_chance_is_done_by_the_next() -> None:
    with tempfile.TemporaryDirectory() as folder:
        mark = Path(folder, "was-here")

        def work(batch: Sequence[int]) -> list[int]:
            if 4 in batch and not mark.exists():
                mark.touch()
                die()
            return list(batch)

        for size in (1, 3):
            mark.unlink(missing_ok=True)
            done = forked(work, range(10), size)

            assert mark.exists()
            assert not any(one.death for one in done)
            assert sorted(each for one in done for each in one.result or []) == list(range(10))


@alone
def test_only_the_batch_that_a_dead_worker_was_at_is_done_again() -> None:
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "begun")
        log.touch()

        def work(batch: Sequence[int]) -> None:
            with log.open("a") as out:
                out.write("".join(f"{each}\n" for each in batch))
            if 7 in batch:
                die()

        forked(work, range(80), 16)
        begun = [int(line) for line in log.read_text().splitlines()]

    again = {each for each in begun if begun.count(each) > 1}
    assert set(begun) == set(range(80))
    assert 7 in again
    assert again <= set(range(16))


@alone
def test_a_worker_that_ends_when_it_has_nothing_to_do_costs_nothing() -> None:
    def work(batch: Sequence[str]) -> str:
        if batch[0] == "quick":
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            # Late enough to have answered, on a busy machine too.
            signal.setitimer(signal.ITIMER_REAL, 0.3)
        else:
            time.sleep(0.6)
        return batch[0]

    done = forked(work, ["quick", "slow"])

    assert {one.result for one in done} == {"quick", "slow"}


@contextmanager
def spare_descriptors(count: int) -> Iterator[None]:
    """Let this process open so many files and pipes more, and no others."""
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    free = [os.dup(0) for _ in range(count + 1)]
    resource.setrlimit(resource.RLIMIT_NOFILE, (free[-1], limits[1]))
    for each in free:
        os.close(each)
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)


@alone
def test_where_no_worker_can_be_forked_the_work_is_done_here() -> None:
    with spare_descriptors(3):
        done = forked(pid, range(40), 4)

    assert {one.result for one in done} == {os.getpid()}
    assert sorted(each for one in done for each in one.items) == list(range(40))


@alone
def test_where_fewer_workers_can_be_forked_those_do_the_work() -> None:
    with spare_descriptors(4):
        done = forked(pid, range(40), 4, jobs=3)

    (only,) = {one.result for one in done}
    assert only != os.getpid()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can change the limits of another process")
@alone
def test_what_ended_a_worker_is_not_done_here_where_no_other_can_be_forked() -> None:
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    here = os.getpid()

    def work(batch: Sequence[int]) -> None:
        resource.prlimit(here, resource.RLIMIT_NOFILE, (3, limits[1]))
        die()

    try:
        with pytest.raises(OSError, match="Too many open files"):
            forked(work, range(4), 4)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    assert childless()


@alone
def test_leaving_early_ends_the_workers() -> None:
    done = Processes(3, least=1).batches(pid, range(1000), 1)
    first = next(done)
    assert first.result != os.getpid()
    assert not childless()

    done.close()

    assert childless()


@alone
def test_a_failure_of_those_who_take_the_results_ends_the_workers() -> None:
    def take() -> None:
        for one in Processes(3, least=1).batches(lambda batch: time.sleep(0.01), range(1000), 1):
            raise LookupError(one)

    with pytest.raises(LookupError):
        take()

    assert childless()


@alone
def test_a_busy_worker_is_not_waited_for() -> None:
    def work(batch: Sequence[int]) -> None:
        if batch[0]:
            time.sleep(600)

    done = Processes(2, least=1).batches(work, range(2), 1)
    next(done)
    del done

    assert childless()


@alone
def test_few_items_and_one_job_are_done_here_and_in_order() -> None:
    for done in (
        list(Processes(4).batches(pid, range(63), 10)),
        list(Processes(1).batches(pid, range(200), 100)),
    ):
        assert {one.result for one in done} == {os.getpid()}
        assert [one.items[0] for one in done] == sorted(one.items[0] for one in done)


@alone
def test_a_process_with_threads_is_not_forked() -> None:
    gate = threading.Event()
    thread = threading.Thread(target=gate.wait)
    thread.start()
    try:
        done = list(Processes(2, least=1).batches(pid, range(20), 2))
    finally:
        gate.set()
        thread.join()

    assert {one.result for one in done} == {os.getpid()}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells of such threads")
@alone
def test_a_thread_that_python_does_not_count_is_seen() -> None:
    import _thread

    gate = _thread.allocate_lock()
    gate.acquire()
    _thread.start_new_thread(gate.acquire, ())
    try:
        done = list(Processes(2, least=1).batches(pid, range(20), 2))
    finally:
        gate.release()
        # Nobody can join it, and as long as it is there the next test has no workers.
        while len(list(Path("/proc/self/task").iterdir())) > 1:
            time.sleep(0.001)

    assert {one.result for one in done} == {os.getpid()}


PROGRAM = """
import atexit, os, sys, time
from lwnindex.engine.executors import Processes

def work(batch):
    os.write(2, b"%d\\n" % os.getpid())
    print("*", end="", flush=True)
    time.sleep(0.01)

atexit.register(os.write, 1, b"[handler]")
print("[buffered]", end="")
try:
    for one in Processes(3, least=1).batches(work, range(int(sys.argv[1])), 1):
        pass
finally:
    os.write(1, b"[block]")
"""


def started(count: int) -> subprocess.Popen[bytes]:
    """Return a program that has so many items done by three workers, whose ids come by its standard error."""
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(count)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def await_workers(program: subprocess.Popen[bytes]) -> None:
    """Return when each of the three workers has begun."""
    assert program.stderr
    begun: set[bytes] = set()
    while len(begun) < 3:
        line = program.stderr.readline()
        assert line.strip().isdigit(), line
        begun.add(line)


def test_workers_run_nothing_that_was_left_to_their_parent() -> None:
    program = started(20)
    out, _ = program.communicate(timeout=300)

    assert program.returncode == 0
    assert out == b"[buffered]" + b"*" * 20 + b"[block][handler]"


def test_no_worker_outlives_a_parent_that_is_killed() -> None:
    program = started(20_000)
    await_workers(program)
    program.kill()
    # What the workers write to is at its end only when the last of them has left.
    program.communicate(timeout=300)

    assert program.returncode == -signal.SIGKILL


def test_an_interrupt_is_told_once_and_leaves_no_worker() -> None:
    program = started(20_000)
    await_workers(program)
    os.killpg(program.pid, signal.SIGINT)
    out, err = program.communicate(timeout=300)

    assert program.returncode == -signal.SIGINT
    assert out.endswith(b"[block][handler]")
    assert err.count(b"KeyboardInterrupt") == 1


@alone
def test_an_item_that_ends_its_worker_is_the_only_one_that_is_given_back() -> None:
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "begun")
        log.touch()

        def work(batch: Sequence[int]) -> list[int]:
            done = []
            for each in batch:
                with log.open("a") as out:
                    out.write(f"{each}\n")
                if each in (7, 40):
                    os._exit(3)
                done.append(each)
            return done

        done = forked(work, range(80), 16)
        begun = [int(line) for line in log.read_text().splitlines()]

    assert {tuple(one.items): one.death for one in done if one.death} == {
        (7,): "exited with status 3",
        (40,): "exited with status 3",
    }
    assert sorted(each for one in done for each in one.result or []) == [
        *range(7),
        *range(8, 40),
        *range(41, 80),
    ]
    assert begun.count(7) == begun.count(40) == 1


@alone
def test_an_item_whose_worker_was_killed_is_tried_once_more_and_alone() -> None:
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "batches")
        log.touch()

        def work(batch: Sequence[int]) -> None:
            for each in batch:
                if each == 7:
                    with log.open("a") as out:
                        out.write(f"{len(batch)}\n")
                    die()

        done = forked(work, range(80), 16)
        lengths = log.read_text().split()

    assert [(one.items[0], one.death) for one in done if one.death] == [(7, "killed by signal 9 (SIGKILL)")]
    assert len(lengths) == 2
    assert lengths[1] == "1"


@alone
def test_work_that_may_end_its_process_is_done_by_a_worker_however_little_it_is() -> None:
    for workers_of in (Processes(1), Processes(4)):
        (done,) = workers_of.batches(pid, [1], 10, 0)
        assert done.result != os.getpid()
    assert list(Processes(4).batches(pid, [], 10, 0)) == []
    assert childless()
