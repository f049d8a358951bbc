"""A plain web server in a process of its own: what traces or interrupts the tests does not reach it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PORT = re.compile(r"port (\d+)")


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder on loopback; yield the address at which it begins."""
    command = [
        sys.executable,
        "-u",
        "-m",
        "http.server",
        "--bind",
        "127.0.0.1",
        "--directory",
        str(folder),
        "0",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout
        found = _PORT.search(server.stdout.readline())
        try:
            assert found, "the server did not say where it is"
            yield f"http://127.0.0.1:{found[1]}"
        finally:
            server.terminate()
