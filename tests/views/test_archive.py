"""Lists are grouped by time, and charted without a gap."""

from __future__ import annotations

import pytest
from hypothesis import given

from lwnindex.model import Card
from lwnindex.viewparts import Bar, Person
from lwnindex.views.archive import (
    by_day,
    by_month,
    by_year,
    dated,
    feed_links,
    month_path,
    newest_first,
    subtree,
    topic_line,
    year_bars,
    year_path,
)
from tests.cards import cards
from tests.makers import archive_of, article, card, config, entry, plain
from tests.thesaurus import catalog_from, known, shelf_of

NO_ARCHIVES = config(pages={"archives": False})


FOUND = [
    card("4", date="2010-01-01T01:00:00+02:00"),
    card("3", date="2009-12-31"),
    card("2", date="2009-12-31T08:00:00"),
    card("1", date="2009-02-03"),
    card("0", date=None),
]


def test_articles_are_grouped_by_the_year_month_and_day_of_their_text() -> None:
    shelf = archive_of(*FOUND)
    ids = shelf.catalog.order
    assert ids == ("4", "3", "2", "1", "0")
    assert [
        (each.name, each.id, each.path, [line.id for line in each.lines]) for each in by_year(shelf, ids)
    ] == [
        ("2010", "year:2010", "Archives/2010/index.html", ["4"]),
        ("2009", "year:2009", "Archives/2009/index.html", ["3", "2", "1"]),
        ("Undated", "year:undated", "", ["0"]),
    ]
    assert [(each.name, each.id, each.path) for each in by_month(shelf, ids[:4])] == [
        ("January 2010", "month:2010-01", "Archives/2010/01/index.html"),
        ("December 2009", "month:2009-12", "Archives/2009/12/index.html"),
        ("February 2009", "month:2009-02", "Archives/2009/02/index.html"),
    ]
    assert [(each.name, each.id) for each in by_day(shelf, ids[:4])] == [
        ("January 1", "day:2010-01-01"),
        ("December 31", "day:2009-12-31"),
        ("February 3", "day:2009-02-03"),
    ]


def test_without_archive_pages_no_group_leads_to_one() -> None:
    shelf = archive_of(*FOUND, config=NO_ARCHIVES)
    groups = (*by_year(shelf, shelf.catalog.order), *by_month(shelf, ["1"]))
    assert {group.path for group in groups} == {""}
    assert year_path(shelf, 2009) == month_path(shelf, "2009-12") == ""


def test_a_chart_has_every_year_from_the_first_to_the_last() -> None:
    shelf = archive_of(card("1", date="2007-01-01"), card("2", date="2010-01-01"), card("3", date=None))
    assert year_bars(shelf, shelf.catalog.order) == (
        Bar(name="2007", count=1, path="Archives/2007/index.html"),
        Bar(name="2008", count=0),
        Bar(name="2009", count=0),
        Bar(name="2010", count=1, path="Archives/2010/index.html"),
    )
    assert year_bars(shelf, ["3"]) == ()


@given(cards())
def test_a_chart_counts_every_dated_article(found: list[Card]) -> None:
    shelf = archive_of(*found)
    bars = year_bars(shelf, shelf.catalog.order)
    assert sum(bar.count for bar in bars) == len(dated(shelf, shelf.catalog.order))
    assert all(bool(bar.path) == bool(bar.count) for bar in bars)


@given(cards())
def test_the_subtree_of_a_topic_has_as_many_articles_as_it_counts(found: list[Card]) -> None:
    shelf = archive_of(*found)
    for one, topic in shelf.catalog.topics.items():
        ids = subtree(shelf, one)
        assert len(ids) == len(set(ids)) == topic.count
        assert list(ids) == sorted(ids, key=shelf.rank.__getitem__)
    for index in shelf.catalog.indexes:
        assert len(subtree(shelf, (index.name,))) == index.count


@given(cards())
def test_the_newest_articles_of_a_topic_come_one_by_one(found: list[Card]) -> None:
    shelf = archive_of(*found)
    for one in [*shelf.catalog.topics, *((index.name,) for index in shelf.catalog.indexes)]:
        assert list(newest_first(shelf, one)) == list(subtree(shelf, one))


