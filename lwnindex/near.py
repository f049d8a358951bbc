"""Topics whose names are so much alike that they may be one, each pair with a proposal which to keep.

Only siblings are compared: a name means something else elsewhere in a tree. Two that are related by
`see_also` are meant to be two. `alike` is cheap enough for each build, `similar` is for whoever asks.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from lwnindex import names
from lwnindex.model import Catalog, Entry, Problem, Topic
from lwnindex.namekeys import composed, difference, number_key, plain_key
from lwnindex.problems import problem
from lwnindex.spoken import WORDS, Spoken, spoken
from lwnindex.thesaurus import Thesaurus, quoted, typed, written
from lwnindex.topics import Places, places_of

_DIGITS = re.compile(r"\d+")
_SHORTEST = 5
"""Letters that a word must have to be taken for another one: shorter ones are too often two."""

_LONG, _LONGEST = 9, 12
"""Letters of a word, the longer one of two, of which any one may have changed; and of both, any two."""

_MOST_TRIED, _MOST_TOLD = 100, 10
"""How many names a letter or two away are looked at for one name, and how many slips are told of it."""

_APART = "If they are two, name one in the `see_also` of the other."
_SLIP = "in a letter or two"

_NO_SUBJECTS = re.compile(r"[\"'`\u00ab\u00bb()\[\]:;,!?]")
"""Marks in which names that mean two things do not differ, as they do in `+` and `#`."""

_ACCENTS = re.compile("[\u0300-\u036f]")
_BRITISH = (
    *(("our", "or"), ("tre", "ter"), ("ence", "ense"), ("logue", "log"), ("ise", "ize")),
    *(("isa", "iza"), ("yse", "yze"), ("ll", "l")),
)
"""What is written in two ways in English."""

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


class _Other(NamedTuple):
    """Another name of a topic, and where it is said."""

    name: Entry
    topic: Entry
    place: tuple[str, int]


def alike(
    tree: Mapping[Entry, Topic],
    places: Places,
    rank: Mapping[str, int],
    book: Thesaurus = Thesaurus(),  # noqa: B008 - it is frozen
) -> tuple[Problem, ...]:
    """Return each two siblings that differ in case, Unicode form, marks, spaces or number only.

    `rank` is an article's place in the order of age, 0 the newest. Of more than two, all are told with the
    one to keep. A topic that is alike to another name of a topic, in `book`, is told with that.
    """
    found = []
    for siblings in _siblings(tree):
        for group in _groups(siblings):
            keep, *others = _best_first(group, tree, rank)
            found += [_Pair(keep, other, difference(keep[-1], other[-1])) for other in others]
    others_of = [
        _Other(name, one.topic, (one.of.file, one.mention.line)) for name, one in book.aliases.items()
    ]
    known = {(pair.keep, pair.other) for pair in found} | {(pair.other, pair.keep) for pair in found}
    aside = [
        (entry, one, difference(one.name[-1], entry[-1]))
        for entry, one in _alike_names(tree, others_of)
        if (entry, one.topic) not in known
    ]
    return (*_told(found, tree, places), *_misnamed(aside, tree, places))


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
    aliases = {one.name: one for one in _others(catalog)}
    found, aside, said = [], [], spoken(catalog)
    for siblings in _siblings([*catalog.topics, *aliases]):
        for pair in _mistyped(siblings, said):
            topics = [one for one in pair if one not in aliases]
            if len(topics) == 2:
                keep, other = _best_first(pair, catalog.topics, rank)
                found.append(_Pair(keep, other, _SLIP))
            aside += [(one, aliases[each], _SLIP) for one in topics for each in pair if each in aliases]
    tree = catalog.topics
    return (*_told(found, tree, places), *_misnamed(aside, tree, places))


def _others(catalog: Catalog) -> Iterator[_Other]:
    """Yield the other names of topics that are no topics, as files of topics say them."""
    topics = {one.entry: one.topic for one in catalog.sees}
    for topic, said in catalog.described.items():
        for one in said.aliases:
            if topics.get(one.entry) == topic and one.entry not in catalog.topics:
                yield _Other(one.entry, topic, (said.file, one.line))


def _alike_names(tree: Mapping[Entry, Topic], others: Sequence[_Other]) -> Iterator[tuple[Entry, _Other]]:
    """Yield each topic whose name is alike to another name, beside it, of a topic."""
    above = {one.name[:-1] for one in others}
    by_key: dict[tuple[Entry, str], list[Entry]] = defaultdict(list)
    for entry in tree if above else ():
        if entry[:-1] in above:
            for key in {plain_key(entry[-1]), number_key(entry[-1])}:
                by_key[entry[:-1], key].append(entry)
    for one in others:
        keys = {plain_key(one.name[-1]), number_key(one.name[-1])}
        found = {entry: None for key in sorted(keys) for entry in by_key.get((one.name[:-1], key), ())}
        yield from ((entry, one) for entry in found)


def _siblings(tree: Iterable[Entry]) -> Iterator[list[Entry]]:
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
    keep, other = pair.keep, pair.other
    file, line = places[pair.keep]
    return problem(
        "near-duplicate",
        *places[pair.other],
        f'the topics "{written(other)}" and "{written(keep)}" ({file}:{line}) differ {pair.how}.',
        f"{_proposal(other, keep, tree[other].count, tree[keep].count)} {_APART}",
    )


def _proposal(other: Entry, keep: Entry, less: int, more: int) -> str:
    """Return which of two names to keep: that with more articles, of two with as many whichever is right."""
    if more > less:
        why = "has more articles" if less else "has articles"
        return f'If they are one, keep "{keep[-1]}", which {why}: {_merging(other, keep)}'
    ways = ", or ".join(
        f'lwnindex topics merge {typed(go)} {typed(stay)} to keep "{stay[-1]}"'
        for go, stay in ((other, keep), (keep, other))
    )
    return f"If they are one, choose its name, for they have as many articles: {ways}."


def _misnamed(
    found: Iterable[tuple[Entry, _Other, str]], tree: Mapping[Entry, Topic], places: Places
) -> tuple[Problem, ...]:
    """Return a problem for each topic that is so much like another name of one that it is not related to."""
    return tuple(
        _misnaming(entry, one, how, places)
        for entry, one, how in sorted(found)
        if one.topic in tree
        and one.topic not in tree[entry].see_also
        and entry[: len(one.topic)] != one.topic[: len(entry)]
    )


def _misnaming(entry: Entry, one: _Other, how: str, places: Places) -> Problem:
    return problem(
        "near-duplicate",
        *places[entry],
        f'the topic "{written(entry)}" and "{written(one.name)}" ({one.place[0]}:{one.place[1]}), '
        f'another name of "{written(one.topic)}", differ {how}.',
        f"If they are one: {_merging(entry, one.topic)} {_APART}",
    )


def _merging(go: Entry, keep: Entry) -> str:
    """Return the two ways to make one topic of two."""
    return (
        f"lwnindex topics merge {typed(go)} {typed(keep)}, or aliases = [{quoted(go)}] of [{quoted(keep)}]."
    )


# Slips of the hand -------------------------------------------------------------------------------


def _mistyped(siblings: Iterable[Entry], said: Spoken) -> Iterator[tuple[Entry, Entry]]:
    """Yield each two names that differ by a slip, and are not alike."""
    from rapidfuzz.distance import OSA

    by_start: dict[tuple[str, ...], list[tuple[str, str, Entry]]] = defaultdict(list)
    for entry in siblings:
        key = plain_key(_bare(entry[-1]))
        by_start[key[:1], *_DIGITS.findall(entry[-1])].append((key, number_key(entry[-1]), entry))
    for found in by_start.values():
        for at, (key, number, one) in enumerate(found):
            near = (
                other
                for other_key, other_number, other in islice(found, at + 1, None)
                if number != other_number and OSA.distance(key, other_key, score_cutoff=2) <= 2
            )
            slips = (other for other in islice(near, _MOST_TRIED) if _is_slip(one[-1], other[-1], said))
            yield from ((one, other) for other in islice(slips, _MOST_TOLD))


def _is_slip(one: str, other: str, said: Spoken) -> bool:
    """Tell whether a name could be the other with slips in long words, which keep their first letters."""
    folded, other_folded = (_unaccented(names.folded(_bare(each))) for each in (one, other))
    words, others = map(WORDS.findall, (folded, other_folded))
    if len(words) != len(others) or plain_key(one) == plain_key(other):
        return False
    if words == others:
        return folded == other_folded
    differing = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    return bool(differing) and all(
        _is_british(*pair) or _is_slip_of_a_word(*pair) or _is_unheard_of(*pair, said) for pair in differing
    )


def _bare(name: str) -> str:
    """Return a name without marks in which names that mean two things do not differ."""
    return " ".join(_NO_SUBJECTS.sub("", composed(name)).split())


def _unaccented(text: str) -> str:
    return text if text.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFD", text))


def _is_british(one: str, other: str) -> bool:
    """Tell whether two words are one in British and in American spelling."""
    for british, american in _BRITISH:
        one, other = one.replace(british, american), other.replace(british, american)
    return one == other and len(one) >= _SHORTEST


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
    if len(lost) == 2 and lost == added[::-1] and (end or len(shorter) > _SHORTEST):
        return True
    ends = shorter[start:], longer[start:]
    if ends == ("", longer[start - 1]) or (ends == ("s", "es") and len(shorter) >= _LONG):
        return True
    if set(ends) <= _ENDINGS or (not end and len(shorter) < _LONG):
        return False
    if len(longer) >= _LONG:
        return OSA.distance(one, other) <= (2 if len(shorter) >= _LONGEST else 1)
    return _is_short_slip(shorter, lost, added, longer[start - 1])


def _is_short_slip(shorter: str, lost: str, added: str, before: str) -> bool:
    """Tell whether a short word differs by a letter in its place or more, which comes after another."""
    if len(added) == 1 and not lost:
        return added == before or (added in _VOWELS and len(shorter) > _SHORTEST + 1)
    return {lost, added} <= _VOWELS and len(shorter) > _SHORTEST


def _is_unheard_of(one: str, other: str, said: Spoken) -> bool:
    """Tell whether the archive has one of two words that differ in a letter and never speaks of the other."""
    from rapidfuzz.distance import OSA

    if min(len(one), len(other)) < _SHORTEST - 1 or not said.is_of_one(one, other):
        return False
    start, end = _shared(one, other)
    lost, added = one[start : len(one) - end], other[start : len(other) - end]
    if len(lost) == len(added) == 2:
        return lost == added[::-1]
    # Games and gamers have their endings from the letter before the one in which they differ.
    ends = ({one[place:], other[place:]} <= _ENDINGS for place in (start, start - 1))
    return bool(start and end) and not any(ends) and OSA.distance(one, other) <= 1


def _shared(one: str, other: str) -> tuple[int, int]:
    """Return how many letters two words share at their starts, and then at their ends."""
    most = min(len(one), len(other))
    start = next((place for place in range(most) if one[place] != other[place]), most)
    end = next((place for place in range(most - start) if one[-1 - place] != other[-1 - place]), most - start)
    return start, end
