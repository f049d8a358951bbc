"""The entries of a header, each where it stands: paths and lists of levels, tags and categories."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple, cast

from lwnindex.model import Entry
from lwnindex.presets import PRESETS
from lwnindex.readers.bounds import Bounds, bounds
from lwnindex.readers.entries import split_path
from lwnindex.readers.filing import dropped, found_terms
from lwnindex.readers.filing import parted as parted_terms
from lwnindex.readers.header import Values, fields_of
from lwnindex.readers.nodes import Refused
from lwnindex.readers.text import squeezed
from lwnindex.readers.tomlscan import quoted
from lwnindex.reading import Reading
from lwnindex.refiling.exact import Edit
from lwnindex.refiling.levels import rewritten
from lwnindex.refiling.place import Place, without_item
from lwnindex.refiling.renaming import parted
from lwnindex.refiling.scalars import Scalar
from lwnindex.refiling.written import Header, Written, table

_UNWRITABLE = "there is no way to write it in this place"


class _Read(NamedTuple):
    """A text with a header, its fields, and the rules by which they are read."""

    text: str
    values: Values
    reading: Reading


def places(text: str, reading: Reading) -> list[Place]:
    """Return the entries of a text's header, in the order in which the article has them."""
    found = bounds(text, reading)
    values = _values(text, found, reading) if found and found.is_closed else None
    if values is None:
        return []
    read = _Read(text, values, reading)
    own = [place for at in range(len(values.nodes("entries"))) for place in _entry(read, at)]
    return [*own, *_terms(read, "categories"), *_terms(read, "tags")]


def below(text: str, reading: Reading) -> int:
    """Return where the text below the header starts."""
    found = bounds(text, reading)
    return _row_start(text, found.below) if found else 0


def _row_start(text: str, row: int) -> int:
    at = 0
    for _ in range(row):
        at = text.find("\n", at) + 1
        if not at:
            return len(text)
    return at


def _values(text: str, found: Bounds, reading: Reading) -> Values | None:
    start, end = _row_start(text, found.start), _row_start(text, found.end)
    inner = text[start:end].removesuffix("\n") if end < len(text) or text.endswith("\n") else text[start:end]
    if found.kind == "dotted":
        inner = inner.replace("-->", "")
    header = Header(inner, start, found.start + 1)
    for kind in (found.kind, *(("lines",) if reading.preset == "pelican" else ())):
        try:
            return fields_of(table(kind, header), "", kind, reading)
        except Refused:
            continue
    return None


# Paths and lists of levels -----------------------------------------------------------------------


def _nodes(read: _Read, field: str) -> list[Written]:
    return [cast(Written, node) for node in read.values.nodes(field)]


def _entry(read: _Read, at: int) -> Iterator[Place]:
    """Yield the place of an item of the field `entries`."""
    nodes = _nodes(read, "entries")
    node = nodes[at]
    text, items = node.text(), node.items()
    removal = _removal(read, "entries", nodes, at)
    scalar = node.scalar()
    if text is not None and scalar is not None:
        levels = split_path(text, read.reading.slash_names)
        yield Place(_squeezed(levels), node.line, partial(_renamed, scalar, _squeezed(levels)), removal)
    elif items:
        levels = tuple(one.text() or "" for one in items)
        yield Place(levels, node.line, partial(_relisted, read.text, node, levels), removal)


def _squeezed(levels: Sequence[str]) -> Entry:
    return tuple(map(squeezed, levels))


def _same(text: str) -> str:
    return text


def _renamed(scalar: Scalar, old: Entry, new: Entry) -> Sequence[Edit] | str:
    """Return the edit of a path such as `Kernel/Filesystems/Ceph`."""
    path = rewritten(scalar.value, old, new, _same, _same)
    edit = None if path is None else _replaced(scalar, 0, len(scalar.value), path)
    return _UNWRITABLE if edit is None else (edit,)


def _replaced(scalar: Scalar, start: int, end: int, part: str) -> Edit | None:
    """Return the edit of what differs between a part of a value and what is to stand there."""
    old = scalar.value[start:end]
    same, ending = parted(tuple(old), tuple(part))
    return scalar.with_part(start + same, end - ending, part[same : len(part) - ending])


def _relisted(text: str, node: Written, old: Entry, new: Entry) -> Sequence[Edit] | str:
    """Return the edits of a list of levels; one of another length is written anew in brackets."""
    items = [cast(Written, one) for one in node.items() or ()]
    if len(old) != len(new):
        start, end = node.span()
        mark = text[start : start + 1]
        first = items[0].scalar()
        plain = mark != "[" or (first is not None and first.kind == "yaml")
        return (Edit(start, end, "[" + ", ".join(_listed(one, plain=plain) for one in new) + "]"),)
    edits = []
    for item, level, other in zip(items, old, new, strict=True):
        scalar = item.scalar()
        edit = scalar and level != other and _replaced(scalar, 0, len(scalar.value), other)
        if level != other and not edit:
            return _UNWRITABLE
        edits += [edit] if edit else []
    return edits


def _listed(level: str, *, plain: bool) -> str:
    return level if plain and re.fullmatch(r"[A-Za-z][\w -]*\w", level) else quoted(level)


