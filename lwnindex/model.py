"""The values that flow from stage to stage: frozen, typed, and compared by what they hold.

Nothing of ours is imported here.
Every value encodes as a msgpack array, so that a digest of it is a digest of all it says.
A path in a value is an output path below `site/`, with `/` and without a leading one, unless its
docstring says otherwise; a date is ISO 8601 text, a plain date where the source gave no time.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Entry = tuple[str, ...]
"""An index entry: the index, then the topic's levels, as in `("Kernel", "Filesystems", "Ceph")`."""

Severity = Literal["error", "warning"]
FeedFormat = Literal["rss", "atom", "json"]


class Value(msgspec.Struct, frozen=True, array_like=True, gc=False, kw_only=True):
    """The root of all values: immutable, hashable, without cycles."""


# What comes in ---------------------------------------------------------------------------------


class Source(Value, frozen=True, kw_only=True):
    """A file of the archive, named and digested but not held.

    `file` is the name a person knows it by, `path` the part below its content folder.
    """

    file: str
    path: str
    digest: str
    size: int


class Problem(Value, frozen=True, kw_only=True):
    """Something of the input that is not on the site as written (error), or might surprise (warning)."""

    code: str
    severity: Severity
    file: str
    line: int
    message: str
    fix: str


# What parse makes of a source ------------------------------------------------------------------


class Reference(Value, frozen=True, kw_only=True):
    """An article that another one cites: by the id its address names, else by `url`.

    From `parse`, `url` is a source path below the content folder; in a catalog, `id` is an article held
    here, and `url` the address of one that is not.
    """

    id: str | None
    url: str | None
    fragment: str


class Card(Value, frozen=True, kw_only=True):
    """An article as an index knows it: everything but its body."""

    id: str
    file: str
    source: str
    title: str
    date: str | None
    updated: str | None = None
    authors: tuple[str, ...] = ()
    lang: str | None = None
    slug: str | None = None
    teaser: str = ""
    entries: tuple[Entry, ...] = ()
    entry_lines: tuple[int, ...] = ()
    references: tuple[Reference, ...] = ()
    draft: bool = False


class Heading(Value, frozen=True, kw_only=True):
    """A heading of a body, for its table of contents."""

    level: int
    id: str
    text: str


class Body(Value, frozen=True, kw_only=True):
    """What is known of a body without its text.

    `digest` names the blob: a msgpack list of one more piece of HTML than there are `hrefs`; the link
    attributes belong between them, in order. `anchors` are the ids that stand in the HTML.
    `images` are (number of the link, alternative text, words of the link): of these the whole element is
    left to `render`, a picture where it is held, else a link. `size` is the blob's, in bytes.
    """

    digest: str
    hrefs: tuple[str, ...] = ()
    href_lines: tuple[int, ...] = ()
    images: tuple[tuple[int, str, str], ...] = ()
    anchors: tuple[str, ...] = ()
    contents: tuple[Heading, ...] = ()
    words: int = 0
    size: int = 0
    teaser: str = ""


class Badge(Value, frozen=True, kw_only=True):
    """The conference mark under a byline: a short name and the address it led to."""

    label: str
    href: str


