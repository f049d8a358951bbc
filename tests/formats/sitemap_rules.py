"""The rules of sitemaps.org, 0.9, for a sitemap and for an index of sitemaps."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from tests.formats.rules import address, repeated

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"

_W3C_TIME = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?")
_ROWS = {"urlset": "url", "sitemapindex": "sitemap"}
_MOST_BYTES = 50 * 1024 * 1024


def sitemap_faults(content: bytes) -> list[str]:
    """Return what is wrong with a sitemap or an index of sitemaps, a sentence each."""
    try:
        root = etree.fromstring(content)
    except etree.XMLSyntaxError as error:
        return [f"it is not well-formed: {error}"]
    return list(_faults(root)) + ["it is too large"] * (len(content) > _MOST_BYTES)


def _faults(root: etree._Element) -> Iterator[str]:
    row = _ROWS.get(root.tag.removeprefix(SPACE))
    if row is None or not root.tag.startswith(SPACE):
        yield f"<{root.tag}> is the root of no sitemap"
        return
    if any(child.tag != SPACE + row for child in root) or len(root) > 50_000:
        yield f"it holds something else than up to 50,000 <{row}>"
    yield from repeated("address", (child.findtext(SPACE + "loc", "") for child in root))
    for child in root:
        yield from _row_faults(child)


def _row_faults(row: etree._Element) -> Iterator[str]:
    if [child.tag for child in row] not in ([SPACE + "loc"], [SPACE + "loc", SPACE + "lastmod"]):
        yield "a row is not one address, and perhaps a time"
    location = row.findtext(SPACE + "loc", "")
    yield from address("loc", location)
    if not location.isascii() or len(location) >= 2048:
        yield f"loc is not escaped, or too long: {location!r}"
    changed = row.findtext(SPACE + "lastmod")
    if changed is not None and not _W3C_TIME.fullmatch(changed):
        yield f"lastmod is no W3C date: {changed!r}"
