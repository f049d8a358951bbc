"""What a code means, how an article was read and where it is shown, or why a page is as it is.

The same archive and store give the same lines.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from lwnindex import due, snapshot
from lwnindex.advice import MEANINGS
from lwnindex.advice import explained as explained_code
from lwnindex.causes import Causes, causes
from lwnindex.checking.addresses import Address, is_there
from lwnindex.config import Found
from lwnindex.disk import look, stat_from
from lwnindex.engine.memo import Memo
from lwnindex.engine.store import Written
from lwnindex.explain import explained, source_of
from lwnindex.feedviews import FeedView
from lwnindex.formats.html import TEMPLATE_OF
from lwnindex.indexviews import TopicView
from lwnindex.link import Plan
from lwnindex.model import Card, Source
from lwnindex.options import Options
from lwnindex.problems import SiteError
from lwnindex.render import encoded_view
from lwnindex.revise import Last
from lwnindex.searchviews import SearchData
from lwnindex.standing import written
from lwnindex.times import day_of
from lwnindex.viewmodel import AnyView, FileView, RedirectView
from lwnindex.visits import Visit, visit

_BATCH = 128
"""How many views are made and looked through at once."""

_FEW = 10
"""Files and pages that are named; of more their number is told."""

_NOTHING = (
    "nothing is named. Name a code, such as dead-link, an article by its id or its file, or a page by its "
    "path or address."
)

_KINDS: Mapping[str, str] = {
    "HomeView": "the front page",
    "ArticleView": "the page of an article",
    "PlainView": "a plain page",
    "IndexView": "an index from A to Z",
    "TreeView": "an index as a tree",
    "WordsView": "an index by words",
    "YearsView": "an index by years",
    "TopicView": "the page of a topic",
    "AuthorView": "the page of an author",
    "AuthorsView": "the list of authors",
    "QueryView": "the page of a saved query",
    "QueriesView": "the list of saved queries",
    "ArchivesView": "the archives",
    "PeriodView": "the page of a year or a month",
    "WeekView": "the page of a week",
    "NotFoundView": "the page for lost addresses",
    "RedirectView": "an old address",
    "FeedView": "a feed",
    "OpmlView": "the list of feeds",
    "SitemapView": "a sitemap",
    "RobotsView": "robots.txt",
    "SearchView": "the search page",
    "FileView": "a file that is copied",
}


def explain(found: Callable[[], Found], name: str, options: Options) -> tuple[str, ...]:
    """Return what there is to be said of a code, an article, or a path of the site; SiteError for none.

    A code needs no site, so its configuration is found where it is asked for.
    """
    if not name.strip():
        raise SiteError(_NOTHING, exit_code=2)
    if name in MEANINGS:
        return tuple(explained_code(name))
    site = found()
    return visit(site, options, lambda seen: tuple(_told(site, seen, name, options)))


def _told(found: Found, seen: Visit, name: str, options: Options) -> Iterator[str]:
    path = _path(found, seen.site.plan, _copied(seen).get(name, name))
    if path and ("/" in name or name in _copied(seen)):
        yield from _of_page(found, seen, path)
        return
    try:
        source = source_of(seen.gathered, name, Memo(seen.store, options.hands("reading")))
    except SiteError as error:
        if path:
            yield from _of_page(found, seen, path)
            return
        raise _unknown(seen, name) from error
    yield from explained(seen.gathered, source)
    yield from _of_source(seen, source, options)


def _copied(seen: Visit) -> dict[str, str]:
    """Return the paths of files that are copied, by their names as people know them."""
    return {one.file: one.path for one in seen.gathered.files.sources}


def _path(found: Found, plan: Plan, name: str) -> str:
    """Return the path of the site that a name, an address or a file of the output means, or nothing."""
    paths = frozenset(plan.paths)
    place = Path(name).resolve()
    output = found.output.resolve()
    if place.is_relative_to(output):
        name = place.relative_to(output).as_posix()
    local = Address(plan.site.url).local("", name)
    if local is None:
        return ""
    path = local.path.lstrip("/")
    if path not in paths and is_there(path, paths):
        path = f"{path.rstrip('/')}/index.html"
    return path if path in paths else ""


def _unknown(seen: Visit, name: str) -> SiteError:
    from rapidfuzz import fuzz, process

    catalog, sources = seen.site.catalog, seen.gathered.sources.sources
    known = dict.fromkeys((*MEANINGS, *catalog.cards, *(one.path for one in sources), *seen.site.plan.paths))
    close = process.extract(name, list(known), scorer=fuzz.ratio, limit=3, score_cutoff=60)
    meant = f" Did you mean {' or '.join(each for each, *_ in close)}?" if close else ""
    return SiteError(f'there is no code, article, source file or page "{name}".{meant}', exit_code=2)


# Articles ----------------------------------------------------------------------------------------


def _of_source(seen: Visit, source: Source, options: Options) -> Iterator[str]:
    """Yield the pages of the articles of a source, and what shows them."""
    both = zip(seen.gathered.sources.sources, seen.site.parsed, strict=True)
    parsed = next(parsed for one, parsed in both if one.file == source.file)
    numbers = {number: key for key, number in seen.site.catalog.positions.items()}
    before = sum(len(one.articles) for one in seen.site.parsed[: seen.site.parsed.index(parsed)])
    keys = [numbers.get(place) for place in range(before, before + len(parsed.articles))]
    paths = [seen.site.catalog.paths[key] if key else "" for key in keys]
    shown = _shown(seen.site.plan, tuple(filter(None, paths)), options)
    for article, path in zip(parsed.articles, paths, strict=True):
        if path:
            yield f"  its page is {path}"
            yield from (f"  {group}: {_some(shown[path][group])}" for group in sorted(shown[path]))
        else:
            yield f"  {article.card.id} has no page: {_state(seen, article.card)}"
    for page in parsed.pages:
        yield f"  its page is {page.path}" if page.path in seen.site.plan.paths else "  it has no page"


def _state(seen: Visit, card: Card) -> str:
    """Return why an article is not published."""
    zone = seen.gathered.config.site.timezone
    rule = due.withheld(card, seen.gathered.today, zone)
    if rule == "ahead":
        return f"it is dated ahead, {day_of(card.date or '', zone)}"
    if rule == "expired":
        return f"it has expired on {day_of(card.expires or '', zone)}"
    return "it is a draft" if rule else "another article has its id"


def _shown(plan: Plan, pages: Sequence[str], options: Options) -> dict[str, dict[str, list[str]]]:
    """Return the lists, feeds and other articles that name some pages, by these and in groups.

    All views are made for that, each once, by as many processes as there may be.
    """
    found: dict[str, dict[str, list[str]]] = {page: {} for page in pages}
    work = partial(_naming, plan, pages)
    for done in options.hands("looking").batches(work, plan.paths if pages else (), _BATCH):
        for page, group, path in done.result if done.result is not None else work(done.items):
            found[page].setdefault(group, []).append(path)
    return found


def _naming(plan: Plan, pages: Sequence[str], paths: Sequence[str]) -> list[tuple[str, str, str]]:
    """Return which of some pages are named at some paths, alone or with an anchor, and in what group."""
    sought = [(page, page.encode("utf-8", "replace")) for page in pages]
    found = []
    for path in paths:
        view = plan.view(path)
        if not isinstance(view, FileView):
            encoded = encoded_view(view)
            named = (page for page, name in sought if page != path and name in encoded)
            found += [(page, _group(view), path) for page in named]
    return found


def _group(view: AnyView) -> str:
    if isinstance(view, FeedView):
        return "in feeds"
    if isinstance(view, SearchData):
        return "in files of the search"
    if isinstance(view, RedirectView):
        return "from old addresses"
    return "named by articles" if type(view).__name__ == "ArticleView" else "in lists"


def _some(names: Iterable[str]) -> str:
    """Return some names, and the number of those that are left."""
    listed = sorted(names)
    more = f" and {len(listed) - _FEW:,} more" if len(listed) > _FEW else ""
    return ", ".join(listed[:_FEW]) + more


# Pages -------------------------------------------------------------------------------------------


def _of_page(found: Found, seen: Visit, path: str) -> Iterator[str]:
    view = seen.site.plan.view(path)
    kind = _KINDS.get(type(view).__name__, "a file of the search")
    yield f"{path}: {kind}" + (f', "{view.title}"' if view.title and not isinstance(view, FileView) else "")
    template = TEMPLATE_OF.get(type(view))
    if template:
        yield f"  template {template}, {_near(found, seen.gathered.theme.files.get(template, '?'))}"
    if isinstance(view, RedirectView):
        yield f"  leads to {view.target}"
    if isinstance(view, FileView) and path in seen.gathered.theme.assets and path not in seen.gathered.copied:
        yield f"  from the theme {found.config.theme.name}"
    sources = sorted(set(_sources(seen, view)))
    if sources:
        yield f"  shows {_some(sources)}"
    yield from (f"  {line}" for line in _outlook(found, seen, view))


def _near(found: Found, file: str) -> str:
    return file.removeprefix(f"{found.root.resolve()}/")


def _sources(seen: Visit, view: AnyView) -> Iterator[str]:
    """Yield the files of which a page shows something."""
    catalog, encoded = seen.site.catalog, encoded_view(view)
    if isinstance(view, FileView):
        yield from (one.file for one in seen.gathered.files.sources if one.path == view.path)
        yield from (one.file for one in seen.gathered.sources.beside if one.digest == view.digest)
        return
    for key, path in catalog.paths.items():
        if path.encode("utf-8", "replace") in encoded:
            yield catalog.cards[key].file
    yield from (page.file for one in seen.site.parsed for page in one.pages if page.path == view.path)
    if isinstance(view, TopicView) and view.entry in catalog.described:
        yield catalog.described[view.entry].file


def _outlook(found: Found, seen: Visit, view: AnyView) -> Iterator[str]:
    """Yield what the last build left at a path, and what the next one would do, and why."""
    output = found.output.resolve()
    row = written(output, seen.store).get(view.path)
    if row is None:
        yield "no build has written it into this output; the next one will"
        return
    key = seen.gathered.tools(seen.site.plan.site, seen.store.blob).key(view)
    if row.key != key:
        yield f"the next build makes it anew: {'; '.join(_reasons(seen, view, Last(seen.store, output)))}"
    elif not _stands(output / view.path, row):
        yield "it is not as the last build left it; the next one writes it again"
    else:
        yield "it is as the last build left it, and the next one keeps it"


def _stands(place: Path, row: Written) -> bool:
    return stat_from(look(os.fspath(place))) == row.stat


def _reasons(seen: Visit, view: AnyView, last: Last) -> Iterator[str]:
    """Yield what of all that a page depends on is not what it was."""
    if isinstance(view, FileView):
        yield "the file is another one"
        return
    gathered = seen.gathered
    renderer = gathered.tools(seen.site.plan.site, seen.store.blob).renderer
    before, now = last.causes(Causes), causes(renderer, gathered.config, gathered.today)
    if before is None:
        yield "what it depends on has changed (the store does not say what)"
        return
    template = TEMPLATE_OF.get(type(view), "")
    differing = {
        "the program, or a library of it, is another one": before.program != now.program,
        f"the template {template}, or one that it draws on, has changed": (
            before.closures.get(template) != now.closures.get(template)
        ),
        "settings of the site that all pages show have changed": before.site != now.site,
        "words of the interface have changed": before.words != now.words,
    }
    told = [reason for reason, is_so in differing.items() if is_so]
    yield from told or [f"what it shows has changed{_since(seen, last)}"]


def _since(seen: Visit, last: Last) -> str:
    """Return which sources say something else to the pages than in the last build."""
    before = last.said()
    if before is None:
        return ""
    both = zip(seen.gathered.sources.sources, seen.site.parsed, strict=True)
    now = {source.file: snapshot.said(parsed) for source, parsed in both}
    changed = {file for file in before.keys() | now.keys() if before.get(file) != now.get(file)}
    return f" (other sources than then: {_some(changed)})" if changed else ""
