"""An interruption ends the program with 130, also while its modules load."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.programs import ROOT

SLOW = """
import sys, importlib.abc

class Slow(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "lwnindex.cli":
            print("loading", flush=True)
            sys.stdin.read()

sys.meta_path.insert(0, Slow())
from lwnindex.start import main
main(prog_name="lwnindex")
"""


def test_while_modules_load(tmp_path: Path) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", SLOW],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert program.stdout
    assert program.stdout.readline() == b"loading\n"
    program.send_signal(signal.SIGINT)
    _, told = program.communicate(timeout=60)

    assert (program.returncode, told) == (130, b"lwnindex: interrupted\n")


def test_who_is_not_to_be_interrupted_is_not(tmp_path: Path) -> None:
    ignored = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
    ended = SLOW.replace("sys.stdin.read()", "import os; os.kill(os.getpid(), 2)").replace(
        "main(prog_name", "sys.argv[1:] = ['--version']\nmain(prog_name"
    )
    found = subprocess.run(
        [sys.executable, "-c", ignored + ended],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )

    assert (found.returncode, found.stdout[:17]) == (0, b"loading\nlwnindex ")