def _removal(read: _Read, field: str, nodes: Sequence[Written], at: int) -> tuple[Edit, ...]:
    """Return the edits that leave out an item of a field, be it its only one."""
    said = read.values.field(field)
    spans = [node.span() for node in nodes]
    if said is None or (said.node.items() is None and nodes[at].items() is not None):
        return ()
    return (without_item(read.text, spans, at),)


# Tags and categories -----------------------------------------------------------------------------


class _Term(NamedTuple):
    """A tag or category: the value that it stands in, and from where to where."""

    scalar: Scalar
    start: int
    end: int
    line: int


class _Kind(NamedTuple):
    """The index that terms of a field are in, whether a slash parts their levels, how a text is parted."""

    above: Entry
    is_deep: bool
    parted: Callable[[str], list[str]]


def _terms(read: _Read, field: str) -> Iterator[Place]:
    """Yield the places of the terms of a field that are entries of an index."""
    reading = read.reading
    index = split_path(dict(reading.index).get(field, ""), reading.slash_names)
    mapped = {squeezed(term).casefold() for term, _ in reading.categories}
    for at, term in enumerate(found := _placed(read, field)):
        raw = term.scalar.value[term.start : term.end]
        word = squeezed(raw)
        if word.casefold() in mapped or index == ("",) or dropped((field, word, term.line), reading):
            continue
        is_deep = PRESETS[reading.preset].levels and field == "categories"
        kind = _Kind(_squeezed(index), is_deep, partial(_parted, read, field))
        topic = _squeezed(split_path(word, reading.slash_names)) if kind.is_deep else (word,)
        beside = tuple(one for one in found if one.scalar == term.scalar)
        change = partial(_retermed, beside, beside.index(term), kind, topic)
        yield Place((*_squeezed(index), *topic), term.line, change, _term_removal(read, field, found, at))


def _placed(read: _Read, field: str) -> list[_Term]:
    """Return the terms of a field where they stand; none of what cannot be told apart."""
    words = [term for _, term, _ in found_terms(read.values, field, read.reading)]
    found: list[_Term] = []
    for node in _nodes(read, field):
        scalar = node.scalar()
        end = 0
        while scalar and words and (place := _found(scalar.value, words[0], end)):
            found.append(_Term(scalar, *place, node.line))
            words.pop(0)
            end = place[1]
    return [] if words else found


def _found(value: str, word: str, start: int) -> tuple[int, int] | None:
    """Return where a term stands in a value, whatever white space is between its words."""
    pattern = re.compile(r"[\s,;]*(" + r"\s+".join(map(re.escape, word.split())) + ")")
    found = pattern.match(value, start)
    return found.span(1) if found else None


def _retermed(beside: Sequence[_Term], at: int, kind: _Kind, old: Entry, new: Entry) -> Sequence[Edit] | str:
    """Return the edit of a term, one of those in a value, that is a topic of an index."""
    term = beside[at]
    index, is_deep, split = kind
    topic = new[len(index) :]
    if new[: len(index)] != index:
        return f"it is a tag or a category, and all of them are entries of {'/'.join(index)}"
    if not is_deep and len(topic) != 1:
        return "it is a tag or a category, which has no levels"
    raw = term.scalar.value[term.start : term.end]
    word = rewritten(raw, old, topic, _same, _same) if is_deep else topic[0]
    if word and split(word) != [word]:
        return _as_list(beside, at, word)
    edit = None if word is None else _replaced(term.scalar, term.start, term.end, word)
    return _UNWRITABLE if edit is None else (edit,)


def _parted(read: _Read, field: str, word: str) -> list[str]:
    """Return the terms that a word would be where it stands."""
    said = read.values.field(field)
    return parted_terms(word, said.name, said.node.items() is None, read.reading) if said else [word]


def _as_list(beside: Sequence[_Term], at: int, word: str) -> Sequence[Edit] | str:
    """Return the edit that makes a value with several terms a list of them."""
    scalar = beside[0].scalar
    if scalar.kind == "lines":
        return _UNWRITABLE
    words = [scalar.value[one.start : one.end] for one in beside]
    words[at] = word
    listed = ", ".join(_listed(one, plain=scalar.kind == "yaml") for one in words)
    return (Edit(scalar.start, scalar.start + len(scalar.raw), f"[{listed}]"),)


def _term_removal(read: _Read, field: str, terms: Sequence[_Term], at: int) -> tuple[Edit, ...]:
    """Return the edits that leave out a term, of a list its item, of a text with several its part."""
    term = terms[at]
    beside = [one for one in terms if one.scalar == term.scalar]
    if len(beside) == 1:
        nodes = _nodes(read, field)
        place = next((i for i, node in enumerate(nodes) if node.scalar() == term.scalar), None)
        return _removal(read, field, nodes, place) if place is not None else ()
    shift = term.scalar.raw.find(term.scalar.value)
    if shift < 0:
        return ()
    start = term.scalar.start + shift
    spans = [(start + one.start, start + one.end) for one in beside]
    own = beside.index(term)
    if own + 1 < len(spans):
        return (Edit(spans[own][0], spans[own + 1][0], ""),)
    return (Edit(spans[own - 1][1], spans[own][1], ""),)
