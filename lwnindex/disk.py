"""The disk as a build changes it: fourteen plain operations, and what can be seen without changing anything.

All that is done to an output goes through a `Disk`, so a test can end or fail a build at each of them.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path, PurePath

from lwnindex.digest import digest_bytes, digest_pieces
from lwnindex.problems import SiteError
from lwnindex.unlinked import opened

Content = bytes | Path
"""What goes into a file: bytes, or a file to be copied."""

Stat = tuple[int, ...]
"""What a file looks like from outside: it differs where the file was changed or replaced."""

NOWHERE: Stat = ()
"""The stat of what is not there."""

_PIECE = 1 << 20
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_STAYS = {errno.ENOTEMPTY, errno.EEXIST, errno.EACCES, errno.EPERM, errno.EBUSY}
"""What is said of a folder that is not empty, or not ours to remove."""

_ODD = ("//", "/./", "/../", *(("\\", ":") if os.name == "nt" else ()))
"""What is in a path, with a slash before and behind, that may lead elsewhere."""

_HERE = -100
_EXCHANGE = 2
"""What renameat2(2) knows as AT_FDCWD and RENAME_EXCHANGE."""

_EFFECTIVE = os.access in os.supports_effective_ids


class Disk:
    """Does what it is asked; OSError where that cannot be done."""

    def create(self, place: str) -> int:
        """Return a new file, open to be written; FileExistsError where anything stands there, also a link."""
        return os.open(place, _NEW, 0o666)

    def append(self, file: int, content: bytes) -> None:
        """Write all of `content` at the end of an open file."""
        done = os.write(file, content)
        while done < len(content):
            done += os.write(file, memoryview(content)[done:])

    def close(self, file: int) -> None:
        """Close a file."""
        os.close(file)

    def mkdir(self, place: str) -> None:
        """Make a folder."""
        os.mkdir(place)

    def chmod(self, place: str, mode: int) -> None:
        """Give a file or a folder other rights."""
        os.chmod(place, mode)

    def chown(self, place: str, user: int, group: int) -> None:
        """Give a file or a folder another owner, or another group; -1 leaves either as it is."""
        os.chown(place, user, group)

    def rename(self, old: str, new: str) -> None:
        """Give a file, or a folder, another name, in the place of the file or empty folder that has it."""
        os.replace(old, new)

    def exchange(self, one: str, other: str) -> None:
        """Have two things change places, so that neither is ever missing; ENOSYS where a system cannot."""
        import ctypes

        libc = None if os.name == "nt" else ctypes.CDLL(None, use_errno=True)
        renameat2 = getattr(libc, "renameat2", None)
        if renameat2 is None:
            raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), one)
        if renameat2(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE):
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code), one)

    def link(self, old: str, new: str) -> None:
        """Give a file one more name, a hard link; of a symbolic link it is one more name of that."""
        os.link(old, new, follow_symlinks=os.link not in os.supports_follow_symlinks)

    def symlink(self, target: str, place: str) -> None:
        """Make a symbolic link."""
        os.symlink(target, place)

    def unlink(self, place: str) -> None:
        """Remove a file."""
        os.unlink(place)

    def rmdir(self, place: str) -> None:
        """Remove an empty folder."""
        os.rmdir(place)

    def sync(self, place: str) -> None:
        """Return when a file, or a folder's list of names, would outlast a loss of power."""
        if os.name == "nt":
            return  # There only a file that is open to be written can be synced.
        file = os.open(place, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)

    def sync_all(self, folder: str) -> None:
        """Return when everything in a folder's file system would outlast a loss of power."""
        if os.name == "nt":
            return
        import ctypes

        syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
        if syncfs is None:
            os.sync()
            return
        file = os.open(folder, os.O_RDONLY)
        try:
            if syncfs(file):
                code = ctypes.get_errno()
                raise OSError(code, os.strerror(code), folder)
        finally:
            os.close(file)


DISK = Disk()


