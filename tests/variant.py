"""A build in a process of its own, among circumstances that must not matter, and digests of what it made."""

from __future__ import annotations

import hashlib
import json
import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

FILES = {"json": "a.json", "csv": "csv", "zip": "a.zip", "sqlite": "a.sqlite", "skos": "a.ttl"}
"""What each form of export is written into."""


class _Shuffled:
    """What `os.scandir` gives, in another order."""

    def __init__(self, entries: list[os.DirEntry[Any]]) -> None:
        self._entries = iter(entries)

    def __iter__(self) -> Iterator[os.DirEntry[Any]]:
        return self._entries

    def __next__(self) -> os.DirEntry[Any]:
        return next(self._entries)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._entries = iter(())

    def close(self) -> None:
        """Let go of what is left."""
        self._entries = iter(())


def shuffle(seed: int) -> None:
    """Have every folder listed in an order of chance."""
    chance = random.Random(seed)
    scan, names = os.scandir, os.listdir

    def scandir(path: Any = ".") -> _Shuffled:
        with scan(path) as found:
            entries = list(found)
        chance.shuffle(entries)
        return _Shuffled(entries)

    def listdir(path: Any = ".") -> list[Any]:
        found = names(path)
        chance.shuffle(found)
        return found

    os.scandir, os.listdir = scandir, listdir  # type: ignore[assignment]


def digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file."""
    return {
        place.relative_to(folder).as_posix(): hashlib.sha256(place.read_bytes()).hexdigest()
        for place in sorted(folder.rglob("*"))
        if place.is_file()
    }


def main(seed: str, umask: str, forms: str, *how: str) -> None:
    """Build the site in the working folder, export it in some forms, and print what that gave."""
    os.umask(int(umask, 8))
    shuffle(int(seed))
    from click.testing import CliRunner

    from lwnindex.cli import main as program

    made = Path("exports")
    # Where Python knows ASCII alone, the program starts all this again.
    made.mkdir(exist_ok=True)
    exports = (("export", kind, "--output", str(made / FILES[kind])) for kind in forms.split())
    for order in (("build", "--quiet"), *exports):
        done = CliRunner().invoke(program, [*order, *how], catch_exceptions=False)
        if done.exit_code not in (0, 1):
            sys.exit(f"{order}: {done.output}")
    sys.stdout.buffer.write(json.dumps([digests(Path("site")), digests(made)]).encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
