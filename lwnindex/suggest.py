"""Index entries for an article, proposed after what the articles of an archive are filed under.

What speaks for a topic are five parts, each from 0 to 1, whose weights sum up to 1: that its articles are
near by words, and by references; that its name stands in the title or the byline, and how often in the text;
that words of its whole path stand in the title. A suggestion tells what each part added to its score.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from math import log
from typing import NamedTuple

from msgspec.structs import replace

from lwnindex.model import Entry, Value
from lwnindex.nearness import Profile, Space, rare, stem, stems

WORDS, NAME, TEXT, PATH, REFERENCES = 0.5, 0.2, 0.15, 0.05, 0.1
"""The weights of the parts."""

_HALF = 4.0
"""How much the words of a name count where the text speaks half as much for a topic as it can."""

_NEAREST = 3
_CITED = 3


class Subject(Value, frozen=True, kw_only=True):
    """A topic as it may be suggested: the places of its articles, the lengths of the sums of their vectors.

    `names` are its own and its other ones as stems, `rarity` says how rare each is, from 0 to 1. Of the
    `named` articles that have one in the title or in the byline, `hits` are filed there. `path` are the stems
    of all its levels with their weights. A topic that is called after an author `is_author`.
    """

    entry: Entry
    members: tuple[int, ...]
    length: float
    reference_length: float
    names: tuple[tuple[str, ...], ...]
    rarity: tuple[float, ...]
    named: int
    hits: int
    path: tuple[tuple[str, float], ...]
    is_author: bool


class Near(NamedTuple):
    """An article of a topic that is near the one in question, and the words that make it so."""

    id: str
    title: str
    nearness: float
    words: tuple[str, ...]


class Suggestion(NamedTuple):
    """A topic for an article: what its parts add to its score, and what they found.

    `cites`, `cited_by` and `citing_alike` are ids of the topic's articles. `place` is where its name stands:
    in the "title" or the "byline"; `filed` of `named` other articles with it there have this entry. `often`
    says how much the name counts in the text. A topic that is `held` is one of the article's own.
    """

    entry: Entry
    score: float
    parts: Mapping[str, float]
    near: tuple[Near, ...] = ()
    cites: tuple[str, ...] = ()
    cited_by: tuple[str, ...] = ()
    citing_alike: tuple[str, ...] = ()
    place: str = ""
    filed: int = 0
    named: int = 0
    often: int = 0
    in_title: tuple[str, ...] = ()
    held: bool = False


def _place(one: Profile, names: Iterable[Iterable[str]]) -> str:
    """Return where in an article's title or byline one of these names stands whole."""
    for name in names:
        if one.in_title.issuperset(name):
            return "title"
        if one.in_byline.issuperset(name):
            return "byline"
    return ""


class Subjects:
    """The topics that may be suggested after certain articles of a space, by their places."""

    def __init__(self, space: Space, among: Sequence[int]) -> None:
        self._space = space
        self._among = among

    def all(self) -> tuple[Subject, ...]:
        """Return them by their entries: those of the articles, and those that are described."""
        filed: dict[Entry, list[int]] = {entry: [] for entry in self._names}
        for place in self._among:
            for entry in dict.fromkeys(self._space.profiles[place].entries):
                filed.setdefault(entry, []).append(place)
        return tuple(self.subject(entry, members) for entry, members in sorted(filed.items()))

    @cached_property
    def _names(self) -> dict[Entry, tuple[str, ...]]:
        return dict(self._space.shelf.names)

    @cached_property
    def _authors(self) -> frozenset[frozenset[str]]:
        profiles = self._space.profiles
        return frozenset(stems(name) for one in profiles for name in one.authors)

    @cached_property
    def _titled(self) -> tuple[Mapping[str, set[int]], Mapping[str, set[int]]]:
        """The places of articles by the stems of their titles, and of their bylines."""
        titles: dict[str, set[int]] = {}
        bylines: dict[str, set[int]] = {}
        for place in self._among:
            one = self._space.profiles[place]
            for table, found in ((titles, one.in_title), (bylines, one.in_byline)):
                for each in found:
                    table.setdefault(each, set()).add(place)
        return titles, bylines

    def subject(self, entry: Entry, members: Sequence[int]) -> Subject:
        """Return a topic that has these articles."""
        own = (entry[-1], *self._names.get(entry, ()))
        names = tuple(sorted({tuple(sorted(stems(name))) for name in own} - {()}))
        named = self._with(names)
        return Subject(
            entry=entry,
            members=tuple(members),
            length=self._space.length(members),
            reference_length=self._space.reference_length(members),
            names=names,
            rarity=tuple(map(self._rarity, names)),
            named=len(named),
            hits=len(named & set(members)),
            path=self._path(entry),
            is_author=any(frozenset(name) in self._authors for name in names),
        )

    def _with(self, names: Iterable[Sequence[str]]) -> set[int]:
        """Return the articles in whose title or byline one of these names stands whole."""
        found: set[int] = set()
        for name in names:
            for table in self._titled:
                found |= set.intersection(*(table.get(each, set()) for each in name))
        return found

    def _rarity(self, name: Iterable[str]) -> float:
        many, common = len(self._space.models), self._space.stems
        rarest = min(common[each] for each in name)
        return max(0.0, min(1.0, log(many / (rarest + 1)) / log(many))) if many > 1 else 0.0

    def _path(self, entry: Entry) -> tuple[tuple[str, float], ...]:
        many, common = len(self._space.models), self._space.stems
        weights = {each: rare(many, common[each]) for each in sorted(stems(" ".join(entry[1:])))}
        whole = sum(weights.values()) or 1.0
        return tuple((each, weight / whole) for each, weight in weights.items())


