"""The topics that may be suggested, with what is known of them, and how they are kept.

A space comes in, and the articles in it after which may be suggested; topics go out. Kept, they are parted:
what every article asks of every topic stands in columns, the rest is read of those that may have more to say.
"""

from __future__ import annotations

from array import array
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from math import log

from msgspec import Raw, msgpack

from lwnindex.model import Entry, Value
from lwnindex.nearness import Space
from lwnindex.shelf import rare
from lwnindex.wordcounts import stems


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


class Kept(Value, frozen=True, kw_only=True):
    """Topics by their entries, as they are kept.

    The members of all stand in a row, those of each from its start to the next one's. `by_name` has a stem of
    each of a topic's names, `by_path` all those of its path; they give the places of topics.
    """

    entries: tuple[Entry, ...]
    members: bytes
    starts: bytes
    lengths: bytes
    reference_lengths: bytes
    by_name: dict[str, list[int]]
    by_path: dict[str, list[int]]
    subjects: list[Raw]


class Drawers:
    """Topics as they were kept, each of them made when it is asked for."""

    def __init__(self, kept: Kept) -> None:
        self.kept = kept
        self._made = msgpack.Decoder(Subject).decode

    def subject(self, place: int) -> Subject:
        """Return the topic at a place."""
        return self._made(self.kept.subjects[place])

    def rows(self) -> Iterator[tuple[Sequence[int], float, float]]:
        """Yield of each topic the members, and the lengths by words and by references."""
        starts, members = array("I", self.kept.starts).tolist(), array("I", self.kept.members).tolist()
        lengths, others = array("d", self.kept.lengths), array("d", self.kept.reference_lengths)
        for start, end, length, other in zip(starts, starts[1:], lengths, others, strict=False):
            yield members[start:end], length, other

    def speaking(self, in_name: Container[str], in_title: Iterable[str]) -> set[int]:
        """Return the places of topics that may have a name of these stems, or a path with any of those."""
        found = {place for each, places in self.kept.by_name.items() if each in in_name for place in places}
        return found.union(*(self.kept.by_path.get(each, ()) for each in in_title))


def kept(subjects: Sequence[Subject], common: Mapping[str, int]) -> Kept:
    """Return topics as they are kept; `common` says how common stems are."""
    by_name: dict[str, list[int]] = {}
    by_path: dict[str, list[int]] = {}
    for place, one in enumerate(subjects):
        for each in {min(name, key=lambda each: (common.get(each, 0), each)) for name in one.names}:
            by_name.setdefault(each, []).append(place)
        for each, _ in one.path:
            by_path.setdefault(each, []).append(place)
    starts = accumulate((len(one.members) for one in subjects), initial=0)
    return Kept(
        entries=tuple(one.entry for one in subjects),
        members=array("I", [place for one in subjects for place in one.members]).tobytes(),
        starts=array("I", starts).tobytes(),
        lengths=array("d", [one.length for one in subjects]).tobytes(),
        reference_lengths=array("d", [one.reference_length for one in subjects]).tobytes(),
        by_name=by_name,
        by_path=by_path,
        subjects=[Raw(msgpack.encode(one)) for one in subjects],
    )


class Subjects:
    """The topics that may be suggested after certain articles of a space, by their places."""

    def __init__(self, space: Space, among: Sequence[int]) -> None:
        self._space = space
        self._among = among

    def all(self) -> tuple[Subject, ...]:
        """Return them by their entries: those of the articles, and those that are described."""
        filed: dict[Entry, list[int]] = {entry: [] for entry in self._names}
        for place in self._among:
            for entry in dict.fromkeys(self._space.shelf.profile(place).entries):
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
            one = self._space.shelf.profile(place)
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

    def kept(self) -> Kept:
        """Return all topics as they are kept."""
        return kept(self.all(), self._space.stems)
