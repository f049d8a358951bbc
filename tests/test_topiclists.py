"""Topics as lists, as a tree and one by one: each with all its articles, each of these once."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from lwnindex.model import Catalog, Described, See
from lwnindex.topiclists import (
    Sort,
    articles,
    row_lines,
    row_object,
    rows,
    shown,
    shown_lines,
    shown_object,
    tree,
    tree_lines,
)
from tests.makers import card, catalog_of

CEPH, BTRFS = ("Kernel", "Filesystems", "Ceph"), ("Kernel", "Btrfs")
FILESYSTEMS = CEPH[:2]


@pytest.fixture
def catalog() -> Catalog:
    """An archive in which Btrfs stands below Filesystems, and below the index Security, too."""
    found = catalog_of(
        card("1", CEPH, BTRFS, title="Both", date="2009-01-05"),
        card("2", CEPH, title="Ceph", date="2010-02-06"),
        card("3", FILESYSTEMS, "Security/Audit", title="Files", date="2010-03-07T10:00:00Z"),
        card("4", BTRFS, title="Btrfs", date=None),
    )
    topics = dict(found.topics)
    topics[FILESYSTEMS] = replace(topics[FILESYSTEMS], adopted=(BTRFS,), see_also=(("Security", "Audit"),))
    topics[BTRFS] = replace(topics[BTRFS], parents=(FILESYSTEMS, ("Security",)))
    sees = (
        See(entry=("Kernel", "FS"), topic=FILESYSTEMS, path="Kernel/FS/index.html", anchor="FS"),
        See(entry=("Kernel", "Flies"), topic=FILESYSTEMS, path="x/index.html", anchor="Flies", printed=False),
    )
    described = {FILESYSTEMS: Described(entry=FILESYSTEMS, file="content/topics.toml", line=7)}
    return replace(found, topics=topics, sees=sees, described=described)


def test_a_topic_has_the_articles_below_it_and_those_of_what_it_adopted_once(catalog: Catalog) -> None:
    found = articles(catalog)

    assert found[FILESYSTEMS] == {"1", "2", "3", "4"}
    assert found[BTRFS] == {"1", "4"}


def test_a_row_tells_how_many_and_from_when_to_when(catalog: Catalog) -> None:
    found = {one.topic: one for one in rows(catalog)}

    one = found["Kernel/Filesystems"]
    assert (one.articles, one.own, one.first, one.last, one.depth) == (4, 1, "2009-01-05", "2010-03-07", 0)
    assert found["Kernel/Filesystems/Ceph"].depth == 1


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("name", ["Kernel/Btrfs", "Kernel/Filesystems", "Kernel/Filesystems/Ceph"]),
        ("count", ["Kernel/Filesystems", "Kernel/Btrfs", "Kernel/Filesystems/Ceph"]),
        ("date", ["Kernel/Filesystems", "Kernel/Filesystems/Ceph", "Kernel/Btrfs"]),
    ],
)
def test_rows_come_in_the_order_that_is_asked_for(catalog: Catalog, sort: Sort, names: list[str]) -> None:
    assert [one.topic for one in rows(catalog, "Kernel", sort)] == names


def test_rows_are_those_with_enough_articles(catalog: Catalog) -> None:
    assert [one.topic for one in rows(catalog, least=3)] == ["Kernel/Filesystems"]


def test_a_list_is_in_columns(catalog: Catalog) -> None:
    assert list(row_lines(rows(catalog, least=3))) == ["     4      1  2010-03-07  Kernel/Filesystems"]


def test_a_tree_has_a_topic_at_all_its_places(catalog: Catalog) -> None:
    assert list(tree_lines(tree(catalog, "Kernel"))) == [
        "  Btrfs  (2)",
        "  Filesystems  (4)",
        "    Btrfs  -> Kernel/Btrfs  (2)",
        "    Ceph  (2)",
    ]
    assert list(tree_lines(tree(catalog, "Security"))) == ["  Audit  (1)", "  Btrfs  -> Kernel/Btrfs  (2)"]


def test_a_tree_is_as_deep_as_is_asked_for(catalog: Catalog) -> None:
    assert [one.topic for one in tree(catalog, "Kernel", 1)] == ["Kernel/Btrfs", "Kernel/Filesystems"]


def test_a_tree_is_sorted_by_what_topics_are_sorted_by(catalog: Catalog) -> None:
    topics = catalog.topics | {BTRFS: replace(catalog.topics[BTRFS], sort="zz")}

    found = tree(replace(catalog, topics=topics), "Kernel", 1)
    assert [one.topic for one in found] == ["Kernel/Filesystems", "Kernel/Btrfs"]


def test_a_topic_is_told_with_all_that_is_known_of_it(catalog: Catalog) -> None:
    assert list(shown_lines(shown(catalog, FILESYSTEMS, "What holds files.\nAnd more."))) == [
        "Kernel/Filesystems",
        "  What holds files.",
        "  And more.",
        "described in  content/topics.toml:7",
        "page          Kernel/Filesystems/index.html",
        "articles      4, 1 of its own; 2009-01-05 to 2010-03-07",
        "aliases       Kernel/FS",
        "not printed   Kernel/Flies",
        "see also      Security/Audit",
        "sub-topics    Ceph  (2)",
        "              Btrfs  (2)  -> Kernel/Btrfs",
        "years         2009: 1, 2010: 2",
        "together with Kernel/Btrfs  (2)",
        "              Security/Audit  (1)",
        "newest        2010-03-07  3  Files",
        "              2010-02-06  2  Ceph",
        "              2009-01-05  1  Both",
        "                          4  Btrfs",
        "in the files  content/3.md",
        "              content/2.md",
        "              content/1.md",
        "              content/4.md",
    ]


def test_further_places_are_told(catalog: Catalog) -> None:
    assert "also below    Kernel/Filesystems" in list(shown_lines(shown(catalog, BTRFS)))


def test_programs_are_told_the_same(catalog: Catalog) -> None:
    found = shown_object(shown(catalog, FILESYSTEMS, "Note."))

    assert (found["topic"], found["articles"], found["note"]) == ("Kernel/Filesystems", 4, "Note.")
    assert found["years"] == {"2009": 1, "2010": 2}
    assert found["newest"][0] == {"id": "3", "date": "2010-03-07", "title": "Files", "file": "content/3.md"}
    assert [one["adopted"] for one in found["children"]] == [False, True]
    assert row_object(rows(catalog, "Security")[0])["entry"] == ("Security", "Audit")
