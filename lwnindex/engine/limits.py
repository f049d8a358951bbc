"""What a piece of work may cost: seconds of CPU or of waiting, and in a worker memory and the kernel's end.

The deadlines are signals whose handlers raise. Code in C that looks at no signal is not reached by them; in a
worker the kernel ends the process then, at the second after. Where there are no such signals or limits, on
Windows or in another thread than the first, work goes on without them.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import NamedTuple, TypeVar

T = TypeVar("T")

_AGAIN = 1.0
"""Seconds of CPU after which the handler raises again: whoever is interrupted may have caught it."""

_TICKS = 6
"""The parts of patience: it is over where so many in a row went by without CPU to speak of."""

_IDLE = 0.005
"""The share of a processor below which a process waits. One that is crowded out by others gets no ticks."""

_STATM = Path("/proc/self/statm")


class Limits(NamedTuple):
    """Seconds of CPU, and bytes of memory beyond what the worker had at its first limited piece of work.

    `patience` is seconds of the clock without CPU, as of work that sleeps or reads what nobody writes.
    """

    seconds: float
    memory: int = 1 << 30
    patience: float = 60.0


class Bounds(NamedTuple):
    """What a piece of work may cost, and then what is done instead where that failed.

    Both end within 10 seconds of CPU in a worker, also in code that looks at no signal: that is ended at the
    first whole second after.
    """

    first: Limits = Limits(6.0)
    second: Limits = Limits(2.0)


class TooLongError(BaseException):
    """Work took more CPU than it may; no Exception, or what was to be interrupted might go on."""


class IdleError(TooLongError):
    """Work waited, and did nothing else, for longer than it may."""


class Guard:
    """Does pieces of work within limits; those that could end the process are set only in forks of this one.

    So it is made before they are forked.
    """

    def __init__(self) -> None:
        self._home = os.getpid()
        self._base = 0

    def run(self, limits: Limits, work: Callable[[], T]) -> T:
        """Return what the work returns; TooLongError or MemoryError where it goes beyond its limits.

        No limit holds any more when this has returned or raised.
        """
        if os.getpid() == self._home:
            return timed(limits, work)
        self._base = self._base or _address_space()
        with _limited(limits, self._base):
            return timed(limits, work)


class _Alarm:
    """The handlers that raise while they are set; what they raised is kept, for work may have caught it."""

    is_set = False
    raised: TooLongError | None = None

    def __init__(self, tick: float) -> None:
        self._least = tick * _IDLE
        self._used = time.process_time()
        self._idle = 0

    def deadline(self, _number: int, _frame: FrameType | None) -> None:
        """Raise that there was too much CPU."""
        self._ring(TooLongError())

    def tick(self, _number: int, _frame: FrameType | None) -> None:
        """Raise that there was nothing but waiting, at the last of so many ticks in a row."""
        used = time.process_time()
        # A process that was stopped and goes on gets one tick for all that time.
        self._idle = self._idle + 1 if used - self._used < self._least else 0
        self._used = used
        if self._idle >= _TICKS:
            self._ring(IdleError())

    def _ring(self, error: TooLongError) -> None:
        if self.is_set:
            self.raised = self.raised or error
            raise error


def timed(limits: Limits, work: Callable[[], T]) -> T:
    """Return what the work returns; TooLongError where it takes or waits too long, or did and caught that.

    Memory is not limited, nor code in C that looks at no signal: this may be done in any process.
    """
    tick = limits.patience / _TICKS
    alarm = _Alarm(tick)
    try:
        before = signal.signal(signal.SIGPROF, alarm.deadline), signal.signal(signal.SIGALRM, alarm.tick)
    except (AttributeError, ValueError):  # Windows has no such signals, other threads no handlers
        return work()
    try:
        alarm.is_set = True
        signal.setitimer(signal.ITIMER_PROF, limits.seconds, _AGAIN)
        signal.setitimer(signal.ITIMER_REAL, tick, tick)
        result = work()
    finally:
        # Handlers run at calls and jumps back: none can between leaving the block and this.
        alarm.is_set = False
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGPROF, before[0])
        signal.signal(signal.SIGALRM, before[1])
    if alarm.raised:
        raise alarm.raised
    return result


@contextmanager
def _limited(limits: Limits, base: int) -> Iterator[None]:
    """Have the kernel refuse memory, and end this process where it takes too much CPU, within the block."""
    import resource

    with ExitStack() as stack:
        if base:
            stack.enter_context(_soft(resource.RLIMIT_AS, base + limits.memory))
        # Whole seconds, of which the deadline must be over.
        stack.enter_context(_soft(resource.RLIMIT_CPU, int(time.process_time() + limits.seconds) + 1))
        yield


@contextmanager
def _soft(which: int, most: int) -> Iterator[None]:
    """Lower a limit of this process within the block; one that is lower already stays."""
    import resource

    soft, hard = before = resource.getrlimit(which)
    allowed = [each for each in (most, soft, hard) if each != resource.RLIM_INFINITY]
    with suppress(ValueError, OSError):
        resource.setrlimit(which, (min(allowed), hard))
    try:
        yield
    finally:
        with suppress(ValueError, OSError):
            resource.setrlimit(which, before)


def _address_space() -> int:
    """Return the bytes of addresses that this process has, 0 where nobody says so."""
    try:
        return int(_STATM.read_bytes().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
