"""Looks at a built site as its readers' programs do: what every link leads to, and what stands where."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

import lxml.html


class Page(NamedTuple):
    """A page: its path below the site, its element tree, and its ids in document order."""

    path: str
    tree: lxml.html.HtmlElement
    ids: tuple[str, ...]


def pages(site: Path) -> dict[str, Page]:
    """Return every HTML page of a site by its path."""
    found = (path for path in sorted(site.rglob("*.html")) if path.is_file())
    return {path.relative_to(site).as_posix(): _page(site, path) for path in found}


def _page(site: Path, path: Path) -> Page:
    tree = lxml.html.fromstring(path.read_bytes(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    ids = tuple(element.get("id", "") for element in tree.iter() if element.get("id") is not None)
    return Page(path.relative_to(site).as_posix(), tree, ids)


def target(page: Page, href: str) -> tuple[str, str] | None:
    """Return the path and fragment in the site that a page's link leads to; None where it leaves the site."""
    whole = urljoin(f"file:///{page.path}", href)
    parts = urlsplit(whole)
    if parts.scheme != "file":
        return None
    return unquote(parts.path).lstrip("/"), unquote(parts.fragment)


def local_links(page: Page) -> Iterator[tuple[str, str]]:
    """Yield once (path, fragment) of each link, stylesheet, script and image that stays in the site."""
    for href in dict.fromkeys(page.tree.xpath("//@href | //@src")):
        found = target(page, href)
        if found:
            yield found


def dead(site: Path, found: dict[str, Page]) -> list[str]:
    """Return a sentence for each link to a file or an anchor that is not there."""
    faults = []
    is_there = cache(lambda path: (site / path).is_file())
    ids = {path: frozenset(page.ids) for path, page in found.items()}
    for page in found.values():
        if page.path == "404.html":
            continue
        for path, fragment in local_links(page):
            if not is_there(path):
                faults.append(f"{page.path} links to {path}, which is no file")
            elif fragment and path in found and fragment not in ids[path]:
                faults.append(f"{page.path} links to {path}#{fragment}, where there is no such id")
    return faults


def articles_by_id(page: Page, ids: set[str]) -> dict[str, list[str]]:
    """Return the article links that stand after each of these ids and before the next of them, in order."""
    found: dict[str, list[str]] = {}
    current = None
    for element in page.tree.iter():
        if not isinstance(element.tag, str):
            continue
        if element.get("id") in ids:
            current = found.setdefault(element.get("id"), [])
        if current is not None and element.tag == "a":
            current += article_paths(page, [element])
    return found


def article_paths(page: Page, links: list[lxml.html.HtmlElement]) -> list[str]:
    """Return the pages of articles that links lead to."""
    targets = (target(page, link.get("href", "")) for link in links)
    return [found[0] for found in targets if found and found[0].startswith("Articles/")]
