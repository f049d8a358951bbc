"""RSS, RDF, Atom and CDF by feedparser, from bytes only: no address and no file is ever opened.

feedparser's cleaning and its resolving of addresses stay off. Both write HTML anew by rules of the last
century: they lose what they do not know, take a time that grows with the square of some texts, and let
script through all the same. What is kept here is whole, and is cleaned as every body is.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from lwnindex.readers.feedtext import allowed
from lwnindex.readers.feedwalk import Checked
from lwnindex.readers.jsonfeed import Document
from lwnindex.readers.posts import Post, Said, address, joined

_ROOTS = frozenset({"rss", "rdf", "feed", "channel"})
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_FAULTS = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError),
)
_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>'


_REFERENCE = re.compile(r"&#(?:(\d{1,12})|[xX]([0-9a-fA-F]{1,12}));?")


def _referred(reference: re.Match[str]) -> str:
    """Return a reference as it stands, or what is shown for one to no character: feedparser fails over it."""
    number = int(reference[1]) if reference[1] else int(reference[2], 16)
    is_one = number < 0xD800 or 0xDFFF < number <= sys.maxunicode
    return reference[0] if is_one else "\N{REPLACEMENT CHARACTER}"


class _Held(NamedTuple):
    """Bytes as something to read: of anything else, feedparser might take them for an address or a path."""

    content: bytes

    def read(self) -> bytes:
        return self.content


def read_xml(checked: Checked) -> Document:
    """Return the items of a feed in XML, as many as can be parsed."""
    # It is heavy, and few sites have a feed among their sources.
    import feedparser

    content = (_DECLARATION + _REFERENCE.sub(_referred, checked.text)).encode("utf-8", "replace")
    try:
        found: Mapping[str, Any] = feedparser.parse(
            _Held(content), sanitize_html=False, resolve_relative_uris=False
        )
    except _FAULTS as error:
        # It has methods that rely on elements being where they belong.
        complaint = f"feedparser gives up ({type(error).__name__}: {error})"
        return Document(is_feed=checked.root in _ROOTS, complaint=complaint, line=1)
    if not found.get("version") and checked.root not in _ROOTS:
        return Document()
    complaint, line = _complaint(found)
    posts = tuple(_posts(found, checked.lines))
    return Document(posts, is_feed=True, complaint=complaint, line=line and line + checked.above)


def _complaint(found: Mapping[str, Any]) -> tuple[str, int]:
    """Return what the parser says of a feed that is not well-formed, and in which line."""
    error = found.get("bozo_exception")
    if not found.get("bozo") or error is None:
        return "", 0
    line = error.getLineNumber() if hasattr(error, "getLineNumber") else 0
    words = error.getMessage() if hasattr(error, "getMessage") else str(error)
    return str(words), int(line or 0)


def _posts(found: Mapping[str, Any], lines: Sequence[int]) -> Iterator[Post]:
    entries = found["entries"]
    placed = lines if len(lines) == len(entries) else (1,) * len(entries)
    for entry, line in zip(entries, placed, strict=True):
        yield _post(entry, found, line)


def _post(entry: Mapping[str, Any], found: Mapping[str, Any], line: int) -> Post:
    feed = found["feed"]
    home = next(filter(address, (_text(feed, "link"), *_hrefs(feed, "self"))), "")
    link = _link(entry, home)
    base = link or home
    contents = [_said(one, base) for one in entry.get("content") or ()]
    return Post(
        guid=_text(entry, "id"),
        link=link,
        title=_detailed(entry, "title", base),
        texts=tuple(contents),
        summary=_detailed(entry, "summary", base),
        published=_date(entry, "published") or _date(entry, "created"),
        updated=_date(entry, "updated"),
        authors=_people(entry) or _inherited(entry, found),
        lang=_language(entry) or _text(feed, "language"),
        categories=tuple(_terms(entry)),
        attached=tuple(_attached(entry, home)),
        line=line,
    )


def _text(said: Mapping[str, Any], key: str) -> str:
    # A feedparser's dictionary answers some keys with the values of others.
    found = dict.get(said, key) if isinstance(said, dict) else None
    return allowed(found) if isinstance(found, str) else ""


def _said(content: Mapping[str, Any], base: str) -> Said:
    """Return a text by its type; of a type that is neither text nor HTML, nothing."""
    kind = (_text(content, "type") or "text/html").partition(";")[0]
    text = _text(content, "value") if kind in _HTML or kind.startswith("text/") else ""
    own = _text(content, "base")
    return Said(text, is_html=kind in _HTML, base=joined(base, own) if own else base)


def _detailed(entry: Mapping[str, Any], key: str, base: str) -> Said:
    detail = entry.get(f"{key}_detail")
    if isinstance(detail, dict) and _text(detail, "value") == _text(entry, key):
        return _said(detail, base)
    return Said(_text(entry, key), is_html=key == "summary", base=base)


def _link(entry: Mapping[str, Any], home: str) -> str:
    """Return where an item stands, as far as it can be told; what has another scheme is no such place."""
    link = _text(entry, "link")
    if entry.get("guidislink") and "/" not in link:
        # feedparser takes every guid that does not say otherwise for a link, also "4711".
        link = ""
    every = [joined(home, one) for one in (link, *_hrefs(entry, "alternate")) if one]
    # A guid that says `isPermaLink="false"` is the name of an item, also where it looks like an address.
    is_name = entry.get("guidislink") is False and "link" not in entry
    guid = "" if is_name else _text(entry, "id")
    whole = next(filter(address, (*every, guid)), "")
    return whole or next((one for one in every if ":" not in one.partition("/")[0]), "")


def _hrefs(said: Mapping[str, Any], rel: str) -> Iterator[str]:
    for link in said.get("links") or ():
        if _text(link, "rel") == rel and _text(link, "href"):
            yield _text(link, "href")


def _date(entry: Mapping[str, Any], key: str) -> str:
    """Return a date as it is written; of one in the words of another script, what feedparser reads there."""
    written = _text(entry, key)
    parsed = dict.get(entry, f"{key}_parsed") if isinstance(entry, dict) else None
    if written.isascii() or not parsed:
        return written
    year, month, day, hour, minute, second = parsed[:6]
    return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"


def _people(said: Mapping[str, Any]) -> tuple[str, ...]:
    written = _text(said, "author")
    found = [_person(one, written) for one in said.get("authors") or ()]
    return tuple(dict.fromkeys(filter(None, (*found, "" if any(found) else _text(said, "author")))))


def _person(one: Mapping[str, Any], written: str) -> str:
    """Return whom an author's element names; `written` is the last of an item's as it stands there.

    feedparser ends a mail address after four letters of its top-level domain and takes the rest for a name.
    """
    mail = _text(one, "email")
    _, found, after = written.partition(mail) if mail else ("", "", "")
    return written if found and after[:1].isalpha() else _text(one, "name") or mail


def _inherited(entry: Mapping[str, Any], found: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the authors of an Atom feed, who are those of its entries without any (RFC 4287, 4.1.2)."""
    source = entry.get("source")
    own = _people(source) if isinstance(source, dict) else ()
    return own or (_people(found["feed"]) if str(found.get("version")).startswith("atom") else ())


def _language(entry: Mapping[str, Any]) -> str:
    details = (*(entry.get("content") or ()), entry.get("summary_detail"), entry.get("title_detail"))
    found = (_text(one, "language") for one in details if isinstance(one, dict))
    return next(filter(None, found), "") or _text(entry, "language")


def _terms(entry: Mapping[str, Any]) -> Iterator[str]:
    for tag in entry.get("tags") or ():
        if term := _text(tag, "label") or _text(tag, "term"):
            yield term


def _attached(entry: Mapping[str, Any], home: str) -> Iterator[tuple[str, str]]:
    for link in entry.get("links") or ():
        if _text(link, "rel") == "enclosure" and _text(link, "href"):
            yield joined(home, _text(link, "href")), ""
    for content in entry.get("content") or ():
        if _text(content, "src"):
            yield joined(_text(content, "base") or home, _text(content, "src")), ""
