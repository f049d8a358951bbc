"""What is wrong with the thesaurus and the filing: what was met on the way to the catalog, and what it shows.

A finding is a warning where somebody should look, and a hint where most are as they should be.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, Literal, NamedTuple

from lwnindex import names
from lwnindex.model import Card, Catalog, Described, Entry, Problem, Topic
from lwnindex.namekeys import plain_key
from lwnindex.thesaurus import quoted, typed, written
from lwnindex.topiclists import articles

PROBLEMS = frozenset(
    {
        *("unknown-topic", "duplicate-topic", "topic-and-alias", "shared-alias", "alias-cycle"),
        *("parent-cycle", "related-itself", "related-ancestor", "undescribed-entry", "undescribed-topic"),
        *("near-duplicate", "undeclared-index", "bad-entry", "bad-topics", "split-by-list"),
    }
)
"""The problems of a build that are of topics and entries, wherever they stand."""

_CLASH = re.compile(r'the topic ".* would share ')
_QUOTED = re.compile(r'"([^"]*)"')
_SAYING_MORE = frozenset(("near-duplicate", "alias-cycle", "topic-and-alias"))
"""What is said of topics from which it is plain that they may have no articles."""

_PLACE = re.compile(r"(?:\(| at )([^()\"]+?):(\d+)\b")
_TELLING = 5
"""Letters that a name must have to be looked for elsewhere: `Core` says little."""


_FEW = 3
"""Places at which a name may stand: one of more is a heading such as `Conference sessions`."""

_STARTS = frozenset(
    ("anti", "co", "cross", "inter", "multi", "non", "per", "post", "pre", "re", "self", "semi", "sub")
)
"""Words that begin others, and are no subjects."""


class Place(NamedTuple):
    """A line of a file."""

    file: str
    line: int


class Finding(NamedTuple):
    """What is wrong, where (the second place is that of the other one of two), and how it may be mended."""

    code: str
    severity: Literal["error", "warning", "hint"]
    places: tuple[Place, ...]
    message: str
    fix: str


def lint(
    catalog: Catalog, problems: Iterable[Problem], files: Collection[str], *, hints: bool = False
) -> tuple[Finding, ...]:
    """Return all findings by their places; `files` are those of topics, every problem of which is one.

    `problems` are those of the way to the catalog, and those of whoever compared its topics.
    """
    places = _places(catalog)
    known = {*files, *(card.file for card in _cards(catalog))}
    own = _of_topics(problems, files)
    found = [
        *(_told(one, known) for one in own),
        *_empty(catalog, {name for one in own if one.code in _SAYING_MORE for name in _pair(one)}),
        *_parted(catalog, places),
        *_needless(catalog),
    ]
    if hints:
        found += [*_lonely(catalog, places), *_twice(catalog), *_elsewhere(catalog, places), *_thin(catalog)]
    return tuple(sorted(set(found), key=lambda one: (one.places, one.code, one.message)))


def _of_topics(problems: Iterable[Problem], files: Collection[str]) -> list[Problem]:
    """Return the problems of topics; of two that may be one it is not told that addresses clash, too."""
    found = [
        one for one in problems if one.code in PROBLEMS or one.file in files or _CLASH.match(one.message)
    ]
    alike = {_pair(one) for one in found if one.code == "near-duplicate"}
    return [one for one in found if one.code != "address-clash" or _pair(one) not in alike]


def _pair(one: Problem) -> frozenset[str]:
    """Return the two topics that a sentence is about."""
    return frozenset(name.replace(" / ", "/") for name in _QUOTED.findall(one.message)[:2])


def _told(one: Problem, known: Collection[str]) -> Finding:
    """Return a problem as a finding; the other place is the one in a known file that its sentence names."""
    named = (Place(other[1], int(other[2])) for other in _PLACE.finditer(one.message))
    other = next((place for place in named if place.file in known), None)
    places = (Place(one.file, one.line), *((other,) if other else ()))
    return Finding(one.code, one.severity, places, one.message, one.fix)


def _places(catalog: Catalog) -> dict[Entry, Place]:
    """Return where each topic, or one below it, is met first: in the files of articles, else of topics."""
    filed = (
        (entry, Place(card.file, _line(card, number)))
        for card in sorted(_cards(catalog), key=lambda one: one.file)
        for number, entry in enumerate(card.entries)
    )
    said = ((entry, Place(one.file, one.line)) for entry, one in catalog.described.items())
    found: dict[Entry, Place] = {}
    for entry, place in (*filed, *said):
        for depth in range(2, len(entry) + 1):
            found.setdefault(entry[:depth], place)
    return found


def _cards(catalog: Catalog) -> Iterator[Card]:
    return map(catalog.cards.__getitem__, catalog.order)


def _line(card: Card, number: int) -> int:
    return card.entry_lines[number] if number < len(card.entry_lines) else 0


# Warnings ----------------------------------------------------------------------------------------


def _empty(catalog: Catalog, told: Collection[str]) -> Iterator[Finding]:
    """Yield the topics that are described and have no article, nor has any below; not those `told` of."""
    for entry, said in catalog.described.items():
        topic = catalog.topics.get(entry)
        if topic is not None and not topic.count and written(entry) not in told:
            yield Finding(
                "empty-topic",
                "warning",
                (Place(said.file, said.line),),
                f'the topic "{written(entry)}" is described, and no article is filed under it or below it.',
                "File one, make it an alias of another topic, or remove its table.",
            )


def _parted(catalog: Catalog, places: Mapping[Entry, Place]) -> Iterator[Finding]:
    """Yield the topics that are alone below another, and seem to have one name with it, with a hyphen."""
    whole_of: dict[tuple[Entry, str], Entry] = {}
    for entry in catalog.topics:
        whole_of.setdefault((entry[:-1], plain_key(entry[-1])), entry)
    for child in _only(catalog):
        joined = (*child[:-2], "-".join(child[-2:]))
        whole = whole_of.get((joined[:-1], plain_key(joined[-1])))
        if whole or _is_parted(*child[-2:]):
            yield _one_name_parted(
                child, whole or joined, (places[child], *((places[whole],) if whole else ()))
            )


def _one_name_parted(child: Entry, whole: Entry, found: tuple[Place, ...]) -> Finding:
    verb, beside = "rename", ""
    if len(found) > 1:
        verb, beside = "merge", f'; there is "{written(whole)}", too'
    return Finding(
        "parted-name",
        "warning",
        found,
        f'the topic "{written(child)}" is alone below "{child[-2]}", which may be the start of it{beside}.',
        f"If they are one name: lwnindex topics {verb} {typed(child)} {typed(whole)}.",
    )


def _only(catalog: Catalog) -> Iterator[Entry]:
    """Yield the topics that are all that the one above them holds, and of that nothing is said."""
    for entry, topic in catalog.topics.items():
        if not (topic.own or topic.adopted or entry in catalog.described) and len(topic.children) == 1:
            yield topic.children[0]


def _is_parted(first: str, second: str) -> bool:
    """Tell whether two levels are such as `D` and `Bus`, `Per` and `CPU`, `Red` and `black trees`."""
    is_start = len(first) == 1 or first.lower() in _STARTS
    return is_start or (" " not in first and second[:1].islower() and " " in second)


def _needless(catalog: Catalog) -> Iterator[Finding]:
    """Yield the further parents that topics have anyway, by their own place."""
    topic_of = {one.entry: one.topic for one in catalog.sees}
    for entry, said in catalog.described.items():
        for one in said.parents:
            parent = topic_of.get(one.entry, one.entry)
            if parent != entry and entry[: len(parent)] == parent and (len(parent) > 1 or len(entry) == 2):
                yield Finding(
                    "needless-parent",
                    "warning",
                    (Place(said.file, one.line),),
                    f'"{written(entry)}" stands below "{written(parent)}" anyway.',
                    "Take it out of the `parents`.",
                )


# Hints -------------------------------------------------------------------------------------------


def _lonely(catalog: Catalog, places: Mapping[Entry, Place]) -> Iterator[Finding]:
    """Yield the topics that hold nothing but one sub-topic."""
    for child in _only(catalog):
        if not _is_parted(*child[-2:]):
            yield Finding(
                "lone-sub-topic",
                "hint",
                (places[child],),
                f'the topic "{written(child[:-1])}" holds nothing but its one sub-topic "{child[-1]}".',
                "If it is no subject of its own: "
                f"lwnindex topics rename {typed(child)} {typed((*child[:-2], child[-1]))}.",
            )


def _twice(catalog: Catalog) -> Iterator[Finding]:
    """Yield the articles that are filed under a topic and under one above it."""
    for card in _cards(catalog):
        lines = {entry: _line(card, number) for number, entry in enumerate(card.entries)}
        for entry, line in lines.items():
            above = next((entry[:depth] for depth in range(2, len(entry)) if entry[:depth] in lines), None)
            if above:
                yield Finding(
                    "filed-above",
                    "hint",
                    (Place(card.file, lines[above]), Place(card.file, line)),
                    f'the article is filed under "{written(entry)}", and under "{written(above)}" above it.',
                    f'The upper entry may go: "{written(above)}" counts the article anyway.',
                )


def _elsewhere(catalog: Catalog, places: Mapping[Entry, Place]) -> Iterator[Finding]:
    """Yield each two topics of an index that have one name, and that nothing relates to each other."""
    inside = articles(catalog)
    for alike in _by_name(catalog.topics).values():
        for one, other in combinations(alike if len(alike) <= _FEW else (), 2):
            if one[:-1] != other[:-1] and not _are_related(catalog.topics, one, other):
                go, keep = sorted((one, other), key=lambda each: (len(inside[each]), each))
                both = len(inside[go] & inside[keep]), len(inside[go])
                yield _one_name(go, keep, both, (places[go], places[keep]))


def _by_name(topics: Mapping[Entry, Topic]) -> dict[tuple[str, str], list[Entry]]:
    found: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in topics:
        if len(entry[-1]) >= _TELLING:
            found[entry[0], names.folded(entry[-1])].append(entry)
    return found


def _are_related(topics: Mapping[Entry, Topic], one: Entry, other: Entry) -> bool:
    first, second = topics[one], topics[other]
    related = (*first.see_also, *second.see_also, *first.parents, *second.parents)
    return one in related or other in related or one[:-1] in second.parents or other[:-1] in first.parents


def _one_name(go: Entry, keep: Entry, both: tuple[int, int], places: tuple[Place, ...]) -> Finding:
    one, other = written(go), written(keep)
    return Finding(
        "same-name",
        "hint",
        places,
        f'the topics "{one}" and "{other}" have one name; the second has {both[0]} of the {both[1]} articles '
        "of the first.",
        f"If they are one: lwnindex topics merge {typed(go)} {typed(keep)}, and "
        f"parents = [{quoted(go[:-1])}] of [{quoted(keep)}]. Else name one in the `see_also` of the other.",
    )


def _thin(catalog: Catalog) -> Iterator[Finding]:
    """Yield each two related siblings that have one article in all, or the same one each."""
    for entry, said in catalog.described.items():
        for other in _siblings(entry, said):
            both = [catalog.topics[each] for each in (entry, other) if each in catalog.topics]
            if (
                len(both) == 2
                and len({*both[0].own, *both[1].own}) == 1
                and not any(topic.children for topic in both)
            ):
                yield _too_thin(entry, said, other)


def _siblings(entry: Entry, said: Described) -> Sequence[Entry]:
    return [one.entry for one in said.see_also if one.entry[:-1] == entry[:-1] and one.entry != entry]


def _too_thin(entry: Entry, said: Described, other: Entry) -> Finding:
    line = next(one.line for one in said.see_also if one.entry == other)
    return Finding(
        "thin-topics",
        "hint",
        (Place(said.file, said.line), Place(said.file, line)),
        f'the related topics "{written(entry)}" and "{written(other)}" have one article between them.',
        f"One topic with an alias may do: lwnindex topics merge {typed(other)} {typed(entry)}.",
    )


# Told --------------------------------------------------------------------------------------------


def finding_lines(found: Iterable[Finding]) -> Iterator[str]:
    """Yield each finding for people: how grave, where, what, how it may be mended, where the other one is."""
    for one in found:
        place, *others = one.places
        told = f"{one.severity}: {_shown(place)}: {one.code}: {one.message} {one.fix}"
        unsaid = [_shown(each) for each in others if _shown(each) not in one.message]
        yield told + (f" (The other: {', '.join(unsaid)})" if unsaid else "")


def _shown(place: Place) -> str:
    return f"{place.file}:{place.line}" if place.line else place.file


def finding_object(one: Finding) -> dict[str, Any]:
    """Return a finding for JSON."""
    return one._asdict() | {"places": [place._asdict() for place in one.places]}


def summary(found: Sequence[Finding]) -> str:
    """Return the one line that a lint ends with."""
    counts = {name: sum(one.severity == name for one in found) for name in ("error", "warning", "hint")}
    said = [f"{count:,} {name}{'s' if count != 1 else ''}" for name, count in counts.items() if count]
    return ", ".join(said) or "nothing to mend"
