"""What `build` does beside building, typed and read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lwnindex.cli import main

ARTICLE = "---\ntitle: {title}\ndate: 2020-01-0{day}\nauthors: [Desk]\nentries: [Kernel/BPF]\n---\nText.\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a site with two sound articles, where the commands are typed."""
    (tmp_path / "content").mkdir()
    (tmp_path / "lwnindex.toml").write_text('[site]\nurl = "https://example.org/"\n')
    for day in (1, 2):
        (tmp_path / f"content/a{day}.md").write_text(ARTICLE.format(title=f"Number {day}", day=day))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["build", *words])


def test_a_plan_is_told_and_nothing_is_built(root: Path) -> None:
    found = run("--plan")

    assert found.exit_code == 0
    assert found.stdout.startswith("new: ")
    assert found.stdout.endswith("nothing is written yet\n")
    assert not (root / "site").exists()


def test_a_plan_in_json_is_a_page_a_line(root: Path) -> None:
    run()
    (root / "content/a2.md").unlink()
    *pages, figures = map(json.loads, run("--plan", "--json").stdout.splitlines())

    assert {"path": "Articles/a2/index.html", "change": "removed"}.items() <= pages[-1].items()
    assert figures["removed"] >= 1


def test_a_plan_ends_with_1_after_errors_as_the_build_would(root: Path) -> None:
    (root / "content/a3.md").write_text("---\ntitle: [\n---\nText.\n")

    assert (run("--plan").exit_code, run().exit_code) == (1, 1)


def test_a_list_of_changes_goes_to_stdout_alone(root: Path) -> None:
    first = run("--changed-files", "-")
    (root / "content/a2.md").unlink()
    second = run("--changed-files", "-", "-0")

    assert {line[:2] for line in first.stdout.splitlines()} == {"+ "}
    assert "names every file" in first.stderr
    assert "- Articles/a2/index.html\0" in second.stdout
    assert "names every file" not in second.stderr


@pytest.mark.parametrize(
    "words",
    [("--changed-files", "-", "--json"), ("--changed-files", "f", "--plan"), ("--changed-files", "site/f")],
)
def test_a_list_that_cannot_be_is_refused_before_anything_is_built(root: Path, words: tuple[str]) -> None:
    assert run(*words).exit_code == 2
    assert not (root / "site").exists()


@pytest.mark.parametrize("name", ["none/list", "none/deep/list", "lwnindex.toml/list"])
def test_a_list_makes_no_folder(root: Path, name: str) -> None:
    found = run("--changed-files", name)

    assert found.exit_code == 2
    first = root / name.partition("/")[0]
    assert found.stderr.startswith(
        f"lwnindex: there is no folder {first}, so list cannot be put into {root}/"
    )
    assert not (root / "none").exists()
    assert not (root / "site").exists()


def test_a_list_may_stand_in_the_folder_of_the_store(root: Path) -> None:
    assert run("--changed-files", ".lwnindex/list").exit_code == 0
    assert (root / ".lwnindex/list").read_text().startswith("+ ")
