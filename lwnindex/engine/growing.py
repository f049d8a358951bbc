"""A file that only grows: content goes to its end and is read back by its place."""

from __future__ import annotations

import errno
import os
import stat
import sys
from io import FileIO
from pathlib import Path

_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


class UnusableError(Exception):
    """The store cannot be used now: it is on a full disk, say, or without the right to write."""


class GrowingFile:
    """A file, made when it is missing, that several processes may append to.

    A link in its place gives way to a new file; what it leads to is neither read nor changed.

    Reading moves nothing that processes share, so a child made by fork may read while its parent does.
    """

    lasts = True
    """Whether what is appended is there for whoever comes next."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            if path.is_symlink():
                path.unlink()
            self._file = FileIO(path, "a+", opener=opened)
        except OSError as error:
            raise unusable(path, error) from error

    @property
    def size(self) -> int:
        """The number of bytes that the file has now."""
        try:
            return os.fstat(self._file.fileno()).st_size
        except OSError as error:
            raise unusable(self.path, error) from error

    def read(self, start: int, length: int) -> bytes:
        """Return the bytes at a place, fewer where the file ends before."""
        try:
            if sys.platform == "win32":
                self._file.seek(start)
                return self._file.read(length)
            # One call gives at most 2 GiB; what lacks then is as good as damaged.
            return os.pread(self._file.fileno(), length, start)
        except OSError as error:
            raise unusable(self.path, error) from error

    def append(self, content: bytes) -> int:
        """Put content behind all that is there, and return its place.

        A failure may leave a part of it. Where another process appends in between, the place is wrong:
        what is kept here carries checksums.
        """
        rest = memoryview(content)
        try:
            while rest:
                rest = rest[self._file.write(rest) or 0 :]
            return self._file.seek(0, os.SEEK_CUR) - len(content)
        except OSError as error:
            raise unusable(self.path, error) from error

    def cut(self, size: int) -> None:
        """Let the file end at a place."""
        try:
            self._file.truncate(size)
        except OSError as error:
            raise unusable(self.path, error) from error

    def begin_again(self) -> None:
        """Have an empty file in the place of this one; whoever has that open keeps it."""
        self.close()
        try:
            self.path.unlink(missing_ok=True)
            self._file = FileIO(self.path, "a+", opener=opened)
        except OSError as error:
            raise unusable(self.path, error) from error

    def close(self) -> None:
        """Let go of the file; UnusableError where what was appended may not be there."""
        try:
            self._file.close()
        except OSError as error:
            raise unusable(self.path, error) from error


def opened(path: str, flags: int) -> int:
    """Open a regular file; OSError where anything else stands there, also a link."""
    file = os.open(path, flags | _NO_LINK, 0o666)
    if stat.S_ISREG(os.fstat(file).st_mode):
        return file
    os.close(file)
    raise OSError(errno.EINVAL, "it is no regular file", path)


def unusable(path: Path, error: OSError) -> UnusableError:
    """Return what to raise for a failure that speaks of the disk and not of what is on it."""
    return UnusableError(f"{path}: {error.strerror or error}")
