"""The latest word on named things, in one file that grows: a value replaces, and rows change a table.

Every entry carries checksums. A damaged one takes with it what was said of its name before, so that never
an older word is taken for the latest; where it cannot be told what is damaged, all is forgotten. An entry
that a killed process left unfinished at the end was never said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from enum import IntEnum
from pathlib import Path
from struct import Struct
from typing import Any, NamedTuple, TypeVar
from zlib import crc32

import msgspec

from lwnindex.digest import UNREADABLE
from lwnindex.engine.growing import GrowingFile, UnusableError

V = TypeVar("V")
Rows = tuple[dict[str, V], list[str]]
"""A change of a table: rows to put, and the names of those that go before."""

_HEAD = Struct("<BBIII")
_SEAL = 4
_FIXED = _HEAD.size + _SEAL
_NAME = 255
_LONGEST = _FIXED + _NAME
_SPARE_ROWS = 1000
_SPARE_BYTES = 1 << 16
_RAW = msgspec.msgpack.Decoder(tuple[dict[str, msgspec.Raw], list[str]])
_ENCODE = msgspec.msgpack.Encoder().encode


class NameTooLongError(ValueError):
    """A name has more than 255 bytes."""


class Kind(IntEnum):
    """What an entry does to what was said of its name before."""

    ADD = 0
    REPLACE = 1
    FORGET = 2


class Change(NamedTuple):
    """An entry to be: `name` has at most 255 bytes, `rows` their number."""

    name: str
    kind: Kind
    body: bytes = b""
    rows: int = 0


_MANY = 64
"""Entries that are worth joining to one."""


class _Entry(NamedTuple):
    """Where an entry stands; `start` is its header's, `body` its content's."""

    start: int
    body: int
    end: int
    seal: int
    rows: int


class _Header(NamedTuple):
    name: str
    kind: int
    entry: _Entry


class Log:
    """What was said, by name."""

    def __init__(self, path: Path, opened: Callable[[Path], GrowingFile] = GrowingFile) -> None:
        self.path = path
        self._entries: dict[str, list[_Entry]] = {}
        self._overgrown: set[str] = set()
        self._alone = True
        self._read = 0
        self._part = path.with_name(f"{path.name}.part")
        self._file = opened(path)
        # Left by a process that died over it; where it cannot be removed, it costs room alone.
        if self._file.lasts:
            with suppress(OSError):
                self._part.unlink(missing_ok=True)
        try:
            self._read_headers()
        except ValueError:
            self._begin_again()
        except BaseException:
            self._file.close()
            raise

    def _read_headers(self) -> None:
        """Take in where all entries are, and cut off an unfinished one; ValueError where one is damaged."""
        place, self._end = 0, self._file.size
        while place < self._end:
            header = _header(self._file.read(place, _LONGEST), place)
            if header is None or header.entry.end > self._end:
                self._file.cut(place)
                self._end = place
                break
            self._note(header.name, header.kind, header.entry)
            place = header.entry.end

    def _begin_again(self) -> None:
        self._entries, self._end, self._read = {}, 0, 0
        self._file.begin_again()

    def _note(self, name: str, kind: int, entry: _Entry) -> None:
        self._read += 1
        if kind == Kind.ADD:
            self._entries.setdefault(name, []).append(entry)
        elif kind == Kind.REPLACE:
            self._entries[name] = [entry]
        else:
            self._entries.pop(name, None)

    def names(self) -> tuple[str, ...]:
        """Return the names that something was said of."""
        return tuple(self._entries)

    def value(self, name: str) -> bytes | None:
        """Return the value of a name; None where there is none, or it is damaged."""
        entries = self._entries.get(name)
        return self._body(entries[-1]) if entries else None

    def table(self, name: str, decode: Callable[[bytes], Rows[V]]) -> dict[str, V]:
        """Return the rows of a table; those of a damaged change, and all before it, are left out."""
        entries = self._entries.get(name, [])
        rows: dict[str, V] = {}
        for entry in entries:
            rows = _changed(rows, self._body(entry), decode)
        if sum(entry.rows for entry in entries) > 2 * len(rows) + _SPARE_ROWS:
            self._overgrown.add(name)
        return rows

    def _body(self, entry: _Entry) -> bytes | None:
        body = self._file.read(entry.body, entry.end - entry.body)
        return body if crc32(body) == entry.seal and len(body) == entry.end - entry.body else None

    def add(self, *changes: Change) -> None:
        """Say something, all or none of it unless the process is killed midway; then the first of it."""
        heads = [_head(change) for change in changes]
        parts = [part for head, change in zip(heads, changes, strict=True) for part in (head, change.body)]
        content = b"".join(parts)
        try:
            place = self._file.append(content)
        except UnusableError:
            # What stood behind an unfinished entry could not be understood.
            with suppress(UnusableError):
                self._file.cut(self._end)
            raise
        self._alone = self._alone and place == self._end
        self._end = place + len(content)
        for head, change in zip(heads, changes, strict=True):
            body = place + len(head)
            entry = _Entry(place, body, body + len(change.body), crc32(change.body), change.rows)
            self._note(change.name, change.kind, entry)
            place = entry.end

    def close(self) -> None:
        """Let go of the file; where more than half of it no longer counts, what counts is written anew."""
        if self._file.lasts:
            with suppress(UnusableError, OSError):
                self._fold()
                self._shrink()
        self._file.close()

    def _fold(self) -> None:
        """Say tables anew that were said in many changes, or in changes of many more rows than they have."""
        long = {name for name, entries in self._entries.items() if len(entries) > _MANY}
        for name in (self._overgrown & self._entries.keys()) | long:
            rows = self.table(name, _RAW.decode)
            self.add(rows_change(name, rows, kind=Kind.REPLACE))
        self._overgrown = set()

    def _shrink(self) -> None:
        """Put a file of the entries that count into the place of one that is mostly of others."""
        entries = sorted(entry for each in self._entries.values() for entry in each)
        counts = sum(entry.end - entry.start for entry in entries)
        # Another process that appended meanwhile has said what is not known here.
        alone = self._alone and self._file.size == self._end
        # Each entry costs a reading when the file is opened, also one that no longer counts.
        few = self._read <= 2 * len(entries) + _MANY and self._end <= 2 * counts + _SPARE_BYTES
        if few or not alone:
            return
        try:
            self._part.unlink(missing_ok=True)
            # A link that came meanwhile is not followed.
            with self._part.open("xb") as file:
                file.write(b"".join(self._kept(entries)))
            self._file.close()
            self._part.replace(self.path)
        finally:
            self._part.unlink(missing_ok=True)

    def _kept(self, entries: Iterable[_Entry]) -> Iterator[bytes]:
        return (self._file.read(entry.start, entry.end - entry.start) for entry in entries)


def rows_change(name: str, put: Mapping[str, Any], gone: Iterable[str] = (), kind: Kind = Kind.ADD) -> Change:
    """Return the change that first takes rows away and then puts some."""
    away = list(gone)
    return Change(name, kind, _ENCODE((put, away)), len(put) + len(away))


def _changed(rows: dict[str, V], body: bytes | None, decode: Callable[[bytes], Rows[V]]) -> dict[str, V]:
    if body is None:
        return {}
    try:
        put, gone = decode(body)
    except UNREADABLE:
        return {}
    if not rows:
        return put
    for name in gone:
        rows.pop(name, None)
    rows.update(put)
    return rows


def _head(change: Change) -> bytes:
    name = change.name.encode()
    if len(name) > _NAME:
        raise NameTooLongError(change.name)
    fields = _HEAD.pack(change.kind, len(name), len(change.body), crc32(change.body), change.rows)
    return fields + _seal(fields + name) + name


def _header(head: bytes, place: int) -> _Header | None:
    """Return what a header at a place says, None where it is unfinished; ValueError where it is damaged."""
    if len(head) < _FIXED:
        return None
    kind, named, size, seal, rows = _HEAD.unpack_from(head)
    name = head[_FIXED : _FIXED + named]
    if len(name) < named:
        return None
    if head[_HEAD.size : _FIXED] != _seal(head[: _HEAD.size] + name):
        raise ValueError(place)
    body = place + _FIXED + named
    return _Header(name.decode(), kind, _Entry(place, body, body + size, seal, rows))


def _seal(content: bytes) -> bytes:
    return crc32(content).to_bytes(_SEAL, "little")
