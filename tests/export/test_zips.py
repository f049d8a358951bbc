"""A zip archive is one that others open, and the same bytes each time."""

from __future__ import annotations

import io
import zlib
from datetime import UTC, datetime, timedelta, timezone
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from lwnindex.export.packing import deflated
from lwnindex.export.zips import Limits, Zip

MOMENT = datetime(2009, 12, 22, 13, 30, 44, tzinfo=UTC)
FILES = {"top/a.html": b"a" * 1000, "top/\u00fcber/b.html": b"", "top/c.bin": bytes(range(256)) * 40}
SMALL = Limits(size=300, entries=0xFFFF)
FEW = Limits(entries=2)


def zipped(limits: Limits = Limits(), moment: datetime = MOMENT) -> bytes:  # noqa: B008
    """Return an archive of the files; the last one was put in by pieces."""
    file = io.BytesIO()
    archive = Zip(file, moment, limits)
    *first, last = FILES
    for name in first:
        content = FILES[name]
        archive.add(name, deflated(content, 9), zlib.crc32(content), len(content))
    archive.add_pieces(last, iter([FILES[last][:5000], FILES[last][5000:]]), len(FILES[last]))
    archive.close()
    return file.getvalue()


@pytest.mark.parametrize("limits", [Limits(), SMALL, FEW])
def test_it_is_opened_by_others(limits: Limits) -> None:
    with ZipFile(io.BytesIO(zipped(limits))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == FILES
        assert archive.comment == b"Made by lwnindex"


def test_all_files_have_one_time_mode_and_method_and_nothing_more() -> None:
    with ZipFile(io.BytesIO(zipped())) as archive:
        for one in archive.infolist():
            assert one.date_time == (2009, 12, 22, 13, 30, 44)
            assert (one.external_attr >> 16, one.create_system) == (0o100644, 3)
            assert (one.extra, one.comment, one.compress_type) == (b"", b"", ZIP_DEFLATED)
            assert one.flag_bits == (0 if one.filename.isascii() else 0x800)


@pytest.mark.parametrize("limits", [SMALL, FEW])
def test_zip64_stands_only_where_it_is_needed(limits: Limits) -> None:
    assert b"PK\6\6" in zipped(limits)
    assert b"PK\6\6" not in zipped()


def test_more_files_than_the_plain_format_counts() -> None:
    file = io.BytesIO()
    archive = Zip(file, MOMENT)
    for number in range(65_536):
        archive.add(str(number), b"\3\0", 0, 0)
    archive.close()

    with ZipFile(file) as found:
        assert len(found.namelist()) == 65_536
        assert found.read("65535") == b""


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (datetime(1, 1, 1, tzinfo=UTC), (1980, 1, 1, 0, 0, 0)),
        (datetime(9999, 5, 6, tzinfo=UTC), (2107, 12, 31, 0, 0, 0)),
        (datetime(2020, 2, 29, 23, 59, 59, tzinfo=timezone(timedelta(hours=5))), (2020, 2, 29, 23, 59, 58)),
    ],
)
def test_a_time_is_one_that_the_format_has(moment: datetime, told: tuple[int, ...]) -> None:
    with ZipFile(io.BytesIO(zipped(moment=moment))) as archive:
        assert {one.date_time for one in archive.infolist()} == {told}
