"""No test cuts the power, so that none has to wait until its files would outlast that."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

FSYNC = os.fsync
"""What waits in earnest until a file is on the disk: some milliseconds each time, thousands of times."""


@contextmanager
def never_cut() -> Iterator[None]:
    """Have a file that is synced looked at alone; one that is not open is told as ever."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "fsync", os.fstat)
        yield
