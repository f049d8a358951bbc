"""A site becomes files: only what changed is rendered and written, only what we wrote is ever removed.

A file's key says what it shows; while key and stat are those of the last time, it is not touched.
No file is written in place: a new one takes the old one's name when it is whole.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from lwnindex.digest import digest_bytes
from lwnindex.engine.store import Store, Written
from lwnindex.model import Problem
from lwnindex.problems import SiteError, problem

PART = ".lwnindex-part"
"""The ending of a file that is not whole yet."""

_MARKS = (
    b"lwnindex",
    b'{"version": "https://jsonfeed.org/version/1.1"',
    b'"https://jsonfeed.org/version/1.1"',
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
) -> Tally:
    """Bring a folder to the state that `keys` describe; `page` makes the bytes of a path.

    SiteError where the folder cannot be written to; what is there already then stays as it is.
    """
    own = str(output.resolve())
    before = store.written(own)
    due = [
        path for path, key in keys.items() if not _is_current(output, path, key, before.get(path), trust_stat)
    ]
    try:
        output.mkdir(parents=True, exist_ok=True)
        removed, kept_back = _remove(output, [path for path in before if path not in keys], before)
        store.record(own, {}, [*removed, *kept_back])
        return _written(keys, page, output, store, due)._replace(removed=tuple(removed))
    except OSError as error:
        reason = f"{error.strerror or error} ({error.filename or output})"
        raise SiteError(
            f"{output} cannot be written: {reason}. Make room or give the right to write."
        ) from error


def _is_current(output: Path, path: str, key: str, known: Written | None, trust_stat: bool) -> bool:
    """Tell whether a file is still the one that was written for this key."""
    if known is None or known.key != key:
        return False
    place = output / path
    if not trust_stat:
        return place.is_file() and digest_bytes(place.read_bytes()) == known.digest
    return _stat(place) == known.stat


def _stat(place: Path) -> str:
    try:
        seen = os.lstat(place)
    except OSError:
        return ""
    return f"{seen.st_size} {seen.st_mtime_ns} {seen.st_ino}"


def _written(
    keys: Mapping[str, str], page: Callable[[str], bytes], output: Path, store: Store, due: list[str]
) -> Tally:
    own = str(output.resolve())
    before = store.written(own)
    written: list[str] = []
    records: dict[str, Written] = {}
    problems = []
    # What is about to be written is ours from now on, also if the run ends before it is recorded whole.
    store.record(
        own, {path: before.get(path) or Written("", "", "") for path in due if _is_ours(output, path, before)}
    )
    for path in due:
        content, place = page(path), output / path
        if not _is_ours(output, path, before) and not _same(place, content):
            problems.append(_foreign(str(place)))
            continue
        if not _same(place, content):
            _replace(place, content)
            written.append(path)
        records[path] = Written(keys[path], digest_bytes(content), _stat(place))
    store.record(own, records)
    kept = len(keys) - len(written) - len(problems)
    return Tally(tuple(written), kept, (), tuple(problems))


def _is_ours(output: Path, path: str, before: Mapping[str, Written]) -> bool:
    """Tell whether we may write a path: nothing is there, or something that we wrote."""
    place = output / path
    if path in before or not os.path.lexists(place):
        return True
    if not place.is_file() or place.is_symlink():
        return False
    with place.open("rb") as file:
        head = file.read(_HEAD)
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
    part = place.with_name(place.name + PART)
    try:
        part.write_bytes(content)
        part.replace(place)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def _remove(output: Path, gone: list[str], before: Mapping[str, Written]) -> tuple[list[str], list[str]]:
    """Remove files that the site no longer has, and folders left empty; return them, and those kept back.

    A file whose bytes are not those we wrote is somebody's work, and stays.
    """
    removed, kept_back = [], []
    for path in gone:
        place = output / path
        if not os.path.lexists(place):
            kept_back.append(path)
        elif _stat(place) == before[path].stat or _has_digest(place, before[path].digest):
            place.unlink()
            _remove_empty(place.parent, output)
            removed.append(path)
        else:
            kept_back.append(path)
    return removed, kept_back


def _has_digest(place: Path, digest: str) -> bool:
    return place.is_file() and not place.is_symlink() and digest_bytes(place.read_bytes()) == digest


def _remove_empty(folder: Path, output: Path) -> None:
    while folder != output:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def _foreign(place: str) -> Problem:
    return problem(
        "foreign-file",
        place,
        0,
        "a file that this program did not write stands where a page belongs; it was left alone.",
        "Move it to static/ if it is to be published, else remove it, and build again.",
    )
