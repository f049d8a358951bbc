"""An error holds pages back if it is new."""

from __future__ import annotations

import pytest

from lwnindex.model import Problem
from lwnindex.preview.holding import SETTLING, Good, new_errors, standing
from lwnindex.problems import problem


def error(file: str = "a.md", code: str = "bad-date", line: int = 1, message: str = "m") -> Problem:
    return problem(code, file, line, message, "f")


DIGESTS = {"a.md": "1", "b.md": "2"}


@pytest.mark.parametrize(
    ("now", "digests"),
    [
        ([error()], DIGESTS),
        ([], DIGESTS),
        # Lines above it, or other words that are wrong as well.
        ([error(line=7)], {"a.md": "3"}),
        ([error(message="other")], {"a.md": "3"}),
        # The source has another name.
        ([error(file="moved/a.md")], {"moved/a.md": "1"}),
        ([error(), error(code="no-title", file="b.md")], DIGESTS),
    ],
)
def test_what_was_wrong_before_holds_nothing_back(now: list[Problem], digests: dict[str, str]) -> None:
    assert new_errors(now, digests, standing([error()], DIGESTS)) == ()


@pytest.mark.parametrize(
    "one",
    [error(file="b.md"), error(code="bad-header"), error(file="c.md"), error(line=9, message="second")],
)
def test_what_was_not_wrong_before_does(one: Problem) -> None:
    found = new_errors([error(), one], {**DIGESTS, "c.md": "4"}, standing([error()], DIGESTS))

    assert found[0] == one


def test_an_error_of_a_file_that_could_not_be_read_is_new() -> None:
    before = standing([error(code="unreadable", file="x.md")], {})

    assert new_errors([error(code="unreadable", file="y.md")], {}, before) != ()


@pytest.mark.parametrize(("later", "is_new"), [(0.0, False), (SETTLING - 1, False), (SETTLING, True)])
def test_an_error_that_was_gone_for_a_moment_alone_is_not_new(later: float, is_new: bool) -> None:
    wrong, right = standing([error()], DIGESTS), standing([], DIGESTS)
    good = Good(wrong, wrong, 0.0).followed(right, 100.0, 101.0)

    assert bool(new_errors([error()], {"a.md": "3"}, good.allowed(101.0 + later))) is is_new


def test_it_may_be_gone_and_come_back_as_often_as_files_are_written() -> None:
    wrong, right = standing([error()], DIGESTS), standing([], DIGESTS)
    good = Good(wrong, wrong, 0.0)
    for turn in range(5):
        good = good.followed(right, 100.0 + turn, 100.5 + turn)

    assert new_errors([error()], DIGESTS, good.allowed(105.0)) == ()
    assert new_errors([error(), error(line=9)], DIGESTS, good.allowed(105.0)) != ()