class Manuscript(Value, frozen=True, kw_only=True):
    """What a reader makes of a source: the fields it names, and its Markdown, not yet rendered.

    `text` is the body alone (no title, byline, index block, nag or trailer); `lines[i]` is the line of the
    source in which line `i` of `text` stood, both counted from 0 and 1. `id` is empty where the source
    names none. `counts` say how often which strip rule or repair was applied.
    """

    text: str
    lines: tuple[int, ...] = ()
    id: str = ""
    title: str = ""
    date: str | None = None
    updated: str | None = None
    authors: tuple[str, ...] = ()
    lang: str | None = None
    slug: str | None = None
    summary: str = ""
    nav: int | None = None
    draft: bool = False
    entries: tuple[Entry, ...] = ()
    entry_lines: tuple[int, ...] = ()
    badges: tuple[Badge, ...] = ()
    problems: tuple[Problem, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()


class Article(Value, frozen=True, kw_only=True):
    """A parsed article: its card, its body's outline, and what only its own page shows."""

    card: Card
    body: Body
    badges: tuple[Badge, ...] = ()
    original: str | None = None


class PlainPage(Value, frozen=True, kw_only=True):
    """An undated page of the site's own, such as `about`; `nav` orders it in the navigation."""

    file: str
    source: str
    path: str
    title: str
    body: Body
    nav: int | None = None
    lang: str | None = None
    draft: bool = False


class Parsed(Value, frozen=True, kw_only=True):
    """All that one source holds, and how often which rule dropped or mended something in it."""

    articles: tuple[Article, ...] = ()
    pages: tuple[PlainPage, ...] = ()
    problems: tuple[Problem, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()


# What the catalog knows ------------------------------------------------------------------------


class Topic(Value, frozen=True, kw_only=True):
    """A place in an index: its full entry, its page, its anchor there, and the articles filed under it.

    `own` are article ids, newest first; `count` is the number of different articles in its subtree.
    """

    entry: Entry
    path: str
    anchor: str
    own: tuple[str, ...] = ()
    count: int = 0
    children: tuple[Entry, ...] = ()


class Index(Value, frozen=True, kw_only=True):
    """One index: its root entry is its name; `page` is its A-Z page, `topics` all its entries in order."""

    name: str
    title: str
    page: str
    topics: tuple[Entry, ...] = ()
    count: int = 0
    declared: bool = True


class Author(Value, frozen=True, kw_only=True):
    """A byline name, its page, and the ids of its articles, newest first."""

    name: str
    path: str
    articles: tuple[str, ...] = ()


class Catalog(Value, frozen=True, kw_only=True):
    """The archive's cards, ordered and cross-referenced; no body is in it.

    `order` is every published article, newest first and undated last; `paths` gives each its page;
    `cited_by` names the citing articles, newest first; `positions` say which of the cards that came in
    an article is, since an id may have had to yield.
    """

    cards: dict[str, Card]
    positions: dict[str, int]
    order: tuple[str, ...]
    paths: dict[str, str]
    indexes: tuple[Index, ...]
    topics: dict[Entry, Topic]
    authors: dict[str, Author]
    cited_by: dict[str, tuple[str, ...]]
    problems: tuple[Problem, ...] = ()


# What templates see ----------------------------------------------------------------------------


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
    """An article as every list shows it."""

    id: str
    title: str
    path: str
    date: str | None
    authors: tuple[Person, ...] = ()
    teaser: str = ""
    lang: str = ""


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
    """A count in a chart: of a year, or a month; `path` is where its articles stand, or empty."""

    name: str
    count: int
    path: str = ""


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


class View(Value, frozen=True, kw_only=True):
    """A page: everything its template may see. `root` leads from it to the site's own folder (`../../`)."""

    path: str
    root: str
    title: str
    description: str = ""
    lang: str = ""
    crumbs: tuple[Crumb, ...] = ()
    feeds: tuple[FeedLink, ...] = ()


class HomeView(View, frozen=True, kw_only=True):
    """The front page."""

    newest: tuple[Line, ...] = ()
    indexes: tuple[TopicLine, ...] = ()
    alive: tuple[TopicLine, ...] = ()
    years: tuple[Bar, ...] = ()
    week: tuple[Line, ...] = ()
    articles: int = 0
    topics: int = 0


class ArticleView(View, frozen=True, kw_only=True):
    """An article's page. `body` is the blob's digest; a template sees the finished HTML in its place."""

    line: Line
    body: str
    links: tuple[Link, ...] = ()
    contents: tuple[Heading, ...] = ()
    updated: str | None = None
    words: int = 0
    badges: tuple[tuple[str, Link], ...] = ()
    placements: tuple[Placement, ...] = ()
    cited_by: tuple[Line, ...] = ()
    cites: tuple[Line, ...] = ()
    related: tuple[Line, ...] = ()
    original: str = ""


class PlainView(View, frozen=True, kw_only=True):
    """A plain page; `body` as in an article's."""

    body: str
    links: tuple[Link, ...] = ()
    contents: tuple[Heading, ...] = ()


class IndexTopic(Value, frozen=True, kw_only=True):
    """A heading of an A-Z index with its own articles; `more` are those that only the topic's page lists."""

    name: str
    depth: int
    anchor: str
    path: str
    lines: tuple[Line, ...]
    more: int
    own: int
    count: int


class IndexLetter(Value, frozen=True, kw_only=True):
    """A letter of an A-Z index; `path` is set where the letter's articles stand on a page of its own."""

    letter: str
    id: str
    topics: tuple[IndexTopic, ...]
    path: str = ""


class IndexView(View, frozen=True, kw_only=True):
    """An A-Z index, or one letter of a long one (`letter` is set then)."""

    index: str
    letters: tuple[IndexLetter, ...]
    letter: str = ""
    bar: tuple[Crumb, ...] = ()
    topics: int = 0
    articles: int = 0


class TopicView(View, frozen=True, kw_only=True):
    """A topic's page, or a further page of its list."""

    entry: Entry
    anchor: str
    own: int
    count: int
    first: str | None
    last: str | None
    children: tuple[TopicLine, ...] = ()
    years: tuple[Group, ...] = ()
    activity: tuple[Bar, ...] = ()
    together: tuple[TopicLine, ...] = ()
    pager: Pager | None = None


class AuthorView(View, frozen=True, kw_only=True):
    """An author's page, or a further page of its list."""

    name: str
    count: int
    first: str | None
    last: str | None
    years: tuple[Group, ...] = ()
    activity: tuple[Bar, ...] = ()
    topics: tuple[TopicLine, ...] = ()
    pager: Pager | None = None


class AuthorsView(View, frozen=True, kw_only=True):
    """All authors, by name, with the number of their articles."""

    authors: tuple[Bar, ...] = ()


class ArchivesView(View, frozen=True, kw_only=True):
    """The hub: years with their months, the indexes, the undated articles."""

    years: tuple[tuple[Bar, tuple[Bar, ...]], ...] = ()
    indexes: tuple[TopicLine, ...] = ()
    undated: tuple[Line, ...] = ()
    authors: int = 0


class PeriodView(View, frozen=True, kw_only=True):
    """A year (`months` say how many, groups are months) or a month (groups are days)."""

    groups: tuple[Group, ...] = ()
    months: tuple[Bar, ...] = ()
    count: int = 0
    older: Crumb | None = None
    newer: Crumb | None = None
    pager: Pager | None = None


class NotFoundView(View, frozen=True, kw_only=True):
    """The page a server shows for an address that leads nowhere."""


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


class FeedView(View, frozen=True, kw_only=True):
    """A feed of the articles of `home`, newest first; `updated` is the latest of theirs."""

    format: FeedFormat
    home: str
    updated: str
    entries: tuple[FeedEntry, ...] = ()


class SitemapView(View, frozen=True, kw_only=True):
    """The site's pages with the day each last changed, if known; with `parts`, its sitemaps instead."""

    pages: tuple[tuple[str, str], ...] = ()
    parts: bool = False


class RobotsView(View, frozen=True, kw_only=True):
    """robots.txt."""


class FileView(View, frozen=True, kw_only=True):
    """A file that is copied as it is: `digest` names its blob."""

    digest: str


AnyView = (
    HomeView
    | ArticleView
    | PlainView
    | IndexView
    | TopicView
    | AuthorView
    | AuthorsView
    | ArchivesView
    | PeriodView
    | NotFoundView
    | FeedView
    | SitemapView
    | RobotsView
    | FileView
)


class SiteView(Value, frozen=True, kw_only=True):
    """What every page may know of the site: its configuration and the names of its indexes, no counts."""

    title: str
    url: str
    description: str = ""
    language: str = "en"
    source: str = ""
    timezone: str = "UTC"
    indexes: tuple[Crumb, ...] = ()
    nav: tuple[Crumb, ...] = ()
    archives: bool = True
    authors: bool = True
    pretty: bool = False
    stylesheets: tuple[str, ...] = ()
    feeds: tuple[FeedLink, ...] = ()
