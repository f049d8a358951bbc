"""The values that templates and formats see: one view a page.

A page is a value that holds everything its template may see. Paths are output paths below `site/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from lwnindex.model import Entry, FeedFormat, Heading, Value
from lwnindex.viewparts import (
    Bar,
    Crumb,
    FeedEntry,
    FeedLink,
    Group,
    Heat,
    IndexLetter,
    IndexYear,
    Line,
    Link,
    Outline,
    Pager,
    Person,
    Placement,
    SearchLine,
    TopicLine,
    Translation,
    TreeLine,
    WordLetter,
)

LONGEST_BODY = 1_000_000
"""Bytes of a body beyond which a feed has its summary alone: XML readers refuse ten times that."""


class View(Value, frozen=True, kw_only=True):
    """A page: everything its template may see. `root` leads from it to the site's own folder (`../../`)."""

    path: str
    root: str
    title: str
    description: str = ""
    lang: str = ""
    crumbs: tuple[Crumb, ...] = ()
    feeds: tuple[FeedLink, ...] = ()


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
    """A plain page; `body` as in an article's."""

    body: str
    links: tuple[Link, ...] = ()
    contents: tuple[Heading, ...] = ()


class IndexView(View, frozen=True, kw_only=True):
    """An A-Z index, or one letter of a long one (`letter` is set then).

    `others` are the pages on which the same topics stand in another order. Only the first page has `heat`.
    """

    index: str
    letters: tuple[IndexLetter, ...]
    letter: str = ""
    bar: tuple[Crumb, ...] = ()
    others: tuple[Crumb, ...] = ()
    heat: Heat | None = None
    topics: int = 0
    articles: int = 0


class TreeView(View, frozen=True, kw_only=True):
    """An index as a tree: each topic before those that stand below it, with the depth of each."""

    index: str
    lines: tuple[TreeLine, ...]
    others: tuple[Crumb, ...] = ()
    topics: int = 0
    articles: int = 0


class WordsView(View, frozen=True, kw_only=True):
    """A permuted index: each topic under every word of its name; or one letter of a long one."""

    index: str
    letters: tuple[WordLetter, ...]
    letter: str = ""
    bar: tuple[Crumb, ...] = ()
    others: tuple[Crumb, ...] = ()
    topics: int = 0


class YearsView(View, frozen=True, kw_only=True):
    """An index by years, the newest first, then by names."""

    index: str
    years: tuple[IndexYear, ...]
    bar: tuple[Crumb, ...] = ()
    others: tuple[Crumb, ...] = ()
    topics: int = 0
    articles: int = 0


class TopicView(View, frozen=True, kw_only=True):
    """A topic's page, or a further page of its list.

    `body` is the digest of what is noted of it, with its `links`, as in an article; empty where nothing is.
    `aliases` are its other names that are printed. `oldest` and `newest` are its first and last article.
    `places` are the ways down to it but for the first one: by its further parents. `named` are the topics
    elsewhere that are called the same.
    """

    entry: Entry
    anchor: str
    own: int
    count: int
    first: str | None
    last: str | None
    body: str = ""
    links: tuple[Link, ...] = ()
    aliases: tuple[Entry, ...] = ()
    oldest: Line | None = None
    newest: Line | None = None
    see_also: tuple[TopicLine, ...] = ()
    places: tuple[tuple[Crumb, ...], ...] = ()
    named: tuple[TopicLine, ...] = ()
    children: tuple[TopicLine, ...] = ()
    years: tuple[Group, ...] = ()
    activity: tuple[Bar, ...] = ()
    together: tuple[TopicLine, ...] = ()
    pager: Pager | None = None


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


class NotFoundView(View, frozen=True, kw_only=True):
    """The page a server shows for an address that leads nowhere."""


class RedirectView(View, frozen=True, kw_only=True):
    """What stands at an old address and leads to the page `target`, with a fragment or without."""

    target: str


class FeedView(View, frozen=True, kw_only=True):
    """A feed of the articles of `home`, newest first; `updated` is the latest of theirs.

    It is `complete` where no other document has more of them. `older` is the archive document with those
    before its own; an archive document has the path of its feed as `current`. `hubs` tell of what is new.
    `old` is the page that its home was before, whose feed it stays for those who follow it.
    """

    format: FeedFormat
    home: str
    updated: str
    entries: tuple[FeedEntry, ...] = ()
    complete: bool = False
    older: str = ""
    current: str = ""
    hubs: tuple[str, ...] = ()
    old: str = ""


