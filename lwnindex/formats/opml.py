"""OPML 2.0: a list of feeds that a reader takes in at once. No clock is read, so it says no date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lwnindex import names
from lwnindex.feedviews import OpmlView
from lwnindex.formats.xml import DECLARATION, MADE_BY, allowed, element, quoted
from lwnindex.viewmodel import SiteView
from lwnindex.viewparts import Outline


def opml(view: OpmlView, site: SiteView) -> bytes:
    """Return the list as bytes, each outline in the one that it stands below."""
    head = element("    ", "title", allowed(view.title)) + element(
        "    ", "ownerId", names.absolute(site.url, "")
    )
    parts = (
        f'{DECLARATION}{MADE_BY}<opml version="2.0">\n  <head>\n',
        f"{head}  </head>\n  <body>\n",
        *_lines(view.outlines, site.url),
        "  </body>\n</opml>\n",
    )
    return "".join(parts).encode()


def _lines(outlines: Iterable[Outline], url: str) -> Iterator[str]:
    """Yield the tags of outlines, each closed where what stands below it ends."""
    listed = tuple(outlines)
    following = [*(one.depth for one in listed[1:]), 0][: len(listed)]
    for one, below in zip(listed, following, strict=True):
        yield f"{_indent(one.depth)}<outline{_attributes(one, url)}{'>' if below > one.depth else '/>'}\n"
        yield from (f"{_indent(depth)}</outline>\n" for depth in range(one.depth - 1, below - 1, -1))


def _indent(depth: int) -> str:
    return "  " * (min(depth, 20) + 2)


def _attributes(one: Outline, url: str) -> str:
    said = {"text": allowed(one.text), "title": allowed(one.title)}
    if one.feed:
        said |= {
            "type": "rss",
            "xmlUrl": names.absolute(url, one.feed),
            "htmlUrl": names.absolute(url, one.page),
        }
    return "".join(f' {name}="{quoted(value)}"' for name, value in said.items())
