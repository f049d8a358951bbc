"""One build at a time: a folder is held while a build works in it or into it.

The kernel keeps the lock on the folder itself and lets go of it when the holder ends, however it ends; so
there is no file to be left behind. Where a system has no such lock, none is held.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from lwnindex.problems import SiteError

if sys.platform != "win32":
    import fcntl

PATIENCE = 60.0
"""Seconds to wait for another build."""

_STEP = 0.05
_NO_LOCKS = {errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EBADF}
"""What file systems say that know no locks on folders; the last one is NFS."""


def unheard(_sentence: str) -> None:
    """Let a sentence go."""


@contextmanager
def held(
    folders: Mapping[str, Path],
    wait: float = PATIENCE,
    waiting: Callable[[str], None] = unheard,
    work: str = "build",
) -> Iterator[None]:
    """Hold folders, made where they are missing, one after the other; all builds name them in one order.

    They come by what they are called in sentences and on the command line ("store"). `waiting` is told once
    if another run holds one of them, which is taken for one of the same `work`. SiteError where it still does
    after `wait` seconds, or where a folder cannot be made. One that was made and is still empty when the work
    in it fails is removed again.
    """
    if sys.platform == "win32":
        yield
        return
    turn = _Turn(time.monotonic() + wait, waiting, work)
    with ExitStack() as stack:
        for name, folder in folders.items():
            stack.enter_context(_made(name, folder))
            stack.callback(_let_go, turn.taken(name, folder))
        yield


@contextmanager
def _made(name: str, folder: Path) -> Iterator[None]:
    """Make a folder with those above it; if the work then fails, remove those that are empty still."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(name, folder, error) from error
    try:
        yield
    except BaseException:
        with suppress(OSError):
            for each in missing:
                each.rmdir()
        raise


def _let_go(file: int) -> None:
    """Close a folder that was held; it is free then also where the system says that this failed."""
    with suppress(OSError):
        os.close(file)


class _Turn:
    """Waits for its turn, no longer than until a moment of the monotonic clock."""

    def __init__(self, end: float, waiting: Callable[[str], None], work: str) -> None:
        self._end, self._waiting, self._work = end, waiting, work
        self._told = False

    def taken(self, name: str, folder: Path) -> int:
        """Return a folder that is held from now on, open; closing it lets go of it."""
        while True:
            file = self._opened(name, folder)
            if self._is_locked(file) and _is_there(folder, file):
                return file
            os.close(file)
            self._pause(folder)

    def _opened(self, name: str, folder: Path) -> int:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            return os.open(folder, os.O_RDONLY)
        except OSError as error:
            raise _unusable(name, folder, error) from error

    def _is_locked(self, file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                os.close(file)
                raise
        return True

    def _pause(self, folder: Path) -> None:
        if time.monotonic() >= self._end:
            raise SiteError(
                f"another {self._work} is at work in {folder}. Wait until it ends, and {self._work} again."
            )
        if not self._told:
            self._waiting(f"Another {self._work} is at work in {folder}; waiting for it to end.")
            self._told = True
        time.sleep(_STEP)


def _is_there(folder: Path, file: int) -> bool:
    """Tell whether an open folder has its name still: a build may have put another in its place."""
    try:
        return os.path.samestat(folder.stat(), os.fstat(file))
    except FileNotFoundError:
        return False


def _unusable(name: str, folder: Path, error: OSError) -> SiteError:
    reason = error.strerror or str(error)
    return SiteError(f"the {name} {folder} cannot be made: {reason}. Name another: --{name} DIR.")
