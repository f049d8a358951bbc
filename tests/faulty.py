"""An extension of Python-Markdown that fails on words of a text in every way in which a program can.

`FAULTS` in the environment turns it off, so that nothing of a site has to change for that.
"""

from __future__ import annotations

import faulthandler
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

SWITCH = "FAULTS"


def _loop() -> None:
    while True:
        try:
            sorted(range(1000))
        except Exception:  # noqa: BLE001 - as a library may
            continue


def recurse() -> None:
    """Go deeper than any stack is."""
    recurse()


def _eat() -> None:
    held = b""
    for _ in range(64):  # 4 GB in all
        held += b"x" * (1 << 26)


def _abort() -> None:
    faulthandler.disable()  # pytest tells of it at length
    os.abort()


def _fail() -> None:
    raise ZeroDivisionError


IN_PYTHON: dict[str, Callable[[], object]] = {"loop": _loop, "fail": _fail}
"""What a handler of signals in Python ends, or nobody has to."""

SAME_EVERYWHERE: dict[str, Callable[[], object]] = {"recurse": recurse}
"""What is no matter of the machine."""

FAULTS: dict[str, Callable[[], object]] = {
    **IN_PYTHON,
    "loop-in-c": lambda: sum(range(1 << 60)),
    "exit": lambda: os._exit(3),
    "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "abort": _abort,
    "eat": _eat,
}
"""What happens at the word `!NAME!` in a text."""


@contextmanager
def mended() -> Iterator[None]:
    """Have nothing happen within the block."""
    os.environ[SWITCH] = "off"
    try:
        yield
    finally:
        del os.environ[SWITCH]


class _Faulty(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        """Return the lines, if they hold none of the words."""
        text = " ".join(lines)
        for name, fault in (FAULTS | SAME_EVERYWHERE).items():
            if f"!{name}!" in text and SWITCH not in os.environ:
                fault()
        return lines


class _Extension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.preprocessors.register(_Faulty(md), "faulty", 0)


def makeExtension() -> Extension:  # noqa: N802
    """Return the extension."""
    return _Extension()
