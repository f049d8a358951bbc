"""What a thesaurus says of its topics beyond their articles: notes as text, and other names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import msgspec

from lwnindex.model import Catalog, Entry, See
from lwnindex.plaintext import plain_text

Blob = Callable[[str], bytes]
"""Gives the blob of a digest."""

_pieces = msgspec.msgpack.Decoder(list[str]).decode


def body_text(digest: str, blob: Blob) -> str:
    """Return what a body says, its paragraphs parted by new lines; nothing where there is none."""
    return plain_text(_pieces(blob(digest))) if digest else ""


def notes(catalog: Catalog, blob: Blob) -> dict[Entry, str]:
    """Return the notes of those topics that have one, as text."""
    described = catalog.described.items()
    return {entry: body_text(one.note.digest, blob) for entry, one in described if one.note.digest}


def other_names(catalog: Catalog) -> dict[Entry, tuple[See, ...]]:
    """Return all other names of those topics that have any, in the order of an index."""
    found: dict[Entry, list[See]] = defaultdict(list)
    for see in catalog.sees:
        found[see.topic].append(see)
    return {topic: tuple(sees) for topic, sees in found.items()}
