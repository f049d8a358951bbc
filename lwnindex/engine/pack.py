"""Many values in one file, each with a checksum of its name and its bytes; who asks must know the place.

A value whose bytes changed, or that is asked for by another name, is as good as missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from zlib import crc32

from lwnindex.engine.growing import GrowingFile, UnusableError

_SEAL = 4
_LENGTH_BITS = 28
_LENGTH = (1 << _LENGTH_BITS) - 1
_PLACES = 1 << 64
"""A place is one number, for an index of thousands to be small: where a record begins, and its length."""

_GAP = 1 << 12
_RUN = 1 << 20
"""Records that lie no further apart are read at once, this many bytes at most unless one is longer."""


class Pack:
    """Sealed values in a file that only grows."""

    def __init__(self, path: Path, opened: Callable[[Path], GrowingFile] = GrowingFile) -> None:
        self.path = path
        self._file = opened(path)

    @property
    def size(self) -> int:
        """The number of bytes of all values, those included that nobody knows any more."""
        return self._file.size

    def put(self, values: Mapping[str, bytes]) -> dict[str, int]:
        """Add values and return the place of each."""
        records = [_seal(name, value) + value for name, value in values.items()]
        lengths = [len(record) for record in records]
        if max(lengths, default=0) > _LENGTH:
            raise UnusableError(f"{self.path}: a value is longer than {_LENGTH} bytes")
        return dict(zip(values, self._places(b"".join(records), lengths), strict=True))

    def _places(self, content: bytes, lengths: Iterable[int]) -> list[int]:
        start = self._file.append(content)
        if (start + len(content)) << _LENGTH_BITS >= _PLACES:
            raise UnusableError(f"{self.path}: it has grown too large")
        places = []
        for length in lengths:
            places.append(start << _LENGTH_BITS | length)
            start += length
        return places

    def get(self, name: str, place: int) -> bytes | None:
        """Return the value at a place, or None where it is not the one of this name."""
        record = self._file.read(place >> _LENGTH_BITS, place & _LENGTH)
        value = record[_SEAL:]
        return value if record[:_SEAL] == _seal(name, value) else None

    def some(self, places: Iterable[tuple[str, int]]) -> Iterator[tuple[str, bytes]]:
        """Yield those values that are sound with their names, in the order of their places."""
        for name, record in self._records(places):
            value = bytes(record[_SEAL:])
            if record[:_SEAL] == _seal(name, value):
                yield name, value

    def copy(self, other: Pack, places: Mapping[str, int]) -> dict[str, int]:
        """Add values that stand in another pack, whole as they are, and return the place of each here."""
        found: dict[str, int] = {}
        names: list[str] = []
        batch: list[memoryview] = []
        for name, record in other._records(places.items()):
            names.append(name)
            batch.append(record)
            if len(batch) >= 1000:
                found.update(self._copied(names, batch))
                names, batch = [], []
        found.update(self._copied(names, batch))
        return found

    def _copied(self, names: list[str], batch: list[memoryview]) -> Iterator[tuple[str, int]]:
        return zip(names, self._places(b"".join(batch), map(len, batch)), strict=True)

    def _records(self, places: Iterable[tuple[str, int]]) -> Iterator[tuple[str, memoryview]]:
        """Yield the bytes at each place, fewer where the file ends before."""
        for run in _runs(sorted(places, key=_place)):
            first, last = run[0][1], run[-1][1]
            start = first >> _LENGTH_BITS
            end = (last >> _LENGTH_BITS) + (last & _LENGTH)
            content = memoryview(self._file.read(start, end - start))
            for name, place in run:
                at = (place >> _LENGTH_BITS) - start
                yield name, content[at : at + (place & _LENGTH)]

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def length(places: Iterable[int]) -> int:
    """Return how many bytes the records at these places take."""
    return sum([place & _LENGTH for place in places])


def _place(named: tuple[str, int]) -> int:
    return named[1]


def _runs(ordered: list[tuple[str, int]]) -> Iterator[list[tuple[str, int]]]:
    """Part records, in the order of their places, into those that are read at once."""
    run: list[tuple[str, int]] = []
    begin = end = 0
    for named in ordered:
        start, size = named[1] >> _LENGTH_BITS, named[1] & _LENGTH
        if run and (start > end + _GAP or start + size > begin + _RUN or start < end):
            yield run
            run = []
        if not run:
            begin = start
        run.append(named)
        end = start + size
    if run:
        yield run


def _seal(name: str, value: bytes) -> bytes:
    return crc32(value, crc32(name.encode())).to_bytes(_SEAL, "little")
