"""One file of the site, made in memory, becomes faults, and what other pages' links have to find on it.

Nothing of a page is kept but its ids, what it links to, and what is wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from lwnindex.checking import accessible, addresses, feeds, nesting
from lwnindex.checking.addresses import Address, Local, Reference
from lwnindex.checking.faults import Fault, short
from lwnindex.checking.tags import Scanned, live, scanned

_HTML = (".html", ".htm", ".xhtml")
_TOP = ("", "top")
_TAG = re.compile("<[^>]*>")
_PICTURES = "Put the file where the address says, or mend the address."


class Anchor(NamedTuple):
    """A link to an anchor of another page: where it stands, and in which words if it is of an article."""

    target: Local
    at: int
    own: bool
    needle: str


class Outward(NamedTuple):
    """A link to an address of the web."""

    url: str
    at: int
    own: bool


class Facts(NamedTuple):
    """What is known of a file: its text, if it is a page, its faults, ids, and where its links lead.

    `code` are the blocks of code in an article that name no language.
    """

    text: str = ""
    faults: tuple[Fault, ...] = ()
    ids: tuple[str, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    outward: tuple[Outward, ...] = ()
    code: tuple[tuple[int, str], ...] = ()


class Known(NamedTuple):
    """What is known of the site that a file stands in."""

    address: Address
    paths: Collection[str]
    lang: str


def facts(path: str, content: bytes, known: Known) -> Facts:
    """Return what is known of a file of the site."""
    if path.endswith(_HTML):
        return _page(path, content.decode("utf-8", "replace"), known)
    if path.endswith(".css"):
        return _stylesheet(path, content.decode("utf-8", "replace"), known)
    if path.endswith((*feeds.XML, ".json")):
        return _document(path, content, known)
    return Facts()


# Pages -------------------------------------------------------------------------------------------


def _page(path: str, text: str, known: Known) -> Facts:
    whole = scanned(text)
    page = live(whole)
    ids = tuple(tag.given["id"] for tag in page.tags if "id" in tag.given)
    named = tuple(tag.given["name"] for tag in page.tags if tag.name == "a" and tag.given.get("name"))
    found = _Links(path, frozenset((*ids, *named)), known)
    for reference in addresses.references(page):
        found.follow(reference)
    faults = (*nesting.faults(whole), *accessible.faults(page, known.lang), *found.faults)
    code = tuple(_code(page))
    return Facts(text, faults, (*ids, *named), tuple(found.anchors), tuple(found.outward), code)


class _Links:
    """The links of a page, each looked at once."""

    def __init__(self, path: str, ids: Collection[str], known: Known) -> None:
        self._path, self._ids, self._known = path, ids, known
        self.faults: list[Fault] = []
        self.anchors: list[Anchor] = []
        self.outward: list[Outward] = []

    def follow(self, one: Reference) -> None:
        target = self._known.address.local(self._path, one.address)
        if target is None:
            if addresses.is_outward(one.address) and not one.is_file:
                self.outward.append(Outward(one.address.partition("#")[0], one.at, one.own))
        elif not addresses.is_there(target.path, self._known.paths):
            self.faults.append(_dead(one, target.path, self._known.paths))
        elif target.fragment not in _TOP and target.path.endswith(_HTML) and not one.is_file:
            self._anchored(one, target)

    def _anchored(self, one: Reference, target: Local) -> None:
        if target.path != self._path:
            self.anchors.append(Anchor(target, one.at, one.own, one.address))
        elif target.fragment not in self._ids and not target.fragment.startswith(":~:"):
            fault = dead_anchor(Anchor(target, one.at, one.own, one.address))
            self.faults.append(fault._replace(subject=f"#{target.fragment}"))


def _dead(one: Reference, path: str, paths: Collection[str]) -> Fault:
    """Return that a reference leads to nothing, and what is meant where it differs in case alone."""
    code, what = ("dead-file", "a file") if one.is_file else ("dead-link", "a page")
    other = _in_any_case(paths).get(path.casefold())
    fix = f"Write {other}: most servers tell capital letters from small ones." if other else _PICTURES
    if not other and not one.is_file:
        fix = "Mend the address, or put a page there."
    message = f"there is no {path} on the site, to which {what} here refers."
    if not one.is_file:
        message = f"a link leads to {path}, which is not on the site."
    return Fault(code, path, message, fix, one.at, one.own, one.address)


@lru_cache(maxsize=2)
def _folded_paths(paths: frozenset[str]) -> dict[str, str]:
    return {path.casefold(): path for path in sorted(paths, reverse=True)}


def _in_any_case(paths: Collection[str]) -> dict[str, str]:
    return _folded_paths(paths if isinstance(paths, frozenset) else frozenset(paths))


def dead_anchor(one: Anchor) -> Fault:
    """Return that an anchor is not there."""
    path, fragment = one.target
    message = f'a link leads to "#{short(fragment)}" on {path}, where nothing has that id.'
    fix = "Mend what stands after the #, or give the place that is meant this id."
    return Fault("dead-anchor", f"{path}#{fragment}", message, fix, one.at, one.own, one.needle)


def _code(page: Scanned) -> Iterator[tuple[int, str]]:
    """Yield the blocks of code of an article that no language is named of."""
    for number, tag in enumerate(page.tags[:-1]):
        inner = page.tags[number + 1]
        is_block = tag.own and tag.name == "pre" and not tag.is_end and "class" not in tag.given
        if is_block and inner.name == "code" and not inner.given.get("class"):
            whole = page.text[tag.stop : page.tags[_end_of(page, number)].start]
            yield tag.start, unescape(_TAG.sub("", whole))


def _end_of(page: Scanned, number: int) -> int:
    name = page.tags[number].name
    ends = (at for at in range(number + 1, len(page.tags)) if page.tags[at].name == name)
    return next(ends, len(page.tags) - 1)


# Other files -------------------------------------------------------------------------------------


def _stylesheet(path: str, text: str, known: Known) -> Facts:
    found = _Links(path, (), known)
    for address in addresses.in_css(text):
        found.follow(Reference(address, text.find(address), own=False, is_file=True))
    return Facts(text, tuple(found.faults))


def _document(path: str, content: bytes, known: Known) -> Facts:
    read = feeds.checked(path, content)
    found = _Links(path, (), known)
    for address in dict.fromkeys(read.addresses):
        found.follow(Reference(address, 0, own=False, is_file=False))
    text = content.decode("utf-8", "replace")
    return Facts(text, (*read.faults, *found.faults), anchors=tuple(found.anchors))
