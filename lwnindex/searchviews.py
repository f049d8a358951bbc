"""The search page, and the files that its program reads.

Paths are output paths below `site/`.
"""

from __future__ import annotations

from lwnindex.model import Entry
from lwnindex.viewparts import SearchLine, View


class SearchView(View, frozen=True, kw_only=True):
    """The search page; what it finds is in the files beside it."""


class SearchCatalogView(View, frozen=True, kw_only=True):
    """What a search reads first: months with the lengths of their articles, and the keys of the shards."""

    months: tuple[tuple[str, str], ...] = ()
    shards: tuple[str, ...] = ()


class SearchFacetsView(View, frozen=True, kw_only=True):
    """By what a search can be narrowed: topics with their pages, authors; `docs` is a text for each month."""

    topics: tuple[tuple[Entry, str], ...] = ()
    authors: tuple[str, ...] = ()
    docs: tuple[str, ...] = ()


class SearchDocsView(View, frozen=True, kw_only=True):
    """The articles of a month, the oldest first; `texts` are the first ones of its text files."""

    month: str
    texts: tuple[int, ...] = ()
    lines: tuple[SearchLine, ...] = ()


class SearchTextsView(View, frozen=True, kw_only=True):
    """A few articles' texts: `digest` names the blob that holds them deflated."""

    name: str
    digest: str


class SearchShardView(View, frozen=True, kw_only=True):
    """The words whose keys stand from `start` up to `end`, if that is given.

    `parts` are a month's place and the blob that holds its words of a first character.
    """

    start: str
    end: str = ""
    parts: tuple[tuple[int, str], ...] = ()


SearchData = SearchCatalogView | SearchFacetsView | SearchDocsView | SearchTextsView | SearchShardView
"""What the search page's program reads."""
