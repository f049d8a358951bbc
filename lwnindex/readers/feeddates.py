"""The dates of feeds: those of articles, and what feeds make of RFC 822, ISO 8601 and asctime.

No day is made up, and none is moved to another zone: a date is as it was where the item was written.
"""

from __future__ import annotations

import re

from lwnindex.readers.dates import read_date

_NAMED = """
CET +0100  CEST +0200  MET +0100  MEST +0200  BST +0100  WET +0000  WEST +0100  EET +0200
EEST +0300  MSK +0300  MSD +0400  IST +0530  JST +0900  KST +0900  HKT +0800  SGT +0800
AWST +0800  ACST +0930  AEST +1000  AEDT +1100  NZST +1200  NZDT +1300  AST -0400  ADT -0300
NST -0330  NDT -0230  AKST -0900  AKDT -0800  HST -1000  BRT -0300  ET -0500  CT -0600
MT -0700  PT -0800  GMT +0000  UTC +0000
"""
_ZONES = dict(zip(_NAMED.split()[::2], _NAMED.split()[1::2], strict=True))
"""Zones by the names that feeds have for them beside those of RFC 822."""

_LONGEST = 100
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[.,]*\s+(?=[a-z0-9])", re.IGNORECASE)
_NAMED_ZONE = re.compile(r"\s*\(?(?<![A-Za-z])(?:Etc/)?([A-Z]{2,4})\)?$")
_OFFSET = re.compile(r"(?:GMT|UTC?)?\s*([+-])(\d{1,2})(?::?(\d{2}))?$")
_NOTE = re.compile(r"\s*\([^()]*\)$")
_CLOCK = re.compile(r"(?<=\d[ T])(\d{1,2}):(\d{2})(?=$|\s|:\d{2})")
_ASCTIME = re.compile(
    r"([a-z]{3,9}) +(\d{1,2}) +(\d{1,2}:\d{2}(?::\d{2})?) *([A-Z]{2,4})? *(\d{4})", re.IGNORECASE
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?=$|T)")
_COMPACT_CLOCK = re.compile(r"(?<=T)(\d{2})(\d{2})(\d{2})?(?=$|Z|[+-])")
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?")
_DASHED = re.compile(r"(\d{1,2})-([A-Za-z]{3,9})-(\d{2,4})")
_SPACED = re.compile(r"(?<=:\d\d)\s*(?=[+-]\d)")


def read_feed_date(written: str) -> str | None:
    """Return the ISO date or datetime that a feed names; None for an empty one.

    ValueError, with a sentence, for a day that does not exist and for what is no date.
    """
    squeezed = " ".join(written[: 2 * _LONGEST].split())
    try:
        return read_date(squeezed)
    except ValueError:
        if len(squeezed) > _LONGEST:
            raise
        return read_date(_usual(squeezed))


def _usual(written: str) -> str:
    """Return a date in one of the forms that articles have, as far as it can be told."""
    bare = _NOTE.sub("", _WEEKDAY.sub("", written, count=1))
    bare = _ASCTIME.sub(lambda found: " ".join(filter(None, found.group(2, 1, 5, 3, 4))), bare)
    bare = _DASHED.sub(r"\1 \2 \3", bare)
    bare = _COMPACT_CLOCK.sub(lambda found: f"{found[1]}:{found[2]}:{found[3] or '00'}", bare)
    bare = _COMPACT.sub(r"\1-\2-\3", bare)
    partial = _PARTIAL.fullmatch(bare)
    if partial:
        return f"{partial[1]}-{partial[2] or '01'}-01"
    return _zoned(bare)


def _zoned(written: str) -> str:
    offset = _OFFSET.search(written)
    if offset and ":" in written[: offset.start()]:
        sign, hours, minutes = offset.groups()
        return f"{written[: offset.start()].rstrip()} {sign}{int(hours):02}{minutes or '00'}"
    named = _NAMED_ZONE.search(written)
    if named and named[1] in _ZONES:
        return f"{written[: named.start()].rstrip()} {_ZONES[named[1]]}"
    return written
