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
from itertools import accumulate
from math import log, sqrt
from typing import NamedTuple

from lwnindex.model import Card, Entry, Value

_TITLE = 6
_HEADING = 2
_START = 2
_STARTS = 700
"""How often a word counts that stands in the title, in a heading and in the first 700 characters."""

COMMON = 1000
"""Words that more models have are not looked at, unless those are but an eighth of all."""


class Given(NamedTuple):
    """An article that goes on the shelf: its card, what it says, and whether others may be filed after it."""

    card: Card
    headings: tuple[str, ...]
    text: str
    is_model: bool = True


class Profile(Value, frozen=True, kw_only=True):
    """What is known of an article: of its card what is told, its references, and its words.

    `places` are those of its words in the shelf's list, `roots` the roots of their counts, both as arrays of
    numbers; `length` is that of its vector. `in_title` and `in_byline` are the stems of these. A model is an
    article that others may be filed after.
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
    places: bytes
    roots: bytes
    length: float


class Shelf(Value, frozen=True, kw_only=True):
    """All articles of an archive with their words, in the order of their ids.

    `words` are all words, by lines; `shares` say in how many models each stands, `holders` are the places of
    these models, word after word, and `held` the roots of its counts there; neither has the common words.
    `names` are the other names of topics, and those of topics that are described; these are topics also where
    nothing is filed.
    """

    words: str
    shares: bytes
    holders: bytes
    held: bytes
    profiles: tuple[Profile, ...]
    names: tuple[tuple[Entry, tuple[str, ...]], ...] = ()


def counted(title: str, headings: Iterable[str], text: str) -> dict[str, int]:
    """Return how much each word of an article counts; of a name with underscores its parts count, too."""
    # The patterns of words take as long to be made as many a suggestion.
    from lwnindex.tokens import counts, parts

    found: dict[str, int] = {}
    weighed = ((text, 1), (title, _TITLE), ("\n".join(headings), _HEADING), (text[:_STARTS], _START))
    for said, weight in weighed:
        for token, often in counts(said).items():
            for each in (token, *parts(token)):
                found[each] = found.get(each, 0) + weight * often
    return found


def stem(word: str) -> str:
    """Return a word of a name without the `s` of a plural."""
    return word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] != "s" and word.isalpha() else word


def stems(text: str) -> frozenset[str]:
    """Return the stems of the words of a name or a title."""
    from lwnindex.tokens import tokens

    return frozenset(map(stem, tokens(text)))


def shelf(given: Iterable[Given], names: Mapping[Entry, tuple[str, ...]] | None = None) -> Shelf:
    """Return these articles with their words; their order is of no account."""
    in_order = sorted(given, key=lambda one: (one.card.id, one.card.file))
    each = [counted(one.card.title, one.headings, one.text) for one in in_order]
    shares = Counter(word for one, own in zip(in_order, each, strict=True) if one.is_model for word in own)
    words = sorted({word for own in each for word in own})
    places = {word: place for place, word in enumerate(words)}
    many = sum(one.is_model for one in in_order)
    rarity = {word: rare(many, shares[word]) for word in words}
    having = array("I", [shares[word] for word in words])
    profiles = tuple(profile(one, own, places, rarity) for one, own in zip(in_order, each, strict=True))
    holders, held = _turned(profiles, _looked_at(having, many))
    return Shelf(
        words="\n".join(words),
        shares=having.tobytes(),
        holders=holders,
        held=held,
        profiles=profiles,
        names=tuple(sorted((names or {}).items())),
    )


def _looked_at(shares: Iterable[int], many: int) -> list[int]:
    """Return in how many models each word is looked at: in none where it is common, and tells little."""
    most = max(COMMON, many // 8)
    return [having if having <= most else 0 for having in shares]


def _turned(profiles: Iterable[Profile], shares: Sequence[int]) -> tuple[bytes, bytes]:
    """Return the models in which each word is looked at, word after word, and the roots of its counts."""
    ends = list(accumulate(shares, initial=0))
    holders, held = array("I", bytes(4 * ends[-1])), array("f", bytes(4 * ends[-1]))
    for place, one in enumerate(profiles):
        if one.is_model:
            for word, root in _vector(one):
                if shares[word]:
                    holders[ends[word]], held[ends[word]] = place, root
                    ends[word] += 1
    return holders.tobytes(), held.tobytes()


def _vector(one: Profile) -> Iterator[tuple[int, float]]:
    """Yield the places of an article's words with the roots of their counts."""
    return zip(array("I", one.places), array("f", one.roots), strict=True)


def rare(many: int, having: int) -> float:
    """Return how much a word weighs that so many of so many models have."""
    return log((many + 1) / max(having, 1))


def profile(
    given: Given, own: Mapping[str, int], places: Mapping[str, int], rarity: Mapping[str, float]
) -> Profile:
    """Return an article with those of its words that have a place."""
    card = given.card
    words = sorted(word for word in own if word in places)
    roots = [sqrt(own[word]) for word in words]
    return Profile(
        id=card.id,
        file=card.file,
        path=card.source,
        title=card.title,
        authors=card.authors,
        entries=card.entries,
        references=tuple(sorted({one.id or one.url or "" for one in card.references})),
        in_title=stems(card.title),
        in_byline=stems("\n".join(card.authors)),
        is_model=given.is_model,
        places=array("I", [places[word] for word in words]).tobytes(),
        roots=array("f", roots).tobytes(),
        length=sqrt(sum((root * rarity[word]) ** 2 for root, word in zip(roots, words, strict=True))),
    )


