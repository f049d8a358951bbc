"""The page of an article, and the plain pages: bodies with their links resolved, and the way onward."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, islice

import msgspec

from lwnindex import names
from lwnindex.model import Article, Body, Card, Entry, PlainPage, Problem
from lwnindex.viewmodel import ArticleView, Crumb, Line, Placement, PlainView
from lwnindex.views.archive import Archive, lines, month_name, month_path, year_path
from lwnindex.views.resolve import Place, Targets, links

RELATED = 5
Neighbours = Mapping[Entry, Mapping[str, int]]
"""The place of each article in its topic's list, newest first."""


def neighbours(shelf: Archive) -> Neighbours:
    """Return the places of all articles in the lists of their topics."""
    return {
        entry: {one: place for place, one in enumerate(topic.own)}
        for entry, topic in shelf.catalog.topics.items()
        if topic.own
    }


def article_view(
    shelf: Archive, one: str, near: Neighbours, known: Targets
) -> tuple[ArticleView, list[Problem]]:
    """Return the page of an article, and its dead links."""
    catalog, card, article = shelf.catalog, shelf.catalog.cards[one], shelf.articles[one]
    path = catalog.paths[one]
    place = Place(file=card.file, source=card.source, page=path, original=article.original or "")
    resolved, dead = links(article.body, place, known)
    badges, lost = links(_badge_links(article), place, known)
    view = ArticleView(
        path=path,
        root=names.root_of(path),
        title=card.title,
        description=card.teaser,
        lang=card.lang or "",
        crumbs=_crumbs(shelf, card),
        line=shelf.lines[one],
        body=article.body.digest,
        links=resolved,
        contents=article.body.contents,
        updated=card.updated,
        words=article.body.words,
        badges=tuple((one.label, target) for one, target in zip(article.badges, badges, strict=True)),
        placements=tuple(_placement(shelf, entry, one, near) for entry in dict.fromkeys(card.entries)),
        cited_by=lines(shelf, catalog.cited_by.get(one, ())) if shelf.config.pages.backlinks else (),
        cites=lines(shelf, _cites(card, one)),
        related=lines(shelf, _related(shelf, one, near)) if shelf.config.pages.related else (),
        original=article.original or "",
    )
    return view, [*dead, *lost]


def _badge_links(article: Article) -> Body:
    """Return an article's badges as if their links stood in its body."""
    return msgspec.structs.replace(
        article.body, hrefs=tuple(one.href for one in article.badges), href_lines=(), images=()
    )


def _crumbs(shelf: Archive, card: Card) -> tuple[Crumb, ...]:
    if not card.date or not shelf.config.pages.archives:
        return ()
    month = card.date[:7]
    return (
        Crumb(name="Archives", path="Archives/index.html"),
        Crumb(name=month[:4], path=year_path(shelf, month[:4])),
        Crumb(name=month_name(month).split()[0], path=month_path(shelf, month)),
    )


def entry_crumbs(shelf: Archive, entry: Entry) -> tuple[Crumb, ...]:
    """Return the way to a topic: its index, then level by level, itself included."""
    catalog = shelf.catalog
    page = next(one for one in catalog.indexes if one.name == entry[0]).page
    steps = (entry[:depth] for depth in range(2, len(entry) + 1))
    levels = (Crumb(name=step[-1], path=catalog.topics[step].path) for step in steps)
    return (Crumb(name=entry[0], path=page), *levels)


def _placement(shelf: Archive, entry: Entry, one: str, near: Neighbours) -> Placement:
    topic, place = shelf.catalog.topics[entry], near[entry][one]
    crumbs = entry_crumbs(shelf, entry)
    return Placement(
        crumbs=crumbs,
        anchor=f"{crumbs[0].path}#{topic.anchor}",
        older=shelf.lines[topic.own[place + 1]] if place + 1 < len(topic.own) else None,
        newer=shelf.lines[topic.own[place - 1]] if place else None,
    )


def _cites(card: Card, one: str) -> tuple[str, ...]:
    """Return the articles held here that this one cites, in the order of its text."""
    cited = (reference.id for reference in card.references)
    return tuple(dict.fromkeys(each for each in cited if each is not None and each != one))


def _related(shelf: Archive, one: str, near: Neighbours) -> tuple[str, ...]:
    """Return five articles to read on that the page does not name already as citing or cited.

    First those that cite it, where the site shows no backlinks, then the nearest of the smallest topics.
    """
    citing = shelf.catalog.cited_by.get(one, ())
    named = {one, *_cites(shelf.catalog.cards[one], one)}
    if shelf.config.pages.backlinks:
        named.update(citing)
    candidates = dict.fromkeys(
        each for each in chain(citing, _nearest(shelf, one, near)) if each not in named
    )
    return tuple(islice(candidates, RELATED))


def _nearest(shelf: Archive, one: str, near: Neighbours) -> Iterator[str]:
    """Yield the articles around this one, its smallest topic first, in each the nearest in time first."""
    day = _day(shelf.lines[one])
    entries = set(shelf.catalog.cards[one].entries)
    for entry in sorted(entries, key=lambda each: (len(near[each]), each)):
        own, place = shelf.catalog.topics[entry].own, near[entry][one]
        around = [*own[max(place - 2 * RELATED, 0) : place], *own[place + 1 : place + 1 + 2 * RELATED]]
        yield from sorted(around, key=lambda each: (abs(_day(shelf.lines[each]) - day), shelf.rank[each]))


def _day(line: Line) -> int:
    """Return a date as a number that grows about evenly; undated articles are far from all others."""
    if not line.date:
        return -1_000_000
    year, month, day = line.date[:4], line.date[5:7], line.date[8:10]
    return int(year) * 372 + int(month) * 31 + int(day)


def plain_view(page: PlainPage, known: Targets) -> tuple[PlainView, list[Problem]]:
    """Return a plain page, and its dead links."""
    place = Place(file=page.file, source=page.source, page=page.path, original="")
    resolved, dead = links(page.body, place, known)
    view = PlainView(
        path=page.path,
        root=names.root_of(page.path),
        title=page.title,
        description=page.body.teaser,
        lang=page.lang or "",
        body=page.body.digest,
        links=resolved,
        contents=page.body.contents,
    )
    return view, dead
