"""What of an archive is published on the day of a build: what is due, and has not expired.

Cards and a day come in. The days on which an outcome holds go out, too, so that a build on any of them may
rely on it. No day at all publishes everything but drafts, which are published where they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from lwnindex import times
from lwnindex.model import Card

Rule = Literal["draft", "ahead", "expired"]


class Days(NamedTuple):
    """The days from `since` up to the one before `until`; where one is empty, there is no such end."""

    since: str = ""
    until: str = ""

    def hold(self, today: str) -> bool:
        """Tell whether a day is one of them."""
        return self.since <= today and (not self.until or today < self.until)


def withheld(card: Card, today: str, zone: str, *, drafts: bool = False) -> Rule | None:
    """Return the rule by which a card is not published on a day of this time zone; None where it is.

    With `drafts`, these are published as others are.
    """
    if card.draft and not drafts:
        return "draft"
    if not today:
        return None
    if card.expires and times.day_of(card.expires, zone) <= today:
        return "expired"
    if card.date and times.day_of(card.date, zone) > today:
        return "ahead"
    return None


def counts(cards: Iterable[Card], today: str, zone: str, *, drafts: bool = False) -> dict[str, int]:
    """Return how many articles have expired, or are dated ahead, by these rules; drafts only if asked for."""
    found = {"ahead": 0, "expired": 0}
    for card in cards:
        rule = withheld(card, today, zone, drafts=drafts)
        if rule in found:
            found[rule] += 1
    return found


def days(cards: Iterable[Card], today: str, zone: str, *, drafts: bool = False) -> Days:
    """Return the days on which all these cards are published, or withheld, as they are on this one."""
    if not today:
        return Days()
    since = until = ""
    for day in _turns((one for one in cards if drafts or not one.draft), zone):
        if day > today:
            until = min(until or day, day)
        elif day > since:
            since = day
    return Days(since, until)


class Turn(NamedTuple):
    """A day on which the site has an article that it had not, or no longer has it."""

    day: str
    card: Card
    comes: bool


def next_turns(cards: Iterable[Card], today: str, zone: str) -> tuple[Turn, ...]:
    """Return all turns of the next day after this one that has any, in the order of files."""
    found = [turn for card in cards if not card.draft for turn in _ahead(card, today, zone)]
    first = min((turn.day for turn in found), default="")
    return tuple(sorted((turn for turn in found if turn.day == first), key=lambda one: one.card.file))


def _ahead(card: Card, today: str, zone: str) -> Iterator[Turn]:
    """Yield what is still to become of a card; nothing of one that expires before it would come in."""
    before = withheld(card, today, zone) is None
    for day in sorted(day for day in _turns([card], zone) if day > today):
        now = withheld(card, day, zone) is None
        if now != before:
            yield Turn(day, card, now)
        before = now


def _turns(cards: Iterable[Card], zone: str) -> Iterator[str]:
    """Yield the days on which a card comes in or goes out."""
    for card in cards:
        if card.date:
            yield times.day_of(card.date, zone)
        if card.expires:
            yield times.day_of(card.expires, zone)
