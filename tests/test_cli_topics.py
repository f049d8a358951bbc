"""The verbs of the thesaurus, as they are called."""

from __future__ import annotations

from click.testing import CliRunner

from lwnindex.cli import main


def test_the_help_names_the_group() -> None:
    result = CliRunner().invoke(main, ["topics", "--help"])

    assert result.exit_code == 0
    assert "rework" in result.output
