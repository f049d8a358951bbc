"""A site becomes files: only what changed is rendered and written, only what we wrote is ever removed.

A file's key says what it shows; while key and stat are those of the last time, it is not touched.
No file is written in place: a new one takes the old one's name when it is whole.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from lwnindex.digest import digest_bytes
from lwnindex.engine.store import Store, Written
from lwnindex.model import Problem
from lwnindex.problems import SiteError, problem

PART = ".lwnindex-part"
"""How the name of a file that is not whole yet begins."""

# JSON Feed names no generator; beginning so, with an indentation of one space, is a habit of ours.
_MARKS = (
    b"Made by lwnindex",
    b'name="generator" content="lwnindex"',
    b">lwnindex</generator>",
    b'{\n "version": "https://jsonfeed.org/version/1.1"',
)
_HEAD = 4096


class Tally(NamedTuple):
    """What a write did, in paths: written, kept, removed; and the problems it met."""

    written: tuple[str, ...]
    kept: int
    removed: tuple[str, ...]
    problems: tuple[Problem, ...]


def write(
    keys: Mapping[str, str],
    page: Callable[[str], bytes],
    output: Path,
    store: Store,
    *,
    trust_stat: bool = True,
    trust_key: bool = True,
) -> Tally:
    """Bring a folder to the state that `keys` describe; `page` makes the bytes of a path.

    Without `trust_key` every page is made, without `trust_stat` every file is read: neither changes the end.
    SiteError where the folder cannot be written to; what is there already then stays as it is.
    """
    own = _name(output)
    before = store.written(own)
    try:
        last = before if trust_key else {}
        known = ((path, key, last.get(path)) for path, key in keys.items())
        due = [path for path, key, one in known if not _is_current(output / path, key, one, trust_stat)]
        output.mkdir(parents=True, exist_ok=True)
        removed, kept_back = _remove(output, [path for path in before if path not in keys], before)
        store.record(own, {}, [*removed, *kept_back])
        left = tuple(_left(output / path) for path in kept_back if os.path.lexists(output / path))
        tally = _written(keys, page, output, store, due)
        return tally._replace(removed=tuple(removed), problems=(*left, *tally.problems))
    except OSError as error:
        reason = f"{error.strerror or error} ({error.filename or output})"
        raise SiteError(
            f"{output} cannot be written: {reason}. Make room or give the right to write."
        ) from error


def _name(output: Path) -> str:
    """Return what a store knows an output by, whatever bytes are in its name."""
    return os.fsencode(output.resolve()).decode("utf-8", "backslashreplace")


def _is_current(place: Path, key: str, last: Written | None, trust_stat: bool) -> bool:
    """Tell whether a file is still the one that was written for this key."""
    if last is None or last.key != key:
        return False
    return _stat(place) == last.stat if trust_stat else _has_digest(place, last.digest)


def _stat(place: Path) -> str:
    try:
        seen = os.lstat(place)
    except OSError:
        return ""
    return f"{seen.st_size} {seen.st_mtime_ns} {seen.st_ino}"


def _written(
    keys: Mapping[str, str], page: Callable[[str], bytes], output: Path, store: Store, due: list[str]
) -> Tally:
    own = _name(output)
    before = store.written(own)
    written: list[str] = []
    records: dict[str, Written] = {}
    problems = []
    folders = {output: True}
    free = {path for path in due if _is_free(output / path, path in before, folders)}
    # What is about to be written is ours from now on, also if the run ends before it is recorded whole.
    store.record(own, {path: before.get(path) or Written("", "", "") for path in due if path in free})
    try:
        for path in due:
            content, place = page(path), output / path
            same = _same(place, content)
            if path not in free and not same:
                problems.append(_foreign(str(place)))
                continue
            if not same:
                _replace(place, content)
                written.append(path)
            records[path] = Written(keys[path], digest_bytes(content), _stat(place))
    finally:
        # A build that ends midway has still written what it has written.
        store.record(own, records)
    kept = len(keys) - len(written) - len(problems)
    return Tally(tuple(written), kept, (), tuple(problems))


def _is_free(place: Path, known: bool, folders: dict[Path, bool]) -> bool:
    """Tell whether we may write a place: nothing is there, or a file that we wrote."""
    if not _is_inside(place.parent, folders):
        return False
    try:
        kind = place.lstat().st_mode
    except FileNotFoundError:
        return True
    return stat.S_ISREG(kind) and (known or _is_marked(place))


def _is_inside(folder: Path, folders: dict[Path, bool]) -> bool:
    """Tell whether a folder is, or can be made, one of the output's own: no link, and no file in its way.

    `folders` are those already known, the output among them.
    """
    if folder not in folders:
        try:
            own = stat.S_ISDIR(folder.lstat().st_mode)
        except (FileNotFoundError, NotADirectoryError):
            own = True
        folders[folder] = own and _is_inside(folder.parent, folders)
    return folders[folder]


def _is_marked(place: Path) -> bool:
    try:
        with place.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return False
    return any(mark in head for mark in _MARKS)


def _same(place: Path, content: bytes) -> bool:
    try:
        return (
            place.stat().st_size == len(content) and not place.is_symlink() and place.read_bytes() == content
        )
    except OSError:
        return False


def _replace(place: Path, content: bytes) -> None:
    """Write a file beside its place, whole, and give it the name."""
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_name(f"{PART}-{os.getpid()}")
    try:
        part.write_bytes(content)
        part.replace(place)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _remove(output: Path, gone: list[str], before: Mapping[str, Written]) -> tuple[list[str], list[str]]:
    """Remove files that the site no longer has, and folders left empty; return them, and those kept back.

    A file whose bytes are not those we wrote is somebody's work, and stays.
    """
    removed, kept_back = [], []
    folders = {output: True}
    for path in gone:
        place = output / path
        if _is_inside(place.parent, folders) and _is_unchanged(place, before[path]):
            place.unlink()
            _remove_empty(place.parent, output)
            removed.append(path)
        else:
            kept_back.append(path)
    return removed, kept_back


def _is_unchanged(place: Path, last: Written) -> bool:
    seen = _stat(place)
    return bool(seen) and (seen == last.stat or _has_digest(place, last.digest))


def _has_digest(place: Path, digest: str) -> bool:
    try:
        return stat.S_ISREG(place.lstat().st_mode) and digest_bytes(place.read_bytes()) == digest
    except OSError:
        return False


def _remove_empty(folder: Path, output: Path) -> None:
    while folder != output:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def _left(place: Path) -> Problem:
    message = "the site no longer has this page, but it was changed by hand; it was left alone."
    return problem("kept-file", str(place), 0, message, "Move what you need of it elsewhere, and remove it.")


def _foreign(place: str) -> Problem:
    return problem(
        "foreign-file",
        place,
        0,
        "a file that this program did not write stands where a page belongs; it was left alone.",
        "Move it to static/ if it is to be published, else remove it, and build again.",
    )
