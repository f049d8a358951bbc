"""The program starts: from the first moment on an interruption ends it with 130 and in one line."""

from __future__ import annotations

import os
import signal
from typing import Any


def main(**more: Any) -> None:
    """Run the program."""
    # Modules load for a moment in which nothing could catch it.
    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupted)
    from lwnindex.cli import main as program

    signal.signal(signal.SIGINT, before)
    program(**more)


def _interrupted(_signal: int, _frame: Any) -> None:
    os.write(2, b"lwnindex: interrupted\n")
    os._exit(130)
