"""A plan is told in few lines, however many pages it speaks of."""

from __future__ import annotations

import msgspec

from lwnindex.causes import Cause
from lwnindex.planned import as_json, lines, summary
from lwnindex.planning import Plan
from lwnindex.site import Report

TEMPLATE = Cause("template", ("base.html",))


def planned(
    written: dict[str, tuple[Cause, ...]], removed: tuple[str, ...] = (), new: tuple[str, ...] = ()
) -> Plan:
    report = Report(1, 2, 30, tuple(written), 5, removed, (), {}, {})
    why = {**written, **dict.fromkeys(removed, (Cause("gone", ("a.md",)),))}
    return Plan(report, frozenset(new), why)


def test_thousands_of_pages_that_one_template_changes_are_one_line_and_examples() -> None:
    found = list(lines(planned({f"{number:05}.html": (TEMPLATE,) for number in range(10_000)})))

    assert found == [
        "changed: 10,000 pages: their templates changed (base.html)",
        *("    00000.html", "    00001.html", "    00002.html", "    and 9,997 more"),
    ]


def test_the_pages_of_many_sources_are_one_line_that_names_a_few() -> None:
    found = list(lines(planned({f"{each}.html": (Cause("source", (f"{each}.md",)),) for each in "abcde"})))

    assert found[0] == "changed: 5 pages: their sources changed (a.md, b.md, c.md and 2 more)"


def test_all_paths_are_told_if_wanted() -> None:
    found = list(lines(planned({f"{each}.html": (TEMPLATE,) for each in "abcde"}), whole=True))

    assert found[1:] == [f"    {each}.html" for each in "abcde"]


def test_new_and_removed_pages_are_told_apart() -> None:
    found = planned({"n.html": (Cause("new-source", ("n.md",)), TEMPLATE)}, ("r.html",), ("n.html",))

    assert list(lines(found)) == [
        "new: 1 page: its source is new (n.md); its template changed (base.html)",
        "    n.html",
        "removed: 1 page: the archive has nothing for it any more (a.md)",
        "    r.html",
    ]
    assert summary(found).startswith("a build would write 1 page (1 new, 0 changed), remove 1 and keep 5;")


def test_programs_are_given_an_object_for_each_page_and_the_figures_last() -> None:
    *pages, figures = map(msgspec.json.decode, as_json(planned({"a.html": (TEMPLATE,)}, ("r.html",))))

    assert [(one["path"], one["change"]) for one in pages] == [("a.html", "changed"), ("r.html", "removed")]
    assert pages[0]["causes"] == [
        {"cause": "template", "says": "its template changed", "names": ["base.html"]}
    ]
    assert (figures["written"], figures["removed"], figures["changed"], figures["new"]) == (1, 1, 1, 0)
