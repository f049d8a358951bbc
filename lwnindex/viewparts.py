"""The values that views are made of: links, people, articles and topics as lists show them.

At the end stands what every view has. Paths are output paths below `site/`.
"""

from __future__ import annotations

from lwnindex.model import Entry, FeedFormat, Value


class Link(Value, frozen=True, kw_only=True):
    """A resolved link: an output path of this site (with fragment, if any) when `local`, else an address.

    An empty `href` means that there is nothing to lead to: the text stays, the link goes.
    With `words`, it is the element of an image: a link of these words, or, if `held`, the picture itself.
    """

    href: str
    local: bool = False
    words: str = ""
    held: bool = False


class Crumb(Value, frozen=True, kw_only=True):
    """A named step: of a breadcrumb, a navigation, a pager."""

    name: str
    path: str


class Person(Value, frozen=True, kw_only=True):
    """A name of a byline; `path` is empty where author pages are off."""

    name: str
    path: str = ""


class Line(Value, frozen=True, kw_only=True):
    """An article as every list shows it; a `draft` is there in previews alone."""

    id: str
    title: str
    path: str
    date: str | None
    authors: tuple[Person, ...] = ()
    teaser: str = ""
    lang: str = ""
    draft: bool = False


class Translation(Value, frozen=True, kw_only=True):
    """A language that an article is there in, by its tag and by the name that it has for itself."""

    lang: str
    name: str
    path: str


class TopicLine(Value, frozen=True, kw_only=True):
    """A topic as every list shows it; `shared` counts the articles it has in common with the page's topic."""

    name: str
    entry: Entry
    path: str
    own: int
    count: int
    shared: int = 0
    years: tuple[int, ...] = ()


class Placement(Value, frozen=True, kw_only=True):
    """One index entry on an article's page: its breadcrumb, its anchor on the index page, its neighbours."""

    crumbs: tuple[Crumb, ...]
    anchor: str
    older: Line | None = None
    newer: Line | None = None


class Group(Value, frozen=True, kw_only=True):
    """Lines under a heading: a year, a month, a day."""

    name: str
    id: str
    lines: tuple[Line, ...]
    path: str = ""


class Bar(Value, frozen=True, kw_only=True):
    """A count in a chart: of a year, or a month; `path` is where its articles stand, or empty.

    A month has its number in the year, and a `short` name.
    """

    name: str
    count: int
    path: str = ""
    month: int = 0
    short: str = ""


class Pager(Value, frozen=True, kw_only=True):
    """Where a page of a list stands: `number` 0 is the newest page, K the K-th from the oldest."""

    number: int
    last: int
    newer: str = ""
    older: str = ""
    pages: tuple[Crumb, ...] = ()


class FeedLink(Value, frozen=True, kw_only=True):
    """A feed of a page, for its head and its foot."""

    format: FeedFormat
    title: str
    path: str


class IndexTopic(Value, frozen=True, kw_only=True):
    """A heading of an A-Z index with its own articles; `more` are those that only the topic's page lists.

    `anchors` are those of its other names on this page, which lead here too; `note` is the first sentence of
    what is noted of it, as text. One with `see` has no articles, it refers to those topics by their whole
    names and places in the index; it is `hidden` where it shall be seen only by who comes for its anchor.
    """

    name: str
    depth: int
    anchor: str
    path: str
    lines: tuple[Line, ...]
    more: int
    own: int
    count: int
    anchors: tuple[str, ...] = ()
    note: str = ""
    see: tuple[Crumb, ...] = ()
    see_also: tuple[Crumb, ...] = ()
    hidden: bool = False


class IndexLetter(Value, frozen=True, kw_only=True):
    """A letter of an A-Z index; `path` is set where the letter's articles stand on a page of its own."""

    letter: str
    id: str
    topics: tuple[IndexTopic, ...]
    path: str = ""


class HeatRow(Value, frozen=True, kw_only=True):
    """A topic of a heat map: its years in order, each with the number of its articles.

    `shades` are those of the cells: 0 where there is nothing, then as many as the map has steps.
    """

    name: str
    path: str
    count: int
    cells: tuple[Bar, ...]
    shades: tuple[int, ...] = ()


class Heat(Value, frozen=True, kw_only=True):
    """The topics at the top of an index by years: a cell leads to that year's heading on the topic's page.

    `steps` are the smallest numbers of articles of each shade; `left` is how many topics have no row.
    """

    years: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    steps: tuple[int, ...] = ()
    left: int = 0


class TreeLine(Value, frozen=True, kw_only=True):
    """A topic in a tree; `again` is set at a further place of its own, where what is below it is not told."""

    name: str
    depth: int
    path: str
    own: int
    count: int
    again: bool = False


class WordLine(Value, frozen=True, kw_only=True):
    """A topic's whole name, cut at one of its words; one with `see` is another name of that topic."""

    before: str
    word: str
    after: str
    path: str
    count: int = 0
    see: Crumb | None = None


class WordLetter(Value, frozen=True, kw_only=True):
    """The words of one letter; `path` is set where they stand on a page of their own."""

    letter: str
    id: str
    lines: tuple[WordLine, ...]
    path: str = ""


class IndexYear(Value, frozen=True, kw_only=True):
    """A year of an index that is printed by years."""

    name: str
    id: str
    topics: tuple[IndexTopic, ...]


class FeedEntry(Value, frozen=True, kw_only=True):
    """An article in a feed. `path` is its page; `body` names its blob, or is empty for a summary alone."""

    id: str
    path: str
    title: str
    published: str
    updated: str
    authors: tuple[Person, ...] = ()
    categories: tuple[Entry, ...] = ()
    summary: str = ""
    lang: str = ""
    body: str = ""
    links: tuple[Link, ...] = ()


class Outline(Value, frozen=True, kw_only=True):
    """A line of a list of feeds: its `text`, its full `title`, a feed and its page; a group has neither."""

    depth: int
    text: str
    title: str
    page: str = ""
    feed: str = ""


class SearchLine(Value, frozen=True, kw_only=True):
    """An article as the results of a search show it."""

    title: str
    path: str
    date: str
    authors: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    lang: str = ""


class View(Value, frozen=True, kw_only=True):
    """A page: everything its template may see. `root` leads from it to the site's own folder (`../../`)."""

    path: str
    root: str
    title: str
    description: str = ""
    lang: str = ""
    crumbs: tuple[Crumb, ...] = ()
    feeds: tuple[FeedLink, ...] = ()
