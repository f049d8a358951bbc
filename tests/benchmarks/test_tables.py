"""A table tells medians and ratios, and a page of results keeps what was written by hand."""

from __future__ import annotations

from benchmarks.tables import Sample, placed, table


def sample(program: str = "lwnindex", scenario: str = "cold", **figures: float) -> Sample:
    """Return a sample, of few figures that differ from others."""
    whole = {"wall": 1.0, "cpu": 2.0, "memory": 100, "written": 5, "files": 10, "bytes": 2_500_000, **figures}
    return Sample(scenario, program, **whole)  # type: ignore[arg-type]


def cells(text: str) -> list[list[str]]:
    """Return the rows of a table below its head."""
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in text.splitlines()[2:]]


def test_a_row_tells_medians_and_ratios_to_hugo() -> None:
    ours = [sample(wall=wall) for wall in (9.0, 1.0, 2.0)]
    hugo = sample("hugo", wall=4.0, cpu=8.0, memory=400)
    assert cells(table([*ours, hugo]))[0] == [
        *("cold", "lwnindex", "3", "2.00", "0.50", "2.00", "0.25", "100", "0.25", "5", "10", "2.5")
    ]


def test_rows_stand_scenario_by_scenario_as_they_came() -> None:
    came = [("hugo", "cold"), ("hugo", "title"), ("lwnindex", "cold"), ("lwnindex", "title"), ("cp", "cold")]
    found = [(row[0], row[1]) for row in cells(table([sample(*each) for each in came]))]
    assert found == [
        ("cold", "hugo"),
        ("cold", "lwnindex"),
        ("cold", "cp"),
        ("title", "hugo"),
        ("title", "lwnindex"),
    ]


def test_without_hugo_there_are_no_ratios() -> None:
    assert [cells(table([sample()]))[0][place] for place in (4, 6, 8)] == ["-", "-", "-"]


def test_a_part_comes_last_on_its_page() -> None:
    page = placed("# By hand\n", 1000, "a table\n")
    assert page == ("# By hand\n\n<!-- measured: 1000 articles -->\na table\n<!-- end: 1000 articles -->\n")


def test_a_part_takes_the_place_of_the_old_one_of_its_size() -> None:
    page = placed(placed("# By hand\n", 1000, "old"), 10000, "kept") + "\nMore by hand.\n"
    assert placed(page, 1000, r"new \1") == page.replace("old", r"new \1")
    assert placed(page, 1000, "old") == page
