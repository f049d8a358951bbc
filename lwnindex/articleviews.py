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
    """The front page."""

    newest: tuple[Line, ...] = ()  # the latest articles, as many as `[pages] newest` says
    indexes: tuple[TopicLine, ...] = ()  # the indexes, with the number of topics (`own`) and articles
    alive: tuple[TopicLine, ...] = ()  # the topics most written about in the last year (`shared`)
    years: tuple[Bar, ...] = ()  # articles by year, oldest first
    week: tuple[Line, ...] = ()  # the articles of the last seven days, counted from the newest
    edition: Crumb | None = None  # the page of the newest week
    articles: int = 0  # how many articles the site has
    topics: int = 0  # how many topics


class ArticleView(View, frozen=True, kw_only=True):
    """An article's page."""

    line: Line  # the article as lists show it: title, date, authors
    body: str  # the text, as finished HTML; the digest of its blob before a template sees it
    links: tuple[Link, ...] = ()  # where the links of the text lead; used already in `body`
    contents: tuple[Heading, ...] = ()  # the headings of the text
    updated: str | None = None  # when it was last changed, ISO 8601
    words: int = 0  # how many words the text has
    # marks with a link each, such as the conference that a report is from
    badges: tuple[tuple[str, Link], ...] = ()
    placements: tuple[Placement, ...] = ()  # its index entries, in the order of its header
    cited_by: tuple[Line, ...] = ()  # the articles that refer to it, newest first
    cites: tuple[Line, ...] = ()  # the articles of the site that it refers to, in its order
    related: tuple[Line, ...] = ()  # what else to read, up to five
    original: str = ""  # the address at which it was published, or empty
    # all its languages, this one among them; empty where there is one
    translations: tuple[Translation, ...] = ()


class PlainView(View, frozen=True, kw_only=True):
    """A plain page."""

    body: str  # the text, as finished HTML
    links: tuple[Link, ...] = ()  # where its links lead; used already in `body`
    contents: tuple[Heading, ...] = ()  # the headings of the text
    draft: bool = False  # it is a draft, which previews alone show


class AuthorView(View, frozen=True, kw_only=True):
    """An author's page, or a further page of its list."""

    name: str  # the author
    count: int  # how many articles there are; on a further page, on it
    first: str | None  # the date of the oldest of them
    last: str | None  # the date of the newest
    years: tuple[Group, ...] = ()  # the articles of this page, by years
    activity: tuple[Bar, ...] = ()  # articles by year, oldest first; on the first page alone
    topics: tuple[TopicLine, ...] = ()  # the topics most written on (`shared`); on the first page alone
    pager: Pager | None = None  # the pages of the list, where there are several


class AuthorsView(View, frozen=True, kw_only=True):
    """All authors, by name, with the number of their articles."""

    authors: tuple[Bar, ...] = ()  # each author with the number of articles and the page


class QueryView(View, frozen=True, kw_only=True):
    """The articles of a saved query, or a further page of their list, and what it asks for."""

    name: str  # what it is called
    count: int  # how many articles it finds; on a further page, are on it
    first: str | None  # the date of the oldest of them
    last: str | None  # the date of the newest
    every: tuple[Crumb, ...] = ()  # `all` of the query: filed under each of these
    either: tuple[Crumb, ...] = ()  # `any` of the query: under at least one
    neither: tuple[Crumb, ...] = ()  # `not` of the query: under none
    authors: tuple[Person, ...] = ()  # by one of these
    since: str = ""  # from this day on, or empty
    years: tuple[Group, ...] = ()  # the articles of this page, by years
    pager: Pager | None = None  # the pages of the list, where there are several


class QueriesView(View, frozen=True, kw_only=True):
    """All saved queries, with the number of their articles."""

    queries: tuple[Bar, ...] = ()  # each query with the number of its articles and its page


class ArchivesView(View, frozen=True, kw_only=True):
    """The hub: years with all their twelve months, the indexes, the undated articles."""

    # each year that has articles, newest first, with its twelve months
    years: tuple[tuple[Bar, tuple[Bar, ...]], ...] = ()
    busiest: Bar | None = None  # the month with most articles, the newest of several
    indexes: tuple[TopicLine, ...] = ()  # the indexes, with the number of topics (`own`) and articles
    undated: tuple[Line, ...] = ()  # the articles without a date
    authors: int = 0  # how many authors there are; 0 without their pages


class PeriodView(View, frozen=True, kw_only=True):
    """A year or a month, or a further page of it."""

    groups: tuple[Group, ...] = ()  # the articles of this page: of a year by months, of a month by days
    months: tuple[Bar, ...] = ()  # of a year: its months that have articles
    weeks: tuple[Crumb, ...] = ()  # of a month: its weeks, by their first days
    count: int = 0  # how many articles there are; on a further page, on it
    older: Crumb | None = None  # the year or month before it that has articles
    newer: Crumb | None = None  # the one after it
    pager: Pager | None = None  # the pages of the list, where there are several


class WeekView(View, frozen=True, kw_only=True):
    """A week as an edition, or a further page of it: what leads it, and the rest by index."""

    first: str  # its first day, `2009-12-17`
    lead: Line | None = None  # what leads it: filed under most topics; on the first page alone
    sections: tuple[Group, ...] = ()  # all else, by index
    count: int = 0  # how many articles there are; on a further page, on it
    older: Crumb | None = None  # the week before it that has articles
    newer: Crumb | None = None  # the one after it
    pager: Pager | None = None  # the pages of the list, where there are several
