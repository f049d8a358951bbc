"""A source whose articles are filed under other names of topics: its bytes rewritten, or why they cannot be.

What is found to be changed is changed and then read again by the same reader. Only where that finds the
entries that were wanted, and all else as it was, is it what comes back.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from lwnindex.lines import marked
from lwnindex.manuscripts import manuscripts
from lwnindex.model import Entry, Manuscript, Problem, Source
from lwnindex.readers import frontmatter, indexblock, lwn
from lwnindex.readers.entries import split_path
from lwnindex.readers.text import squeezed
from lwnindex.reading import Reading
from lwnindex.refiling import blocks, headers, tablerows
from lwnindex.refiling.exact import Edit, Exact, Inexact, applied, reader_text
from lwnindex.refiling.links import Pages
from lwnindex.refiling.place import Obstacle, Place
from lwnindex.refiling.renaming import Renaming
from lwnindex.settings import FEEDS, PAGES

_ABOUT_NAMES = frozenset({"split-by-list"})
"""Problems that tell a topic's name, which changes with it."""

_LEAVE = "Change it by hand, or leave it to the alias: --leave-to-alias."


class Rewritten(NamedTuple):
    """A source's new bytes, how many entries differ in it, and what stays as it is.

    `configured` are (setting, term or path) of entries that the configuration gives.
    """

    content: bytes
    changed: int = 0
    obstacles: tuple[Obstacle, ...] = ()
    configured: tuple[tuple[str, str], ...] = ()


class _Work(NamedTuple):
    source: Source
    content: bytes
    reading: Reading
    renaming: Renaming
    pages: Pages


def rewritten(
    source: Source, content: bytes, reading: Reading, renaming: Renaming, pages: Pages
) -> Rewritten:
    """Return a source with the entries that are concerned under their new names.

    Where something cannot be rewritten it is an obstacle, and all else is done as if it were to stay.
    """
    work = _Work(source, content, reading, renaming, pages)
    before = manuscripts(source, content, reading).manuscripts
    concerned = tuple(
        dict.fromkeys(entry for one in before for entry in one.entries if renaming.concerns(entry))
    )
    if not concerned:
        return Rewritten(content)
    configured = tuple(said for entry in concerned for said in _configured(entry, reading))
    exact = _exact(source, content, reading)
    places = _places(work, exact.text)
    stuck = {
        entry: why for entry in concerned if (why := _hindrance(entry, places, renaming, source, reading))
    }
    done, why = _verified(work, exact, before, places, frozenset(stuck))
    if done is None:
        # One by one, to tell which of them it is.
        for entry in concerned:
            others = frozenset(concerned) - {entry}
            alone = "" if entry in stuck else _verified(work, exact, before, places, others)[1]
            stuck.update({entry: alone} if alone else {})
        done, why = _verified(work, exact, before, places, frozenset(stuck))
    if done is None:
        stuck = {entry: stuck.get(entry, why) for entry in concerned}
        done = content
    count = sum(
        len([entry for entry in one.entries if entry in concerned and entry not in stuck]) for one in before
    )
    lines = {entry: line for one in before for entry, line in zip(one.entries, one.entry_lines, strict=True)}
    told = tuple(
        Obstacle(source.file, lines.get(entry, 1), f'"{"/".join(entry)}" stays: {why}.', _LEAVE)
        for entry, why in stuck.items()
        if not any(_configured(entry, reading))
    )
    return Rewritten(done, count, told, configured)


# Where entries stand -----------------------------------------------------------------------------


def _exact(source: Source, content: bytes, reading: Reading) -> Exact:
    """Return the bytes with the text that the source's reader has of them."""
    if not _is_saved(source, content, reading):
        return Exact(content)
    from lwnindex.readers import charset

    codec = charset.declared(content) or "utf-8"
    text, _ = charset.decoded(content, source.file)
    return next(
        (one for one in (Exact(content, codec), Exact(content, "cp1252")) if one.text == text), Exact(content)
    )


def _is_saved(source: Source, content: bytes, reading: Reading) -> bool:
    return _suffix(source) in PAGES and not frontmatter.is_headed(reader_text(content), reading)


def _suffix(source: Source) -> str:
    return posixpath.splitext(source.path)[1].lower()


def _places(work: _Work, text: str) -> list[Place]:
    """Return the entries that a source's own text names, in the order in which its articles have them."""
    source, content, reading, _, pages = work
    if _suffix(source) in FEEDS:
        return []
    if _is_saved(source, content, reading):
        return tablerows.of_page(text, reading, pages)
    if frontmatter.is_headed(text, reading):
        own = headers.places(text, reading)
        return own if _suffix(source) in PAGES else [*own, *_block(text, headers.below(text, reading), work)]
    if reading.preset == "lwn":
        lines, nags = lwn.without_nags(text, reading)
        block = indexblock.find(lines, source.file, reading, None if nags else text)
        return blocks.places(text, block.rows, reading, pages) if block else []
    return _block(text, 0, work)


