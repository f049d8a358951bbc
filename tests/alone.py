"""Tests that fork run where nothing else runs: a process with threads must not be forked."""

import inspect
import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path

import pytest
from coverage import Coverage

from lwnindex.engine.executors import _forkable
from tests.programs import ROOT

_MARK = "TESTS_ALONE"
"""Set where tests run that are alone already."""

_OPTIONS = ("-p", "no:xdist", "-p", "no:cacheprovider", "-rA", "-m", "alone")


def childless() -> bool:
    """Whether this process has no child, running or ended and not waited for."""
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return True
    return False


def alone(test: Callable[[], None]) -> Callable[[], None]:
    """Return the test as one that is run by a pytest of its own if this process has threads or children.

    It has if it belongs to pytest-xdist. All such tests of the file are then run at once, but each tells its
    own.
    """

    @pytest.mark.alone
    @wraps(test)
    def run() -> None:
        if _MARK in os.environ or (_forkable() and childless()):
            test()
            return
        file = Path(inspect.getfile(test)).relative_to(ROOT).as_posix()
        report = _report(file)
        assert f"PASSED {file}::{test.__name__}" in report.splitlines(), report

    return run


@cache
def _report(file: str) -> str:
    """Return what pytest says of a file's tests that run alone; what they cover is counted if it is here."""
    measured = {"COVERAGE_PROCESS_START": str(ROOT / "pyproject.toml")} if Coverage.current() else {}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *_OPTIONS, file],
        cwd=ROOT,
        env={**os.environ, **measured, _MARK: "true"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=600,
    )
    return done.stdout
