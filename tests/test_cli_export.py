"""The verbs that write the archive for other programs: what they say, where, and how they end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lwnindex.cli import main

ROOT = Path(__file__).parents[1]
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


def test_a_file_that_is_no_such_export_is_left_alone(root: Path) -> None:
    (root / "mine.json").write_text('{"mine": 1}')
    (root / "archive.json").touch()

    said = run("export", "json", "--output", "mine.json")

    assert (said.exit_code, (root / "mine.json").read_text()) == (2, '{"mine": 1}')
    for _ in range(2):
        assert run("export", "json", "--output", "archive.json").exit_code == 0
    assert not list(root.glob(".*part"))


def test_a_dash_is_stdout(root: Path) -> None:
    for kind in ("json", "skos"):
        assert run("export", kind, "--output", "-").stdout == run("export", kind).stdout != ""
    said = run("export", "sqlite", "--output", "-")
    assert (said.exit_code, "name a file" in said.stderr) == (2, True)
    said = run("export", "csv", "--output", "-")
    assert (said.exit_code, "takes one table" in said.stderr) == (2, True)
    assert not (root / "-").exists()


@pytest.mark.parametrize("words", [("json",), ("skos", "--format", "jsonld")])
def test_what_is_no_file_is_written_to_as_it_is(root: Path, words: tuple[str, ...]) -> None:
    os.mkfifo(root / "pipe")
    reader = os.open(root / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert run("export", *words, "--output", "pipe").exit_code == 0
        assert os.read(reader, 1 << 16) == run("export", *words).stdout_bytes
    finally:
        os.close(reader)
    assert (root / "pipe").is_fifo()


def test_a_stdout_without_room_is_no_fault_of_the_program(root: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    for words in (("json",), ("skos",), ("csv", "--table", "topics")):
        with full.open("wb") as stdout:
            said = subprocess.run(
                [sys.executable, "-m", "lwnindex", "export", *words],
                cwd=root,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdout=stdout,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
            )
        assert said.returncode == 3
        assert said.stderr.startswith("lwnindex: stdout cannot be written: ")


def test_an_export_that_cannot_be_written_ends_with_three(root: Path) -> None:
    said = run("export", "json", "--output", "content")

    assert (said.exit_code, said.stderr) == (3, "lwnindex: content cannot be written: Is a directory.\n")


@pytest.mark.parametrize("verb", ["csv", "json", "skos", "sqlite", "zim", "zip"])
def test_every_export_is_named_and_helps(verb: str) -> None:
    assert f"\n  {verb} " in run("export", "--help").stdout

    said = run("export", verb, "--help")
    assert (said.exit_code, said.stderr) == (0, "")
    assert "--output" in said.stdout


# Tables and graphs -------------------------------------------------------------------------------


def test_tables_are_files_or_one_of_them_is_on_stdout(root: Path) -> None:
    said = run("export", "csv", "--output", "tables")
    assert (said.exit_code, said.output) == (0, "")

    said = run("export", "csv", "--table", "entries")
    assert (said.exit_code, said.stderr) == (0, "")
    assert said.stdout_bytes == b"article,position,topic\r\na1,1,1\r\na2,1,1\r\n"
    assert said.stdout_bytes == (root / "tables/entries.csv").read_bytes()


def test_the_database_is_a_file(root: Path) -> None:
    said = run("export", "sqlite", "--output", "archive.db")

    assert (said.exit_code, said.output) == (0, "")
    assert (root / "archive.db").read_bytes().startswith(b"SQLite format 3")


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ((), b"# Made by"),
        (("--format", "turtle"), b"# Made by"),
        (("--format", "jsonld"), b"{"),
        (("--output", "a.ttl"), b"# Made by"),
        (("--output", "a.JSONLD"), b"{"),
        (("--output", "a.txt", "--format", "jsonld"), b"{"),
    ],
)
def test_the_thesaurus_is_in_the_format_that_is_named_or_that_of_the_file(
    root: Path, words: tuple[str, ...], start: bytes
) -> None:
    said = run("export", "skos", *words)
    content = (root / words[1]).read_bytes() if "--output" in words else said.stdout_bytes

    assert (said.exit_code, said.stderr) == (0, "")
    assert content.startswith(start)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("csv",), "--output DIR"),
        (("csv", "--output", "x", "--table", "topics"), "either"),
        (("csv", "--table", "topic"), "There are: site, indexes, topics"),
        (("sqlite",), "Missing option '--output'"),
        (("sqlite", "--output", ""), "name a file, --output FILE"),
        (("skos", "--output", "x.rdf"), "--format turtle"),
        (("skos", "--format", "rdf"), "'turtle', 'jsonld'"),
    ],
)
def test_an_order_that_cannot_be_understood_ends_with_two_and_leaves_nothing(
    root: Path, words: tuple[str, ...], sentence: str
) -> None:
    before = sorted(root.rglob("*"))
    said = run("export", *words)

    assert (said.exit_code, said.stdout) == (2, "")
    assert sentence in " ".join(said.stderr.split())
    assert sorted(root.rglob("*")) == before


@pytest.mark.parametrize("words", [("csv", "--table", "site"), ("sqlite", "--output", "a.db"), ("skos",)])
def test_problems_are_told_and_errors_end_with_one(root: Path, words: tuple[str, ...]) -> None:
    put(root, "lwnindex.toml", "")
    said = run("export", *words)
    assert said.exit_code == 0
    assert said.stderr.startswith("warning: lwnindex.toml: no-url: ")
    assert run("export", *words, "--strict").exit_code == 1
    assert run("export", *words, "-q").stderr == ""

    put(root, "content/bad.md", "")
    said = run("export", *words, "-q")
    assert said.exit_code == 1
    assert said.stderr.startswith("error: content/bad.md:1: empty: ")


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


def test_help_lists_the_exporters_of_plug_ins(root: Path) -> None:
    plain = run("export", "--help").stdout
    put(root, "own.py", "def extend(registry):\n    registry.add_exporter('titles', repr)\n")
    put(root, "lwnindex.toml", 'plugins = ["own:extend"]\n')

    assert "titles  Write what an exporter of a plug-in makes." in run("export", "--help").stdout
    put(root, "own.py", "broken\n")
    said = run("export", "--help")
    assert (said.exit_code, said.stdout) == (0, plain)
