"""Articles and what is known of each one's words become the parts of a shelf."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate, pairwise
from math import sqrt
from typing import NamedTuple

from msgspec.msgpack import Encoder

from lwnindex.digest import digest
from lwnindex.model import Card, Entry
from lwnindex.shelf import ROWS, Articles, Cited, Profile, Shelf, Vector, Words, known_by, rare
from lwnindex.wordcounts import Counts, counted, stems

COMMON = 1000
"""Words that more models have are not looked at, unless those are but an eighth of all."""

_HOLDERS = 2048
"""Holders in a part, more only where they are those of one word."""

_encode = Encoder(order="deterministic").encode


class Given(NamedTuple):
    """An article that goes on the shelf: its card, what it says, and whether others may be filed after it."""

    card: Card
    headings: tuple[str, ...]
    text: str
    is_model: bool = True


class Tallied(NamedTuple):
    """An article that goes on the shelf: `counts` is the name of how much its words count."""

    card: Card
    counts: str
    is_model: bool = True


def tally(given: Given) -> tuple[Tallied, Counts]:
    """Return an article that goes on the shelf, and its words."""
    counts = counted(given.card.title, given.headings, given.text)
    return Tallied(given.card, digest(counts), given.is_model), counts


def shelf(given: Iterable[Given], names: Mapping[Entry, tuple[str, ...]] | None = None) -> Shelf:
    """Return these articles with their words; their order is of no account."""
    tallied = [tally(one) for one in given]
    counts = {one.counts: own for one, own in tallied}
    parts, _ = shelved([one for one, _ in tallied], counts.__getitem__, names)
    return Shelf((parts | {f"counts/{name}": _encode(own) for name, own in counts.items()}).get)


def shelved(
    tallied: Iterable[Tallied],
    counts: Callable[[str], Counts],
    names: Mapping[Entry, tuple[str, ...]] | None = None,
) -> tuple[dict[str, bytes], list[Vector]]:
    """Return a shelf as parts without counts, and the vectors of its articles; their order is of no account.

    `counts` gives how much the words of an article count.
    """
    in_order = sorted(tallied, key=lambda one: (one.card.id, one.card.file))
    words, vectors = _vectors(counts(one.counts) for one in in_order)
    shares: Counter[int] = Counter()
    for one, vector in zip(in_order, vectors, strict=True):
        if one.is_model:
            shares.update(vector.words)
    having = [shares[place] for place in range(len(words))]
    profiles = [profile(one) for one in in_order]
    models = [place for place, one in enumerate(profiles) if one.is_model]
    parts = _held(words, having, models, vectors)
    parts["articles"] = _articles(profiles, models, _lengths(vectors, having, len(models)))
    parts["cited"] = _known(profiles, models)
    parts["names"] = _encode(tuple(sorted((names or {}).items())))
    rows = range(0, len(profiles), ROWS)
    parts.update({f"rows/{row // ROWS}": _encode(profiles[row : row + ROWS]) for row in rows})
    return parts, vectors


def profile(one: Tallied) -> Profile:
    """Return what is known of an article."""
    card = one.card
    return Profile(
        id=card.id,
        file=card.file,
        path=card.source,
        title=card.title,
        authors=card.authors,
        entries=card.entries,
        references=tuple(sorted({each.id or each.url or "" for each in card.references})),
        in_title=stems(card.title),
        in_byline=stems("\n".join(card.authors)),
        is_model=one.is_model,
        counts=one.counts,
    )


def _vectors(counts: Iterable[Counts]) -> tuple[list[str], list[Vector]]:
    """Return all words in their order, and the vectors of articles."""
    seen: defaultdict[str, int] = defaultdict()
    seen.default_factory = seen.__len__
    found = [(array("I", map(seen.__getitem__, one.listed())), array("I", one.numbers)) for one in counts]
    words = sorted(seen)
    places = array("I", bytes(4 * len(words)))
    for place, word in enumerate(words):
        places[seen[word]] = place
    at = places.tolist().__getitem__
    return words, [Vector(array("I", map(at, own)), numbers) for own, numbers in found]


def _lengths(vectors: Iterable[Vector], having: Iterable[int], many: int) -> array[float]:
    rarity = [rare(many, each) for each in having]
    return array("d", [_length(one, rarity) for one in vectors])


def _length(one: Vector, rarity: Sequence[float]) -> float:
    pairs = zip(map(sqrt, one.numbers), one.words, strict=True)
    return sqrt(sum([(root * rarity[word]) ** 2 for root, word in pairs]))


def _held(
    words: Sequence[str], having: Sequence[int], models: Sequence[int], vectors: Sequence[Vector]
) -> dict[str, bytes]:
    """Return the parts that tell in which models words stand."""
    starts = list(accumulate(_looked_at(having, len(models)), initial=0))
    holders, held = _turned(models, vectors, starts)
    cuts = _cuts(starts)
    found = Words(
        words="\n".join(words),
        shares=array("I", having).tobytes(),
        starts=array("I", starts).tobytes(),
        cuts=array("I", cuts).tobytes(),
    )
    parts = {"words": _encode(found)}
    for number, (cut, end) in enumerate(pairwise([*cuts, len(words)])):
        own = slice(starts[cut], starts[end])
        parts[f"holders/{number}"] = holders[own].tobytes() + held[own].tobytes()
    return parts


def _looked_at(shares: Iterable[int], many: int) -> list[int]:
    """Return in how many models each word is looked at: in none where it is common, and tells little."""
    most = max(COMMON, many // 8)
    return [having if having <= most else 0 for having in shares]


def _turned(
    models: Iterable[int], vectors: Sequence[Vector], starts: Sequence[int]
) -> tuple[array[int], array[float]]:
    """Return the models in which each word is looked at, word after word, and the roots of its counts."""
    ends = [start if start < end else -1 for start, end in pairwise(starts)]
    holders, held = array("I", bytes(4 * starts[-1])), array("f", bytes(4 * starts[-1]))
    for place in models:
        one = vectors[place]
        for word, root in zip(one.words, map(sqrt, one.numbers), strict=True):
            end = ends[word]
            if end >= 0:
                holders[end], held[end], ends[word] = place, root, end + 1
    return holders, held


def _cuts(starts: Sequence[int]) -> list[int]:
    """Return the words at which parts of holders begin."""
    cuts, last = [], 0
    while last < len(starts) - 1:
        cuts.append(last)
        last = max(last + 1, bisect_right(starts, starts[last] + _HOLDERS) - 1)
    return cuts


def _articles(profiles: Sequence[Profile], models: Sequence[int], lengths: array[float]) -> bytes:
    found = Articles(
        ids=[one.id for one in profiles],
        files=[one.file for one in profiles],
        paths=[one.path for one in profiles],
        lengths=lengths.tobytes(),
        models=array("I", models).tobytes(),
        filed=array("I", [place for place in models if profiles[place].entries]).tobytes(),
    )
    return _encode(found)


def _known(profiles: Sequence[Profile], models: Iterable[int]) -> bytes:
    """Return the part that tells which models are known by what."""
    found: dict[str, list[int]] = {}
    for place in models:
        for key in known_by(profiles[place]):
            found.setdefault(key, []).append(place)
    keys = sorted(found)
    starts = accumulate((len(found[key]) for key in keys), initial=0)
    places = [place for key in keys for place in found[key]]
    own = Cited(keys=keys, starts=array("I", starts).tobytes(), places=array("I", places).tobytes())
    return _encode(own)
