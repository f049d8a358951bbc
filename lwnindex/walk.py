"""Everything below a folder, with its name as text."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator

_NEVER = {".git", ".hg", ".svn", ".DS_Store"}
"""What stands in folders that is nobody's article and nobody's file to publish."""


def entries(
    folder: str, *, hidden: bool, but: Collection[str] = ()
) -> Iterator[tuple[os.DirEntry[str] | None, str, OSError | None]]:
    """Yield everything below a folder with its path in it, `hidden` entries if asked, folders included.

    What has one of the paths `but` in the folder is passed over. A folder that cannot be read comes without
    its entry and with the reason.
    """
    waiting = [(folder, "")]
    while waiting:
        place, prefix = waiting.pop()
        try:
            with os.scandir(place) as listed:
                found = sorted(listed, key=lambda one: one.name)
        except OSError as error:
            yield None, prefix, error
            continue
        for entry in found:
            name = entry.name
            if name in _NEVER or (name[0] == "." and not hidden) or (but and prefix + name in but):
                continue
            yield entry, prefix + name, None
            if entry.is_dir(follow_symlinks=False):
                waiting.append((entry.path, f"{prefix}{name}/"))


def text(name: str) -> str:
    """Return a file's name as text; bytes of it that are not UTF-8 are written out in hexadecimal."""
    return name if name.isascii() else os.fsencode(name).decode("utf-8", "backslashreplace")
