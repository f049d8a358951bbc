"""What other programs ask a site for: feeds and the list of them, sitemaps, robots.txt.

Paths are output paths below `site/`.
"""

from __future__ import annotations

from lwnindex.model import Article, FeedFormat
from lwnindex.viewparts import FeedEntry, Outline, View

LONGEST_BODY = 1_000_000
"""Bytes of a body beyond which a feed has its summary alone: XML readers refuse ten times that."""

LARGEST_IN_ALL = 50_000_000
"""The same in all feeds of one format together: one for each level of the entries, and for each author."""


def is_fed(article: Article) -> bool:
    """Return whether feeds that carry whole texts carry this one, by what it says itself of its topics."""
    homes = sum(map(len, article.card.entries)) + len(article.card.authors)
    return article.body.size <= min(LONGEST_BODY, LARGEST_IN_ALL // max(1, homes))


class FeedView(View, frozen=True, kw_only=True):
    """A feed of the articles of `home`, newest first; `updated` is the latest of theirs.

    It is `complete` where no other document has more of them. `older` is the archive document with those
    before its own; an archive document has the path of its feed as `current`. `hubs` tell of what is new.
    `old` is the page that its home was before, whose feed it stays for those who follow it.
    """

    format: FeedFormat
    home: str
    updated: str
    entries: tuple[FeedEntry, ...] = ()
    complete: bool = False
    older: str = ""
    current: str = ""
    hubs: tuple[str, ...] = ()
    old: str = ""


class OpmlView(View, frozen=True, kw_only=True):
    """All feeds of the site; outlines stand below the last one before them that is less deep."""

    outlines: tuple[Outline, ...] = ()


class SitemapView(View, frozen=True, kw_only=True):
    """The site's pages with the day each last changed, if known; with `parts`, its sitemaps instead."""

    pages: tuple[tuple[str, str], ...] = ()
    parts: bool = False


class RobotsView(View, frozen=True, kw_only=True):
    """robots.txt."""
