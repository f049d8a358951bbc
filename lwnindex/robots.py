"""What a host's robots.txt asks of whoever comes to it (RFC 9309), a pause between questions among it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

PRODUCT = "lwnindex"
LARGEST = 512 * 1024
"""Bytes that are read, the least that the RFC asks for."""

_MOST = 5000
"""Rules that are kept."""

_LONGEST_PAUSE = 30.0
_SECONDS = re.compile(r"\d{1,6}(?:\.\d{1,3})?")


class Robots(NamedTuple):
    """The rules of a host for us, and the seconds that it wants between two questions."""

    rules: tuple[tuple[str, bool], ...] = ()
    pause: float = 0.0

    def allow(self, path: str) -> bool:
        """Tell whether a path, with its query, may be asked: the longest rule decides, the kinder of two."""
        plain = unquote(path) or "/"
        fitting = [(len(pattern), is_allowed) for pattern, is_allowed in self.rules if _fits(pattern, plain)]
        return max(fitting, default=(0, True))[1]


ALL = Robots()
"""What a host without robots.txt asks."""


def robots(text: str, product: str = PRODUCT) -> Robots:
    """Return what is asked of a program of this name: of it, if it is named, else of all."""
    groups = list(_groups(text))
    own = [group for group in groups if product in group.names]
    chosen = own or [group for group in groups if "*" in group.names]
    rules = tuple(rule for group in chosen for rule in group.rules)[:_MOST]
    return Robots(rules, max((group.pause for group in chosen), default=0.0))


class _Group:
    """Whom a part of the file is for, and what it asks."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.rules: list[tuple[str, bool]] = []
        self.pause = 0.0

    @property
    def is_begun(self) -> bool:
        return bool(self.rules or self.pause)


def _groups(text: str) -> Iterator[_Group]:
    group = _Group()
    for line in text.lstrip("\ufeff").splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        name, said = key.strip().lower(), value.strip()
        if not colon:
            continue
        if name == "user-agent":
            if group.is_begun:
                yield group
                group = _Group()
            group.names.append(said.lower().partition("/")[0].strip())
        elif name in ("allow", "disallow") and said and group.names:
            group.rules.append((unquote(said), name == "allow"))
        elif name == "crawl-delay" and _SECONDS.fullmatch(said):
            group.pause = min(float(said), _LONGEST_PAUSE)
    yield group


def _fits(pattern: str, path: str) -> bool:
    """Tell whether a path begins as a pattern, in which `*` is anything and `$` the end."""
    whole = pattern.endswith("$")
    first, *parts = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for part in parts:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return not whole or at == len(path) or (bool(parts) and path.endswith(parts[-1]))
