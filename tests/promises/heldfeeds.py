"""Feeds read one by one, each in a process of its own with little time and little memory.

As a program it takes the names of cases on its input and tells what came of each, a line a case, in JSON.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path
from random import Random
from runpy import run_path
from typing import NamedTuple

from lwnindex.readers import feed
from lwnindex.reading import reading
from lwnindex.settings import Config
from tests.fuzzing import mutants
from tests.promises import seeds
from tests.readers.hostilefeeds import content

SECONDS = 2.0
MEBIBYTES = 300
"""What a feed may take."""

_HANGS = 6
_AGAIN = 2
_READING = reading(Config())


class Case(NamedTuple):
    """A feed: a name of our own cases with a size, one of a file of generators, or a changed file."""

    name: str
    size: int = 0
    file: str = ""


class Held(NamedTuple):
    """What came of a feed: whether the process ended by itself, what it took, the titles, the problems."""

    ended: bool
    seconds: float = 0.0
    mebibytes: int = 0
    titles: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


def made(case: Case) -> bytes:
    """Return the bytes of a case."""
    if not case.file:
        return content(case.name, case.size)
    if case.file.endswith(".py"):
        return bytes(run_path(case.file)["CASES"][case.name](case.size))
    real = Path(case.file).read_bytes()[: 1 << 20]
    words = tuple(one.encode() for one in seeds.WORDS_OF_XML)
    (found,) = mutants((real,), words, 1, Random(f"{case.name} {case.size}"), 1 << 20)
    return found


def held(case: Case) -> Held:
    """Return what comes of a case; one that takes too long is tried again, as a machine may be busy."""
    found = _forked(made(case))
    for _ in range(_AGAIN):
        if not found.ended or found.seconds > SECONDS:
            found = _forked(made(case))
    return found


def _forked(written: bytes) -> Held:
    come, go = os.pipe()
    child = os.fork()
    if not child:
        os.close(come)
        _limited()
        with os.fdopen(go, "w") as out:
            json.dump(_read(written), out)
            out.flush()
            os._exit(0)
    os.close(go)
    with os.fdopen(come) as told:
        said = told.read()
    _, status = os.waitpid(child, 0)
    return Held(*json.loads(said)) if said and not status else Held(ended=False)


def _limited() -> None:
    """Give this process no more time and memory than a feed may take, and a margin."""
    resource.setrlimit(resource.RLIMIT_CPU, (_HANGS, _HANGS))
    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    most = size + 2 * MEBIBYTES * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _read(written: bytes) -> Held:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    found = feed.feed(written, "a.xml", _READING)
    took = time.process_time() - started
    grew = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    titles = tuple(dict.fromkeys(one.manuscript.title[:20] for one in found.items))[-5:]
    return Held(True, took, grew, titles, tuple(one.code for one in found.problems))


def main() -> None:
    """Tell what comes of each case of the input."""
    feed.feed(
        content("small items", 1_000), "a.xml", _READING
    )  # What is loaded once is no part of a feed's time.
    for case in json.load(sys.stdin):
        sys.stdout.write(f"{json.dumps(held(Case(*case)))}\n")


if __name__ == "__main__":
    main()
