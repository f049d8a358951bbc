"""Files come in the order of their paths, whoever was ready first, and come undone."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import pytest

from lwnindex.engine.executors import Done, Serial
from lwnindex.export.packing import Packed, deflated, inflated, packed
from lwnindex.problems import SiteError
from tests.forking import Forking

A = TypeVar("A")
R = TypeVar("R")

PATHS = tuple(f"{number}.html" for number in range(200))


def work(paths: Sequence[str]) -> list[Packed]:
    return [
        Packed(path, None, deflated(path.encode(), 9), zlib.crc32(path.encode()), len(path)) for path in paths
    ]


@pytest.mark.parametrize("workers", [Serial(), Forking()])
def test_files_come_in_the_order_of_their_paths(workers: Serial | Forking) -> None:
    spool = io.BytesIO()
    found = list(packed(PATHS, work, workers, spool))

    assert [one.path for one in found] == list(PATHS)
    assert all(isinstance(one.content, bytes) and inflated(one.content) == one.path.encode() for one in found)
    assert spool.getvalue() == b"", "all that waited has gone"


def test_a_file_to_be_copied_waits_by_its_place() -> None:
    spool = io.BytesIO()
    (found,) = packed(("a",), lambda paths: [Packed("a", None, Path("/somewhere/a"))], Serial(), spool)

    assert found.content == Path("/somewhere/a")


class _Dying:
    def batches(
        self, work: Callable[[Sequence[A]], R], items: Sequence[A], size: int, least: int | None = None
    ) -> Iterator[Done[A, R]]:
        """Yield a batch over which its worker died."""
        yield Done(items[:1], None, "killed by SIGSEGV")


def test_a_worker_s_death_ends_it() -> None:
    with pytest.raises(SiteError, match=r"0\.html died: killed by SIGSEGV"):
        list(packed(PATHS, work, _Dying(), io.BytesIO()))


@pytest.mark.parametrize("level", [1, 9])
@pytest.mark.parametrize("content", [b"", b"text " * 1000])
def test_deflating_comes_undone(level: int, content: bytes) -> None:
    assert inflated(deflated(content, level)) == content
