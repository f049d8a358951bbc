"""A saved query finds what is filed as it asks, tells what it cannot find, and has a page and feeds."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from lwnindex.articleviews import QueriesView, QueryView
from lwnindex.feedviews import FeedView
from lwnindex.model import See
from lwnindex.problems import sentence
from lwnindex.viewparts import Crumb, Person
from lwnindex.views.queries import queries, query_pages, query_problems
from tests.makers import archive_of, card, config, plan_of

HELD = [
    card("1", "Kernel/A/B", "Security/X", authors=("Kernel desk",), date="2008-05-01"),
    card("2", "Kernel/A", authors=("Release desk",), date="2009-01-01"),
    card("3", "Kernel/A/B", authors=("Release desk", "Kernel desk"), date="2009-03-01T10:00:00Z"),
    card("4", "Security/X", date=None),
    card("5", "Kernel/I/O", ("Kernel", "I/O"), date="2010-01-01"),
]


def found(**asked: Any) -> list[str]:
    """Return the articles that a query finds."""
    settings = config(feeds_out={"query": [{"name": "Q", **asked}]})
    (one,) = queries(archive_of(*HELD, config=settings))
    return list(one.ids)


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ({}, ["5", "3", "2", "1", "4"]),
        ({"all": ["Kernel"]}, ["5", "3", "2", "1"]),
        ({"all": ["Kernel/A"]}, ["3", "2", "1"]),
        ({"all": ["Kernel/A/B"]}, ["3", "1"]),
        ({"all": ["Kernel/A", "Security"]}, ["1"]),
        ({"any": ["Kernel/A/B", "Security/X"]}, ["3", "1", "4"]),
        ({"not": ["Kernel/A"]}, ["5", "4"]),
        ({"all": ["Kernel/A"], "not": ["Security"]}, ["3", "2"]),
        ({"author": "Kernel desk"}, ["5", "3", "1", "4"]),
        ({"author": ["Release desk"]}, ["3", "2"]),
        ({"since": "2009-01-01"}, ["5", "3", "2"]),
        ({"since": "2009-03-01"}, ["5", "3"]),
        ({"all": ["Kernel/I/O"]}, ["5"]),
        ({"all": ["Nothing"]}, []),
        ({"any": ["Nothing", "Security/X"]}, ["1", "4"]),
        ({"author": "Nobody"}, []),
    ],
)
def test_a_query_finds_what_holds_to_all_it_asks_for(asked: dict[str, object], ids: list[str]) -> None:
    assert found(**asked) == ids


def test_a_query_finds_a_topic_by_its_other_names() -> None:
    settings = config(feeds_out={"query": [{"name": "Q", "all": ["Kernel/Old/B"]}]})
    shelf = archive_of(*HELD, config=settings)
    other, topic = ("Kernel", "Old", "B"), ("Kernel", "A", "B")
    see = See(entry=other, topic=topic, path="Kernel/Old/B/index.html", anchor="Old-B")
    shelf = shelf._replace(catalog=replace(shelf.catalog, sees=(see,)))

    assert list(queries(shelf)[0].ids) == ["3", "1"]
    assert list(query_problems(shelf)) == []


def test_a_name_that_nothing_has_is_told_with_what_may_be_meant() -> None:
    asked = {"name": "Q", "all": ["kernel/a"], "any": ["Kernel/A/C"], "author": ["Kernel dsk", "Zoe"]}
    shelf = archive_of(*HELD, config=config(feeds_out={"query": [asked]}))
    assert [sentence(one) for one in query_problems(shelf)] == [
        f'lwnindex.toml: unknown-query: the query "Q" names the {kind} "{name}", under which there is no '
        f"article. {meant}"
        for kind, name, meant in (
            ("entry", "kernel/a", 'Did you mean "Kernel/A"?'),
            ("entry", "Kernel/A/C", 'Did you mean "Kernel/A/B"?'),
            ("author", "Kernel dsk", 'Did you mean "Kernel desk"?'),
            ("author", "Zoe", "Name one as the site writes it."),
        )
    ]


def test_a_query_has_a_page_in_pages_and_says_what_it_asks_for() -> None:
    asked = {"name": "A & b", "all": ["Kernel/A"], "any": ["Kernel", "No/Such"], "not": ["Security/X"]}
    more = {"author": ["Release desk"], "since": "2009-01-01"}
    settings = config(feeds_out={"query": [{**asked, **more}]}, pages={"per_page": 1})
    views = {path: make() for path, make in query_pages(archive_of(*HELD, config=settings))}
    assert list(views) == [
        "Queries/index.html",
        "Queries/A__b/index.html",
        "Queries/A__b/page/1/index.html",
    ]
    hub, page, further = views.values()
    assert isinstance(hub, QueriesView)
    assert [(one.name, one.count, one.path) for one in hub.queries] == [
        ("A & b", 2, "Queries/A__b/index.html")
    ]
    assert isinstance(page, QueryView)
    assert page.every == (Crumb(name="Kernel / A", path="Kernel/A/index.html"),)
    assert page.either == (
        Crumb(name="Kernel", path="Kernel/Index/index.html"),
        Crumb(name="No / Such", path=""),
    )
    assert page.neither == (Crumb(name="Security / X", path="Security/X/index.html"),)
    assert page.authors == (Person(name="Release desk", path="Authors/Release_desk/index.html"),)
    assert (page.since, page.count, page.first) == ("2009-01-01", 2, "2009-01-01")
    assert [one.path for one in page.feeds][:1] == ["Queries/A__b/feed.rss"]
    assert isinstance(further, QueryView)
    assert [each.lines[0].id for each in (*page.years, *further.years)] == ["3", "2"]
    assert further.crumbs[-1].path == page.path


def test_without_queries_there_is_no_page_of_them() -> None:
    assert list(query_pages(archive_of(*HELD))) == []


def test_a_query_has_feeds_with_an_archive_by_year() -> None:
    settings = config(feeds_out={"items": 1, "query": [{"name": "Q", "all": ["Kernel"]}]})
    plan = plan_of(*HELD, config=settings)
    feeds = [path for path in plan.paths if path.startswith("Queries/Q/feed")]
    names = ("feed.rss", "feed.atom", "feed.json", "feed-2009.atom", "feed-2008.atom")
    assert feeds == [f"Queries/Q/{name}" for name in names]
    view = plan.view("Queries/Q/feed.atom")
    assert isinstance(view, FeedView)
    assert (view.title, view.home, view.older) == (
        "News index: Q",
        "Queries/Q/index.html",
        "Queries/Q/feed-2009.atom",
    )
    assert plan.site.queries
    assert dict(plan.feeds)["archive"] == len([path for path in plan.paths if "feed-" in path])
    assert not plan.problems
