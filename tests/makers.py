"""Small makers of the values that flow from stage to stage, each with a default for all it does not name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import msgspec

from lwnindex.digest import digest
from lwnindex.index import index
from lwnindex.link import Plan, link
from lwnindex.model import (
    Article,
    Badge,
    Body,
    Card,
    Catalog,
    Entry,
    Heading,
    Parsed,
    PlainPage,
    Problem,
    Reference,
    Source,
)
from lwnindex.settings import Config
from lwnindex.viewmodel import AnyView
from lwnindex.viewparts import View
from lwnindex.views.archive import Archive, Page, archive

V = TypeVar("V", bound=View)

ARTICLE_5 = [
    "/Articles/5/",
    "/Articles/5",
    "https://lwn.net/Articles/5/",
    "http://lwn.net/Articles/5",
    "https://www.lwn.net/Articles/5/",
    "HTTPS://LWN.NET/Articles/5/",
    "//lwn.net/Articles/5/",
    " http://lwn.net/Articles/5/ ",
    "/Articles/5/rss",
    "/Articles/5/bigpage",
    "/Articles/5/epub",
    "/Articles/5/printable",
    "/Articles/5/index.html",
    "/Articles/5/?format=printable",
    "http://lwn.net/Articles/5?x=/Articles/6/",
    "/SubscriberLink/5/0123456789abcdef/",
    "/SubscriberLink/5/0123456789abcdef",
    "/SubscriberLink/5/",
    "https://lwn.net/SubscriberLink/5/hash/",
    "/Articles/%35/",
]
"""Every spelling of the address of article 5 at LWN."""


def entry(path: str) -> Entry:
    """Return an index entry written with slashes: `Kernel/Filesystems/Ceph`."""
    return tuple(path.split("/"))


def card(
    id: str = "1",  # noqa: A002 - it is the field's name
    *entries: str | Entry,
    title: str = "",
    date: str | None = "2009-12-22",
    authors: tuple[str, ...] = ("Kernel desk",),
    cites: tuple[str, ...] = (),
    **fields: Any,
) -> Card:
    """Return a card of `ID.md`; entries are written with slashes, `cites` are ids of articles."""
    filed = tuple(entry(one) if isinstance(one, str) else one for one in entries)
    given = {
        "file": f"content/{fields.get('source', f'{id}.md')}",
        "source": f"{id}.md",
        "title": title or f"Article {id}",
        "teaser": f"What {id} is about.",
        "entry_lines": tuple(range(3, 3 + len(filed))),
        "references": tuple(cited(one) for one in cites),
    }
    return Card(id=id, date=date, authors=authors, entries=filed, **(given | fields))


def cited(id: str = "", *, url: str | None = None, fragment: str = "") -> Reference:  # noqa: A002
    """Return a reference to an article by id, or by the path of its source."""
    return Reference(id=id or None, url=url, fragment=fragment)


def body(
    *hrefs: str, anchors: tuple[str, ...] = (), words: int = 3, text: str = "", teaser: str = "Once."
) -> Body:
    """Return the outline of a body with these links, one a line from the fifth; `text` tells bodies apart."""
    return Body(
        digest=digest(("body", text, hrefs, anchors)),
        hrefs=hrefs,
        href_lines=tuple(range(5, 5 + len(hrefs))),
        anchors=anchors,
        contents=tuple(Heading(level=2, id=one, text=one) for one in anchors),
        words=words,
        teaser=teaser,
    )


def article(
    of: Card | str = "1",
    *hrefs: str,
    anchors: tuple[str, ...] = (),
    badges: tuple[Badge, ...] = (),
    original: str | None = None,
) -> Article:
    """Return an article of a card, or of an id, whose body has these links."""
    own = card(of) if isinstance(of, str) else of
    return Article(
        card=own, body=body(*hrefs, anchors=anchors, text=own.id), badges=badges, original=original
    )


def plain(
    path: str = "about/index.html",
    *hrefs: str,
    title: str = "About",
    anchors: tuple[str, ...] = (),
    nav: int | None = None,
    draft: bool = False,
    source: str = "",
) -> PlainPage:
    """Return a plain page at an output path, whose body has these links."""
    name = source or f"pages/{path.removesuffix('/index.html')}.md"
    return PlainPage(
        file=f"content/{name}",
        source=name,
        path=path,
        title=title,
        body=body(*hrefs, anchors=anchors, text=path),
        nav=nav,
        draft=draft,
    )


def parsed(*holds: Article | PlainPage | Card, problems: tuple[Problem, ...] = ()) -> Parsed:
    """Return what a source holds: its articles (a card alone has an empty body) and its plain pages."""
    articles = [article(one) if isinstance(one, Card) else one for one in holds]
    return Parsed(
        articles=tuple(one for one in articles if isinstance(one, Article)),
        pages=tuple(one for one in holds if isinstance(one, PlainPage)),
        problems=problems,
    )


def source(path: str = "1.md", content: bytes = b"", folder: str = "content") -> Source:
    """Return the source of a file below a content folder."""
    return Source(file=f"{folder}/{path}", path=path, digest=digest(content))


def config(**tables: Any) -> Config:
    """Return a configuration: `config(site={"source": ""}, pages={"per_page": 2})`; the rest as by default.

    The site's address is https://example.org/news/; `indexes` replace those that LWN keeps.
    """
    site = {"url": "https://example.org/news/", **tables.pop("site", {})}
    return msgspec.convert({"site": site, **tables}, Config, strict=True, from_attributes=True)


def catalog_of(*cards: Card, config: Config = config()) -> Catalog:  # noqa: B008 - it is frozen
    """Return the catalog of these cards."""
    return index(cards, config)


def archive_of(*holds: Article | PlainPage | Card, config: Config = config()) -> Archive:  # noqa: B008
    """Return the archive of these articles and plain pages."""
    sources = [parsed(one) for one in holds]
    cards = [one.card for each in sources for one in each.articles]
    return archive(index(cards, config), sources, config)


def plan_of(
    *holds: Article | PlainPage | Card,
    files: Mapping[str, str] | None = None,
    assets: Mapping[str, str] | None = None,
    config: Config = config(),  # noqa: B008
) -> Plan:
    """Return the site of these articles, plain pages, copied files and assets, linked."""
    sources = [parsed(one) for one in holds]
    cards = [one.card for each in sources for one in each.articles]
    return link(index(cards, config), sources, files or {}, assets or {}, config)


def made(pages: Iterable[Page], kind: type[V]) -> list[V]:
    """Return the views of some pages, which all are of a kind, each of the path that was foretold."""
    found = [(path, make()) for path, make in pages]
    assert all(isinstance(view, kind) and view.path == path for path, view in found)
    return [view for _, view in found if isinstance(view, kind)]


def views_of(plan: Plan) -> dict[str, AnyView]:
    """Return all views of a plan by path."""
    return {path: plan.view(path) for path in plan.paths}


def problems_of(plan: Plan) -> list[Problem]:
    """Return what is wrong with a plan's paths, then the links of its views that lead nowhere."""
    return [*plan.problems, *(each for path in plan.paths for each in plan.made(path).problems)]
