"""What is wrong is told as text, with the lines where it is, and never from outside of the content."""

from __future__ import annotations

from pathlib import Path

import pytest

from lwnindex import config
from lwnindex.preview.faults import MOST, excerpt, of_error, of_problems
from lwnindex.problems import SiteError, problem

LINES = "".join(f"line {number}\n" for number in range(1, 11))


@pytest.fixture
def found(tmp_path: Path) -> config.Found:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text(LINES)
    (tmp_path / "secret").write_text(LINES)
    (tmp_path / "content/link.md").symlink_to(tmp_path / "secret")
    (tmp_path / "lwnindex.toml").write_text("")
    return config.load(tmp_path / "lwnindex.toml", {}, {})


def test_a_problem_has_the_lines_around_its_place(found: config.Found) -> None:
    (fault,) = of_problems([problem("bad-date", "content/a.md", 5, "m\x1b", "f")], found)

    assert [row.number for row in fault.excerpt] == [2, 3, 4, 5, 6, 7, 8]
    assert [row.text for row in fault.excerpt if row.is_marked] == ["line 5"]
    assert (fault.code, fault.message, fault.file, fault.line) == (
        "bad-date",
        "m\N{REPLACEMENT CHARACTER}",
        "content/a.md",
        5,
    )


@pytest.mark.parametrize(
    "file", ["content/link.md", "secret", "content/../secret", "content/none.md", "../x", "content"]
)
def test_nothing_but_a_file_of_the_content_is_shown(found: config.Found, file: str) -> None:
    (fault,) = of_problems([problem("bad-date", file, 5, "m", "f")], found)

    assert fault.excerpt == ()


@pytest.mark.parametrize("line", [0, -1, 11, 10**9])
def test_there_is_no_excerpt_of_a_line_that_is_not_there(found: config.Found, line: int) -> None:
    assert excerpt(str(found.root / "content/a.md"), line) == ()


def test_an_excerpt_steers_nothing_and_has_short_lines(tmp_path: Path) -> None:
    place = tmp_path.resolve() / "a.md"
    place.write_bytes(b"\x1b[31m\tx\n" + b"y" * 5000 + b"\n\xff")

    rows = excerpt(str(place), 1)

    assert "\x1b" not in rows[0].text
    assert len(rows[1].text) < 200
    assert rows[2].text == "\N{REPLACEMENT CHARACTER}"


def test_an_error_of_a_template_has_its_place(tmp_path: Path) -> None:
    place = tmp_path / "page.html"
    place.write_text(LINES)

    one, other, last = of_error(
        SiteError(f"{place}:3: it fails.\n{place}: no: x (at line 2, column 9).\nIn all.")
    )

    assert (one.file, one.line, one.message) == (str(place), 3, "it fails.")
    assert [row.text for row in one.excerpt if row.is_marked] == ["line 3"]
    assert other.line == 2
    assert (last.message, last.file, last.excerpt) == ("In all.", "", ())


@pytest.mark.parametrize("said", ["/etc/passwd:1: x", "no/such.html:1: x", "disk full: no"])
def test_an_error_shows_no_other_file(said: str) -> None:
    (fault,) = of_error(SiteError(said))

    assert (fault.message, fault.excerpt) == (said, ())


def test_of_many_some_are_told(found: config.Found) -> None:
    assert len(of_problems([problem("bad-date", "content/a.md", 1, "m", "f")] * 100, found)) == MOST
