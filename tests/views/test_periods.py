"""The front page, the archives by year and month, and the authors show every article where it belongs."""

from __future__ import annotations

import pytest
from hypothesis import given

from lwnindex import names
from lwnindex.articleviews import ArchivesView, AuthorView, HomeView, PeriodView
from lwnindex.model import Card
from lwnindex.settings import Config
from lwnindex.viewparts import Bar, Crumb, View
from lwnindex.views.periods import ALIVE, archive_pages, author_pages, authors_view, home_view, index_lines
from tests.cards import cards
from tests.makers import archive_of, card, config, entry, made


def home_of(*found: Card, settings: Config = config()) -> HomeView:  # noqa: B008
    """Return the front page of an archive."""
    return home_view(archive_of(*found, config=settings))


def archives_of(*found: Card, per_page: int = 50) -> tuple[ArchivesView, dict[str, PeriodView]]:
    """Return the hub of the archives, and the years and months by path."""
    shelf = archive_of(*found, config=config(pages={"per_page": per_page}))
    hub, *periods = made(archive_pages(shelf), View)
    assert isinstance(hub, ArchivesView)
    found_periods = [each for each in periods if isinstance(each, PeriodView)]
    assert len(found_periods) == len(periods)
    return hub, {each.path: each for each in found_periods}


def ids_of(view: PeriodView | AuthorView) -> list[str]:
    """Return the articles that a page lists."""
    groups = view.groups if isinstance(view, PeriodView) else view.years
    return [line.id for group in groups for line in group.lines]


# The front page ------------------------------------------------------------------------------------


def test_an_empty_archive_has_a_front_page() -> None:
    settings = config(site={"title": "News", "description": "All of it."})
    assert home_of(settings=settings) == HomeView(
        path="index.html", root="", title="News", description="All of it."
    )


def test_the_front_page_has_the_newest_and_what_else_came_that_week() -> None:
    found = [card(str(n), "Kernel/A", date=f"2009-12-{n:02}") for n in range(1, 21)]
    view = home_of(*found, card("old", date=None))
    assert [line.id for line in view.newest] == [str(n) for n in range(20, 8, -1)]
    assert [line.id for line in view.week] == [str(n) for n in range(20, 13, -1)]
    assert (view.articles, view.topics) == (21, 1)
    assert view.years == (Bar(name="2009", count=20, path="Archives/2009/index.html"),)


def test_the_front_page_shows_as_many_of_the_newest_as_the_configuration_says() -> None:
    found = [card(str(n), "Kernel/A", date=f"2009-12-{n:02}") for n in range(1, 21)]
    view = home_of(*found, settings=config(pages={"newest": 3}))
    assert [line.id for line in view.newest] == ["20", "19", "18"]


def test_this_week_counts_from_the_newest_article_and_not_from_today() -> None:
    view = home_of(card("1", date="1999-12-25"), card("2", date="2000-01-01"), card("3", date="1999-12-26"))
    assert [line.id for line in view.week] == ["2", "3"]


def test_the_front_page_leads_to_the_newest_week() -> None:
    found = [card("1", date="2009-12-22"), card("2", date="2009-12-16")]
    edition = Crumb(name="The week of December 17, 2009", path="Archives/2009/W51/index.html")
    assert home_of(*found).edition == edition
    assert home_of(*found, settings=config(pages={"weeks": False})).edition is None
    assert home_of(card("1", date=None)).edition is None


def test_without_a_date_there_is_no_week() -> None:
    view = home_of(card("1", "Kernel/A", date=None))
    assert (view.week, view.alive, view.years) == ((), (), ())
    assert [line.id for line in view.newest] == ["1"]


def test_alive_are_the_top_topics_of_the_last_year_with_their_last_twelve() -> None:
    found = [
        card("1", "Kernel/A/x", "Kernel/A/y", date="2009-12-22"),
        card("2", "Kernel/A", "Kernel/B", date="2009-01-01"),
        card("3", "Kernel/B", "Kernel/C", date="2008-01-01"),
        card("4", "Kernel/B", date="1990-01-01"),
    ]
    first, second = home_of(*found).alive
    assert (first.entry, first.shared, first.years[-1], len(first.years)) == (entry("Kernel/A"), 2, 2, 12)
    assert (second.entry, second.shared, second.years) == (entry("Kernel/B"), 1, (*(0,) * 10, 1, 1))


@pytest.mark.parametrize(("date", "count"), [("2009-01-08", 2), ("2009-01-01", 1)])
def test_the_last_year_has_fifty_two_weeks(date: str, count: int) -> None:
    found = [card("1", "Kernel/A", date="2009-12-31"), card("2", "Kernel/A", date=date)]
    assert home_of(*found).alive[0].shared == count


def test_alive_are_eight_at_most() -> None:
    assert len(home_of(card("1", *(f"Kernel/{n}" for n in range(20)))).alive) == ALIVE


