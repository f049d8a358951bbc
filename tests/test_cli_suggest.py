"""Suggestions as they are printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lwnindex.cli import main
from lwnindex.cli_suggest import figure_lines, lines, reasons, written
from lwnindex.nearness import Space
from lwnindex.shelving import Given, shelf
from lwnindex.suggest import Near, Suggestion
from lwnindex.suggesting import Suggested
from lwnindex.trial import Figures
from tests.makers import card
from tests.sites import article

CEPH = Suggestion(
    entry=("Kernel", "Filesystems", "Ceph"),
    score=0.62,
    parts={"words": 0.31, "name": 0.15, "text": 0.1, "path": 0.03, "references": 0.03},
    near=(Near("367788", "A new one", 0.4, ("ceph", "osd")),),
    cites=("258516",),
    cited_by=("9", "10"),
    place="title",
    filed=3,
    named=4,
    often=9,
    in_title=("ceph",),
)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "1.md").write_text(article("Placement", "osd rados", topic="Kernel/Ceph"), "utf-8")
    (folder / "2.md").write_text(article("Extents", "a journal", topic="Kernel/ext4"), "utf-8")
    (folder / "3.md").write_text("---\ntitle: New\n---\nThe osd.\n", "utf-8")
    return folder


def run(content: Path, *said: str) -> Result:
    places = ("--content", str(content), "--store", str(content.parent / "store"))
    return CliRunner().invoke(main, ["topics", "suggest", *places, *said])


def test_an_entry_is_written_as_its_index_and_its_levels() -> None:
    assert written(("Kernel", "Filesystems", "Ceph")) == "Kernel / Filesystems/Ceph"
    assert written(("Kernel",)) == "Kernel"


def test_each_part_that_adds_to_the_score_has_a_sentence() -> None:
    assert list(reasons(CEPH).values()) == [
        'near 367788 "A new one" (ceph, osd)',
        "the name stands in the title; of 4 others with it there, 3 filed so",
        "the words of its name count 9 in the text",
        "in the title: ceph",
        "cites 258516; cited by 9, 10",
    ]
    assert list(reasons(CEPH._replace(parts={"words": 0.31, "name": 0.001}))) == ["words"]


def test_a_name_that_no_other_has_is_told() -> None:
    assert reasons(CEPH._replace(named=0))["name"].endswith("of no other article")


def test_a_suggestion_is_printed_with_its_parts() -> None:
    profile = Space(shelf([Given(card("5", "Kernel/BPF", title="On Ceph"), (), "ceph")])).profiles[0]

    assert list(lines(Suggested(profile, (CEPH._replace(held=True),))))[:4] == [
        "content/5.md: On Ceph",
        "  filed already: Kernel / BPF",
        "0.62  Kernel / Filesystems/Ceph (filed already)",
        '      0.31 near 367788 "A new one" (ceph, osd)',
    ]
    assert list(lines(Suggested(profile, ())))[-1] == "  nothing in the archive is like it"


def test_figures_are_printed_with_their_mean_and_range() -> None:
    one = Figures(1, 10, 2, (0.5, 0.25, 0.1), (0.5, 0.5, 0.5), (1, 1, 1), (1, 1, 1))
    found = list(figure_lines([one, one._replace(seed=2, precision=(1.0, 0.75, 0.3))]))

    assert found[0] == "seed 1: 2 of 10 filed articles held out"
    assert found[2].split() == ["precision", "0.500", "0.250", "0.100"]
    assert "0.750 (0.500 to 1.000)   0.500 (0.250 to 0.750)" in found[-4]
    assert len(list(figure_lines([one]))) == 6


def test_the_verb_suggests(content: Path) -> None:
    result = run(content, "3")

    assert result.exit_code == 0, result.output
    assert "Kernel / Ceph" in result.output
    assert 'near 1 "Placement" (osd)' in result.output


def test_the_verb_gives_json(content: Path) -> None:
    told = json.loads(run(content, "3", "--json", "--number", "1").stdout)

    assert told["article"]["id"] == "3"
    (one,) = told["suggestions"]
    assert one["entry"] == ["Kernel", "Ceph"]
    assert one["score"] == pytest.approx(sum(one["parts"].values()), abs=0.001)
    assert one["reasons"]


def test_the_verb_evaluates(content: Path) -> None:
    (told,) = json.loads(run(content, "--evaluate", "--seed", "3", "--share", "0.5", "--json").stdout)

    assert (told["seed"], told["articles"], told["held_out"]) == (3, 2, 1)
    assert told["precision"].keys() == told["recall_ceiling"].keys() == {"1", "3", "5"}
    assert "seed 1: 1 of 2" in run(content, "--evaluate", "--share", "0.5").stdout


@pytest.mark.parametrize("said", [(), ("3", "--evaluate")])
def test_one_thing_is_to_be_asked_for(content: Path, said: tuple[str, ...]) -> None:
    result = run(content, *said)

    assert result.exit_code == 2
    assert "name an article, or ask for --evaluate" in result.stderr


def test_an_unknown_article_is_told(content: Path) -> None:
    result = run(content, "33")

    assert result.exit_code == 2
    assert 'there is no article "33"' in result.stderr
    assert "Did you mean 3" in result.stderr
