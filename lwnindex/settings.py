"""What a site's configuration can say, as frozen values with a default for every key.

`Config` mirrors `lwnindex.toml` table by table; `config.py` reads it.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from lwnindex.model import FeedFormat
from lwnindex.presets import PresetName

TEXTS = (".md", ".markdown", ".mkd", ".mkdn", ".mkdown", ".mdown", ".txt")
PAGES = (".html", ".htm", ".xhtml")
FEEDS = (".xml", ".rss", ".atom", ".rdf", ".json")
SUFFIXES = (*TEXTS, *PAGES, *FEEDS)
"""The endings of the files that are read: texts in Markdown, saved pages, feeds."""

TOPICS = ("topics.toml", "topics/")
"""The file of a content folder that describes topics, and the folder in which files `.toml` do."""

EXAMPLE = "https://example.org/"
"""What stands for the address of a site that names none."""

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def describes_topics(path: str) -> bool:
    """Return whether the file at a path below its content folder is one of topics."""
    return path == TOPICS[0] or (path.startswith(TOPICS[1]) and path.endswith(".toml"))


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of the configuration."""


class SiteSettings(Settings, frozen=True, kw_only=True):
    """`[site]`: what the site is called, where it is published, and which publication it indexes."""

    title: str = "News index"
    url: str = ""
    description: str = ""
    language: str = "en"
    source: str = "https://lwn.net"
    timezone: str = "UTC"


class OutputSettings(Settings, frozen=True, kw_only=True):
    """`[output]`: the folder that the site is written into, and how it changes.

    With `renames` the changes are brought in file by file, each by a rename; with `symlink` the folder is a
    link to a whole tree, and a build leads it to another.
    """

    folder: str = "site"
    switch: Literal["renames", "symlink"] = "renames"


class NamedIndex(Settings, frozen=True, kw_only=True):
    """`[indexes.NAME]`: an index's title and the folder of its A-Z page.

    Topics stand beside a folder called `Index` (`Kernel/Index`), and below any other (`Archives/GuestIndex`).
    With `by_year` it is printed a second time, by years and then by names, as LWN does with its conferences.
    """

    title: str = ""
    path: str = ""
    by_year: bool = False


class IndexSettings(Settings, frozen=True, kw_only=True):
    """`[index]`: the A-Z pages, and the names in which a slash is no separator.

    `declared` says whether topics may be such that no file of topics describes: all are taken, all are and
    each is told, or only those that are described are topics.
    """

    per_topic: int = 100
    split: int = 20_000
    declared: Literal["any", "warn", "only"] = "any"
    slash_names: tuple[str, ...] = (
        *("I/O", "TCP/IP", "GNU/Linux", "OS/2", "PL/I", "S/390", "R/W", "N/A"),
        *("Client/server", "GNU/Hurd", "kFreeBSD/GNU"),
    )


class PagesSettings(Settings, frozen=True, kw_only=True):
    """`[pages]`: which pages and parts of pages a site has, and how many articles they list.

    `weeks` stand among the archives, and are not made without them; LWN's editions come out on Thursdays.
    `trees` and `words` are an index once more, as a tree and by all words of its topics' names.
    """

    authors: bool = True
    archives: bool = True
    weeks: bool = True
    week_starts: Weekday = "thursday"
    trees: bool = True
    words: bool = True
    related: bool = True
    backlinks: bool = True
    newest: int = 12
    per_page: int = 50


class QuerySettings(Settings, frozen=True, kw_only=True):
    """`[[feeds_out.query]]`: the articles under all of some entries, any of others, and none of a few.

    Entries are written with slashes, and each has all that stands below it. One of several authors is enough.
    """

    name: str = ""
    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    without: tuple[str, ...] = msgspec.field(default=(), name="not")
    author: str | tuple[str, ...] = ()
    since: date | None = None


