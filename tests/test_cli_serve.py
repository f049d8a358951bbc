"""The verb that serves a preview says what it cannot do, in a sentence and a code."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from lwnindex.cli import main
from tests.sites import Site, article


@pytest.mark.parametrize("words", [["--port", "0"], ["--port", "70000"], ["--port", "x"], ["--output", "x"]])
def test_what_it_does_not_know_is_refused(words: list[str]) -> None:
    assert CliRunner().invoke(main, ["serve", *words]).exit_code == 2


def test_a_taken_port_that_was_asked_for_is_an_error_of_usage(tmp_path: Path) -> None:
    here = Site(tmp_path)
    here.put("content/one.md", article("One", "Words."))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = CliRunner().invoke(
            main, ["serve", "--config", str(tmp_path / "lwnindex.toml"), "--port", str(port)]
        )

    assert done.exit_code == 2
    assert f"port {port} is taken" in done.output


def test_its_help_says_what_it_leaves_alone() -> None:
    said = " ".join(CliRunner().invoke(main, ["serve", "--help"]).output.split())

    assert "output and store stay as they are" in said
