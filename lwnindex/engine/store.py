"""What earlier builds found out, in a log and a pack: results by key, blobs by digest, and what was written.

The pack holds the bytes of results, blobs and parts, the log says where they are, and all else. Parts are
what would be too large to be read as one note; no sweep forgets them. Deleting log and pack costs time, never
content. Everything carries a checksum of its name and value, so what is damaged by accident is as good as
missing. A store of another format has other names and is left alone.

Nothing in a store is code, and reading it runs none. But results are known by their inputs and not signed:
who can write to a store can seal anew what it holds. Such a one can choose what is published, words and
markup, hide that a file has changed, have files of the output removed that he knows, waste time and memory.
What he cannot do is checked elsewhere: have a build write outside its output (`writing.py`), or fail over
values that no build makes (`storing.py`). So use no store of somebody whose texts you would not publish.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Annotated, NamedTuple

from msgspec import Meta
from msgspec.msgpack import Decoder

from lwnindex.digest import digest_bytes
from lwnindex.engine.growing import GrowingFile, UnusableError
from lwnindex.engine.log import Change, Kind, Log, rows_change
from lwnindex.engine.pack import Pack, length

__all__ = ["FORMAT", "DamagedError", "Hint", "Store", "UnusableError", "Written"]

FORMAT = 2
_PACK = "pack"
_KINDS = ("results/", "blobs/", "parts/")
_HINTS = "hints"
_NOTE = "note/"
_SPARE = 1 << 20
"""Bytes of garbage in a pack that are not worth writing it anew."""


class DamagedError(Exception):
    """What the store holds is not what was put there; what is left of it is sound, so begin again."""


class Hint(NamedTuple):
    """What a file was when it was last read: its stat, times in nanoseconds, and the digest of its bytes."""

    size: int
    mtime: int
    ctime: int
    inode: int
    digest: str


class Written(NamedTuple):
    """A file of an output: the key of what it shows, the digest of its bytes, and its stat when written.

    The stat is the caller's, any whole numbers; empty where it is not known.
    """

    key: str
    digest: str
    stat: tuple[int, ...]


_Place = Annotated[int, Meta(ge=0)]
_places = Decoder(tuple[dict[str, _Place], list[str]]).decode
_hints = Decoder(tuple[dict[str, Hint], list[str]]).decode
_written = Decoder(tuple[dict[str, Written], list[str]]).decode


class Store:
    """A store in a folder of its own; it is made when it is first needed.

    A process made by fork may go on reading results and blobs (`known`, `some`, `digests`, `blob`) of the
    store that its parent has open, while the parent does what it likes; it sees those that were there when
    it was made. All else, `close` too, is the parent's.
    """

    _opened: type[GrowingFile] = GrowingFile
    """How the files of a store are opened."""

    def __init__(self, folder: Path) -> None:
        if self._opened.lasts:
            folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / f"store-{FORMAT}.log"
        self._log = Log(self.path, self._opened)
        self._swept = False
        try:
            self._pack = self._known_pack() or self._new_pack()
        except BaseException:
            self._log.close()
            raise

    def _known_pack(self) -> Pack | None:
        """Return the pack that the log speaks of, if it is there, and remove what was left of others."""
        name = self._log.value(_PACK) or b""
        found = None
        for place in self.path.parent.glob(f"store-{FORMAT}-*.pack"):
            if os.fsencode(place.name) == name:
                found = Pack(place, self._opened)
            else:
                self._remove(place)
        return found

    def _new_pack(self) -> Pack:
        """Return an empty pack that the log speaks of from now on; what stood in others is forgotten."""
        pack = self._made()
        self._log.add(*self._forgotten(), _named(pack))
        return pack

    def _made(self) -> Pack:
        return Pack(self.path.with_name(f"store-{FORMAT}-{os.urandom(8).hex()}.pack"), self._opened)

    def _forgotten(self) -> list[Change]:
        """Return the changes that forget where in packs anything is."""
        names = self._log.names()
        return [Change(name, Kind.FORGET) for name in names if name.startswith(_KINDS)]

    # A table names its pack, so that no place is ever looked for in another pack.
    def _table(self, kind: str) -> str:
        return _table(kind, self._pack)

    @cached_property
    def _results(self) -> dict[str, int]:
        return self._log.table(self._table("results"), _places)

    @cached_property
    def _blobs(self) -> dict[str, int]:
        return self._log.table(self._table("blobs"), _places)

    @cached_property
    def _parts(self) -> dict[str, int]:
        return self._log.table(self._table("parts"), _places)

    def close(self) -> None:
        """Let go of the files; those that are mostly garbage are written anew."""
        with suppress(UnusableError):
            if self._swept and self._opened.lasts:
                self._repack()
        try:
            self._pack.close()
        finally:
            self._log.close()

    def _repack(self) -> None:
        """Where more than half of the pack is garbage, have the rest in a new one."""
        tables = (self._results, self._blobs, self._parts)
        alive = sum(length(table.values()) for table in tables)
        if self._pack.size <= 2 * alive + _SPARE:
            return
        old, new = self._pack, self._made()
        try:
            results, blobs, parts = (new.copy(old, table) for table in tables)
            self._log.add(*self._forgotten(), *_put(new, blobs, results, parts), _named(new))
        except UnusableError:
            new.close()
            self._remove(new.path)
            raise
        self._take(new, results, blobs, parts)

    def _take(
        self, pack: Pack, results: dict[str, int], blobs: dict[str, int], parts: dict[str, int]
    ) -> None:
        """Go on with another pack."""
        old, self._pack = self._pack, pack
        self._results, self._blobs, self._parts, self._swept = results, blobs, parts, False
        old.close()
        self._remove(old.path)

    def _remove(self, place: Path) -> None:
        # Where that may not be done, garbage stays.
        if self._opened.lasts:
            with suppress(OSError):
                place.unlink(missing_ok=True)

    def known(self) -> frozenset[str]:
        """Return the keys of all results."""
        return frozenset(self._results)

    def some(self, keys: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Yield those of these results that are sound, with their keys, in no certain order."""
        places = self._results
        return self._pack.some([(key, places[key]) for key in keys if key in places])

    def results(self) -> dict[str, bytes]:
        """Return every result that is sound, by its key."""
        return dict(self.some(self._results))

    def digests(self) -> set[str]:
        """Return the names of all blobs."""
        return set(self._blobs)

    def keep(self, results: Mapping[str, bytes], blobs: Mapping[str, bytes]) -> None:
        """Add results and the blobs that they name, all or none; a blob that is held is not put twice.

        A process that is killed meanwhile may leave the blobs alone.
        """
        held = self._blobs
        new = self._pack.put({name: blob for name, blob in blobs.items() if name not in held})
        places = self._pack.put(results)
        self._log.add(*_put(self._pack, new, places))
        held.update(new)
        self._results.update(places)

    def blob(self, digest: str) -> bytes:
        """Return the blob of this name; DamagedError where it is missing or its bytes have another digest."""
        place = self._blobs.get(digest)
        blob = None if place is None else self._pack.get(digest, place)
        if blob is None or digest_bytes(blob) != digest:
            # The next time that it is put it is to be written.
            self._blobs.pop(digest, None)
            raise DamagedError(digest)
        return blob

    def sweep(self, results: Iterable[str], blobs: Iterable[str]) -> None:
        """Forget all results and blobs but these."""
        keys = self._results.keys() - results
        digests = self._blobs.keys() - blobs
        if not keys and not digests:
            return
        gone = {"results": keys, "blobs": digests}
        self._log.add(*(rows_change(self._table(kind), {}, each) for kind, each in gone.items() if each))
        for key in keys:
            del self._results[key]
        for digest in digests:
            del self._blobs[digest]
        self._swept = True

    def parts(self) -> frozenset[str]:
        """Return the names of all parts."""
        return frozenset(self._parts)

    def part(self, name: str) -> bytes | None:
        """Return the part of a name; None where there is none, or it is damaged."""
        place = self._parts.get(name)
        return None if place is None else self._pack.get(name, place)

    def keep_parts(self, parts: Mapping[str, bytes], gone: Iterable[str] = ()) -> None:
        """Keep parts in the place of those of their names, and forget others, all or none."""
        held, away = self._parts, [name for name in gone if name in self._parts]
        self._swept = self._swept or bool(away or held.keys() & parts)
        places = self._pack.put(parts)
        if places or away:
            self._log.add(rows_change(self._table("parts"), places, away))
        for name in away:
            del held[name]
        held.update(places)

    def has_results(self) -> bool:
        """Tell whether there are results, blobs, parts or notes that a build may rely on."""
        return any(name.startswith((*_KINDS, _NOTE)) for name in self._log.names())

    def forget_results(self) -> None:
        """Forget all results, blobs, parts and notes, but not hints nor what was written."""
        notes = [Change(name, Kind.FORGET) for name in self._log.names() if name.startswith(_NOTE)]
        if not (notes or self._pack.size or self._results or self._blobs or self._parts):
            return
        self._log.add(*notes)
        self._take(self._new_pack(), {}, {}, {})

    def note(self, name: str, value: bytes) -> None:
        """Keep a value under a name of at most 250 bytes, in the place of an earlier one."""
        self._log.add(Change(_NOTE + name, Kind.REPLACE, value))

    def noted(self, name: str) -> bytes | None:
        """Return the value of a name; None where there is none, or it is damaged."""
        return self._log.value(_NOTE + name)

    def hints(self) -> dict[str, Hint]:
        """Return for each file its stat and its digest when it was last read."""
        return self._log.table(_HINTS, _hints)

    def remember_hints(self, hints: Mapping[str, Hint]) -> None:
        """Put these hints in the place of all others; what is remembered already is not written again."""
        before = self.hints()
        new = {file: hint for file, hint in hints.items() if before.get(file) != hint}
        gone = before.keys() - hints.keys()
        if new or gone:
            self._log.add(rows_change(_HINTS, new, gone))

    def written(self, output: str) -> dict[str, Written]:
        """Return what was written into an output folder, by path."""
        return self._log.table(_output(output), _written)

    def record(self, output: str, written: Mapping[str, Written], removed: Sequence[str] = ()) -> None:
        """Note what was written into an output folder and what was removed from it."""
        if written or removed:
            self._log.add(rows_change(_output(output), written, removed))


def _named(pack: Pack) -> Change:
    return Change(_PACK, Kind.REPLACE, pack.path.name.encode())


def _put(
    pack: Pack, blobs: Mapping[str, int], results: Mapping[str, int], parts: Mapping[str, int] | None = None
) -> list[Change]:
    """Return the changes that say where in a pack what was put there is."""
    rows = {"blobs": blobs, "results": results, "parts": parts or {}}
    return [rows_change(_table(kind, pack), each) for kind, each in rows.items() if each]


def _table(kind: str, pack: Pack) -> str:
    return f"{kind}/{pack.path.name}"


def _output(output: str) -> str:
    return f"written/{digest_bytes(output.encode())}"
