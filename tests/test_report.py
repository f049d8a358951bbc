"""A report says the same to people, on a line, and to programs, as JSON."""

from __future__ import annotations

import subprocess
import sys

import msgspec
import pytest

from lwnindex.exporting import Exported
from lwnindex.problems import RULES, counted, problem
from lwnindex.report import (
    as_json,
    count_lines,
    export_as_json,
    export_summary,
    feed_lines,
    problem_lines,
    short_lines,
    summary,
)
from lwnindex.site import Report
from tests.programs import ROOT

EMPTY = problem("empty", "content/a.md", 1, "the file holds no text.", "Remove it.")
UNREAD = problem("not-read", "content/b.png", 0, "no reader knows it.", "Move it.")


def report(**fields: object) -> Report:
    """Return the report of a build with nothing in it, but for these fields."""
    plain: dict[str, object] = {
        "articles": 0,
        "topics": 0,
        "pages": 0,
        "written": (),
        "kept": 0,
        "removed": (),
        "problems": (),
        "counts": {},
        "stages": {},
    }
    return Report(**{**plain, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {},
            "0 articles, 0 topics; pages: 0 written, 0 kept, 0 removed; 0 errors, 0 warnings; 0.00 s",
        ),
        (
            {
                "articles": 1,
                "topics": 1,
                "written": ("a",),
                "kept": 2,
                "removed": ("b",),
                "stages": {"load": 1.0},
            },
            "1 article, 1 topic; pages: 1 written, 2 kept, 1 removed; 0 errors, 0 warnings; 1.00 s",
        ),
        (
            {"articles": 12345, "problems": (EMPTY, UNREAD), "stages": {"load": 0.25, "write": 0.5}},
            "12,345 articles, 0 topics; pages: 0 written, 0 kept, 0 removed; 1 error, 1 warning; 0.75 s",
        ),
    ],
)
def test_a_build_ends_with_one_line(fields: dict[str, object], expected: str) -> None:
    assert summary(report(**fields)) == expected


def test_errors_and_warnings_are_told_apart() -> None:
    found = report(problems=(EMPTY, UNREAD, UNREAD))

    assert (found.errors, found.warnings) == (1, 2)
    assert list(problem_lines(found))[:2] == [
        "error: content/a.md:1: empty: the file holds no text. Remove it.",
        "warning: content/b.png: not-read: no reader knows it. Move it.",
    ]


def test_many_of_a_kind_are_told_by_a_few_and_their_number() -> None:
    many = tuple(problem("no-date", f"content/{at}.md", 1, "no date.", "Add one.") for at in range(1_300))
    lines = list(short_lines(report(problems=(EMPTY, *many, UNREAD))))

    assert [line.split(":")[1] for line in lines[:7]] == [
        " content/a.md",
        *(f" content/{at}.md" for at in range(5)),
        " content/b.png",
    ]
    assert lines[7:] == ["warning: no-date: 1,295 more of these; `--verbose` tells all."]


def test_no_few_of_a_kind_are_summed_up() -> None:
    found = report(problems=(EMPTY,) * 20 + (UNREAD,) * 20)

    assert list(short_lines(found)) == list(problem_lines(found))


def test_each_rule_is_counted_in_words() -> None:
    lines = list(count_lines(report(counts={"nag": 12, "table": 3456789, "unnamed-rule": 1})))

    assert lines == [
        "     12 subscription notes dropped",
        "3456789 tables repaired",
        "      1 unnamed-rule",
    ]


def test_feeds_are_counted_by_kind() -> None:
    assert list(feed_lines(report(feeds={"rss": 12, "atom": 12, "json": 3, "archive": 45}))) == [
        "     12 feeds in RSS",
        "     12 feeds in Atom",
        "      3 feeds in JSON Feed",
        "     45 documents in the archives of feeds",
    ]
    assert list(feed_lines(report())) == list(feed_lines(EXPORTED)) == []


def test_no_two_rules_are_called_alike() -> None:
    for count in (1, 2):
        assert len({counted(rule, count) for rule in RULES}) == len(RULES)
    assert not [rule for rule in RULES if counted(rule, 1) == counted(rule, 2)]


def test_one_is_not_told_as_several() -> None:
    found = report(counts={"draft": 1, "expired": 2, "new": 1})

    assert list(count_lines(found)) == [
        "      1 draft left out",
        "      2 expired articles left out",
        "      1 new",
    ]


def test_programs_get_every_figure() -> None:
    found = report(
        articles=2,
        topics=3,
        pages=9,
        written=("a", "b"),
        kept=7,
        removed=("c",),
        problems=(EMPTY, UNREAD),
        counts={"nag": 1},
        stages={"load": 0.1, "write": 0.2},
        feeds={"rss": 5, "archive": 2},
    )

    assert b"\n" not in as_json(found)
    assert msgspec.json.decode(as_json(found)) == {
        "articles": 2,
        "topics": 3,
        "pages": 9,
        "written": 2,
        "kept": 7,
        "removed": 1,
        "errors": 1,
        "warnings": 1,
        "seconds": 0.3,
        "stages": {"load": 0.1, "write": 0.2},
        "counts": {"nag": 1},
        "feeds": {"rss": 5, "archive": 2},
    }


EXPORTED = Exported("a.zip", 1, 2, 3, 1004, 2_345_678, (EMPTY, UNREAD), {"read": 0.5, "write": 1.25})


@pytest.mark.parametrize(("size", "told"), [(2_345_678, "2.3 MB"), (99_999, "100.0 kB"), (0, "0.0 kB")])
def test_an_export_is_told_on_a_line(size: int, told: str) -> None:
    assert export_summary(EXPORTED._replace(size=size)) == (
        f"a.zip: 1 article, 2 topics, 1,004 files, {told}; 1 error, 1 warning; 1.75 s"
    )


def test_an_export_s_figures_are_told_to_programs() -> None:
    assert msgspec.json.decode(export_as_json(EXPORTED)) == {
        "output": "a.zip",
        "articles": 1,
        "topics": 2,
        "pages": 3,
        "files": 1004,
        "bytes": 2_345_678,
        "errors": 1,
        "warnings": 1,
        "seconds": 1.75,
        "stages": {"read": 0.5, "write": 1.25},
    }


def test_a_report_can_be_told_without_what_makes_pages() -> None:
    program = "import sys\nfrom lwnindex import report\nprint('lwnindex.pipeline' in sys.modules)"
    run = [sys.executable, "-c", program]

    assert subprocess.run(run, cwd=ROOT, capture_output=True, check=True).stdout.split() == [b"False"]
