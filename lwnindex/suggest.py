"""Index entries for an article, proposed after what the articles of an archive are filed under.

What speaks for a topic are five parts, each from 0 to 1, whose weights sum up to 1: that its articles are
near by words, and by references; that its name stands in the title or the byline, and how often in the text;
that words of its whole path stand in the title. A suggestion tells what each part added to its score.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from lwnindex.model import Entry
from lwnindex.nearness import Space
from lwnindex.shelf import Profile
from lwnindex.subjects import Drawers, Subject
from lwnindex.wordcounts import stem

WORDS, NAME, TEXT, PATH, REFERENCES = 0.5, 0.2, 0.15, 0.05, 0.1
"""The weights of the parts."""

_HALF = 4.0
"""How much the words of a name count where the text speaks half as much for a topic as it can."""

_NEAREST = 3
_CITED = 3


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


class Suggesting:
    """Suggests entries for one article after others."""

    def __init__(self, space: Space, one: Profile, among: Sequence[int]) -> None:
        self._space = space
        self._wanted = space.wanted(one)
        self._one = one
        self._words = space.by_words(self._wanted, among)
        self._references = space.by_references(self._wanted, among)
        self._counts = _by_stem(self._wanted.counts)
        ids = space.shelf.articles.ids
        # What stands there under its id may say something else: a file can be an edited copy.
        held = next((place for place in among if ids[place] == one.id), None)
        self._held = None if held is None else space.shelf.profile(held)

    def scored(self, drawers: Drawers, without: Container[int] = ()) -> list[tuple[float, int]]:
        """Return the places of topics with their scores, the highest first, but `without` some.

        Those for which nothing speaks are left out.
        """
        own = self._one
        speaking = drawers.speaking({*self._counts, *own.in_title, *own.in_byline}, own.in_title)
        found = []
        for place, row in enumerate(drawers.rows()):
            if place not in without:
                score = self.score(drawers.subject(place)) if place in speaking else self._quietly(*row)
                if score > 0:
                    found.append((-score, place))
        return [(-score, place) for score, place in sorted(found)]

    def score(self, one: Subject) -> float:
        """Return the score of a topic."""
        return sum(self._parts(one).values())

    def _quietly(self, members: Sequence[int], length: float, reference_length: float) -> float:
        """Return the score of a topic for which neither its name nor its path speaks."""
        words, references = self._near_to(members)
        return WORDS * _share(words, length) + REFERENCES * _share(references, reference_length)

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
        one = self._space.shelf.profile(place)
        return Near(one.id, one.title, self._words[place], self._space.shared(self._wanted, place))

    def _cited(self, places: Iterable[int]) -> dict[str, tuple[str, ...]]:
        """Return the ids of articles by how they and the one in question cite."""
        found: dict[str, tuple[str, ...]] = {"cites": (), "cited_by": (), "citing_alike": ()}
        own = self._one
        for place in places:
            one = self._space.shelf.profile(place)
            is_citing = own.id in one.references
            how = "cites" if one.id in own.references else "cited_by" if is_citing else "citing_alike"
            found[how] += (one.id,)
        return found

    def _parts(self, one: Subject) -> dict[str, float]:
        """Return what each part adds to the score of a topic."""
        words, references = self._near_to(one.members)
        path = sum(weight for each, weight in one.path if each in self._one.in_title)
        return {
            "words": WORDS * _share(words, one.length),
            "name": NAME * self._named(one),
            "text": TEXT * self._often(one)[0],
            "path": PATH * min(1.0, path),
            "references": REFERENCES * _share(references, one.reference_length),
        }

    def _near_to(self, members: Sequence[int]) -> tuple[float, float]:
        """Return how near these articles are together, by words and by references."""
        words, references = self._words, self._references
        near = sum([words.get(place, 0.0) for place in members])
        return near, sum([references.get(place, 0.0) for place in members]) if references else 0.0

    def _named(self, one: Subject) -> float:
        """Return how surely an article is filed there that has the name in its title or byline."""
        if not _place(self._one, one.names):
            return 0.0
        filed, named = self._filed(one)
        return (filed + 0.5) / (named + 1)

    def _filed(self, one: Subject) -> tuple[int, int]:
        """Return of how many other articles with the name in title or byline how many are filed there."""
        held = self._held
        if held is None or not _place(held, one.names):
            return one.hits, one.named
        return one.hits - (one.entry in held.entries), one.named - 1

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
    drawers: Drawers,
    one: Profile,
    number: int,
    *,
    own: bool = False,
) -> tuple[Suggestion, ...]:
    """Return so many entries for an article, the best first, each with what speaks for it.

    Its `own` entries are among them only if asked for; then they are judged as if it were not filed.
    """
    suggesting = Suggesting(space, one, space.filed)
    held = {place for place, entry in enumerate(drawers.kept.entries) if entry in one.entries}
    found = suggesting.scored(drawers, held)
    left = {place: _without(one, drawers.subject(place), space) for place in held if own}
    found += [(suggesting.score(subject), place) for place, subject in left.items()]
    best = sorted((each for each in found if each[0] > 0), key=lambda each: (-each[0], each[1]))
    return tuple(
        suggesting.explained(left.get(place) or drawers.subject(place)) for _, place in best[:number]
    )


def _without(one: Profile, subject: Subject, space: Space) -> Subject:
    """Return one of an article's own topics with its other articles alone."""
    ids = space.shelf.articles.ids
    members = tuple(place for place in subject.members if ids[place] != one.id)
    return replace(
        subject,
        members=members,
        length=space.length(members),
        reference_length=space.reference_length(members),
    )
