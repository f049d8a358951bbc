"""The dates that articles carry, as ISO 8601: a date without a time stays one.

The spellings are LWN's own (`December 22, 2009`), ISO 8601 with its shorter forms, RFC 822, 850 and C's
`ctime`, and what people write in headers. A date is read where there is one way to read it.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from posixpath import basename

from lwnindex.times import MONTHS

_MONTHS = tuple(name.lower() for name in MONTHS)
_NUMBERS = {name[:3]: number for number, name in enumerate(_MONTHS, 1)}
_AMERICAN = (-240, -300, -300, -360, -360, -420, -420, -480)
_PACIFIC = (-600, -540, -480, 300, 600, 660, 720, 780)
_ZONES = {
    **dict.fromkeys(("Z", "UT", "UTC", "GMT", "WET"), 0),
    **dict(zip(("EDT", "EST", "CDT", "CST", "MDT", "MST", "PDT", "PST"), _AMERICAN, strict=True)),
    **dict.fromkeys(("CET", "WEST", "MEZ"), 60),
    **dict.fromkeys(("CEST", "EET", "MESZ", "SAST"), 120),
    **dict.fromkeys(("EEST", "MSK"), 180),
    **dict.fromkeys(("HKT", "SGT", "AWST"), 480),
    **dict.fromkeys(("JST", "KST"), 540),
    **dict(zip(("HST", "AKST", "AKDT", "PKT", "AEST", "AEDT", "NZST", "NZDT"), _PACIFIC, strict=True)),
}
"""Minutes east of UTC: those of RFC 822 section 5.1, and others that mean one zone only."""

_AMBIGUOUS = frozenset({"IST", "BST", "AST", "ADT", "AMT", "ECT", "GST", "SST", "WST"})
"""Names that stand for several zones, such as India's, Ireland's and Israel's standard time."""

_WORD = "(?:" + "|".join(rf"{name[:3]}(?:{name[3:]})?" if name != "may" else name for name in _MONTHS)
_MONTH = _WORD.replace("sep(?:tember)?", "sept?(?:ember)?") + r")\.?"
_OFFSET = r"(?:(?:UTC|GMT) ?)?[+-]\d{2}(?::?\d{2})?"
_ZONE = rf"(?: *(Z|{_OFFSET}|[A-Z]{{2,4}})(?: \(?[A-Z][A-Za-z ]*\)?)?)?"
_HALF = r"(?: ?([ap])\.?m\b\.?)?"
_HOURS = rf"(\d{{1,2}}):(\d{{2}})(?::(\d{{2}})(?:[.,]\d{{1,9}})?)?{_HALF}"
_CLOCK = rf"(?:(?:T|,? +(?:(?:at|-) +)?){_HOURS}{_ZONE})?"
_ORDINAL = "(?:st|nd|rd|th)?"
_DAY = rf"\d{{1,2}}{_ORDINAL}"
_WEEKDAY = r"(?:[a-z]{3,9}, *|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? +)?"
WRITTEN = rf"(?:{_MONTH} {_DAY},? \d{{4}}|{_DAY} {_MONTH},? \d{{4}}|\d{{4}}-\d{{1,2}}-\d{{1,2}})"
"""What a date in a byline looks like: a pattern without groups, for use with IGNORECASE."""

_COMPACT = (
    r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"
    rf"(?:[T ](\d{{2}})(\d{{2}})(\d{{2}})?(?:[.,]\d{{1,9}})?{_HALF}{_ZONE})?"
)
_FORMS = (
    rf"(?P<y>\d{{4}})-(?P<m>\d{{1,2}})-(?P<d>\d{{1,2}}){_CLOCK}",
    rf"{_WEEKDAY}(?P<m>{_MONTH}) (?P<d>\d{{1,2}}){_ORDINAL},? (?P<y>\d{{4}}){_CLOCK}",
    rf"{_WEEKDAY}(?P<d>\d{{1,2}}){_ORDINAL} (?P<m>{_MONTH}),? (?P<y>(?:\d\d){{1,2}}){_CLOCK}",
    rf"{_WEEKDAY}(?P<d>\d{{1,2}})-(?P<m>{_MONTH})-(?P<y>(?:\d\d){{1,2}}){_CLOCK}",
    rf"{_WEEKDAY}(?P<m>{_MONTH}) (?P<d>\d{{1,2}}) {_HOURS}{_ZONE} (?P<y>\d{{4}})",
    rf"(?P<y>\d{{4}})(?P<s>[/.])(?P<m>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}}){_CLOCK}",
    rf"(?P<d>\d{{1,2}})\.(?P<m>\d{{1,2}})\.(?P<y>\d{{4}}){_CLOCK}",
    rf"(?P<y>\d{{4}})[ -](?P<m>{_MONTH})[ -](?P<d>\d{{1,2}}){_CLOCK}",
    rf"(?P<y>\d{{4}})年 ?(?P<m>\d{{1,2}})月 ?(?P<d>\d{{1,2}})日{_CLOCK.replace(',? +', ',? *')}",
    _COMPACT,
)
"""Each ends with five groups: hour, minute, second, half of the day, zone."""

