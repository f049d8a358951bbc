"""The catalog becomes pages: every path of the site, and what makes its view, every link in it resolved.

A plain function, run whole; a view is made where it is wanted, and of its own alone.
Two pages of one address are a Problem; so is a link that leads nowhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import NamedTuple
from urllib.parse import urlsplit

from lwnindex import names
from lwnindex.feedviews import RobotsView, SitemapView
from lwnindex.indexviews import TopicView
from lwnindex.model import Catalog, Described, Entry, Parsed, PlainPage, Problem, Source, Topic
from lwnindex.routes import Routes
from lwnindex.searchindex import Searched
from lwnindex.settings import EXAMPLE, Config
from lwnindex.viewmodel import AnyView, FileView, NotFoundView, RedirectView, SiteView
from lwnindex.viewparts import Crumb, FeedEntry, Line
from lwnindex.views.archive import Archive, Page, archive, feed_links, short_title
from lwnindex.views.articles import article_view, body_links, plain_view
from lwnindex.views.attachments import attachments
from lwnindex.views.byyear import year_pages
from lwnindex.views.feeds import Feed, feed_entry, feed_view, feeds, old_feeds
from lwnindex.views.indexes import gone_pages, index_pages
from lwnindex.views.opml import PATH, has_opml, opml_view
from lwnindex.views.periods import archive_pages, author_pages, authors_view, home_view
from lwnindex.views.permuted import word_pages
from lwnindex.views.queries import query_pages, query_problems
from lwnindex.views.search import search_pages
from lwnindex.views.targets import Targets, targets
from lwnindex.views.topicpages import topic_pages, with_note
from lwnindex.views.trees import tree_pages
from lwnindex.views.weeks import week_pages
from lwnindex.words import ENGLISH, Words

SITEMAP_SIZE = 50_000
"""How many addresses a sitemap may hold (sitemaps.org)."""

FEED_STYLES = ("assets/feeds.css", "assets/theme-options.css")
"""The stylesheets of feeds: how they look, and what the site sets in that."""

OWN_STYLES = frozenset({"assets/index.css", "assets/search.css", "assets/lookup.css", FEED_STYLES[0]})
"""The stylesheets that only some kinds of pages link."""


class Made(NamedTuple):
    """A view, and the links in it that lead nowhere."""

    view: AnyView
    problems: Sequence[Problem] = ()


Maker = Callable[[], Made]


class Plan(NamedTuple):
    """The site to be: its paths, what all its views may know, and which paths were wanted twice.

    `targets` is what the links in it can lead to. `feeds` counts those of each format, and the `archive`
    documents of all.
    `made` makes the view of a path, each time anew and from nothing that another's making leaves.
    """

    paths: tuple[str, ...]
    site: SiteView
    problems: tuple[Problem, ...]
    made: Callable[[str], Made]
    targets: Targets
    feeds: tuple[tuple[str, int], ...] = ()

    def view(self, path: str) -> AnyView:
        """Return the view of a path."""
        return self.made(path).view


def link(
    catalog: Catalog,
    parsed: Iterable[Parsed],
    files: Mapping[str, str],
    assets: Mapping[str, str],
    config: Config,
    *,
    words: Words = ENGLISH,
    beside: Sequence[Source] = (),
    searched: Searched | None = None,
    seen: Callable[[Targets], Targets] | None = None,
) -> Plan:
    """Return the site's plan; `files` and `assets` name the digests of the copied files by their paths.

    `beside` are the files that stand among the sources; those that an article leads to are copied.
    A file of the site wins over an asset of the theme, and over `robots.txt`, at the same path.
    With `seen` the plan is that of an excerpt, without old addresses and what only programs that visit a site
    ask it for: given what links could lead to in it, `seen` gives what they do lead to.
    """
    whole = archive(catalog, parsed, config, words)
    routes = Routes()
    lists = {path: make for path, make in _lists(whole) if routes.claim_list(path, make)}
    shelf, articles, subscribed = _claimed(whole, routes)
    copied = {path: files[path] for path in sorted(files) if routes.claim_file(path)}
    themed = {
        path: assets[path] for path in sorted(assets) if routes.claim_missing(path, f"the theme's {path}")
    }
    attached = attachments(shelf, beside)
    held = {path: one.digest for path, one in attached.copied.items() if routes.claim_file(path, one.file)}
    wanted = [*_opml(shelf), *(() if seen else _own(shelf, articles, routes))]
    own = {path: make for path, make in wanted if routes.claim_missing(path)}
    if searched:
        own |= {path: make for path, make in search_pages(shelf, searched) if routes.claim_missing(path)}
    known = targets(shelf, routes.paths, attached.beside)
    known = seen(known) if seen else known
    makers: dict[str, Maker] = {path: partial(_alone, make) for path, make in lists.items()}
    makers |= _noted(shelf, lists, known)
    makers |= {page.path: partial(_plain, page, known) for page in shelf.pages}
    makers |= _feeds(shelf, subscribed, known)
    makers |= {path: partial(_file, path, digest) for path, digest in (copied | themed | held).items()}
    makers |= {path: partial(_alone, make) for path, make in own.items()}
    makers |= {} if seen else dict(_redirects(shelf, routes, articles))
    makers |= {} if seen else _renamed(shelf, routes, known)
    stylesheets = [path for path in assets if path in makers]
    return Plan(
        paths=(*lists, *articles, *list(makers)[len(lists) :]),
        site=site_view(shelf, stylesheets),
        problems=(*routes.problems, *attached.problems, *(() if seen else query_problems(shelf))),
        made=partial(_made, shelf, known, articles, makers),
        targets=known,
        feeds=_counted(subscribed),
    )


def _counted(found: Iterable[Feed]) -> tuple[tuple[str, int], ...]:
    """Return how many feeds there are of each format, and how many documents of archives."""
    return tuple(Counter("archive" if one.place else one.format for one in found).items())


def _made(
    shelf: Archive, known: Targets, articles: Mapping[str, str], makers: Mapping[str, Maker], path: str
) -> Made:
    one = articles.get(path)
    return makers[path]() if one is None else Made(*article_view(shelf, one, known))


def _alone(make: Callable[[], AnyView]) -> Made:
    """Return a view in which every link leads somewhere."""
    return Made(make())


def _plain(page: PlainPage, known: Targets) -> Made:
    return Made(*plain_view(page, known))


def _noted(shelf: Archive, lists: Mapping[str, Callable[[], AnyView]], known: Targets) -> dict[str, Maker]:
    """Return what makes the pages of the topics of which something is noted."""
    topics, described = shelf.catalog.topics, shelf.catalog.described.values()
    noted = [(topics[one.entry].path, one) for one in described if one.note.digest and one.entry in topics]
    return {path: partial(_topic, lists[path], one, known) for path, one in noted if path in lists}


def _topic(make: Callable[[], AnyView], one: Described, known: Targets) -> Made:
    """Return a topic's page with its note, where that is what stands at its path."""
    view = make()
    if not isinstance(view, TopicView) or view.entry != one.entry:
        return Made(view)
    return Made(*with_note(view, one, known))


