"""What a command costs: wall time, CPU time and memory of its whole process tree; what it left on disk."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

SAMPLING = 0.1
"""Seconds between two looks at the memory."""

MIB = 1024 * 1024


class Cost(NamedTuple):
    """Seconds of wall and CPU time (user and system, all processes), and the peak of memory in MiB."""

    wall: float
    cpu: float
    memory: int


class Failed(Exception):  # noqa: N818 - it says what happened to the command
    """A command that was to be measured ended with an error; the message holds the end of what it said."""


def cost(command: Sequence[str], folder: Path, log: Path, environment: Mapping[str, str]) -> Cost:
    """Return what a command costs; its output goes into `log`. Failed where it fails."""
    peak = [0]
    began = time.perf_counter()
    with log.open("wb") as said:
        process = subprocess.Popen(  # noqa: S603 - the commands are the benchmark's own
            command,
            cwd=folder,
            env={**os.environ, **environment},
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        with _ended(process), _watched(lambda: _keep_most(peak, process.pid)):
            _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise Failed(f"{' '.join(command)} ended with {process.returncode}: {_end_of(log)}")
    return Cost(round(wall, 3), round(usage.ru_utime + usage.ru_stime, 3), _most(peak[0], usage) // MIB)


def _most(seen: int, usage: resource.struct_rusage) -> int:
    """Return the peak of memory in bytes: what was seen, or what the system says of the largest process.

    A short run may end before the first look. Until a process runs its own program, it has the memory of the
    one that started it, which the system counts as its: what is not above our own says nothing.
    """
    alone = usage.ru_maxrss * 1024
    is_its_own = alone > resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return max(seen, alone) if is_its_own or not seen else seen


def _end_of(log: Path) -> str:
    return log.read_text("utf-8", "replace")[-2000:]


@contextmanager
def _ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """End a command and its children where the block is broken off: the terminal does not reach them."""
    try:
        yield
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise


@contextmanager
def _watched(look: Callable[[], None]) -> Iterator[None]:
    """Look every `SAMPLING` seconds, until the block ends."""
    done = threading.Event()

    def watch() -> None:
        while not done.wait(SAMPLING):
            look()

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def _keep_most(peak: list[int], session: int) -> None:
    peak[0] = max(peak[0], memory_of(session))


def memory_of(session: int) -> int:
    """Return the bytes of memory that a session's processes hold together; shared pages count once.

    That is their proportional set size (PSS); 0 where there is no /proc.
    """
    return sum(_proportional(each) for each in _pids() if _session_of(each) == session)


def _pids() -> list[int]:
    with suppress(OSError):
        return [int(name) for name in os.listdir("/proc") if name.isdigit()]  # noqa: PTH208 - the names alone
    return []


def _session_of(process: int) -> int:
    with suppress(OSError):
        return os.getsid(process)
    return -1


def _proportional(process: int) -> int:
    with suppress(OSError):
        return proportional(Path(f"/proc/{process}/smaps_rollup").read_text("ascii"))
    return 0


def proportional(rollup: str) -> int:
    """Return the bytes that the line `Pss:` of a `smaps_rollup` tells, 0 without one."""
    found = (line.split() for line in rollup.splitlines())
    return next((int(words[1]) * 1024 for words in found if words[:1] == ["Pss:"]), 0)


# Files -------------------------------------------------------------------------------------------


Stamps = Mapping[str, tuple[int, int, int]]
"""Of each file below a folder: its inode, its time of change in nanoseconds, its size."""


def stamps(folder: Path) -> Stamps:
    """Return the stamps of all files below a folder; none where there is no such folder."""
    return dict(_stamps(folder)) if folder.is_dir() else {}


def _stamps(folder: Path) -> Iterator[tuple[str, tuple[int, int, int]]]:
    with os.scandir(folder) as listed:
        entries = list(listed)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _stamps(Path(entry.path))
        else:
            seen = entry.stat(follow_symlinks=False)
            yield entry.path, (seen.st_ino, seen.st_mtime_ns, seen.st_size)


def written(before: Stamps, after: Stamps) -> int:
    """Return how many files were written between two looks at a folder."""
    return sum(before.get(path) != stamp for path, stamp in after.items())


def size(found: Stamps) -> int:
    """Return the bytes of all files."""
    return sum(stamp[2] for stamp in found.values())
