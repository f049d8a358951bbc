"""A reader in a process of its own, who opens the folder of a site, reads all in it, and begins again."""

from __future__ import annotations

import hashlib
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_PATIENCE = 60.0
_PAUSE = 0.005


def digest(files: Mapping[str, bytes]) -> str:
    """Return the digest of files and their paths."""
    whole = hashlib.sha256()
    for path in sorted(files):
        whole.update(f"{path}\0{len(files[path])}\0".encode())
        whole.update(files[path])
    return whole.hexdigest()


def read_through(folder: str) -> dict[str, bytes]:
    """Return all files in a folder by their paths; it is opened once. OSError where one cannot be read."""
    top = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        files = {}
        for base, _, names, place in os.fwalk(".", dir_fd=top, onerror=_fail):
            for name in names:
                file = os.open(name, os.O_RDONLY, dir_fd=place)
                with os.fdopen(file, "rb") as opened:
                    files[os.path.normpath(f"{base}/{name}")] = opened.read()
        return files
    finally:
        os.close(top)


def _fail(error: OSError) -> None:
    raise error


class Reader:
    """Who reads a site all the time, and what they saw: the digest of all files, or what went wrong."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._seen: queue.Queue[str] = queue.Queue()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._seen.put(line.strip())

    def seen(self) -> list[str]:
        """Return what was seen since this was asked last, as soon as a reading has ended that begins now."""
        found = []
        while not self._seen.empty():
            found.append(self._seen.get())
        # One reading was under way.
        return [*found, *(self._seen.get(timeout=_PATIENCE) for _ in range(2))]

    def end(self) -> None:
        """Have them read no more; nobody listens any more before the pipe is closed."""
        self._process.kill()
        self._thread.join()


@contextmanager
def reading_on(folder: Path) -> Iterator[Reader]:
    """Have somebody read a site until the block is left."""
    command = [sys.executable, "-m", "tests.readingon", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        reader = Reader(process)
        try:
            yield reader
        finally:
            reader.end()


def _read_on(folder: str) -> None:
    while True:
        try:
            said = digest(read_through(folder))
        except OSError as error:
            said = str(error)
        sys.stdout.write(said + "\n")
        sys.stdout.flush()
        time.sleep(_PAUSE)


if __name__ == "__main__":
    _read_on(sys.argv[1])
