"""Dates as the archive has them: a date without a time stays one until a feed needs a moment.

A plain date stands for 12:00 in the site's time zone, so that no reader's own zone moves it to another day.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_DAY = 86_400_000_000
_FARTHEST = 14 * 60
"""Minutes: no zone is farther from UTC, and XML Schema knows none (part 2, section 3.2.7.3)."""

_NOON = _DAY // 2
"""Microseconds."""


def moment(text: str, zone: str) -> str:
    """Return an ISO date or datetime as an RFC 3339 time with its offset; naive times are the zone's own."""
    if zone == "UTC" and len(text) == 10:
        return f"{date.fromisoformat(text).isoformat()}T12:00:00Z"
    return _moment(text, zone)


@lru_cache(maxsize=4096)
def _moment(text: str, zone: str) -> str:
    found = _aware(text, zone)
    # Before a zone had its time by law its offset has seconds, for which RFC 3339 has no room.
    minutes = int(_offset(found) / timedelta(minutes=1))
    if abs(minutes) > _FARTHEST:
        found, minutes = _within_calendar(found), 0
    shown = found.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    return shown.isoformat(timespec="seconds").replace("+00:00", "Z")


def _within_calendar(found: datetime) -> datetime:
    """Return a moment in UTC; one at an end of the calendar that has no day there keeps its own."""
    try:
        return found.astimezone(UTC)
    except OverflowError:
        return found


def sort_key(text: str | None, zone: str) -> str:
    """Return a text that sorts as the moment does; empty, and so before all, for no date.

    It counts microseconds, since in UTC a moment of the year 1 or 9999 may lie outside of all dates.
    """
    if text is None:
        return ""
    if zone == "UTC" and len(text) == 10:
        return f"{date.fromisoformat(text).toordinal() * _DAY + _NOON:020}"
    return _sort_key(text, zone)


@lru_cache(maxsize=4096)
def _sort_key(text: str, zone: str) -> str:
    found = _aware(text, zone)
    since = found.replace(tzinfo=None) - datetime.min - _offset(found) + timedelta(days=1)  # noqa: DTZ901
    return f"{since // timedelta(microseconds=1):020}"


def _aware(text: str, zone: str) -> datetime:
    if len(text) == 10:
        return datetime.combine(date.fromisoformat(text), time(12), ZoneInfo(zone))
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(zone))


def _offset(found: datetime) -> timedelta:
    return found.utcoffset() or timedelta()


def day_of(text: str, zone: str) -> str:
    """Return the day of a time zone on which an ISO date or time is; naive times are the zone's own."""
    return text if len(text) == 10 else _day_of(text, zone)


@lru_cache(maxsize=4096)
def _day_of(text: str, zone: str) -> str:
    found = datetime.fromisoformat(text)
    try:
        return (found.astimezone(ZoneInfo(zone)) if found.tzinfo else found).date().isoformat()
    except OverflowError:
        # The zone's own day lies outside of the calendar.
        return text[:10]


def first_moment(day: str, zone: str) -> str:
    """Return when an ISO day begins in a time zone, with its offset: where clocks skip midnight, after it."""
    begun = datetime.combine(date.fromisoformat(day), time(), ZoneInfo(zone))
    return _within_calendar(begun).astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")


def year_of(text: str) -> int:
    """Return the year that a date is filed under: the one its own text names."""
    return int(text[:4])


def weeks_before(text: str, weeks: int) -> str:
    """Return the day that many weeks before a date's day; empty where the calendar has none."""
    day = date.fromisoformat(text[:10])
    return "" if day.toordinal() <= 7 * weeks else (day - timedelta(weeks=weeks)).isoformat()


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_CYCLE = 146_097
"""Days after which the calendar repeats itself, weekdays too: 400 years."""


@lru_cache(maxsize=16_384)
def week_of(day: str, starts: str = "monday") -> tuple[str, str]:
    """Return the week of an ISO day that starts on a weekday: its name, `2009-W51`, and its first day.

    The name is that of the ISO week (ISO 8601) that holds the fourth of its days.
    """
    ordinal = date.fromisoformat(day).toordinal()
    first = ordinal - (ordinal - 1 - WEEKDAYS.index(starts)) % 7
    year, number, _ = _in_cycle(first + 3).isocalendar()
    named = year + _years(first + 3)
    begins = _in_cycle(first)
    return f"{named:04}-W{number:02}", f"{begins.year + _years(first):04}{begins.isoformat()[4:]}"


def _in_cycle(ordinal: int) -> date:
    """Return the day that is like this one in another cycle, where all days around it are in the calendar."""
    return date.fromordinal((ordinal - 1) % _CYCLE + 1 + _CYCLE)


def _years(ordinal: int) -> int:
    return 400 * ((ordinal - 1) // _CYCLE - 1)
