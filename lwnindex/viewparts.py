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

    href: str  # where it leads: a path, for the filter `href`, or an address; `target` takes both
    local: bool = False  # it leads to a page or file of this site
    words: str = ""  # of a picture that the site does not hold: what the link says instead
    held: bool = False  # it is a picture that the site holds, and is shown


class Crumb(Value, frozen=True, kw_only=True):
    """A named step: of a breadcrumb, a navigation, a pager."""

    name: str  # what it is called
    path: str  # where it leads


class Person(Value, frozen=True, kw_only=True):
    """A name of a byline."""

    name: str  # the name as the byline has it
    path: str = ""  # the author's page; empty where there is none


class Line(Value, frozen=True, kw_only=True):
    """An article as every list shows it."""

    id: str  # the article's id
    title: str  # its title, as text
    path: str  # its page
    date: str | None  # when it was published, ISO 8601; without a time where none is known
    authors: tuple[Person, ...] = ()  # who signed it, in the order of the byline
    teaser: str = ""  # its summary, else its first paragraph, as text
    lang: str = ""  # its language, where that is not the site's
    draft: bool = False  # it is a draft, which previews alone show


class Translation(Value, frozen=True, kw_only=True):
    """A language that an article is there in."""

    lang: str  # the tag of the language, such as `pt-BR`
    name: str  # what the language calls itself
    path: str  # the page in that language


class TopicLine(Value, frozen=True, kw_only=True):
    """A topic as every list shows it, or an index."""

    name: str  # its last level; of an index, its title
    entry: Entry  # all its levels, the index first
    path: str  # its page
    own: int  # the articles filed under it itself; of an index, its topics
    count: int  # the articles filed under it and below
    shared: int = 0  # how many are meant here: in common with the page, or of the last year
    # its articles of each of the last twelve years, oldest first; front page alone
    years: tuple[int, ...] = ()


class Placement(Value, frozen=True, kw_only=True):
    """One index entry on an article's page."""

    crumbs: tuple[Crumb, ...]  # the index, then level by level to the topic
    anchor: str  # its place on the A-Z page
    older: Line | None = None  # the article before this one in the topic
    newer: Line | None = None  # the article after this one in the topic


class Group(Value, frozen=True, kw_only=True):
    """Lines under a heading: a year, a month, a day."""

    name: str  # the heading: `2009`, `December`, an index
    id: str  # the id of the heading
    lines: tuple[Line, ...]  # the articles, newest first
    path: str = ""  # the page of the heading, or empty


class Bar(Value, frozen=True, kw_only=True):
    """A count, as of a year in a chart."""

    name: str  # what is counted: a year, a month, an author, a query
    count: int  # how many articles
    path: str = ""  # where they stand; empty where there are none
    month: int = 0  # of a month its number, 1 to 12
    short: str = ""  # of a month its short name


class Pager(Value, frozen=True, kw_only=True):
    """Where a page of a list stands; further pages are numbered from the oldest."""

    number: int  # the number of this page; 0 is the newest
    last: int  # how many further pages there are; 0 but on the newest
    newer: str = ""  # the page with newer articles, or empty
    older: str = ""  # the page with older articles, or empty
    pages: tuple[Crumb, ...] = ()  # all further pages by their numbers; none but on the newest


class FeedLink(Value, frozen=True, kw_only=True):
    """A feed of a page, for its head and its foot."""

    format: FeedFormat  # its format
    title: str  # its title, with the name of the format
    path: str  # the feed


class IndexTopic(Value, frozen=True, kw_only=True):
    """A heading of an A-Z index with its own articles, or one that only refers to topics."""

    name: str  # its last level; by years, what is left of its whole name
    depth: int  # how deep it stands; 0 is the top of the index
    anchor: str  # its id on the page
    path: str  # its page
    lines: tuple[Line, ...]  # its own articles, newest first, as many as `[index] per_topic` says
    more: int  # how many more its page has
    own: int  # how many are filed under it itself
    count: int  # how many under it and below
    anchors: tuple[str, ...] = ()  # the ids of its other names, which lead here, too
    note: str = ""  # the first sentence of what is said of it, as text
    see: tuple[Crumb, ...] = ()  # where it only refers to topics: these, by whole name and place in the index
    see_also: tuple[Crumb, ...] = ()  # related topics, in the same way
    hidden: bool = False  # it is shown only to who comes for its anchor


class IndexLetter(Value, frozen=True, kw_only=True):
    """A letter of an A-Z index."""

    letter: str  # the letter, `#` for all that is none
    id: str  # the id of its heading
    topics: tuple[IndexTopic, ...]  # its headings, in order
    path: str = ""  # its own page, where the index is cut by letters


class HeatRow(Value, frozen=True, kw_only=True):
    """A topic of a heat map."""

    name: str  # the topic
    path: str  # its page
    count: int  # its articles in all
    cells: tuple[Bar, ...]  # its years in order; each leads to the year on the topic's page
    # the shade of each cell: 0 where there is nothing, then up to the number of `steps`
    shades: tuple[int, ...] = ()


class Heat(Value, frozen=True, kw_only=True):
    """The topics at the top of an index by years, as a heat map."""

    years: tuple[str, ...]  # the years, oldest first
    rows: tuple[HeatRow, ...]  # the topics, in the order of the index
    steps: tuple[int, ...] = ()  # the smallest number of articles of each shade
    left: int = 0  # how many topics have no row


class TreeLine(Value, frozen=True, kw_only=True):
    """A topic in a tree."""

    name: str  # its last level
    depth: int  # how deep it stands; 0 is the top of the index
    path: str  # its page
    own: int  # the articles filed under it itself
    count: int  # those filed under it and below
    again: bool = False  # it stands at a further place: what is below it is told at the first


class WordLine(Value, frozen=True, kw_only=True):
    """A topic's whole name, cut at one of its words."""

    before: str  # what stands before the word in the name
    word: str  # the word
    after: str  # what follows
    path: str  # the topic's page
    count: int = 0  # its articles, with those below
    see: Crumb | None = None  # where this is another name: the topic that is meant


class WordLetter(Value, frozen=True, kw_only=True):
    """The words of one letter."""

    letter: str  # the letter
    id: str  # the id of its heading
    lines: tuple[WordLine, ...]  # its words, in order
    path: str = ""  # its own page, where the words are cut by letters


class IndexYear(Value, frozen=True, kw_only=True):
    """A year of an index that is printed by years."""

    name: str  # the year
    id: str  # the id of its heading
    topics: tuple[IndexTopic, ...]  # its headings, in order


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
    """A page: everything its template may see."""

    path: str  # the page itself
    root: str  # from it to the folder of the site, `../../`
    title: str  # for tabs and search results
    description: str = ""  # the same in a sentence; may be empty
    lang: str = ""  # the language that its text names, or empty
    crumbs: tuple[Crumb, ...] = ()  # the way down to the page
    feeds: tuple[FeedLink, ...] = ()  # the feeds of the page
