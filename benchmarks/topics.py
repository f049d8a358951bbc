"""How articles are filed: many topics with one article, a few with many, and new ones all the time.

Each entry opens a new topic or joins an old one, and joins the larger ones sooner (the two-parameter Chinese
restaurant process, Pitman and Yor 1997). The two parameters are fitted to `measured.py`.
"""

from __future__ import annotations

from itertools import accumulate
from random import Random

from benchmarks import measured

Entry = tuple[str, ...]

INDEXES = {"Kernel": 40, "Development": 18, "Distributions": 16, "Security": 16, "Conference": 10}
"""The indexes and their weights, which are our choice: the sample knows one alone."""

HEADINGS = 20
"""The topics of each index that have sub-topics."""

DISCOUNT, STRENGTH = 0.1, 165.0


class Filing:
    """Files articles; what was filed before decides where the next one goes."""

    def __init__(self, seed: int, words: tuple[str, ...]) -> None:
        self._random = Random(f"topics {seed}")
        self._names = words[len(words) // 4 :]
        self._headings = {index: [self._name() for _ in range(HEADINGS)] for index in INDEXES}
        self._topics: dict[str, Entry] = {}
        self._sizes: dict[Entry, int] = {}
        self._filed: list[Entry] = []

    def entries(self, count: int) -> tuple[Entry, ...]:
        """Return so many different entries for the next article."""
        found: dict[Entry, None] = {}
        while len(found) < count:
            entry = self._new() if self._opens() else self._old()
            if entry not in found:
                found[entry] = None
                self._sizes[entry] = self._sizes.get(entry, 0) + 1
                self._filed.append(entry)
        return tuple(found)

    def _opens(self) -> bool:
        share = (STRENGTH + DISCOUNT * len(self._sizes)) / (STRENGTH + len(self._filed))
        return self._random.random() < share

    def _old(self) -> Entry:
        """Return a topic, each as likely as it is large, less the discount."""
        while True:
            entry = self._random.choice(self._filed)
            if self._random.random() < 1 - DISCOUNT / self._sizes[entry]:
                return entry

    def _new(self) -> Entry:
        """Return a topic that there is not, nor one that differs in case or hyphens alone."""
        while True:
            index = self._random.choices(list(INDEXES), cum_weights=_WEIGHTS)[0]
            above = (self._heading(index),) if self._random.random() < measured.TWO_LEVELS else ()
            entry = (index, *above, self._name())
            if self._topics.setdefault(" ".join(entry).casefold(), entry) is entry:
                return entry

    def _heading(self, index: str) -> str:
        return self._headings[index][min(int(self._random.expovariate(0.2)), HEADINGS - 1)]

    def _name(self) -> str:
        words = self._random.choices(self._names, k=self._random.randint(1, 2))
        return " ".join(words).capitalize()


_WEIGHTS = tuple(accumulate(INDEXES.values()))
