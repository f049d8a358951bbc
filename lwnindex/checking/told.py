"""Findings as lines: for people, as JSON, and as commands of GitHub's workflows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from lwnindex.checking.findings import Finding, told
from lwnindex.printing import printable, printable_json
from lwnindex.problems import errors, warnings

_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}
"""How what has a meaning in a workflow command is written in its text, and in its properties."""


def text(found: Iterable[Finding]) -> Iterator[str]:
    """Yield the findings for people."""
    yield from (printable(told(one)) for one in found)


def short_text(found: Sequence[Finding]) -> Iterator[str]:
    """Yield the findings for people, of many with one code the first few, then how many more there are."""
    many = Counter(one.problem.code for one in found)
    said: Counter[str] = Counter()
    for one in found:
        code = one.problem.code
        said[code] += 1
        if said[code] <= _SHOWN or many[code] <= _MANY:
            yield printable(told(one))
    for code, count in sorted(many.items()):
        if count > _MANY:
            yield f"{code}: {count - _SHOWN:,} more of these; `--verbose` tells all."


_SHOWN = 5
_MANY = 20


def json(found: Iterable[Finding]) -> Iterator[str]:
    """Yield the findings as objects of JSON, one a line."""
    for one in found:
        yield printable_json(msgspec.json.encode(as_object(one))).decode()


def as_object(one: Finding) -> dict[str, Any]:
    """Return a finding for JSON."""
    said: dict[str, Any] = {
        name: getattr(one.problem, name) for name in ("code", "severity", "file", "line", "message", "fix")
    }
    return said | {"page": one.page, "pages": one.pages}


def github(found: Iterable[Finding]) -> Iterator[str]:
    """Yield the findings as workflow commands, which GitHub shows beside the lines they are about."""
    for one in found:
        given = {"file": one.problem.file, "line": str(one.problem.line or 1), "title": one.problem.code}
        named = ",".join(f"{name}={_escaped(value, _PROPERTY)}" for name, value in given.items())
        message = f"{one.problem.message} {one.problem.fix}".strip()
        yield printable(f"::{one.problem.severity} {named}::{_escaped(message, _DATA)}")


def _escaped(value: str, letters: dict[str, str]) -> str:
    return "".join(letters.get(each, each) for each in value)


def summary(found: Sequence[Finding], pages: int) -> str:
    """Return the one line that a check ends with."""
    problems = [one.problem for one in found]
    said = [
        f"{count:,} {word}{'' if count == 1 else 's'}"
        for count, word in ((errors(problems), "error"), (warnings(problems), "warning"))
    ]
    return f"{pages:,} files checked; {', '.join(said)}"
