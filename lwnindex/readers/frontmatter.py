"""An authored article, Markdown below a header, becomes a manuscript; so does a text of another archive.

What the header gives wrongly is a problem with its line, and all the rest is used. What a header does not
say the place of the file may. A text of our own may end in an index block of LWN's, whose entries join those
of the header.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, get_args

from lwnindex.lines import Line, marked
from lwnindex.model import Dialect, Manuscript, Problem
from lwnindex.presets import PRESETS
from lwnindex.problems import problem
from lwnindex.readers import addresses, indexblock, players
from lwnindex.readers.bounds import Bounds, bounds
from lwnindex.readers.dates import date_of_path
from lwnindex.readers.entries import Filed, filed, split_path, terms
from lwnindex.readers.filing import dropped, found_terms
from lwnindex.readers.header import Values, is_switch, read_header
from lwnindex.readers.headings import drop_title, take_title
from lwnindex.readers.nodes import Node
from lwnindex.readers.places import NO_TAG, Place, is_tag, language, place_of, without_language
from lwnindex.readers.text import trimmed
from lwnindex.reading import Reading
from lwnindex.repairs import mended

_KEPT_BACK = frozenset({"draft", "hidden", "private", "skip"})
"""What Pelican and Nikola say of an article that is on no list."""

_DIALECTS: tuple[Dialect, ...] = get_args(Dialect)


class _Parted(NamedTuple):
    """A text: the bounds of its header, the header, and the lines below it."""

    bounds: Bounds | None
    header: str
    below: Sequence[Line]


class _Native(NamedTuple):
    """Lines without what another generator's templates left in them, what that was, and what is lost."""

    lines: Sequence[Line]
    counts: Mapping[str, int] = MappingProxyType({})
    problems: Sequence[Problem] = ()


class _Dated(NamedTuple):
    date: str | None
    updated: str | None
    expires: str | None


def is_headed(text: str, reading: Reading) -> bool:
    """Return whether a text starts with a header, be it one that nothing closes."""
    return bounds(text, reading) is not None


def read(text: str, file: str, reading: Reading, place: str = "") -> Manuscript:
    """Return what a text holds, each field as far as the text itself, or where it stands, names it.

    `place` is the path of the file below the folder of its archive. Without it no folder is a category.
    """
    parted = _parted(text, reading)
    values = _values(parted, file, reading)
    where = place_of(place or file, reading.preset)
    where = where if place else where.alone()
    markup = _markup(values, reading)
    entries = _entries(values, where, file, reading)
    block = indexblock.find(parted.below, file, reading) if _is_own(reading) and markup != "html" else None
    title, body = _titled(values.word("title"), block.above if block else parted.below, markup, reading)
    native = _native(body, file, place, reading) if markup != "html" else _Native(body)
    shown, played = players.linked(native.lines) if markup != "html" else (native.lines, 0)
    lines, repairs = mended(trimmed(shown)) if markup == "python" else (trimmed(shown), ())
    counts = Counter({"index-block": int(block is not None), **dict(repairs), **native.counts})
    counts["player"] += played
    counts.update(block.trail.counts if block else {})
    both = _joined(entries, block.filed) if block else entries
    dates = _dates(values, where)
    lang = _lang(values, where, reading)
    told = "permalink" in values or "aliases" in values or not PRESETS[reading.preset].exact
    return Manuscript(
        text="\n".join(line.text for line in lines),
        markup=markup,
        lines=tuple(line.number for line in lines),
        id=_id(values, where, lang, reading) or (block.trail.id if block else ""),
        title=title,
        date=dates.date,
        updated=dates.updated,
        authors=values.words("authors") if PRESETS[reading.preset].exact else values.people("authors"),
        lang=lang or None,
        slug=values.word("slug") or None,
        summary=values.word("summary"),
        nav=values.number("nav"),
        draft=_is_draft(values, where, reading),
        expires=dates.expires,
        original=addresses.original(values, where, reading),
        aliases=addresses.paths(values, where, dates.date, _category_names(values, where), reading)
        if told
        else (),
        entries=both.entries,
        entry_lines=both.lines,
        problems=(*values.problems, *both.problems, *native.problems),
        counts=tuple(sorted((+counts).items())),
    )


def _parted(text: str, reading: Reading) -> _Parted:
    found = bounds(text, reading)
    if found is None:
        return _Parted(None, "", marked(text))
    rows = text.split("\n", found.below)
    header = "\n".join(rows[found.start : found.end])
    if found.kind == "dotted":
        header = header.replace("-->", "")
    return _Parted(found, header, marked(rows[-1] if len(rows) > found.below else "", found.below + 1))


def _values(parted: _Parted, file: str, reading: Reading) -> Values:
    found = parted.bounds
    if found is None:
        return Values({}, file, [])
    if not found.is_closed:
        message = "the header has no end. The article is published without it."
        end = {"toml": "+++", "dotted": "-->"}.get(found.kind, "---")
        fix = f"Write a line `{end}` below the last field."
        return Values({}, file, [problem("bad-header", file, 1, message, fix)])
    values = read_header(parted.header, file, found.start + 1, found.kind, reading)
    if reading.preset == "pelican" and any(one.code == "bad-header" for one in values.problems):
        # To Python-Markdown what stands between `---` is lines `Key: value`, whatever YAML thinks of them.
        return read_header(parted.header, file, found.start + 1, "lines", reading)
    return values


