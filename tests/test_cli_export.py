"""The verbs that write the archive for other programs: what they say, where, and how they end."""

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
    put(tmp_path, "lwnindex.toml", '[site]\nurl = "https://example.org/"\n')
    for day in (1, 2):
        put(tmp_path, f"content/a{day}.md", ARTICLE.format(title=f"Number {day}", day=day))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(folder: Path, path: str, text: str) -> Path:
    place = folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, "utf-8")
    return place


def run(*words: str) -> Result:
    """Return what a command says, and its exit code."""
    return CliRunner().invoke(main, list(words))


def test_the_export_is_json_on_stdout_or_in_a_file(root: Path) -> None:
    said = run("export", "json")
    assert (said.exit_code, said.stderr) == (0, "")
    assert [article["id"] for article in json.loads(said.stdout)["articles"]] == ["a1", "a2"]
    assert not (root / "site").exists()

    assert run("export", "json", "--output", "archive.json").stdout == ""
    assert (root / "archive.json").read_text("utf-8") == said.stdout


def test_an_export_that_cannot_be_written_ends_with_three(root: Path) -> None:
    said = run("export", "json", "--output", "content")

    assert (said.exit_code, said.stderr) == (3, "lwnindex: content cannot be written: Is a directory.\n")


# The site as one file --------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["zip", "zim"])
def test_an_export_is_written_here_under_the_name_of_the_site(root: Path, kind: str) -> None:
    said = run("export", kind)

    assert (said.exit_code, said.stderr) == (0, "")
    assert said.stdout.startswith(f"News_index.{kind}: 2 articles, 1 topic, ")
    assert (root / f"News_index.{kind}").is_file()


def test_a_part_is_chosen_by_options(root: Path) -> None:
    put(root, "content/b.md", ARTICLE.format(title="B", day=3).replace("Kernel/BPF", "Security/Bugs"))
    said = run("export", "zip", "--index", "Security", "--year", "2020", "--author", "Desk", "--json")

    figures = json.loads(said.stdout)
    assert (said.exit_code, figures["articles"], figures["topics"]) == (0, 1, 1)
    assert figures["output"] == "News_index-Security-Desk-2020.zip"
    assert figures["bytes"] == (root / figures["output"]).stat().st_size


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--index", "Kernal"), 'Did you mean "Kernel"?'),
        (("--topic", "Kernel/BFP"), 'Did you mean "Kernel/BPF"?'),
        (("--output", "lwnindex.toml"), "left alone"),
    ],
)
def test_an_export_of_nothing_or_over_something_ends_with_two(
    root: Path, words: tuple[str, ...], sentence: str
) -> None:
    said = run("export", "zip", *words)

    assert (said.exit_code, said.stdout) == (2, "")
    assert sentence in said.stderr
    assert not list(root.glob("*.zip"))


def test_an_export_ends_with_one_after_errors_and_strictly_after_warnings(root: Path) -> None:
    put(root, "content/photo.jpg", "")
    assert run("export", "zip").exit_code == 0
    assert run("export", "zip", "--strict").exit_code == 1

    put(root, "content/bad.md", "")
    said = run("export", "zip", "-q")
    assert (said.exit_code, said.stdout) == (1, "")
    assert said.stderr.startswith("error: content/bad.md:1: empty: ")
    assert said.stderr.count("\n") == 1
    assert (root / "News_index.zip").is_file()
