"""The program run under Python's audit hooks, and all that it asked the system for: files, folders, sockets.

`python -m tests.audited LOG VERB...` runs a verb and writes a line for each event into a file that is open
before anything else is. Forked workers write there, too. What is done below Python, by a library's own calls
of the system, is not seen.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from tests.programs import ROOT

_CHANGING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_WRITES = frozenset(
    (
        *("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.symlink", "os.link", "os.truncate"),
        *(
            "os.chmod",
            "os.chown",
            "os.utime",
            "os.setxattr",
            "os.removexattr",
            "shutil.rmtree",
            "shutil.move",
        ),
    )
)
_STARTS = ("subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn")


class Event(NamedTuple):
    """Something that was asked for: its name among Python's audit events, and what it was asked with."""

    name: str
    said: tuple[str, ...]


class Run(NamedTuple):
    """What a run ended with, what it said, and what it asked the system for."""

    code: int
    said: str
    events: tuple[Event, ...]


def run(
    *verb: str, cwd: Path, log: Path, env: Mapping[str, str] | None = None, before: Iterable[str] = ()
) -> Run:
    """Return what a verb of the program does in a folder; `before` is the command that it is started by."""
    own = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", **(env or {})}
    command = [*before, sys.executable, "-m", "tests.audited", str(log), *verb]
    done = subprocess.run(command, cwd=cwd, env=own, capture_output=True, check=False, timeout=600)
    return Run(done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace"), tuple(_events(log)))


def _events(log: Path) -> Iterator[Event]:
    for line in log.read_text("ascii").splitlines():
        name, *said = json.loads(line)
        yield Event(name, tuple(said))


def written(events: Iterable[Event], cwd: Path) -> set[Path]:
    """Return all places that were made, written, renamed or removed, links in the way to them followed."""
    found = set()
    for event in events:
        places = event.said[:2] if event.name in ("os.rename", "os.link", "os.symlink") else event.said[:1]
        found |= {_real(cwd / place) for place in places if place}
    return {one for one in found if not one.is_relative_to("/dev") and not one.is_relative_to("/proc")}


def _real(place: Path) -> Path:
    return Path(os.path.realpath(place.parent)) / place.name


def changes(events: Iterable[Event]) -> list[Event]:
    """Return the events that change files or folders."""
    return [one for one in events if one.name == "open" or one.name in _WRITES]


def calls(events: Iterable[Event]) -> list[Event]:
    """Return the events of sockets and names of hosts, and those that start other programs."""
    return [one for one in events if one.name.startswith(("socket.", "urllib.", "http.", *_STARTS))]


def _watch(log: int) -> None:
    def hear(name: str, said: tuple[object, ...]) -> None:
        if _is_told(name, said):
            line = json.dumps([name, *map(_text, said)]) + "\n"
            os.write(log, line.encode("ascii"))

    sys.addaudithook(hear)


def _is_told(name: str, said: tuple[object, ...]) -> bool:
    if said and isinstance(said[0], int):
        # What is open already has no name; that it was opened has been told.
        return False
    if name == "open":
        flags = said[2]
        return isinstance(flags, int) and bool(flags & _CHANGING)
    return name in _WRITES or name.startswith(("socket.", "urllib.", "http.", *_STARTS))


def _text(said: object) -> str:
    return os.fsdecode(said) if isinstance(said, str | bytes | os.PathLike) else repr(said)


if __name__ == "__main__":
    _watch(os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
    from lwnindex.cli import main

    main(sys.argv[2:], prog_name="lwnindex")