class OpmlView(View, frozen=True, kw_only=True):
    """All feeds of the site; outlines stand below the last one before them that is less deep."""

    outlines: tuple[Outline, ...] = ()


class SitemapView(View, frozen=True, kw_only=True):
    """The site's pages with the day each last changed, if known; with `parts`, its sitemaps instead."""

    pages: tuple[tuple[str, str], ...] = ()
    parts: bool = False


class RobotsView(View, frozen=True, kw_only=True):
    """robots.txt."""


class SearchView(View, frozen=True, kw_only=True):
    """The search page; what it finds is in the files beside it."""


class SearchCatalogView(View, frozen=True, kw_only=True):
    """What a search reads first: months with the lengths of their articles, and the keys of the shards."""

    months: tuple[tuple[str, str], ...] = ()
    shards: tuple[str, ...] = ()


class SearchFacetsView(View, frozen=True, kw_only=True):
    """By what a search can be narrowed: topics with their pages, authors; `docs` is a text for each month."""

    topics: tuple[tuple[Entry, str], ...] = ()
    authors: tuple[str, ...] = ()
    docs: tuple[str, ...] = ()


class SearchDocsView(View, frozen=True, kw_only=True):
    """The articles of a month, the oldest first; `texts` are the first ones of its text files."""

    month: str
    texts: tuple[int, ...] = ()
    lines: tuple[SearchLine, ...] = ()


class SearchTextsView(View, frozen=True, kw_only=True):
    """A few articles' texts: `digest` names the blob that holds them deflated."""

    name: str
    digest: str


class SearchShardView(View, frozen=True, kw_only=True):
    """The words whose keys stand from `start` up to `end`, if that is given.

    `parts` are a month's place and the blob that holds its words of a first character.
    """

    start: str
    end: str = ""
    parts: tuple[tuple[int, str], ...] = ()


SearchData = SearchCatalogView | SearchFacetsView | SearchDocsView | SearchTextsView | SearchShardView
"""What the search page's program reads."""


class FileView(View, frozen=True, kw_only=True):
    """A file that is copied as it is: `digest` names its blob."""

    digest: str


AnyView = (
    HomeView
    | ArticleView
    | PlainView
    | IndexView
    | TreeView
    | WordsView
    | YearsView
    | TopicView
    | AuthorView
    | AuthorsView
    | QueryView
    | QueriesView
    | ArchivesView
    | PeriodView
    | WeekView
    | NotFoundView
    | RedirectView
    | FeedView
    | OpmlView
    | SitemapView
    | RobotsView
    | SearchView
    | SearchCatalogView
    | SearchFacetsView
    | SearchDocsView
    | SearchTextsView
    | SearchShardView
    | FileView
)


class SiteView(Value, frozen=True, kw_only=True):
    """What every page may know of the site: its configuration and the names of its indexes, no counts.

    `theme` holds the theme's options, one attribute each, as the theme declares them.
    Where it is not `public`, the `url` is that of an example, as it has none of its own.
    `feed_styles` are the stylesheets by which a browser shows a feed as a page.
    """

    title: str
    url: str
    public: bool = True
    description: str = ""
    language: str = "en"
    source: str = ""
    indexes: tuple[Crumb, ...] = ()
    nav: tuple[Crumb, ...] = ()
    archives: bool = True
    authors: bool = True
    search: bool = False
    pretty: bool = False
    stylesheets: tuple[str, ...] = ()
    feeds: tuple[FeedLink, ...] = ()
    feed_styles: tuple[str, ...] = ()
    opml: bool = False
    queries: bool = False
    theme: Any = None


class Theme(NamedTuple):
    """Templates by name and where each came from; assets by output path; the digest of each closure.

    `options` are the values of the theme's own options, one attribute each.
    """

    templates: Mapping[str, str]
    files: Mapping[str, str]
    assets: Mapping[str, bytes]
    closures: Mapping[str, str]
    options: Any = None
