"""The pages of articles: each one's own, and all lists of them but those by index and topic.

Paths are output paths below `site/`.
"""

from __future__ import annotations

from lwnindex.model import Heading
from lwnindex.viewparts import (
    Bar,
    Crumb,
    Group,
    Line,
    Link,
    Pager,
    Person,
    Placement,
    TopicLine,
    Translation,
    View,
)


class HomeView(View, frozen=True, kw_only=True):
    """The front page; `edition` is the page of the newest week."""

    newest: tuple[Line, ...] = ()
    indexes: tuple[TopicLine, ...] = ()
    alive: tuple[TopicLine, ...] = ()
    years: tuple[Bar, ...] = ()
    week: tuple[Line, ...] = ()
    edition: Crumb | None = None
    articles: int = 0
    topics: int = 0


class ArticleView(View, frozen=True, kw_only=True):
    """An article's page. `body` is the blob's digest; a template sees the finished HTML in its place.

    `translations` are all languages that it is there in, this page's among them, that of its lists first; or
    none, if there is no other.
    """

    line: Line
    body: str
    links: tuple[Link, ...] = ()
    contents: tuple[Heading, ...] = ()
    updated: str | None = None
    words: int = 0
    badges: tuple[tuple[str, Link], ...] = ()
    placements: tuple[Placement, ...] = ()
    cited_by: tuple[Line, ...] = ()
    cites: tuple[Line, ...] = ()
    related: tuple[Line, ...] = ()
    original: str = ""
    translations: tuple[Translation, ...] = ()


class PlainView(View, frozen=True, kw_only=True):
    """A plain page; `body` as in an article's, `draft` as in a line."""

    body: str
    links: tuple[Link, ...] = ()
    contents: tuple[Heading, ...] = ()
    draft: bool = False


class AuthorView(View, frozen=True, kw_only=True):
    """An author's page, or a further page of its list."""

    name: str
    count: int
    first: str | None
    last: str | None
    years: tuple[Group, ...] = ()
    activity: tuple[Bar, ...] = ()
    topics: tuple[TopicLine, ...] = ()
    pager: Pager | None = None


class AuthorsView(View, frozen=True, kw_only=True):
    """All authors, by name, with the number of their articles."""

    authors: tuple[Bar, ...] = ()


class QueryView(View, frozen=True, kw_only=True):
    """The articles of a saved query, or a further page of their list, and what it asks for.

    Entries are those under all of which an article is filed, under one, and under none.
    """

    name: str
    count: int
    first: str | None
    last: str | None
    every: tuple[Crumb, ...] = ()
    either: tuple[Crumb, ...] = ()
    neither: tuple[Crumb, ...] = ()
    authors: tuple[Person, ...] = ()
    since: str = ""
    years: tuple[Group, ...] = ()
    pager: Pager | None = None


class QueriesView(View, frozen=True, kw_only=True):
    """All saved queries, with the number of their articles."""

    queries: tuple[Bar, ...] = ()


class ArchivesView(View, frozen=True, kw_only=True):
    """The hub: years with all their twelve months, the indexes, the undated articles.

    `busiest` is the month with most articles, the newest of several.
    """

    years: tuple[tuple[Bar, tuple[Bar, ...]], ...] = ()
    busiest: Bar | None = None
    indexes: tuple[TopicLine, ...] = ()
    undated: tuple[Line, ...] = ()
    authors: int = 0


class PeriodView(View, frozen=True, kw_only=True):
    """A year (`months` say how many, groups are months) or a month (groups are days, and it has `weeks`)."""

    groups: tuple[Group, ...] = ()
    months: tuple[Bar, ...] = ()
    weeks: tuple[Crumb, ...] = ()
    count: int = 0
    older: Crumb | None = None
    newer: Crumb | None = None
    pager: Pager | None = None


class WeekView(View, frozen=True, kw_only=True):
    """A week as an edition, or a further page of it: what leads it, and the rest by index.

    `first` is its first day.
    """

    first: str
    lead: Line | None = None
    sections: tuple[Group, ...] = ()
    count: int = 0
    older: Crumb | None = None
    newer: Crumb | None = None
    pager: Pager | None = None
