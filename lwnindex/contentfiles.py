"""Files that are written into content folders: one after the other, each whole or not at all.

What an editor made stands there, too, so nothing is written over but what is named.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from lwnindex.disk import DISK, Content, Maker

_NEW = ".lwnindex-new"
"""What a file is called while it is being written; a hidden one is no article."""


def put(place: Path, content: Content) -> None:
    """Write a file, or a copy of one, with the folders it needs, in the place of one that stands there."""
    if not place.parent.is_dir():
        Maker(DISK).folder(str(place.parent))
    new = place.parent / _NEW
    try:
        Maker(DISK).file(str(new), content)
        DISK.sync(str(new))
        DISK.rename(str(new), str(place))
    except OSError:
        with suppress(OSError):
            DISK.unlink(str(new))
        raise


def text_of(place: Path) -> str | None:
    """Return the text of a file, with its line ends as they are; None where there is none."""
    try:
        content = place.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return content.decode("utf-8", "surrogateescape")


def is_inside(place: Path, folder: Path) -> bool:
    """Tell whether a place is in a folder wherever links lead, and is no link itself."""
    return not place.is_symlink() and Path(os.path.realpath(place.parent)).is_relative_to(
        os.path.realpath(folder)
    )
