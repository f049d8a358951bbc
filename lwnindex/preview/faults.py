"""Problems, and why a build ended, with the place in the source as it stands there: text, nothing else."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from lwnindex import loading
from lwnindex.config import Found
from lwnindex.model import Problem
from lwnindex.preview.states import Fault, Row
from lwnindex.printing import printable
from lwnindex.problems import SiteError
from lwnindex.unlinked import opened

MOST = 20
"""Problems that are shown at once."""

_AROUND = 3
_LONGEST = 160
_READ = 1 << 20
_PLACE = re.compile(r"(?P<file>[^\n:]+):(?:(?P<line>\d+):)? (?P<message>.+)")
_SAID_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_OURS = (".html", ".toml", ".po", ".css")
"""The endings of what a site's own people write: templates, themes and the configuration."""


def of_problems(problems: Iterable[Problem], found: Found) -> tuple[Fault, ...]:
    """Return problems of sources, each with the lines around its place."""
    return tuple(_of_problem(one, found) for one in list(problems)[:MOST])


def _of_problem(one: Problem, found: Found) -> Fault:
    return Fault(
        code=one.code,
        message=printable(one.message),
        fix=printable(one.fix),
        file=printable(one.file),
        line=one.line,
        excerpt=excerpt(_source(one.file, found), one.line),
    )


def _source(file: str, found: Found) -> str:
    """Return where a source really stands; nothing where no content folder has it."""
    try:
        places = loading.places(found.config, found.root)
    except SiteError:
        return ""
    for place in places:
        path = file.removeprefix(place.start)
        if file.startswith(place.start) and ".." not in Path(path).parts:
            return f"{os.path.realpath(place.folder)}/{path}"
    return ""


def of_error(error: SiteError) -> tuple[Fault, ...]:
    """Return what ended a build, sentence by sentence, with the lines around the place that one names."""
    return tuple(map(_of_sentence, str(error).splitlines()[:MOST]))


def _of_sentence(said: str) -> Fault:
    found = _PLACE.fullmatch(said)
    if not found or not (found["file"].endswith(_OURS) and Path(found["file"]).is_file()):
        return Fault(code="", message=printable(said))
    named = _SAID_LINE.search(said)
    line = int(found["line"] or (named[1] if named else 0))
    return Fault(
        code="",
        message=printable(found["message"]),
        file=printable(found["file"]),
        line=line,
        excerpt=excerpt(os.path.realpath(found["file"]), line),
    )


def excerpt(place: str, line: int) -> tuple[Row, ...]:
    """Return the lines of a file around one; none where there is no such line, or no such file."""
    if not place or line < 1:
        return ()
    try:
        with opened(place) as file:
            lines = os.read(file, _READ).decode("utf-8", "replace").splitlines()
    except OSError:
        return ()
    if line > len(lines):
        return ()
    first = max(1, line - _AROUND)
    return tuple(
        Row(number=number, text=_shown(text), is_marked=number == line)
        for number, text in enumerate(lines[first - 1 : line + _AROUND], first)
    )


def _shown(text: str) -> str:
    shown = printable(text.expandtabs(4))
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}\N{HORIZONTAL ELLIPSIS}"
