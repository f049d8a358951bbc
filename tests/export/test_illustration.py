"""The picture of a ZIM file is a sound PNG."""

from __future__ import annotations

import struct
import zlib

from lwnindex.export.illustration import png


def chunks(content: bytes) -> dict[bytes, bytes]:
    """Return the parts of a PNG, each with a checksum that is right."""
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    found, place = {}, 8
    while place < len(content):
        (length,) = struct.unpack_from(">I", content, place)
        name, part = content[place + 4 : place + 8], content[place + 8 : place + 8 + length]
        assert struct.unpack_from(">I", content, place + 8 + length) == (zlib.crc32(name + part),)
        found[name], place = part, place + 12 + length
    return found


def test_it_is_48_pixels_square_in_three_colours() -> None:
    found = chunks(png())
    rows = zlib.decompress(found[b"IDAT"])

    assert list(found) == [b"IHDR", b"PLTE", b"IDAT", b"IEND"]
    assert struct.unpack(">2I5B", found[b"IHDR"]) == (48, 48, 8, 3, 0, 0, 0)
    assert len(found[b"PLTE"]) == 9
    assert len(rows) == 48 * 49
    assert {rows[place] for place in range(0, len(rows), 49)} == {0}
    assert set(rows) == {0, 1, 2}
