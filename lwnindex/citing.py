"""Which articles a body cites, as far as that can be told without the others."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
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


def _none(_file: str) -> bool:
    return False


def references(
    body: Body, file: str, reading: Reading, takes: Callable[[str], bool] = _none
) -> Iterator[Reference]:
    """Yield the articles that a body cites, by id or by the path of their source, once each.

    What a plug-in `takes`, told by a file's name, is the source of an article, too.
    """
    hosts = names.hosts_of(reading.source)
    if not urlsplit(reading.url).path.strip("/"):
        hosts |= names.hosts_of(reading.url)
    seen: set[Reference] = set()
    for href in body.hrefs:
        found = _reference(href, file, reading, hosts) or _taken(href, file, takes)
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
    return _near(relative, file) if relative[1].lower().endswith(SUFFIXES) else None


def _taken(href: str, file: str, takes: Callable[[str], bool]) -> Reference | None:
    """Return a reference to a source that a plug-in reads."""
    relative = _RELATIVE.fullmatch(href) if takes is not _none else None
    found = _near(relative, file) if relative and relative[1] else None
    return found if found and takes(found.url or "") else None


def _near(relative: re.Match[str], file: str) -> Reference:
    """Return a reference to a file by its name, as seen from another."""
    near = posixpath.normpath(posixpath.join(posixpath.dirname(file), unquote(relative[1])))
    return Reference(id=None, url=near, fragment=unquote(relative[2] or ""))
