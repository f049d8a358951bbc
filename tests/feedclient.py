"""A client of archived feeds (RFC 5005, section 4.2) and of JSON feeds in pages, for sites in a folder."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"


def followed(site: Path, feed: str, url: str = "https://example.org/") -> dict[str, list[str]]:
    """Return the ids of the entries in each document that a feed leads to, itself first, by their paths.

    `url` is where the site is published. An address that comes twice, or that has no file, is an error.
    """
    found: dict[str, list[str]] = {}
    path = feed
    while path:
        assert path not in found, f"{path} leads to itself"
        found[path], older = _read(site / path)
        assert older.startswith(url) or not older, older
        path = unquote(older.removeprefix(url))
    return found


def _read(file: Path) -> tuple[list[str], str]:
    """Return the ids of a document's entries, and the address of the one before."""
    if file.suffix == ".json":
        said = json.loads(file.read_bytes())
        return [one["id"] for one in said["items"]], said.get("next_url", "")
    root = etree.fromstring(file.read_bytes())
    links = [one.get("href", "") for one in root.findall(f"{ATOM}link") if one.get("rel") == "prev-archive"]
    assert len(links) < 2
    return [one.findtext(f"{ATOM}id", "") for one in root.findall(f"{ATOM}entry")], "".join(links)
