"""How long the proofs of the promises go on: shortly in `make test`, long in `make soak`."""

from __future__ import annotations

import os

SOAK = "SOAK"
"""The variable that asks for the long forms: 1, or how many trials each of them shall have."""


def trials(short: int, long: int) -> int:
    """Return how many trials a proof has: `short` usually, `long` in a soak, or the number asked for."""
    asked = os.environ.get(SOAK, "")
    if not asked:
        return short
    return long if asked == "1" else int(asked)


def is_long() -> bool:
    """Tell whether the long forms are asked for."""
    return bool(os.environ.get(SOAK))
