"""How near articles are to each other, by the words that they have and by the articles that they cite.

An article's words are counted, those of its title and headings more often than they stand there; its vector
holds the roots of these counts, each times how rare the word is, its references' vector how rare each is.
Nearness is the cosine of the angle between two vectors: 1 for equal ones, 0 for those that share nothing.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from lwnindex.shelf import Profile, Shelf, Vector, known_by, rare, roots
from lwnindex.wordcounts import Counts, stem

if TYPE_CHECKING:
    from lwnindex.shelving import Given


class Wanted(NamedTuple):
    """An article whose neighbours are looked for: how its words weigh, and how its references do.

    `words` has the weights of words that others have, and `places` where these stand among all words;
    `counts` say how much each of its own counts.
    """

    profile: Profile
    words: dict[str, float]
    places: tuple[int, ...]
    counts: dict[str, float]
    references: dict[str, float]


class Space:
    """A shelf in which nearness is measured: the places of `models`, and of those that are `filed`.

    `vectors` are those of all articles, where they are known.
    """

    def __init__(self, shelf: Shelf, vectors: Iterable[Vector] = ()) -> None:
        self.shelf = shelf
        self.models = shelf.models
        self.filed = shelf.filed
        self._vectors = dict(enumerate(vectors))
        self._own: dict[str, Counts] = {}

    @cached_property
    def profiles(self) -> tuple[Profile, ...]:
        """All articles, those of the archive."""
        return tuple(map(self.shelf.profile, range(len(self.shelf.articles.ids))))

    @cached_property
    def stems(self) -> Counter[str]:
        """In how many models words of a stem stand, those of its commonest word."""
        found: Counter[str] = Counter()
        for word, share in zip(self.shelf.words, self.shelf.shares, strict=True):
            own = stem(word)
            found[own] = max(found[own], share)
        return found

    @cached_property
    def _rarities(self) -> list[float]:
        """How rare each word is."""
        many = len(self.models)
        return [rare(many, share) for share in self.shelf.shares.tolist()]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {word: place for place, word in enumerate(self.shelf.words)}

    def _vector(self, place: int) -> Vector:
        if place not in self._vectors:
            counts = self.shelf.counts(self.shelf.profile(place).counts)
            words = array("I", map(self._places.__getitem__, counts.listed()))
            self._vectors[place] = Vector(words, array("I", counts.numbers))
        return self._vectors[place]

    def _referring(self, one: Profile) -> dict[str, float]:
        """Return the weights of an article's references, and of its own id, which others may cite."""
        many, cited = len(self.models), self.shelf.cited
        weights = {each: rare(many, len(cited(each))) for each in sorted(known_by(one))}
        length = sqrt(sum(each * each for each in weights.values())) or 1.0
        return {each: weight / length for each, weight in weights.items()}

    def with_words(self, given: Given) -> Profile:
        """Return an article that is not on the shelf as if it were."""
        from lwnindex.shelving import profile, tally

        one, counts = tally(given)
        self._own[one.counts] = counts
        return profile(one)

    def is_known(self, one: Profile) -> bool:
        """Tell whether an article has a word that the archive knows."""
        return any(self.shelf.place_of(word) is not None for word in self._counts(one).listed())

    def _counts(self, one: Profile) -> Counts:
        return self._own.get(one.counts) or self.shelf.counts(one.counts)

    def wanted(self, one: Profile) -> Wanted:
        """Return an article as it is compared with others; words that no other has are of no account."""
        weights: dict[str, float] = {}
        many, length = len(self.models), 0.0
        found, places = {}, []
        for word, root in _rooted(self._counts(one)):
            place = self.shelf.place_of(word)
            if place is None:
                continue
            found[word] = root * root
            if self.shelf.shares[place] > one.is_model:
                rarity = rare(many, self.shelf.shares[place])
                weights[word] = root * rarity * rarity
                places.append(place)
                length += (root * rarity) ** 2
        whole = sqrt(length) or 1.0
        words = {word: each / whole for word, each in weights.items()}
        return Wanted(one, words, tuple(places), found, self._referring(one))

    def by_words(self, wanted: Wanted, among: Iterable[int]) -> dict[int, float]:
        """Return how near the models at these places are by their words, the common ones left out."""
        ids, lengths = self.shelf.articles.ids, self.shelf.lengths
        total = [0.0] * len(ids)
        holders = self.shelf.holders(wanted.places)
        for weight, (places, held) in zip(wanted.words.values(), holders, strict=True):
            for place, root in zip(places, held, strict=True):
                total[place] += weight * root
        own = wanted.profile.id
        return {place: total[place] / (lengths[place] or 1.0) for place in among if ids[place] != own}

    def by_references(self, wanted: Wanted, among: Iterable[int]) -> dict[int, float]:
        """Return how near articles at these places are by references; those that share none are left out."""
        own, cited = wanted.references, self.shelf.cited
        alike = {place for each in own for place in cited(each)}
        found = {}
        for place in sorted(alike.intersection(among)):
            one = self.shelf.profile(place)
            if one.id != wanted.profile.id:
                other = self._referring(one)
                found[place] = sum(own[each] * weight for each, weight in other.items() if each in own)
        return found

    def shared(self, wanted: Wanted, place: int, most: int = 3) -> tuple[str, ...]:
        """Return the words that make an article near, those that do most first."""
        both = _rooted(self.shelf.counts(self.shelf.profile(place).counts))
        weighed = [(-wanted.words[word] * root, word) for word, root in both if word in wanted.words]
        return tuple(word for weight, word in sorted(weighed)[:most] if weight < 0)

    def length(self, places: Sequence[int]) -> float:
        """Return the length of the sum of these articles' vectors."""
        rarities, rooted = self._rarities, self._rooted
        if len(places) == 1:
            return sqrt(sum([(each * rarities[word]) ** 2 for word, each in rooted(places[0])]))
        total: dict[int, float] = {}
        for place in places:
            known = total.get
            total.update([(word, known(word, 0.0) + each) for word, each in rooted(place)])
        return sqrt(sum([(each * rarities[word]) ** 2 for word, each in total.items()]))

    def _rooted(self, place: int) -> Iterator[tuple[int, float]]:
        """Yield an article's words with the roots of their counts, scaled to the length of 1."""
        scale = 1 / (self.shelf.lengths[place] or 1.0)
        one = self._vector(place)
        return zip(one.words, [root * scale for root in roots(one.numbers)], strict=True)

    def reference_length(self, places: Sequence[int]) -> float:
        """Return the length of the sum of these articles' references' vectors."""
        total = Counter(_summed(self._referring(self.shelf.profile(place)) for place in places))
        return sqrt(sum(each * each for each in total.values()))


def _rooted(counts: Counts) -> Iterator[tuple[str, float]]:
    """Yield an article's words with the roots of their counts."""
    return zip(counts.listed(), roots(counts.numbers), strict=True)


def _summed(vectors: Iterable[Mapping[str, float]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for each, weight in _pairs(vectors):
        found[each] = found.get(each, 0.0) + weight
    return found


def _pairs(vectors: Iterable[Mapping[str, float]]) -> Iterator[tuple[str, float]]:
    for vector in vectors:
        yield from vector.items()
