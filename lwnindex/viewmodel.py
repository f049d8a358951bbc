"""The values that templates and formats see: one view a page, and what all may know of their site.

A page is a value that holds everything its template may see. Paths are output paths below `site/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from lwnindex.articleviews import (
    ArchivesView,
    ArticleView,
    AuthorsView,
    AuthorView,
    HomeView,
    PeriodView,
    PlainView,
    QueriesView,
    QueryView,
    WeekView,
)
from lwnindex.feedviews import FeedView, OpmlView, RobotsView, SitemapView
from lwnindex.indexviews import IndexView, TopicView, TreeView, WordsView, YearsView
from lwnindex.model import Value
from lwnindex.searchviews import (
    SearchCatalogView,
    SearchDocsView,
    SearchFacetsView,
    SearchShardView,
    SearchTextsView,
    SearchView,
)
from lwnindex.viewparts import Crumb, FeedLink, View


class NotFoundView(View, frozen=True, kw_only=True):
    """The page a server shows for an address that leads nowhere."""


class RedirectView(View, frozen=True, kw_only=True):
    """What stands at an old address and leads to the page `target`, with a fragment or without."""

    target: str


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
    """What every page may know of the site: its configuration and the names of its indexes, no counts."""

    title: str  # `[site] title`
    url: str  # `[site] url`, or that of an example where there is none
    public: bool = True  # it has an address of its own
    description: str = ""  # `[site] description`
    language: str = "en"  # `[site] language`
    source: str = ""  # the address of the publication that the articles come from, or empty
    indexes: tuple[Crumb, ...] = ()  # the indexes, by their short titles
    nav: tuple[Crumb, ...] = ()  # the plain pages that have a `nav`, in its order
    archives: bool = True  # there are pages of years and months
    authors: bool = True  # there are pages of authors
    search: bool = False  # there is a search page
    pretty: bool = False  # addresses leave `index.html` out
    stylesheets: tuple[str, ...] = ()  # those that every page links, in order
    feeds: tuple[FeedLink, ...] = ()  # the feeds of the whole site
    feed_styles: tuple[str, ...] = ()  # the stylesheets by which a browser shows a feed as a page
    opml: bool = False  # there is `index.opml`, the list of feeds
    queries: bool = False  # there are saved queries
    theme: Any = None  # the options of the theme, one attribute each: `site.theme.accent`


class Theme(NamedTuple):
    """Templates by name and where each came from; assets by output path; the digest of each closure.

    `options` are the values of the theme's own options, one attribute each. `unused` are the templates that
    no page draws on.
    """

    templates: Mapping[str, str]
    files: Mapping[str, str]
    assets: Mapping[str, bytes]
    closures: Mapping[str, str]
    options: Any = None
    unused: tuple[str, ...] = ()