class FeedsSettings(Settings, frozen=True, kw_only=True):
    """`[feeds_out]`: formats, length, content; without `content` only the feed of the site is full.

    With `archives`, feeds of more than `items` articles lead to documents that hold the older ones.
    `opml` is a list of all feeds. `hubs` are addresses of WebSub hubs, at which programs subscribe to feeds.
    Each `query` has feeds, too.
    """

    formats: tuple[FeedFormat, ...] = ("rss", "atom", "json")
    items: int = 30
    content: Literal["full", "summary"] | None = None
    archives: bool = True
    opml: bool = True
    hubs: tuple[str, ...] = ()
    query: tuple[QuerySettings, ...] = ()


class LinksSettings(Settings, frozen=True, kw_only=True):
    """`[links]`: `file` links name `index.html` and work from a folder; `pretty` ones need a web server."""

    style: Literal["file", "pretty"] = "file"


class MarkdownSettings(Settings, frozen=True, kw_only=True):
    """`[markdown]`: the extensions of Python-Markdown in use, and whether it may be spared."""

    extensions: tuple[str, ...] = ("tables", "fenced_code", "footnotes", "def_list", "abbr")
    accelerate: bool = True


class StripSettings(Settings, frozen=True, kw_only=True):
    """`[strip]`: what a dump holds that is not the article.

    `quotes`: a block quote with a link to such an address (part of it) is left out.
    `lines`: a line that such a regular expression matches whole is left out, near the article's ends.
    `rest`: a line that matches starts what is left out down to the end (comments, footer).
    """

    quotes: tuple[str, ...] = ("/Promo/",)
    lines: tuple[str, ...] = (
        r"\(?(?:\[Log in\]\([^)]*\) )?to post comments\)?",
        r"Comments \((?:none|\d+) posted\)",
        r"\(?\[?Log in\]?(?:\([^)]*\))?\)?",
        r"(?:<p>)?\(?<a [^<>]*>Log in</a> to post comments\)?(?:</p>)?",
    )
    rest: tuple[str, ...] = (
        r"(?:#+ |\* \* \*\s*)?Copyright © \d{4},? Eklektix.*",
        r"#{1,6} .*Posted \w{3} \d{1,2}, \d{4} \d{1,2}:\d{2} UTC.*",
    )


LWN_NICKS = {
    "corbet": "Jonathan Corbet",
    "jake": "Jake Edge",
    "jzb": "Joe Brockmeier",
    "daroc": "Daroc Alden",
}
"""Who signs LWN's briefs."""


class BylineSettings(Settings, frozen=True, kw_only=True):
    """`[bylines]`: `nicks` gives the full names of those who sign as `[Posted ... by nick]`."""

    nicks: dict[str, str] = msgspec.field(default_factory=lambda: dict(LWN_NICKS))
    title_suffixes: tuple[str, ...] = (" [LWN.net]",)


OptionValue = bool | int | float | str | tuple[str | tuple[str, ...], ...]
"""What can be said for an option of a theme; the theme declares which kind of value each takes."""


class SearchSettings(Settings, frozen=True, kw_only=True):
    """`[search]`: whether a site has a page on which its articles can be searched."""

    enabled: bool = True


class ThemeSettings(Settings, frozen=True, kw_only=True):
    """`[theme]`: the theme's name, a folder of the site's `themes/` or one that came with the program.

    `options` are those of the theme, as its `theme.toml` declares them.
    """

    name: str = "default"
    options: dict[str, OptionValue] = msgspec.field(default_factory=dict)


LWN_INDEXES: dict[str, NamedIndex] = {
    "Kernel": NamedIndex(path="Kernel/Index"),
    "Security": NamedIndex(path="Security/Index"),
    "Python": NamedIndex(path="Python/Index"),
    "Distributions": NamedIndex(path="Distributions/Index"),
    "Development": NamedIndex(path="Development/Index"),
    "Briefs": NamedIndex(path="Briefs/Index"),
    "Conference": NamedIndex(path="Archives/ConferenceIndex", by_year=True),
    "GuestArticles": NamedIndex(path="Archives/GuestIndex"),
}
"""The indexes that LWN keeps; a configuration adds to them."""


