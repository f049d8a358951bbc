"""What has one cause is one finding, whoever saw it first."""

from __future__ import annotations

from itertools import permutations

from lwnindex.checking.faults import Fault
from lwnindex.checking.findings import Finding, Sightings, add, findings, merge, seen, told
from lwnindex.problems import problem

THEME = Fault("dead-link", "about.html", "m", "f")
TEXT = Fault("dead-anchor", "x#y", "m", "f", own=True)


def test_a_fault_of_the_theme_is_one_on_all_pages() -> None:
    found: Sightings = {}
    for page in ("b", "a", "c"):
        add(found, *seen(THEME, "base.html", 3, page))

    (one,) = findings((), found)

    assert (one.problem.file, one.problem.line, one.page, one.pages) == ("base.html", 3, "a", 3)


def test_a_fault_of_texts_is_one_of_each_line() -> None:
    found: Sightings = {}
    for line in (2, 1, 2):
        add(found, *seen(TEXT, "one.md", line, "p"))

    assert [(one.problem.line, one.pages) for one in findings((), found)] == [(1, 1), (2, 2)]


def test_the_order_in_which_workers_end_changes_nothing() -> None:
    parts = [
        dict([seen(THEME, file, line, file)]) for file, line in (("b.html", 0), ("c.html", 7), ("a.html", 0))
    ]
    told_ = set()
    for order in permutations(parts):
        found: Sightings = {}
        for part in order:
            merge(found, part)
        told_.add(findings((), found))

    (only,) = told_
    assert only[0].problem.file == "c.html"


def test_codes_can_be_ignored() -> None:
    assert findings([problem("no-url", "x", 0, "m", "f")], {}, ["no-url"]) == ()


def test_a_line_tells_the_pages() -> None:
    base = problem("no-lang", "base.html", 3, "M.", "F.")

    assert told(Finding(base, "a", 1)) == "warning: base.html:3: no-lang: M. F. (On a)"
    assert told(Finding(base, "a", 1200)).endswith("F. (On 1,200 pages, the first is a)")
    assert told(Finding(base)).endswith("F.")
