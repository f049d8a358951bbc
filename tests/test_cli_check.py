"""`check` and `explain` as they are called."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lwnindex.cli import main
from tests import audited
from tests.misbehaving import Server, hanging, misbehaving, page
from tests.sites import article


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a site with a warning and an error."""
    (tmp_path / "lwnindex.toml").write_text('[site]\nurl = "https://news.example/"\n')
    (tmp_path / "content").mkdir()
    (tmp_path / "content/one.md").write_text(article("One", "It is [here](https://other.example/a)."))
    (tmp_path / "content/two.md").write_text(article("Two", "See [it](nowhere.md).", day=2))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def without_error(here: Path) -> None:
    (here / "content/two.md").write_text(article("Two", "Words.", day=2))


@pytest.mark.usefixtures("here")
def test_findings_are_lines_and_the_last_one_counts() -> None:
    found = run("check")

    lines = found.stdout.splitlines()
    assert [line.split(": ")[1:3] for line in lines[:-1]] == [
        ["content/one.md:7", "vague-link"],
        ["content/two.md:7", "dead-link"],
    ]
    assert lines[-1].endswith("files checked; 1 error, 1 warning")
    assert found.exit_code == 1


def test_warnings_count_when_it_is_strict(here: Path) -> None:
    without_error(here)

    assert run("check").exit_code == 0
    assert run("check", "--strict").exit_code == 1


@pytest.mark.usefixtures("here")
def test_errors_alone_are_told_when_it_is_quiet() -> None:
    found = run("check", "-q", "--format", "json")

    assert [json.loads(line)["code"] for line in found.stdout.splitlines()] == ["dead-link"]


@pytest.mark.usefixtures("here")
def test_each_format_is_alone_on_stdout() -> None:
    objects = [json.loads(line) for line in run("check", "--format", "json").stdout.splitlines()]
    log = json.loads(run("check", "--format", "sarif").stdout)
    commands = run("check", "--format", "github").stdout.splitlines()

    assert [one["code"] for one in objects] == ["vague-link", "dead-link"]
    assert [one["ruleId"] for one in log["runs"][0]["results"]] == ["vague-link", "dead-link"]
    assert [one.partition(" ")[0] for one in commands] == ["::warning", "::error"]


def test_files_are_named_from_the_folder_of_the_repository(here: Path) -> None:
    (here / ".git").mkdir()
    site = here / "docs"
    site.mkdir()
    for name in ("lwnindex.toml", "content"):
        (here / name).rename(site / name)
    config = ("--config", "docs/lwnindex.toml")
    commands = run("check", *config, "--format", "github").stdout
    log = json.loads(run("check", *config, "--format", "sarif").stdout)
    places = [
        one["locations"][0]["physicalLocation"]["artifactLocation"] for one in log["runs"][0]["results"]
    ]

    assert "file=docs/content/one.md,line=7" in commands
    assert [one["uri"] for one in places] == ["docs/content/one.md", "docs/content/two.md"]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("form", ["json", "sarif", "github"])
def test_the_line_that_counts_goes_to_stderr_beside_a_format(form: str) -> None:
    assert run("check", "--format", form).stderr.endswith("files checked; 1 error, 1 warning\n")


@pytest.mark.usefixtures("here")
def test_a_format_that_there_is_not_is_a_mistake_in_use() -> None:
    assert run("check", "--format", "xml").exit_code == 2


def test_a_code_that_there_is_not_is_a_mistake_in_the_configuration(here: Path) -> None:
    (here / "lwnindex.toml").write_text('[check]\nignore = ["vague-lnk"]\n')

    found = run("check")

    assert found.exit_code == 2
    assert 'Did you mean "vague-link"?' in found.stderr


def test_a_code_is_explained_where_there_is_no_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    found = run("explain", "no-alt")

    assert found.exit_code == 0
    assert found.stdout.startswith("no-alt: a warning\n")


@pytest.mark.usefixtures("here")
def test_an_article_and_a_page_are_explained() -> None:
    assert run("explain", "one").stdout.startswith("content/one.md: ")
    assert run("explain", "Articles/one/").stdout.startswith("Articles/one/index.html: ")


@pytest.mark.usefixtures("here")
def test_a_name_of_nothing_is_a_mistake_in_use() -> None:
    found = run("explain", "vague-lnk")

    assert found.exit_code == 2
    assert "vague-link" in found.stderr


def linked(here: Path, server: Server, *paths: str) -> None:
    """Let the article link to addresses of a server."""
    links = " ".join(f"[the page {path}]({server.url}{path})" for path in paths)
    (here / "content/one.md").write_text(article("One", links))
    without_error(here)
    (here / "lwnindex.toml").write_text('[site]\nurl = "https://news.example/"\nsource = ""\n')


ASKING = ("check", "--external", "--allow-private", "127.0.0.1")


def test_links_to_the_web_are_tried_on_request(here: Path) -> None:
    with misbehaving({"/a": page(b"x")}) as server:
        linked(here, server, "/a", "/none")
        found = run(*ASKING, "--format", "json")
        again = run(*ASKING)
        asked = server.paths()

    (one,) = [json.loads(line) for line in found.stdout.splitlines()]
    assert (one["code"], one["file"], one["line"]) == ("dead-address", "content/one.md", 7)
    assert found.exit_code == again.exit_code == 1
    assert "addresses: 2 asked, 0 known" in found.stderr
    assert "addresses: 0 asked, 2 known" in again.stderr
    assert asked.count("/robots.txt") == 1


def test_without_the_request_nobody_is_asked(here: Path, tmp_path: Path) -> None:
    with misbehaving({}) as server:
        linked(here, server, "/a")
        done = audited.run("check", cwd=here, log=tmp_path / "events")
        asked = server.paths()

    assert done.code == 0, done
    assert audited.calls(done.events) == []
    assert asked == []


def test_an_interrupted_run_ends_at_once_and_loses_nothing(here: Path) -> None:
    with misbehaving({"/a": page(b"x"), "/b": hanging}) as server:
        linked(here, server, "/a", "/b")
        words = [sys.executable, "-m", "lwnindex", *ASKING]
        process = subprocess.Popen(words, cwd=here, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 120
        while "/b" not in server.paths() and time.monotonic() < end:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        code = process.wait(120)

    assert code == 130
    assert f"{server.url}/a" in (here / ".lwnindex/outbound.jsonl").read_text()
