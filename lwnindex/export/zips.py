"""Zip archives as bytes that depend on nothing but what is put into them (PKWARE's APPNOTE 6.3.10).

The standard library's writer takes no file that is deflated already, and here workers deflate. Names and
contents come in, in order; all entries have one time and one mode. ZIP64's fields stand only where needed.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO, NamedTuple

MADE_BY = b"Made by lwnindex"
"""The comment of our archives, by which they are known."""

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_END_64 = struct.Struct("<4sQ2H2I4Q")
_LOCATOR = struct.Struct("<4sIQI")

_DEFLATE = 8
_UTF_8 = 1 << 11
_UNIX = 3 << 8
_FILE = 0o100644 << 16
_PLAIN, _LARGE = 20, 45
"""The versions of the format: deflate needs the first, ZIP64 the second."""

_LEVEL = 9
_ROOM = 1 << 16


class Limits(NamedTuple):
    """What the plain fields of an archive can hold."""

    size: int = 0xFFFFFFFF
    entries: int = 0xFFFF


class _Entry(NamedTuple):
    name: bytes
    flags: int
    check: int
    packed: int
    size: int
    start: int


class Zip:
    """An archive that grows in an open file, from its start."""

    def __init__(self, file: BinaryIO, moment: datetime, limits: Limits = Limits()) -> None:  # noqa: B008
        self._file = file
        self._time, self._date = _dos(moment)
        self._limits = limits
        self._entries: list[_Entry] = []

    def add(self, name: str, content: bytes, check: int, size: int) -> None:
        """Add a file that is deflated already; `check` and `size` are those of the plain bytes."""
        entry = _Entry(*_encoded(name), check, len(content), size, self._file.tell())
        self._file.write(self._local(entry, large=max(entry.packed, size) >= self._limits.size) + content)
        self._entries.append(entry)

    def add_pieces(self, name: str, pieces: Iterator[bytes], size: int) -> None:
        """Add a file of about this size, piece by piece."""
        # What does not compress becomes longer by some bytes a block.
        large = size + size // 1000 + _ROOM >= self._limits.size
        entry = _Entry(*_encoded(name), 0, 0, 0, self._file.tell())
        self._file.write(self._local(entry, large=large))
        entry = self._deflated(entry, pieces)
        end = self._file.tell()
        self._file.seek(entry.start)
        self._file.write(self._local(entry, large=large))
        self._file.seek(end)
        self._entries.append(entry)

    def _deflated(self, entry: _Entry, pieces: Iterator[bytes]) -> _Entry:
        stream = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        start, check, size = self._file.tell(), 0, 0
        for piece in pieces:
            check, size = zlib.crc32(piece, check), size + len(piece)
            self._file.write(stream.compress(piece))
        self._file.write(stream.flush())
        return entry._replace(check=check, packed=self._file.tell() - start, size=size)

    def close(self) -> None:
        """Write the directory, which makes the archive whole."""
        start = self._file.tell()
        for entry in self._entries:
            self._file.write(self._central(entry))
        self._file.write(self._end(start, self._file.tell() - start))

    def _local(self, entry: _Entry, *, large: bool) -> bytes:
        sizes = struct.pack("<2H2Q", 1, 16, entry.size, entry.packed) if large else b""
        packed, size = (0xFFFFFFFF, 0xFFFFFFFF) if large else (entry.packed, entry.size)
        version = _LARGE if large else _PLAIN
        fields = (version, entry.flags, _DEFLATE, self._time, self._date, entry.check, packed, size)
        return _LOCAL.pack(b"PK\3\4", *fields, len(entry.name), len(sizes)) + entry.name + sizes

    def _central(self, entry: _Entry) -> bytes:
        values = (entry.size, entry.packed, entry.start)
        beyond = [value for value in values if value >= self._limits.size]
        size, packed, start = (value if value < self._limits.size else 0xFFFFFFFF for value in values)
        more = struct.pack(f"<2H{len(beyond)}Q", 1, 8 * len(beyond), *beyond) if beyond else b""
        version = _LARGE if beyond else _PLAIN
        fields = (_UNIX | version, version, entry.flags, _DEFLATE, self._time, self._date, entry.check)
        lengths = (len(entry.name), len(more), 0, 0, 0)
        return _CENTRAL.pack(b"PK\1\2", *fields, packed, size, *lengths, _FILE, start) + entry.name + more

    def _end(self, start: int, size: int) -> bytes:
        count = len(self._entries)
        beyond = count >= self._limits.entries or max(start, size) >= self._limits.size
        counts = (0xFFFF, 0xFFFF) if beyond else (count, count)
        place = (0xFFFFFFFF, 0xFFFFFFFF) if beyond else (size, start)
        plain = _END.pack(b"PK\5\6", 0, 0, *counts, *place, len(MADE_BY)) + MADE_BY
        return (_end_64(count, start, size) if beyond else b"") + plain


def _end_64(count: int, start: int, size: int) -> bytes:
    """Return ZIP64's end of the directory, and the record that says where that is."""
    length = _END_64.size - 12
    versions = (_UNIX | _LARGE, _LARGE)
    record = _END_64.pack(b"PK\6\6", length, *versions, 0, 0, count, count, size, start)
    return record + _LOCATOR.pack(b"PK\6\7", 0, start + size, 1)


def _encoded(name: str) -> tuple[bytes, int]:
    """Return a name as it stands in the archive, and the flags that say how."""
    return name.encode(), 0 if name.isascii() else _UTF_8


def _dos(moment: datetime) -> tuple[int, int]:
    """Return a time as MS-DOS has it: from 1980 to 2107, by two seconds."""
    if moment.year < 1980:
        return 0, 1 << 5 | 1
    if moment.year > 2107:
        return _dos(moment.replace(year=2107, month=12, day=31))
    time = moment.hour << 11 | moment.minute << 5 | moment.second // 2
    return time, (moment.year - 1980) << 9 | moment.month << 5 | moment.day
