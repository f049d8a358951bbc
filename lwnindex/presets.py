"""How the archives of other generators are written: their fields, their Markdown, what their templates leave.

A preset is a value; `[[sources]]` names one, and says over it what is otherwise in an archive.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from lwnindex.model import Dialect, Value

PresetName = Literal["lwn", "jekyll", "hugo", "zola", "pelican", "nikola", "plain"]
Syntax = Literal["liquid", "hugo", "zola", "kramdown", "pelican", "nikola"]
Parting = Literal["none", "spaces", "commas"]

Fields = Mapping[str, tuple[str, ...]]
"""Each of our fields by the names that it may have in a header; the first that is there counts.

A dot leads into a table: `taxonomies.tags`.
"""


class Preset(Value, frozen=True, kw_only=True):
    """How an archive is written.

    `parting` says how a text of several tags or categories is parted, `levels` whether a slash parts the
    levels of a category. `syntaxes` are what is left out of its texts.
    """

    markdown: Dialect
    fields: dict[str, tuple[str, ...]]
    syntaxes: tuple[Syntax, ...] = ()
    parting: Parting = "none"
    levels: bool = False


TERMS = ("tags", "categories")
"""The fields whose values are entries of named indexes."""

_NAMES = (
    *("title", "date", "updated", "id", "slug", "summary", "draft", "lang", "nav", "entries"),
    *("expires", "original", "aliases", "markup", *TERMS),
)
_OWN: dict[str, tuple[str, ...]] = {name: (name,) for name in _NAMES} | {"authors": ("authors", "author")}

FIELDS = tuple(_OWN)
"""The fields that an article can have."""

PRESETS: Mapping[PresetName, Preset] = MappingProxyType(
    {
        "lwn": Preset(markdown="python", fields=_OWN),
        "jekyll": Preset(
            markdown="commonmark", fields=_OWN, syntaxes=("liquid", "kramdown"), parting="spaces"
        ),
        "hugo": Preset(markdown="commonmark", fields=_OWN, syntaxes=("hugo",)),
        "zola": Preset(markdown="commonmark", fields=_OWN, syntaxes=("zola",)),
        "pelican": Preset(markdown="python", fields=_OWN, syntaxes=("pelican",), parting="commas"),
        "nikola": Preset(markdown="python", fields=_OWN, syntaxes=("nikola",), parting="commas", levels=True),
        "plain": Preset(markdown="python", fields=_OWN),
    }
)
