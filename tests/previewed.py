"""A preview in a process of its own, as a person runs it, and what it says."""

from __future__ import annotations

import json
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

LONG = 60.0
"""Seconds in which something happens on the busiest machine."""


class Previewed:
    """A running preview of the site in a folder; what is passing is put into the folder `passing`.

    Its configuration is named, or else found from the folder that one is in.
    """

    def __init__(self, root: Path, *options: str, by_name: bool = True) -> None:
        self.root, self.passing = root, root.parent / f"{root.name}-passing"
        self.passing.mkdir(exist_ok=True)
        named = ("--config", str(root / "lwnindex.toml")) if by_name else ()
        words = [sys.executable, "-m", "lwnindex", "serve", *named, *options]
        self.process = subprocess.Popen(
            words,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "TMPDIR": str(self.passing)},
        )
        self.said: list[str] = []
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._readers = [
            threading.Thread(target=self._read, args=(each,), daemon=True)
            for each in (self.process.stdout, self.process.stderr)
        ]
        for each in self._readers:
            each.start()
        self.address = ""

    def _read(self, stream: Any) -> None:
        for line in stream:
            self._lines.put(line.rstrip("\n"))

    def until(self, meant: Callable[[str], bool]) -> str:
        """Return the next line that is meant."""
        end = time.monotonic() + LONG
        while (left := end - time.monotonic()) > 0:
            try:
                line = self._lines.get(timeout=min(left, 0.5))
            except queue.Empty:
                if self.process.poll() is not None and self._lines.empty():
                    break
                continue
            self.said.append(line)
            if meant(line):
                return line
        raise AssertionError(f"it did not say that: {self.said}")

    def ever(self, meant: Callable[[str], bool]) -> str:
        """Return a line that is meant, said before or to come: its two streams come in any order."""
        return next(filter(meant, self.said), None) or self.until(meant)

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self.address.split(":")[2].split("/")[0])

    @property
    def folder(self) -> Path:
        """Its private folder."""
        (found,) = self.passing.glob("lwnindex-serve-*")
        return found

    def end(self, by: int = signal.SIGTERM) -> int:
        """End it by a signal, and return its code."""
        self.process.send_signal(by)
        code = self.process.wait(LONG)
        for each in self._readers:
            each.join(LONG)
        while not self._lines.empty():
            self.said.append(self._lines.get())
        return code


@contextmanager
def previewed(root: Path, *options: str, by_name: bool = True) -> Iterator[Previewed]:
    """Run a preview for as long as the block lasts."""
    found = Previewed(root, *options, by_name=by_name)
    try:
        found.address = found.until(lambda line: line.startswith("http://"))
        yield found
    finally:
        if found.process.poll() is None:
            found.end()
        for stream in (found.process.stdout, found.process.stderr):
            assert stream
            stream.close()


class Listener:
    """Who listens to news of a page of a server on this port."""

    def __init__(self, port: int, page: str = "/") -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=LONG)
        asked = f"GET /:lwnindex/events?page={page} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"
        self._socket.sendall(asked.encode())
        self._lines = self._socket.makefile("rb")
        self.told = self.hear()

    def hear(self) -> dict[str, Any]:
        """Return the next news."""
        for line in self._lines:
            if line.startswith(b"data: "):
                self.told = dict(json.loads(line.removeprefix(b"data: ")))
                return self.told
        raise EOFError

    def until(self, meant: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Return the first news, those told last among them, that are meant."""
        while not meant(self.told):
            self.hear()
        return self.told

    def leave(self) -> None:
        """Hear no more."""
        self._lines.close()
        self._socket.close()


def asked(port: int, path: str, host: str = "127.0.0.1") -> bytes:
    """Return all that a server on this port answers to a request for a path."""
    with socket.create_connection(("127.0.0.1", port), timeout=LONG) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
        return b"".join(iter(lambda: connection.recv(1 << 16), b""))
