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
    """An A-Z index, or one letter of a long one (`letter` is set then).

    `others` are the pages on which the same topics stand in another order. Only the first page has `heat`.
    """

    index: str
    letters: tuple[IndexLetter, ...]
    letter: str = ""
    bar: tuple[Crumb, ...] = ()
    others: tuple[Crumb, ...] = ()
    heat: Heat | None = None
    topics: int = 0
    articles: int = 0


class TreeView(View, frozen=True, kw_only=True):
    """An index as a tree: each topic before those that stand below it, with the depth of each."""

    index: str
    lines: tuple[TreeLine, ...]
    others: tuple[Crumb, ...] = ()
    topics: int = 0
    articles: int = 0


class WordsView(View, frozen=True, kw_only=True):
    """A permuted index: each topic under every word of its name; or one letter of a long one."""

    index: str
    letters: tuple[WordLetter, ...]
    letter: str = ""
    bar: tuple[Crumb, ...] = ()
    others: tuple[Crumb, ...] = ()
    topics: int = 0


class YearsView(View, frozen=True, kw_only=True):
    """An index by years, the newest first, then by names."""

    index: str
    years: tuple[IndexYear, ...]
    bar: tuple[Crumb, ...] = ()
    others: tuple[Crumb, ...] = ()
    topics: int = 0
    articles: int = 0


class TopicView(View, frozen=True, kw_only=True):
    """A topic's page, or a further page of its list.

    `body` is the digest of what is noted of it, with its `links`, as in an article; empty where nothing is.
    `aliases` are its other names that are printed. `oldest` and `newest` are its first and last article.
    `places` are the ways down to it but for the first one: by its further parents. `named` are the topics
    elsewhere that are called the same.
    """

    entry: Entry
    anchor: str
    own: int
    count: int
    first: str | None
    last: str | None
    body: str = ""
    links: tuple[Link, ...] = ()
    aliases: tuple[Entry, ...] = ()
    oldest: Line | None = None
    newest: Line | None = None
    see_also: tuple[TopicLine, ...] = ()
    places: tuple[tuple[Crumb, ...], ...] = ()
    named: tuple[TopicLine, ...] = ()
    children: tuple[TopicLine, ...] = ()
    years: tuple[Group, ...] = ()
    activity: tuple[Bar, ...] = ()
    together: tuple[TopicLine, ...] = ()
    pager: Pager | None = None
