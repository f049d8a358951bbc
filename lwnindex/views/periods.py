"""The pages to browse by time and by author, and the front page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from lwnindex import names, times
from lwnindex.articleviews import ArchivesView, AuthorsView, AuthorView, HomeView, PeriodView
from lwnindex.model import Author, Entry
from lwnindex.viewparts import Bar, Crumb, TopicLine
from lwnindex.views.archive import (
    Archive,
    Page,
    by_day,
    by_month,
    by_year,
    dated,
    feed_links,
    lines,
    month_path,
    most_filed,
    subtree,
    topic_line,
    year_bars,
    year_path,
)
from lwnindex.views.paging import further, numbered, pager, part_of
from lwnindex.views.weeks import newest_week, weeks_of

WRITTEN_ON = 12
ALIVE = 8
SPARK_YEARS = 12
ARCHIVES = "Archives/index.html"


def home_view(shelf: Archive) -> HomeView:
    """Return the front page."""
    catalog = shelf.catalog
    recent = dated(shelf, catalog.order)
    start = times.weeks_before(recent[0][0], 1) if recent else ""
    week = [one for date, one in recent if date[:10] > start]
    return HomeView(
        path="index.html",
        root="",
        title=shelf.config.site.title,
        description=shelf.config.site.description,
        newest=lines(shelf, catalog.order[: shelf.config.pages.newest]),
        indexes=index_lines(shelf),
        alive=_alive(shelf, recent),
        years=year_bars(shelf, catalog.order),
        week=lines(shelf, week),
        edition=newest_week(shelf, week),
        articles=len(catalog.order),
        topics=len(catalog.topics),
    )


def index_lines(shelf: Archive) -> tuple[TopicLine, ...]:
    """Return the indexes with the number of their topics (`own`) and of their articles (`count`)."""
    return tuple(
        TopicLine(name=one.title, entry=(one.name,), path=one.page, own=len(one.topics), count=one.count)
        for one in shelf.catalog.indexes
    )


def _alive(shelf: Archive, recent: Sequence[tuple[str, str]]) -> tuple[TopicLine, ...]:
    """Return the top-level topics with most articles in the year up to the newest, and their last years."""
    catalog = shelf.catalog
    if not recent:
        return ()
    newest = recent[0][0]
    start = times.weeks_before(newest, 52)
    tally: Counter[Entry] = Counter()
    for date, one in recent:
        if date[:10] <= start:
            break
        tally.update({entry[:2] for entry in catalog.cards[one].entries})
    most = sorted(tally.items(), key=lambda each: (-each[1], shelf.number[each[0]]))[:ALIVE]
    span = range(times.year_of(newest) - SPARK_YEARS + 1, times.year_of(newest) + 1)
    return tuple(
        topic_line(catalog.topics[entry], shared=count, years=_by_years(shelf, entry, span))
        for entry, count in most
    )


def _by_years(shelf: Archive, entry: Entry, span: range) -> tuple[int, ...]:
    counts = Counter(times.year_of(date) for date, _ in dated(shelf, subtree(shelf, entry)))
    return tuple(counts.get(year, 0) for year in span)


def author_pages(shelf: Archive, author: Author) -> Iterator[Page]:
    """Yield an author's page and the further pages of the list."""
    last = further(author.articles, shelf.config.pages.per_page)
    for number in (0, *range(last, 0, -1)):
        path = names.page_of(names.folder_of(author.path), number)
        yield path, partial(_author_view, shelf, author, number, last)


def _author_view(shelf: Archive, author: Author, number: int, last: int) -> AuthorView:
    folder = names.folder_of(author.path)
    path = names.page_of(folder, number)
    part = part_of(author.articles, shelf.config.pages.per_page, number)
    shown = part if number else author.articles
    days = dated(shelf, shown)
    return AuthorView(
        path=path,
        root=names.root_of(path),
        title=numbered(shelf, author.name, number),
        description=shelf.words.say("Articles by {name}.", name=author.name),
        crumbs=(Crumb(name=shelf.words.say("Authors"), path="Authors/index.html"), *_up(author, number)),
        feeds=feed_links(shelf, author.path, author.name),
        name=author.name,
        count=len(shown),
        first=days[-1][0] if days else None,
        last=days[0][0] if days else None,
        years=by_year(shelf, part),
        activity=() if number else year_bars(shelf, author.articles),
        topics=() if number else most_filed(shelf, author.articles, WRITTEN_ON),
        pager=pager(folder, number, last),
    )


def _up(author: Author, number: int) -> tuple[Crumb, ...]:
    return (Crumb(name=author.name, path=author.path),) if number else ()


def authors_view(shelf: Archive) -> AuthorsView:
    """Return the list of all authors."""
    bars = (
        Bar(name=one.name, count=len(one.articles), path=one.path) for one in shelf.catalog.authors.values()
    )
    return AuthorsView(
        path="Authors/index.html",
        root="../",
        title=shelf.words.say("Authors"),
        description=shelf.words.say("Everyone who wrote for {title}.", title=shelf.config.site.title),
        authors=tuple(bars),
    )


class _Span(NamedTuple):
    """A year or a month: its folder, its name, the way up, its months if it is a year, its neighbours."""

    folder: str
    title: str
    crumbs: tuple[Crumb, ...]
    months: tuple[Bar, ...]
    steps: tuple[Crumb | None, ...]


