"""What stands in an output: the files that are ours, and what a killed build has left beside them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from lwnindex.disk import DISK, NOWHERE, Disk, are_inside, is_folder, is_inside, look, stat_from
from lwnindex.engine.store import Store, Written
from lwnindex.journal import FRESH, PART, beside, drop, known_as, recover, tidy
from lwnindex.problems import SiteError


def written(output: Path, store: Store) -> Mapping[str, Written]:
    """Return what was written into an output, by path; not what a store says of places elsewhere."""
    rows = store.written(known_as(output))
    return rows if are_inside(rows) else {path: row for path, row in rows.items() if is_inside(path)}


def intact(output: Path, store: Store) -> int:
    """Return how many files stand in an output as they were written; -1 where one of ours does not."""
    root, before = str(output), written(output, store)
    lstat = os.lstat
    try:
        for path, one in before.items():
            seen = lstat(f"{root}/{path}")
            if (seen.st_size, seen.st_mtime_ns, seen.st_ino) != one.stat:
                return -1
    except OSError:
        return -1
    return len(before)


def resume(output: Path, store: Store, disk: Disk = DISK) -> None:
    """Complete, or drop, what a killed build had begun or was removing, before anything else can fail."""
    with suppress(OSError):
        tidy(output.resolve())
    with told(output):
        recovered(output.resolve(), store, disk)


def recovered(output: Path, store: Store, disk: Disk) -> None:
    """Complete or drop what a killed build has left; files that never came to be there are not ours."""
    tree = beside(output, FRESH)
    if is_folder(tree):
        rows = written(output, store).items()
        never = [path for path, row in rows if stat_from(look(f"{tree}/{path}")) == row.stat != NOWHERE]
        store.record(known_as(output), {}, never)
    recover(output, store, disk)


def unsealed(output: Path, disk: Disk = DISK) -> None:
    """Have nothing done once more: remove the record of what changed that was to last."""
    for part in (beside(output, PART), str(output / PART)):
        drop(part, disk)


@contextmanager
def told(output: Path) -> Iterator[None]:
    """Turn what the disk says into a sentence."""
    try:
        yield
    except OSError as error:
        reason = f"{error.strerror or error} ({error.filename or output})"
        raise SiteError(
            f"{output} cannot be written: {reason}. Make room or give the right to write."
        ) from error


def standing(root: str) -> tuple[dict[str, int], list[str]]:
    """Return all below a folder but folders, with the inode of each, and the folders."""
    found: dict[str, int] = {}
    folders: list[str] = []
    waiting = [""]
    while waiting:
        below = waiting.pop()
        with os.scandir(f"{root}/{below}") as entries:
            for entry in entries:
                path = below + entry.name
                if entry.is_dir(follow_symlinks=False):
                    folders.append(path)
                    waiting.append(f"{path}/")
                else:
                    found[path] = entry.inode()
    return found, folders
