"""Topics whose names are so much alike that they may be one, each pair with a proposal which to keep.

Only siblings are compared: a name means something else elsewhere in a tree. Two that are related by
`see_also` are meant to be two. `alike` is cheap enough for each build, `similar` is for whoever asks.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from lwnindex import names
from lwnindex.model import Catalog, Entry, Problem, Topic
from lwnindex.problems import problem
from lwnindex.thesaurus import written
from lwnindex.topics import Places, places_of

_APART = re.compile(r"[\s_\-\u2010-\u2015]+")
_MARKS = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})
_SHORT_FORMS = re.compile(r"([A-Z][A-Z0-9]+)(?:s|es)")
_AFTER_E = ("se", "xe", "ze", "che", "she")
_WORDS = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\d+")
_SHORTEST = 5
"""Letters that a word must have to be taken for another one: shorter ones are too often two."""

_LONG, _LONGEST = 9, 12
"""Letters of a word of which any one may have changed, and any two."""

_VOWELS = frozenset("aeiouy")
_ENDINGS = frozenset(
    {
        *("", "s", "d", "e", "y", "r", "ed", "er", "es", "or", "al", "ly", "ers", "ors", "ing", "ion", "ive"),
        *("ant", "ent", "ity", "ies", "ous", "ings", "ions", "ally", "able", "ably", "ment", "ance", "ence"),
        *("ancy", "ency"),
    }
)
"""What makes other words of one, as in schedule, scheduled, scheduler and scheduling."""


class _Pair(NamedTuple):
    keep: Entry
    other: Entry
    how: str


def alike(tree: Mapping[Entry, Topic], places: Places, rank: Mapping[str, int]) -> tuple[Problem, ...]:
    """Return each two siblings that differ in case, Unicode form, hyphens, spaces or number only.

    `rank` is an article's place in the order of age, 0 the newest. Of more than two, all are told with the
    one to keep.
    """
    found = []
    for siblings in _siblings(tree):
        for group in _groups(siblings):
            keep, *others = _best_first(group, tree, rank)
            found += [_Pair(keep, other, _difference(keep[-1], other[-1])) for other in others]
    return _told(found, tree, places)


def similar(catalog: Catalog) -> tuple[Problem, ...]:
    """Return each two siblings of which one may be the other with a letter or two mistyped.

    Those that are `alike` are not among them. Numbers must be the same, and short words, too.
    """
    rank = {one: place for place, one in enumerate(catalog.order)}
    places = places_of(
        map(catalog.cards.__getitem__, sorted(catalog.order, key=lambda one: catalog.cards[one].file))
    )
    for entry, one in catalog.described.items():
        places.setdefault(entry, (one.file, one.line))
    found = []
    for siblings in _siblings(catalog.topics):
        for pair in _mistyped(siblings):
            keep, other = _best_first(pair, catalog.topics, rank)
            found.append(_Pair(keep, other, "in a letter or two"))
    return _told(found, catalog.topics, places)


def _siblings(tree: Mapping[Entry, Topic]) -> Iterator[list[Entry]]:
    """Yield the topics of each place, where there are several."""
    found: dict[Entry, list[Entry]] = defaultdict(list)
    for entry in tree:
        found[entry[:-1]].append(entry)
    yield from (each for each in found.values() if len(each) > 1)


def _groups(siblings: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Yield the topics of each group that are alike, by either of the two keys."""
    group_of: dict[Entry, list[Entry]] = {}
    keys: tuple[Callable[[str], Hashable], ...] = (plain_key, number_key)
    for key in keys:
        first: dict[Hashable, Entry] = {}
        for entry in siblings:
            other = first.setdefault(key(entry[-1]), entry)
            if other != entry:
                _join(entry, other, group_of)
    yield from {id(group): group for group in group_of.values()}.values()


def _join(one: Entry, other: Entry, group_of: dict[Entry, list[Entry]]) -> None:
    into, added = group_of.get(other, [other]), group_of.get(one, [one])
    if into is not added:
        into.extend(added)
    for each in into:
        group_of[each] = into


def _best_first(group: Iterable[Entry], tree: Mapping[Entry, Topic], rank: Mapping[str, int]) -> list[Entry]:
    """Return topics, the one with the most articles first, of several the oldest."""
    return sorted(group, key=lambda one: (-tree[one].count, -_age(tree[one], tree, rank), one))


def _age(topic: Topic, tree: Mapping[Entry, Topic], rank: Mapping[str, int]) -> int:
    """Return the rank of the oldest article below a topic."""
    below = (_age(tree[each], tree, rank) for each in topic.children)
    return max([*map(rank.__getitem__, topic.own), *below], default=-1)


def _told(pairs: Iterable[_Pair], tree: Mapping[Entry, Topic], places: Places) -> tuple[Problem, ...]:
    """Return a problem for each pair that is not told apart by the thesaurus."""
    apart = (pair for pair in pairs if pair.other not in tree[pair.keep].see_also)
    return tuple(_problem(pair, tree, places) for pair in sorted(apart))


