"""What files of topics say, made consistent: which topics are described, and which names stand for others.

What topics are described as comes in. Every alias that goes out leads, over however many others, to a topic
that is described; what could not be so is left out and is a Problem. The order they come in does not count.
"""

from __future__ import annotations

import re
import shlex
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from msgspec.structs import replace

from lwnindex import names
from lwnindex.model import Described, Entry, Mention, Problem
from lwnindex.problems import problem
from lwnindex.readers import tomlscan

_EXPANDED = re.compile(r'["\\$`!]')

_MUCH = 75
"""How much of two names, in percent, has to be the same for one to be meant by the other."""


class Alias(NamedTuple):
    """Another name of `topic`: one of those of `of`, to which it leads over the names of `way`."""

    topic: Entry
    way: tuple[Entry, ...]
    of: Described
    mention: Mention

    @property
    def printed(self) -> bool:
        """Whether the index has a reference from this name to the topic."""
        return self.mention.entry not in self.of.hidden


class Thesaurus(NamedTuple):
    """The topics that are described, by their own names, and all aliases by theirs."""

    described: Mapping[Entry, Described] = MappingProxyType({})
    aliases: Mapping[Entry, Alias] = MappingProxyType({})
    problems: tuple[Problem, ...] = ()

    def topic(self, entry: Entry) -> Entry:
        """Return what an entry stands for: itself, unless it is an alias, or stands below one."""
        while True:
            alias = longest(entry, self.aliases)
            if alias is None:
                return entry
            # The next step, not the last: with the levels below, another alias may fit better there.
            entry = self.aliases[alias].way[0] + entry[len(alias) :]

    @property
    def sorts(self) -> dict[Entry, str]:
        """What topics are sorted by instead of by their names."""
        return {entry: one.sort for entry, one in self.described.items() if one.sort}

    @property
    def folders(self) -> dict[Entry, str]:
        """Where the pages of topics stand instead of where their names say."""
        return {entry: one.folder for entry, one in self.described.items() if one.folder}

    @property
    def said(self) -> list[tuple[Entry, str, int]]:
        """Each topic, alias and parent that is named, with file and line, in their order."""
        found = [(entry, one.file, one.line) for entry, one in self.described.items()]
        found += [(name, one.of.file, one.mention.line) for name, one in self.aliases.items()]
        found += [
            (each.entry, one.file, each.line) for one in self.described.values() for each in one.parents
        ]
        return sorted(found, key=lambda one: (one[1], one[2], one[0]))


Rules = Mapping[Entry, tuple[Described, Mention]]
"""The topic whose alias a name is, and where that is said."""


def thesaurus(described: Iterable[Described]) -> Thesaurus:
    """Return what the files of topics say together; of two that say the same of a topic the first counts."""
    in_order = sorted(described, key=lambda one: (one.file, one.line, one.entry))
    if not in_order:
        return Thesaurus()
    problems: list[Problem] = []
    topics = _topics(in_order, problems)
    rules = _claims(topics, problems)
    rules = _without_circles(rules, problems)
    rules = _without_topics(rules, topics, problems)
    aliases = {name: Alias(*_followed(name, rules)[1:], *rules[name]) for name in sorted(rules)}
    draft = Thesaurus(aliases=aliases)
    found: dict[Entry, Described] = {}
    for one in topics.values():
        own = draft.topic(one.entry)
        first = found.setdefault(own, one if own == one.entry else replace(one, entry=own))
        if first.file != one.file or first.line != one.line:
            problems.append(_twice(one, first))
    return Thesaurus(found, aliases, tuple(problems))


def longest(entry: Entry, aliases: Mapping[Entry, object]) -> Entry | None:
    """Return the longest alias that an entry is, or stands below; None where there is none."""
    for depth in range(len(entry), 1, -1):
        if entry[:depth] in aliases:
            return entry[:depth]
    return None


def _topics(in_order: Iterable[Described], problems: list[Problem]) -> dict[Entry, Described]:
    """Return what is said of each topic first."""
    found: dict[Entry, Described] = {}
    for one in in_order:
        if len(one.entry) < 2:
            problems.append(_no_topic(one, Mention(entry=one.entry, line=one.line)))
        elif found.setdefault(one.entry, one) is not one:
            problems.append(_twice(one, found[one.entry]))
    return found


def _claims(topics: Mapping[Entry, Described], problems: list[Problem]) -> Rules:
    """Return the aliases, each of the topic that claims it first."""
    found: dict[Entry, tuple[Described, Mention]] = {}
    for one in topics.values():
        for mention in one.aliases:
            if len(mention.entry) < 2:
                problems.append(_no_topic(one, mention))
                continue
            first, at = found.setdefault(mention.entry, (one, mention))
            if first is not one:
                problems.append(_claimed(one, mention, first, at))
    return found


def _without_circles(rules: Rules, problems: list[Problem]) -> Rules:
    """Return the aliases without those that lead in a circle, also by what comes to stand below them."""
    while True:
        circles = {frozenset(found): found for name in rules if (found := _followed(name, rules)[0])}
        if not circles:
            return rules
        astray = {name: found for found in circles.values() for name in found}
        problems.extend(_circle(name, astray[name], *rules[name]) for name in sorted(astray))
        rules = {name: rule for name, rule in rules.items() if name not in astray}


