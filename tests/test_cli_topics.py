"""The verbs of the thesaurus, as they are called."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lwnindex.cli import main
from tests.programs import ROOT
from tests.sites import article

TOPICS = """["Kernel/Memory management"]
note = '''
What a page is, and *whose*.

Second part.
'''

["Kernel/Nothing filed"]
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a site with three articles."""
    (tmp_path / "lwnindex.toml").write_text('[site]\nurl = "https://example.org/"\n')
    for number, topic in enumerate(
        ("Kernel/Memory management", "Kernel/Memory management/Swap", "Security/BPF")
    ):
        file = tmp_path / f"content/{number}.md"
        file.parent.mkdir(exist_ok=True)
        body = "Words, and [more](/Articles/900/)."
        file.write_text(article(f"Article {number}", body, day=number + 1, topic=topic))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["topics", *words])


def objects(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.usefixtures("here")
def test_the_help_names_the_verbs() -> None:
    result = run("--help")

    assert result.exit_code == 0
    assert all(f"  {verb} " in result.output for verb in ("list", "tree", "show", "lint", "gaps"))


@pytest.mark.usefixtures("here")
def test_list_tells_the_topics() -> None:
    result = run("list", "--index", "kernel", "--sort", "count", "--min", "1")

    assert (result.exit_code, result.stdout) == (
        0,
        (
            "     2      1  2020-01-02  Kernel/Memory management\n"
            "     1      1  2020-01-02  Kernel/Memory management/Swap\n"
        ),
    )
    assert [one["topic"] for one in objects(run("list", "--json"))][-1] == "Security/BPF"


@pytest.mark.usefixtures("here")
def test_tree_sets_topics_in_below_their_index() -> None:
    assert run("tree").stdout == ("Kernel\n  Memory management  (2)\n    Swap  (1)\nSecurity\n  BPF  (1)\n")
    assert run("tree", "--index", "Kernel", "--depth", "1").stdout == "Kernel\n  Memory management  (2)\n"
    assert [one["depth"] for one in objects(run("tree", "--json"))] == [0, 1, 0]


def test_show_tells_of_a_topic_with_its_note(here: Path) -> None:
    (here / "content/topics.toml").write_text(TOPICS)
    result = run("show", "Kernel/Memory management")

    assert result.exit_code == 0
    assert result.stdout.startswith(
        "Kernel/Memory management\n  What a page is, and whose.\n  Second part.\n"
        "described in  content/topics.toml:1\n"
    )
    (found,) = objects(run("show", "Kernel/Memory management", "--json"))
    assert found["note"] == "What a page is, and whose.\nSecond part."


@pytest.mark.usefixtures("here")
def test_show_says_how_it_read_a_name_and_which_may_be_meant() -> None:
    result = run("show", "kernel/memory management/swap", "--json")

    assert result.exit_code == 0
    assert "is read as Kernel/Memory management/Swap" in result.stderr
    assert objects(result)[0]["topic"] == "Kernel/Memory management/Swap"
    unknown = run("show", "Kernel/Memory managment")
    assert unknown.exit_code == 2
    assert 'Did you mean "Kernel/Memory management"?' in unknown.stderr


def test_lint_ends_with_1_where_it_finds_something(here: Path) -> None:
    result = run("lint")
    assert (result.exit_code, result.stdout) == (0, "nothing to mend\n")

    (here / "content/topics.toml").write_text('["Kernel/Swap"]\nalias = "Kernel/VM"\n')
    result = run("lint")
    assert result.exit_code == 1
    assert "content/topics.toml:2: unknown-field:" in result.stdout
    assert {one["code"] for one in objects(run("lint", "--json"))} >= {"unknown-field"}


def test_lint_takes_small_slips_of_the_pen_for_what_they_are(here: Path) -> None:
    (here / "content/9.md").write_text(article("Nine", "Words.", topic="Kernel/Memory managment"))
    result = run("lint")

    assert result.exit_code == 1
    assert 'lwnindex topics merge "Kernel/Memory managment" "Kernel/Memory management"' in result.stdout


def test_lint_tells_what_only_linking_finds(here: Path) -> None:
    topics = """["Kernel/Memory management"]
note = "See [this](/Articles/1/), [that](/Kernel/Nowhere/), and [search](/search/index.html)."
"""
    (here / "lwnindex.toml").write_text('[site]\nurl = "https://example.org/"\nsource = ""\n')
    (here / "content/topics.toml").write_text(topics)
    result = run("lint")
    assert result.exit_code == 1
    assert [(one["code"], one["places"]) for one in objects(run("lint", "--json"))] == [
        ("dead-link", [{"file": "content/topics.toml", "line": 2}]),
    ]
    (here / "content/topics.toml").write_text(topics.replace("/Kernel/Nowhere/", "/Articles/2/"))
    assert run("lint").stdout == "nothing to mend\n"


def test_a_hint_is_told_when_it_is_asked_for_and_is_no_fault(here: Path) -> None:
    (here / "content/9.md").write_text(article("Nine", "Words.", topic="Kernel/Locking/Mutexes"))

    assert run("lint").stdout == "nothing to mend\n"
    result = run("lint", "--all")
    assert result.exit_code == 0
    assert "lone-sub-topic" in result.stdout


@pytest.mark.usefixtures("here")
def test_gaps_tells_what_is_lacking() -> None:
    assert run("gaps", "--kind", "cited").stdout == (
        "articles that are cited here and not held: 1\n"
        "     3  https://lwn.net/Articles/900/  cited by 2 1 0\n"
    )
    assert "topics with one article: 2" in run("gaps").stdout
    assert len(objects(run("gaps", "--json", "--limit", "1"))) == 2


def test_lint_is_quiet_on_the_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = run("lint", "--store", str(tmp_path))

    assert (result.exit_code, result.stdout) == (0, "nothing to mend\n")