class Suggesting:
    """Suggests entries for one article after others."""

    def __init__(self, space: Space, one: Profile, among: Sequence[int]) -> None:
        self._space = space
        self._wanted = space.wanted(one)
        self._one = one
        self._words = space.by_words(self._wanted, among)
        self._references = space.by_references(self._wanted, among)
        self._counts = _by_stem(self._wanted.counts)
        self._is_among = any(space.profiles[place].id == one.id for place in among)

    def scored(self, subjects: Iterable[Subject]) -> list[tuple[float, Subject]]:
        """Return topics with their scores, the highest first; those for which nothing speaks are left out."""
        found = [(sum(self._parts(one).values()), one) for one in subjects]
        return sorted((each for each in found if each[0] > 0), key=lambda each: (-each[0], each[1].entry))

    def explained(self, one: Subject) -> Suggestion:
        """Return a topic with its score and all that speaks for it."""
        parts = self._parts(one)
        nearest = sorted(one.members, key=lambda place: (-self._words.get(place, 0.0), place))
        cited = [place for place in one.members if place in self._references]
        cited.sort(key=lambda place: (-self._references[place], place))
        filed, named = self._filed(one)
        return Suggestion(
            entry=one.entry,
            score=sum(parts.values()),
            parts=parts,
            near=tuple(map(self._near, [each for each in nearest if self._words.get(each)][:_NEAREST])),
            **self._cited(cited[:_CITED]),
            place=_place(self._one, one.names),
            filed=filed,
            named=named,
            often=round(self._often(one)[1]),
            in_title=tuple(each for each, _ in one.path if each in self._one.in_title),
            held=one.entry in self._one.entries,
        )

    def _near(self, place: int) -> Near:
        one = self._space.profiles[place]
        return Near(one.id, one.title, self._words[place], self._space.shared(self._wanted, place))

    def _cited(self, places: Iterable[int]) -> dict[str, tuple[str, ...]]:
        """Return the ids of articles by how they and the one in question cite."""
        found: dict[str, tuple[str, ...]] = {"cites": (), "cited_by": (), "citing_alike": ()}
        own = self._one
        for place in places:
            one = self._space.profiles[place]
            is_citing = own.id in one.references
            how = "cites" if one.id in own.references else "cited_by" if is_citing else "citing_alike"
            found[how] += (one.id,)
        return found

    def _parts(self, one: Subject) -> dict[str, float]:
        """Return what each part adds to the score of a topic."""
        words = sum(self._words.get(place, 0.0) for place in one.members)
        references = sum(self._references.get(place, 0.0) for place in one.members)
        path = sum(weight for each, weight in one.path if each in self._one.in_title)
        return {
            "words": WORDS * _share(words, one.length),
            "name": NAME * self._named(one),
            "text": TEXT * self._often(one)[0],
            "path": PATH * min(1.0, path),
            "references": REFERENCES * _share(references, one.reference_length),
        }

    def _named(self, one: Subject) -> float:
        """Return how surely an article is filed there that has the name in its title or byline."""
        if not _place(self._one, one.names):
            return 0.0
        filed, named = self._filed(one)
        return (filed + 0.5) / (named + 1)

    def _filed(self, one: Subject) -> tuple[int, int]:
        """Return of how many other articles with the name in title or byline how many are filed there."""
        if not (self._is_among and _place(self._one, one.names)):
            return one.hits, one.named
        return one.hits - (one.entry in self._one.entries), one.named - 1

    def _often(self, one: Subject) -> tuple[float, float]:
        """Return how much the text speaks for a topic by its names, and how much that counts which does most.

        Where the name is an author's, it does not: who is spoken of did not write the article.
        """
        best = (0.0, 0.0)
        if not one.is_author:
            for name, rarity in zip(one.names, one.rarity, strict=True):
                count = min(self._counts.get(each, 0.0) for each in name)
                best = max(best, (rarity * count / (count + _HALF), count))
        return best


def _share(total: float, length: float) -> float:
    return max(0.0, min(1.0, total / length)) if length else 0.0


def _by_stem(found: Mapping[str, float]) -> dict[str, float]:
    total: dict[str, float] = {}
    for word, count in found.items():
        own = stem(word)
        total[own] = total.get(own, 0.0) + count
    return total


def suggestions(
    space: Space,
    subjects: Sequence[Subject],
    one: Profile,
    number: int,
    *,
    own: bool = False,
) -> tuple[Suggestion, ...]:
    """Return so many entries for an article, the best first, each with what speaks for it.

    Its `own` entries are among them only if asked for; then they are judged as if it were not filed.
    """
    suggesting = Suggesting(space, one, space.filed)
    others = [each for each in subjects if each.entry not in one.entries]
    if own:
        others += [_without(one, each, space) for each in subjects if each.entry in one.entries]
    return tuple(suggesting.explained(each) for _, each in suggesting.scored(others)[:number])


def _without(one: Profile, subject: Subject, space: Space) -> Subject:
    """Return one of an article's own topics with its other articles alone."""
    members = tuple(place for place in subject.members if space.profiles[place].id != one.id)
    return replace(
        subject,
        members=members,
        length=space.length(members),
        reference_length=space.reference_length(members),
    )
