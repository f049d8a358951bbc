"""A topic shows where it stands, what is around it, and its list, page by page."""

from __future__ import annotations

import pytest
from hypothesis import given

from lwnindex import names
from lwnindex.model import Card
from lwnindex.viewmodel import TopicView
from lwnindex.viewparts import Crumb
from lwnindex.views.archive import Archive
from lwnindex.views.topicpages import TOGETHER, topic_pages
from tests.cards import cards
from tests.makers import archive_of, card, config, entry, made


def topic_of(path: str, *found: Card, per_page: int = 50) -> list[TopicView]:
    """Return the pages of a topic."""
    shelf = archive_of(*found, config=config(pages={"per_page": per_page}))
    return made(topic_pages(shelf, shelf.catalog.topics[entry(path)]), TopicView)


def test_a_topic_shows_where_it_stands_and_what_is_around() -> None:
    found = [
        card("1", "Kernel/Filesystems/Ceph", date="2007-01-01"),
        card("2", "Kernel/Filesystems", "Kernel/Networking", date="2009-01-01"),
        card("3", "Kernel/Filesystems", "Kernel/Networking", "Security/Disks", date="2010-01-01"),
        card("4", "Kernel/Filesystems", date=None),
    ]
    (view,) = topic_of("Kernel/Filesystems", *found)
    assert (view.path, view.root, view.title) == ("Kernel/Filesystems/index.html", "../../", "Filesystems")
    assert (view.entry, view.own, view.count) == (entry("Kernel/Filesystems"), 3, 4)
    assert (view.first, view.last) == ("2009-01-01", "2010-01-01")
    assert view.crumbs == (Crumb(name="Kernel", path="Kernel/Index/index.html"),)
    assert view.anchor == "Kernel/Index/index.html#Filesystems"
    assert [child.entry for child in view.children] == [entry("Kernel/Filesystems/Ceph")]
    assert [(group.name, [line.id for line in group.lines]) for group in view.years] == [
        ("2010", ["3"]),
        ("2009", ["2"]),
        ("Undated", ["4"]),
    ]
    assert [(bar.name, bar.count) for bar in view.activity] == [
        ("2007", 1),
        ("2008", 0),
        ("2009", 1),
        ("2010", 1),
    ]
    assert [(topic.entry, topic.shared) for topic in view.together] == [
        (entry("Kernel/Networking"), 2),
        (entry("Security/Disks"), 1),
    ]
    assert view.pager is None
    assert view.feeds[0].title == "Kernel / Filesystems (RSS)"


def test_a_topic_with_sub_topics_alone_has_a_page() -> None:
    (view,) = topic_of("Kernel/Filesystems", card("1", "Kernel/Filesystems/Ceph"))
    assert (view.own, view.count, view.years, view.first, view.last) == (0, 1, (), None, None)


def test_a_topic_is_filed_together_with_twelve_at_most() -> None:
    (view,) = topic_of("Kernel/A", card("1", "Kernel/A", *(f"Kernel/b{n}" for n in range(20))))
    assert [topic.name for topic in view.together] == [f"b{n}" for n in range(TOGETHER)]


def test_a_long_list_has_pages_numbered_from_the_oldest() -> None:
    found = [card(str(n), "Kernel/A/B", date=f"2009-01-0{n}") for n in range(1, 8)]
    first, second, third = topic_of("Kernel/A/B", *found, per_page=2)
    assert [view.path for view in (first, second, third)] == [
        "Kernel/A/B/index.html",
        "Kernel/A/B/page/2/index.html",
        "Kernel/A/B/page/1/index.html",
    ]
    assert [[line.id for group in view.years for line in group.lines] for view in (first, second, third)] == [
        ["7", "6", "5"],
        ["4", "3"],
        ["2", "1"],
    ]
    assert (second.title, second.own, second.first, second.last) == (
        "A / B, page 2",
        2,
        "2009-01-03",
        "2009-01-04",
    )
    assert second.crumbs[-1] == Crumb(name="B", path="Kernel/A/B/index.html")
    assert second.feeds == first.feeds
    assert (second.children, second.activity, second.together) == ((), (), ())
    assert third.pager is not None
    assert (third.pager.newer, third.pager.older) == (second.path, "")


@given(cards())
def test_the_pages_of_a_topic_together_are_its_list(found: list[Card]) -> None:
    shelf: Archive = archive_of(*found, config=config(pages={"per_page": 1}))
    for topic in shelf.catalog.topics.values():
        views = made(topic_pages(shelf, topic), TopicView)
        assert sorted(line.id for view in views for group in view.years for line in group.lines) == sorted(
            topic.own
        )
        assert all(names.root_of(view.path) == view.root for view in views)


@pytest.mark.parametrize(("articles", "same"), [(7, True), (8, False)])
def test_a_newer_article_changes_a_further_page_only_when_one_is_full(articles: int, same: bool) -> None:
    found = [card(str(n), "Kernel/A", date=f"2009-01-0{n}") for n in range(1, articles + 1)]
    before = topic_of("Kernel/A", *found, per_page=3)
    after = topic_of("Kernel/A", *found, card("9", "Kernel/A", date="2010-01-01"), per_page=3)
    assert (before[-1] == after[-1]) is same
    assert before[-1].years == after[-1].years
    assert before[0] != after[0]
