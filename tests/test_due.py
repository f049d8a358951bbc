"""An article is published from its day on, until it expires; what holds on a day says until when it does."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.due import Days, counts, days, next_turns, withheld
from lwnindex.model import Card
from tests.makers import card

TODAY = "2009-12-22"
TEXTS = (None, "2009-12-20", "2009-12-21", "2009-12-22", "2009-12-22T23:30:00Z", "2009-12-23", "2009-12-24")


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"date": None}, None),
        ({"date": "2009-12-22"}, None),
        ({"date": "2009-12-22T23:59:59"}, None),
        ({"date": "2009-12-23"}, "ahead"),
        ({"date": "9999-12-31"}, "ahead"),
        ({"expires": "2009-12-23"}, None),
        ({"expires": "2009-12-22"}, "expired"),
        ({"expires": "2009-12-22T23:00:00"}, "expired"),
        ({"expires": "2009-12-21"}, "expired"),
        ({"date": "2009-12-23", "expires": "2009-12-21"}, "expired"),
        ({"date": "2009-12-23", "draft": True}, "draft"),
        ({"draft": True}, "draft"),
    ],
)
def test_what_is_withheld_on_a_day(fields: dict[str, Any], rule: str | None) -> None:
    assert withheld(card(**fields), TODAY, "UTC") == rule


@pytest.mark.parametrize(("zone", "rule"), [("UTC", None), ("Asia/Tokyo", "ahead"), ("America/Lima", None)])
def test_the_day_of_a_time_is_the_zone_s(zone: str, rule: str | None) -> None:
    assert withheld(card(date="2009-12-22T23:00:00Z"), TODAY, zone) == rule
    assert withheld(card(date="2009-12-22"), TODAY, zone) is None
    assert withheld(card(date="2009-12-22T23:00:00"), TODAY, zone) is None


def test_without_a_day_drafts_alone_are_withheld() -> None:
    assert withheld(card(date="9999-12-31", expires="0001-01-01"), "", "UTC") is None
    assert withheld(card(draft=True), "", "UTC") == "draft"
    assert days([card(date="9999-12-31")], "", "UTC") == Days()


def test_what_is_withheld_is_counted() -> None:
    found = [card(date=text, draft=draft) for text in TEXTS for draft in (False, True)]
    assert counts([*found, card(expires=TODAY)], TODAY, "UTC") == {"ahead": 2, "expired": 1}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], Days()),
        ([card(date=None)], Days()),
        ([card(date="2009-12-20"), card(date="2009-12-21")], Days("2009-12-21")),
        ([card(date="2009-12-22")], Days("2009-12-22")),
        ([card(date="2009-12-25"), card(date="2009-12-24")], Days("", "2009-12-24")),
        ([card(date="2009-12-20", expires="2010-01-01")], Days("2009-12-20", "2010-01-01")),
        ([card(date="2009-12-24", draft=True)], Days()),
    ],
)
def test_the_days_on_which_nothing_comes_or_goes(found: list[Card], expected: Days) -> None:
    assert days(found, TODAY, "UTC") == expected


texts = st.sampled_from(TEXTS)


@given(
    st.lists(st.builds(lambda date, expires: card(date=date, expires=expires), texts, texts)),
    st.sampled_from(("UTC", "Asia/Tokyo")),
)
def test_on_the_days_that_hold_and_on_those_alone_each_card_is_as_it_was(
    found: list[Card], zone: str
) -> None:
    own = days(found, TODAY, zone)
    outcome = [withheld(one, TODAY, zone) for one in found]
    assert own.hold(TODAY)
    for number in range(18, 27):
        day = f"2009-12-{number}"
        if own.hold(day):
            assert [withheld(one, day, zone) for one in found] == outcome
    if own.until:
        next_days = [withheld(one, own.until, zone) for one in found]
        # What has expired before it is due comes never, and its days mean nothing.
        assert next_days != outcome or any(
            one.date and one.expires and one.expires[:10] <= one.date[:10] for one in found
        )


@pytest.mark.parametrize(
    ("fields", "turns"),
    [
        ({"date": "2009-12-23"}, [("2009-12-23", True)]),
        ({"date": "2009-12-22"}, []),
        ({"date": "2009-12-20", "expires": "2009-12-24"}, [("2009-12-24", False)]),
        ({"date": "2009-12-23", "expires": "2009-12-25"}, [("2009-12-23", True)]),
        ({"date": "2009-12-24", "expires": "2009-12-23"}, []),
        ({"date": "2009-12-24", "expires": "2009-12-24"}, []),
        ({"date": "2009-12-23", "draft": True}, []),
        ({"date": None}, []),
    ],
)
def test_what_the_next_day_brings_or_takes(fields: dict[str, Any], turns: list[tuple[str, bool]]) -> None:
    assert [(one.day, one.comes) for one in next_turns([card(**fields)], TODAY, "UTC")] == turns


def test_all_that_is_due_on_the_next_day_is_told_and_nothing_later() -> None:
    cards = [
        card(file="b.md", date="2009-12-23"),
        card(file="a.md", date="2009-12-20", expires="2009-12-23"),
        card(file="c.md", date="2009-12-24"),
    ]

    assert [(one.card.file, one.comes) for one in next_turns(cards, TODAY, "UTC")] == [
        ("a.md", False),
        ("b.md", True),
    ]


@given(
    st.lists(st.tuples(st.sampled_from(TEXTS), st.sampled_from(TEXTS)), max_size=5),
    st.sampled_from(("UTC", "Asia/Tokyo", "America/Lima")),
)
def test_a_site_stays_what_it_is_until_the_next_turn(
    dates: list[tuple[str | None, str | None]], zone: str
) -> None:
    cards = [card(date=one, expires=other) for one, other in dates]

    def published(day: str) -> list[bool]:
        return [withheld(each, day, zone) is None for each in cards]

    turns = next_turns(cards, "2009-12-20", zone)
    later = [f"2009-12-{day}" for day in range(21, 27)]
    changes = [day for day in later if published(day) != published("2009-12-20")]
    assert changes[:1] == [one.day for one in turns[:1]]


def test_drafts_that_are_asked_for_are_published_as_others_are() -> None:
    draft = card(draft=True, date="2009-12-24")

    assert withheld(draft, "2009-12-24", "UTC", drafts=True) is None
    assert withheld(draft, TODAY, "UTC", drafts=True) == "ahead"
    assert counts([draft], TODAY, "UTC", drafts=True) == {"ahead": 1, "expired": 0}
    assert days([draft], TODAY, "UTC", drafts=True).until == "2009-12-24"
    assert days([draft], TODAY, "UTC").until == ""
