"""What workers do when a site is written: paths go in by the batch, files stand on disk, rows come back.

The bytes of a file never leave the worker that made them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from lwnindex.disk import (
    NOWHERE,
    Content,
    Disk,
    Folders,
    Maker,
    Stat,
    content_digest,
    content_size,
    has_digest,
    is_file,
    look,
    parent,
    stat_from,
)
from lwnindex.engine.store import DamagedError, UnusableError, Written
from lwnindex.journal import staged
from lwnindex.model import Problem
from lwnindex.problems import SiteError, failure, problem

# JSON Feed names no generator; beginning so, with an indentation of one space, is a habit of ours.
_MARKS = (
    b"Made by lwnindex",
    b'name="generator" content="lwnindex"',
    b">lwnindex</generator>",
    b'{\n "version": "https://jsonfeed.org/version/1.1"',
)
_HEAD = 4096


class Made(NamedTuple):
    """What a path's file shall be.

    `key` is the digest of all that it shows; `content` its bytes, a file to be copied, or None where the key
    is that of the last time; `note` is handed back to the caller in its own process. The key of a file to be
    copied is the digest of its bytes: it is known by that of those that were copied.
    """

    key: str
    content: Content | None
    note: bytes = b""


Make = Callable[[str, str], Made]
"""Makes a path's file, if its key is not the one given; "" is no file's key. It runs in a worker."""


class Row(NamedTuple):
    """What a worker did for a path; those that are kept as they are have none.

    `late` tells of a file to be copied that was another one by then than that of its key.
    """

    path: str
    did: Literal["written", "same", "foreign"]
    written: Written
    new: bool = False
    late: bool = False


Rows = tuple[list[Row], dict[str, bytes], dict[str, str]]
"""The rows of a batch, its notes by path, and how making a page failed, by path."""

_NOT_OF_A_PAGE = (OSError, DamagedError, UnusableError, SiteError)
"""What has to do with the disk, the store or the whole site, and ends a build."""


class _FailedError(Exception):
    """Making a page failed; says how."""


def _page(make: Make, path: str, last: str) -> Made:
    """Return what is made of a path; _FailedError where that fails for this page only."""
    try:
        return make(path, last)
    except _NOT_OF_A_PAGE:
        raise
    except Exception as error:
        raise _FailedError(failure(error)) from error


class Tree:
    """Writes files into a whole tree; every worker has a copy of its own."""

    def __init__(self, make: Make, tree: str, disk: Disk) -> None:
        self._make, self._tree = make, tree
        self._maker = Maker(disk)

    def __call__(self, paths: Sequence[str]) -> Rows:
        """Make the files of a batch."""
        rows: list[Row] = []
        notes: dict[str, bytes] = {}
        failed: dict[str, str] = {}
        for path in paths:
            try:
                made = _page(self._make, path, "")
            except _FailedError as error:
                failed[path] = str(error)
                continue
            assert made.content is not None, path
            own, seen = self._maker.file(f"{self._tree}/{path}", made.content)
            rows.append(Row(path, "written", _recorded(made, own, seen), late=_is_late(made, own)))
            if made.note:
                notes[path] = made.note
        return rows, notes, failed


class Changes:
    """Makes files and stages those that change; every worker has a copy of its own.

    `root` is the output, `part` where to stage; `going` are the files that will be removed.
    """

    def __init__(
        self,
        make: Make,
        root: str,
        part: str,
        *,
        before: Mapping[str, Written],
        going: frozenset[str],
        disk: Disk,
        trust_stat: bool,
        trust_key: bool,
    ) -> None:
        self._make, self._root, self._part = make, root, part
        self._before, self._going = before, going
        self._trust_stat, self._trust_key = trust_stat, trust_key
        self._folders, self._maker = Folders(root, going), Maker(disk)

    def __call__(self, paths: Sequence[str]) -> Rows:
        """Make the files of a batch."""
        rows: list[Row] = []
        notes: dict[str, bytes] = {}
        failed: dict[str, str] = {}
        for path in paths:
            place = f"{self._root}/{path}"
            found = look(place)
            try:
                made = _page(self._make, path, self._key(place, self._before.get(path), found))
            except _FailedError as error:
                failed[path] = str(error)
                continue
            if made.content is not None:
                rows.append(self._row(path, made, found))
            if made.note:
                notes[path] = made.note
        return rows, notes, failed

    def _key(self, place: str, last: Written | None, found: os.stat_result | None) -> str:
        """Return the key of the file that stands there, "" where it is not the one that we wrote."""
        if last is None or found is None or not self._trust_key:
            return ""
        if self._trust_stat:
            return last.key if stat_from(found) == last.stat else ""
        return last.key if is_file(found) and has_digest(place, last.digest) else ""

    def _row(self, path: str, made: Made, found: os.stat_result | None) -> Row:
        """Stage what was made for a path, unless that is what stands there, or somebody else's file does."""
        assert made.content is not None, path
        place, last = f"{self._root}/{path}", self._before.get(path)
        own = content_digest(made.content) if _has_size(found, made.content) else ""
        if own and found and self._is_same(place, own, found, last):
            return Row(path, "same", _recorded(made, own, stat_from(found)), late=_is_late(made, own))
        folder = parent(place)
        if not self._folders.is_own(folder) or not self._is_free(place, found, last):
            return Row(path, "foreign", Written(made.key, "", NOWHERE))
        self._folders.check_right(folder)
        own, seen = self._staged(path, made.content, own)
        late = _is_late(made, own)
        return Row(path, "written", _recorded(made, own, seen), new=not is_file(found), late=late)

    def _staged(self, path: str, content: Content, digest: str) -> tuple[str, Stat]:
        """Have a file stand where it waits for its place; return its digest and its stat."""
        return self._maker.file(staged(self._part, path), content, digest)

    def _is_same(self, place: str, digest: str, found: os.stat_result, last: Written | None) -> bool:
        """Tell whether the bytes of what was seen at a place have a digest."""
        if last and self._trust_stat and self._trust_key and stat_from(found) == last.stat:
            return digest == last.digest
        return has_digest(place, digest)

    def _is_free(self, place: str, found: os.stat_result | None, last: Written | None) -> bool:
        """Tell whether we may write a place: nothing is there, or a file that we wrote."""
        if found is None or self._is_emptied(place):
            return True
        return is_file(found) and (last is not None or is_marked(Path(place)))

    def _is_emptied(self, place: str) -> bool:
        """Tell whether a folder will be gone when the files are that are to be removed."""
        if not self._going or os.path.islink(place) or not os.path.isdir(place):
            return False
        tree = list(os.walk(place))
        linked = any(os.path.islink(f"{base}/{name}") for base, folders, _ in tree for name in folders)
        inside = {f"{base}/{name}" for base, _, names in tree for name in names}
        return not linked and inside <= self._going and bool(inside)


