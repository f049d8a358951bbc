"""Which words an archive speaks of, and which it files by: cards go in, the articles by word come out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from lwnindex import names
from lwnindex.model import Card, Catalog

WORDS = re.compile(r"[^\W\d_]+")

_SEVERAL = 3
"""Articles that must have a word for one that none speaks of to be a slip of it."""

_NONE: frozenset[str] = frozenset()


class Spoken(NamedTuple):
    """By each word, the articles whose title or teaser has it, and those filed under a name that has it."""

    said: Mapping[str, frozenset[str]]
    filed: Mapping[str, frozenset[str]]

    def is_of_one(self, one: str, other: str) -> bool:
        """Tell whether no article speaks of one of two words, and three others have the other one.

        Fewer will do where each article that is filed under the one speaks of the other.
        """
        both = ((self.said.get(word, _NONE), self.filed.get(word, _NONE)) for word in (one, other))
        (unsaid, slips), (said, filed) = sorted(both, key=lambda each: tuple(map(len, each)))
        return not unsaid and (len((said | filed) - slips) >= _SEVERAL or _NONE < slips <= said)


def spoken(catalog: Catalog) -> Spoken:
    """Return the words of an archive's titles and teasers, and those of its entries."""
    cards = catalog.cards.values()
    return Spoken(
        _by_word((card.id, f"{card.title} {card.teaser}") for card in cards),
        _by_word((card.id, _entries(card)) for card in cards),
    )


def _entries(card: Card) -> str:
    return "\n".join(level for entry in card.entries for level in entry)


def _by_word(texts: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for article, text in texts:
        for word in WORDS.findall(names.folded(text)):
            found[word].add(article)
    return {word: frozenset(articles) for word, articles in found.items()}