def _file(path: str, digest: str) -> Made:
    return Made(FileView(path=path, root=names.root_of(path), title="", digest=digest))


def _claimed(shelf: Archive, routes: Routes) -> tuple[Archive, dict[str, str], list[Feed]]:
    """Return the archive with those plain pages whose paths are free, the articles by path, the feeds."""
    catalog = shelf.catalog
    articles = {
        path: one
        for one, path in catalog.paths.items()
        if routes.claim(path, catalog.cards[one].title, catalog.cards[one].file)
    }
    found = [feed for feed in feeds(shelf) if routes.claim(feed.path)]
    pages = tuple(page for page in shelf.pages if routes.claim(page.path, page.title, page.file))
    return shelf._replace(pages=pages), articles, found


def _redirects(shelf: Archive, routes: Routes, articles: Mapping[str, str]) -> Iterator[tuple[str, Maker]]:
    """Yield what makes the pages that stand at old addresses, where nothing else does."""
    catalog = shelf.catalog
    for path, one in catalog.aliases.items():
        target = catalog.paths[one]
        if articles.get(target) == one and routes.claim_old(path, target, catalog.cards[one].file):
            yield path, partial(_alone, partial(redirect, path, target, shelf.lines[one]))


def redirect(path: str, target: str, line: Line) -> RedirectView:
    """Return the page at an old address that leads to where its article is now."""
    return RedirectView(path=path, root=names.root_of(path), title=line.title, lang=line.lang, target=target)