_SLASHES = r"(\d{1,2})/(\d{1,2})/\d{4}(?!\d).*"
_NAMED = re.compile(r"(\d{4}-\d{2}-\d{2})(?![0-9])")
_NAMED_LOOSELY = r"(\d{4}-\d{1,2}-\d{1,2}|\d{8})(?:[T ]?\d{2}[:-]?\d{2}[:-]?\d{2}Z?)?(?=[-_ .]|$)"
_FOLDERS = r"(?:^|/)(\d{4})/(\d{1,2})/(\d{1,2})(?=/.)"
_LONGEST = 80

FORMS = "Write it as 2009-12-22 or December 22, 2009."
"""How to write a date, for whom a problem tells that one cannot be read."""


class _Unclear(ValueError):  # noqa: N818
    """A date that can be read in more than one way; the text says which."""


@lru_cache(maxsize=4096)
def read_date(text: str) -> str | None:
    """Return the ISO date or datetime that a text names; None for an empty one.

    A time without a zone is kept as local time. ValueError, with a sentence, for a day that does not
    exist, for one that can be read in two ways, and for what is no date.
    """
    written = " ".join(text.split())
    if not written:
        return None
    found = _matched(written)
    if found is None:
        raise ValueError(_unread(written))
    try:
        return _iso(found)
    except _Unclear:
        raise
    except ValueError:
        raise ValueError(f'there is no such date as "{_shortened(written)}".') from None


def date_of_name(file: str) -> str | None:
    """Return the date that a file's name starts with, as in `2009-12-22-ceph.md`, if there is such a day."""
    found = _NAMED.match(basename(file))
    return _date_or_none(found[1]) if found else None


def date_of_stem(stem: str) -> str | None:
    """Return the date that a name starts with as Jekyll and others allow: `2009-1-2-x`, `20091222-x`, too."""
    found = re.match(_NAMED_LOOSELY, stem)
    return _date_or_none(found[1]) if found else None


def date_of_path(path: str) -> str | None:
    """Return the date whose parts are folders of a path or an address, as in `2018/09/13/x.md`."""
    found = re.search(_FOLDERS, path)
    return _date_or_none("-".join(found.groups())) if found else None


def _date_or_none(written: str) -> str | None:
    try:
        return read_date(written)
    except ValueError:
        return None


def _matched(written: str) -> re.Match[str] | None:
    if len(written) > _LONGEST:
        return None
    found = (_form(at).fullmatch(written) for at in range(len(_FORMS)))
    return next(filter(None, found), None)


@lru_cache(maxsize=len(_FORMS))
def _form(at: int) -> re.Pattern[str]:
    # Compiling them all takes longer than reading the dates of most archives, which have one form.
    return re.compile(_FORMS[at], re.IGNORECASE)


def _unread(written: str) -> str:
    """Return why a text was not read; of 03/04/2009 no one knows which is the month."""
    found = re.fullmatch(_SLASHES, written, flags=re.DOTALL) if len(written) <= _LONGEST else None
    shown = _shortened(written)
    if found and int(found[1]) <= 12 and int(found[2]) <= 12:
        return f'"{shown}" may have the day first or the month first; it cannot be known which.'
    return f'"{shown}" is not a date that can be read.'


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _iso(found: re.Match[str]) -> str:
    day = date(_year(found["y"]), _month(found["m"]), int(found["d"]))
    hour, minute, second, half, zone = _clock(found)
    if hour is None:
        return day.isoformat()
    at = time(_hour(hour, half), int(minute or 0), int(second or 0), tzinfo=_zone(zone))
    return datetime.combine(day, at).isoformat()


def _clock(found: re.Match[str]) -> tuple[str | None, ...]:
    """Return hour, minute, second, half of the day and zone: the groups without a name."""
    named = frozenset(found.re.groupindex.values())
    return tuple(group for at, group in enumerate(found.groups(), 1) if at not in named)


def _hour(digits: str, half: str | None) -> int:
    """Return the hour of a day of 24; twelve is the first hour of a half."""
    hour = int(digits)
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(digits)
    return hour % 12 + (12 if half in "pP" else 0)


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
    known = name.upper()
    if known in _AMBIGUOUS:
        raise _Unclear(f'The time zone "{name}" stands for several; write an offset such as +05:30.')
    if known in _ZONES:
        return timezone(timedelta(minutes=_ZONES[known]))
    digits = known.removeprefix("UTC").removeprefix("GMT").strip().replace(":", "")
    if digits[0] not in "+-" or int(digits[3:] or 0) > 59:
        raise ValueError(name)
    sign = -1 if digits[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(digits[1:3]), minutes=int(digits[3:] or 0)))
