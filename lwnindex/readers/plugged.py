"""What a plug-in's reader makes of a source, made sound: dates and entries as those of our readers are.

What is no manuscript, or one with values of other kinds, is told as a fault of the plug-in.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from lwnindex.model import Manuscript, Problem, Source
from lwnindex.problems import problem
from lwnindex.readers.dates import FORMS, read_date
from lwnindex.readers.entries import filed, with_common
from lwnindex.readers.items import Items, with_ids
from lwnindex.readers.text import cleaned
from lwnindex.reading import Reading
from lwnindex.registry import Reader

_DATES = ("date", "updated", "expires")


class NoManuscriptError(TypeError):
    """A reader of a plug-in returned something that is no manuscript."""


def plugged(reader: Reader, source: Source, content: bytes, reading: Reading) -> Items:
    """Return what a reader makes of a source; NoManuscriptError where that is something else.

    Each of several manuscripts has an id then, of its title and date if the reader gave it none.
    """
    found = reader.read(source, content, reading)
    whole = [_checked(one) for one in ([found] if isinstance(found, Manuscript) else _several(found))]
    sound = [_sound(one, source.file, reading) for one in whole]
    return Items(with_ids(sound) if len(sound) > 1 else tuple(sound))


def _several(found: object) -> list[object]:
    if not isinstance(found, Iterable) or isinstance(found, str | bytes | dict):
        raise NoManuscriptError(f"a reader returned {type(found).__name__}; return Manuscript, or several")
    return list(found)


def _checked(found: object) -> Manuscript:
    """Return a manuscript all of whose fields are of the kinds that they should be."""
    if not isinstance(found, Manuscript):
        raise NoManuscriptError(f"a reader returned {type(found).__name__} for a manuscript")
    try:
        checked = msgspec.convert(msgspec.to_builtins(found), Manuscript)
    except (TypeError, ValueError, msgspec.MsgspecError) as error:
        raise NoManuscriptError(f"a reader returned a manuscript that is none: {_named(error)}") from error
    return replace(checked, text=cleaned(checked.text), below=b"")


def _named(error: Exception) -> str:
    """Return what is wrong, with the name of the field where its place alone is told."""
    what, _, where = str(error).partition(" - at `$[")
    place = where.partition("]")[0]
    fields = Manuscript.__struct_fields__
    return f"{fields[int(place)]}: {what}" if place.isdigit() and int(place) < len(fields) else what


def _sound(found: Manuscript, file: str, reading: Reading) -> Manuscript:
    """Return a manuscript with its dates in ISO form, and those of its entries that can be used."""
    problems: list[Problem] = []
    dates = {name: _date(getattr(found, name), file, problems) for name in _DATES}
    lines = (*found.entry_lines, *(0 for _ in found.entries))
    entries = with_common(filed(list(zip(found.entries, lines, strict=False)), file), file, reading)
    told = (*found.problems, *problems, *entries.problems)
    return replace(found, **dates, entries=entries.entries, entry_lines=entries.lines, problems=told)


def _date(written: str | None, file: str, problems: list[Problem]) -> str | None:
    try:
        return read_date(written or "")
    except ValueError as error:
        problems.append(problem("bad-date", file, 0, str(error), FORMS))
        return None
