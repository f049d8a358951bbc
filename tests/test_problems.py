"""A problem names its place and a way out, has the severity of its code, and stands in one order."""

from __future__ import annotations

import random
import re

import pytest

from lwnindex.model import Problem
from lwnindex.problems import CODES, ERRORS, WARNINGS, SiteError, failure, ordered, problem, sentence, verdict


def found(
    code: str = "no-date", file: str = "content/a.md", line: int = 3, message: str = "m.", fix: str = "f."
) -> Problem:
    """Return a problem."""
    return problem(code, file, line, message, fix)


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_code_is_an_error_or_a_warning_and_says_what_it_means(code: str) -> None:
    assert (code in ERRORS) != (code in WARNINGS)
    assert found(code).severity == ("error" if code in ERRORS else "warning")
    assert CODES[code].endswith(".")


def test_a_code_that_nobody_explained_cannot_be_used() -> None:
    with pytest.raises(AssertionError, match="no-such-code"):
        found("no-such-code")


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (found(), "content/a.md:3: no-date: m. f."),
        (found(line=0), "content/a.md: no-date: m. f."),
        (found(fix=""), "content/a.md:3: no-date: m."),
    ],
)
def test_a_sentence_has_place_code_message_and_way_out(given: Problem, line: str) -> None:
    assert sentence(given) == line


def test_problems_stand_by_file_and_line_once_each() -> None:
    wanted = [
        found(file="a.md", line=0),
        found(file="a.md", line=2, code="bad-date"),
        found(file="a.md", line=2, message="a."),
        found(file="a.md", line=2, message="b.", fix="a."),
        found(file="a.md", line=2, message="b.", fix="b."),
        found(file="a.md", line=10),
        found(file="b.md", line=1),
    ]
    for seed in range(20):
        mixed = [*wanted, *wanted]
        random.Random(seed).shuffle(mixed)
        assert ordered(mixed) == tuple(wanted)


@pytest.mark.parametrize(
    ("codes", "strict", "code"),
    [((), True, 0), (("no-url",), False, 0), (("no-url",), True, 1), (("no-url", "empty"), False, 1)],
)
def test_a_verb_ends_with_1_after_an_error_and_where_it_is_strict_after_any_problem(
    codes: tuple[str, ...], strict: bool, code: int
) -> None:
    assert verdict([problem(one, "f", 0, "", "") for one in codes], strict=strict) == code


def test_a_site_error_is_a_failed_build_unless_it_says_otherwise() -> None:
    assert SiteError("no").exit_code == 3
    assert SiteError("no", exit_code=2).exit_code == 2
    assert str(SiteError("no")) == "no"


def test_a_failure_is_told_with_the_line_of_the_module_that_raised_it() -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        _ = 1 // 0
    assert re.fullmatch(r"ZeroDivisionError: .* \(test_problems\.py:\d+\)", failure(caught.value))
