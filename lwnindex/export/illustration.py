"""The picture that an archive shows in a reader's library: a page of an index, drawn by rule.

Nothing comes in; a PNG of 48 x 48 pixels goes out (PNG, third edition, of the W3C).
"""

from __future__ import annotations

import struct
import zlib

SIZE = 48
"""Pixels of a side, the only size that every reader of ZIM files shows."""

_PALETTE = bytes.fromhex("fcf9f2 1c1a17 8b1a1a")
_PAPER, _INK, _MARK = range(3)
_BARS = (
    (4, 6, 40, 6, _INK),
    (4, 15, 40, 2, _INK),
    (4, 22, 24, 4, _INK),
    (34, 22, 10, 4, _MARK),
    (10, 30, 27, 4, _INK),
    (10, 38, 21, 4, _INK),
)
"""Left, top, width, height and colour: a masthead over a rule, an entry with its number, two below it."""


def png() -> bytes:
    """Return the picture."""
    header = struct.pack(">2I5B", SIZE, SIZE, 8, 3, 0, 0, 0)
    # Each row begins with the number of its filter: none.
    rows = b"".join(b"\0" + bytes(row) for row in _pixels())
    parts = ((b"IHDR", header), (b"PLTE", _PALETTE), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in parts)


def _pixels() -> list[list[int]]:
    """Return the rows of the picture, each pixel by its place in the palette."""
    rows = [[_PAPER] * SIZE for _ in range(SIZE)]
    for left, top, width, height, colour in _BARS:
        for row in rows[top : top + height]:
            row[left : left + width] = [colour] * width
    return rows


def _chunk(name: bytes, content: bytes) -> bytes:
    check = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)
