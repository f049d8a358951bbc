"""Dates as the archive has them: a date without a time stays one until a feed needs a moment.

A plain date stands for 12:00 in the site's time zone, so that no reader's own zone moves it to another day.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo


@lru_cache(maxsize=65_536)
def moment(text: str, zone: str) -> str:
    """Return an ISO date or datetime as an RFC 3339 time with its offset; naive times are the zone's own."""
    return _aware(text, zone).isoformat(timespec="seconds").replace("+00:00", "Z")


@lru_cache(maxsize=65_536)
def sort_key(text: str | None, zone: str) -> str:
    """Return a text that sorts as the moment does, in UTC; empty, and so before all, for no date."""
    if text is None:
        return ""
    return _aware(text, zone).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S").rjust(19, "0")


def _aware(text: str, zone: str) -> datetime:
    if len(text) == 10:
        return datetime.combine(date.fromisoformat(text), time(12), ZoneInfo(zone))
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(zone))


def year_of(text: str) -> int:
    """Return the year that a date is filed under: the one its own text names."""
    return int(text[:4])


def weeks_apart(newer: str, older: str) -> int:
    """Return how many whole weeks lie between two dates' days."""
    return (date.fromisoformat(newer[:10]) - date.fromisoformat(older[:10])).days // 7