class Foreseen(Changes):
    """Makes files only to tell which of them would change."""

    def _staged(self, _path: str, content: Content, digest: str) -> tuple[str, Stat]:
        return digest or content_digest(content), NOWHERE


def _recorded(made: Made, digest: str, seen: Stat) -> Written:
    """Return what a file is to be known by: one that was copied by its bytes, which may be others by now."""
    return Written(digest if _is_late(made, digest) else made.key, digest, seen)


def _is_late(made: Made, digest: str) -> bool:
    return isinstance(made.content, Path) and digest != made.key


def _has_size(found: os.stat_result | None, content: Content) -> bool:
    return found is not None and is_file(found) and found.st_size == content_size(content)


def is_marked(place: Path) -> bool:
    """Tell whether a file says that this program made it."""
    try:
        with place.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return False
    return any(mark in head for mark in _MARKS)


# What is told ------------------------------------------------------------------------------------


def left(place: str) -> Problem:
    """Return what is told of a file that the site no longer has and that is not as we wrote it."""
    message = "the site no longer has this page, but it was changed by hand; it was left alone."
    return problem("kept-file", place, 0, message, "Move what you need of it elsewhere, and remove it.")


def foreign(place: str) -> Problem:
    """Return what is told of somebody's file in a page's place."""
    return problem(
        "foreign-file",
        place,
        0,
        "a file that this program did not write stands where a page belongs; it was left alone.",
        "Move it to static/ if it is to be published, else remove it, and build again.",
    )


def crashed(place: str, how: str) -> Problem:
    """Return what is told of a page whose making failed, or over which a worker died."""
    message = f"the program failed on this page: {how}. What stood there stays."
    return problem("crash", place, 0, message, "Please report it; the rest is published.")
