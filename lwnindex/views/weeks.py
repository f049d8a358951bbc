"""Weeks in the manner of a weekly edition: what leads it, then all else by index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from lwnindex import names, times
from lwnindex.articleviews import WeekView
from lwnindex.viewparts import Crumb, Group
from lwnindex.views.archive import Archive, Page, dated, lines, short_title, year_path
from lwnindex.views.paging import further, numbered, pager, part_of

Week = tuple[str, str]
"""The name of a week, `2009-W51`, and its first day."""


def has_weeks(shelf: Archive) -> bool:
    """Tell whether the site has pages of weeks."""
    return shelf.config.pages.archives and shelf.config.pages.weeks


class _Edition(NamedTuple):
    """A week, its articles, and its older and its newer neighbour."""

    week: Week
    ids: Sequence[str]
    steps: Sequence[Crumb | None]


def week_pages(shelf: Archive) -> Iterator[Page]:
    """Yield the page of each week that has articles, and its further pages, the newest week first."""
    weeks = _weeks(shelf, shelf.catalog.order) if has_weeks(shelf) else []
    steps = [None, *(_step(shelf, week) for week, _ in weeks), None]
    for place, (week, ids) in enumerate(weeks):
        edition = _Edition(week, ids, (steps[place + 2], steps[place]))
        last = further(ids, shelf.config.pages.per_page)
        for number in (0, *range(last, 0, -1)):
            yield names.page_of(_folder(week), number), partial(_week_view, shelf, edition, number, last)


def newest_week(shelf: Archive, ids: Sequence[str]) -> Crumb | None:
    """Return the newest week of some articles, by its title; None where there is none, or no such pages."""
    weeks = _weeks(shelf, ids) if has_weeks(shelf) else []
    return Crumb(name=_title(shelf, weeks[0][0]), path=_path(weeks[0][0])) if weeks else None


def weeks_of(shelf: Archive, ids: Sequence[str]) -> tuple[Crumb, ...]:
    """Return the weeks in which these articles stand, by their first days, the newest first."""
    weeks = _weeks(shelf, ids) if has_weeks(shelf) else []
    return tuple(Crumb(name=shelf.words.shortdate(week[1]), path=_path(week)) for week, _ in weeks)


def _weeks(shelf: Archive, ids: Sequence[str]) -> list[tuple[Week, list[str]]]:
    """Return the dated articles by week, the newest week and article first."""
    starts = shelf.config.pages.week_starts
    found: dict[Week, list[str]] = {}
    for day, one in dated(shelf, ids):
        found.setdefault(times.week_of(day[:10], starts), []).append(one)
    return sorted(found.items(), reverse=True)


def _folder(week: Week) -> str:
    year, number = week[0].split("-")
    return f"Archives/{year}/{number}"


def _path(week: Week) -> str:
    return names.page_of(_folder(week))


def _title(shelf: Archive, week: Week) -> str:
    return shelf.words.say("The week of {date}", date=shelf.words.longdate(week[1]))


def _step(shelf: Archive, week: Week) -> Crumb:
    return Crumb(name=shelf.words.mediumdate(week[1]), path=_path(week))


def _week_view(shelf: Archive, edition: _Edition, number: int, last: int) -> WeekView:
    week, ids, (older, newer) = edition
    path, title = names.page_of(_folder(week), number), _title(shelf, week)
    part = part_of(ids, shelf.config.pages.per_page, number)
    lead = "" if number else _lead(shelf, part)
    above, itself = _crumbs(shelf, ids), Crumb(name=title, path=_path(week))
    return WeekView(
        path=path,
        root=names.root_of(path),
        title=numbered(shelf, title, number),
        description=shelf.words.say(
            "What was published in the week of {date}.", date=shelf.words.longdate(week[1])
        ),
        crumbs=(*above, itself) if number else above,
        first=week[1],
        lead=shelf.lines[lead] if lead else None,
        sections=_sections(shelf, [one for one in part if one != lead]),
        count=len(part) if number else len(ids),
        older=older,
        newer=newer,
        pager=pager(_folder(week), number, last),
    )


def _crumbs(shelf: Archive, ids: Sequence[str]) -> tuple[Crumb, ...]:
    """Return the way to a week, by the year of its newest article: that of its number may have no page."""
    year = (shelf.lines[ids[0]].date or "")[:4]
    return (
        Crumb(name=shelf.words.say("Archives"), path="Archives/index.html"),
        Crumb(name=year, path=year_path(shelf, year)),
    )


def _lead(shelf: Archive, ids: Sequence[str]) -> str:
    """Return what leads a week: the article filed under most topics, the newest of several.

    One that has a teaser goes before one that has none.
    """
    return max(ids, key=lambda one: (bool(shelf.lines[one].teaser), len(shelf.filed[one]), -shelf.rank[one]))


def _sections(shelf: Archive, ids: Sequence[str]) -> tuple[Group, ...]:
    """Return articles by the index of their first entry, in the site's order; those filed nowhere last."""
    found: dict[str, list[str]] = {}
    for one in ids:
        entries = shelf.catalog.cards[one].entries
        found.setdefault(entries[0][0] if entries else "", []).append(one)
    titles = {one.name: short_title(one, shelf.words) for one in shelf.catalog.indexes}
    paths = {one.name: one.page for one in shelf.catalog.indexes}
    titles[""] = shelf.words.say("Other news") if len(found) > 1 else shelf.words.say("News")
    return tuple(
        Group(name=title, id=f"section:{place}", lines=lines(shelf, found[name]), path=paths.get(name, ""))
        for place, (name, title) in enumerate(titles.items())
        if name in found
    )
