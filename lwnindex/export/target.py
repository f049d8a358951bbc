"""A file that is made beside its place, and takes it when it is complete."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from lwnindex.disk import DISK, is_file, is_folder, look
from lwnindex.journal import PART, beside
from lwnindex.lock import PATIENCE, held, unheard
from lwnindex.problems import SiteError

MADE = "made"
"""What the new file is called in the folder that it is made in."""


@contextmanager
def replaced(
    target: Path,
    is_ours: Callable[[Path], bool],
    *,
    wait: float = PATIENCE,
    waiting: Callable[[str], None] = unheard,
) -> Iterator[Path]:
    """Give an empty folder; the file `MADE` in it takes the target's place when the block ends well.

    However it ends, the folder is gone then; what a killed process has left of one is dropped by the next.
    SiteError where the target cannot be written, or is a file that is not ours; that stays as it is.
    """
    target = target.resolve()
    folder = Path(beside(target, PART))
    _check(target, is_ours)
    try:
        with held({"output": folder}, wait, waiting):
            try:
                _clear(folder)
                yield folder
                _check(target, is_ours)
                _placed(folder / MADE, target)
            finally:
                _clear(folder)
    except OSError as error:
        reason = f"{error.strerror or error} ({error.filename or target})"
        raise SiteError(f"{target} cannot be written: {reason}. Name another: --output FILE.") from error
    finally:
        with suppress(OSError):
            folder.rmdir()


def _check(target: Path, is_ours: Callable[[Path], bool]) -> None:
    found = look(str(target))
    if found and not (is_file(found) and is_ours(target)):
        raise SiteError(
            f"{target} is there already, and is no such export; it is left alone. "
            "Name another: --output FILE.",
            exit_code=2,
        )


def _clear(folder: Path) -> None:
    """Empty the folder; NotADirectoryError where a link or a file stands in its place."""
    if is_folder(str(folder)):
        for one in folder.iterdir():
            shutil.rmtree(one) if one.is_dir() and not one.is_symlink() else one.unlink()


def _placed(made: Path, target: Path) -> None:
    """Give a file its name, so that either it or what was there before outlasts a loss of power."""
    DISK.sync(str(made))
    os.replace(made, target)  # noqa: PTH105 - Path.replace would not say which of the two failed
    DISK.sync(str(target.parent))
