"""Plain values of headers with where they stand, written anew as they were before: quotes stay quotes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import yaml

from lwnindex.readers.tomlscan import quoted
from lwnindex.refiling import tomlspans
from lwnindex.refiling.exact import Edit

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CONTEXTS = ("k: {}\n", "- {}\n", "[{}, x]\n", "{{k: {}, l: x}}\n")


class Scalar(NamedTuple):
    """A value between two places of a text, as it is written (`raw`), and what that means."""

    start: int
    raw: str
    value: str
    kind: Literal["yaml", "toml", "lines"]

    def with_part(self, start: int, end: int, part: str) -> Edit | None:
        """Return the edit that puts a part into the value; None where no way to write it is known."""
        wanted = self.value[:start] + part + self.value[end:]
        found = self.raw.find(self.value)
        if found >= 0 and self.value and not self.value.isspace():
            raw = self.raw[: found + start] + part + self.raw[found + end :]
            if self._means(raw, wanted):
                return Edit(self.start + found + start, self.start + found + end, part)
        return next(
            (
                Edit(self.start, self.start + len(self.raw), raw)
                for raw in self._ways(wanted)
                if self._means(raw, wanted)
            ),
            None,
        )

    def _means(self, raw: str, wanted: str) -> bool:
        """Tell whether what is written means a value, wherever it may stand."""
        if self.kind == "lines":
            return "\n" not in raw
        if self.kind == "toml":
            return toml_means(raw, wanted)
        # A comma needs no quotes in a list of lines, where one may stand already.
        usual = [one for one in _CONTEXTS if _composed(one.format(self.raw)) == self.value]
        return all(_composed(one.format(raw)) == wanted for one in usual or _CONTEXTS)

    def _ways(self, value: str) -> Iterator[str]:
        """Yield the ways to write a value, those like the present one first."""
        if self.kind == "lines":
            yield value
            return
        mark = self.raw[:1]
        if mark not in "\"'" and self.kind == "yaml":
            if mark in "|>":
                return
            yield value
        single = "'" + (value.replace("'", "''") if self.kind == "yaml" else value) + "'"
        double = quoted(value)
        yield from (single, double) if mark == "'" else (double, single)


def _composed(text: str) -> str | None:
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except (yaml.YAMLError, ValueError):
        return None
    value = root.value[0] if root is not None and root.value else None
    if isinstance(value, tuple):
        value = value[1]
    return str(value.value) if isinstance(value, yaml.ScalarNode) else None


def toml_means(raw: str, wanted: str) -> bool:
    """Tell whether a string of TOML means a text."""
    try:
        return raw[:1] in "\"'" and "\n" not in raw and tomlspans.decoded(raw) == wanted
    except ValueError:
        return False
