"""Small readers of feeds, which know no more of them than their formats."""

from __future__ import annotations

import json
from typing import Any, get_args

from lxml import etree

from lwnindex.model import FeedFormat

FORMATS: tuple[FeedFormat, ...] = get_args(FeedFormat)
SPACES = {
    "a": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "fh": "http://purl.org/syndication/history/1.0",
}


def texts(content: bytes, path: str) -> list[str]:
    """Return what an XPath finds in a feed, as text."""
    found: Any = etree.fromstring(content).xpath(path, namespaces=SPACES)
    return [str(one if isinstance(one, str) else one.text or "") for one in found]


def item(content: bytes) -> dict[str, Any]:
    """Return the first item of a JSON feed."""
    found: dict[str, Any] = json.loads(content)["items"][0]
    return found


def body_of(form: FeedFormat, content: bytes) -> str:
    """Return the HTML of the first entry; it may be empty."""
    if form == "json":
        return str(item(content).get("content_html", ""))
    return "".join(texts(content, "//content:encoded" if form == "rss" else "//a:content"))
