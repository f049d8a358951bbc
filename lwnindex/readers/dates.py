"""The dates that articles carry, as ISO 8601: a date without a time stays one.

The spellings are LWN's own (`December 22, 2009`), ISO 8601, RFC 822, and what people write in headers.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from posixpath import basename

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_NUMBERS = {name[:3]: number for number, name in enumerate(_MONTHS, 1)}
_AMERICAN = (-240, -300, -300, -360, -360, -420, -420, -480)
_ZONES = {
    **dict.fromkeys(("Z", "UT", "UTC", "GMT"), 0),
    **dict(zip(("EDT", "EST", "CDT", "CST", "MDT", "MST", "PDT", "PST"), _AMERICAN, strict=True)),
}
"""Minutes east of UTC, as RFC 822 section 5.1 has them."""

_WORD = "(?:" + "|".join(rf"{name[:3]}(?:{name[3:]})?" if name != "may" else name for name in _MONTHS)
_MONTH = _WORD.replace("sep(?:tember)?", "sept?(?:ember)?") + r")\.?"
_ZONE = r"(?: *(Z|[+-]\d{2}:?\d{2}|[A-Z]{2,4}))?"
_CLOCK = rf"(?:(?:T|,? +(?:at +)?)(\d{{1,2}}):(\d{{2}})(?::(\d{{2}})(?:[.,]\d{{1,9}})?)?{_ZONE})?"
_ORDINAL = "(?:st|nd|rd|th)?"
_DAY = rf"\d{{1,2}}{_ORDINAL}"
WRITTEN = rf"(?:{_MONTH} {_DAY},? \d{{4}}|{_DAY} {_MONTH},? \d{{4}}|\d{{4}}-\d{{1,2}}-\d{{1,2}})"
"""What a date in a byline looks like: a pattern without groups, for use with IGNORECASE."""

_FORMS = (
    re.compile(rf"(?P<y>\d{{4}})-(?P<m>\d{{1,2}})-(?P<d>\d{{1,2}}){_CLOCK}", re.IGNORECASE),
    re.compile(rf"(?P<m>{_MONTH}) (?P<d>\d{{1,2}}){_ORDINAL},? (?P<y>\d{{4}}){_CLOCK}", re.IGNORECASE),
    re.compile(
        rf"(?:[a-z]{{3,9}}, *)?(?P<d>\d{{1,2}}){_ORDINAL} (?P<m>{_MONTH}),? (?P<y>(?:\d\d){{1,2}}){_CLOCK}",
        re.IGNORECASE,
    ),
)
_NAMED = re.compile(r"(\d{4}-\d{2}-\d{2})(?![0-9])")
_LONGEST = 80

FORMS = "Write it as 2009-12-22 or December 22, 2009."
"""How to write a date, for whom a problem tells that one cannot be read."""


@lru_cache(maxsize=4096)
def read_date(text: str) -> str | None:
    """Return the ISO date or datetime that a text names; None for an empty one.

    A time without a zone is kept as local time. ValueError, with a sentence, for a day that does not
    exist and for what is no date.
    """
    written = " ".join(text.split())
    if not written:
        return None
    found = _matched(written)
    if found is None:
        raise ValueError(f'"{_shortened(written)}" is not a date that can be read.')
    try:
        return _iso(found)
    except ValueError:
        raise ValueError(f'There is no such date as "{_shortened(written)}".') from None


def date_of_name(file: str) -> str | None:
    """Return the date that a file's name starts with, as in `2009-12-22-ceph.md`, if there is such a day."""
    found = _NAMED.match(basename(file))
    if found is None:
        return None
    try:
        return read_date(found[1])
    except ValueError:
        return None


def _matched(written: str) -> re.Match[str] | None:
    if len(written) > _LONGEST:
        return None
    return next((found for form in _FORMS if (found := form.fullmatch(written))), None)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _iso(found: re.Match[str]) -> str:
    day = date(_year(found["y"]), _month(found["m"]), int(found["d"]))
    hour, minute, second, zone = found.groups()[-4:]
    if hour is None:
        return day.isoformat()
    at = time(int(hour), int(minute), int(second or 0), tzinfo=_zone(zone))
    return datetime.combine(day, at).isoformat()


def _year(digits: str) -> int:
    """Return the year; of two digits, as RFC 2822 section 4.3 reads them.

    The first and the last millennium end where a time zone could lead out of the calendar.
    """
    year = int(digits)
    if len(digits) == 2:
        return year + (2000 if year < 50 else 1900)
    if not 1000 <= year < 9999:
        raise ValueError(digits)
    return year


def _month(name: str) -> int:
    if name.isdecimal():
        return int(name)
    return _NUMBERS[name[:3].casefold()]


def _zone(name: str | None) -> tzinfo | None:
    if name is None:
        return None
    if name[0] not in "+-":
        if name.upper() not in _ZONES:
            raise ValueError(name)
        return timezone(timedelta(minutes=_ZONES[name.upper()]))
    sign = -1 if name[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(name[1:3]), minutes=int(name[-2:])))