def _block(text: str, below: int, work: _Work) -> list[Place]:
    """Return the entries of the index block of an authored text, which starts at `below`."""
    if work.reading.preset not in ("lwn", "plain"):
        return []
    lines = marked(text[below:], text.count("\n", 0, below) + 1)
    block = indexblock.find(lines, work.source.file, work.reading)
    return blocks.places(text, block.rows, work.reading, work.pages) if block else []


# What stands in the way --------------------------------------------------------------------------


def _configured(entry: Entry, reading: Reading) -> Iterator[tuple[str, str]]:
    """Yield what of the configuration gives an article an entry."""
    for path in reading.entries:
        if _levels(path, reading) == entry:
            yield "entries", path
    for term, path in reading.categories:
        if _levels(path, reading) == entry:
            yield "categories", term


def _levels(path: str, reading: Reading) -> Entry:
    return tuple(map(squeezed, split_path(path, reading.slash_names)))


def _hindrance(
    entry: Entry, places: Sequence[Place], renaming: Renaming, source: Source, reading: Reading
) -> str:
    """Return why an entry cannot get its new name where it is written; empty where it can."""
    settings = [name for name, _ in _configured(entry, reading)]
    if settings:
        return f"`{settings[0]}` of a table in [[sources]] gives it"
    own = [place for place in places if place.entry == entry]
    refused = [why for why in (place.change(renaming.of(entry)) for place in own) if isinstance(why, str)]
    if refused:
        return refused[0]
    if own:
        return ""
    return _whence(source, reading)


def _whence(source: Source, reading: Reading) -> str:
    """Return where an entry comes from that no place in its file's text names."""
    if _suffix(source) in FEEDS:
        return "it stands in a feed, which is the work of others"
    if _suffix(source) in PAGES:
        return "it stands in a page that somebody saved, and in no table of index entries there"
    if reading.preset == "pelican":
        return "the folder that the file is in says it"
    return "where it is written cannot be told"


# Changes, and whether they do what they should ---------------------------------------------------


def _verified(
    work: _Work, exact: Exact, before: Sequence[Manuscript], places: Sequence[Place], stuck: frozenset[Entry]
) -> tuple[bytes | None, str]:
    """Return the bytes with all changes but those of entries that stay; None, and why, where none serve."""
    wanted = [_wanted(one, work.renaming, stuck) for one in before]
    why = "its place cannot be told from others"
    for leave_out in (True, False):
        try:
            edits = list(_edits(places, work.renaming, stuck, leave_out=leave_out))
            content = exact.edited(edits)
        except Inexact as error:
            why = str(error)
            continue
        if reader_text(content, exact.codec) != applied(exact.text, edits) and not _is_changed_text(
            content, exact
        ):
            why = "its text cannot be told from its bytes"
            continue
        after = manuscripts(work.source, content, work.reading).manuscripts
        why = _difference(before, after, wanted)
        if not why:
            return content, ""
    return None, why


def _is_changed_text(content: bytes, exact: Exact) -> bool:
    """Tell whether the codec of the text is one that a byte order mark names, which the reader takes."""
    return exact.codec.startswith("utf-16") and content[:2] == exact.content[:2]


def _edits(
    places: Sequence[Place], renaming: Renaming, stuck: frozenset[Entry], *, leave_out: bool
) -> Iterator[Edit]:
    """Yield all changes; an entry that an article would then have twice is left out the second time."""
    held: dict[tuple[int, Entry], Entry] = {}
    fresh = {renaming.of(place.entry) for place in places if renaming.concerns(place.entry)}
    for place in places:
        old = place.entry
        new = old if old in stuck else renaming.of(old)
        first = held.setdefault((place.group, new), old)
        if leave_out and first != old and new in fresh and place.removal:
            yield from place.removal
        elif new != old:
            change = place.change(new)
            yield from () if isinstance(change, str) else change


def _wanted(one: Manuscript, renaming: Renaming, stuck: frozenset[Entry]) -> tuple[Entry, ...]:
    """Return the entries that an article is to have."""
    return tuple(dict.fromkeys(entry if entry in stuck else renaming.of(entry) for entry in one.entries))


def _difference(
    before: Sequence[Manuscript], after: Sequence[Manuscript], wanted: Sequence[tuple[Entry, ...]]
) -> str:
    """Return what else would be read, or would not be read; empty where all is as it should be."""
    if len(before) != len(after):
        return "the file would hold other articles"
    for one, other, entries in zip(before, after, wanted, strict=True):
        if other.entries != entries:
            return "there it would be read as another topic"
        for field in msgspec.structs.fields(Manuscript):
            name = field.name
            if name not in ("entries", "entry_lines", "lines") and _said(one, name) != _said(other, name):
                what = "old addresses" if name == "aliases" else name
                return f"its article would have other {what}, which are made of it"
    return ""


def _said(one: Manuscript, name: str) -> object:
    if name == "problems":
        return sorted(_told(each) for each in one.problems if each.code not in _ABOUT_NAMES)
    return getattr(one, name)


def _told(one: Problem) -> tuple[str, str, str]:
    return one.code, one.message, one.fix
