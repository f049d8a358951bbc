"""A heat map shows what rose and what fell, and each of its cells leads to a heading that there is."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from msgspec.structs import replace

from lwnindex.indexviews import TopicView
from lwnindex.model import Card
from lwnindex.settings import Config
from lwnindex.viewparts import Heat
from lwnindex.views.archive import Archive
from lwnindex.views.heat import ROWS, YEARS, heat, steps_to
from lwnindex.views.topicpages import topic_pages
from tests.cards import cards
from tests.makers import archive_of, card, config, entry, made


def filed(*articles: str) -> list[Card]:
    """Return articles, each written as `2009 Kernel/Ceph`; one a day within its year."""
    pairs = [one.split(" ", 1) for one in articles]
    return [
        card(str(n), path, date=None if year == "undated" else f"{year}-01-{1 + n % 28:02}")
        for n, (year, path) in enumerate(pairs)
    ]


def shelf_of(*articles: str, **pages: Any) -> Archive:
    """Return the archive of these articles."""
    return archive_of(*filed(*articles), config=config(pages=pages) if pages else Config())


def heat_of(shelf: Archive) -> Heat | None:
    """Return the heat map of the Kernel index."""
    (one,) = (each for each in shelf.catalog.indexes if each.name == "Kernel")
    return heat(shelf, one)


def counts(found: Heat | None) -> dict[str, list[int]]:
    """Return the counts of each row."""
    assert found is not None
    return {row.name: [cell.count for cell in row.cells] for row in found.rows}


def test_a_row_counts_all_below_its_topic_by_year_each_article_once() -> None:
    shelf = archive_of(
        *filed("2009 Kernel/Fs/Ceph", "2011 Kernel/Fs", "2011 Kernel/Fs/Ext4/Quota", "undated Kernel/Fs"),
        card("9", "Kernel/Fs", "Kernel/Fs/Ceph", "Kernel/Mm", date="2011-02-01"),
    )
    found = heat_of(shelf)
    assert found is not None
    assert found.years == ("2009", "2010", "2011")
    assert counts(found) == {"Fs": [1, 0, 3], "Mm": [0, 0, 1]}
    assert [(row.path, row.count) for row in found.rows] == [
        ("Kernel/Fs/index.html", 5),
        ("Kernel/Mm/index.html", 1),
    ]
    assert found.left == 0


def test_what_a_topic_adopted_is_counted_with_it() -> None:
    shelf = shelf_of("2009 Kernel/A", "2010 Kernel/B/Shared", "2010 Kernel/B/Shared/Deep", "2010 Security/X")
    topics = dict(shelf.catalog.topics)
    adopted = (entry("Kernel/B/Shared"), entry("Security/X"))
    topics[entry("Kernel/A")] = replace(topics[entry("Kernel/A")], adopted=adopted)
    found = heat_of(shelf._replace(catalog=replace(shelf.catalog, topics=topics)))
    assert counts(found) == {"A": [1, 3], "B": [0, 2]}


def test_topics_that_adopted_each_other_are_counted_once() -> None:
    shelf = shelf_of("2009 Kernel/A", "2010 Kernel/B")
    topics = {
        one: replace(topic, adopted=tuple(other for other in shelf.catalog.topics if other != one))
        for one, topic in shelf.catalog.topics.items()
    }
    found = heat_of(shelf._replace(catalog=replace(shelf.catalog, topics=topics)))
    assert counts(found) == {"A": [1, 1], "B": [1, 1]}


@pytest.mark.parametrize(
    "articles",
    [
        ("2009 Kernel/A", "2010 Kernel/A"),
        ("2009 Kernel/A", "2009 Kernel/B"),
        ("undated Kernel/A", "undated Kernel/B"),
        ("2009 Kernel/A", "undated Kernel/B", "2010 Kernel/A"),
    ],
)
def test_what_can_show_no_change_is_no_map(articles: tuple[str, ...]) -> None:
    assert heat_of(shelf_of(*articles)) is None


def test_a_map_has_the_sixty_most_alive_in_the_order_of_the_index() -> None:
    quiet = [f"2009 Kernel/{n:03} old" for n in range(30)]
    alive = [f"2010 Kernel/{n:03} new" for n in range(ROWS)]
    found = heat_of(shelf_of(*quiet, *alive))
    assert found is not None
    assert [row.name for row in found.rows] == [f"{n:03} new" for n in range(ROWS)]
    assert found.left == 30


def test_what_was_large_is_alive_long_after() -> None:
    """Twelve articles of four years ago weigh 2.4, two of this year 2."""
    fallen = ["2006 Kernel/Fallen"] * 12
    small = [f"2010 Kernel/{n:03}" for n in range(ROWS) for _ in range(2)]
    found = heat_of(shelf_of(*fallen, *small))
    assert found is not None
    assert "Fallen" in counts(found)
    assert "059" not in counts(found)


def test_a_map_has_the_last_forty_years() -> None:
    found = heat_of(shelf_of("0001 Kernel/A", "1984 Kernel/A", "1985 Kernel/B", "2024 Kernel/A"))
    assert found is not None
    assert (found.years[0], found.years[-1], len(found.years)) == ("1985", "2024", YEARS)
    assert counts(found)["A"][-1] == 1
    assert {row.name: row.count for row in found.rows} == {"A": 3, "B": 1}


@pytest.mark.parametrize(
    ("peak", "steps"),
    [
        (1, (1,)),
        (2, (1, 2)),
        (3, (1, 2, 3)),
        (10, (1, 2, 3, 4, 7)),
        (32, (1, 2, 4, 8, 16)),
        (243, (1, 3, 9, 27, 81)),
    ],
)
def test_steps_grow_by_a_factor(peak: int, steps: tuple[int, ...]) -> None:
    assert steps_to(peak) == steps


def test_a_cell_has_the_shade_of_its_count() -> None:
    found = heat_of(shelf_of(*["2009 Kernel/A"] * 10, *["2010 Kernel/A"] * 2, "2009 Kernel/B"))
    assert found is not None
    assert found.steps == (1, 2, 3, 4, 7)
    assert [row.shades for row in found.rows] == [(5, 2), (1, 0)]


# Where cells lead ------------------------------------------------------------------------------------


def test_a_cell_leads_to_the_years_heading_on_the_first_page_that_has_it() -> None:
    articles = [f"{year} Kernel/A" for year in (2001, 2002, 2002, 2003, 2004, 2004, 2005)]
    found = heat_of(shelf_of(*articles, "2005 Kernel/B", per_page=2))
    assert found is not None
    assert [cell.path for cell in found.rows[0].cells] == [
        "Kernel/A/page/1/index.html#year:2001",
        "Kernel/A/page/2/index.html#year:2002",
        "Kernel/A/page/2/index.html#year:2003",
        "Kernel/A/index.html#year:2004",
        "Kernel/A/index.html#year:2005",
    ]
    assert [cell.path for cell in found.rows[1].cells] == ["", "", "", "", "Kernel/B/index.html#year:2005"]


def test_a_cell_of_sub_topics_leads_to_the_one_with_the_most() -> None:
    shelf = shelf_of(
        "2001 Kernel/A/X", "2001 Kernel/A/Y/Z", "2001 Kernel/A/Y/Z", "2002 Kernel/A", "2002 Kernel/B"
    )
    found = heat_of(shelf)
    assert found is not None
    assert [cell.path for cell in found.rows[0].cells] == [
        "Kernel/A/Y/Z/index.html#year:2001",
        "Kernel/A/index.html#year:2002",
    ]


@pytest.mark.parametrize("per_page", [1, 2, 50])
@given(found=cards())
def test_every_cell_that_holds_something_leads_to_a_heading_that_there_is(
    per_page: int, found: list[Card]
) -> None:
    shelf = archive_of(*found, config=config(pages={"per_page": per_page}))
    views = [
        view for topic in shelf.catalog.topics.values() for view in made(topic_pages(shelf, topic), TopicView)
    ]
    there = {f"{view.path}#{group.id}" for view in views for group in view.years}
    for one in shelf.catalog.indexes:
        heated = heat(shelf, one)
        for row in heated.rows if heated else ():
            assert {cell.path for cell in row.cells if cell.count} <= there
            assert {cell.path for cell in row.cells if not cell.count} <= {""}
