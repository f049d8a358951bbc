"""The catalog becomes pages: every view of the site under its path, every link in it resolved.

A plain function, run whole. Two pages of one address are a Problem; so is a link that leads nowhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from lwnindex import names
from lwnindex.model import Catalog, Parsed, PlainPage, Problem
from lwnindex.problems import problem
from lwnindex.settings import Config
from lwnindex.viewmodel import (
    AnyView,
    ArticleView,
    Crumb,
    FileView,
    NotFoundView,
    PlainView,
    RobotsView,
    SitemapView,
    SiteView,
)
from lwnindex.views.archive import Archive, archive, feed_links
from lwnindex.views.articles import article_view, neighbours, plain_view
from lwnindex.views.feeds import feed_paths, feed_views
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
    whole = archive(catalog, parsed, config)
    routes = _Routes()
    lists = {view.path: view for view in _lists(whole) if routes.claim(view.path, view.title)}
    shelf, written = _claimed(whole, routes)
    copied = [path for path in sorted(files) if routes.claim_file(path)]
    themed = [path for path in sorted(assets) if routes.claim_missing(path, f"the theme's {path}")]
    own = {view.path: view for view in _own(shelf, routes)}
    bodies, dead = _bodies(shelf, targets(shelf, routes.paths))
    links = {view.line.id: view.links for view in bodies if isinstance(view, ArticleView)}
    views: dict[str, AnyView] = dict(lists)
    views |= {view.path: view for view in (*bodies, *feed_views(shelf, links)) if view.path in written}
    views |= {path: _file(path, files[path]) for path in copied}
    views |= {path: _file(path, assets[path]) for path in themed}
    stylesheets = [path for path in assets if path in views]
    return Plan(views | own, site_view(shelf, stylesheets), (*routes.problems, *dead))


def _claimed(shelf: Archive, routes: _Routes) -> tuple[Archive, frozenset[str]]:
    """Return the archive with those plain pages whose paths are free, and the paths of bodies and feeds."""
    catalog = shelf.catalog
    articles = [
        path
        for one, path in catalog.paths.items()
        if routes.claim(path, catalog.cards[one].title, catalog.cards[one].file)
    ]
    feeds = [path for path in feed_paths(shelf) if routes.claim(path)]
    pages = tuple(page for page in shelf.pages if routes.claim(page.path, page.title, page.file))
    return shelf._replace(pages=pages), frozenset([*articles, *feeds, *(page.path for page in pages)])


def _bodies(shelf: Archive, known: Targets) -> tuple[list[ArticleView | PlainView], list[Problem]]:
    """Return the pages of articles and the plain pages, and their dead links."""
    near = neighbours(shelf)
    found: list[tuple[ArticleView | PlainView, list[Problem]]] = []
    found += [article_view(shelf, one, near, known) for one in shelf.catalog.order]
    found += [plain_view(page, known) for page in shelf.pages]
    return [view for view, _ in found], [each for _, dead in found for each in dead]


def _lists(shelf: Archive) -> Iterator[AnyView]:
    """Yield the pages that are made of the catalog alone: front page, indexes, topics, dates, authors."""
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


def _file(path: str, digest: str) -> FileView:
    return FileView(path=path, root=names.root_of(path), title="", digest=digest)


def _own(shelf: Archive, routes: _Routes) -> Iterator[AnyView]:
    """Yield what a site has unless it brings a file of that name: the sitemap, robots.txt and 404.html."""
    pages = [path for path in routes.paths if names.folder_of(f"/{path}") + "/index.html" == f"/{path}"]
    robots = RobotsView(path="robots.txt", root="", title="")
    own: list[AnyView] = [*_sitemaps(shelf, sorted(pages)), robots, _not_found(shelf.config)]
    yield from (view for view in own if routes.claim_missing(view.path, view.path))


def _not_found(config: Config) -> NotFoundView:
    """Return 404.html, which a server shows for any address: its links start at the path of the site's."""
    path = urlsplit(config.site.url).path.rstrip("/")
    return NotFoundView(path="404.html", root=f"{path}/", title="Page not found")


def _sitemaps(shelf: Archive, paths: list[str]) -> Iterator[SitemapView]:
    """Yield the sitemap of all pages for readers, in parts under an index where one may not hold them."""
    cards = {shelf.catalog.paths[one]: card for one, card in shelf.catalog.cards.items()}
    days = {path: (card.updated or card.date or "")[:10] for path, card in cards.items()}
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


def site_view(shelf: Archive, assets: Iterable[str]) -> SiteView:
    """Return what every page may know of the site."""
    settings = shelf.config.site
    navigated = sorted((page for page in shelf.pages if page.nav is not None), key=_nav_key)
    return SiteView(
        title=settings.title,
        url=settings.url,
        description=settings.description,
        language=settings.language,
        source=settings.source,
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
    """Who stands at which path: one each, told apart as the least capable file system does."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._holders: dict[str, str] = {}
        self._folders: set[str] = set()

    @property
    def paths(self) -> Collection[str]:
        return self._holders.values()

    def claim(self, path: str, title: str = "", file: str = "") -> bool:
        """Tell whether a page got its path; a problem names the `file` it comes from where it did not."""
        return self._claim(path, f'the page "{title}"' if title else "the feed", file or path)

    def claim_file(self, path: str) -> bool:
        """Tell whether a file of static/ got its path; a problem where it did not."""
        return self._claim(path, "the file", f"static/{path}")

    def claim_missing(self, path: str, what: str) -> bool:
        """Tell whether a path is free, and take it; a file of the site's own there is no problem."""
        return self._holder(path) != path and self._claim(path, what, path)

    def _claim(self, path: str, what: str, file: str) -> bool:
        holder = self._holder(path)
        if holder is not None:
            self.problems.append(_clash(path, holder, what, file))
            return False
        key = names.folded(path)
        self._holders[key] = path
        self._folders.update(_above(key))
        return True

    def _holder(self, path: str) -> str | None:
        """Return what stands in the way of this path: the same, a folder of it, or a file above it."""
        key = names.folded(path)
        if key in self._folders:
            return f"{path}/"
        found = self._holders.get(key)
        above = (self._holders.get(each) for each in _above(key))
        return found or next((each for each in above if each), None)


def _above(key: str) -> Iterator[str]:
    while "/" in key:
        key = key.rpartition("/")[0]
        yield key


def _clash(path: str, holder: str, what: str, file: str) -> Problem:
    return problem(
        "duplicate-path",
        file,
        0,
        f"{what} would be written to {path}, where {holder} stands already; it is left out.",
        "Give one of the two another name.",
    )
