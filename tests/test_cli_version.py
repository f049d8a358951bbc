"""`version` says what a report of a fault needs."""

from __future__ import annotations

from importlib.metadata import version

from click.testing import CliRunner

from lwnindex.cli import main


def test_the_verb_says_what_the_option_does() -> None:
    told = CliRunner().invoke(main, ["version"]).stdout

    assert told == f"lwnindex {version('lwnindex')}\n" == CliRunner().invoke(main, ["--version"]).stdout


def test_it_tells_the_libraries_if_asked() -> None:
    told = CliRunner().invoke(main, ["version", "--verbose"]).stdout

    assert f"msgspec {version('msgspec')}\n" in told