def _renamed(shelf: Archive, routes: Routes, known: Targets) -> dict[str, Maker]:
    """Return what makes pages and feeds at the addresses of other names of topics, where nothing stands."""
    gone = (one for one in gone_pages(shelf) if routes.claim_old(one.path, one.target, ""))
    found, followed = {one.path: partial(Made, one) for one in gone}, []
    written = _written(shelf)
    for one in (*shelf.catalog.sees, *shelf.catalog.former):
        topic = shelf.catalog.topics[one.topic]
        by_path = written.get((one.topic, one.path), ("", 0))
        if routes.claim_old(one.path, topic.path, *written.get((one.topic, one.entry), by_path)):
            found[one.path] = partial(_alone, partial(_moved, one.path, topic))
            followed += [feed for feed in old_feeds(shelf, one) if routes.claim_missing(feed.path)]
    return found | _feeds(shelf, followed, known)


def _written(shelf: Archive) -> dict[tuple[Entry, Entry | str], tuple[str, int]]:
    """Return the file and line in which topics' other names and addresses are written."""
    found: dict[tuple[Entry, Entry | str], tuple[str, int]] = {}
    for topic, one in shelf.catalog.described.items():
        found.update({(topic, each.path): (one.file, each.line) for each in reversed(one.addresses)})
        found.update({(topic, each.entry): (one.file, each.line) for each in reversed(one.aliases)})
    return found


def _moved(path: str, topic: Topic) -> RedirectView:
    """Return the page at the address of another name of a topic."""
    return RedirectView(
        path=path, root=names.root_of(path), title=" / ".join(topic.entry[1:]), target=topic.path
    )


def _feeds(shelf: Archive, found: Iterable[Feed], known: Targets) -> dict[str, Maker]:
    """Return what makes each feed; an article that stands in many is made for them about once."""

    @lru_cache(maxsize=4096)
    def entry(one: str, whole: bool) -> FeedEntry:
        return feed_entry(shelf, one, body_links(shelf, one, known)[0] if whole else None)

    return {feed.path: partial(_alone, partial(feed_view, shelf, feed, entry)) for feed in found}


def _lists(shelf: Archive) -> Iterator[Page]:
    """Yield the pages that are made of the catalog alone: front page, indexes, topics, dates, authors."""
    catalog, switches = shelf.catalog, shelf.config.pages
    yield "index.html", partial(home_view, shelf)
    for one in catalog.indexes:
        yield from index_pages(shelf, one)
        yield from tree_pages(shelf, one)
        yield from word_pages(shelf, one)
        yield from year_pages(shelf, one)
    for topic in catalog.topics.values():
        yield from topic_pages(shelf, topic)
    if switches.archives:
        yield from archive_pages(shelf)
        yield from week_pages(shelf)
    if switches.authors and catalog.authors:
        yield "Authors/index.html", partial(authors_view, shelf)
        for author in catalog.authors.values():
            yield from author_pages(shelf, author)
    yield from query_pages(shelf)


def _opml(shelf: Archive) -> Iterator[Page]:
    """Yield the list of all feeds, if there are any."""
    if has_opml(shelf):
        yield PATH, partial(opml_view, shelf)


