"""Index entries as they are written: where a slash parts two levels, and where it belongs to a name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple
from urllib.parse import unquote

from lwnindex import names
from lwnindex.model import Entry, Problem
from lwnindex.presets import PRESETS
from lwnindex.problems import problem
from lwnindex.readers.text import sound, squeezed
from lwnindex.reading import Reading

_MOST_SLASHES = 8
_LONGEST_KEPT = 1_000
"""The characters of an entry that is remembered; longer ones would fill the memory."""

DEEPEST = 12
"""How many levels an entry may have; each is a folder in the path of its topic's page."""


class Filed(NamedTuple):
    """The entries of one article, with the line of each, and what is wrong with others."""

    entries: tuple[Entry, ...] = ()
    lines: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()


def filed(found: Sequence[tuple[Sequence[str], int]], file: str, *, telling: int = 0) -> Filed:
    """Return the entries of (levels, line) that can be used, without repeats, and a problem for the rest.

    Of the first so many, as `telling` says, repeats are told: tags may mean one topic, what names it may not.
    """
    first: dict[Entry, int] = {}
    problems = []
    for number, (levels, line) in enumerate(found):
        clean = _sound if sum(map(len, levels)) <= _LONGEST_KEPT else _sound.__wrapped__
        entry = clean(tuple(levels))
        if entry in first and number < telling:
            problems.append(_repeated(entry, file, line, first[entry]))
        if len(entry) < 2 or len(entry) > DEEPEST or not all(entry):
            problems.append(_bad_entry(entry, file, line))
        else:
            first.setdefault(entry, line)
    return Filed(tuple(first), tuple(first.values()), tuple(problems))


@lru_cache(maxsize=4096)
def _sound(levels: tuple[str, ...]) -> Entry:
    """Return the levels as pages show them; one of what nobody sees is empty."""
    return tuple(map(sound, levels))


def _repeated(entry: Entry, file: str, line: int, at: int) -> Problem:
    where = f"in line {at}" if at != line else "in this line"
    message = f'the entry "{"/".join(entry)[:80]}" stands {where} already; it is used once.'
    return problem("bad-entry", file, line, message, "Take it out, or name the topic that was meant.")


def _bad_entry(entry: Entry, file: str, line: int) -> Problem:
    shown = "/".join(entry)[:80]
    what = f'"{shown}" has an empty level' if len(entry) > 1 else f'"{shown}" names no topic'
    if len(entry) > DEEPEST:
        what = f'"{shown}" has {len(entry)} levels, more than {DEEPEST}'
    fix = "Write the index and the topic, as in Kernel/Filesystems/Ceph."
    return problem("bad-entry", file, line, f"the entry {what}; it is not used.", fix)


def split_path(text: str, slash_names: Collection[str]) -> tuple[str, ...]:
    """Return the levels of `Kernel/Block layer/I/O scheduling`: a slash inside one of `slash_names` stays."""
    kept = {
        found.start() + at
        for found in _names(tuple(slash_names)).finditer(text)
        for at, character in enumerate(found[0])
        if character == "/"
    }
    if not kept:
        return tuple(text.split("/"))
    return _cut(text, [at for at, character in enumerate(text) if character == "/" and at not in kept])


@lru_cache(maxsize=8)
def _names(slash_names: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern of the names, the longest first, as words of their own."""
    ordered = sorted((name for name in slash_names if "/" in name), key=len, reverse=True)
    if not ordered:
        return re.compile(r"(?!)")
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, ordered))})(?![^\W_])")


def _cut(text: str, slashes: Sequence[int]) -> tuple[str, ...]:
    starts = [0, *(at + 1 for at in slashes)]
    return tuple(text[start:end] for start, end in zip(starts, [*slashes, len(text)], strict=True))


def split_topic(topic: str, fragment: str, slash_names: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    """Return the levels of a topic of an index block, and whether the list of names decided them.

    Where the row links to the index, the split is that whose anchor is the link's fragment.
    """
    if "/" not in topic:
        return (topic,), False
    wanted = unquote(fragment)
    if wanted:
        linked = next((levels for levels in _splits(topic) if names.anchor(levels) == wanted), None)
        if linked:
            return linked, False
    levels = split_path(topic, slash_names)
    return levels, len(levels) <= topic.count("/")


def _splits(topic: str) -> Iterator[tuple[str, ...]]:
    """Yield every way to split at some of the slashes; none where that would be too many ways."""
    slashes = [at for at, character in enumerate(topic) if character == "/"]
    if len(slashes) > _MOST_SLASHES:
        return
    for number in range(len(slashes) + 1):
        for chosen in combinations(slashes, number):
            levels = tuple(level.strip() for level in _cut(topic, chosen))
            if all(level.strip("/") == level != "" for level in levels):
                yield levels


def terms(found: Sequence[tuple[str, str, int]], reading: Reading) -> list[tuple[tuple[str, ...], int]]:
    """Return (levels, line) of each (`tags` or `categories`, term, line), and the entries that all have.

    A term has the entry that the configuration gives it, else it is a topic of its field's index. A slash
    parts the levels of a category where the archive writes it so, those of a tag never. Terms without an
    index are none.
    """
    mapped = _mapped(reading.categories)
    levels = PRESETS[reading.preset].levels
    indexes = dict(reading.index)
    out = []
    for field, term, line in found:
        path = mapped.get(squeezed(term).casefold())
        index = indexes.get(field, "")
        if path:
            out.append((split_path(path, reading.slash_names), line))
        elif index and term.strip():
            topic = split_path(term, reading.slash_names) if levels and field == "categories" else (term,)
            out.append(((*split_path(index, reading.slash_names), *topic), line))
    return [*out, *((split_path(path, reading.slash_names), 1) for path in reading.entries)]


def with_common(found: Filed, file: str, reading: Reading) -> Filed:
    """Return the entries of an article with those that all articles of its source have."""
    common = filed(terms((), reading), file)
    more = [entry for entry in common.entries if entry not in found.entries]
    return Filed(
        (*found.entries, *more), (*found.lines, *(1 for _ in more)), (*found.problems, *common.problems)
    )


@lru_cache(maxsize=8)
def _mapped(categories: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    return {squeezed(term).casefold(): path for term, path in categories}
