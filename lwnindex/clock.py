"""The day of a build: the one that is told, else that of the environment, else today.

The only place where the program asks what time it is to decide what is on the site.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from lwnindex.problems import SiteError

EPOCH = "SOURCE_DATE_EPOCH"
"""The variable of the environment that says when something is to have been made (reproducible-builds.org)."""


def today(now: str, environment: Mapping[str, str], zone: str) -> str:
    """Return the day of a build in a time zone, in ISO form; SiteError where what is told is none."""
    if now:
        return _told_day(now)
    told = told_moment(environment)
    own = ZoneInfo(zone)
    return (datetime.now(own) if told is None else told.astimezone(own)).date().isoformat()


def _told_day(now: str) -> str:
    try:
        return date.fromisoformat(now).isoformat()
    except ValueError as error:
        message = f'"{now}" is no day. Name it as in --now 2009-12-22.'
        raise SiteError(message, exit_code=2) from error


def told_moment(environment: Mapping[str, str]) -> datetime | None:
    """Return the moment that the environment says; SiteError where that is none."""
    said = environment.get(EPOCH)
    if not said:
        return None
    try:
        return datetime.fromtimestamp(int(said), UTC)
    except (ValueError, OverflowError, OSError) as error:
        message = (
            f'{EPOCH} is "{said}", which is no number of seconds since 1970. Set it right, or not at all.'
        )
        raise SiteError(message, exit_code=2) from error