def _is_own(reading: Reading) -> bool:
    """Return whether files are our own, in which an index block may stand."""
    return reading.preset in ("lwn", "plain")


def _markup(values: Values, reading: Reading) -> Dialect:
    """Return the dialect of the text: the one that the header names, else the archive's."""
    word = values.word("markup")
    for one in _DIALECTS:
        if word == one:
            return one
    if word:
        said = values.field("markup")
        values.refuse("markup", "one of " + ", ".join(_DIALECTS), said.line if said else 1)
    return reading.markdown


def _native(lines: Sequence[Line], file: str, place: str, reading: Reading) -> _Native:
    """Return the lines in Markdown alone, as far as the preset knows what else may stand in them."""
    syntaxes = PRESETS[reading.preset].syntaxes
    if not syntaxes:
        return _Native(lines)
    # Most sites have no archive of another generator, and need not wait for this.
    from lwnindex.readers.foreign import cleared, problems_of

    # Paths in an archive count from its folder, or from the one in it that holds its texts.
    found = cleared(lines, syntaxes, place.rpartition("content/")[2])
    return _Native(found.lines, found.counts, problems_of(found, file))


def _titled(
    title: str, lines: Sequence[Line], markup: Dialect, reading: Reading
) -> tuple[str, Sequence[Line]]:
    """Return the title and the lines without it; where the header has none, the first heading serves."""
    if markup == "html":
        return title, lines
    return (title, drop_title(lines, title)) if title else take_title(lines, reading.title_suffixes)


def _dates(values: Values, where: Place) -> _Dated:
    """Return the dates; the day of publication may stand in the file's name, its folders or its address."""
    day = values.date("date") if "date" in values else where.date
    if day is None and "date" not in values and "permalink" in values:
        day = next(filter(None, (date_of_path(one) for one in values.words("permalink"))), None)
    return _Dated(day, values.date("updated"), values.date("expires"))


def _lang(values: Values, where: Place, reading: Reading) -> str:
    told = values.word("lang")
    if told and not is_tag(language(told)):
        said = values.field("lang")
        values.note(f'"{told}" is no language tag; it is not used.', NO_TAG, said.line if said else 1)
        told = ""
    if PRESETS[reading.preset].exact:
        return told or reading.lang
    return language(told) or where.lang or reading.lang


def _id(values: Values, where: Place, lang: str, reading: Reading) -> str:
    """Return the id that a header names; translations have that of their original.

    Archives say which articles are one in other languages by a common name, which otherwise means nothing.
    """
    own = values.word("id")
    if _is_own(reading) or (own and lang):
        return own
    if where.lang:
        return where.stem
    if reading.preset != "pelican" or "lang" not in values:
        return ""
    bare = without_language(where.stem, values.word("lang"))
    return bare if bare != where.stem else values.word("slug")


def _is_draft(values: Values, where: Place, reading: Reading) -> bool:
    """Return whether an article is kept back, in whichever way its archive says so."""
    is_back = values.word("status").lower() in _KEPT_BACK
    if reading.preset == "nikola":
        is_back = is_back or any(
            term.lower() in ("draft", "private") for _, term, _ in found_terms(values, "tags", reading)
        )
    is_out = is_switch(values.word("published")) is not False
    return values.switch("draft") or where.draft or is_back or not is_out


def _category_names(values: Values, where: Place) -> tuple[str, ...]:
    """Return the categories that an address may hold."""
    named = (node.text() for node in values.nodes("categories"))
    return tuple(dict.fromkeys((*where.categories, *filter(None, named))))


def _entries(values: Values, where: Place, file: str, reading: Reading) -> Filed:
    """Return the entries that a header names, and those of its tags and categories."""
    found = _own_entries(values, reading)
    own = len(found)
    if reading.index or reading.categories or reading.entries:
        # Jekyll's folders are parts of addresses, and more often languages than subjects.
        by_folder = reading.preset == "pelican" and "categories" not in values
        categories = [("categories", name, 1) for name in where.categories if by_folder]
        told = [*found_terms(values, "categories", reading), *found_terms(values, "tags", reading)]
        found += terms([*categories, *(one for one in told if not dropped(one, reading))], reading)
    return filed(found, file, telling=own)


def _own_entries(values: Values, reading: Reading) -> list[tuple[Sequence[str], int]]:
    """Return what the field `entries` names: paths such as `Kernel/Filesystems/Ceph`, lists of levels."""
    found: list[tuple[Sequence[str], int]] = []
    for node in values.nodes("entries"):
        text = node.text()
        levels = _texts(node)
        if text is not None:
            found.append((split_path(text, reading.slash_names), node.line))
        elif levels is not None:
            found.append((levels, node.line))
        else:
            values.refuse("entries", "a list of paths such as Kernel/Filesystems/Ceph", node.line)
    return found


def _texts(node: Node) -> list[str] | None:
    """Return a list of plain values as texts; None of all else."""
    items = node.items()
    texts = None if items is None else [one.text() for one in items]
    return None if texts is None or None in texts else [text or "" for text in texts]


def _joined(header: Filed, block: Filed) -> Filed:
    """Return the entries of the header and those that only the index block has."""
    own = frozenset(header.entries)
    more = [(entry, line) for entry, line in zip(block.entries, block.lines, strict=True) if entry not in own]
    return Filed(
        (*header.entries, *(entry for entry, _ in more)),
        (*header.lines, *(line for _, line in more)),
        (*header.problems, *block.problems),
    )
