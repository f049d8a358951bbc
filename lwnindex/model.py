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
Dialect = Literal["python", "commonmark", "html"]


class Value(msgspec.Struct, frozen=True, array_like=True, gc=False, kw_only=True):
    """The root of all values: immutable, hashable, without cycles."""


# What comes in ---------------------------------------------------------------------------------


class Source(Value, frozen=True, kw_only=True):
    """A file of the archive, named and digested but not held.

    `file` is the name a person knows it by, `path` the part below its content folder. The digest is empty
    as long as the file has not been read. `rules` names the table of the configuration by which it is read.
    """

    file: str
    path: str
    digest: str
    rules: str = ""


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

    From `parse`, `url` is the name of a source's file, or a path at which an archive was published, with a
    slash before it; in a catalog, `id` is an article held here, and `url` the address of one that is not.
    """

    id: str | None
    url: str | None
    fragment: str


class Card(Value, frozen=True, kw_only=True):
    """An article as an index knows it: everything but its body.

    `expires` is the date from which on it is no longer published. `aliases` are addresses that it had
    elsewhere, as paths that start with a slash.
    """

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
    expires: str | None = None
    aliases: tuple[str, ...] = ()


class Heading(Value, frozen=True, kw_only=True):
    """A heading of a body, for its table of contents."""

    level: int  # 2 or 3: deeper ones are in none
    id: str  # the id in the text
    text: str  # its words, as text


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
    """What a reader makes of a source, or of an item in it: the fields it names, its text not yet rendered.

    `text` is the body alone (no title, byline, index block, nag or trailer), in the dialect `markup`;
    `lines[i]` is the line of the source in which line `i` of `text` stood, both counted from 0 and 1. `id` is
    empty where the source names none. `original` is the whole address at which it was published, if it is
    told; `aliases` are all its other addresses there, as paths that start with a slash. `counts` say how
    often which strip rule or repair was applied. `excess` says what the text has too much of to be read, in
    a sentence, where the reader found that out. `below` is what follows the text of a source that is too
    large to be read line by line, as its bytes in the character set `codec`.
    """

    text: str
    markup: Dialect = "python"
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
    expires: str | None = None
    original: str | None = None
    aliases: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    entry_lines: tuple[int, ...] = ()
    badges: tuple[Badge, ...] = ()
    problems: tuple[Problem, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    excess: str = ""
    below: bytes = b""
    codec: str = "utf-8"


class Article(Value, frozen=True, kw_only=True):
    """A parsed article: its card, its body's outline, and what only its own page shows.

    `original` is where it was published; `base` is what relative addresses in its body are taken from where
    they lead to nothing here.
    """

    card: Card
    body: Body
    badges: tuple[Badge, ...] = ()
    original: str | None = None
    base: str | None = None


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


class Mention(Value, frozen=True, kw_only=True):
    """An entry that a file of topics names, and the line in which it does."""

    entry: Entry
    line: int = 0


class Address(Value, frozen=True, kw_only=True):
    """The path of a page as a file of topics gives it, and the line in which it does."""

    path: str
    line: int = 0


class Described(Value, frozen=True, kw_only=True):
    """What a file of topics says of one, as it is written there; what it mentions need not exist.

    An entry is whole: the index, then the levels. `note` has no digest where nothing is noted. `aliases` are
    all other names of the topic, those among them that are not to be printed are `hidden`. A topic that is
    `reciprocal` is named by those that it names in `see_also`. `parents` are further topics, or indexes, that
    it stands below; `sort` is what its last level is sorted by. `folder` is where its page stands, if
    not where its name says; `addresses` are where it stood before, beside where its other names say.
    """

    entry: Entry
    file: str
    line: int = 0
    note: Body = Body(digest="")
    aliases: tuple[Mention, ...] = ()
    hidden: tuple[Entry, ...] = ()
    see_also: tuple[Mention, ...] = ()
    reciprocal: bool = True
    parents: tuple[Mention, ...] = ()
    sort: str = ""
    folder: str = ""
    addresses: tuple[Address, ...] = ()


class Parsed(Value, frozen=True, kw_only=True):
    """All that one source holds, and how often which rule dropped or mended something in it.

    `topics` are those that a file of topics describes. `digest` is that of the source's bytes, empty where
    they could not be read. `outline` is the digest of all that `index` and `link` make something of.
    """

    articles: tuple[Article, ...] = ()
    pages: tuple[PlainPage, ...] = ()
    topics: tuple[Described, ...] = ()
    problems: tuple[Problem, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    digest: str = ""
    outline: str = ""


# What the catalog knows ------------------------------------------------------------------------


class Topic(Value, frozen=True, kw_only=True):
    """A place in an index: its full entry, its page, its anchor there, and the articles filed under it.

    `own` are article ids, newest first; `count` is the number of different articles in its subtree, with that
    of the topics that it has `adopted`: those of which it is a further parent. They stand below it as its
    `children` do, whose addresses are below its own. `parents` are its own further parents.
    `see_also` are related topics, in the order of an index. `sort` is what its last level is sorted by, if
    not by itself.
    """

    entry: Entry
    path: str
    anchor: str
    own: tuple[str, ...] = ()
    count: int = 0
    children: tuple[Entry, ...] = ()
    adopted: tuple[Entry, ...] = ()
    parents: tuple[Entry, ...] = ()
    see_also: tuple[Entry, ...] = ()
    sort: str = ""


class See(Value, frozen=True, kw_only=True):
    """Another name of a topic: an alias of its own, or of one above it, followed by the levels down to it.

    `path` is the page at the address that a topic of this name would have, `anchor` what it would have on the
    page of its index. It is `printed` in the index, as a reference to the topic, unless that is hidden or the
    alias is that of one above.
    """

    entry: Entry
    topic: Entry
    path: str
    anchor: str
    printed: bool = True


class Index(Value, frozen=True, kw_only=True):
    """One index: its root entry is its name; `page` is its A-Z page, `topics` all its entries in order.

    `adopted` are topics from elsewhere that stand at its top level, too; `count` has their articles.
    """

    name: str
    title: str
    page: str
    topics: tuple[Entry, ...] = ()
    count: int = 0
    declared: bool = True
    adopted: tuple[Entry, ...] = ()


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

    `translations` are the keys of an article's, `ID/LANG`: by these `cards`, `positions` and `paths` hold
    them, too, and nothing else does. `aliases` are the paths of pages that lead to an article (or to a
    translation, by its key) from where it was before.

    `described` is what files of topics say, by the topic; `sees` are all other names of topics, in the order
    of an index. In `cards`, entries are those of the topics that they stand for. `former` are further
    addresses: first those that topics with a folder of their own would have by their names, then those that
    files of topics say. `drafts` tells whether drafts are among the articles.
    """

    cards: dict[str, Card]
    positions: dict[str, int]
    order: tuple[str, ...]
    paths: dict[str, str]
    indexes: tuple[Index, ...]
    topics: dict[Entry, Topic]
    authors: dict[str, Author]
    cited_by: dict[str, tuple[str, ...]]
    translations: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    aliases: dict[str, str] = msgspec.field(default_factory=dict)
    described: dict[Entry, Described] = msgspec.field(default_factory=dict)
    sees: tuple[See, ...] = ()
    former: tuple[See, ...] = ()
    drafts: bool = False
    problems: tuple[Problem, ...] = ()
