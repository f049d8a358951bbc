"""Who goes by which id: cards become articles with their translations, each under a key of its own.

Cards of one id in different languages are one article. It goes by the id, its translations by `ID/LANG`.
Of two cards of one id and one language the later, by its file, is another article with a marked id.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from lwnindex import names, times
from lwnindex.model import Card, Problem
from lwnindex.problems import problem
from lwnindex.settings import SiteSettings

Placed = tuple[Card, int]
"""A card, and its place among all that came in."""


class Identified(NamedTuple):
    """Articles by their ids and translations by their keys, which article has which, and the ids that clash.

    `positions` are the places of both.
    """

    articles: dict[str, Card]
    translated: dict[str, Card]
    positions: dict[str, int]
    translations: dict[str, tuple[str, ...]]
    problems: tuple[Problem, ...] = ()


def identified(published: Sequence[Placed], site: SiteSettings) -> Identified:
    """Return who is who among cards that are in the order of their files; ids are compared case-folded."""
    if len({names.folded(card.id) for card, _ in published}) == len(published):
        own = {card.id: card for card, _ in published}
        return Identified(own, {}, {card.id: place for card, place in published}, {})
    return _told_apart(published, site)


def _told_apart(published: Sequence[Placed], site: SiteSettings) -> Identified:
    groups = _groups(published, site.language)
    found = Identified({}, {}, {}, {})
    taken = set(groups)
    clashes = []
    leading = {key: _primary(tongues.values(), site) for key, tongues in groups.items()}
    for card, place in published:
        key = names.folded(card.id)
        first = groups[key][_tongue(card, site.language)]
        own = card if first[1] == place else _renamed(card, taken)
        if own is not card:
            taken.add(names.folded(own.id))
            clashes.append(_repeated(first[0], own))
        if own is not card or leading[key][1] == place:
            found.articles[own.id] = own
            found.positions[own.id] = place
    for key, tongues in groups.items():
        _translate(found, leading[key], tongues, taken)
    return found._replace(problems=tuple(clashes))


def _groups(published: Iterable[Placed], language: str) -> dict[str, dict[str, Placed]]:
    """Return the first card of each language, by folded ids."""
    found: dict[str, dict[str, Placed]] = {}
    for card, place in published:
        tongues = found.setdefault(names.folded(card.id), {})
        tongues.setdefault(_tongue(card, language), (card, place))
    return found


def _tongue(card: Card, language: str) -> str:
    """Return the language of an article, the site's if it names none, as languages are compared."""
    return _tag(card.lang or language)


def _tag(language: str) -> str:
    return language.lower().replace("_", "-")


def _primary(found: Iterable[Placed], site: SiteSettings) -> Placed:
    """Return which of an article's languages stands for it in lists.

    The site's own, else one of its kind (`pt-BR` for `pt`), else that of the oldest, then of the first.
    """
    own = _tag(site.language)

    def key(one: Placed) -> tuple[bool, bool, bool, str, str]:
        tongue, date = _tongue(one[0], own), one[0].date
        kin = tongue.partition("-")[0] == own.partition("-")[0]
        return tongue != own, not kin, date is None, times.sort_key(date, site.timezone), one[0].file

    return min(found, key=key)


def _translate(found: Identified, leading: Placed, tongues: Mapping[str, Placed], taken: set[str]) -> None:
    """Note the translations of an article, by their languages."""
    keys = []
    for _, (card, place) in sorted(tongues.items()):
        if place != leading[1]:
            own = _translation(card, leading[0], taken)
            taken.add(names.folded(own.id))
            found.translated[own.id] = own
            found.positions[own.id] = place
            keys.append(own.id)
    if keys:
        found.translations[leading[0].id] = tuple(keys)


def _translation(card: Card, of: Card, taken: Collection[str]) -> Card:
    """Return the card of a translation: it is filed as the article is, which also says what it leaves out."""
    key = f"{of.id}/{card.lang}"
    while names.folded(key) in taken:
        key += names.mark(key)
    date, authors = card.date or of.date, card.authors or of.authors
    return replace(card, id=key, date=date, authors=authors, entries=of.entries, entry_lines=())


def _renamed(card: Card, taken: Collection[str]) -> Card:
    """Return the card under an id that is not `taken` (folded): its own and the mark of its source."""
    renamed = card.id + names.mark(card.source)
    while names.folded(renamed) in taken:
        renamed += names.mark(renamed)
    return replace(card, id=renamed)


def _repeated(first: Card, second: Card) -> Problem:
    return problem(
        "duplicate-id",
        second.file,
        1,
        f'the id "{first.id}" is that of {first.file} already; this article is published as "{second.id}".',
        "Give one of the two another id in its header, or another file name.",
    )
