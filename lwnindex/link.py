"""The catalog becomes pages: every view of the site under its path, every link in it resolved.

A plain function, run whole. Two pages of one address are a Problem; so is a link that leads nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from lwnindex import names
from lwnindex.model import (
    AnyView,
    ArticleView,
    Catalog,
    Crumb,
    FileView,
    NotFoundView,
    Parsed,
    PlainPage,
    PlainView,
    Problem,
    RobotsView,
    SitemapView,
    SiteView,
)
from lwnindex.problems import problem
from lwnindex.settings import Config
from lwnindex.views.archive import Archive, archive, feed_links
from lwnindex.views.articles import article_view, neighbours, plain_view
from lwnindex.views.feeds import feed_views
from lwnindex.views.indexes import index_views, topic_views
from lwnindex.views.periods import archive_views, author_views, authors_view, home_view
from lwnindex.views.resolve import Targets, targets

SITEMAP_SIZE = 50_000
"""How many addresses a sitemap may hold (sitemaps.org)."""


class Plan(NamedTuple):
    """The site to be: its views by path, what all of them may know, and what went wrong on the way."""

    views: dict[str, AnyView]
    site: SiteView
    problems: tuple[Problem, ...]


def link(
    catalog: Catalog,
    parsed: Iterable[Parsed],
    files: Mapping[str, str],
    assets: Mapping[str, str],
    config: Config,
) -> Plan:
    """Return the site's views; `files` and `assets` name the digests of the copied files by their paths.

    A file of the site wins over an asset of the theme, and over `robots.txt`, at the same path.
    """
    shelf = archive(catalog, parsed, config)
    known = targets(shelf, files)
    problems: list[Problem] = []
    bodies = list(_bodies(shelf, known, problems))
    links = {view.line.id: view.links for view in bodies if isinstance(view, ArticleView)}
    routes = _Routes(problems)
    routes.add_all(_html(shelf, bodies))
    routes.add_all(feed_views(shelf, links))
    routes.add_all(_files(files))
    routes.add_missing(_files(assets))
    routes.add_missing([RobotsView(path="robots.txt", root="", title="")])
    routes.add_all(_not_found(config, routes.views))
    routes.add_missing(_sitemaps(shelf, routes.views))
    return Plan(routes.views, site_view(shelf, assets), tuple(problems))


def _bodies(shelf: Archive, known: Targets, problems: list[Problem]) -> Iterator[ArticleView | PlainView]:
    """Yield the pages of articles and the plain pages, noting their dead links."""
    near = neighbours(shelf)
    for one in shelf.catalog.order:
        article, dead = article_view(shelf, one, near, known)
        problems.extend(dead)
        yield article
    for page in shelf.pages:
        plain, dead = plain_view(page, known)
        problems.extend(dead)
        yield plain


def _html(shelf: Archive, bodies: Iterable[AnyView]) -> Iterator[AnyView]:
    """Yield all pages but 404, those of the archive first, so that a plain page cannot take their place."""
    catalog, switches = shelf.catalog, shelf.config.pages
    yield home_view(shelf)
    for one in catalog.indexes:
        yield from index_views(shelf, one)
    for topic in catalog.topics.values():
        yield from topic_views(shelf, topic)
    if switches.archives:
        yield from archive_views(shelf)
    if switches.authors and catalog.authors:
        yield authors_view(shelf)
        for author in catalog.authors.values():
            yield from author_views(shelf, author)
    yield from bodies


def _files(files: Mapping[str, str]) -> Iterator[FileView]:
    for path, digest in sorted(files.items()):
        yield FileView(path=path, root=names.root_of(path), title="", digest=digest)


def _not_found(config: Config, taken: Mapping[str, AnyView]) -> Iterator[NotFoundView]:
    """Yield 404.html, which a server shows for any address: its links start at the path of the site's."""
    if "404.html" not in taken:
        path = urlsplit(config.site.url).path.rstrip("/")
        yield NotFoundView(path="404.html", root=f"{path}/", title="Page not found")


