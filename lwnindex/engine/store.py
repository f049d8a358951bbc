"""What earlier builds found out, in one SQLite file: results by key, blobs by digest, and what was written.

Deleting it costs time, never content. Every value carries a checksum, so a damaged one is as good as
missing; nothing in it is code, and a store of another format has another name and is left alone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from lwnindex.digest import digest_bytes

FORMAT = 1
_CHECK = 8
_SCHEMA = """
CREATE TABLE IF NOT EXISTS results (key TEXT PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS blobs (digest TEXT PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS hints (file TEXT PRIMARY KEY, stat TEXT NOT NULL, digest TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS written (
    output TEXT NOT NULL, path TEXT NOT NULL, key TEXT NOT NULL, digest TEXT NOT NULL, stat TEXT NOT NULL,
    PRIMARY KEY (output, path)
) WITHOUT ROWID;
"""


class DamagedError(Exception):
    """A blob that a result names is missing or not what its name says."""


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
        except sqlite3.DatabaseError:
            self._set_aside()
            self._connection = self._open()

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=60)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.executescript(_SCHEMA)
        return connection

    def _set_aside(self) -> None:
        """Take a file that is no SQLite database out of the way."""
        for each in self.path.parent.glob(f"{self.path.name}*"):
            each.unlink()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def results(self) -> dict[str, bytes]:
        """Return every result that is sound, by its key."""
        rows = self._connection.execute("SELECT key, value FROM results")
        sound = ((key, _unsealed(value)) for key, value in rows)
        return {key: value for key, value in sound if value is not None}

    def digests(self) -> set[str]:
        """Return the names of all blobs."""
        return {digest for (digest,) in self._connection.execute("SELECT digest FROM blobs")}

    def keep(self, results: Mapping[str, bytes], blobs: Mapping[str, bytes]) -> None:
        """Add results and the blobs that they name, all or none."""
        with self._connection as connection:
            connection.executemany("INSERT OR REPLACE INTO blobs VALUES (?, ?)", blobs.items())
            sealed = ((key, _sealed(value)) for key, value in results.items())
            connection.executemany("INSERT OR REPLACE INTO results VALUES (?, ?)", sealed)

    def blob(self, digest: str) -> bytes:
        """Return the blob of this name; DamagedError where it is missing or its bytes are others."""
        row = self._connection.execute("SELECT value FROM blobs WHERE digest = ?", (digest,)).fetchone()
        if row is None or digest_bytes(row[0]) != digest:
            raise DamagedError(digest)
        return bytes(row[0])

    def sweep(self, results: Iterable[str], blobs: Iterable[str]) -> None:
        """Forget all results and blobs but these."""
        with self._connection as connection:
            keys = connection.execute("SELECT key FROM results").fetchall()
            connection.executemany("DELETE FROM results WHERE key = ?", _gone(keys, set(results)))
            digests = connection.execute("SELECT digest FROM blobs").fetchall()
            connection.executemany("DELETE FROM blobs WHERE digest = ?", _gone(digests, set(blobs)))

    def forget_results(self) -> None:
        """Forget all results and blobs, but not what was written."""
        self.sweep((), ())

    def hints(self) -> dict[str, tuple[str, str]]:
        """Return for each file its stat and its digest when it was last read."""
        rows = self._connection.execute("SELECT file, stat, digest FROM hints")
        return {file: (stat, digest) for file, stat, digest in rows}

    def remember_hints(self, hints: Mapping[str, tuple[str, str]]) -> None:
        """Put these hints in the place of all others."""
        with self._connection as connection:
            connection.execute("DELETE FROM hints")
            rows = ((file, *hint) for file, hint in hints.items())
            connection.executemany("INSERT INTO hints VALUES (?, ?, ?)", rows)

    def written(self, output: str) -> dict[str, Written]:
        """Return what was written into an output folder, by path."""
        rows = self._connection.execute(
            "SELECT path, key, digest, stat FROM written WHERE output = ?", (output,)
        )
        return {path: Written(*rest) for path, *rest in rows}

    def record(self, output: str, written: Mapping[str, Written], removed: Sequence[str] = ()) -> None:
        """Note what was written into an output folder and what was removed from it."""
        with self._connection as connection:
            connection.executemany(
                "DELETE FROM written WHERE output = ? AND path = ?", _each(output, removed)
            )
            rows = ((output, path, *one) for path, one in written.items())
            connection.executemany("INSERT OR REPLACE INTO written VALUES (?, ?, ?, ?, ?)", rows)


def _each(output: str, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((output, path) for path in paths)


def _gone(rows: Iterable[tuple[str]], wanted: set[str]) -> list[tuple[str]]:
    return [row for row in rows if row[0] not in wanted]


def _sealed(value: bytes) -> bytes:
    return blake2b(value, digest_size=_CHECK).digest() + value


def _unsealed(value: bytes) -> bytes | None:
    """Return a value without its checksum, or None where they do not belong together."""
    check, content = value[:_CHECK], value[_CHECK:]
    return content if blake2b(content, digest_size=_CHECK).digest() == check else None
