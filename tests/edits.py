"""Edits that a file's stat tells, however coarse the clock that it is stamped by."""

from __future__ import annotations

import os
from pathlib import Path


def overwritten(place: Path, content: bytes, times: tuple[int, int] | None = None) -> None:
    """Write a file in place, or anew; its times of use and change are then those given.

    Many kernels stamp files by a clock that ticks a few times in a hundredth of a second: what is written
    twice within a tick has one stat, which no walk can tell from the other. So this goes on for a tick.
    """
    before = place.stat().st_ctime_ns if place.exists() else 0
    while True:
        place.write_bytes(content)
        if times:
            os.utime(place, ns=times)
        if place.stat().st_ctime_ns != before:
            return
