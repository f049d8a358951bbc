"""A topic shows where it stands, what is around it, and its list, page by page."""

from __future__ import annotations

import pytest
from hypothesis import given
from msgspec.structs import replace

from lwnindex import names
from lwnindex.indexviews import TopicView
from lwnindex.model import Card
from lwnindex.viewparts import Crumb, Link
from lwnindex.views.archive import Archive
from lwnindex.views.targets import targets
from lwnindex.views.topicpages import PLACES, TOGETHER, topic_pages, with_note
from tests.cards import cards
from tests.makers import archive_of, article, body, card, config, entry, made
from tests.thesaurus import catalog_from, described, known, see, shelf_of


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


# What a file of topics says ------------------------------------------------------------------------

HELD = (
    article(card("1", "Kernel/Filesystems/Ceph", date="2007-01-01")),
    article(card("2", "Kernel/Filesystems", "Security/Disks", date="2009-01-01")),
    article(card("3", "Storage/Disks/RAID", "Storage/Disks", date="2010-01-01")),
)
ADOPTED = {"Kernel/Filesystems": ("Storage/Disks",), "Security": ("Kernel/Filesystems",)}


def view_of(path: str, shelf: Archive) -> TopicView:
    """Return the first page of a topic."""
    return made(topic_pages(shelf, shelf.catalog.topics[entry(path)]), TopicView)[0]


def test_a_topic_shows_what_it_adopted_below_its_own_sub_topics_in_one_order() -> None:
    shelf = shelf_of(known(catalog_from(*HELD), adopted=ADOPTED), *HELD)
    view = view_of("Kernel/Filesystems", shelf)
    assert [one.entry for one in view.children] == [entry("Kernel/Filesystems/Ceph"), entry("Storage/Disks")]
    assert (view.own, view.count) == (1, 3)
    assert [(bar.name, bar.count) for bar in view.activity] == [
        ("2007", 1),
        ("2008", 0),
        ("2009", 1),
        ("2010", 1),
    ]
    assert view.oldest is not None
    assert view.newest is not None
    assert (view.oldest.id, view.newest.id) == ("1", "3")


def test_a_topic_names_all_ways_down_to_it_but_its_own() -> None:
    shelf = shelf_of(known(catalog_from(*HELD), adopted=ADOPTED), *HELD)
    view = view_of("Storage/Disks/RAID", shelf)
    assert [crumb.name for crumb in view.crumbs] == ["Storage", "Disks"]
    assert [[crumb.name for crumb in way] for way in view.places] == [
        ["Kernel", "Filesystems", "Disks"],
        ["Security", "Filesystems", "Disks"],
    ]
    assert view.places[1][1] == Crumb(name="Filesystems", path="Kernel/Filesystems/index.html")
    assert view_of("Kernel/Filesystems/Ceph", shelf).places == (
        (Crumb(name="Security", path="Security/Index/index.html"), view.places[0][1]),
    )


def test_a_circle_of_parents_ends_and_many_ways_are_cut() -> None:
    held = [article(card(str(n), "Kernel/A", f"Kernel/b{n:02}")) for n in range(PLACES + 5)]
    circle = {"Kernel/A": ("Kernel/b00",), "Kernel/b00": ("Kernel/A",)}
    many = {f"Kernel/b{n:02}": ("Kernel/A",) for n in range(1, PLACES + 5)}
    catalog = catalog_from(*held)
    assert len(view_of("Kernel/A", shelf_of(known(catalog, adopted=circle), *held)).places) == 1
    assert len(view_of("Kernel/A", shelf_of(known(catalog, adopted=many), *held)).places) == PLACES


def test_a_topic_names_those_of_the_same_name_that_it_does_not_name_already() -> None:
    held = [
        article(card("1", "Kernel/Huge pages", "Kernel/Memory management/Huge Pages", "Kernel/Other")),
        article(card("2", "Conference/A/2009", "Conference/B/2009", "Kernel/Other/huge pages")),
    ]
    shelf = shelf_of(
        known(catalog_from(*held), see_also={"Kernel/Huge pages": ("Kernel/Other/huge pages",)}), *held
    )
    view = view_of("Kernel/Huge pages", shelf)
    assert [one.entry for one in view.named] == [entry("Kernel/Memory management/Huge Pages")]
    assert [one.entry for one in view.see_also] == [entry("Kernel/Other/huge pages")]
    assert view_of("Conference/A/2009", shelf).named == view_of("Kernel/Other", shelf).named == ()


def test_a_topic_is_also_called_what_is_printed() -> None:
    sees = [see("Kernel/CephFS", "Kernel/Filesystems/Ceph"), see("Security/Ceph", "Kernel/Filesystems/Ceph")]
    hidden = see("Kernel/Zeph", "Kernel/Filesystems/Ceph", printed=False)
    shelf = shelf_of(known(catalog_from(*HELD), sees=[*sees, hidden]), *HELD)
    assert view_of("Kernel/Filesystems/Ceph", shelf).aliases == (
        entry("Kernel/CephFS"),
        entry("Security/Ceph"),
    )
    assert view_of("Kernel/Filesystems", shelf).aliases == ()


def test_one_article_is_neither_first_nor_last() -> None:
    view = view_of("Kernel/Filesystems/Ceph", shelf_of(catalog_from(*HELD), *HELD))
    assert (view.oldest, view.newest) == (None, None)


@pytest.mark.parametrize(
    ("file", "own"),
    [("content/topics.toml", "2009/1.md"), ("content/topics/kernel.toml", "../2009/1.md")],
)
def test_a_note_has_its_links_and_names_the_lines_of_dead_ones(file: str, own: str) -> None:
    held = (article(card("1", "Kernel/A", file="content/2009/1.md", source="2009/1.md")),)
    note = body(own, "/gone/", "#text-x", "/Kernel/Index#A", anchors=("text-x",), teaser="What A is.")
    one = replace(described("Kernel/A", note), file=file)
    shelf = shelf_of(known(catalog_from(*held), one), *held, config=config(site={"source": ""}))
    targets_of = targets(shelf, ["Kernel/Index/index.html", "Kernel/A/index.html"])
    view, dead = with_note(view_of("Kernel/A", shelf), one, targets_of)
    assert (view.body, view.description) == (note.digest, "What A is.")
    assert [link.href for link in view.links] == [
        "Articles/1/index.html",
        "",
        "#text-x",
        "Kernel/Index/index.html#A",
    ]
    assert [(each.code, each.file, each.line) for each in dead] == [("dead-link", file, 6)]
    assert targets_of.anchors["Kernel/A/index.html"] == ("text-x",)
    assert view.links[2] == Link(href="#text-x", local=True)