class SelectSettings(Settings, frozen=True, kw_only=True):
    """`[sources.select]`: CSS selectors of what a page holds; one without a `required` part is no article."""

    title: str = ""
    byline: str = ""
    date: str = ""
    body: str = ""
    entries: str = ""
    required: tuple[Literal["title", "byline", "date", "body", "entries"], ...] = ("title", "body")


class SourceSettings(Settings, frozen=True, kw_only=True):
    """`[[sources]]`: how the files of a folder are read.

    `index` is the index in which tags and categories are entries, or one for each field: `{tags = "Topics"}`.
    `entries` are those that every article has; `categories` gives tags and categories the entry that stands
    for them. `fields` says which of their fields are ours: `{authors = "writer"}`. `url` is where the archive
    was published, `permalink` how its addresses were made, as in `/:year/:month/:title/`. With `trust`, files
    that a browser would run, such as SVG, are copied, too.
    """

    path: str = ""
    preset: PresetName = "lwn"
    index: str | dict[str, str] = ""
    entries: tuple[str, ...] = ()
    categories: dict[str, str] = msgspec.field(default_factory=dict)
    fields: dict[str, str | tuple[str, ...]] = msgspec.field(default_factory=dict)
    markdown: Literal["python", "commonmark"] | None = None
    url: str = ""
    permalink: str = ""
    lang: str = ""
    trust: bool = False
    select: SelectSettings = SelectSettings()


class FeedSettings(Settings, frozen=True, kw_only=True):
    """`[[feeds]]`: a feed that `lwnindex fetch` reads into `feeds/NAME` of the first content folder.

    `entries` are those that every item has, `categories` gives the feed's categories the entry that stands
    for them, and with `index` all others are entries there. `keep` says what of an item's text is kept.
    """

    url: str = ""
    name: str = ""
    index: str = ""
    entries: tuple[str, ...] = ()
    categories: dict[str, str] = msgspec.field(default_factory=dict)
    keep: Literal["full", "summary"] = "full"
    lang: str = ""


class CheckSettings(Settings, frozen=True, kw_only=True):
    """`[check]`: what `lwnindex check` allows, leaves out and remembers.

    `host` names what the host of the site takes at most; the three `max` keys say it themselves, 0 for no
    limit. Findings with the codes of `ignore` are not told, addresses that begin as one of `skip` not asked.
    An address of the web that was found is asked again after `external_days`.
    """

    host: Literal["", "github-pages", "gitlab-pages", "cloudflare-pages", "netlify"] = ""
    max_files: int = 0
    max_bytes: int = 0
    max_file_bytes: int = 0
    ignore: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    external_days: int = 30


class Config(Settings, frozen=True, kw_only=True):
    """A whole configuration. Folders are relative to the file it stands in.

    An `output` that is a text is that of a table with this `folder`. `plugins` are functions, `module:name`,
    or the names of installed plug-ins.
    """

    content: tuple[str, ...] = ("content",)
    static: str = "static"
    output: str | OutputSettings = "site"
    store: str = ".lwnindex"
    plugins: tuple[str, ...] = ()
    site: SiteSettings = SiteSettings()
    indexes: dict[str, NamedIndex] = msgspec.field(default_factory=lambda: dict(LWN_INDEXES))
    index: IndexSettings = IndexSettings()
    pages: PagesSettings = PagesSettings()
    feeds_out: FeedsSettings = FeedsSettings()
    links: LinksSettings = LinksSettings()
    markdown: MarkdownSettings = MarkdownSettings()
    strip: StripSettings = StripSettings()
    bylines: BylineSettings = BylineSettings()
    search: SearchSettings = SearchSettings()
    theme: ThemeSettings = ThemeSettings()
    sources: tuple[SourceSettings, ...] = ()
    feeds: tuple[FeedSettings, ...] = ()
    check: CheckSettings = CheckSettings()

    @property
    def publishing(self) -> OutputSettings:
        """Where the site is written, and how, whichever way it is said."""
        return OutputSettings(folder=self.output) if isinstance(self.output, str) else self.output
