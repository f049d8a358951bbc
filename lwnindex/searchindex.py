"""What the search knows: articles by months, and the words counted in them."""

from __future__ import annotations

from lwnindex.model import Entry, Value


class Searchable(Value, frozen=True, kw_only=True):
    """What of an article can be searched; `body` names its blob."""

    title: str
    body: str
    authors: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()


class SearchMonth(Value, frozen=True, kw_only=True):
    """Articles of a month, or a part of them, the oldest first; `name` is `2009-12`, or `2009-12.2` for more.

    The undated ones have no name.
    """

    name: str
    ids: tuple[str, ...]
    articles: tuple[Searchable, ...]


class Counted(Value, frozen=True, kw_only=True):
    """The words of a month's articles, most of them in blobs.

    `words` has a symbol for the length of each article, `starts` are the first articles of the text files,
    whose deflated contents `texts` name. `letters` name the postings by the first character of their keys,
    `sizes` how many bytes each key takes there, `articles` what was counted.
    """

    words: str
    starts: tuple[int, ...]
    texts: tuple[str, ...]
    letters: tuple[tuple[str, str], ...]
    sizes: str
    articles: str


class Searched(Value, frozen=True, kw_only=True):
    """All months that can be searched, oldest first, what they hold, and the keys at which shards begin."""

    months: tuple[SearchMonth, ...]
    counted: tuple[Counted, ...]
    shards: tuple[str, ...]
