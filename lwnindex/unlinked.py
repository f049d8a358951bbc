"""A file is opened by a way on which no link stands, so what is read is what the walk through a folder saw.

No link is ever followed, also none that is put in the place of a file, or of a folder, while a build is at
work: where the kernel says that an open file stands at the place that was meant, there was none; else each
folder of the way is opened from the one above it.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Whoever waits for the other end of a pipe waits for ever.
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
# A folder need not be readable to lead to what is in it.
_PASS = getattr(os, "O_PATH", os.O_RDONLY) | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)
_STEPS = os.open in os.supports_dir_fd
_FILES = "/proc/self/fd"
_TOLD = Path(_FILES).is_dir()
"""Whether the kernel says where an open file stands; to ask takes a third of the time of the steps."""


@contextmanager
def opened(place: str) -> Iterator[int]:
    """Give the regular file at an absolute place, open to be read; OSError where it or its way is another.

    `place` must hold no link, as `os.path.realpath` gives it.
    """
    try:
        file = _asked(place) if _TOLD else _stepped(place) if _STEPS else _checked(place)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENOTDIR):
            raise OSError(error.errno, "a link stands in its place, or leads there", place) from error
        raise OSError(error.errno, error.strerror, place) from error
    try:
        kind = os.fstat(file).st_mode
        if not stat.S_ISREG(kind):
            code = errno.EISDIR if stat.S_ISDIR(kind) else errno.EINVAL
            raise OSError(code, "it is no regular file", place)
        yield file
    finally:
        os.close(file)


def _asked(place: str) -> int:
    """Return a file that stands at a place by no link."""
    file = os.open(place, _READ)
    # A Path would take longer than all the rest.
    if os.readlink(f"{_FILES}/{file}") == place:  # noqa: PTH115
        return file
    os.close(file)
    # It was led elsewhere, or has another name by now.
    return _stepped(place)


def _stepped(place: str) -> int:
    _, *folders, name = place.split("/")
    folder = os.open("/", _PASS)
    try:
        for each in filter(None, folders):
            below = os.open(each, _PASS, dir_fd=folder)
            os.close(folder)
            folder = below
        return os.open(name, _READ, dir_fd=folder)
    finally:
        os.close(folder)


def _checked(place: str) -> int:
    """Return a file where the system knows no way in steps; a link that comes meanwhile is followed."""
    if os.path.realpath(place) != os.path.normpath(place):
        raise OSError(errno.ELOOP, "", place)
    return os.open(place, _READ)
