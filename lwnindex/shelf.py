"""The articles of an archive with their words, as parts of which each is read when it is first asked for.

Parts come in by their names. `words` are those of all articles, `articles` what is asked of each, `cited`
which article is known by what, `names` those of topics; `rows/N` hold some of the articles whole, `holders/N`
in which of them some of the words stand, `counts/NAME` how much one article's words count. So what is asked
about one article is found in a few parts, however many there are.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from math import log, sqrt
from typing import NamedTuple, TypeVar

from lwnindex.digest import decoded
from lwnindex.model import Entry, Value
from lwnindex.wordcounts import Counts

V = TypeVar("V")

ROWS = 32
"""Articles in a part."""

_NONE = memoryview(b"").cast("I")
_NO_ROOTS = memoryview(b"").cast("f")

Names = tuple[tuple[Entry, tuple[str, ...]], ...]


class MissingError(Exception):
    """A part is not there, or is not what was put there: the shelf is to be made anew."""


class Profile(Value, frozen=True, kw_only=True):
    """What is known of an article: of its card what is told, its references, and the name of its counts.

    `in_title` and `in_byline` are the stems of these. A model is an article that others may be filed after.
    """

    id: str
    file: str
    path: str
    title: str
    authors: tuple[str, ...]
    entries: tuple[Entry, ...]
    references: tuple[str, ...]
    in_title: frozenset[str]
    in_byline: frozenset[str]
    is_model: bool
    counts: str


class Vector(NamedTuple):
    """An article's words by their places among all words, and how much each counts."""

    words: array[int]
    numbers: array[int]


class Words(Value, frozen=True, kw_only=True):
    """All words, by lines: how many models have each, where its holders begin; `cuts` begin parts of them."""

    words: str
    shares: bytes
    starts: bytes
    cuts: bytes


class Articles(Value, frozen=True, kw_only=True):
    """What is asked of all articles; `models` and `filed` are places, `lengths` those of vectors."""

    ids: list[str]
    files: list[str]
    paths: list[str]
    lengths: bytes
    models: bytes
    filed: bytes


class Cited(Value, frozen=True, kw_only=True):
    """Which models are known by an id or an address: those that cite it, or are it."""

    keys: list[str]
    starts: bytes
    places: bytes


class Shelf:
    """All articles of an archive with their words, in the order of their ids.

    `read` gives parts by their names, and None for what is not there. MissingError is raised for that.
    """

    def __init__(self, read: Callable[[str], bytes | None]) -> None:
        self._read = read
        self._rows: dict[int, list[Profile]] = {}

    def _part(self, name: str, kind: type[V]) -> V:
        found = decoded(self._read(name), kind)
        if found is None:
            raise MissingError(name)
        return found

    @cached_property
    def _words(self) -> Words:
        return self._part("words", Words)

    @cached_property
    def articles(self) -> Articles:
        """What is asked of all articles."""
        return self._part("articles", Articles)

    @cached_property
    def words(self) -> list[str]:
        """All words, in their order."""
        return self._words.words.split("\n") if self._words.words else []

    @cached_property
    def shares(self) -> memoryview:
        """In how many models each word stands."""
        return memoryview(self._words.shares).cast("I")

    @cached_property
    def lengths(self) -> memoryview[float]:
        """The lengths of the articles' vectors."""
        return memoryview(self.articles.lengths).cast("d")

    @cached_property
    def models(self) -> list[int]:
        """The places of articles that others may be filed after."""
        return memoryview(self.articles.models).cast("I").tolist()

    @cached_property
    def filed(self) -> list[int]:
        """The places of models that have entries."""
        return memoryview(self.articles.filed).cast("I").tolist()

    @cached_property
    def names(self) -> Names:
        """The other names of topics, with all that are described: they are topics also without articles."""
        return self._part("names", Names)

    @cached_property
    def _starts(self) -> memoryview:
        return memoryview(self._words.starts).cast("I")

    @cached_property
    def _cuts(self) -> list[int]:
        return memoryview(self._words.cuts).cast("I").tolist()

    @cached_property
    def _cited(self) -> tuple[dict[str, int], memoryview, memoryview]:
        found = self._part("cited", Cited)
        places = {key: place for place, key in enumerate(found.keys)}
        return places, memoryview(found.starts).cast("I"), memoryview(found.places).cast("I")

    def cited(self, key: str) -> Sequence[int]:
        """Return the places of the models that are known by an id or an address."""
        keys, starts, places = self._cited
        at = keys.get(key)
        return () if at is None else places[starts[at] : starts[at + 1]].tolist()

    def place_of(self, word: str) -> int | None:
        """Return a word's place among all words."""
        place = bisect_left(self.words, word)
        return place if place < len(self.words) and self.words[place] == word else None

    def profile(self, place: int) -> Profile:
        """Return the article at a place."""
        row, rest = divmod(place, ROWS)
        if row not in self._rows:
            self._rows[row] = self._part(f"rows/{row}", list[Profile])
        return self._rows[row][rest]

    def counts(self, name: str) -> Counts:
        """Return how much the words of an article count."""
        return self._part(f"counts/{name}", Counts)

    def holders(self, words: Iterable[int]) -> Iterator[tuple[Sequence[int], Sequence[float]]]:
        """Yield for each word in which models it is looked at, and the roots of its counts there.

        Words are given by their places, and in the order of these.
        """
        last, found, held = -1, _NONE, _NO_ROOTS
        for word in words:
            start, end = self._starts[word], self._starts[word + 1]
            part = bisect_right(self._cuts, word) - 1
            if end > start and part != last:
                last, (found, held) = part, self._holders(part)
            first = self._starts[self._cuts[part]]
            yield found[start - first : end - first].tolist(), held[start - first : end - first].tolist()

    def _holders(self, part: int) -> tuple[memoryview[int], memoryview[float]]:
        content = self._read(f"holders/{part}")
        if content is None:
            raise MissingError(part)
        half = len(content) // 2
        return memoryview(content)[:half].cast("I"), memoryview(content)[half:].cast("f")


def rare(many: int, having: int) -> float:
    """Return how much a word weighs that so many of so many models have."""
    return log((many + 1) / max(having, 1))


def roots(numbers: Iterable[int]) -> array[float]:
    """Return the roots of counts as they are kept."""
    return array("f", map(sqrt, numbers))


def known_by(one: Profile) -> set[str]:
    """Return what others share with an article that cite it, or the same: its id and its references."""
    return {one.id, *one.references}
