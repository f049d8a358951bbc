"""Dates stay dates, get a moment where a feed needs one, and sort as the moments do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lwnindex import times

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland", "Asia/Kolkata", "Pacific/Kiritimati")

zones = st.sampled_from(ZONES)
days = st.dates().map(lambda day: day.isoformat())
naive = st.datetimes().map(lambda one: one.isoformat())
offsets = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
aware = st.datetimes(timezones=offsets).map(lambda one: one.isoformat())
near = st.datetimes(
    timezones=st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
).map(lambda one: one.isoformat())
texts = days | naive | aware


@pytest.mark.parametrize(
    ("text", "zone", "moment"),
    [
        ("2009-12-22", "UTC", "2009-12-22T12:00:00Z"),
        ("2009-12-22", "Europe/Berlin", "2009-12-22T12:00:00+01:00"),
        ("2009-07-22", "Europe/Berlin", "2009-07-22T12:00:00+02:00"),
        ("2009-12-22", "America/New_York", "2009-12-22T12:00:00-05:00"),
        ("2009-12-22", "Europe/London", "2009-12-22T12:00:00Z"),
        ("2009-12-22T05:06:07", "Asia/Kolkata", "2009-12-22T05:06:07+05:30"),
        ("2009-12-22T05:06:07.891", "UTC", "2009-12-22T05:06:07Z"),
        ("2009-12-22T05:06:07Z", "Europe/Berlin", "2009-12-22T05:06:07Z"),
        ("2009-12-22T05:06:07+00:00", "Europe/Berlin", "2009-12-22T05:06:07Z"),
        ("2009-12-22T05:06:07-08:00", "Europe/Berlin", "2009-12-22T05:06:07-08:00"),
        ("2009-03-29T02:30:00", "Europe/Berlin", "2009-03-29T02:30:00+01:00"),
        ("2009-10-25T02:30:00", "Europe/Berlin", "2009-10-25T02:30:00+02:00"),
        ("0001-01-01", "UTC", "0001-01-01T12:00:00Z"),
        ("9999-12-31", "Pacific/Auckland", "9999-12-31T12:00:00+13:00"),
        ("2020-06-24T16:15:16+16:00", "Europe/Berlin", "2020-06-24T00:15:16Z"),
        ("2020-06-24T16:15:16-14:30", "UTC", "2020-06-25T06:45:16Z"),
        ("2020-06-24T16:15:16+14:00", "UTC", "2020-06-24T16:15:16+14:00"),
        ("1850-01-01", "Europe/Berlin", "1850-01-01T12:00:00+00:53"),
        ("1850-01-01", "America/New_York", "1850-01-01T12:00:00-04:56"),
    ],
)
def test_a_date_is_this_moment(text: str, zone: str, moment: str) -> None:
    assert times.moment(text, zone) == moment


@given(days | naive | near, zones)
@example("0001-01-01", "Pacific/Kiritimati")
@example("0001-01-01T00:00:00", "America/New_York")
@example("9999-12-31T23:59:59", "America/New_York")
def test_a_moment_names_the_same_day_and_hour_as_its_text(text: str, zone: str) -> None:
    found = times.moment(text, zone)
    assert len(found) in (20, 25)
    assert found[:19] == (text if "T" in text else f"{text}T12:00:00")[:19]
    assert datetime.fromisoformat(found).tzinfo is not None


@given(st.datetimes(timezones=st.timezones()).filter(lambda one: 2 < one.year < 9998))
def test_of_a_text_with_an_offset_the_zone_says_nothing(moment: datetime) -> None:
    text = moment.astimezone(timezone(timedelta(minutes=90))).isoformat()
    assert len({times.moment(text, zone) for zone in ZONES}) == 1
    assert len({times.sort_key(text, zone) for zone in ZONES}) == 1


def instant(text: str, zone: str) -> datetime:
    """Return the moment in UTC, by the library's own arithmetic."""
    found = datetime.fromisoformat(text if "T" in text else f"{text}T12:00:00")
    return (found if found.tzinfo else found.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


def within(text: str) -> bool:
    """Tell whether a text's moment is one in UTC as well."""
    return 1 < int(text[:4]) < 9999


@given(st.lists(texts.filter(within), min_size=2), zones)
@example(["2009-12-22T12:00:00", "2009-12-22"], "UTC")
@example(["2009-12-22T23:00:00-05:00", "2009-12-23T01:00:00Z"], "UTC")
@example(["2009-12-22T12:00:00.25", "2009-12-22T12:00:00.5"], "UTC")
@example(["0209-12-22", "1209-12-22"], "UTC")
def test_sort_keys_are_in_the_order_of_the_moments(found: list[str], zone: str) -> None:
    for one, other in pairwise(found):
        first, second = times.sort_key(one, zone), times.sort_key(other, zone)
        assert (first < second) == (instant(one, zone) < instant(other, zone))
        assert (first == second) == (instant(one, zone) == instant(other, zone))


@given(texts, zones)
def test_a_date_sorts_after_no_date(text: str, zone: str) -> None:
    assert times.sort_key(None, zone) == ""
    assert times.sort_key(text, zone) > ""


def test_the_first_and_the_last_moments_have_their_places() -> None:
    ends = [
        times.sort_key(text, zone)
        for text, zone in [
            ("0001-01-01T00:00:00+14:00", "UTC"),
            ("0001-01-01", "Pacific/Kiritimati"),
            ("0001-01-01T23:00:00-14:00", "UTC"),
            ("2009-12-22", "UTC"),
            ("9999-12-31", "UTC"),
            ("9999-12-31T23:59:59", "America/New_York"),
            ("9999-12-31T23:59:59-14:00", "UTC"),
        ]
    ]
    assert ends == sorted(set(ends))


@pytest.mark.parametrize(
    ("text", "year"), [("2009-12-22", 2009), ("2009-12-31T23:00:00-05:00", 2009), ("0001-01-01", 1)]
)
def test_a_date_is_filed_under_the_year_of_its_text(text: str, year: int) -> None:
    assert times.year_of(text) == year


@pytest.mark.parametrize(
    ("text", "weeks", "day"),
    [
        ("2009-12-22", 1, "2009-12-15"),
        ("2009-12-22T23:59:59Z", 1, "2009-12-15"),
        ("2009-12-31", 52, "2009-01-01"),
        ("2012-03-01T00:00:00+09:00", 1, "2012-02-23"),
        ("0001-01-09", 1, "0001-01-02"),
        ("0001-01-08", 1, "0001-01-01"),
        ("0001-01-07", 1, ""),
        ("0001-06-01", 52, ""),
    ],
)
def test_a_day_some_weeks_before_is_in_the_calendar_or_empty(text: str, weeks: int, day: str) -> None:
    assert times.weeks_before(text, weeks) == day


@given(st.dates())
def test_a_plain_date_in_utc_is_noon_there_as_in_a_zone_of_no_offset(day: date) -> None:
    text = day.isoformat()
    assert times.moment(text, "UTC") == times.moment(text, "Etc/UTC")
    assert times.sort_key(text, "UTC") == times.sort_key(text, "Etc/UTC")


@pytest.mark.parametrize(
    ("day", "starts", "name", "first"),
    [
        # ISO weeks: where they begin, the standard's own; 2004, 2009, 2015, 2020 and 2026 have 53.
        ("2005-01-01", "monday", "2004-W53", "2004-12-27"),
        ("2005-01-03", "monday", "2005-W01", "2005-01-03"),
        ("2007-12-31", "monday", "2008-W01", "2007-12-31"),
        ("2008-12-28", "monday", "2008-W52", "2008-12-22"),
        ("2009-12-31", "monday", "2009-W53", "2009-12-28"),
        ("2010-01-03", "monday", "2009-W53", "2009-12-28"),
        ("2015-12-31", "monday", "2015-W53", "2015-12-28"),
        ("2020-12-31", "monday", "2020-W53", "2020-12-28"),
        ("2026-12-31", "monday", "2026-W53", "2026-12-28"),
        ("2000-02-29", "monday", "2000-W09", "2000-02-28"),
        # Others have the number of the ISO week in which their fourth day is.
        ("2009-12-17", "thursday", "2009-W51", "2009-12-17"),
        ("2009-12-23", "thursday", "2009-W51", "2009-12-17"),
        ("2009-12-24", "thursday", "2009-W52", "2009-12-24"),
        ("2010-01-06", "thursday", "2009-W53", "2009-12-31"),
        ("2010-01-07", "thursday", "2010-W01", "2010-01-07"),
        ("2005-01-05", "thursday", "2004-W53", "2004-12-30"),
        ("2006-01-01", "sunday", "2006-W01", "2006-01-01"),
        ("2005-12-31", "sunday", "2005-W52", "2005-12-25"),
        ("2010-01-01", "friday", "2010-W01", "2010-01-01"),
        ("2009-12-31", "friday", "2009-W53", "2009-12-25"),
        # At the ends of the calendar a week begins or ends outside of it.
        ("0001-01-01", "monday", "0001-W01", "0001-01-01"),
        ("0001-01-01", "thursday", "0000-W52", "0000-12-28"),
        ("0001-01-04", "thursday", "0001-W01", "0001-01-04"),
        ("9999-12-31", "monday", "9999-W52", "9999-12-27"),
        ("9999-12-31", "friday", "10000-W01", "9999-12-31"),
    ],
)
def test_a_week_has_the_number_of_its_fourth_day(day: str, starts: str, name: str, first: str) -> None:
    assert times.week_of(day, starts) == (name, first)


@given(st.dates(), st.sampled_from(times.WEEKDAYS))
def test_seven_days_make_a_week_and_no_two_have_one_name(day: date, starts: str) -> None:
    around = [
        date.fromordinal(each)
        for each in range(day.toordinal() - 7, day.toordinal() + 8)
        if 0 < each <= date.max.toordinal()
    ]
    weeks = [times.week_of(each.isoformat(), starts) for each in around]

    assert len({name for name, _ in weeks}) == len({first for _, first in weeks}) == len(set(weeks))
    begins = [each.isoformat() for each in around if times.WEEKDAYS[each.weekday()] == starts]
    assert begins == [first for first in dict.fromkeys(first for _, first in weeks) if first in begins]
    for before, after in pairwise(zip(around, weeks, strict=True)):
        assert (before[1] == after[1]) == (times.WEEKDAYS[after[0].weekday()] != starts)


@pytest.mark.parametrize(
    ("day", "zone", "moment"),
    [
        ("2026-12-01", "Europe/Vienna", "2026-12-01T00:00:00+01:00"),
        ("2026-07-01", "UTC", "2026-07-01T00:00:00+00:00"),
        # Clocks go from 0:00 to 1:00.
        ("2022-09-11", "America/Santiago", "2022-09-11T01:00:00-03:00"),
        ("9999-12-31", "America/Lima", "9999-12-31T00:00:00-05:00"),
    ],
)
def test_a_day_begins_at_its_first_moment(day: str, zone: str, moment: str) -> None:
    assert times.first_moment(day, zone) == moment