def archive_pages(shelf: Archive) -> Iterator[Page]:
    """Yield the hub, the years and the months."""
    months = _by_period(shelf, 7)
    yield ARCHIVES, partial(_hub, shelf, months)
    years = _by_period(shelf, 4)
    for place, (year, ids) in enumerate(years):
        around = _around([one for one, _ in years], place)
        inside = [one for one in months if one[0].startswith(year)]
        yield from _period_pages(shelf, _year(shelf, year, inside, around), ids)
    for place, (month, ids) in enumerate(months):
        around = _around([one for one, _ in months], place)
        yield from _period_pages(shelf, _month(shelf, month, around), ids)


def _by_period(shelf: Archive, length: int) -> list[tuple[str, list[str]]]:
    """Return the dated articles by year (4) or month (7), the newest period and article first."""
    found: dict[str, list[str]] = {}
    for date, one in dated(shelf, shelf.catalog.order):
        found.setdefault(date[:length], []).append(one)
    return sorted(found.items(), reverse=True)


def _around(periods: Sequence[str], place: int) -> tuple[str, str]:
    """Return the (older, newer) neighbours of a period in a list that has the newest first."""
    older = periods[place + 1] if place + 1 < len(periods) else ""
    return older, periods[place - 1] if place else ""


def _hub(shelf: Archive, months: list[tuple[str, list[str]]]) -> ArchivesView:
    counts = {month: len(ids) for month, ids in months}
    busiest = max(counts, key=lambda month: (counts[month], month), default="")
    undated = [one for one in shelf.catalog.order if not shelf.lines[one].date]
    return ArchivesView(
        path=ARCHIVES,
        root="../",
        title=shelf.words.say("Archives"),
        description=shelf.words.say("{title} by year and month.", title=shelf.config.site.title),
        years=tuple(_timeline(shelf, counts)),
        busiest=_named_month(shelf, busiest, counts[busiest]) if busiest else None,
        indexes=index_lines(shelf),
        undated=lines(shelf, undated),
        authors=len(shelf.catalog.authors) if shelf.config.pages.authors else 0,
    )


def _timeline(shelf: Archive, counts: Mapping[str, int]) -> Iterator[tuple[Bar, tuple[Bar, ...]]]:
    """Yield the years that have articles with their twelve months, the newest first."""
    for year in sorted({month[:4] for month in counts}, reverse=True):
        months = [f"{year}-{number:02}" for number in range(1, 13)]
        bars = tuple(_month_bar(shelf, month, counts.get(month, 0)) for month in months)
        yield Bar(name=year, count=sum(bar.count for bar in bars), path=year_path(shelf, year)), bars


def _named_month(shelf: Archive, month: str, count: int) -> Bar:
    return Bar(name=shelf.words.monthyear(month), count=count, path=month_path(shelf, month))


def _month_bar(shelf: Archive, month: str, count: int) -> Bar:
    return Bar(
        name=shelf.words.monthname(month),
        count=count,
        path=month_path(shelf, month) if count else "",
        month=int(month[5:7]),
        short=shelf.words.shortmonth(month),
    )


def _hub_crumb(shelf: Archive) -> Crumb:
    return Crumb(name=shelf.words.say("Archives"), path=ARCHIVES)


def _year(shelf: Archive, year: str, months: list[tuple[str, list[str]]], around: tuple[str, str]) -> _Span:
    bars = tuple(_month_bar(shelf, month, len(found)) for month, found in reversed(months))
    steps = tuple(Crumb(name=one, path=year_path(shelf, one)) if one else None for one in around)
    return _Span(folder=f"Archives/{year}", title=year, crumbs=(_hub_crumb(shelf),), months=bars, steps=steps)


def _month(shelf: Archive, month: str, around: tuple[str, str]) -> _Span:
    crumbs = (_hub_crumb(shelf), Crumb(name=month[:4], path=year_path(shelf, month[:4])))
    steps = tuple(
        Crumb(name=shelf.words.monthyear(one), path=month_path(shelf, one)) if one else None for one in around
    )
    folder = f"Archives/{month[:4]}/{month[5:7]}"
    return _Span(folder=folder, title=shelf.words.monthyear(month), crumbs=crumbs, months=(), steps=steps)


def _month_crumb(shelf: Archive, month: str) -> Crumb:
    return Crumb(name=shelf.words.monthyear(month), path=month_path(shelf, month))


def _period_pages(shelf: Archive, span: _Span, ids: Sequence[str]) -> Iterator[Page]:
    last = further(ids, shelf.config.pages.per_page)
    for number in (0, *range(last, 0, -1)):
        yield names.page_of(span.folder, number), partial(_period_view, shelf, span, ids, number, last)


def _period_view(shelf: Archive, span: _Span, ids: Sequence[str], number: int, last: int) -> PeriodView:
    group = by_month if span.months else by_day
    path = names.page_of(span.folder, number)
    part = part_of(ids, shelf.config.pages.per_page, number)
    first = Crumb(name=span.title, path=names.page_of(span.folder))
    return PeriodView(
        path=path,
        root=names.root_of(path),
        title=numbered(shelf, span.title, number),
        description=shelf.words.say("Articles of {period}.", period=span.title),
        crumbs=(*span.crumbs, first) if number else span.crumbs,
        groups=group(shelf, part),
        months=() if number else span.months,
        weeks=() if number or span.months else weeks_of(shelf, ids),
        count=len(part) if number else len(ids),
        older=span.steps[0],
        newer=span.steps[1],
        pager=pager(span.folder, number, last),
    )
