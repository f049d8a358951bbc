"""A private folder for a preview: its site and its store. It goes when the preview does, or soon after.

What a killed one has left is removed by the next: a folder of ours, by its owner, its rights and what it
holds, whose lock nobody has any more. The kernel lets go of a lock when the last process of a preview ends.
"""

from __future__ import annotations

import os
import shutil
import signal
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

from lwnindex.disk import Disk
from lwnindex.lock import held
from lwnindex.problems import SiteError

_PREFIX = "lwnindex-serve-"
_OWNER = "owner"
_NEW = "owner.new"
_PRIVATE = 0o700

_PATIENCE = 1.0
"""Seconds for which is waited until the folder is gone."""


class Passing(Disk):
    """Waits for nothing to outlast a loss of power: what it writes is gone then anyway."""

    def sync(self, place: str) -> None:
        """Wait for nothing."""

    def sync_all(self, folder: str) -> None:
        """Wait for nothing."""


@contextmanager
def room() -> Iterator[Path]:
    """Give a folder that nobody else can look into, and remove it with all that it holds."""
    tidy(Path(tempfile.gettempdir()))
    folder = Path(os.path.realpath(tempfile.mkdtemp(prefix=_PREFIX)))
    own = os.getpid()
    lock = _locked(folder)
    try:
        yield folder
    finally:
        # A process that was forked may come here as well, when it is interrupted.
        if os.getpid() == own:
            _removed(folder)
        os.close(lock)


def _removed(folder: Path) -> None:
    """Remove a folder; where that takes long, nobody waits for the process that goes on with it."""
    pid = os.fork()
    if not pid:  # pragma: no cover - a process of its own leaves without saving what it covered
        _remove(folder)
    end = time.monotonic() + _PATIENCE
    while os.waitpid(pid, os.WNOHANG) == (0, 0) and time.monotonic() < end:
        time.sleep(_PATIENCE / 100)


def _remove(folder: Path) -> NoReturn:  # pragma: no cover - the same
    """Remove a folder, whatever becomes of the terminal; this process has its lock, too, until it ends."""
    try:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        nowhere = os.open(os.devnull, os.O_RDWR)
        # Who reads what a preview says waits until nobody can say any more.
        for stream in range(3):
            os.dup2(nowhere, stream)
        # What says whose it is goes last: the next one finds by it what is left if this is ended.
        for below in filter(Path.is_dir, folder.iterdir()):
            shutil.rmtree(below, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os._exit(0)


def _locked(folder: Path) -> int:
    """Put what says that a folder is in use into it, and return it, locked."""
    import fcntl

    file = os.open(folder / _NEW, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    fcntl.flock(file, fcntl.LOCK_EX)
    (folder / _NEW).rename(folder / _OWNER)
    return file


def tidy(folder: Path) -> None:
    """Remove what previews have left there that were killed."""
    with suppress(OSError):
        for each in folder.glob(f"{_PREFIX}*"):
            with suppress(OSError):
                _tidy(each)


def _tidy(folder: Path) -> None:
    import fcntl

    seen = folder.lstat()
    is_ours = stat.S_ISDIR(seen.st_mode) and stat.S_IMODE(seen.st_mode) == _PRIVATE
    if not is_ours or seen.st_uid != os.getuid():
        return
    file = os.open(folder / _OWNER, os.O_RDWR | os.O_NOFOLLOW)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(file)


def copied_store(own: Path, to: Path) -> bool:
    """Copy the store of a site, which is only read, so that a preview need not begin with nothing.

    Tell whether there was one that nobody works in.
    """
    if not own.is_dir():
        return False
    try:
        with held({"store": own}, wait=0, work="preview"):
            to.mkdir()
            for each in own.iterdir():
                if each.name.startswith("store-") and each.is_file() and not each.is_symlink():
                    shutil.copyfile(each, to / each.name)
    except (OSError, SiteError, shutil.Error):
        shutil.rmtree(to, ignore_errors=True)
        return False
    return True
