"""Help has examples, slips are asked about, and colours are for terminals that want them."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from lwnindex.cli import main
from lwnindex.cli_manners import Commands, coloured
from tests.programs import ROOT

LINE = 'error: content/a: b.md:3: dead-link: the link to "x: y" leads to nothing.'


def verbs(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        yield name, command
        return
    for verb, child in command.commands.items():
        yield from verbs(child, f"{name} {verb}")


@pytest.mark.parametrize(("name", "command"), list(verbs(main, "lwnindex")))
def test_the_help_of_every_verb_has_an_example(name: str, command: click.Command) -> None:
    shown = [line.strip() for line in (command.help or "").partition("\b")[2].splitlines()]

    assert [line for line in shown if name in line], f"the help of {name} has no example below \\b"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["buidl"], 'there is no verb "buidl". Did you mean "build"?'),
        (["topics", "shw"], 'there is no verb "shw". Did you mean "show"?'),
        (["zzz"], 'there is no verb "zzz". There are: build, '),
        (["build", "--claen"], "--clean"),
        (["topics", "list", "--sort", "nmae"], "'name'"),
    ],
)
def test_a_slip_in_a_verb_or_an_option_is_asked_about(words: list[str], said: str) -> None:
    found = CliRunner().invoke(main, words)

    assert found.exit_code == 2
    assert said in found.stderr
    assert found.stdout == ""


class _Terminal:
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "is_coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_severity_and_code_are_coloured_where_that_is_wanted(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], *, is_coloured: bool
) -> None:
    monkeypatch.setattr("sys.stderr", _Terminal())
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    found = coloured(LINE)

    assert (found != LINE) == is_coloured
    assert click.unstyle(found) == LINE
    if is_coloured:
        assert click.style("dead-link", bold=True) in found


def test_what_is_no_problem_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", _Terminal())
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)

    assert coloured("   12 tables repaired") == "   12 tables repaired"


@pytest.mark.parametrize("verb", [["check"], ["topics", "lint"]])
@pytest.mark.parametrize("is_terminal", [True, False])
def test_problems_that_are_results_have_colours_on_a_terminal_alone(
    tmp_path: Path, verb: list[str], *, is_terminal: bool
) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text("---\ntitle: A\nentries: [Kernel/BPF]\n---\nWords.\n")
    (tmp_path / "content/topics.toml").write_text('["Kernel/BPF"]\n["Kernel/Nothing"]\n')
    here, there = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    with subprocess.Popen(
        [sys.executable, "-m", "lwnindex", *verb, "--content", "content"],
        cwd=tmp_path,
        env={**environment, "PYTHONPATH": str(ROOT), "TERM": "xterm"},
        stdout=there if is_terminal else subprocess.PIPE,
        stderr=subprocess.DEVNULL if is_terminal else there,
    ) as program:
        os.close(there)
        told = program.stdout.read() if program.stdout else _read(here)
    os.close(here)

    assert b"empty-topic" in told
    assert (b"\x1b[" in told) == is_terminal


@pytest.mark.parametrize("is_terminal", [True, False])
def test_a_build_has_colours_on_a_terminal_alone(tmp_path: Path, *, is_terminal: bool) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text("---\ntitle: A\nentries: [Kernel/BPF]\n---\n[x](nowhere.md)\n")
    here, there = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    with subprocess.Popen(
        [sys.executable, "-m", "lwnindex", "build", "--content", "content", "--output", "site"],
        cwd=tmp_path,
        env={**environment, "PYTHONPATH": str(ROOT), "TERM": "xterm"},
        stdout=subprocess.DEVNULL,
        stderr=there if is_terminal else subprocess.PIPE,
    ) as program:
        os.close(there)
        told = program.stderr.read() if program.stderr else _read(here)
    os.close(here)

    assert b"dead-link" in told
    assert (b"\x1b[" in told) == is_terminal


def _read(terminal: int) -> bytes:
    """Return all that comes until the other end is closed."""
    found = b""
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:
            return found
        if not part:
            return found
        found += part


def test_an_interruption_while_options_are_read_ends_with_130_as_well() -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    option = click.Option(["--debug"], is_flag=True, callback=interrupted, expose_value=False)
    found = CliRunner().invoke(Commands("lwnindex", params=[option]), ["--debug"])

    assert (found.exit_code, found.stderr) == (130, "lwnindex: interrupted\n")


@pytest.mark.parametrize(
    ("where", "place"), [(".", "lwnindex.toml:1: "), ("content", None), ("..", "here/lwnindex.toml:1: ")]
)
def test_a_file_is_named_from_the_folder_one_is_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str, place: str | None
) -> None:
    root = tmp_path / "here"
    (root / "content").mkdir(parents=True)
    (root / "lwnindex.toml").write_text("pages.zzz = 1\n[links]\nzzz = 2\n")
    monkeypatch.chdir(root / where)

    found = CliRunner().invoke(main, ["build", "--content", str(root / "content")])

    shown = f"{root}/lwnindex.toml:1: " if place is None else place
    assert found.stderr.startswith(f"lwnindex: {shown}there is no key")
    assert f"lwnindex: {shown.replace(':1: ', ':3: ')}there is no key" in found.stderr
