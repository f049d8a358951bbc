"""Disks that fail, or end their process, at the n-th thing asked of them; and a user without rights."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from lwnindex.disk import Disk
from lwnindex.engine.store import Store


class Counting(Disk):
    """Calls `reached` with the number and the name of each operation, before it is done."""

    def __init__(self, reached: Callable[[int, str], None]) -> None:
        self._reached = reached
        self.count = 0

    def _next(self, name: str) -> None:
        self.count += 1
        self._reached(self.count - 1, name)

    def create(self, place: str) -> int:
        self._next("create")
        return super().create(place)

    def append(self, file: int, content: bytes) -> None:
        """Write in two halves, with a moment between them."""
        self._next("append")
        middle = len(content) // 2
        super().append(file, content[:middle])
        self._next("append")
        super().append(file, content[middle:])

    def close(self, file: int) -> None:
        """Close, and then do what is to be done at this moment, as a close that fails does."""
        super().close(file)
        self._next("close")

    def mkdir(self, place: str) -> None:
        self._next("mkdir")
        super().mkdir(place)

    def chmod(self, place: str, mode: int) -> None:
        self._next("chmod")
        super().chmod(place, mode)

    def chown(self, place: str, user: int, group: int) -> None:
        self._next("chown")
        super().chown(place, user, group)

    def rename(self, old: str, new: str) -> None:
        self._next("rename")
        super().rename(old, new)

    def exchange(self, one: str, other: str) -> None:
        self._next("exchange")
        super().exchange(one, other)

    def link(self, old: str, new: str) -> None:
        self._next("link")
        super().link(old, new)

    def symlink(self, target: str, place: str) -> None:
        self._next("symlink")
        super().symlink(target, place)

    def unlink(self, place: str) -> None:
        self._next("unlink")
        super().unlink(place)

    def rmdir(self, place: str) -> None:
        self._next("rmdir")
        super().rmdir(place)

    def sync(self, place: str) -> None:
        self._next("sync")
        super().sync(place)

    def sync_all(self, folder: str) -> None:
        self._next("sync_all")
        super().sync_all(folder)


def dying(moment: int) -> Counting:
    """Return a disk that kills its process at a moment, as `kill -9` does."""

    def reached(count: int, _name: str) -> None:
        if count == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    return Counting(reached)


def failing(moment: int, code: int) -> Counting:
    """Return a disk that fails at a moment, as the kernel does with this code."""

    def reached(count: int, name: str) -> None:
        if count == moment:
            raise OSError(code, os.strerror(code), name)

    return Counting(reached)


@contextmanager
def unprivileged_folder() -> Iterator[Path]:
    """Give a folder that everyone may write to, and meanwhile no right beyond those of everyone."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        with closing(Store(Path(folder) / "warm-up")):
            pass
        root = os.geteuid() == 0
        if root:
            os.seteuid(65534)
        try:
            yield Path(folder)
        finally:
            if root:
                os.seteuid(0)