class Wanted(NamedTuple):
    """An article whose neighbours are looked for: how its words weigh, and how its references do.

    `words` has the weights of words by their places on the shelf; `counts` say how much each of its own
    counts.
    """

    profile: Profile
    words: dict[int, float]
    counts: dict[str, float]
    references: dict[str, float]


class Space:
    """A shelf in which nearness is measured: the places of `models`, and of those that are `filed`."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.profiles = shelf.profiles
        self.models = [place for place, one in enumerate(shelf.profiles) if one.is_model]
        self.filed = [place for place in self.models if shelf.profiles[place].entries]
        self._shares = array("I", shelf.shares)
        self._starts = list(accumulate(_looked_at(self._shares, len(self.models)), initial=0))
        self._holders = memoryview(shelf.holders).cast("I")
        self._held = memoryview(shelf.held).cast("f")

    @cached_property
    def words(self) -> list[str]:
        """All words of the shelf."""
        return self.shelf.words.split("\n")

    @cached_property
    def stems(self) -> Counter[str]:
        """In how many models words of a stem stand, those of its commonest word."""
        found: Counter[str] = Counter()
        for word, share in zip(self.words, self._shares, strict=True):
            own = stem(word)
            found[own] = max(found[own], share)
        return found

    @cached_property
    def _cited(self) -> Counter[str]:
        """How many models cite an article, or are it."""
        return Counter(each for place in self.models for each in self._known_by(self.profiles[place]))

    def _known_by(self, one: Profile) -> set[str]:
        return {one.id, *one.references}

    def _referring(self, one: Profile) -> dict[str, float]:
        """Return the weights of an article's references, and of its own id, which others may cite."""
        many = len(self.models)
        weights = {each: rare(many, self._cited[each]) for each in sorted(self._known_by(one))}
        length = sqrt(sum(each * each for each in weights.values())) or 1.0
        return {each: weight / length for each, weight in weights.items()}

    def with_words(self, given: Given) -> Profile:
        """Return an article that is not on the shelf as if it were."""
        own = counted(given.card.title, given.headings, given.text)
        places = {word: place for place, word in enumerate(self.words) if word in own}
        rarity = {word: rare(len(self.models), self._shares[place]) for word, place in places.items()}
        return profile(given, own, places, rarity)

    def wanted(self, one: Profile) -> Wanted:
        """Return an article as it is compared with others; words that no other has are of no account."""
        weights: dict[int, float] = {}
        many, length = len(self.models), 0.0
        found = {}
        for place, root in _vector(one):
            found[self.words[place]] = root * root
            if self._shares[place] > one.is_model:
                rarity = rare(many, self._shares[place])
                weights[place] = root * rarity * rarity
                length += (root * rarity) ** 2
        whole = sqrt(length) or 1.0
        words = {place: each / whole for place, each in weights.items()}
        return Wanted(one, words, found, self._referring(one))

    def by_words(self, wanted: Wanted, among: Iterable[int]) -> dict[int, float]:
        """Return how near the models at these places are by their words, the common ones left out."""
        total = [0.0] * len(self.profiles)
        for word, weight in wanted.words.items():
            own = slice(self._starts[word], self._starts[word + 1])
            for place, root in zip(self._holders[own].tolist(), self._held[own].tolist(), strict=True):
                total[place] += weight * root
        return {
            place: total[place] / (self.profiles[place].length or 1.0)
            for place in among
            if self.profiles[place].id != wanted.profile.id
        }

    def by_references(self, wanted: Wanted, among: Iterable[int]) -> dict[int, float]:
        """Return how near articles at these places are by references; those that share none are left out."""
        own = wanted.references
        found = {}
        for place in among:
            one = self.profiles[place]
            if one.id != wanted.profile.id and (one.id in own or not own.keys().isdisjoint(one.references)):
                other = self._referring(one)
                found[place] = sum(own[each] * weight for each, weight in other.items() if each in own)
        return found

    def shared(self, wanted: Wanted, place: int, most: int = 3) -> tuple[str, ...]:
        """Return the words that make an article near, those that do most first."""
        both = _vector(self.profiles[place])
        weighed = [(-wanted.words.get(each, 0.0) * root, self.words[each]) for each, root in both]
        return tuple(word for weight, word in sorted(weighed)[:most] if weight < 0)

    def length(self, places: Sequence[int]) -> float:
        """Return the length of the sum of these articles' vectors."""
        many = len(self.models)
        total: dict[int, float] = {}
        for place in places:
            scale = 1 / (self.profiles[place].length or 1.0)
            for each, root in _vector(self.profiles[place]):
                total[each] = total.get(each, 0.0) + root * scale
        return sqrt(sum((each * rare(many, self._shares[word])) ** 2 for word, each in total.items()))

    def reference_length(self, places: Sequence[int]) -> float:
        """Return the length of the sum of these articles' references' vectors."""
        total = Counter(_summed(self._referring(self.profiles[place]) for place in places))
        return sqrt(sum(each * each for each in total.values()))


def _summed(vectors: Iterable[Mapping[str, float]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for each, weight in _pairs(vectors):
        found[each] = found.get(each, 0.0) + weight
    return found


def _pairs(vectors: Iterable[Mapping[str, float]]) -> Iterator[tuple[str, float]]:
    for vector in vectors:
        yield from vector.items()
