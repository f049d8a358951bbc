"""The pages of indexes, in each of their orders, and of topics.

Paths are output paths below `site/`.
"""

from __future__ import annotations

from lwnindex.model import Entry
from lwnindex.viewparts import (
    Bar,
    Crumb,
    Group,
    Heat,
    IndexLetter,
    IndexYear,
    Line,
    Link,
    Pager,
    TopicLine,
    TreeLine,
    View,
    WordLetter,
)


class IndexView(View, frozen=True, kw_only=True):
    """An A-Z index, or one letter of a long one."""

    index: str  # its name in entries
    letters: tuple[IndexLetter, ...]  # its headings by letters; on the page of a letter, that one
    letter: str = ""  # the letter, on the page of one; else empty
    bar: tuple[Crumb, ...] = ()  # all letters, each with the way to it
    others: tuple[Crumb, ...] = ()  # the pages on which the same topics stand in another order
    heat: Heat | None = None  # the top topics by years; on the first page alone
    topics: int = 0  # how many topics the page tells of
    articles: int = 0  # how many articles they have


class TreeView(View, frozen=True, kw_only=True):
    """An index as a tree: each topic before those that stand below it, with the depth of each."""

    index: str  # its name in entries
    lines: tuple[TreeLine, ...]  # all topics, each before those below it
    others: tuple[Crumb, ...] = ()  # the pages on which the same topics stand in another order
    topics: int = 0  # how many topics
    articles: int = 0  # how many articles


class WordsView(View, frozen=True, kw_only=True):
    """A permuted index: each topic under every word of its name; or one letter of a long one."""

    index: str  # its name in entries
    letters: tuple[WordLetter, ...]  # the words by letters; on the page of a letter, that one
    letter: str = ""  # the letter, on the page of one; else empty
    bar: tuple[Crumb, ...] = ()  # all letters, each with the way to it
    others: tuple[Crumb, ...] = ()  # the pages on which the same topics stand in another order
    topics: int = 0  # how many topics


class YearsView(View, frozen=True, kw_only=True):
    """An index by years, the newest first, then by names."""

    index: str  # its name in entries
    years: tuple[IndexYear, ...]  # the years, newest first, each with its topics by name
    bar: tuple[Crumb, ...] = ()  # all years, each with the way to it
    others: tuple[Crumb, ...] = ()  # the pages on which the same topics stand in another order
    topics: int = 0  # how many topics
    articles: int = 0  # how many articles


class TopicView(View, frozen=True, kw_only=True):
    """A topic's page, or a further page of its list."""

    entry: Entry  # all its levels, the index first
    anchor: str  # its place on the A-Z page
    own: int  # how many articles are filed under it itself
    count: int  # how many under it and below
    first: str | None  # the date of the oldest that is filed under it itself
    last: str | None  # the date of the newest
    body: str = ""  # what is said of it, as finished HTML, or empty
    links: tuple[Link, ...] = ()  # where the links of that lead; used already in `body`
    aliases: tuple[Entry, ...] = ()  # its other names that are printed, all levels of each
    oldest: Line | None = None  # the first article, with those below it
    newest: Line | None = None  # the last; both or none
    see_also: tuple[TopicLine, ...] = ()  # related topics
    places: tuple[tuple[Crumb, ...], ...] = ()  # further ways down to it, by its other parents
    named: tuple[TopicLine, ...] = ()  # topics elsewhere that are called the same
    children: tuple[TopicLine, ...] = ()  # the topics below it
    years: tuple[Group, ...] = ()  # its own articles on this page, by years
    # articles by year, oldest first, with those below it; on the first page alone
    activity: tuple[Bar, ...] = ()
    together: tuple[TopicLine, ...] = ()  # topics that its articles are also filed under (`shared`)
    pager: Pager | None = None  # the pages of the list, where there are several
