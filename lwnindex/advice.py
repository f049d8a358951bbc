"""What a problem code means, why it matters, how to mend it, with an example."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import msgspec

from lwnindex.problems import CODES, ERRORS, HINTS, WARNINGS

_FILE = Path(__file__).with_name("advice.toml")

MEANINGS: Mapping[str, str] = {**CODES, **HINTS}
"""What each code means, those of hints among them."""


class Advice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why something matters, how it is mended, and lines that show it."""

    why: str
    mend: str
    example: str


@cache
def advice() -> Mapping[str, Advice]:
    """Return the advice on every code."""
    return msgspec.convert(tomllib.loads(_FILE.read_text("utf-8")), dict[str, Advice])


def explained(code: str) -> Iterator[str]:
    """Yield what is to be said of a code, line by line."""
    said = advice()[code]
    yield f"{code}: {kind_of(code)}"
    yield MEANINGS[code]
    yield f"Why it matters: {said.why}"
    yield f"How to mend it: {said.mend}"
    yield "For example:"
    yield from (f"    {line}".rstrip() for line in said.example.split("\n"))


def kind_of(code: str) -> str:
    """Return how grave a code is."""
    return "an error" if code in ERRORS else "a warning" if code in WARNINGS else "a hint"


def helps() -> Mapping[str, str]:
    """Return why and how of every code, for programs that show help."""
    return {code: f"{one.why} {one.mend}\n\n{one.example}" for code, one in advice().items()}
