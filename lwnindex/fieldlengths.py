"""The fields of an article in lengths that a page, a list and a feed can show.

A manuscript comes in and goes out, its fields cut where they are longer or more than anybody means, each time
with a problem. Those of real archives are shorter by far.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, takewhile

import msgspec

from lwnindex.model import Entry, Manuscript, Problem
from lwnindex.problems import problem

TITLE = 1_000
SUMMARY = 10_000
NAME = 300
ADDRESS = 2_000
LEVELS = 1_000
NAMES = 10_000
"""How many levels all entries of an article may have, and how many characters those, or all its authors.

Each level may be a topic of its own, with pages and feeds that show every name: what these cost is the
product. In 2,000 real articles 44 entries of 132 levels and three authors are the most.
"""
_MOST = {"authors": 200, "entries": 200, "aliases": 200, "badges": 50}
_DEEPEST = 20
_FIX = "Shorten it; until then it is cut."


def bounded(found: Manuscript, file: str) -> Manuscript:
    """Return a manuscript whose fields are no longer than these lengths, with what was cut as problems."""
    kept = _short_entries(found)
    cut = msgspec.structs.replace(
        found,
        id=found.id[:NAME],
        title=_cut(found.title, TITLE),
        summary=_cut(found.summary, SUMMARY),
        slug=found.slug[:NAME] if found.slug else found.slug,
        lang=found.lang[:NAME] if found.lang else found.lang,
        original=found.original if found.original and len(found.original) <= ADDRESS else None,
        authors=_short_authors(found.authors),
        aliases=tuple(one for one in found.aliases[: _MOST["aliases"]] if len(one) <= ADDRESS),
        badges=found.badges[: _MOST["badges"]],
        entries=tuple(found.entries[at] for at in kept),
        entry_lines=_of_kept(found.entry_lines, kept),
    )
    if cut == found:
        return found
    return msgspec.structs.replace(cut, problems=(*found.problems, *_told(found, cut, file)))


def _cut(text: str, most: int) -> str:
    """Return a text that is no longer than so many characters, cut at a word."""
    if len(text) <= most:
        return text
    start = text[: most - 1]
    return (start.rpartition(" ")[0] or start).rstrip() + "…"


def _short_authors(authors: Sequence[str]) -> tuple[str, ...]:
    """Return the authors that all pages of an article can show."""
    short = [_cut(one, NAME) for one in authors[: _MOST["authors"]]]
    return tuple(short[: _fitting(map(len, short), NAMES)])


def _short_entries(found: Manuscript) -> list[int]:
    """Return the places of the entries that are kept: one that is cut would be another topic."""
    places = [at for at, entry in enumerate(found.entries) if _is_short(entry)][: _MOST["entries"]]
    entries = [found.entries[at] for at in places]
    return places[: min(_fitting(map(len, entries), LEVELS), _fitting(map(_length, entries), NAMES))]


def _length(entry: Entry) -> int:
    return sum(map(len, entry))


def _fitting(sizes: Iterable[int], most: int) -> int:
    """Return how many of the first are no larger together than they may be."""
    return sum(1 for _ in takewhile(lambda total: total <= most, accumulate(sizes)))


def _is_short(entry: Entry) -> bool:
    return len(entry) <= _DEEPEST and all(len(level) <= NAME for level in entry)


def _of_kept(lines: Sequence[int], kept: Sequence[int]) -> tuple[int, ...]:
    """Return the lines of the entries that are kept, where they are told."""
    return tuple(lines[at] for at in kept) if len(lines) > (kept[-1] if kept else -1) else tuple(lines)


def _told(found: Manuscript, cut: Manuscript, file: str) -> Iterator[Problem]:
    """Yield what was cut, by the names of the fields."""
    for name in ("id", "title", "summary", "slug", "lang", "original", *_MOST):
        if getattr(found, name) != getattr(cut, name):
            message = f'the field "{name}" is longer than any page can show.'
            yield problem("long-field", file, 1, message, _FIX)