def _followed(name: Entry, rules: Rules) -> tuple[tuple[Entry, ...], Entry, tuple[Entry, ...]]:
    """Return the circle that an alias leads into, if any, what it leads to, and all names on the way there.

    A rule that comes to be used twice is taken for a circle: each round could be followed by another.
    """
    used: list[Entry] = []
    way: list[Entry] = []
    entry = name
    while (rule := longest(entry, rules)) is not None:
        if rule in used:
            return tuple(used[used.index(rule) :]), entry, tuple(way)
        used.append(rule)
        entry = rules[rule][0].entry + entry[len(rule) :]
        way.append(entry)
    return (), entry, tuple(way)


def _without_topics(rules: Rules, topics: Mapping[Entry, Described], problems: list[Problem]) -> Rules:
    """Return the aliases that are no topics of their own."""
    problems.extend(_topic_too(topics[name], *rules[name]) for name in sorted(rules) if name in topics)
    return {name: rule for name, rule in rules.items() if name not in topics}


# Names for people --------------------------------------------------------------------------------


def written(entry: Entry) -> str:
    """Return an entry as files of topics have it: `Kernel/Filesystems/Ceph`."""
    return "/".join(entry)


def quoted(entry: Entry) -> str:
    """Return an entry as a text of TOML."""
    return tomlscan.quoted(written(entry))


def typed(entry: Entry) -> str:
    """Return an entry as an argument in a shell."""
    plain = written(entry)
    return shlex.quote(plain) if _EXPANDED.search(plain) else f'"{plain}"'


class Known:
    """Names that a mistaken one may mean."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_last: dict[str, list[Entry]] = defaultdict(list)
        self._by_index: dict[str, list[str]] = defaultdict(list)
        for entry in sorted(entries):
            self._by_last[names.folded(entry[-1])].append(entry)
            self._by_index[entry[0]].append(written(entry[1:]))

    def meant(self, entry: Entry) -> str:
        """Return the name that is most like one, which is none itself; empty where none is like it."""
        alike = self._by_last.get(names.folded(entry[-1]))
        if alike:
            return written(min(alike, key=lambda one: (one[0] != entry[0], one)))
        # Of the index alone, which they share, short names would be much alike.
        close = _closest(written(entry[1:]), self._by_index.get(entry[0], ()))
        return f"{entry[0]}/{close}" if close else ""


def _closest(name: str, known: Sequence[str]) -> str:
    """Return the name that is most like another; empty where none is much like it.

    There may be a thousand mistakes among a thousand names: that would take difflib half a minute.
    """
    from rapidfuzz import fuzz, process

    found = process.extract(name, known, scorer=fuzz.ratio, score_cutoff=_MUCH)
    return next((one for one, _, _ in found if not name.startswith(f"{one}/")), "")


def _place(one: Described, line: int) -> str:
    return f"{one.file}:{line}" if line else one.file


def _no_topic(one: Described, mention: Mention) -> Problem:
    return problem(
        "bad-entry",
        one.file,
        mention.line,
        f'"{written(mention.entry)}" names no topic.',
        'Name the index and the topic in it, as in "Kernel/Filesystems".',
    )


def _twice(one: Described, first: Described) -> Problem:
    own = f'the topic "{written(first.entry)}"'
    if one.entry != first.entry:
        own = f'"{written(one.entry)}" stands for {own}, which'
    return problem(
        "duplicate-topic",
        one.file,
        one.line,
        f"{own} is described at {_place(first, first.line)} already; what stands here is not used.",
        "Make one table of the two.",
    )


def _claimed(one: Described, mention: Mention, first: Described, at: Mention) -> Problem:
    return problem(
        "shared-alias",
        one.file,
        mention.line,
        f'"{written(mention.entry)}" is an alias of "{written(one.entry)}" here, but of '
        f'"{written(first.entry)}" at {_place(first, at.line)}, which it stays.',
        "Take it out of one of the two.",
    )


def _circle(name: Entry, circle: tuple[Entry, ...], of: Described, mention: Mention) -> Problem:
    if name == of.entry:
        told = f'the topic "{written(name)}" is an alias of itself; the alias is not used.'
    elif len(circle) == 1:
        told = (
            f'"{written(name)}" is an alias of "{written(of.entry)}", which stands below it; it is not used.'
        )
    else:
        others = " and ".join(f'"{written(one)}"' for one in circle if one != name)
        told = f'the alias "{written(name)}" leads to itself, by way of {others}; it is not used.'
    one_name = "Choose one name for the topic; of the tables keep that, with the other names as its aliases."
    fix = "Take it out of its own `aliases`." if name == of.entry else one_name
    return problem("alias-cycle", of.file, mention.line, told, fix)


def _topic_too(topic: Described, of: Described, mention: Mention) -> Problem:
    return problem(
        "topic-and-alias",
        of.file,
        mention.line,
        f'"{written(mention.entry)}" is described as a topic at {_place(topic, topic.line)}, but is an alias '
        f'of "{written(of.entry)}" here; it stays a topic.',
        "Take out the alias, or the table of the topic.",
    )
