"""The page of an article, and the plain pages: bodies with their links resolved, and the way onward."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

import msgspec

from lwnindex import names
from lwnindex.articleviews import ArticleView, PlainView
from lwnindex.model import Card, PlainPage, Problem
from lwnindex.tongues import own_name
from lwnindex.viewparts import Crumb, Link, Placement, Translation
from lwnindex.views.archive import Archive, Way, lines, month_path, year_path
from lwnindex.views.bodylinks import links, plain_links
from lwnindex.views.resolve import Place
from lwnindex.views.targets import Targets, in_tongue

RELATED = 5


def body_links(shelf: Archive, one: str, known: Targets) -> tuple[tuple[Link, ...], list[Problem]]:
    """Return the target of each link of an article's body, and its dead links."""
    body = shelf.articles[one].body
    if one in shelf.primaries:
        known = in_tongue(known, shelf.catalog.cards[one].lang or "", shelf.primaries[one])
    plain = plain_links(body, known)
    return links(body, _place(shelf, one), known) if plain is None else (plain, [])


def _place(shelf: Archive, one: str) -> Place:
    card, article = shelf.catalog.cards[one], shelf.articles[one]
    page = shelf.catalog.paths[one]
    return Place(card.file, card.source, page, original=article.original or "", base=article.base)


def article_view(shelf: Archive, one: str, known: Targets) -> tuple[ArticleView, list[Problem]]:
    """Return the page of an article, and its dead links."""
    catalog, card, article = shelf.catalog, shelf.catalog.cards[one], shelf.articles[one]
    path, first = catalog.paths[one], shelf.primaries.get(one, one)
    resolved, dead = body_links(shelf, one, known)
    badges, lost = _badges(shelf, one, known) if article.badges else ((), [])
    view = ArticleView(
        path=path,
        root=names.root_of(path),
        title=card.title,
        description=card.teaser,
        lang=card.lang or "",
        crumbs=_crumbs(shelf, catalog.cards[first]),
        line=shelf.lines[one],
        body=article.body.digest,
        links=resolved,
        contents=article.body.contents,
        updated=card.updated,
        words=article.body.words,
        badges=badges,
        placements=tuple(_placement(shelf, shelf.ways[number], first) for number in shelf.filed[one]),
        cited_by=lines(shelf, catalog.cited_by.get(first, ())) if shelf.config.pages.backlinks else (),
        cites=lines(shelf, _cites(card, first)) if card.references else (),
        related=lines(shelf, _related(shelf, first)) if shelf.config.pages.related else (),
        original=article.original or "",
        translations=_translations(shelf, first) if first in catalog.translations else (),
    )
    return view, [*dead, *lost]


def _translations(shelf: Archive, one: str) -> tuple[Translation, ...]:
    """Return the languages that an article is there in, its own first."""
    catalog = shelf.catalog
    own = ((key, catalog.cards[key].lang or shelf.config.site.language) for key in catalog.translations[one])
    first = catalog.cards[one].lang or shelf.config.site.language
    return tuple(
        Translation(lang=lang, name=own_name(lang), path=catalog.paths[key])
        for key, lang in ((one, first), *own)
    )


def _badges(shelf: Archive, one: str, known: Targets) -> tuple[tuple[tuple[str, Link], ...], list[Problem]]:
    """Return the words and targets of an article's badges, found as if their links stood in its body."""
    article = shelf.articles[one]
    hrefs = tuple(badge.href for badge in article.badges)
    body = msgspec.structs.replace(article.body, hrefs=hrefs, href_lines=(), images=())
    found, dead = links(body, _place(shelf, one), known)
    return tuple((badge.label, link) for badge, link in zip(article.badges, found, strict=True)), dead


def _crumbs(shelf: Archive, card: Card) -> tuple[Crumb, ...]:
    if not card.date or not shelf.config.pages.archives:
        return ()
    month = card.date[:7]
    return (
        Crumb(name=shelf.words.say("Archives"), path="Archives/index.html"),
        Crumb(name=month[:4], path=year_path(shelf, month[:4])),
        Crumb(name=shelf.words.monthname(month), path=month_path(shelf, month)),
    )


def _placement(shelf: Archive, way: Way, one: str) -> Placement:
    own, place = way.topic.own, bisect_left(way.ranks, shelf.rank[one])
    return Placement(
        crumbs=way.crumbs,
        anchor=way.anchor,
        older=shelf.lines[own[place + 1]] if place + 1 < len(own) else None,
        newer=shelf.lines[own[place - 1]] if place else None,
    )


def _cites(card: Card, one: str) -> tuple[str, ...]:
    """Return the articles held here that this one cites, in the order of its text."""
    cited = (reference.id for reference in card.references)
    return tuple(dict.fromkeys(each for each in cited if each is not None and each != one))


def _related(shelf: Archive, one: str) -> tuple[str, ...]:
    """Return five articles to read on that the page does not name already as citing or cited.

    First those that cite it, where the site shows no backlinks, then the nearest of the smallest topics.
    """
    citing = shelf.catalog.cited_by.get(one, ())
    named = {one, *_cites(shelf.catalog.cards[one], one)}
    if shelf.config.pages.backlinks:
        named.update(citing)
    found: dict[str, None] = {}
    for each in chain(citing, _nearest(shelf, one)):
        if each not in named:
            found[each] = None
        if len(found) == RELATED:
            break
    return tuple(found)


def _nearest(shelf: Archive, one: str) -> Iterator[str]:
    """Yield the articles around this one, its smallest topic first, in each the nearest in time first."""
    day, ways = _day(shelf.lines[one].date), [shelf.ways[number] for number in shelf.filed[one]]
    for way in sorted(ways, key=lambda each: (len(each.ranks), each.topic.entry)):
        own, place = way.topic.own, bisect_left(way.ranks, shelf.rank[one])
        # In the order of ranks, which stays that of articles that are equally near.
        around = [*own[max(place - 2 * RELATED, 0) : place], *own[place + 1 : place + 1 + 2 * RELATED]]
        yield from sorted(around, key=lambda each: abs(_day(shelf.lines[each].date) - day))


@lru_cache(maxsize=8192)
def _day(date: str | None) -> int:
    """Return a date as a number that grows about evenly; undated articles are far from all others."""
    if not date:
        return -1_000_000
    year, month, day = date[:4], date[5:7], date[8:10]
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
        draft=page.draft,
    )
    return view, dead
