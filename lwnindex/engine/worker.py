"""A forked worker: ranges of the items that it inherited come to it by one pipe, answers leave by another.

Work and items are never sent. A worker is a copy of this process, but runs none of what this process would
still have run: it leaves by os._exit, without the handlers, the open blocks and the buffers of its parent.
It leaves when its pipe is closed, so it does not outlive its parent by more than the batch that it is at.
Which item it is at, its parent can read in memory that they share, also when it has died.
"""

from __future__ import annotations

import gc
import mmap
import os
import pickle
import resource  # here: a worker with fewer rights than this process had could not read it any more
import select
import signal
import struct
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, NamedTuple, NoReturn, overload

_RANGE = struct.Struct("<QQ")
_LENGTH = struct.Struct("<Q")

UNKNOWN = "ended for a reason that is not known"


class Answer(NamedTuple):
    """What the work made of a batch, or what it raised and from where."""

    result: Any
    error: BaseException | None = None
    trace: str = ""


class Batch(Sequence[Any]):
    """A batch that tells, by its number plus 1, at which of all items whoever goes through it is.

    Nobody has to be called for that. 0 is told before and after.
    """

    def __init__(self, items: Sequence[Any], start: int, told: memoryview) -> None:
        self._items, self._start, self._told = items, start, told

    def __iter__(self) -> Iterator[Any]:
        for number, item in enumerate(self._items, self._start + 1):
            self._told[0] = number
            yield item
        self._told[0] = 0

    def __len__(self) -> int:
        return len(self._items)

    def __contains__(self, item: object) -> bool:
        return item in self._items

    @overload
    def __getitem__(self, place: int) -> Any: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Any]: ...

    def __getitem__(self, place: int | slice) -> Any:
        return self._items[place]


class Worker:
    """A process that does batches of the items as they are now, in the order in which they are given.

    OSError where it cannot be forked. `others` are the workers there are: it lets go of their pipes, since
    a pipe is closed only when nobody holds it.
    """

    def __init__(
        self, work: Callable[[Sequence[Any]], Any], items: Sequence[Any], others: Iterable[Worker] = ()
    ) -> None:
        _flush()
        # Anonymous memory that a fork shares.
        self._told = memoryview(mmap.mmap(-1, mmap.PAGESIZE)).cast("Q")
        ends: list[int] = []
        try:
            ends += os.pipe()
            ends += os.pipe()
            tasks, self.tasks, self.answers, answers = ends
            ours = [pipe for each in (self, *others) for pipe in (each.tasks, each.answers)]
            with _frozen():
                self._pid = os.fork()
                if not self._pid:  # pragma: no cover - only the worker goes there
                    _live(partial(serve, work, items, tasks, answers, self._told), ours)
        except OSError:
            _close(*ends)
            raise
        _close(tasks, answers)

    def give(self, start: int, stop: int) -> None:
        """Put a range after those that the worker has; one that has ended takes it without a word."""
        with suppress(BrokenPipeError):
            os.write(self.tasks, _RANGE.pack(start, stop))

    def hear(self) -> Answer | None:
        """Return the answer to the oldest range that has none, or None if the worker ended over it."""
        try:
            (length,) = _LENGTH.unpack(_exactly(self.answers, _LENGTH.size))
            written = _exactly(self.answers, length)
        except EOFError:
            return None
        answer: Answer = pickle.loads(written)  # noqa: S301 - our own worker wrote it
        return answer

    def end(self) -> str:
        """End the process, whatever it is at, and return how it ended, or had ended before.

        It is killed: it holds nothing that would have to be put in order.
        """
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        _close(self.tasks, self.answers)
        try:
            return _ended(os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1]))
        except ChildProcessError:  # someone else in this program has waited for it
            return UNKNOWN

    @property
    def at(self) -> int | None:
        """The number of the item that it is at, or was at when it died; None where it did not say."""
        return self._told[0] - 1 if self._told[0] else None

    @staticmethod
    def ready(workers: Iterable[Worker]) -> list[Worker]:
        """Return those of the workers that answered or ended; wait until one has."""
        by_pipe = {each.answers: each for each in workers}
        poll = select.poll()
        for pipe in by_pipe:
            poll.register(pipe, select.POLLIN)
        return [by_pipe[pipe] for pipe, _ in poll.poll()]


