"""The verbs that rework topics, as they are called."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lwnindex.cli import main
from tests.sites import article


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "lwnindex.toml").write_text('[site]\ntitle = "T"\n')
    (tmp_path / "content").mkdir()
    (tmp_path / "content/1.md").write_text(article("One", "Text.", topic="Kernel/A, Kernel/B"))
    return tmp_path


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["topics", *words, "--config", str(folder / "lwnindex.toml")])


def test_a_rename_is_told_in_a_few_lines(folder: Path) -> None:
    result = run(folder, "rename", "Kernel/A", "Kernel/C")
    assert result.exit_code == 0
    assert result.stdout == '1 entry in 1 file\n"Kernel/A" is now another name of "Kernel/C"\n'


def test_a_dry_run_is_a_diff(folder: Path) -> None:
    result = run(folder, "merge", "--dry-run", "Kernel/A", "Kernel/B")
    assert result.exit_code == 0
    assert "-entries: [Kernel/A, Kernel/B]\n+entries: [Kernel/B]\n" in result.stdout
    assert not (folder / "content/topics.toml").exists()


def test_an_obstacle_ends_with_1_and_is_told_with_its_place(folder: Path) -> None:
    (folder / "content/2.md").symlink_to("1.md")
    result = run(folder, "move", "Kernel/A", "Security")
    assert result.exit_code == 1
    assert "content/2.md: it cannot be rewritten: it is a link." in result.stderr
    assert "nothing was written" in result.stdout
    assert run(folder, "move", "--leave-to-alias", "Kernel/A", "Security").exit_code == 0


def test_a_name_that_there_is_not_ends_with_2(folder: Path) -> None:
    result = run(folder, "rename", "Kernel/Z", "Kernel/C")
    assert result.exit_code == 2
    assert "there is no topic" in result.stderr