def test_an_index_is_shown_with_its_topics_and_articles() -> None:
    (line,) = index_lines(archive_of(card("1", "Kernel/A/x"), card("2", "Kernel/A")))
    assert (line.name, line.entry, line.path, line.own, line.count) == (
        "Kernel index",
        ("Kernel",),
        "Kernel/Index/index.html",
        2,
        2,
    )


# Years and months ----------------------------------------------------------------------------------

FOUND = [
    card("1", date="2007-05-04"),
    card("2", date="2009-12-21"),
    card("3", date="2009-12-22T13:00:00"),
    card("4", date="2009-12-22"),
    card("5", date="2010-01-01T01:00:00+09:00"),
    card("6", date=None),
]


def test_the_hub_has_the_years_newest_first_and_their_months() -> None:
    hub, _ = archives_of(*FOUND)
    assert (hub.path, hub.root) == ("Archives/index.html", "../")
    assert all([bar.month for bar in months] == list(range(1, 13)) for _, months in hub.years)
    empty = [bar for _, months in hub.years for bar in months if not bar.count]
    assert len(empty) == 33
    assert not any(bar.path for bar in empty)
    assert tuple((year, tuple(bar for bar in months if bar.count)) for year, months in hub.years) == (
        (
            Bar(name="2010", count=1, path="Archives/2010/index.html"),
            (Bar(name="January", count=1, path="Archives/2010/01/index.html", month=1, short="Jan"),),
        ),
        (
            Bar(name="2009", count=3, path="Archives/2009/index.html"),
            (Bar(name="December", count=3, path="Archives/2009/12/index.html", month=12, short="Dec"),),
        ),
        (
            Bar(name="2007", count=1, path="Archives/2007/index.html"),
            (Bar(name="May", count=1, path="Archives/2007/05/index.html", month=5, short="May"),),
        ),
    )
    assert [line.id for line in hub.undated] == ["6"]
    assert hub.authors == 1


@pytest.mark.parametrize(
    ("dates", "busiest"),
    [
        ((), None),
        (("2009-12-22",), ("December 2009", 1, "Archives/2009/12/index.html")),
        (("2009-12-22", "2008-05-01", "2008-05-02"), ("May 2008", 2, "Archives/2008/05/index.html")),
        (("2009-12-22", "2008-05-01"), ("December 2009", 1, "Archives/2009/12/index.html")),
    ],
)
def test_the_hub_names_the_busiest_month(
    dates: tuple[str, ...], busiest: tuple[str, int, str] | None
) -> None:
    hub, _ = archives_of(*(card(date, date=date) for date in dates), card("undated", date=None))
    assert (hub.busiest and (hub.busiest.name, hub.busiest.count, hub.busiest.path)) == busiest


def test_a_hub_without_author_pages_counts_no_authors() -> None:
    hub, *_ = made(archive_pages(archive_of(card("1"), config=config(pages={"authors": False}))), View)
    assert isinstance(hub, ArchivesView)
    assert hub.authors == 0


def test_a_year_has_its_months_and_its_neighbours() -> None:
    _, periods = archives_of(*FOUND)
    view = periods["Archives/2009/index.html"]
    assert (view.title, view.count, view.crumbs) == (
        "2009",
        3,
        (Crumb(name="Archives", path="Archives/index.html"),),
    )
    assert view.months == (
        Bar(name="December", count=3, path="Archives/2009/12/index.html", month=12, short="Dec"),
    )
    assert (view.older, view.newer) == (
        Crumb(name="2007", path="Archives/2007/index.html"),
        Crumb(name="2010", path="Archives/2010/index.html"),
    )
    assert [(group.name, [line.id for line in group.lines]) for group in view.groups] == [
        ("December 2009", ["3", "4", "2"])
    ]


def test_a_month_has_its_days_and_its_neighbours() -> None:
    _, periods = archives_of(*FOUND)
    view = periods["Archives/2009/12/index.html"]
    assert (view.title, view.count, view.months) == ("December 2009", 3, ())
    assert [crumb.path for crumb in view.crumbs] == ["Archives/index.html", "Archives/2009/index.html"]
    assert (view.older, view.newer) == (
        Crumb(name="May 2007", path="Archives/2007/05/index.html"),
        Crumb(name="January 2010", path="Archives/2010/01/index.html"),
    )
    assert [(group.name, [line.id for line in group.lines]) for group in view.groups] == [
        ("December 22", ["3", "4"]),
        ("December 21", ["2"]),
    ]
    assert periods["Archives/2007/05/index.html"].older is None
    assert periods["Archives/2010/01/index.html"].newer is None


def test_a_month_has_its_weeks_and_a_year_has_months_alone() -> None:
    _, periods = archives_of(*FOUND)
    assert periods["Archives/2009/12/index.html"].weeks == (
        Crumb(name="Dec 17", path="Archives/2009/W51/index.html"),
    )
    assert periods["Archives/2010/01/index.html"].weeks == (
        Crumb(name="Dec 31", path="Archives/2009/W53/index.html"),
    )
    assert periods["Archives/2009/index.html"].weeks == ()


