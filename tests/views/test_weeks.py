"""Weeks are editions: a lead, sections by index, neighbours that have pages, every article in one of them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given

from lwnindex import names, times
from lwnindex.articleviews import WeekView
from lwnindex.model import Card
from lwnindex.viewparts import Crumb
from lwnindex.views.weeks import newest_week, week_pages, weeks_of
from tests.cards import cards
from tests.makers import archive_of, card, config, made


def weeks(*found: Card, **pages: object) -> dict[str, WeekView]:
    """Return the weeks of an archive by path."""
    shelf = archive_of(*found, config=config(pages=pages))
    return {view.path: view for view in made(week_pages(shelf), WeekView)}


def ids_of(view: WeekView) -> list[str]:
    """Return the articles of a page, its lead first."""
    lead = [view.lead.id] if view.lead else []
    return lead + [line.id for section in view.sections for line in section.lines]


def days(*found: str) -> list[Card]:
    """Return an article a day."""
    return [card(day, date=day) for day in found]


@pytest.mark.parametrize(
    ("starts", "day", "path", "title"),
    [
        ("thursday", "2009-12-23", "Archives/2009/W51", "The week of December 17, 2009"),
        ("thursday", "2009-12-24", "Archives/2009/W52", "The week of December 24, 2009"),
        ("thursday", "2010-01-01", "Archives/2009/W53", "The week of December 31, 2009"),
        ("monday", "2010-01-01", "Archives/2009/W53", "The week of December 28, 2009"),
        ("tuesday", "2010-01-01", "Archives/2009/W53", "The week of December 29, 2009"),
        ("wednesday", "2010-01-01", "Archives/2009/W53", "The week of December 30, 2009"),
        ("friday", "2010-01-01", "Archives/2010/W01", "The week of January 1, 2010"),
        ("saturday", "2010-01-01", "Archives/2009/W53", "The week of December 26, 2009"),
        ("sunday", "2010-01-01", "Archives/2009/W53", "The week of December 27, 2009"),
    ],
)
def test_a_week_is_named_by_its_first_day(starts: str, day: str, path: str, title: str) -> None:
    (view,) = weeks(*days(day), week_starts=starts).values()
    assert (view.path, view.title) == (f"{path}/index.html", title)
    assert view.root == "../../../"


def test_a_week_s_way_up_is_a_year_that_has_a_page() -> None:
    (view,) = weeks(*days("2010-01-01")).values()
    assert view.path == "Archives/2009/W53/index.html"
    assert view.crumbs == (
        Crumb(name="Archives", path="Archives/index.html"),
        Crumb(name="2010", path="Archives/2010/index.html"),
    )


def test_neighbours_skip_weeks_that_have_no_article() -> None:
    found = weeks(*days("2009-12-17", "2009-12-31", "2008-02-29"), card("undated", date=None))
    assert list(found) == [
        "Archives/2009/W53/index.html",
        "Archives/2009/W51/index.html",
        "Archives/2008/W09/index.html",
    ]
    newest, middle, oldest = found.values()
    assert (newest.older, newest.newer) == (Crumb(name="Dec 17, 2009", path=middle.path), None)
    assert (middle.older, middle.newer) == (
        Crumb(name="Feb 28, 2008", path=oldest.path),
        Crumb(name="Dec 31, 2009", path=newest.path),
    )
    assert oldest.older is None


def test_what_is_filed_most_widely_leads() -> None:
    found = [
        card("1", "Kernel/A", date="2009-12-22"),
        card("2", "Kernel/A", "Security/B", date="2009-12-18"),
        card("3", "Kernel/A", "Security/B", date="2009-12-19"),
        card("4", "Kernel/A", "Kernel/B", "Kernel/C", date="2009-12-20", teaser=""),
    ]
    (view,) = weeks(*found).values()
    assert view.lead is not None
    assert (view.lead.id, view.count, ids_of(view)) == ("3", 4, ["3", "1", "4", "2"])


def test_sections_are_the_first_entries_indexes_in_the_order_of_the_site() -> None:
    found = [
        card("lead", *(f"Kernel/{n}" for n in range(5))),
        card("1", "Security/X", "Kernel/Y"),
        card("2"),
        card("3", "Kernel/Y", date="2009-12-18"),
        card("4", "Kernel/Y", date="2009-12-19"),
    ]
    (view,) = weeks(*found).values()
    assert [(one.name, [line.id for line in one.lines], one.path) for one in view.sections] == [
        ("Kernel", ["4", "3"], "Kernel/Index/index.html"),
        ("Security", ["1"], "Security/Index/index.html"),
        ("Other news", ["2"], ""),
    ]


def test_a_week_of_a_site_without_indexes_has_news_alone() -> None:
    (view,) = weeks(card("1"), card("2")).values()
    assert [(one.name, len(one.lines)) for one in view.sections] == [("News", 1)]


def test_a_week_of_one_article_is_its_lead() -> None:
    (view,) = weeks(card("1", "Kernel/A")).values()
    assert (ids_of(view), view.sections) == (["1"], ())


def test_a_long_week_has_further_pages_which_nothing_leads() -> None:
    found = days(*(f"2009-12-{n}" for n in range(17, 22)))
    first, second = weeks(*found, per_page=2).values()
    assert (first.path, second.path) == (
        "Archives/2009/W51/index.html",
        "Archives/2009/W51/page/1/index.html",
    )
    assert (ids_of(first), ids_of(second)) == (
        ["2009-12-21", "2009-12-20", "2009-12-19"],
        ["2009-12-18", "2009-12-17"],
    )
    assert (first.count, second.count, second.lead) == (5, 2, None)
    assert second.title == "The week of December 17, 2009, page 1"
    assert second.crumbs[-1] == Crumb(name=first.title, path=first.path)
    assert first.pager is not None
    assert first.pager.older == second.path


@pytest.mark.parametrize("off", [{"weeks": False}, {"archives": False}])
def test_a_site_need_not_have_weeks(off: dict[str, bool]) -> None:
    shelf = archive_of(card("1"), config=config(pages=off))
    assert list(week_pages(shelf)) == []
    assert (newest_week(shelf, ["1"]), weeks_of(shelf, ["1"])) == (None, ())


def test_articles_tell_their_weeks() -> None:
    shelf = archive_of(
        *days("2009-12-31", "2009-12-30", "2009-12-24", "2009-12-03"), card("undated", date=None)
    )
    assert weeks_of(shelf, shelf.catalog.order) == (
        Crumb(name="Dec 31", path="Archives/2009/W53/index.html"),
        Crumb(name="Dec 24", path="Archives/2009/W52/index.html"),
        Crumb(name="Dec 3", path="Archives/2009/W49/index.html"),
    )
    assert newest_week(shelf, shelf.catalog.order) == Crumb(
        name="The week of December 31, 2009", path="Archives/2009/W53/index.html"
    )
    assert newest_week(shelf, ["undated"]) is None


@given(cards())
def test_weeks_hold_every_dated_article_once(found: Sequence[Card]) -> None:
    shelf = archive_of(*found, config=config(pages={"per_page": 2}))
    views = weeks(*found, per_page=2)
    dated = {one: shelf.lines[one].date for one in shelf.catalog.order if shelf.lines[one].date}
    assert sorted(one for view in views.values() for one in ids_of(view)) == sorted(dated)
    for view in views.values():
        firsts = {times.week_of((dated[one] or "")[:10], "thursday")[1] for one in ids_of(view)}
        assert firsts == {view.first}
        assert view.root == names.root_of(view.path)