@given(cards())
def test_every_article_keeps_the_body_that_came_with_its_card(found: list[Card]) -> None:
    shelf = archive_of(*found)
    assert all(one.card.file == shelf.catalog.cards[each].file for each, one in shelf.articles.items())


def test_a_list_shows_an_article_with_its_authors_pages() -> None:
    found = archive_of(card("1", title="Ceph", lang="de", authors=("A", "B"))).lines["1"]
    assert (found.title, found.path, found.date, found.teaser) == (
        "Ceph",
        "Articles/1/index.html",
        "2009-12-22",
        "What 1 is about.",
    )
    assert found.authors == (
        Person(name="A", path="Authors/A/index.html"),
        Person(name="B", path="Authors/B/index.html"),
    )
    assert found.lang == "de"


def test_the_sites_own_language_goes_without_saying() -> None:
    assert archive_of(card("1", lang="en")).lines["1"].lang == ""
    assert archive_of(card("1")).lines["1"].lang == ""


def test_without_author_pages_a_byline_is_a_name() -> None:
    shelf = archive_of(card("1", authors=("A",)), config=config(pages={"authors": False}))
    assert shelf.lines["1"].authors == (Person(name="A"),)


def test_a_plain_page_that_is_a_draft_is_left_out() -> None:
    shelf = archive_of(plain("a/index.html"), plain("b/index.html", draft=True))
    assert [page.path for page in shelf.pages] == ["a/index.html"]


def test_a_topic_is_listed_by_its_last_name() -> None:
    topics = archive_of(card("1", "Kernel/Filesystems/Ceph")).catalog.topics
    found = topic_line(topics[entry("Kernel/Filesystems")], shared=2, years=(1, 2))
    assert (found.name, found.path) == ("Filesystems", "Kernel/Filesystems/index.html")
    assert (found.own, found.count, found.shared, found.years) == (0, 1, 2, (1, 2))


@pytest.mark.parametrize(
    ("page", "paths"),
    [
        ("index.html", ["feed.rss", "feed.json"]),
        ("Kernel/Ceph/index.html", ["Kernel/Ceph/feed.rss", "Kernel/Ceph/feed.json"]),
    ],
)
def test_feeds_stand_beside_their_page(page: str, paths: list[str]) -> None:
    shelf = archive_of(config=config(feeds_out={"formats": ["rss", "json"]}))
    assert [each.path for each in feed_links(shelf, page, "Ceph")] == paths
    assert [each.title for each in feed_links(shelf, page, "Ceph")] == ["Ceph (RSS)", "Ceph (JSON Feed)"]


def test_a_parent_has_what_it_adopted_and_each_article_once() -> None:
    held = [
        article(card("1", "Kernel/A", "Security/B", date="2009-01-01")),
        article(card("2", "Security/B/C", date="2009-01-02")),
        article(card("3", "Storage/D", date="2009-01-03")),
    ]
    adopted = {"Kernel/A": ("Security/B",), "Security/B/C": ("Storage/D",), "Storage": ("Kernel/A",)}
    shelf = shelf_of(known(catalog_from(*held), adopted=adopted), *held)
    for name, ids in {
        "Kernel/A": ["3", "2", "1"],
        "Security/B/C": ["3", "2"],
        "Kernel": ["3", "2", "1"],
        "Storage": ["3", "2", "1"],
    }.items():
        assert list(subtree(shelf, entry(name))) == list(newest_first(shelf, entry(name))) == ids


def test_topics_that_adopted_each_other_have_the_same_articles() -> None:
    held = [article(card("1", "Kernel/A")), article(card("2", "Kernel/B"))]
    circle = {"Kernel/A": ("Kernel/B",), "Kernel/B": ("Kernel/A",)}
    shelf = shelf_of(known(catalog_from(*held), adopted=circle), *held)
    assert list(subtree(shelf, entry("Kernel/A"))) == list(subtree(shelf, entry("Kernel/B"))) == ["2", "1"]
