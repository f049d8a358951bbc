"""Atom 1.0, RFC 4287: a channel and its entries become bytes.

RFC 5005 leads from a feed to its older entries, `prev-archive` by `prev-archive`. There is no `next-archive`:
it would change a document of the archive when the next one begins.
"""

from __future__ import annotations

from collections.abc import Sequence

from lwnindex.formats.posts import GENERATOR, HISTORY, Channel, Post
from lwnindex.formats.xml import element, element_if, opening, quoted

ATOM = "http://www.w3.org/2005/Atom"
EMPTY_SINCE = "1970-01-01T00:00:00Z"
"""When a feed without entries was updated: Atom asks for a time, and no two builds by the clock are equal."""


def atom(channel: Channel, entries: Sequence[bytes]) -> bytes:
    """Return a feed. The site is the author, so that an entry without a byline has one."""
    head = "".join(
        (
            opening(channel.styles),
            f'<feed xmlns="{ATOM}" xmlns:fh="{HISTORY}"{_spoken(channel.language)}>\n',
            element("  ", "id", channel.id),
            element("  ", "title", channel.title, ' type="text"'),
            element_if("  ", "subtitle", channel.description, ' type="text"'),
            element("  ", "updated", channel.updated or EMPTY_SINCE),
            _link("  ", "self", channel.url, "application/atom+xml"),
            _link("  ", "alternate", channel.home, "text/html"),
            *(f'  <link rel="hub" href="{quoted(each)}"/>\n' for each in channel.hubs),
            _history(channel),
            element("  ", "generator", GENERATOR),
            _atom_author("  ", channel.publisher),
            f"  {channel.note}" if channel.note else "",
        )
    )
    return b"".join((head.encode(), *entries, b"</feed>\n"))


def _history(channel: Channel) -> str:
    """Return what RFC 5005 has a document say of its place among others."""
    kind = "application/atom+xml"
    return "".join(
        (
            _link("  ", "current", channel.current, kind) if channel.current else "",
            _link("  ", "prev-archive", channel.older, kind) if channel.older else "",
            "  <fh:archive/>\n" if channel.current else "",
            "  <fh:complete/>\n" if channel.complete else "",
        )
    )


def atom_entry(post: Post) -> bytes:
    """Return an entry."""
    parts = [
        f"  <entry{_spoken(post.lang)}>\n",
        element("    ", "id", post.id),
        element("    ", "title", post.title, ' type="text"'),
        element("    ", "published", post.published),
        element("    ", "updated", post.updated),
        _link("    ", "alternate", post.url, "text/html"),
        *(_atom_author("    ", author) for author in post.authors),
        *(f'    <category term="{quoted(category)}"/>\n' for category in post.categories),
        element_if("    ", "summary", post.summary, ' type="text"'),
        element_if("    ", "content", post.body, ' type="html"'),
    ]
    return f"{''.join(parts)}  </entry>\n".encode()


def _link(indent: str, rel: str, address: str, kind: str) -> str:
    return f'{indent}<link rel="{rel}" href="{quoted(address)}" type="{kind}"/>\n'


def _atom_author(indent: str, author: tuple[str, str]) -> str:
    name, page = author
    inside = element(indent + "  ", "name", name) + element_if(indent + "  ", "uri", page)
    return f"{indent}<author>\n{inside}{indent}</author>\n"


def _spoken(language: str) -> str:
    """Return the attribute that says in which language an element speaks, if that is known."""
    return f' xml:lang="{language}"' if language else ""
