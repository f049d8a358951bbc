"""What links can lead to: articles and files held here, old addresses, and where the rest is."""

from __future__ import annotations

import posixpath
from collections import ChainMap
from collections.abc import Collection, Iterable, Mapping, MutableMapping
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from lwnindex import names
from lwnindex.views.archive import Archive
from lwnindex.views.byyear import year_anchors

FEW = 30
"""How many ids are searched one by one."""


class Held(NamedTuple):
    """What an excerpt of the site holds: its paths, and the anchors of its indexes by page.

    A link to anything else of the site leads to the site's `address`. Where that is empty, one to an article
    leads to where its page was taken from (`originals`, by page), and all others to nothing.
    """

    paths: frozenset[str]
    anchors: Mapping[str, Collection[str]]
    address: str = ""
    originals: Mapping[str, str] = MappingProxyType({})


class Beside(NamedTuple):
    """Files that stand beside articles, by their names, and pictures from elsewhere among them, by theirs.

    Both lead to output paths. `left` are those that are not copied, each told in a problem of its own.
    """

    paths: Mapping[str, str] = MappingProxyType({})
    assets: Mapping[str, str] = MappingProxyType({})
    left: frozenset[str] = frozenset()


class Targets(NamedTuple):
    """What links can lead to: pages of articles by id and names, of sources, all paths, anchors by page.

    `near` are the hosts at which a page of ours may be meant, the publication's `hosts` among them;
    `indexes` are the A-Z pages, and those by years: what has no anchor there is not filed here, but may be at
    the publication.
    `held` is what an excerpt has of all that; None where the links are those of the site itself.
    `tongues` are the pages of translations by their languages, then by the ids of their articles.
    `old` are the pages that stand for old addresses, by the folded paths of these; `archives` the hosts at
    which such addresses were. `renamed` are the places of topics in their indexes by those that their other
    names would have: each a page, a `#` and an anchor.
    """

    source: str
    site: str
    hosts: frozenset[str]
    near: frozenset[str]
    articles: MutableMapping[str, str]
    others: Mapping[str, str]
    sources: Mapping[str, str]
    paths: frozenset[str]
    anchors: Mapping[str, Collection[str]]
    indexes: frozenset[str]
    held: Held | None = None
    files: Beside = Beside()
    originals: Mapping[str, str] = MappingProxyType({})
    tongues: Mapping[str, MutableMapping[str, str]] = MappingProxyType({})
    old: Mapping[str, str] = MappingProxyType({})
    archives: frozenset[str] = frozenset()
    renamed: Mapping[str, str] = MappingProxyType({})


def file_of(href: str, file: str, source: str) -> str:
    """Return the name of the file that an address in a source may mean, seen from it or from its folder."""
    path = unquote(href.partition("#")[0].partition("?")[0])
    if not path or "://" in path[:12] or path.startswith("//"):
        return ""
    start = file.removesuffix(source) if path[0] == "/" else posixpath.dirname(file)
    return posixpath.normpath(posixpath.join(start, path.lstrip("/")))


def source_of(file: str) -> str:
    """Return the part of the name of a file of topics that is below its content folder."""
    parts = file.split("/")
    return "/".join(parts[-2:]) if parts[-2:-1] == ["topics"] else parts[-1]


def targets(shelf: Archive, paths: Iterable[str], files: Beside | None = None) -> Targets:
    """Return all that a link of this archive can lead to; `paths` are those of all its pages and files.

    `files` are those that stand beside articles.
    """
    catalog = shelf.catalog
    source = shelf.config.site.source.rstrip("/")
    originals = _originals(shelf, names.hosts_of(source))
    hosts = {one.partition("/")[0].partition("?")[0] for one in originals}
    hosts |= {f"www.{one}" for one in hosts}
    years = year_anchors(shelf)
    archives = frozenset().union(*(names.hosts_of(one.url) for one in shelf.config.sources))
    return Targets(
        source=source,
        site=shelf.config.site.url.rstrip("/"),
        hosts=names.hosts_of(source),
        near=names.hosts_of(source) | {urlsplit(shelf.config.site.url).netloc.lower()} | archives | hosts,
        articles=catalog.paths,
        others=names.other_names({one: catalog.paths[one] for one in catalog.order}),
        sources=_sources(shelf),
        paths=frozenset(paths),
        anchors=_anchors(shelf) | years,
        indexes=frozenset([*(one.page for one in catalog.indexes), *years]),
        files=files or Beside(),
        originals=originals,
        tongues=_tongues(shelf),
        old=_old(shelf),
        archives=archives,
        renamed=_renamed(shelf),
    )


