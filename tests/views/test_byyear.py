"""An index by years has what is called after a year in that year, and all else in those of its articles."""

from __future__ import annotations

import pytest
from hypothesis import given

from lwnindex.indexviews import YearsView
from lwnindex.model import Card
from lwnindex.viewparts import Crumb
from lwnindex.views.archive import Archive
from lwnindex.views.byyear import year_anchors, year_pages
from tests.cards import INDEXES, cards
from tests.makers import archive_of, card, config, made

PAGE = "Archives/ConferenceByYear/index.html"


def of(*found: Card, **index: int) -> Archive:
    """Return an archive whose conferences stand by years."""
    return archive_of(*found, config=config(index=index))


def by_years(*found: Card, **index: int) -> YearsView:
    """Return the conferences of an archive by years."""
    shelf = of(*found, **index)
    (view,) = made(year_pages(shelf, shelf.catalog.indexes[0]), YearsView)
    return view


def told(view: YearsView) -> list[tuple[str, list[tuple[str, str, list[str]]]]]:
    """Return each year with its topics: name, anchor and articles."""
    return [
        (year.name, [(one.name, one.anchor, [line.id for line in one.lines]) for one in year.topics])
        for year in view.years
    ]


FOUND = (
    card("1", "Conference/linux.conf.au/2018", date="2018-01-22"),
    card("2", "Conference/Linux Security Summit Europe/2025", date="2025-09-01"),
    card("3", "Conference/EuroPython", date="2018-07-01"),
    card("4", "Conference/EuroPython", date="2019-07-01"),
    card("5", "Conference/EuroPython", date=None),
    card("6", "Conference/linux.conf.au/2018/Keynotes", date="2019-01-01"),
)


def test_a_year_that_is_a_level_of_a_name_is_where_it_stands() -> None:
    assert told(by_years(*FOUND)) == [
        ("2025", [("Linux Security Summit Europe", "2025-Linux_Security_Summit_Europe", ["2"])]),
        ("2019", [("EuroPython", "2019-EuroPython", ["4"])]),
        (
            "2018",
            [
                ("EuroPython", "2018-EuroPython", ["3"]),
                ("linux.conf.au", "2018-linux.conf.au", ["1"]),
                ("linux.conf.au / Keynotes", "2018-linux.conf.au-Keynotes", ["6"]),
            ],
        ),
        ("Undated", [("EuroPython", "EuroPython", ["5"])]),
    ]


def test_the_page_leads_to_its_years_and_to_the_other_orders() -> None:
    view = by_years(*FOUND)
    assert (view.path, view.root, view.title) == (PAGE, "../../", "Conference index by years")
    assert [one.path for one in view.bar] == [
        f"{PAGE}#year:{one}" for one in ("2025", "2019", "2018", "undated")
    ]
    assert [year.id for year in view.years][-1] == "year:undated"
    assert view.crumbs == (Crumb(name="Conference index", path="Archives/ConferenceIndex/index.html"),)
    assert [one.name for one in view.others] == ["From A to Z", "As a tree", "By words"]
    assert (view.topics, view.articles) == (6, 6)
    assert view.feeds[0].path == "Archives/ConferenceIndex/feed.rss"


def test_a_topic_leads_to_its_page() -> None:
    (year,) = by_years(FOUND[0]).years
    assert [(one.path, one.own, one.count, one.depth) for one in year.topics] == [
        ("Archives/ConferenceIndex/linux.conf.au/2018/index.html", 1, 1, 0)
    ]


def test_one_name_in_one_year_is_one_heading_at_the_page_of_the_year() -> None:
    stray = card("9", "Conference/linux.conf.au", date="2018-03-01")
    (year,) = by_years(FOUND[0], stray).years
    assert [([line.id for line in one.lines], one.count) for one in year.topics] == [(["9", "1"], 2)]
    assert year.topics[0].path.endswith("linux.conf.au/2018/index.html")


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ("Conference/2018", ("2018", "2018", "2018")),
        ("Conference/2018/EuroPython", ("2018", "EuroPython", "2018-EuroPython")),
        ("Conference/EuroPython/20181", ("2009", "EuroPython / 20181", "2009-EuroPython-20181")),
        ("Conference/C++/2018", ("2018", "C++", "2018-C")),
    ],
)
def test_a_name_without_its_year_is_what_is_left(entry: str, found: tuple[str, str, str]) -> None:
    ((year, ((name, anchor, _),)),) = [
        (year, topics) for year, topics in told(by_years(card("1", entry))) if topics[0][2]
    ]
    assert (year, name, anchor) == found


def test_two_names_of_one_anchor_are_told_apart_the_same_way_each_time() -> None:
    pair = card("1", "Conference/C++/2018"), card("2", "Conference/C/2018")
    (year,), (again,) = by_years(*pair).years, by_years(*reversed(pair)).years
    plain, marked = (one.anchor for one in year.topics)
    assert plain == "2018-C"
    assert marked.startswith("2018-C~")
    assert year == again


def test_a_heading_lists_so_many_articles_and_a_long_page_none() -> None:
    found = [card(str(n), "Conference/A", date="2018-01-01") for n in range(4)]
    (few,) = by_years(*found, per_topic=3).years
    (none,) = by_years(*found, split=4).years
    assert [(len(year.topics[0].lines), year.topics[0].more) for year in (few, none)] == [(3, 1), (0, 4)]


def test_only_an_index_that_asks_for_it_stands_by_years() -> None:
    shelf = of(card("1", "Kernel/A/2018"))
    assert list(year_pages(shelf, shelf.catalog.indexes[0])) == []
    assert year_anchors(shelf) == {}


@given(cards())
def test_the_anchors_are_those_of_the_page_and_no_two_are_alike(found: list[Card]) -> None:
    indexes = {name: {"by_year": True} for name in INDEXES}
    shelf = archive_of(*found, config=config(indexes=indexes))
    anchors = year_anchors(shelf)
    for one in shelf.catalog.indexes:
        (view,) = made(year_pages(shelf, one), YearsView)
        own = [topic.anchor for year in view.years for topic in year.topics]
        assert len(own) == len(set(own))
        assert set(own) == set(anchors[view.path])
        filed = {line.id for year in view.years for topic in year.topics for line in topic.lines}
        assert filed == {each for topic in one.topics for each in shelf.catalog.topics[topic].own}
