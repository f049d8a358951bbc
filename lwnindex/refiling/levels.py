"""A text that names levels with slashes between them, as somebody wrote it, made to name others.

Levels that stay keep every letter of how they are written; only what differs is written anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

from lwnindex.readers.text import squeezed
from lwnindex.refiling.renaming import parted

Read = Callable[[str], str]
"""Returns what a written level means."""

Write = Callable[[str], str]
"""Returns how a level is to be written."""

_MOST_SLASHES = 12


def rewritten(raw: str, old: Sequence[str], new: Sequence[str], read: Read, write: Write) -> str | None:
    """Return the text `raw`, which names the levels `old`, naming `new`; None where it does not name them."""
    pieces = _pieces(raw, old, read)
    if pieces is None:
        return None
    start, end = parted(tuple(old), tuple(new))
    changed = [write(level) for level in new[start : len(new) - end]]
    if len(old) == len(new):
        changed = [
            piece if level == other else _around(piece, write(other))
            for piece, level, other in zip(
                pieces[start : len(pieces) - end],
                old[start : len(old) - end],
                new[start : len(new) - end],
                strict=True,
            )
        ]
    elif changed:
        first = pieces[start] if start < len(pieces) - end else ""
        changed[0] = first[: len(first) - len(first.lstrip())] + changed[0]
    return "/".join([*pieces[:start], *changed, *pieces[len(pieces) - end :]])


def _around(piece: str, level: str) -> str:
    """Return a level with the white space that stood around another."""
    bare = piece.strip()
    start = piece.index(bare)
    return piece[:start] + level + piece[start + len(bare) :]


def _pieces(raw: str, levels: Sequence[str], read: Read) -> list[str] | None:
    """Return the parts of a text that mean these levels."""
    slashes = [at for at, letter in enumerate(raw) if letter == "/"]
    if not levels or not len(levels) - 1 <= len(slashes) <= _MOST_SLASHES:
        return None
    for chosen in combinations(slashes, len(levels) - 1):
        starts = [0, *(at + 1 for at in chosen)]
        found = [raw[start:end] for start, end in zip(starts, [*chosen, len(raw)], strict=True)]
        if [squeezed(read(piece)) for piece in found] == list(levels):
            return found
    return None