def _sitemaps(shelf: Archive, views: Mapping[str, AnyView]) -> Iterator[SitemapView]:
    """Yield the sitemap of all pages for readers, in parts under an index where one may not hold them."""
    cards = {shelf.catalog.paths[one]: card for one, card in shelf.catalog.cards.items()}
    days = {path: (card.updated or card.date or "")[:10] for path, card in cards.items()}
    paths = sorted(path for path in views if path.endswith("index.html"))
    pages = tuple((path, days.get(path, "")) for path in paths)
    if len(pages) <= SITEMAP_SIZE:
        yield SitemapView(path="sitemap.xml", root="", title="", pages=pages)
        return
    starts = range(0, len(pages), SITEMAP_SIZE)
    parts = [(f"sitemap-{number}.xml", start) for number, start in enumerate(starts, 1)]
    yield SitemapView(
        path="sitemap.xml", root="", title="", pages=tuple((p, "") for p, _ in parts), parts=True
    )
    for path, start in parts:
        yield SitemapView(path=path, root="", title="", pages=pages[start : start + SITEMAP_SIZE])


def site_view(shelf: Archive, assets: Mapping[str, str]) -> SiteView:
    """Return what every page may know of the site."""
    settings = shelf.config.site
    navigated = sorted((page for page in shelf.pages if page.nav is not None), key=_nav_key)
    return SiteView(
        title=settings.title,
        url=settings.url,
        description=settings.description,
        language=settings.language,
        source=settings.source,
        timezone=settings.timezone,
        indexes=tuple(Crumb(name=_short(one.title), path=one.page) for one in shelf.catalog.indexes),
        nav=tuple(Crumb(name=page.title, path=page.path) for page in navigated),
        archives=shelf.config.pages.archives,
        authors=shelf.config.pages.authors and bool(shelf.catalog.authors),
        pretty=shelf.config.links.style == "pretty",
        stylesheets=tuple(sorted((path for path in assets if path.endswith(".css")), key=_cascade)),
        feeds=feed_links(shelf, "index.html", settings.title),
    )


def _short(title: str) -> str:
    """Return an index's title as a navigation shows it: `Kernel` for `Kernel index`."""
    return title.removesuffix(" index")


def _nav_key(page: PlainPage) -> tuple[int, str, str]:
    return page.nav or 0, page.title, page.path


def _cascade(path: str) -> tuple[bool, str]:
    """Return the order of stylesheets: the code's colours first, so that the theme's own can answer."""
    return not path.endswith("pygments.css"), path


class _Routes:
    """Who writes which path: one page each, told apart as the least capable file system does."""

    def __init__(self, problems: list[Problem]) -> None:
        self.views: dict[str, AnyView] = {}
        self._folded: dict[str, str] = {}
        self._folders: set[str] = set()
        self._problems = problems

    def add_all(self, views: Iterable[AnyView]) -> None:
        """Give each view its path; one that is taken is a problem, and the later view is left out."""
        for view in views:
            holder = self._holder(view.path)
            if holder is None:
                self._add(view)
            else:
                self._problems.append(_clash(view, holder))

    def add_missing(self, views: Iterable[AnyView]) -> None:
        """Give each view its path unless the site has a page or file there already."""
        for view in views:
            if self._holder(view.path) is None:
                self._add(view)

    def _holder(self, path: str) -> str | None:
        """Return what stands in the way of this path: the same, a folder of it, or a file above it."""
        key = names.folded(path)
        if key in self._folders:
            return f"{path}/"
        found = self._folded.get(key)
        above = (self._folded.get(each) for each in _above(key))
        return found or next((each for each in above if each), None)

    def _add(self, view: AnyView) -> None:
        key = names.folded(view.path)
        self.views[view.path] = view
        self._folded[key] = view.path
        self._folders.update(_above(key))


def _above(key: str) -> Iterator[str]:
    while "/" in key:
        key = key.rpartition("/")[0]
        yield key


def _clash(view: AnyView, holder: str) -> Problem:
    kind = "file of static/" if isinstance(view, FileView) else "page"
    title = f' "{view.title}"' if view.title else ""
    return problem(
        "duplicate-path",
        f"static/{view.path}" if isinstance(view, FileView) else view.path,
        0,
        f"the {kind}{title} would be written to {view.path}, where {holder} stands already; it is left out.",
        "Give one of the two another name.",
    )
