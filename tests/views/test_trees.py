"""A tree has every topic once where it belongs, and once more, alone, below each further parent."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from msgspec.structs import replace

from lwnindex.indexviews import TreeView
from lwnindex.model import Card, Catalog, Entry, Topic
from lwnindex.settings import Config
from lwnindex.viewparts import Crumb
from lwnindex.views.archive import Archive
from lwnindex.views.trees import orders, tree_pages
from tests.cards import cards
from tests.makers import archive_of, card, config, entry, made

PAGE = "Kernel/Tree/index.html"
FOUND = (
    card("1", "Kernel/Filesystems/Ceph/Snapshots", "Kernel/4.10"),
    card("2", "Kernel/Filesystems/Ceph", "Kernel/4.9"),
    card("3", "Kernel/Filesystems", "Kernel/Storage/Disks"),
)


def adopted(shelf: Archive, parent: str, *children: str, **sorts: str) -> Archive:
    """Return an archive in which a topic is a further parent of others; `sorts` are by their last levels."""
    topics: dict[Entry, Topic] = dict(shelf.catalog.topics)
    topics[entry(parent)] = replace(topics[entry(parent)], adopted=tuple(map(entry, children)))
    for one, topic in topics.items():
        topics[one] = replace(topic, sort=sorts.get(one[-1], ""))
    catalog: Catalog = replace(shelf.catalog, topics=topics)
    return shelf._replace(catalog=catalog)


def tree_of(shelf: Archive) -> TreeView:
    """Return the tree of an archive's first index."""
    (view,) = made(tree_pages(shelf, shelf.catalog.indexes[0]), TreeView)
    return view


def told(view: TreeView) -> list[str]:
    """Return the lines of a tree as an outline, those that are told again with a `*`."""
    return [f"{'  ' * line.depth}{line.name}{'*' if line.again else ''}" for line in view.lines]


def test_every_topic_stands_below_its_parent_in_natural_order() -> None:
    view = tree_of(archive_of(*FOUND))
    assert told(view) == [
        *("4.9", "4.10", "Filesystems", "  Ceph", "    Snapshots", "Storage", "  Disks"),
    ]
    assert [(line.own, line.count, line.path) for line in view.lines[2:5]] == [
        (1, 3, "Kernel/Filesystems/index.html"),
        (1, 2, "Kernel/Filesystems/Ceph/index.html"),
        (1, 1, "Kernel/Filesystems/Ceph/Snapshots/index.html"),
    ]


def test_a_tree_says_of_what_it_is_and_where_the_index_stands_otherwise() -> None:
    view = tree_of(archive_of(*FOUND))
    assert (view.path, view.root, view.title) == (PAGE, "../../", "Kernel index as a tree")
    assert view.crumbs == (Crumb(name="Kernel index", path="Kernel/Index/index.html"),)
    assert (view.index, view.topics, view.articles) == ("Kernel", 7, 3)
    assert [feed.path for feed in view.feeds] == [
        f"Kernel/Index/feed.{one}" for one in ("rss", "atom", "json")
    ]
    assert view.others == (
        Crumb(name="From A to Z", path="Kernel/Index/index.html"),
        Crumb(name="By words", path="Kernel/Words/index.html"),
    )


def test_below_a_further_parent_a_topic_stands_once_more_without_what_is_below_it() -> None:
    view = tree_of(adopted(archive_of(*FOUND), "Kernel/Storage", "Kernel/Filesystems/Ceph"))
    assert told(view)[2:] == [
        *("Filesystems", "  Ceph", "    Snapshots", "Storage", "  Ceph*", "  Disks"),
    ]
    assert view.lines[6].path == view.lines[3].path


def test_what_is_adopted_is_sorted_among_the_others_by_what_sorts_it() -> None:
    shelf = adopted(archive_of(*FOUND), "Kernel/Storage", "Kernel/Filesystems/Ceph", Ceph="zzz")
    assert told(tree_of(shelf))[-2:] == ["  Disks", "  Ceph*"]


def test_a_topic_of_another_index_is_told_by_its_whole_name() -> None:
    shelf = archive_of(*FOUND, card("4", "Security/Disks/Locks"))
    assert told(tree_of(adopted(shelf, "Kernel/Storage", "Security/Disks")))[-2:] == [
        *("  Disks", "  Security / Disks*"),
    ]


def test_what_an_index_has_adopted_stands_at_its_top() -> None:
    shelf = archive_of(*FOUND, card("4", "Security/Disks"))
    topics = dict(shelf.catalog.topics)
    for one in ("Kernel/Filesystems/Ceph", "Security/Disks"):
        topics[entry(one)] = replace(topics[entry(one)], parents=(("Kernel",),))
    view = tree_of(shelf._replace(catalog=replace(shelf.catalog, topics=topics)))
    assert told(view) == [
        *("4.9", "4.10", "Ceph*", "Security / Disks*", "Filesystems", "  Ceph", "    Snapshots", "Storage"),
        "  Disks",
    ]


def test_topics_that_adopt_what_stands_above_them_do_not_go_round() -> None:
    view = tree_of(adopted(archive_of(*FOUND), "Kernel/Filesystems/Ceph", "Kernel/Filesystems"))
    assert told(view)[2:6] == ["Filesystems", "  Ceph", "    Filesystems*", "    Snapshots"]


def test_a_site_without_trees_has_none() -> None:
    shelf = archive_of(*FOUND, config=config(pages={"trees": False}))
    assert list(tree_pages(shelf, shelf.catalog.indexes[0])) == []


def test_an_index_is_led_to_in_all_its_orders_but_the_one_at_hand() -> None:
    settings: Config = config(indexes={"Kernel": {"by_year": True}})
    shelf = archive_of(*FOUND, config=settings)
    assert [one.name for one in orders(shelf, shelf.catalog.indexes[0], PAGE)] == [
        *("From A to Z", "By words", "By years"),
    ]
    assert [one.name for one in orders(shelf, shelf.catalog.indexes[0], "Kernel/ByYear/index.html")] == [
        *("From A to Z", "As a tree", "By words"),
    ]


@given(cards())
def test_a_tree_has_every_topic_once_and_no_step_down_but_by_one(found: list[Card]) -> None:
    shelf = archive_of(*found)
    for one in shelf.catalog.indexes:
        (view,) = made(tree_pages(shelf, one), TreeView)
        assert [line.path for line in view.lines] == [shelf.catalog.topics[each].path for each in one.topics]
        depths = [-1, *(line.depth for line in view.lines)]
        assert all(after <= before + 1 for before, after in pairwise(depths))
