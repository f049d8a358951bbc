"""Links of index blocks to the pages of indexes, led elsewhere in the way in which they are written."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import quote, unquote

from lwnindex import names
from lwnindex.model import Entry

Pages = Mapping[str, str]
"""The folder of each index's page, `Archives/GuestIndex`, by the index's name."""

_INDEX_PAGE = re.compile(r"/[^/]+/(?:\w*Index|ConferenceByYear)$")


def led(raw: str, old: Entry, new: Entry, pages: Pages, *, coded: bool = False, is_html: bool = False) -> str:
    """Return a link to an entry's index, or to its place there, as one to another entry's.

    `coded` says that other links near it write an underscore as `%5F`.
    """
    page, mark, fragment = raw.partition("#")
    page = page if old[0] == new[0] else _page(page, pages.get(old[0], ""), pages.get(new[0], ""))
    if not fragment:
        return page + mark
    # What leads to the whole index, and to no topic in it, has no name in its fragment that could change.
    write = next(_ways(fragment, names.anchor(old[1:]), coded=coded, is_html=is_html))
    return page + mark + (fragment if old[1:] == new[1:] else write(names.anchor(new[1:])))


def _page(raw: str, old: str, new: str) -> str:
    """Return the address of an index's page as that of another's, with or without a slash at its end."""
    bare = raw.rstrip("/")
    slashes = raw[len(bare) :]
    wanted = "/" + quote(new)
    if old and bare.endswith("/" + quote(old)):
        return bare.removesuffix("/" + quote(old)) + wanted + slashes
    return _INDEX_PAGE.sub(lambda _: wanted, bare) + slashes


def _ways(fragment: str, anchor: str, *, coded: bool, is_html: bool) -> Iterator[Callable[[str], str]]:
    """Yield the ways to write an anchor that give the fragment that is there; at last the most common one."""
    ways = [_as_it_is, _quoted, _coded, _escaped] if is_html else [_as_it_is, _quoted, _coded]
    if coded:
        ways = [_coded, *ways]
    yield from (way for way in ways if way(anchor) == fragment)
    yield _quoted if "%" in fragment and unquote(fragment) != fragment else _as_it_is


def _as_it_is(anchor: str) -> str:
    return anchor


def _quoted(anchor: str) -> str:
    return quote(anchor)


def _coded(anchor: str) -> str:
    return quote(anchor).replace("_", "%5F")


def _escaped(anchor: str) -> str:
    return html.escape(anchor)
