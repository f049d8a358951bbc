"""A page of the manual as what its reader does: commands with what they print, and files that are written."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import NamedTuple

from tests.programs import ROOT

DOCS = ROOT / "docs"
DAY = "1794182400"
"""November 9, 2026: the day on which every page is followed."""
FENCE = re.compile(
    r"(?P<before>[^\n]*\n)\n?^```(?P<language>\w+)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL
)


class Command(NamedTuple):
    """A line that is typed, and what the page says that it prints."""

    typed: str
    printed: str


class Written(NamedTuple):
    """A file that the reader is told to write."""

    path: str
    text: str


def steps(page: str) -> list[Command | Written]:
    """Return what a page asks for in order: commands in blocks of `console`, files below "`PATH`:"."""
    found: list[Command | Written] = []
    for block in FENCE.finditer((DOCS / page).read_text("utf-8")):
        named = re.search(r"`([^`]+)`:$", block["before"].rstrip())
        if block["language"] == "console":
            found += commands(block["code"])
        elif named:
            found.append(Written(named[1], block["code"]))
    return found


def commands(code: str) -> list[Command]:
    """Return the commands of a block, each with the lines below it."""
    parts = re.split(r"^\$ ", code, flags=re.MULTILINE)[1:]
    return [Command(*part.partition("\n")[::2]) for part in parts]


def settled(printed: str, folder: str = "") -> str:
    """Return what was printed without what differs each time: seconds, sizes, port, folder."""
    without = re.sub(r"\b\d+\.\d\d s\b", "0.00 s", printed.replace(f"{folder}/", "") if folder else printed)
    without = re.sub(r"\b[\d.]+ [kM]B\b", "0 kB", without)
    return re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:8000", without)


class Reader:
    """Somebody who follows a page, in a folder that is empty at first."""

    def __init__(self, folder: Path, **exchanged: str) -> None:
        self.folder, self.exchanged = folder, exchanged
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        self.environment = {**os.environ, "PATH": path, "SOURCE_DATE_EPOCH": DAY, "NO_COLOR": "1"}

    def write(self, file: Written) -> None:
        """Write a file."""
        path = self.folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, "utf-8")

    def run(self, typed: str) -> str:
        """Return what a command prints, on stdout and stderr."""
        if typed.startswith("cd "):
            self.folder /= typed.removeprefix("cd ")
            return ""
        for said, meant in self.exchanged.items():
            typed = typed.replace(said, meant)
        return self._preview(typed) if typed == "lwnindex serve" else self._whole(typed)

    def _whole(self, typed: str) -> str:
        done = subprocess.run(
            ["sh", "-c", typed],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return done.stdout

    def _preview(self, typed: str) -> str:
        """Return what a preview prints until its page was seen, which is then interrupted."""
        with subprocess.Popen(
            typed.split(), cwd=self.folder, env=self.environment, stdout=subprocess.PIPE, text=True
        ) as running:
            assert running.stdout
            address = running.stdout.readline()
            with urllib.request.urlopen(address.strip(), timeout=60) as answer:
                assert answer.status == 200
            running.send_signal(signal.SIGINT)
            assert running.wait(60) == 130
        return address


def differences(page: str, reader: Reader) -> list[tuple[str, str, str]]:
    """Follow a page; return each command that printed something else, with that and what is said."""
    found = []
    for step in steps(page):
        if isinstance(step, Written):
            reader.write(step)
        elif settled(printed := reader.run(step.typed), str(reader.folder)) != settled(step.printed):
            found.append((step.typed, printed, step.printed))
    return found