def test_periods_are_in_order_though_a_zone_puts_their_articles_out_of_it() -> None:
    found = [card("1", date="2009-12-31T23:30:00-05:00"), card("2", date="2010-01-01T01:00:00Z")]
    hub, periods = archives_of(*found)
    assert [year.name for year, _ in hub.years] == ["2010", "2009"]
    newer = periods["Archives/2009/12/index.html"].newer
    assert newer == Crumb(name="January 2010", path="Archives/2010/01/index.html")


def test_a_long_month_has_further_pages() -> None:
    _, periods = archives_of(*(card(str(n), date=f"2009-12-0{n}") for n in range(1, 6)), per_page=2)
    first, second = periods["Archives/2009/12/index.html"], periods["Archives/2009/12/page/1/index.html"]
    assert (ids_of(first), ids_of(second)) == (["5", "4", "3"], ["2", "1"])
    assert (first.count, second.count, second.title) == (5, 2, "December 2009, page 1")
    assert second.crumbs[-1] == Crumb(name="December 2009", path="Archives/2009/12/index.html")
    assert second.root == "../../../../../"
    assert periods["Archives/2009/page/1/index.html"].months == ()


@given(cards())
def test_years_and_months_hold_every_dated_article_once(found: list[Card]) -> None:
    hub, periods = archives_of(*found, per_page=2)
    shelf = archive_of(*found)
    dated = {one for one in shelf.catalog.order if shelf.lines[one].date}
    for is_month in (False, True):
        listed = [one for view in periods.values() if _is_month(view) == is_month for one in ids_of(view)]
        assert sorted(listed) == sorted(dated)
    assert {line.id for line in hub.undated} == set(shelf.catalog.order) - dated
    assert sum(year.count for year, _ in hub.years) == len(dated)
    assert all(view.root == names.root_of(path) for path, view in periods.items())


def _is_month(view: PeriodView) -> bool:
    return len(view.path.split("/page/")[0].removesuffix("/index.html").split("/")) == 3


# Authors -------------------------------------------------------------------------------------------


def authored(*found: Card, name: str = "A", per_page: int = 50) -> list[AuthorView]:
    """Return the pages of an author."""
    shelf = archive_of(*found, config=config(pages={"per_page": per_page}))
    return made(author_pages(shelf, shelf.catalog.authors[name]), AuthorView)


def test_an_author_has_a_list_a_chart_and_topics() -> None:
    found = [
        card("1", "Kernel/X", authors=("A",), date="2008-01-01"),
        card("2", "Kernel/X", "Kernel/Y", authors=("B", "A"), date="2009-01-01"),
        card("3", "Kernel/Z", authors=("B",)),
        card("4", authors=("A",), date=None),
    ]
    (view,) = authored(*found)
    assert (view.path, view.title, view.name, view.count) == ("Authors/A/index.html", "A", "A", 3)
    assert (view.first, view.last) == ("2008-01-01", "2009-01-01")
    assert ids_of(view) == ["2", "1", "4"]
    assert [(bar.name, bar.count) for bar in view.activity] == [("2008", 1), ("2009", 1)]
    assert [(topic.name, topic.shared) for topic in view.topics] == [("X", 2), ("Y", 1)]
    assert view.crumbs == (Crumb(name="Authors", path="Authors/index.html"),)
    assert [feed.path for feed in view.feeds] == [
        f"Authors/A/feed.{kind}" for kind in ("rss", "atom", "json")
    ]


def test_a_busy_author_has_further_pages() -> None:
    first, second = authored(
        *(card(str(n), authors=("A",), date=f"2009-01-0{n}") for n in range(1, 6)), per_page=2
    )
    assert (ids_of(first), first.count, ids_of(second), second.count) == (["5", "4", "3"], 5, ["2", "1"], 2)
    assert (first.first, first.last, second.last) == ("2009-01-01", "2009-01-05", "2009-01-02")
    assert (second.path, second.title, second.activity, second.topics) == (
        "Authors/A/page/1/index.html",
        "A, page 1",
        (),
        (),
    )
    assert second.crumbs[-1] == Crumb(name="A", path="Authors/A/index.html")


def test_an_author_without_a_date_has_no_span() -> None:
    (view,) = authored(card("1", authors=("A",), date=None))
    assert (view.first, view.last, view.activity) == (None, None, ())


def test_all_authors_stand_by_name() -> None:
    view = authors_view(archive_of(card("1", authors=("b", "C")), card("2", authors=("b", "A 10", "A 9"))))
    assert view.authors == (
        Bar(name="A 9", count=1, path="Authors/A_9/index.html"),
        Bar(name="A 10", count=1, path="Authors/A_10/index.html"),
        Bar(name="b", count=2, path="Authors/b/index.html"),
        Bar(name="C", count=1, path="Authors/C/index.html"),
    )