class Maker:
    """Makes new files, with the folders that they need; it remembers which folders there are."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        self._folders: set[str] = set()

    def folder(self, place: str) -> None:
        """Make a folder, and those above it, where they are missing."""
        if place in self._folders:
            return
        try:
            self._disk.mkdir(place)
        except FileExistsError:
            pass
        except FileNotFoundError:
            self.folder(os.path.dirname(place))
            # Another process may be as far.
            with suppress(FileExistsError):
                self._disk.mkdir(place)
        self._folders.add(place)

    def file(self, place: str, content: Content, digest: str = "") -> tuple[str, Stat]:
        """Make a file and return the digest of its bytes, and its stat; `digest` is that of given bytes."""
        self.folder(parent(place))
        file = self._created(place)
        try:
            if isinstance(content, bytes):
                self._disk.append(file, content)
                own = digest or digest_bytes(content)
            else:
                own = digest_pieces(self._appended(file, content))
            seen = os.fstat(file)
        finally:
            self._disk.close(file)
        return own, stat_from(seen)

    def _created(self, place: str) -> int:
        try:
            return self._disk.create(place)
        except FileExistsError:
            # Left by a process that died over it.
            self._disk.unlink(place)
            return self._disk.create(place)

    def _appended(self, file: int, source: Path) -> Iterator[bytes]:
        for piece in pieces(source):
            self._disk.append(file, piece)
            yield piece


class Above:
    """A folder and those above it, made where they are missing."""

    def __init__(self, folder: Path, disk: Disk) -> None:
        self._disk = disk
        self._missing = [str(each) for each in (folder, *folder.parents) if look(str(each)) is None]
        if self._missing:
            Maker(disk).folder(str(folder))

    def undo(self) -> None:
        """Remove those that were made."""
        for folder in self._missing:
            self._disk.rmdir(folder)


def pieces(source: Path) -> Iterator[bytes]:
    """Yield the bytes of a file that is to be copied; SiteError where it cannot be, or a link leads to it."""
    try:
        with opened(os.path.abspath(source)) as file:
            while piece := os.read(file, _PIECE):
                yield piece
    except OSError as error:
        raise _unread(source, error) from error


def _unread(source: Path, error: OSError) -> SiteError:
    fix = "Give the right to read it." if isinstance(error, PermissionError) else "Build again."
    return SiteError(f"{source} cannot be read: {error.strerror}. {fix}")


def content_size(content: Content) -> int:
    """Return how many bytes are to go into a file; SiteError where they cannot be read."""
    if isinstance(content, bytes):
        return len(content)
    try:
        return content.lstat().st_size
    except OSError as error:
        raise _unread(content, error) from error


def content_digest(content: Content) -> str:
    """Return the digest of what is to go into a file."""
    return digest_bytes(content) if isinstance(content, bytes) else digest_pieces(pieces(content))


class Folders:
    """Which folders are, or can become, a tree's own: no link leads there, and no file stands in the way.

    `going` are the files that are to be removed: they stand in nothing's way.
    """

    def __init__(self, root: str, going: frozenset[str] = frozenset()) -> None:
        self._going = going
        self._own = {root: True}
        self._open = {""}

    def is_own(self, folder: str) -> bool:
        """Tell whether a folder somewhere below the root is, or can become, one of its own."""
        if folder not in self._own:
            self._own[folder] = self._is_free(folder) and self.is_own(parent(folder))
        return self._own[folder]

    def _is_free(self, folder: str) -> bool:
        found = look(folder)
        return found is None or stat.S_ISDIR(found.st_mode) or folder in self._going

    def check_right(self, folder: str) -> None:
        """Raise PermissionError where we may not change what a folder holds, or may not make it."""
        if folder in self._open:
            return
        if not os.path.isdir(folder):
            self.check_right(os.path.dirname(folder))
        elif not may_change(folder):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), folder)
        self._open.add(folder)


def may_change(folder: str) -> bool:
    """Tell whether we may change what a folder holds."""
    return os.access(folder, os.W_OK | os.X_OK, effective_ids=_EFFECTIVE)


def parent(place: str) -> str:
    """Return the folder that a place below another is in, as `os.path.dirname` does, but fast."""
    return place.rpartition("/")[0]


def is_inside(path: str) -> bool:
    """Tell whether a path leads below the root that it is put behind, and is written in one way alone."""
    parts = path.split("/")
    return "\0" not in path and ".." not in parts and PurePath(path).parts == tuple(parts) != ("",)


def are_inside(paths: Iterable[str]) -> bool:
    """Tell whether all paths lead below a root, fast enough for thousands."""
    all_paths = list(paths)
    text = "/" + "/\0/".join(all_paths) + "/"
    # Of the careful test 10,000 paths would be noticed.
    if text.count("\0") < len(all_paths) and not any(odd in text for odd in _ODD):
        return True
    return all(map(is_inside, all_paths))


def prune(folder: str, root: str, disk: Disk) -> None:
    """Remove a folder, and those above it up to the root, as far as they are empty."""
    while folder != root:
        try:
            disk.rmdir(folder)
        except FileNotFoundError:
            pass
        except OSError as error:
            if error.errno not in _STAYS:
                raise
            return
        folder = parent(folder)


def look(place: str) -> os.stat_result | None:
    """Return what stands at a place, a link as such; None where nothing does."""
    try:
        return os.lstat(place)
    except (FileNotFoundError, NotADirectoryError):
        return None


def stat_from(found: os.stat_result | None) -> Stat:
    """Return the stat of what was seen."""
    return (found.st_size, found.st_mtime_ns, found.st_ino) if found else NOWHERE


def is_file(found: os.stat_result | None) -> bool:
    """Tell whether a regular file was seen."""
    return found is not None and stat.S_ISREG(found.st_mode)


def is_folder(place: str) -> bool:
    """Tell whether a folder stands at a place; NotADirectoryError where a link or a file does."""
    found = look(place)
    if found and not stat.S_ISDIR(found.st_mode):
        reason = "a link or a file, which was left alone, stands where only a folder of ours may"
        raise NotADirectoryError(errno.ENOTDIR, reason, place)
    return found is not None


def has_digest(place: str, digest: str) -> bool:
    """Tell whether a file's bytes have a digest; not where it cannot be read."""
    try:
        with Path(place).open("rb", buffering=0) as file:
            return digest_pieces(iter(lambda: file.read(_PIECE), b"")) == digest
    except OSError:
        return False
