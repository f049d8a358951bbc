"""What a preview tells of its pages: which changed when, and what is wrong.

A page hears of what it shows: of itself, of stylesheets, and of other files that pages load. Numbers grow
with each publication, so that who was away knows what was missed.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

_UNSEEN = (".rss", ".atom", ".json", ".xml", ".opml", ".txt")
"""The endings of what programs read, and no page shows."""

_SEARCH = "search/"


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A line of an excerpt, by its number."""

    number: int
    text: str
    is_marked: bool = False


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """Why the last good pages stay: a problem, or why a build ended, with the place as the source has it."""

    code: str
    message: str
    fix: str = ""
    file: str = ""
    line: int = 0
    excerpt: tuple[Row, ...] = ()


class News(msgspec.Struct, frozen=True, kw_only=True):
    """What a build has to tell: the paths that it wrote or removed, and what is wrong now.

    `base` is the path below which the site is served.
    """

    changed: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    base: tuple[str, ...] = ()


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What a page is told: of which run this is, when it and the stylesheets last changed, what is wrong."""

    run: str
    page: int
    style: int
    faults: tuple[Fault, ...] = ()


class Versions:
    """When what changed, in numbers of publications, in a run of the server that has a name."""

    def __init__(self, run: str) -> None:
        self.run = run
        self.number = 0
        self.faults: tuple[Fault, ...] = ()
        self._pages: dict[str, int] = {}
        self._all = self._style = 0

    @property
    def mark(self) -> str:
        """What a page carries that is served now, as the end of an address."""
        return f"{self.run}.{self.number}"

    def hear(self, news: News) -> None:
        """Take in what a build tells."""
        self.faults = news.faults
        if news.changed:
            self.number += 1
            self._note(news.changed)

    def _note(self, changed: Iterable[str]) -> None:
        for path in changed:
            if path.endswith(".css"):
                self._style = self.number
            elif path.endswith(".html"):
                self._pages[path] = self.number
            elif path.startswith(_SEARCH):
                self._pages[f"{_SEARCH}index.html"] = self.number
            elif not path.endswith(_UNSEEN):
                self._all = self.number

    def of(self, path: str) -> Told:
        """Return what the page of a path is to be told."""
        page = max(self._all, self._pages.get(path, 0))
        return Told(run=self.run, page=page, style=self._style, faults=self.faults)
