"""Files of an editor's rewritten, all or none, also after a kill: staged, sealed by a record, then renamed.

Before the record is whole, no file has changed. From then on there are only renames, which the next command
does again from the start. A file that somebody else has changed meanwhile is never written over.

Nobody but who may write to a store need have sealed what lies there, so a record is carried out only as far
as a renaming of topics could have left it: sources in the content folders, staged where those are staged.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from lwnindex.config import Found
from lwnindex.digest import decoded, digest_bytes
from lwnindex.disk import DISK, Disk, Maker, has_digest, is_file, is_folder, look, parent
from lwnindex.folders import check_content
from lwnindex.journal import sealed
from lwnindex.lock import held
from lwnindex.problems import SiteError
from lwnindex.settings import SUFFIXES

PART = "rewriting"
"""The folder of what is staged, in the store."""

_NEAR = ".lwnindex-rewriting"
"""The same beside a file that is in another file system; a hidden folder holds no article."""

_RECORD = "record-1"
_FOLDERS = "folders-1"
_DIGEST = 32
_SOURCES = (*SUFFIXES, ".toml")
"""How the names of sources end that a renaming may concern."""


class Rewrite(NamedTuple):
    """What a file is to hold, and what it held when it was read; nothing where there was none."""

    before: bytes | None
    after: bytes


class Change(msgspec.Struct, frozen=True):
    """A file that is to be replaced by a staged one, with the digests of both; none of one that is new."""

    place: str
    staged: str
    before: str
    after: str


def rewrite(store: Path, files: Mapping[str, Rewrite], disk: Disk = DISK) -> None:
    """Rewrite the files at these places, all or none; the store must be held, and `complete` have run.

    SiteError where a file changed since it was read, or the disk fails: then nothing has changed, or, when
    it fails in the very end, the next command goes on with it.
    """
    part = store / PART
    changes = tuple(_changes(part, files))
    try:
        _stage(part, changes, files, disk)
        _check(changes)
        _write(part / _RECORD, msgspec.msgpack.encode(changes), disk)
    except BaseException as error:
        with suppress(OSError):
            _drop(part, disk)
        if isinstance(error, OSError):
            reason = error.strerror or str(error)
            if _read(part / _RECORD) is not None:
                raise SiteError(f"no file was rewritten yet: {reason}. The next command goes on.") from error
            raise SiteError(f"the files cannot be rewritten: {reason}. Nothing was changed.") from error
        raise
    try:
        _complete(part, changes, disk)
    except OSError as error:
        reason = error.strerror or str(error)
        raise SiteError(f"some files were not rewritten yet: {reason}. The next command goes on.") from error


def complete(store: Path, content: Sequence[Path], disk: Disk = DISK) -> tuple[str, ...]:
    """Complete or drop what a command that was killed has left; return the files changed since by others.

    SiteError where that concerns anything but sources in the `content` folders, or is not to be understood.
    """
    part = store / PART
    if look(str(part)) is None:
        return ()
    record, near = _read(part / _RECORD), _read(part / _FOLDERS)
    changes = () if record is None else decoded(record, tuple[Change, ...])
    folders = () if near is None else decoded(near, tuple[str, ...])
    allowed = _Allowed(part, [folder.resolve() for folder in content])
    if not (is_folder(str(part)) and changes is not None and allowed.all_of(changes, folders)):
        raise SiteError(f"{part} holds what no renaming of topics has left there. Remove it.")
    if record is None:
        _drop(part, disk)
        return ()
    return _complete(part, changes, disk)


def completed(found: Found) -> Found:
    """Return a configuration after completing what a command that was killed has left in its folders."""
    store = (found.root / found.config.store).resolve()
    if (store / PART).exists():
        with held({"store": store}):
            complete(store, check_content(found))
    return found


# Before the record -------------------------------------------------------------------------------


def _changes(part: Path, files: Mapping[str, Rewrite]) -> Iterator[Change]:
    device = _device(part.parent)
    for number, (place, content) in enumerate(sorted(files.items())):
        folder = part if _device(Path(place).parent) == device else Path(place).parent / _NEAR
        before = "" if content.before is None else digest_bytes(content.before)
        yield Change(place, str(folder / f"{number}"), before, digest_bytes(content.after))


def _device(folder: Path) -> int:
    """Return the file system of a folder, or of the one that it will be made in."""
    while not folder.exists():
        folder = folder.parent
    return folder.stat().st_dev


def _stage(part: Path, changes: Sequence[Change], files: Mapping[str, Rewrite], disk: Disk) -> None:
    Maker(disk).folder(str(part))
    folders = sorted({parent(one.staged) for one in changes} - {str(part)})
    _write(part / _FOLDERS, msgspec.msgpack.encode(folders), disk)
    maker = Maker(disk)
    for one in changes:
        maker.file(one.staged, files[one.place].after)
        _like(one)
        disk.sync(one.staged)
    for folder in folders:
        disk.sync(folder)


def _like(change: Change) -> None:
    """Give a staged file the rights of the one it is to replace and, where that may be, its owner."""
    found = look(change.place)
    if found is None:
        return
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(change.staged, found.st_uid, found.st_gid)
    Path(change.staged).chmod(found.st_mode & 0o7777)


def _check(changes: Sequence[Change]) -> None:
    changed = next((one.place for one in changes if not _is_as_read(one)), None)
    if changed:
        raise SiteError(f"{changed} was changed meanwhile. Nothing was written; do it again.")


def _is_as_read(change: Change) -> bool:
    found = look(change.place)
    if not change.before or found is None:
        return not change.before and found is None
    return is_file(found) and has_digest(change.place, change.before)


def _write(place: Path, content: bytes, disk: Disk) -> None:
    Maker(disk).file(str(place), sealed(content))
    disk.sync(str(place))
    disk.sync(str(place.parent))


def _read(place: Path) -> bytes | None:
    """Return what was written under a seal; None where that is not whole."""
    try:
        content = place.read_bytes()
    except FileNotFoundError:
        return None
    return content[_DIGEST:] if content == sealed(content[_DIGEST:]) else None


# What a record may say ---------------------------------------------------------------------------


class _Allowed(NamedTuple):
    """Where files may be staged, and the content folders (or files) in which some may be replaced."""

    part: Path
    content: Sequence[Path]

    def all_of(self, changes: Sequence[Change], folders: Sequence[str] | None) -> bool:
        """Tell whether these may be changed, and these folders may hold what is staged."""
        named = [*(folders or ()), *(each for one in changes for each in (one.place, one.staged))]
        if folders is None or any("\0" in each for each in named) or not all(map(self._is_near, folders)):
            return False
        return all(self._is_source(one.place) and self._is_staged(one) for one in changes)

    def _is_near(self, folder: str) -> bool:
        own = Path(folder)
        return own.name == _NEAR and not own.is_symlink() and self._is_inside(own.parent)

    def _is_source(self, place: str) -> bool:
        own = Path(place)
        is_named = own.name.lower().endswith(_SOURCES) and not own.name.startswith(".")
        return is_named and (own in self.content or self._is_inside(own.parent))

    def _is_staged(self, change: Change) -> bool:
        own, near = Path(change.staged), Path(change.place).parent / _NEAR
        found = look(change.staged)
        is_there = own.parent == self.part or (own.parent == near and not near.is_symlink())
        return own.name.isdecimal() and is_there and (found is None or is_file(found))

    def _is_inside(self, folder: Path) -> bool:
        # A link in between leads where it leads.
        real = Path(os.path.realpath(folder))
        return any(real.is_relative_to(one) for one in self.content)


# After the record --------------------------------------------------------------------------------


def _complete(part: Path, changes: Sequence[Change], disk: Disk) -> tuple[str, ...]:
    """Do what a record says, be it for the second time; return the files that others have changed."""
    foreign = tuple(one.place for one in changes if not _put(one, disk))
    for folder in sorted({parent(one.place) for one in changes}):
        with suppress(FileNotFoundError):
            disk.sync(folder)
    _drop(part, disk)
    return foreign


def _put(change: Change, disk: Disk) -> bool:
    """Give a staged file its place; tell whether it stands there."""
    if look(change.staged) is None:
        return True
    if _is_as_read(change):
        disk.rename(change.staged, change.place)
        return True
    return has_digest(change.place, change.after)


def _drop(part: Path, disk: Disk) -> None:
    """Remove what is staged, the record first."""
    near = decoded(_read(part / _FOLDERS), list[str]) or []
    for place in (part / _RECORD, part / _FOLDERS):
        for folder in near if place.name == _FOLDERS else ():
            _empty(Path(folder), disk)
        if look(str(place)) is not None:
            disk.unlink(str(place))
    _empty(part, disk)


def _empty(folder: Path, disk: Disk) -> None:
    """Remove a folder with the files in it that are named as staged ones are."""
    if look(str(folder)) is None:
        return
    for one in tuple(folder.iterdir()):
        if one.name.isdecimal():
            disk.unlink(str(one))
    disk.rmdir(str(folder))
