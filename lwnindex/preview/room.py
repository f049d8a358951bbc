"""A private folder for a preview: its site and its store. It goes when the preview does.

What a killed one has left is removed by the next: a folder of ours, by its owner, its rights and what it
holds, whose lock nobody has any more. The kernel lets go of a lock when the last process of a preview ends.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from lwnindex.disk import Disk
from lwnindex.lock import held
from lwnindex.problems import SiteError

_PREFIX = "lwnindex-serve-"
_OWNER = "owner"
_NEW = "owner.new"
_PRIVATE = 0o700


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
            shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


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
