"""What earlier builds found out, in one SQLite file: results by key, blobs by digest, and what was written.

Deleting it costs time, never content. Every row carries a checksum of its name and value, so a damaged one
is as good as missing; a damaged file gives way to an empty one. Nothing in it is code, and a store of
another format has another name and is left alone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from lwnindex.digest import digest_bytes

FORMAT = 1
_CHECK = 8
_SCHEMA = """
CREATE TABLE IF NOT EXISTS results (key TEXT PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS blobs (digest TEXT PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS hints (
    file TEXT PRIMARY KEY, stat TEXT NOT NULL, digest TEXT NOT NULL, seal INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS written (
    output TEXT NOT NULL, path TEXT NOT NULL, key TEXT NOT NULL, digest TEXT NOT NULL, stat TEXT NOT NULL,
    seal INTEGER NOT NULL, PRIMARY KEY (output, path)
) WITHOUT ROWID;
"""
_ELSEWHERE = {
    *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR),
    *(sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_NOMEM),
}
"""What SQLite fails with where the cause lies outside the file, which may be sound."""


class DamagedError(Exception):
    """What the store holds is not what was put there; what is left of it is sound, so begin again."""


class UnusableError(Exception):
    """The store cannot be used now: it is locked, on a full disk, or without the right to write."""


class Written(NamedTuple):
    """A file of an output: the key of what it shows, the digest of its bytes, and its stat when written."""

    key: str
    digest: str
    stat: str


class Store:
    """A store in a folder of its own; it is made when it is first needed."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / f"store-{FORMAT}.sqlite3"
        try:
            self._connection = self._open()
        except DamagedError:
            self._set_aside()
            self._connection = self._open()

    def _open(self) -> sqlite3.Connection:
        with _named(self.path):
            connection = sqlite3.connect(self.path, timeout=60)
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = NORMAL")
                connection.executescript(_SCHEMA)
            except (sqlite3.DatabaseError, UnicodeDecodeError):
                connection.close()
                raise
            return connection

    def _set_aside(self) -> None:
        """Take a file that is no sound SQLite database out of the way, and what SQLite keeps beside it."""
        for ending in ("", "-wal", "-shm", "-journal"):
            try:
                self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
            except OSError as error:
                raise UnusableError(f"{self.path}: {error.strerror or error}") from error

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """Give the connection; where the file turns out damaged, an empty one takes its place."""
        try:
            with _named(self.path):
                yield self._connection
        except DamagedError:
            self._connection.close()
            self._set_aside()
            self._connection = self._open()
            raise

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Give the connection for changes that are made all or not at all."""
        with self._reading() as connection, connection:
            yield connection

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def results(self) -> dict[str, bytes]:
        """Return every result that is sound, by its key."""
        with self._reading() as connection:
            rows = connection.execute("SELECT key, value FROM results")
            sound = ((key, _unsealed(key, value)) for key, value in rows)
            return {key: value for key, value in sound if value is not None}

    def digests(self) -> set[str]:
        """Return the names of all blobs."""
        with self._reading() as connection:
            return {digest for (digest,) in connection.execute("SELECT digest FROM blobs")}

    def keep(self, results: Mapping[str, bytes], blobs: Mapping[str, bytes]) -> None:
        """Add results and the blobs that they name, all or none."""
        with self._writing() as connection:
            connection.executemany("INSERT OR REPLACE INTO blobs VALUES (?, ?)", blobs.items())
            sealed = ((key, _sealed(key, value)) for key, value in results.items())
            connection.executemany("INSERT OR REPLACE INTO results VALUES (?, ?)", sealed)

    def blob(self, digest: str) -> bytes:
        """Return the blob of this name; DamagedError where it is missing or its bytes are others."""
        with self._reading() as connection:
            row = connection.execute("SELECT value FROM blobs WHERE digest = ?", (digest,)).fetchone()
        if row is None or not isinstance(row[0], bytes) or digest_bytes(row[0]) != digest:
            raise DamagedError(digest)
        return row[0]

    def sweep(self, results: Iterable[str], blobs: Iterable[str]) -> None:
        """Forget all results and blobs but these."""
        with self._writing() as connection:
            keys = connection.execute("SELECT key FROM results").fetchall()
            connection.executemany("DELETE FROM results WHERE key = ?", _gone(keys, set(results)))
            digests = connection.execute("SELECT digest FROM blobs").fetchall()
            connection.executemany("DELETE FROM blobs WHERE digest = ?", _gone(digests, set(blobs)))

    def forget_results(self) -> None:
        """Forget all results and blobs, but not what was written."""
        self.sweep((), ())

    def hints(self) -> dict[str, tuple[str, str]]:
        """Return for each file its stat and its digest when it was last read."""
        with self._reading() as connection:
            rows = connection.execute("SELECT seal, file, stat, digest FROM hints")
            return {
                file: (stat, digest) for seal, file, stat, digest in rows if seal == _seal(file, stat, digest)
            }

    def remember_hints(self, hints: Mapping[str, tuple[str, str]]) -> None:
        """Put these hints in the place of all others."""
        with self._writing() as connection:
            connection.execute("DELETE FROM hints")
            rows = ((file, *hint, _seal(file, *hint)) for file, hint in hints.items())
            connection.executemany("INSERT INTO hints VALUES (?, ?, ?, ?)", rows)

    def written(self, output: str) -> dict[str, Written]:
        """Return what was written into an output folder, by path."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT seal, path, key, digest, stat FROM written WHERE output = ?", (output,)
            )
            return {path: Written(*rest) for seal, path, *rest in rows if seal == _seal(output, path, *rest)}

    def record(self, output: str, written: Mapping[str, Written], removed: Sequence[str] = ()) -> None:
        """Note what was written into an output folder and what was removed from it."""
        with self._writing() as connection:
            connection.executemany(
                "DELETE FROM written WHERE output = ? AND path = ?", _each(output, removed)
            )
            rows = ((output, path, *one, _seal(output, path, *one)) for path, one in written.items())
            connection.executemany("INSERT OR REPLACE INTO written VALUES (?, ?, ?, ?, ?, ?)", rows)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Tell SQLite's errors apart: those that speak of a damaged file from those that do not."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise
    # SQLite's own sentence about a damaged file may hold bytes of it that are no text.
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        # The low byte is the code, the others its kinds; what Python itself raises has none.
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _ELSEWHERE:
            raise UnusableError(f"{path}: {error}") from error
        raise DamagedError(f"{path}: {error}") from error


def _each(output: str, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((output, path) for path in paths)


def _gone(rows: Iterable[tuple[str]], wanted: set[str]) -> list[tuple[str]]:
    return [row for row in rows if row[0] not in wanted]


def _sealed(key: str, value: bytes) -> bytes:
    return _check(key, value) + value


def _unsealed(key: object, value: object) -> bytes | None:
    """Return a value without its checksum, or None where it is not the one that was kept for the key."""
    if not isinstance(value, bytes):
        return None
    check, content = value[:_CHECK], value[_CHECK:]
    return content if _check(key, content) == check else None


def _check(key: object, value: bytes) -> bytes:
    return blake2b(value, digest_size=_CHECK, key=str(key).encode()[:64]).digest()


def _seal(*columns: str) -> int:
    """Return the checksum of a row; short, since thousands are read where nothing has changed."""
    return crc32("\n".join(map(str, columns)).encode())
