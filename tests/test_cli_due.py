"""`next-due` tells a day, or ends with 1."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lwnindex.cli import main


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a site with an article that comes in, and one that expires."""
    toml = '[site]\nurl = "https://example.org/"\ntimezone = "Europe/Vienna"\n'
    (tmp_path / "lwnindex.toml").write_text(toml)
    (tmp_path / "content").mkdir()
    for name, fields in (("a", "date: 2026-12-24"), ("b", "date: 2020-01-01\nexpires: 2026-12-26")):
        text = f"---\ntitle: Number {name}\n{fields}\nentries: [Kernel/BPF]\n---\nText.\n"
        (tmp_path / f"content/{name}.md").write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["next-due", *words])


@pytest.mark.usefixtures("root")
def test_it_tells_the_day_the_moment_and_what_is_due() -> None:
    one, other = run("--now", "2026-12-01"), run("--now", "2026-12-24")

    assert one.stdout == (
        "2026-12-24\n  from 2026-12-24T00:00:00+01:00 (Europe/Vienna)\n  comes in: content/a.md: Number a\n"
    )
    assert other.stdout.splitlines()[::2] == ["2026-12-26", "  expires: content/b.md: Number b"]
    assert (one.exit_code, other.exit_code) == (0, 0)


@pytest.mark.usefixtures("root")
def test_it_tells_programs_the_same() -> None:
    found = json.loads(run("--now", "2026-12-01", "--json").stdout)

    assert (found["day"], found["moment"]) == ("2026-12-24", "2026-12-24T00:00:00+01:00")
    assert found["articles"] == [{"id": "a", "title": "Number a", "file": "content/a.md", "change": "in"}]


def test_where_nothing_is_due_stdout_is_empty(root: Path) -> None:
    found = run("--now", "2030-01-01")

    assert (found.exit_code, found.stdout) == (1, "")
    assert "nothing is due" in found.stderr
    assert json.loads(run("--now", "2030-01-01", "--json").stdout)["day"] is None
    assert not (root / "site").exists()
