"""What a page refers to: pages and files of the site, anchors, and addresses on the web."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from lwnindex.checking.tags import Scanned, Tag

_ATTRIBUTES = {
    "a": ("href",),
    "area": ("href",),
    "link": ("href",),
    "img": ("src",),
    "script": ("src",),
    "source": ("src",),
    "iframe": ("src",),
    "audio": ("src",),
    "video": ("src", "poster"),
    "track": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "input": ("src",),
    "form": ("action",),
    "use": ("href",),
}
_ADDRESSED = frozenset((*(name for names in _ATTRIBUTES.values() for name in names), "srcset", "imagesrcset"))
"""Attributes that hold addresses."""

_ABOUT_HOSTS = frozenset(("preconnect", "dns-prefetch"))
_REFRESH = re.compile(r"\s*\d+\s*[;,]\s*url\s*=\s*['\"]?([^'\"]+)", re.IGNORECASE)
_CSS = re.compile(r"url\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"')]+))\s*\)|@import\s+[\"']([^\"']+)")
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")


class Reference(NamedTuple):
    """An address as a page has it; a `file` is what a browser loads for the page, or what is no link."""

    address: str
    at: int
    own: bool
    is_file: bool


class Local(NamedTuple):
    """A path below the site, and an anchor there, which may be empty."""

    path: str
    fragment: str


class Address(NamedTuple):
    """Where a site is published, by which its own pages are known when they are named whole."""

    url: str

    def local(self, page: str, href: str) -> Local | None:
        """Return the path that an address on a page leads to; None where it leads out of the site."""
        if href.startswith("#"):
            return Local(page, unquote(href[1:]))
        return _local(self.url, page.rpartition("/")[0], page, href)


@lru_cache(maxsize=65_536)
def _local(url: str, folder: str, page: str, href: str) -> Local | None:
    plain, _, fragment = href.strip().partition("#")
    plain = plain.partition("?")[0]
    own = _Own(url)
    if _SCHEME.match(plain) or plain.startswith("//"):
        path = own.below(plain)
    elif plain.startswith("/"):
        path = plain[len(own.prefix) :] if plain.startswith(own.prefix) else None
    else:
        path = _joined(folder, plain) if plain else page
    if path is None:
        return None
    path = unquote(path)
    return Local(f"{path}index.html" if not path or path.endswith("/") else path, unquote(fragment))


class _Own:
    """The parts of a site's address."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")

    @cached_property
    def prefix(self) -> str:
        return urlsplit(self._url).path + "/"

    def below(self, address: str) -> str | None:
        for url in (self._url, self._url.partition(":")[2]):
            if address == url or address.startswith(f"{url}/"):
                return address[len(url) + 1 :]
        return None


def _joined(folder: str, relative: str) -> str:
    """Return a path as it is seen from a folder; one that leads out of the site begins with `..`."""
    parts = folder.split("/") if folder else []
    *above, name = relative.split("/")
    for part in above:
        if part == "..":
            if not parts:
                return f"../{relative}"
            parts.pop()
        elif part != ".":
            parts.append(part)
    if name in (".", ".."):
        parts = parts[: len(parts) - (name == "..")]
        name = ""
    return "/".join([*parts, name])


def references(page: Scanned) -> Iterator[Reference]:
    """Yield the addresses of a page in order."""
    for tag in page.tags:
        if tag.given and not tag.is_end and not (_ADDRESSED.isdisjoint(tag.given) and tag.name != "meta"):
            yield from _of_tag(tag)


def _of_tag(tag: Tag) -> Iterator[Reference]:
    is_file = tag.name not in ("a", "area")
    if tag.name == "meta":
        yield from _of_meta(tag)
    elif not (tag.name == "link" and _ABOUT_HOSTS & set(tag.given.get("rel", "").lower().split())):
        for name in _ATTRIBUTES.get(tag.name, ()):
            if name in tag.given:
                yield Reference(tag.given[name], tag.start, tag.own, is_file)
    for name in ("srcset", "imagesrcset"):
        for part in tag.given.get(name, "").split(","):
            if part.strip():
                yield Reference(part.split()[0], tag.start, tag.own, is_file=True)


def _of_meta(tag: Tag) -> Iterator[Reference]:
    content = tag.given.get("content", "")
    if tag.given.get("http-equiv", "").lower() == "refresh":
        found = _REFRESH.match(content)
        if found:
            yield Reference(found[1], tag.start, tag.own, is_file=False)
    elif tag.given.get("property", "") in ("og:url", "og:image"):
        yield Reference(content, tag.start, tag.own, is_file=True)


def in_css(text: str) -> Iterator[str]:
    """Yield the addresses of the files that a stylesheet loads."""
    for found in _CSS.finditer(_CSS_COMMENT.sub("", text)):
        yield next(part for part in found.groups() if part is not None)


def is_there(path: str, paths: Collection[str]) -> bool:
    """Tell whether a path leads to a file of the site, or to a folder of it that has a page."""
    return path in paths or f"{path.rstrip('/')}/index.html" in paths


def is_outward(href: str) -> bool:
    """Tell whether an address is one of the web."""
    return href[:8].lower().startswith(("http://", "https://", "//"))
