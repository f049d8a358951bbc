"""Saved queries: which articles each finds, their pages, and what is wrong with what they ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import partial
from typing import NamedTuple

from lwnindex import names
from lwnindex.articleviews import QueriesView, QueryView
from lwnindex.model import Entry, Problem
from lwnindex.problems import problem
from lwnindex.settings import QuerySettings
from lwnindex.viewparts import Bar, Crumb, Person
from lwnindex.views.archive import Archive, Page, by_year, dated, feed_links, subtree
from lwnindex.views.paging import further, numbered, pager, part_of

HUB = "Queries/index.html"

Known = Mapping[str, Sequence[Entry]]
"""The entries of a site as queries name them, with slashes."""


class Query(NamedTuple):
    """A saved query: the path of its page, what it asks for, and the articles it finds, newest first."""

    path: str
    asked: QuerySettings
    ids: Sequence[str]

    @property
    def name(self) -> str:
        """What it is called."""
        return self.asked.name


def queries(shelf: Archive) -> tuple[Query, ...]:
    """Return the saved queries in the order of the configuration."""
    asked = shelf.config.feeds_out.query
    known = _known(shelf) if asked else {}
    folders = names.distinct((names.segment(one.name), one.name) for one in asked)
    return tuple(
        Query(names.page_of(f"Queries/{folder}"), one, _found(shelf, one, known))
        for folder, one in zip(folders, asked, strict=True)
    )


def _known(shelf: Archive) -> dict[str, list[Entry]]:
    """Return all entries by their names; where one holds a slash itself, two may have one name.

    A topic's other names are the names of its entry, where no topic is called so.
    """
    found: dict[str, list[Entry]] = {one.name: [(one.name,)] for one in shelf.catalog.indexes}
    for entry in shelf.catalog.topics:
        found.setdefault("/".join(entry), []).append(entry)
    for see in shelf.catalog.sees:
        found.setdefault("/".join(see.entry), [see.topic])
    return found


def _found(shelf: Archive, asked: QuerySettings, known: Known) -> tuple[str, ...]:
    """Return the articles that hold to all that is asked for."""
    left = set(shelf.catalog.order)
    for name in asked.all:
        left &= _under(shelf, [name], known)
    if asked.any:
        left &= _under(shelf, asked.any, known)
    left -= _under(shelf, asked.without, known)
    if authors := authors_of(asked):
        left &= {one for name in authors for one in _by(shelf, name)}
    since = asked.since.isoformat() if asked.since else ""
    lines = shelf.lines
    return tuple(
        one for one in shelf.catalog.order if one in left and (not since or (lines[one].date or "") >= since)
    )


def _under(shelf: Archive, asked: Iterable[str], known: Known) -> set[str]:
    """Return the articles under at least one of these entries."""
    entries = (entry for name in asked for entry in known.get(name, ()))
    return {one for entry in entries for one in subtree(shelf, entry)}


def authors_of(asked: QuerySettings) -> tuple[str, ...]:
    """Return the authors that a query names."""
    if isinstance(asked.author, str):
        return (asked.author,) if asked.author else ()
    return asked.author


def _by(shelf: Archive, name: str) -> Sequence[str]:
    author = shelf.catalog.authors.get(name)
    return author.articles if author else ()


# What is wrong with them -------------------------------------------------------------------------


def query_problems(shelf: Archive) -> Iterator[Problem]:
    """Yield a problem for each name in a query that nothing on the site has."""
    asked = shelf.config.feeds_out.query
    known = _known(shelf) if asked else {}
    for one in asked:
        for name in dict.fromkeys((*one.all, *one.any, *one.without)):
            if name not in known:
                yield _unknown(one, "entry", name, known)
        for name in dict.fromkeys(authors_of(one)):
            if name not in shelf.catalog.authors:
                yield _unknown(one, "author", name, shelf.catalog.authors)


def _unknown(asked: QuerySettings, kind: str, name: str, known: Iterable[str]) -> Problem:
    by_key = {each.casefold(): each for each in known}
    close = get_close_matches(name.casefold(), by_key, n=1)
    meant = f'Did you mean "{by_key[close[0]]}"?' if close else "Name one as the site writes it."
    message = f'the query "{asked.name}" names the {kind} "{name}", under which there is no article.'
    return problem("unknown-query", "lwnindex.toml", 0, message, meant)


# Their pages -------------------------------------------------------------------------------------


def query_pages(shelf: Archive) -> Iterator[Page]:
    """Yield the list of all queries, and the pages of each."""
    found = queries(shelf)
    if found:
        yield HUB, partial(_queries_view, shelf, found)
    for one in found:
        last = further(one.ids, shelf.config.pages.per_page)
        for number in (0, *range(last, 0, -1)):
            path = names.page_of(names.folder_of(one.path), number)
            yield path, partial(_query_view, shelf, one, number, last)


def _queries_view(shelf: Archive, found: Iterable[Query]) -> QueriesView:
    return QueriesView(
        path=HUB,
        root=names.root_of(HUB),
        title=shelf.words.say("Saved queries"),
        description=shelf.words.say("What can be followed beside topics and authors."),
        queries=tuple(Bar(name=one.name, count=len(one.ids), path=one.path) for one in found),
    )


def _query_view(shelf: Archive, one: Query, number: int, last: int) -> QueryView:
    folder, known = names.folder_of(one.path), _known(shelf)
    path = names.page_of(folder, number)
    part = part_of(one.ids, shelf.config.pages.per_page, number)
    shown = part if number else one.ids
    days = dated(shelf, shown)
    up = (Crumb(name=one.name, path=one.path),) if number else ()
    return QueryView(
        path=path,
        root=names.root_of(path),
        title=numbered(shelf, one.name, number),
        description=shelf.words.say("Articles that the query {name} finds.", name=one.name),
        crumbs=(Crumb(name=shelf.words.say("Saved queries"), path=HUB), *up),
        feeds=feed_links(shelf, one.path, one.name),
        name=one.name,
        count=len(shown),
        first=days[-1][0] if days else None,
        last=days[0][0] if days else None,
        every=_crumbs(shelf, one.asked.all, known),
        either=_crumbs(shelf, one.asked.any, known),
        neither=_crumbs(shelf, one.asked.without, known),
        authors=tuple(_person(shelf, name) for name in authors_of(one.asked)),
        since=one.asked.since.isoformat() if one.asked.since else "",
        years=by_year(shelf, part),
        pager=pager(folder, number, last),
    )


def _crumbs(shelf: Archive, asked: Iterable[str], known: Known) -> tuple[Crumb, ...]:
    """Return the entries that a query names, with their pages where there are such."""
    return tuple(
        Crumb(name=" / ".join(entry), path=_page(shelf, entry))
        for name in asked
        for entry in known.get(name, [tuple(name.split("/"))])
    )


def _page(shelf: Archive, entry: Entry) -> str:
    if len(entry) == 1:
        return next((one.page for one in shelf.catalog.indexes if one.name == entry[0]), "")
    topic = shelf.catalog.topics.get(entry)
    return topic.path if topic else ""


def _person(shelf: Archive, name: str) -> Person:
    author = shelf.catalog.authors.get(name) if shelf.config.pages.authors else None
    return Person(name=name, path=author.path if author else "")
