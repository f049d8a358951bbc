"""Which articles a body cites, as far as that can be told without the others."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from lwnindex import names
from lwnindex.model import Body, Reference
from lwnindex.reading import Reading
from lwnindex.settings import SUFFIXES

_PAGE = re.compile(r"Articles/([^/]+)(?:/index\.html)?")
_ROOTED = re.compile(
    r"(?:https?://([^/?#]+))?(/(?!/)[^?#]*)(?:\?[^#]*)?(?:#(.*))?", re.DOTALL | re.IGNORECASE
)
_RELATIVE = re.compile(r"(?![A-Za-z][A-Za-z0-9+.\-]*:|[/#?])([^?#]*)(?:\?[^#]*)?(?:#(.*))?", re.DOTALL)


def references(body: Body, file: str, reading: Reading) -> Iterator[Reference]:
    """Yield the articles that a body cites, by id or by the path of their source, once each."""
    hosts = names.hosts_of(reading.source)
    if not urlsplit(reading.url).path.strip("/"):
        hosts |= names.hosts_of(reading.url)
    seen: set[Reference] = set()
    for href in body.hrefs:
        found = _reference(href, file, reading, hosts)
        if found and found not in seen:
            seen.add(found)
            yield found


def _rooted(href: str, reading: Reading) -> Reference | None:
    """Return a reference to an address of an archive that was published elsewhere, by its path there."""
    if reading.preset == "lwn" and not reading.base:
        return None
    found = _ROOTED.fullmatch(href)
    if found is None or (found[1] and found[1].lower() not in names.hosts_of(reading.base)):
        return None
    return Reference(id=None, url=unquote(found[2]), fragment=unquote(found[3] or ""))


def _reference(href: str, file: str, reading: Reading, hosts: frozenset[str]) -> Reference | None:
    cited = names.article_reference(href, hosts)
    if cited:
        return Reference(id=cited[0], url=None, fragment=cited[1])
    rooted = _rooted(href, reading)
    if rooted is not None:
        return rooted
    relative = _RELATIVE.fullmatch(href)
    if relative is None:
        return None
    page = _PAGE.fullmatch(posixpath.normpath(posixpath.join("Articles/_", unquote(relative[1]))))
    if page:
        return Reference(id=page[1], url=None, fragment=unquote(relative[2] or ""))
    if not relative[1].lower().endswith(SUFFIXES):
        return None
    near = posixpath.normpath(posixpath.join(posixpath.dirname(file), unquote(relative[1])))
    return Reference(id=None, url=near, fragment=unquote(relative[2] or ""))
