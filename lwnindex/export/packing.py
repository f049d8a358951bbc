"""The files of an export, made and deflated by workers, given in the order of their paths.

A page that stands in the site's output as it would be made is read from there. What is made before its turn
waits on disk, so memory does not grow with the archive.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from lwnindex.digest import digest_bytes
from lwnindex.disk import look, stat_from
from lwnindex.engine.executors import Workers
from lwnindex.engine.store import Written
from lwnindex.formats.html import TEMPLATE_OF
from lwnindex.link import Plan
from lwnindex.model import Problem
from lwnindex.pipeline import Tools, page
from lwnindex.problems import SiteError
from lwnindex.viewmodel import AnyView, FileView

BATCH = 32


class Packed(NamedTuple):
    """A file of an export: raw deflated bytes with the checksum and size of the plain ones, or its place.

    `title` is that of a page for readers; None where the file is none.
    """

    path: str
    title: str | None
    content: bytes | Path
    check: int = 0
    size: int = 0
    problems: tuple[Problem, ...] = ()


class Packer:
    """Makes and deflates files; `written` says which stand in the folder `output` as they were made."""

    def __init__(
        self, plan: Plan, tools: Tools, output: Path, written: Mapping[str, Written], level: int
    ) -> None:
        self._plan, self._tools = plan, tools
        self._output, self._written = output, written
        self._level = level

    def __call__(self, paths: Sequence[str]) -> list[Packed]:
        """Return the files of some paths; SiteError where a template fails."""
        return [self._packed(path) for path in paths]

    def _packed(self, path: str) -> Packed:
        view, dead = self._plan.made(path)
        title = view.title if type(view) in TEMPLATE_OF else None
        content = self._content(path, view)
        if isinstance(content, Path):
            return Packed(path, title, content)
        return Packed(
            path, title, deflated(content, self._level), zlib.crc32(content), len(content), tuple(dead)
        )

    def _content(self, path: str, view: AnyView) -> bytes | Path:
        last = None if isinstance(view, FileView) else self._written.get(path)
        if last and stat_from(look(f"{self._output}/{path}")) == last.stat:
            made = page(view, self._tools, last.key)
            content = self._read(path, last) if made.content is None else made.content
        else:
            content = None
        if content is None:
            content = page(view, self._tools, "").content
        assert content is not None, path
        return content if isinstance(content, bytes) else Path(content.place)

    def _read(self, path: str, last: Written) -> bytes | None:
        """Return a page as it was written; None where what stands there is another by now."""
        try:
            content = (self._output / path).read_bytes()
        except OSError:
            return None
        return content if digest_bytes(content) == last.digest else None


def deflated(content: bytes, level: int) -> bytes:
    """Return bytes as a raw deflate stream (RFC 1951)."""
    stream = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return stream.compress(content) + stream.flush()


def inflated(content: bytes) -> bytes:
    """Return the bytes of a raw deflate stream."""
    return zlib.decompress(content, -zlib.MAX_WBITS)


def packed(
    paths: Sequence[str], work: Callable[[Sequence[str]], list[Packed]], workers: Workers, spool: BinaryIO
) -> Iterator[Packed]:
    """Yield the file of each path, in order; `spool` is an empty file for those that have to wait.

    SiteError where a worker died over one: an export without it would have dead links.
    """
    waiting = _Waiting(spool)
    turns = iter(paths)
    turn = next(turns, None)
    for done in workers.batches(work, paths, BATCH):
        if done.result is None:
            raise SiteError(f"the worker that made {done.items[0]} died: {done.death}. Please report it.")
        for one in done.result:
            waiting.put(one)
        while turn is not None and (found := waiting.taken(turn)):
            yield found
            turn = next(turns, None)


class _Waiting:
    """Files that wait for their turn: of each batch what it takes to know them, their bytes on disk."""

    def __init__(self, spool: BinaryIO) -> None:
        self._spool = spool
        self._places: dict[str, tuple[Packed, int, int]] = {}

    def put(self, one: Packed) -> None:
        if isinstance(one.content, Path):
            self._places[one.path] = (one, 0, 0)
            return
        start = self._spool.seek(0, os.SEEK_END)
        self._spool.write(one.content)
        self._places[one.path] = (one._replace(content=b""), start, len(one.content))

    def taken(self, path: str) -> Packed | None:
        """Return a file that waits no longer; None where it has not been made."""
        if path not in self._places:
            return None
        one, start, length = self._places.pop(path)
        if isinstance(one.content, Path):
            return one
        self._spool.seek(start)
        found = one._replace(content=self._spool.read(length))
        if not self._places:
            self._spool.seek(0)
            self._spool.truncate()
        return found
