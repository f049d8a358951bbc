"""A store that somebody looks into, and may even work with, without a byte of it being changed.

What is put into a borrowed store stands in files without names, which are gone with the process that has them
open, however it ends; so nothing of it is left.
"""

from __future__ import annotations

import os
import tempfile
from io import FileIO
from pathlib import Path

from lwnindex.engine.growing import GrowingFile, opened, unusable
from lwnindex.engine.store import Store


class BorrowedFile(GrowingFile):
    """A file as it is, empty where there is none, with a tail of one's own."""

    lasts = False

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._base = None if path.is_symlink() else _found(path)
            self._kept = os.fstat(self._base.fileno()).st_size if self._base else 0
            self._tail = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - `close` closes it
        except OSError as error:
            raise unusable(path, error) from error

    @property
    def size(self) -> int:
        """The number of bytes of both."""
        return self._kept + self._length

    @property
    def _length(self) -> int:
        return os.fstat(self._tail.fileno()).st_size

    def read(self, start: int, length: int) -> bytes:
        """Return the bytes at a place, fewer where the file ends before."""
        try:
            found = self._of_base(start, min(length, self._kept - start)) if start < self._kept else b""
            rest = length - len(found)
            return found + os.pread(self._tail.fileno(), rest, max(start - self._kept, 0)) if rest else found
        except OSError as error:
            raise unusable(self.path, error) from error

    def _of_base(self, start: int, length: int) -> bytes:
        return os.pread(self._base.fileno(), length, start) if self._base else b""

    def append(self, content: bytes) -> int:
        """Put content behind all that is there, and return its place."""
        place, at, rest = self.size, self._length, memoryview(content)
        try:
            while rest:
                count = os.pwrite(self._tail.fileno(), rest, at)
                at, rest = at + count, rest[count:]
        except OSError as error:
            raise unusable(self.path, error) from error
        return place

    def cut(self, size: int) -> None:
        """Let the file end at a place."""
        try:
            os.ftruncate(self._tail.fileno(), max(size - self._kept, 0))
        except OSError as error:
            raise unusable(self.path, error) from error
        self._kept = min(self._kept, size)

    def begin_again(self) -> None:
        """Take the file for an empty one."""
        self.cut(0)

    def close(self) -> None:
        """Let go of the file, and of what was appended."""
        self._tail.close()
        if self._base:
            self._base.close()


def _found(path: Path) -> FileIO | None:
    """Return a file to be read; None where there is none."""
    try:
        return FileIO(path, "r", opener=opened)
    except FileNotFoundError:
        return None


class BorrowedStore(Store):
    """A store to work with that stays, for all others, what it is; a missing one is an empty one."""

    _opened = BorrowedFile
