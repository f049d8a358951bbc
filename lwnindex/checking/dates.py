"""Articles that are not on the site because of their dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lwnindex import due, times
from lwnindex.checking.faults import Fault
from lwnindex.model import Card


def faults(cards: Iterable[Card], today: str, zone: str) -> Iterator[tuple[Card, Fault]]:
    """Yield each article that is dated ahead or has expired on a day of this time zone."""
    for card in cards:
        rule = due.withheld(card, today, zone)
        if rule == "ahead" and card.date:
            yield card, _ahead(card, times.day_of(card.date, zone))
        elif rule == "expired" and card.expires:
            yield card, _gone_by(card, times.day_of(card.expires, zone), zone)


def _ahead(card: Card, day: str) -> Fault:
    message = f'"{card.title}" is dated ahead, {day}; it is left out until then.'
    fix = "Build again on that day, or mend the date."
    return Fault("dated-ahead", card.id, message, fix, own=True, needle=card.date or "")


def _gone_by(card: Card, day: str, zone: str) -> Fault:
    never = card.date is not None and times.day_of(card.date, zone) >= day
    message = f'"{card.title}" has expired on {day}, and is left out.'
    if never:
        message = f'"{card.title}" expires on {day}, before it is ever published.'
    fix = "Remove the file if nobody needs it any more, or the date of its end if it shall be read."
    return Fault("gone-by", card.id, message, fix, own=True, needle=card.expires or "")
