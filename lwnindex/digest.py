"""Names for bytes and values: equal content, equal digest, on every machine."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any, TypeVar

import msgspec

V = TypeVar("V")

UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What is raised over bytes that are no value, or one of another form, or are nested too deep to be any."""

_ENCODER = msgspec.msgpack.Encoder(order="deterministic")


def digest_bytes(content: bytes) -> str:
    """Return the name of `content`: 32 hexadecimal digits of its BLAKE2b hash."""
    return blake2b(content, digest_size=16).hexdigest()


def digest_pieces(pieces: Iterable[bytes]) -> str:
    """Return the name of bytes that come in pieces, which need never be in memory together."""
    running = blake2b(digest_size=16)
    for piece in pieces:
        running.update(piece)
    return running.hexdigest()


def digest(value: Any) -> str:
    """Return the name of a value of ours: the digest of its canonical msgpack form, never of a pickle."""
    return digest_bytes(_ENCODER.encode(value))


def decoded(value: bytes | None, kind: type[V]) -> V | None:
    """Return a value that was kept in msgpack; None where there is none, or it is of another form."""
    if value is None:
        return None
    try:
        return msgspec.msgpack.decode(value, type=kind)
    except UNREADABLE:
        return None
