"""The dates of feeds: those of articles, and what else is found where RFC 822 or W3C's date is asked for.

No date is moved to another zone: it is as it was where the item was written. A month alone, or a year,
stands for its first day; no other day is made up.
"""

from __future__ import annotations

import re

from lwnindex.readers.dates import read_date

_MONTHS = (
    *("jan|janv|ene|gen|jän", "feb|fév|fev", "mar|mär|mrz|maa", "apr|avr|abr", "may|mai|mei|mag"),
    *("jun|juin|giu|jui", "jul|juil|lug", "aug|aoû|aou|ago", "sep|set", "oct|okt|out|ott", "nov"),
    "dec|déc|dez|dic",
)
"""How the months start in the languages of the West: some publishers' programs write them in their own."""

_NUMBERS = {start: number for number, starts in enumerate(_MONTHS, 1) for start in starts.split("|")}
_LONGEST = 100
_OFFSET = re.compile(r"(?<=\d)\s*(?:GMT|UTC?)?\s*([+-])(\d{1,2})(?::?(\d{2}))?$", re.IGNORECASE)
_ETC = re.compile(r"\bEtc/(?=GMT|UTC)")
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?", re.ASCII)
_WORDED = re.compile(
    r"(?:[^\W\d_]{2,12}\.?,? )?(\d{1,2})\.? (?:de )?([^\W\d_]{3,10})\.?,? (?:de )?(\d{4})\b(.*)"
)


def read_feed_date(written: str) -> str | None:
    """Return the ISO date or datetime that a feed names; None for an empty one.

    ValueError, with a sentence, for a day that does not exist and for what is no date.
    """
    squeezed = " ".join(written[: 2 * _LONGEST].split())
    try:
        return read_date(squeezed)
    except ValueError:
        usual = _usual(squeezed) if len(squeezed) <= _LONGEST else squeezed
        if usual == squeezed:
            raise
        return read_date(usual)


def _usual(written: str) -> str:
    """Return a date in one of the forms that articles have, as far as it can be told."""
    partial = _PARTIAL.fullmatch(written)
    if partial:
        return f"{partial[1]}-{partial[2] or '01'}-01"
    bare = _ETC.sub("", written)
    if ":" in bare:
        bare = _OFFSET.sub(lambda found: f" {found[1]}{int(found[2]):02}{found[3] or '00'}", bare)
    worded = _WORDED.fullmatch(bare)
    return _numbered(worded) if worded else bare


def _numbered(worded: re.Match[str]) -> str:
    """Return a date with the number of a month that is named; as it was where no month is."""
    day, name, year, clock = worded.groups()
    folded = name.casefold()
    number = _NUMBERS.get(folded[:4]) or _NUMBERS.get(folded[:3])
    return f"{year}-{number:02}-{int(day):02}{clock}" if number else worded[0]
