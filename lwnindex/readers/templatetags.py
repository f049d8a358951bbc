"""The tags of other generators' template languages: where one ends, what it is called, what it is given.

Liquid has `{% name arguments %}` and `{{ output }}`, Hugo `{{< name arguments >}}` and `{{% ... %}}`, Zola
`{{ name(arguments) }}` and `{% name(arguments) %}`, Nikola `{{% name arguments %}}`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Literal, NamedTuple

Syntax = Literal["liquid", "hugo", "zola", "kramdown", "pelican", "nikola"]

LONGEST = 2_000
"""How many characters a tag may have; what is longer is text."""

Part = Literal["open", "close", "output", "escaped"]

_FORMS: tuple[tuple[Syntax, str, str], ...] = (
    ("hugo", "{{<", ">}}"),
    ("hugo", "{{%", "%}}"),
    ("nikola", "{{%", "%}}"),
    ("zola", "{{", "}}"),
    ("zola", "{%", "%}"),
    ("liquid", "{{", "}}"),
    ("liquid", "{%", "%}"),
)
_NAME = re.compile(r"[A-Za-z_][\w./-]*")
_CALL = re.compile(r"([A-Za-z_]\w*+)\s*+\((.*)\)", re.DOTALL)
_ARGUMENT = re.compile(
    r"(?:([\w-]++)\s*+=\s*+)?+(?:\"((?:\\.|[^\"\\])*+)\"?|'((?:\\.|[^'\\])*+)'?|`([^`]*+)`?|([^\s,\"'`]++))",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\([\"'\\])")


class Tag(NamedTuple):
    """A tag: where it ends, whose it is, its part of a pair, its name, and what it is given as written."""

    end: int
    syntax: Syntax
    part: Part
    name: str
    given: str


class Arguments(NamedTuple):
    """What a tag is given: values in order, and values by name."""

    plain: tuple[str, ...]
    named: dict[str, str]


class Following:
    """Where the next of some marks stands in a text; asked from left to right, it reads the text once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[str, int] = {}

    def of(self, mark: str, at: int) -> int:
        """Return where a mark stands from a place on, or -1."""
        known = self._known.get(mark, 0)
        if known >= 0 and (known < at or not self._text.startswith(mark, known)):
            known = self._known[mark] = self._text.find(mark, at)
        return known


def tag_at(
    text: str, at: int, end: int, syntaxes: Collection[Syntax], following: Following | None = None
) -> Tag | None:
    """Return the tag of one of the syntaxes that starts at a place and is over by `end`; None for text."""
    next_of = following or Following(text)
    for syntax, opening, closing in _FORMS:
        if syntax not in syntaxes or not text.startswith(opening, at):
            continue
        close = next_of.of(closing, at + len(opening))
        if not 0 <= close <= min(end, at + LONGEST) - len(closing):
            continue
        inner = text[at + len(opening) : close]
        tag = _tag(syntax, opening, closing, inner, close + len(closing))
        if tag:
            return tag
    return None


def _tag(syntax: Syntax, opening: str, closing: str, inner: str, end: int) -> Tag | None:
    bare = inner.strip()
    if "\n\n" in inner or (opening in inner and bare[:1] not in ("'", '"')):
        return None
    if syntax != "liquid" and bare.startswith("/*") and bare.endswith("*/") and len(bare) >= 4:
        return Tag(end, syntax, "escaped", "", f"{opening}{bare[2:-2]}{closing}")
    if syntax == "zola":
        return _zola(opening, bare, end)
    if syntax == "liquid":
        return _liquid(opening, inner, end)
    is_close = bare.startswith("/")
    named = _NAME.match(bare.lstrip("/ "))
    if named is None:
        return None
    given = bare.lstrip("/ ")[named.end() :].removesuffix("/").strip()
    return Tag(end, syntax, "close" if is_close else "open", named[0], given)


def _zola(opening: str, bare: str, end: int) -> Tag | None:
    called = _CALL.fullmatch(bare)
    if called:
        return Tag(end, "zola", "open", called[1], called[2])
    return Tag(end, "zola", "close", "end", "") if opening == "{%" and bare == "end" else None


def _liquid(opening: str, inner: str, end: int) -> Tag | None:
    """Return a tag or an output; hyphens within the braces tell Liquid to drop white space."""
    bare = inner.removeprefix("-").removesuffix("-").strip()
    if opening == "{{":
        return Tag(end, "liquid", "output", "", bare) if bare else None
    named = _NAME.match(bare)
    if named is None:
        return Tag(end, "liquid", "open", "#", "") if bare[:1] == "#" else None
    part: Part = "close" if named[0].startswith("end") else "open"
    return Tag(end, "liquid", part, named[0], bare[named.end() :].strip())


def arguments(given: str) -> Arguments:
    """Return what a tag is given, `name="value"` and plain values, in quotes or without."""
    plain: list[str] = []
    named: dict[str, str] = {}
    for found in _ARGUMENT.finditer(given):
        value = next((one for one in found.groups()[1:] if one is not None), "")
        value = _ESCAPE.sub(r"\1", value)
        if found[1]:
            named.setdefault(found[1].lower(), value)
        else:
            plain.append(value)
    return Arguments(tuple(plain), named)
