"""The archive as scripts, checks and exporters see it: its articles and topics, and what was wrong with it.

Plain values, which other programs depend on: what stands here keeps its name and its meaning. A path is an
output path below `site/`, a date is ISO 8601 text, a plain date where the source gave no time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

import msgspec

from lwnindex.model import Entry, Problem, Reference
from lwnindex.settings import Config


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """A published article, or a translation of one, which has the same id.

    `entries` are those of the topics under which it is filed. A reference names an article that is held by
    its `id`, any other by its `url`; `cited_by` are the ids of those that refer to this one, newest first.
    `file` is its source, `path` its page, `words` says how long it is.
    """

    id: str
    title: str
    date: str | None
    updated: str | None
    authors: tuple[str, ...]
    lang: str
    entries: tuple[Entry, ...]
    summary: str
    words: int
    references: tuple[Reference, ...]
    cited_by: tuple[str, ...]
    translations: tuple[Article, ...]
    path: str
    file: str


class Topic(msgspec.Struct, frozen=True, kw_only=True):
    """A topic: its entry, as `("Kernel", "Filesystems", "Ceph")`, its page, and its anchor in the index.

    `articles` are the ids of its own, newest first; `count` has those of all topics below it, too. `note` is
    plain text. `aliases` are its other names, `see_also` related topics, `parents` its further parents.
    """

    entry: Entry
    path: str
    anchor: str
    articles: tuple[str, ...]
    count: int
    note: str
    aliases: tuple[Entry, ...]
    see_also: tuple[Entry, ...]
    parents: tuple[Entry, ...]


class Archive(msgspec.Struct, frozen=True, kw_only=True, dict=True, eq=False):
    """An archive: `articles` newest first and undated last, `topics` by their entries.

    Drafts, and articles that are dated ahead or have expired, are not in it. `problems` are those that were
    met in reading it. `text` gives the plain text of an article, a paragraph a line.
    """

    config: Config
    articles: tuple[Article, ...]
    topics: tuple[Topic, ...]
    problems: tuple[Problem, ...]
    text: Callable[[Article], str]

    @cached_property
    def by_id(self) -> Mapping[str, Article]:
        """The articles by their ids."""
        return {one.id: one for one in self.articles}

    @cached_property
    def by_entry(self) -> Mapping[Entry, Topic]:
        """The topics by their entries."""
        return {one.entry: one for one in self.topics}
