"""The rules of Atom 1.0, RFC 4287: the grammar in atom.rng, and what a grammar cannot say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from lxml import etree

from tests.formats.rules import address, html, moment, repeated

ATOM = "{http://www.w3.org/2005/Atom}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
LINKED = ("prev-archive", "next-archive", "current")


@cache
def _atom_grammar() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(Path(__file__).parent / "atom.rng"))


def atom_faults(root: etree._Element) -> Iterator[str]:
    """Yield what is wrong with a parsed feed."""
    grammar = _atom_grammar()
    if not grammar.validate(root):
        yield f"it breaks the grammar of Atom: {grammar.error_log}"
    entries = root.findall(ATOM + "entry")
    yield from _atom_links(root, ("self",))
    yield from _history(root)
    yield from _atom_texts(root)
    yield from repeated("id", (entry.findtext(ATOM + "id", "") for entry in entries))
    for number, entry in enumerate(entries, 1):
        if root.find(ATOM + "author") is None and entry.find(ATOM + "author") is None:
            yield f"entry {number}: neither it nor the feed has an author"
        needed = () if entry.find(ATOM + "content") is not None else ("alternate",)
        found = (*_atom_links(entry, needed), *_atom_texts(entry))
        yield from (f"entry {number}: {fault}" for fault in found)


def _atom_links(parent: etree._Element, required: Iterable[str]) -> Iterator[str]:
    """Yield what is wrong with links: section 4.1.1 and 4.1.2, and relative addresses."""
    links = parent.findall(ATOM + "link")
    kinds = [link.get("rel", "alternate") for link in links]
    yield from (f"there is no link rel={kind}" for kind in required if kind not in kinds)
    pairs = zip(kinds, links, strict=True)
    alternates = [(one.get("type"), one.get("hreflang")) for kind, one in pairs if kind == "alternate"]
    if len(set(alternates)) < len(alternates):
        yield "two alternate links are of one type and language"
    for link in links:
        yield from address("link", link.get("href", ""))


def _history(root: etree._Element) -> Iterator[str]:
    """Yield what is wrong with a document's place in an archive: RFC 5005, sections 2 and 4."""
    rels = [link.get("rel", "alternate") for link in root.findall(ATOM + "link")]
    yield from (f"there are several links rel={one}" for one in LINKED if rels.count(one) > 1)
    archived, complete = (root.findall(HISTORY + name) for name in ("archive", "complete"))
    if len(archived) > 1 or len(complete) > 1:
        yield "a mark of RFC 5005 stands twice"
    if complete and (archived or set(rels) & set(LINKED)):
        yield "a complete feed leads to an archive, or is a document of one"
    if bool(archived) != ("current" in rels):
        yield "a document of an archive does not name its feed, or a feed names itself so"


def _atom_texts(parent: etree._Element) -> Iterator[str]:
    yield from address("id", parent.findtext(ATOM + "id", ""))
    for tag in ("updated", "published"):
        yield from moment(tag, parent.findtext(ATOM + tag))
    for person in parent.iterfind(ATOM + "author"):
        if not person.findtext(ATOM + "name", "").strip():
            yield "an author has no name"
        if person.find(ATOM + "uri") is not None:
            yield from address("uri", person.findtext(ATOM + "uri", ""))
    yield from ("a category is empty" for one in parent.iterfind(ATOM + "category") if not one.get("term"))
    for child in parent:
        if child.get("type") == "html":
            yield from html(child.text or "")