def _problem(pair: _Pair, tree: Mapping[Entry, Topic], places: Places) -> Problem:
    keep, other = written(pair.keep), written(pair.other)
    file, line = places[pair.keep]
    more, less = tree[pair.keep].count, tree[pair.other].count
    why = ("has more articles" if less else "has articles") if more > less else "is the older one"
    return problem(
        "near-duplicate",
        *places[pair.other],
        f'the topics "{other}" and "{keep}" ({file}:{line}) differ {pair.how}.',
        f'If they are one, keep "{pair.keep[-1]}", which {why}: lwnindex topics merge "{other}" "{keep}", or '
        f'aliases = ["{other}"] of ["{keep}"]. If they are two, name one in the `see_also` of the other.',
    )


def _difference(one: str, other: str) -> str:
    """Return in what two names differ that are alike."""
    if _composed(one) == _composed(other):
        return "in Unicode form only"
    if _composed(one).casefold() == _composed(other).casefold():
        return "in case only"
    if plain_key(one) == plain_key(other):
        return "in hyphens and spaces only"
    return "as singular and plural only"


# Keys --------------------------------------------------------------------------------------------


def plain_key(name: str) -> str:
    """Return what names share that differ in case, Unicode form, spaces, hyphens and underscores only.

    Between two digits these count: 2-6 is not 26.
    """
    if name.isascii() and name.isalnum():
        return name.lower()
    return _joined(_APART.split(_composed(name).casefold()))


def number_key(name: str) -> str:
    """Return what names share that differ in the number of their English words as well."""
    return _joined([_singular(word) for word in _APART.split(_composed(name))])


def _composed(name: str) -> str:
    if name.isascii():
        return name
    return unicodedata.normalize("NFKC", name).translate(_MARKS)


def _joined(words: Sequence[str]) -> str:
    """Return words as one, a space left between two digits."""
    found = "".join(words)
    if len(words) == 1 or not any(map(str.isdigit, found)):
        return found
    found = ""
    for word in words:
        found += f" {word}" if found[-1:].isdigit() and word[:1].isdigit() else word
    return found


def _singular(word: str) -> str:
    """Return a word in a form that it shares with its plural, which need be no word: `cach` for cache."""
    short = _SHORT_FORMS.fullmatch(word)
    if short:
        return short[1].casefold()
    plain = word.casefold()
    if len(plain) < 4:
        return plain
    if plain[-1] == "s" and plain[-2] not in "sui'" and not (word.isupper() and len(word) < 6):
        plain = plain[:-1]
    if plain.endswith(_AFTER_E):
        return plain[:-1]
    return f"{plain[:-2]}y" if plain.endswith("ie") and len(plain) > 4 else plain


# Slips of the hand -------------------------------------------------------------------------------


def _mistyped(siblings: Iterable[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Yield each two topics whose names differ by a slip, and are not alike."""
    from rapidfuzz.distance import OSA

    by_start: dict[str, list[tuple[str, Entry]]] = defaultdict(list)
    for entry in siblings:
        key = number_key(entry[-1])
        by_start[key[:1]].append((key, entry))
    for found in by_start.values():
        for (key, one), (other_key, other) in combinations(found, 2):
            if (
                key != other_key
                and OSA.distance(key, other_key, score_cutoff=2) <= 2
                and _is_slip(one[-1], other[-1])
            ):
                yield one, other


def _is_slip(one: str, other: str) -> bool:
    """Tell whether a name could be the other with slips in long words, which keep their first letters."""
    if _DIGITS.findall(one) != _DIGITS.findall(other):
        return False
    words, others = (_WORDS.findall(names.folded(_composed(each))) for each in (one, other))
    if len(words) != len(others) or plain_key(one) == plain_key(other):
        return False
    differing = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    return bool(differing) and all(_is_slip_of_a_word(*pair) for pair in differing)


def _is_slip_of_a_word(one: str, other: str) -> bool:
    """Tell whether two words differ by a slip, and not by an ending: system and systemd are two.

    In short words only such slips count that seldom make another word: letters that changed places or were
    doubled, a vowel for another, a vowel left out. Tracing and tracking are two as well.
    """
    from rapidfuzz.distance import OSA

    shorter, longer = sorted((one, other), key=lambda word: (len(word), word))
    if len(shorter) < _SHORTEST or shorter[0] != longer[0]:
        return False
    start, end = _shared(shorter, longer)
    lost, added = shorter[start : len(shorter) - end], longer[start : len(longer) - end]
    if {shorter[start:], longer[start:]} <= _ENDINGS or (not end and len(shorter) < _LONG):
        return False
    if len(shorter) >= _LONG:
        return OSA.distance(one, other) <= (2 if len(shorter) >= _LONGEST else 1)
    if len(lost) == 2:
        return lost == added[::-1]
    if len(added) == 1 and not lost:
        return added == longer[start - 1] or (added in _VOWELS and len(shorter) > _SHORTEST + 1)
    return {lost, added} <= _VOWELS and len(shorter) > _SHORTEST


def _shared(one: str, other: str) -> tuple[int, int]:
    """Return how many letters two words share at their starts, and then at their ends."""
    most = min(len(one), len(other))
    start = next((place for place in range(most) if one[place] != other[place]), most)
    end = next((place for place in range(most - start) if one[-1 - place] != other[-1 - place]), most - start)
    return start, end
