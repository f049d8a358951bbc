"""What a feed must be, rule by rule: RSS 2.0, Atom 1.0 and JSON Feed 1.1.

`faults` is for any test that holds a feed. The rules are those of the specifications, and this project's
own on top: every address absolute, every entry identified, no script in a body, each feed naming itself.
Nothing of the program is used here, so that no fault of its own can hide.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import feedparser
from lxml import etree

from tests.formats.atom_rules import ATOM, atom_faults
from tests.formats.json_rules import json_faults
from tests.formats.rss_rules import rss_faults


def faults(feed: Path | bytes) -> list[str]:
    """Return what is wrong with a feed, a sentence each; nothing, if it holds to its specification."""
    content = feed if isinstance(feed, bytes) else feed.read_bytes()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return [f"it is not UTF-8: {error}"]
    return list(json_faults(text) if text.lstrip().startswith("{") else _xml_faults(content))


def _xml_faults(content: bytes) -> Iterator[str]:
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, huge_tree=True))
    except etree.XMLSyntaxError as error:
        yield f"it is not well-formed: {error}"
        return
    match root.tag:
        case "rss":
            yield from rss_faults(root, content)
        case tag if tag == ATOM + "feed":
            yield from atom_faults(root)
        case tag:
            yield f"<{tag}> is the root of no feed"
    yield from _unread(content)


def _unread(content: bytes) -> Iterator[str]:
    """Yield what keeps feedparser from reading a feed; it reads no JSON."""
    read = feedparser.parse(content)
    if read.bozo:
        yield f"feedparser: {read.bozo_exception}"
    if read.version not in ("rss20", "atom10"):
        yield f"feedparser takes it for {read.version!r}"
