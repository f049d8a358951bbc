"""Builds in a process that has no threads, so that workers can be forked, and under a clock that is wrong."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import msgspec

from lwnindex import config, site
from lwnindex.engine.executors import Processes
from lwnindex.options import Options
from lwnindex.problems import SiteError
from tests.programs import ROOT
from tests.sites import figures

_MANY = 8
"""Items that are worth a start of workers here: the sites of tests are small."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """A build: of the site in a folder, and how; `skew` are the seconds by which the clock is wrong."""

    root: str
    executor: str = "serial"
    jobs: int = 1
    clean: bool = False
    trust_stat: bool = True
    now: str = ""
    skew: int = 0
    output: str = "site"
    store: str = "store"


class Builder:
    """A process that builds what it is told to."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.builder"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def told(self, wanted: Wanted) -> str:
        """Return what a build says of its site, or why there is none."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(msgspec.json.encode(wanted) + b"\n")
        self._process.stdin.flush()
        return msgspec.json.decode(self._process.stdout.readline(), type=str)

    def close(self) -> None:
        """End it."""
        self._process.communicate()


def said(wanted: Wanted) -> str:
    """Build, and return what there is to be said of that: figures and problems, or why it did not happen."""
    places = {"output": wanted.output, "store": wanted.store}
    complaints: list[str] = []
    how = Options(
        executor=wanted.executor,
        jobs=wanted.jobs,
        clean=wanted.clean,
        trust_stat=wanted.trust_stat,
        now=wanted.now,
        waiting=complaints.append,
    )
    try:
        report = site.build(config.load(Path(wanted.root, "lwnindex.toml"), {}, places), how)
    except SiteError as error:
        return str(error)
    return msgspec.json.encode((figures(report), complaints)).decode()


def _serve() -> None:
    """Build what each line of stdin asks for."""
    now = time.time_ns
    Processes.__init__.__defaults__ = (None, _MANY)
    for line in sys.stdin.buffer:
        wanted = msgspec.json.decode(line, type=Wanted)
        skew = wanted.skew * 10**9
        time.time_ns = lambda: now() + skew  # noqa: B023 - it is what it is until the next line
        sys.stdout.buffer.write(msgspec.json.encode(said(wanted)) + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    _serve()