@contextmanager
def undisturbed() -> Iterator[None]:
    """Keep signals that end this process until the block is left, so that no worker is lost sight of."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    try:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def is_chance(death: str) -> bool:
    """Tell whether somebody else may have ended a worker, as the kernel does where memory runs out."""
    return death in (UNKNOWN, _ended(-signal.SIGKILL), _ended(-signal.SIGTERM))


def serve(
    work: Callable[[Sequence[Any]], Any], items: Sequence[Any], tasks: int, answers: int, told: memoryview
) -> None:
    """Answer each range that comes by the pipe `tasks`, until its other end is closed."""
    with os.fdopen(answers, "wb", closefd=False) as out:
        while ends := os.read(tasks, _RANGE.size):
            start, stop = _RANGE.unpack(ends)
            written = _answer(work, Batch(items[start:stop], start, told))
            told[0] = 0
            out.write(_LENGTH.pack(len(written)))
            out.write(written)
            out.flush()


def _answer(work: Callable[[Sequence[Any]], Any], batch: Sequence[Any]) -> bytes:
    """Return a pickled Answer; a result that does not pickle is a failure like any other."""
    try:
        return pickle.dumps(Answer(work(batch)), pickle.HIGHEST_PROTOCOL)
    except BaseException as error:  # noqa: BLE001 - the worker's edge: the parent raises it
        failed = Answer(None, _portable(error), traceback.format_exc())
        return pickle.dumps(failed, pickle.HIGHEST_PROTOCOL)


def _portable(error: BaseException) -> BaseException:
    """Return the error if it comes out of a pickle as what it is, or a RuntimeError that tells of it."""
    try:
        if type(pickle.loads(pickle.dumps(error))) is type(error):  # noqa: S301 - written just before
            return error
    except Exception:  # noqa: BLE001, S110 - whatever its own methods raise, it does not pickle
        pass
    told = "".join(traceback.format_exception_only(error)).strip()
    return RuntimeError(f"what a worker raised cannot be sent on: {told}")


def _close(*pipes: int) -> None:
    for pipe in pipes:
        os.close(pipe)


def _flush() -> None:
    """Write what is buffered, or a worker that prints would write it again."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError, OSError):  # there is none, it is closed, nobody reads it
            stream.flush()


@contextmanager
def _frozen() -> Iterator[None]:
    """Hide the objects there are from the collector; a worker, which never leaves the block, keeps it so.

    Looking for cycles among them it would write to each, and so copy the pages that it shares.
    """
    already = gc.get_freeze_count()
    gc.freeze()
    try:
        yield
    finally:
        if not already:
            gc.unfreeze()


def _live(
    serving: Callable[[], None], ours: list[int]
) -> NoReturn:  # pragma: no cover - a worker leaves without saving what it covered; `serve` is tested here
    """Lead the life of a worker; an interrupt of the terminal is its parent's to see to."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for ending in (signal.SIGTERM, signal.SIGXCPU):
            signal.signal(ending, signal.SIG_DFL)
        _leave_no_core()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})
        _close(*ours)
        serving()
        status = 0
    finally:
        os._exit(status)


def _leave_no_core() -> None:
    """Have nothing written of this process where it dies: all its memory, by the gigabyte."""
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _exactly(pipe: int, count: int) -> bytearray:
    """Return so many bytes of a pipe; EOFError if it is closed before."""
    whole = bytearray(count)
    rest = memoryview(whole)
    while rest:
        got = os.readv(pipe, [rest])
        if not got:
            raise EOFError
        rest = rest[got:]
    return whole


def _ended(code: int) -> str:
    """Return in words what `os.waitstatus_to_exitcode` gave."""
    if code >= 0:
        return f"exited with status {code}"
    names = [one.name for one in signal.Signals if one == -code]
    return f"killed by signal {-code}" + "".join(f" ({name})" for name in names)
