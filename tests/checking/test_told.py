"""Findings as lines of text, of JSON and of workflow commands."""

from __future__ import annotations

import json

import pytest

from lwnindex.checking import told
from lwnindex.checking.findings import Finding
from lwnindex.problems import problem

ONE = Finding(problem("no-alt", "a,b:c%.md", 3, "50% of\nit, so: no", "Mend\rit."), "a/index.html", 2)


def test_a_line_of_json_says_all() -> None:
    (line,) = told.json([ONE])

    assert json.loads(line) == {
        "code": "no-alt",
        "severity": "warning",
        "file": "a,b:c%.md",
        "line": 3,
        "message": "50% of\nit, so: no",
        "fix": "Mend\rit.",
        "page": "a/index.html",
        "pages": 2,
    }


def test_what_has_a_meaning_in_a_workflow_command_is_escaped() -> None:
    (line,) = told.github([ONE])

    properties = "file=a%2Cb%3Ac%25.md,line=3,title=no-alt"
    assert line == f"::warning {properties}::50%25 of%0Ait, so: no Mend%0Dit."


def test_nothing_steers_a_terminal() -> None:
    evil = Finding(problem("no-alt", "\x1b[2Ja.md", 0, "m\x1b", "f"))

    assert all("\x1b" not in line for form in (told.text, told.json, told.github) for line in form([evil]))


def test_many_of_one_code_are_summed_up() -> None:
    found = [Finding(problem("no-alt", f"{number}.md", 1, "m", "f")) for number in range(30)]

    lines = list(told.short_text([*found, ONE._replace(problem=problem("dead-link", "x", 0, "m", "f"))]))

    assert len(lines) == 7
    assert lines[-1] == "no-alt: 25 more of these; `--verbose` tells all."
    assert len(list(told.short_text(found[:20]))) == 20


@pytest.mark.parametrize(
    ("found", "line"),
    [
        ([], "7 files checked; 0 errors, 0 warnings"),
        ([ONE], "7 files checked; 0 errors, 1 warning"),
        ([Finding(problem("dead-link", "x", 0, "m", "f"))], "7 files checked; 1 error, 0 warnings"),
    ],
)
def test_the_last_line_counts(found: list[Finding], line: str) -> None:
    assert told.summary(found, 7) == line
