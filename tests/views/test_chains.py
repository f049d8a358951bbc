"""Every dated article of a feed is in one part of it, and what is in the archive stays there."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.model import Card
from lwnindex.views.chains import BY_MONTH, BY_YEAR, Chain, chain
from tests.cards import cards
from tests.makers import archive_of, card, config


def parts(*dates: str | None, items: int = 2, length: int = BY_MONTH) -> dict[str, list[str]]:
    """Return the articles of each part of a feed of articles of these dates, which are called 1, 2, 3."""
    held = [card(str(number), date=date) for number, date in enumerate(dates, 1)]
    return dict(made(held, items, length))


def made(held: Sequence[Card], items: int, length: int = BY_MONTH) -> list[tuple[str, list[str]]]:
    shelf = archive_of(*held, config=config(feeds_out={"items": items}))
    found: Chain = chain(shelf, shelf.catalog.order, length)
    return [(part.period, list(part.ids)) for part in found]


def test_a_feed_carries_its_newest_periods_whole_and_its_archive_the_others() -> None:
    assert parts("2009-10-01", "2009-11-01", "2009-11-02", "2009-12-01", "2009-12-02") == {
        "": ["5", "4"],
        "2009-11": ["3", "2"],
        "2009-10": ["1"],
    }


def test_a_feed_carries_older_periods_until_it_has_as_many_articles_as_it_may() -> None:
    assert parts("2009-10-01", "2009-11-01", "2009-11-02", "2009-12-01") == {
        "": ["4", "3", "2"],
        "2009-10": ["1"],
    }


def test_a_period_that_is_not_over_is_carried_whole_however_much_it_holds() -> None:
    dates = ["2009-01-01", *(f"2010-03-{day:02}" for day in range(1, 21))]
    found = parts(*dates, length=BY_YEAR)
    assert [(period, len(ids)) for period, ids in found.items()] == [("", 20), ("2009", 1)]


@pytest.mark.parametrize("dates", [(), (None,), ("2009-10-01",), ("2009-10-01", "2008-01-01", None)])
def test_a_feed_of_few_articles_has_no_archive(dates: tuple[str | None, ...]) -> None:
    assert list(parts(*dates)) == [""]


def test_a_moment_is_filed_by_its_own_text_and_stands_in_the_order_of_time() -> None:
    found = parts("2009-12-31T23:00:00-05:00", "2010-01-01T01:00:00Z", "2010-01-01T09:00:00Z")
    assert found == {"": ["3", "2"], "2009-12": ["1"]}
    assert parts("2009-12-31T23:00:00-05:00", "2010-01-01T01:00:00Z", items=1) == {
        "": ["2"],
        "2009-12": ["1"],
    }


@given(cards(), st.integers(1, 4), st.sampled_from([BY_YEAR, BY_MONTH]))
def test_every_dated_article_is_in_one_part(held: list[Card], items: int, length: int) -> None:
    shelf = archive_of(*held)
    wanted = [one for one in shelf.catalog.order if shelf.lines[one].date]
    found = [one for _, ids in made(held, items, length) for one in ids]
    assert sorted(found) == sorted(wanted)
    first, *others = made(held, items, length)
    assert len(first[1]) >= min(items, len(wanted))
    assert all(ids for _, ids in others)
    assert [period for period, _ in others] == sorted({period for period, _ in others}, reverse=True)


@given(st.lists(st.dates().map(str), min_size=1, max_size=12), st.integers(1, 4), st.data())
def test_a_newer_article_changes_no_part_of_the_archive(
    dates: list[str], items: int, data: st.DataObject
) -> None:
    held = [card(str(number), date=date) for number, date in enumerate(sorted(dates))]
    before = dict(made(held, items)[1:])
    newer = card("new", date=data.draw(st.dates().map(str).filter(lambda one: one >= max(dates))))
    after = dict(made([*held, newer], items)[1:])
    assert {period: after.get(period) for period in before} == before
