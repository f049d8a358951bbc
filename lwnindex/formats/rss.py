"""RSS 2.0 as the RSS Advisory Board's profile has it: a channel and its items become bytes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from html import escape

from lwnindex.formats.posts import GENERATOR, HISTORY, Channel, Post
from lwnindex.formats.xml import element, element_if, opening, quoted
from lwnindex.times import MONTHS

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"

_SPACES = f'xmlns:atom="{ATOM}" xmlns:content="{CONTENT}" xmlns:dc="{DUBLIN_CORE}" xmlns:fh="{HISTORY}"'
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def rss(channel: Channel, items: Sequence[bytes]) -> bytes:
    """Return a feed."""
    head = "".join(
        (
            f'{opening(channel.styles)}<rss {_SPACES} version="2.0">\n  <channel>\n',
            element("    ", "title", channel.title),
            element("    ", "link", channel.home),
            element("    ", "description", channel.description or channel.title),
            element_if("    ", "language", channel.language),
            element_if("    ", "lastBuildDate", _rss_date(channel.updated)),
            element("    ", "generator", GENERATOR),
            f'    <atom:link rel="self" href="{quoted(channel.url)}" type="application/rss+xml"/>\n',
            *(f'    <atom:link rel="hub" href="{quoted(each)}"/>\n' for each in channel.hubs),
            "    <fh:complete/>\n" if channel.complete else "",
            f"    {channel.note}" if channel.note else "",
        )
    )
    return b"".join((_hexadecimal(head), *items, b"  </channel>\n</rss>\n"))


def rss_item(post: Post) -> bytes:
    """Return an item. The description stands before the content, and holds it where nothing else does.

    It is HTML by the profile, as no other element of an item is; names without a mail address are dc:creator.
    """
    description = escape(post.summary, quote=False) or post.body
    parts = [
        element("      ", "title", post.title),
        element("      ", "link", post.url),
        element_if("      ", "description", description),
        element_if("      ", "content:encoded", post.body if post.summary else ""),
        *(element("      ", "dc:creator", name) for name, _ in post.authors),
        *(element("      ", "category", category) for category in post.categories),
        element("      ", "guid", post.id, ' isPermaLink="false"'),
        element("      ", "pubDate", _rss_date(post.published)),
    ]
    return _hexadecimal(f"    <item>\n{''.join(parts)}    </item>\n")


def _hexadecimal(document: str) -> bytes:
    """Return XML with its markup characters as hexadecimal references, as the RSS profile asks for.

    Some readers take `&lt;` in a title for the start of a tag. The three names are written for nothing else,
    so the text that comes out of a parser is the same.
    """
    if "&" in document:
        document = document.replace("&amp;", "&#x26;").replace("&lt;", "&#x3C;").replace("&gt;", "&#x3E;")
    return document.encode()


@lru_cache(maxsize=4096)
def _rss_date(moment: str) -> str:
    """Return an RFC 3339 time in the words of RFC 822, which are English everywhere."""
    if not moment:
        return ""
    found = datetime.fromisoformat(moment)
    day, month = _DAYS[found.weekday()], MONTHS[found.month - 1][:3]
    zone = "+0000" if moment.endswith("Z") else f"{found:%z}" or "-0000"
    return f"{day}, {found.day:02} {month} {found.year:04} {moment[11:19]} {zone}"
