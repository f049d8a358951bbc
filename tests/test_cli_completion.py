"""Shells complete verbs, options, and the names of topics and articles, quoted as each needs it."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
from pathlib import Path
from time import monotonic

import pytest
from click.testing import CliRunner

from lwnindex.cli import main
from tests.programs import ROOT
from tests.sites import Site, article

PATIENCE = 30
START = {
    "bash": ["--norc", "--noprofile", "-i"],
    "zsh": ["-f", "-i"],
}
SETUP = {
    "bash": 'PS1="ready> "; eval "$(lwnindex completion bash)"; bind "set enable-bracketed-paste off"',
    "zsh": 'PS1="ready> "; unsetopt zle_bracketed_paste prompt_sp; autoload -U compinit; compinit -D -u; '
    'eval "$(lwnindex completion zsh)"',
}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that is built, with the program on a path of its own."""
    site = Site(tmp_path_factory.mktemp("site"))
    site.put("content/ceph-at-twenty.md", article("A", "Text.", topic="Kernel/Block layer/I/O scheduling"))
    site.put("content/other.md", article("B", "Text.", topic="Security/SELinux"))
    site.built(store=".lwnindex")
    program = site.put("bin/lwnindex", f'#!/bin/sh\nexec {sys.executable} -m lwnindex "$@"\n')
    program.chmod(0o755)
    return site.root


def _environment(folder: Path) -> dict[str, str]:
    path = f"{folder / 'bin'}:{os.environ['PATH']}"
    return {"PATH": path, "PYTHONPATH": str(ROOT), "TERM": "xterm", "HOME": str(folder), "LC_ALL": "C.UTF-8"}


class Terminal:
    """A shell at work on a terminal."""

    def __init__(self, shell: str, folder: Path) -> None:
        program = shutil.which(shell)
        assert program
        self._seen = ""
        here, there = pty.openpty()
        kept = _environment(folder)
        self._shell = subprocess.Popen(
            [program, *START[shell]], cwd=folder, env=kept, stdin=there, stdout=there, stderr=there,
            start_new_session=True,
        )  # fmt: skip
        os.close(there)
        self._terminal = here

    def typed(self, text: str, until: str) -> str:
        """Type something; return what is shown from then on until there is what is waited for."""
        start = len(self._seen)
        os.write(self._terminal, text.encode())
        end = monotonic() + PATIENCE
        while until not in self._seen[start:]:
            assert monotonic() < end, self._seen
            if select.select([self._terminal], [], [], 0.1)[0]:
                self._seen += os.read(self._terminal, 4096).decode("utf-8", "replace")
        return self._seen[start:]

    def close(self) -> None:
        self._shell.kill()
        self._shell.wait()
        os.close(self._terminal)


def completed(shell: str, folder: Path, typed: str, shown: str) -> str:
    """Return the last word of a line that a shell has completed until it shows something."""
    terminal = Terminal(shell, folder)
    try:
        terminal.typed(f"{SETUP[shell]}; echo now-'ready'\n", "now-ready")
        terminal.typed(f"{typed}\t", shown)
        # What the shell takes for the words of the line is printed.
        return terminal.typed("\x01printf '<%s>' \x05 '' ; echo ends'-here'\n", "ends-here")
    finally:
        terminal.close()


@pytest.mark.parametrize(
    ("typed", "shown", "word"),
    [
        ("lwnindex topics show Kernel/Block\\ layer/", "scheduling", "Kernel/Block layer/I/O scheduling"),
        ('lwnindex topics show "Kernel/Block layer/', "scheduling", "Kernel/Block layer/I/O scheduling"),
        ("lwnindex new article T --in Sec", "SELinux", "Security/SELinux"),
        ("lwnindex explain ceph", "twenty", "ceph-at-twenty"),
        ("lwnindex explain repeated", "-id", "repeated-id"),
        ("lwnindex explain Securi\tSEL\ti", "index.html", "Security/SELinux/index.html"),
        ("lwnindex explain content/oth", "er.md", "content/other.md"),
        ("lwnindex bui", "build", "build"),
        ("lwnindex build --no-s", "--no-stat", "--no-stat"),
        ("lwnindex build --config lwn", ".toml", "lwnindex.toml"),
    ],
)
def test_bash_completes(here: Path, typed: str, shown: str, word: str) -> None:
    assert f"<{word}>" in completed("bash", here, typed, shown)


@pytest.mark.needs_zsh
def test_zsh_completes_a_topic(here: Path) -> None:
    typed = "lwnindex topics show Kernel/Block\\ layer/"
    assert "<Kernel/Block layer/I/O scheduling>" in completed("zsh", here, typed, "scheduling")


@pytest.mark.needs_zsh
@pytest.mark.parametrize(
    ("typed", "shown", "word"),
    [
        ("lwnindex explain repeated", "-id", "repeated-id"),
        ("lwnindex explain Securi\tSEL\ti", "index.html", "Security/SELinux/index.html"),
        ("lwnindex explain content/oth", "er.md", "content/other.md"),
    ],
)
def test_zsh_completes_what_can_be_explained(here: Path, typed: str, shown: str, word: str) -> None:
    assert f"<{word}>" in completed("zsh", here, typed, shown)


@pytest.mark.needs_fish
@pytest.mark.parametrize(
    ("word", "offered"),
    [
        ("repeated", ["repeated-id"]),
        ("Securi", ["Security/"]),
        ("Security/SELinux/i", ["Security/SELinux/index.html"]),
        ("content/oth", ["content/other.md"]),
    ],
)
def test_fish_completes_what_can_be_explained(here: Path, word: str, offered: list[str]) -> None:
    asked = f"lwnindex completion fish | source; complete -C 'lwnindex explain {word}'"
    assert _asked_of_fish(here, asked) == offered


@pytest.mark.needs_fish
def test_fish_completes_a_topic(here: Path) -> None:
    line = "lwnindex topics show Kernel/Block\\\\ layer/"
    asked = f"lwnindex completion fish | source; complete -C '{line}'"
    assert _asked_of_fish(here, asked) == ["Kernel/Block layer/I/O scheduling"]


def _asked_of_fish(here: Path, asked: str) -> list[str]:
    found = subprocess.run(
        ["fish", "--no-config", "-c", asked],
        cwd=here,
        env=_environment(here),
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
    )
    return found.stdout.splitlines()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_its_script(shell: str) -> None:
    found = CliRunner().invoke(main, ["completion", shell])

    assert found.exit_code == 0
    assert "_LWNINDEX_COMPLETE" in found.stdout


def test_where_nothing_is_known_files_are_completed(tmp_path: Path) -> None:
    words = {"COMP_WORDS": "lwnindex explain x", "COMP_CWORD": "2", "_LWNINDEX_COMPLETE": "bash_complete"}
    found = subprocess.run(
        [sys.executable, "-m", "lwnindex"],
        cwd=tmp_path,
        env={**os.environ, **words, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )

    assert found.stdout == b"file,x\n"
    assert list(tmp_path.iterdir()) == []
