"""A whole measurement, of ourselves alone and of a small corpus."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.run import main
from benchmarks.scenarios import SCENARIOS


def test_a_measurement_ends_in_a_table_on_the_page_of_results(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    work, page = tmp_path / "work", tmp_path / "RESULTS.md"
    work.mkdir()
    page.write_text("# By hand\n", "utf-8")
    options = ["--size", "20", "--runs", "1", "--peers", "hugo,lwnindex"]
    main([*options, "--work", str(work), "--results", str(page)])

    samples = [json.loads(line) for line in (work / "samples-20.jsonl").read_text("utf-8").splitlines()]
    programs = [(one["scenario"], one["program"]) for one in samples]
    assert programs == [*((name, "lwnindex") for name in SCENARIOS), ("cold", "cp -r of lwnindex")]
    written = {one["scenario"]: one["written"] for one in samples[:-1]}
    assert written["cold"] == samples[0]["files"] > 20
    assert written["nothing changed"] == 0
    assert written["one body edited"] == 1
    assert 1 < written["one title edited"] < written["cold"]
    assert 1 < written["one article added under a new topic"] < written["cold"]
    assert written["one template edited"] == 21
    assert all(one["cpu"] > 0 and one["memory"] > 0 for one in samples[:-1])

    said = capsys.readouterr().out
    assert "hugo is left out" in said
    assert said.strip() in page.read_text("utf-8")
    assert page.read_text("utf-8").startswith("# By hand\n")
    assert [place.name for place in work.iterdir()] == ["samples-20.jsonl"]


def test_a_program_that_there_is_not_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["--peers", "hugo,kalo", "--work", str(tmp_path)])