def _own(shelf: Archive, articles: Mapping[str, str], routes: Routes) -> Iterator[Page]:
    """Yield what a site has unless it brings a file of that name: the sitemap, robots.txt and 404.html."""
    pages = [path for path in routes.paths if path == "index.html" or path.endswith("/index.html")]
    yield from _sitemaps(shelf, articles, pages)
    yield "robots.txt", partial(RobotsView, path="robots.txt", root="", title="")
    yield "404.html", partial(_not_found, shelf)


def _not_found(shelf: Archive) -> NotFoundView:
    """Return 404.html, which a server shows for any address: its links start at the path of the site's."""
    path = urlsplit(shelf.config.site.url).path.rstrip("/")
    return NotFoundView(path="404.html", root=f"{path}/", title=shelf.words.say("Page not found"))


def _sitemaps(shelf: Archive, articles: Mapping[str, str], pages: Sequence[str]) -> Iterator[Page]:
    """Yield the sitemap of all pages for readers, in parts under an index where one may not hold them."""
    if len(pages) <= SITEMAP_SIZE:
        yield "sitemap.xml", partial(_sitemap, shelf, articles, pages, "sitemap.xml", 0)
        return
    starts = range(0, len(pages), SITEMAP_SIZE)
    parts = {f"sitemap-{number}.xml": start for number, start in enumerate(starts, 1)}
    yield "sitemap.xml", partial(_sitemap_of_parts, tuple(parts))
    for path, start in parts.items():
        yield path, partial(_sitemap, shelf, articles, pages, path, start)


def _sitemap_of_parts(parts: Iterable[str]) -> SitemapView:
    listed = tuple((path, "") for path in parts)
    return SitemapView(path="sitemap.xml", root="", title="", pages=listed, parts=True)


def _sitemap(
    shelf: Archive, articles: Mapping[str, str], pages: Sequence[str], path: str, start: int
) -> SitemapView:
    """Return the sitemap, or a part of it, that starts with the page at `start` in the order of paths."""
    part = sorted(pages)[start : start + SITEMAP_SIZE]
    listed = tuple((each, _changed(shelf, articles.get(each))) for each in part)
    return SitemapView(path=path, root="", title="", pages=listed)


def _changed(shelf: Archive, one: str | None) -> str:
    """Return the day on which an article last changed, or nothing where a page is none."""
    card = None if one is None else shelf.catalog.cards[one]
    return (card.updated or card.date or "")[:10] if card else ""


def site_view(shelf: Archive, styles: Collection[str]) -> SiteView:
    """Return what every page may know of the site, given the paths of its stylesheets among others."""
    settings = shelf.config.site
    common = (path for path in styles if path.endswith(".css") and path not in OWN_STYLES)
    navigated = sorted((page for page in shelf.pages if page.nav is not None), key=_nav_key)
    return SiteView(
        title=settings.title,
        url=settings.url,
        public=settings.url not in ("", EXAMPLE),
        description=settings.description,
        language=settings.language,
        source=settings.source,
        indexes=tuple(
            Crumb(name=short_title(one, shelf.words), path=one.page) for one in shelf.catalog.indexes
        ),
        nav=tuple(Crumb(name=page.title, path=page.path) for page in navigated),
        archives=shelf.config.pages.archives,
        authors=shelf.config.pages.authors and bool(shelf.catalog.authors),
        search=shelf.config.search.enabled,
        opml=has_opml(shelf),
        queries=bool(shelf.config.feeds_out.query),
        pretty=shelf.config.links.style == "pretty",
        stylesheets=tuple(sorted(common, key=_cascade)),
        feeds=feed_links(shelf, "index.html", settings.title),
        feed_styles=tuple(path for path in FEED_STYLES if path in styles) if FEED_STYLES[0] in styles else (),
    )


def _nav_key(page: PlainPage) -> tuple[int, str, str]:
    return page.nav or 0, page.title, page.path


def _cascade(path: str) -> tuple[bool, bool, str]:
    """Return the order of stylesheets: the code's colours, the theme's own, and what the site sets in it."""
    return not path.endswith("pygments.css"), path.endswith("theme-options.css"), path