def _old(shelf: Archive) -> dict[str, str]:
    """Return the pages of topics and articles that were at other addresses, by the folded paths of these."""
    catalog = shelf.catalog
    # The first that has an address keeps it.
    moved = (*reversed(catalog.former), *catalog.sees)
    found = {names.folded(one.path): catalog.topics[one.topic].path for one in moved}
    return found | {names.folded(path): catalog.paths[one] for path, one in catalog.aliases.items()}


def _renamed(shelf: Archive) -> dict[str, str]:
    """Return the place of each topic in its index by the anchors of its other names."""
    pages = {one.name: one.page for one in shelf.catalog.indexes}
    ways = ((one, shelf.ways[shelf.number[one.topic]]) for one in shelf.catalog.sees if one.entry[0] in pages)
    return {f"{pages[one.entry[0]]}#{one.anchor}": way.anchor for one, way in ways}


def _originals(shelf: Archive, own: Collection[str]) -> dict[str, str]:
    """Return the pages of articles by the addresses at which they were published elsewhere."""
    found: dict[str, str] = {}
    for one, path in shelf.catalog.paths.items():
        original = shelf.articles[one].original
        if original and shelf.articles[one].base is not None:
            key = published(original)
            if key and key.partition("/")[0] not in own:
                found.setdefault(key, path)
    return found


def published(address: str) -> str:
    """Return what all spellings of a page's address share: its host and path; empty for none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    query = f"?{parts.query}" if parts.query else ""
    return parts.hostname.removeprefix("www.") + unquote(parts.path).rstrip("/") + query


def _tongues(shelf: Archive) -> dict[str, MutableMapping[str, str]]:
    found: dict[str, MutableMapping[str, str]] = {}
    for key, one in shelf.primaries.items():
        found.setdefault(shelf.catalog.cards[key].lang or "", {})[one] = shelf.catalog.paths[key]
    return found


def in_tongue(known: Targets, lang: str, one: str) -> Targets:
    """Return what links in a translation of `one` lead to: to articles in its language, where they are held.

    Its own article is that from which it was translated.
    """
    own = {one: known.articles[one]}
    return known._replace(articles=ChainMap(own, known.tongues.get(lang, {}), known.articles))


def held(own: Targets, address: str, originals: Mapping[str, str]) -> Held:
    """Return what an excerpt holds whose own pages could be led to as `own` says."""
    return Held(own.paths, {page: own.anchors[page] for page in own.indexes}, address, originals)


def _sources(shelf: Archive) -> dict[str, str]:
    articles = {shelf.catalog.cards[one].file: path for one, path in shelf.catalog.paths.items()}
    return articles | {page.file: page.path for page in shelf.pages}


def _anchors(shelf: Archive) -> dict[str, Collection[str]]:
    """Return the ids that links may name, page by page."""
    catalog = shelf.catalog
    found: dict[str, Collection[str]] = {
        one.page: frozenset(catalog.topics[entry].anchor for entry in one.topics) for one in catalog.indexes
    }
    noted = (one for one in catalog.described.values() if one.note.anchors and one.entry in catalog.topics)
    found |= {catalog.topics[one.entry].path: searchable(one.note.anchors) for one in noted}
    for one, article in shelf.articles.items():
        if article.body.anchors:
            found[catalog.paths[one]] = searchable(article.body.anchors)
    return found | {page.path: searchable(page.body.anchors) for page in shelf.pages if page.body.anchors}


def searchable(ids: tuple[str, ...]) -> Collection[str]:
    """Return ids as they are if they are few, else as a set: most bodies have a handful."""
    return ids if len(ids) <= FEW else frozenset(ids)
