"""Addresses as other generators write them become some that lead to articles and files here.

An article is meant by the path of its file. Where that and the file that links to it share their first
folder, the address becomes the way from one file to the other; else `/Articles/ID/`, as an article of these
generators has its file's name for an id.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator
from urllib.parse import quote

from lwnindex.readers.embeds import safe
from lwnindex.readers.templatetags import Syntax, Tag, arguments, tag_at

_ENDINGS = (".md", ".markdown", ".txt", ".rst", ".ipynb", ".adoc")
PLACES = ("filename", "static", "attach", "tag", "category", "author", "index", "archives")
"""What Pelican's addresses start with, in braces or bars."""

_PELICAN = re.compile(r"(?:\{(%s)\}|\|(%s)\|)(.*)" % (("|".join(PLACES),) * 2), re.DOTALL)
_BRACKETS = re.compile(r"\\.|[\[\]]|\n[ \t]*+\n")
_NIKOLA = re.compile(r"link://([\w-]+)/?(.*)", re.DOTALL)
_OPEN = re.compile(r"\{[{%]")
_OWN = frozenset({"site.url", "site.baseurl", "site.github.url", "page.url"})
_LITERAL = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_FILTER = re.compile(r"\s*+\|\s*+([a-z_]++)\s*+(?::\s*+((?:\"[^\"]*\"|'[^']*'|[^|\"'])*+))?")
_UNCHANGED = frozenset(
    {"relative_url", "absolute_url", "escape", "uri_escape", "strip", "xml_escape", "cgi_escape"}
)
_HEAD = re.compile(r"\"[^\"]*\"|'[^']*'|[^|\"']*+")


def own_address(written: str, syntaxes: Collection[Syntax], source: str) -> str | None:
    """Return an address as it is written here, the same if it is no other generator's; None for one lost.

    `source` is the path of the file that holds it, below the folder that its site counts from.
    """
    pelican = _PELICAN.fullmatch(written) if "pelican" in syntaxes and written[:1] in ("{", "|") else None
    if pelican:
        return _pelican(pelican[1] or pelican[2], pelican[3], source)
    if "zola" in syntaxes and written.startswith("@/"):
        return article_address(written[2:], source)
    nikola = _NIKOLA.fullmatch(written) if "nikola" in syntaxes else None
    if nikola:
        return _nikola(nikola[1], nikola[2], source)
    parts = list(_parts(written, syntaxes, source)) if _OPEN.search(written) else [written]
    return None if None in parts else "".join(part for part in parts if part is not None)


def article_address(path: str, source: str) -> str | None:
    """Return the address of the article or file at a path of a site's folder; None for a section's page."""
    path, mark, fragment = path.partition("#")
    if not path:
        return mark + fragment or None
    if path.startswith(("./", "../")):
        return safe(path + mark + fragment)
    bare = posixpath.normpath(f"/{path}").lstrip("/")
    stem, ending = posixpath.splitext(posixpath.basename(bare))
    tail = f"#{quote(fragment)}" if fragment else ""
    if ending.lower() not in _ENDINGS:
        return f"/{safe(bare)}{tail}"
    if _share_a_folder(bare, source):
        return safe(posixpath.relpath(f"/{bare}", posixpath.dirname(f"/{source}"))) + tail
    return _by_id(posixpath.basename(posixpath.dirname(bare)) if stem == "index" else stem, tail)


def _by_id(one: str, tail: str = "") -> str | None:
    return f"/Articles/{quote(one, safe='')}/{tail}" if one and one != "_index" else None


def _share_a_folder(path: str, source: str) -> bool:
    if not source or posixpath.basename(path).startswith("_index."):
        return False
    own, _, rest = source.partition("/")
    first, _, below = path.partition("/")
    return first == own if rest and below else not rest and not below


def _pelican(what: str, path: str, source: str) -> str | None:
    if what == "filename" and path.startswith("/"):
        return article_address(path, source)
    if what not in ("filename", "static", "attach"):
        return None
    if path.startswith("/"):
        path = posixpath.relpath(posixpath.normpath(f"/{path.lstrip('/')}"), posixpath.dirname(f"/{source}"))
    return safe(path) or None


def _nikola(what: str, path: str, source: str) -> str | None:
    if what == "filename":
        return article_address(path, source)
    name, mark, fragment = path.rstrip("/").partition("#")
    return _by_id(posixpath.basename(name), mark + quote(fragment)) if what == "slug" else None


def _parts(written: str, syntaxes: Collection[Syntax], source: str) -> Iterator[str | None]:
    """Yield what an address is put together from; None for what nothing is known of."""
    at = 0
    while found := _OPEN.search(written, at):
        yield written[at : found.start()]
        tag = tag_at(written, found.start(), len(written), syntaxes)
        if tag is None:
            yield found[0]
        else:
            value = tag_address(tag, source)
            yield safe(value) if value else value
        at = tag.end if tag else found.end()
    yield written[at:]


def tag_address(tag: Tag, source: str) -> str | None:
    """Return the address that a tag stands for: `link` and `post_url` of Jekyll, `ref` of Hugo, outputs."""
    if tag.part == "output":
        return output(tag.given)
    given = arguments(tag.given)
    first = given.plain[0] if given.plain else given.named.get("path", "")
    if tag.part != "open" or not first:
        return None
    if tag.syntax == "liquid" and tag.name == "link":
        return article_address(first, source)
    if tag.syntax == "liquid" and tag.name == "post_url":
        return _by_id(posixpath.basename(first).removesuffix(".md"))
    return _referred(first, source) if tag.syntax == "hugo" and tag.name in ("ref", "relref") else None


def _referred(path: str, source: str) -> str | None:
    """Return the address of what Hugo finds by a path, with or without the ending of a file."""
    name, mark, fragment = path.partition("#")
    if not name or posixpath.splitext(name)[1].lower() in _ENDINGS:
        return article_address(path, source)
    bare = name.rstrip("/")
    return _by_id(posixpath.basename(bare), mark + quote(fragment))


def output(expression: str) -> str | None:
    """Return what a Liquid output says, if that can be known: texts as they stand, the site's own address.

    The address of the site is empty, so that what stands behind it leads to a page of this one.
    """
    head = _HEAD.match(expression)
    value = _value(head[0]) if head else None
    at = head.end() if head else 0
    while value is not None and at < len(expression):
        found = _FILTER.match(expression, at)
        value = _filtered(value, found[1], found[2] or "") if found else None
        at = found.end() if found else at
    return value


def _value(written: str) -> str | None:
    bare = written.strip()
    found = _LITERAL.fullmatch(bare)
    if found:
        return found[1] if found[1] is not None else found[2]
    return "" if bare in _OWN else None


def _filtered(value: str, name: str, given: str) -> str | None:
    if name in _UNCHANGED:
        return value
    more = _value(given)
    if more is None or name not in ("prepend", "append"):
        return None
    return more + value if name == "prepend" else value + more


def bracket_pairs(text: str) -> Iterator[tuple[int, int]]:
    """Yield each closing bracket with the one that it closes, within a paragraph."""
    still: list[int] = []
    for found in _BRACKETS.finditer(text):
        if found[0] == "[":
            still.append(found.start())
        elif found[0] == "]" and still:
            yield found.start(), still.pop()
        elif found[0][0] == "\n":
            still.clear()
