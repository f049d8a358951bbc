"""A saved page of LWN becomes the manuscript that a dump of it would become.

Both layouts, that of tables and the one after it, hold `div.PageHeadline` and `div.ArticleText`. In there the
byline, the index entries, calls to subscribe and what stands below an article are found by the same rules
as in dumps; comments and footer stand around it and are only counted.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs, urlsplit

from msgspec.structs import replace

from lwnindex.model import Manuscript, Problem
from lwnindex.readers import indexblock
from lwnindex.readers.blockshapes import PHRASE, Row
from lwnindex.readers.bylines import Head, read_head
from lwnindex.readers.dates import date_of_name
from lwnindex.readers.entries import Filed, filed, terms
from lwnindex.readers.markedup import (
    Page,
    above,
    article_id,
    attribute,
    drop,
    drop_chrome,
    drop_quotes,
    line_of,
    lines_of,
    outermost,
    saved_from,
    words,
)
from lwnindex.readers.segments import Segment, bared, segments_of, spread, without
from lwnindex.readers.trailers import cut
from lwnindex.reading import Reading

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

TEXT = "div.ArticleText"
HEADLINE = "div.PageHeadline h1"

_NEAR = 40
"""Among how many lines a byline is looked for; more than `read_head` looks at."""

_COMMENTS = (
    *(".CommentBox", ".FormattedComment", ".CommentTitle", ".CommentPoster", ".CommentBody"),
    *('a[name="Comments"]', 'a[name^="CommAnchor"]', ".CommentReplyButton", ".MakeALink"),
)
_ENTRIES = "table.IndexEntries"
_FIRST_CELL = "tr:first-child > :first-child"
_COPYRIGHT = re.compile(r"Copyright (?:©|\(c\)) \d{4}", re.IGNORECASE)
_PAID = re.compile(r"\[\$\](?:\s+|$)")
_NAMED = re.compile(r"(\d{3,7})(?:_.*)?")
_SELF = ('a[href*="?format=printable"]', 'a[href*="/Login/?target="]', 'a[href*="/login?target="]')


class Text(NamedTuple):
    """The text of an article as it stands in a page, and what was told and dropped around it."""

    html: str
    head: Head
    filed: Filed
    counts: Counter[str]
    id: str = ""


def is_lwn(found: Page) -> bool:
    """Return whether a page is one of LWN's: no other has a headline and a text of these names."""
    if found.tree.css_first(TEXT) is None:
        return False
    if found.tree.css_first(HEADLINE) is not None or found.tree.css_first(".SummaryHL") is not None:
        return True
    return words(found.tree.css_first("title")).endswith(tuple(found.reading.title_suffixes) or "\0")


def article(found: Page) -> Manuscript | None:
    """Return the one article of a page; None for a page that only lists articles."""
    node = found.tree.css_first(TEXT)
    if node is None or node.css_first("p.IndexEntry, p.IndexPrimary") is not None:
        return None
    comments = drop_comments(found)
    named = own_id(found)
    footers = _footers(found)
    text = read_text(node, found)
    text.counts.update({"comments": comments, "footer": footers})
    return manuscript(text, found, heading(found), named or text.id or _named_by_file(found.file))


def manuscript(text: Text, found: Page, title: str, own: str, *, start: int = 0) -> Manuscript:
    """Return the manuscript of a text with what its page says of it; `start` is where it starts there."""
    undated = text.head.date is None and not text.head.problems
    source = found.reading.source
    return Manuscript(
        text=text.html,
        markup="html",
        lines=lines_of(text.html, found.text, start),
        id=own,
        title=title,
        date=date_of_name(found.file) if undated else text.head.date,
        authors=text.head.authors,
        original=f"{source}/Articles/{own}/" if source and own else None,
        entries=text.filed.entries,
        entry_lines=text.filed.lines,
        badges=text.head.badges,
        problems=(*text.head.problems, *text.filed.problems),
        counts=tuple(sorted((+text.counts).items())),
    )


def heading(found: Page) -> str:
    """Return a page's title without the publication's name and the mark of the paywall."""
    said = words(found.tree.css_first(HEADLINE)) or words(found.tree.css_first("title"))
    return titled(said, found.reading)


def titled(said: str, reading: Reading) -> str:
    """Return a title without a publication's suffix and the mark of the paywall."""
    for suffix in reading.title_suffixes:
        said = said.removesuffix(suffix).removesuffix(suffix.strip()).rstrip()
    return _PAID.sub("", said, count=1) if _PAID.match(said) else said


def own_id(found: Page) -> str:
    """Return the id that a page gives itself in its links, or that of the address it was saved from."""
    return next(filter(None, (article_id(href, found) for href in _own_addresses(found))), "")


def _own_addresses(found: Page) -> Iterator[str]:
    tree = found.tree
    yield attribute(tree.css_first('link[rel~="canonical"]'), "href")
    yield attribute(tree.css_first('meta[property="og:url"]'), "content")
    yield saved_from(found.text)
    for selector in _SELF:
        href = attribute(tree.css_first(selector), "href")
        yield _target(href) if "target=" in href else href
    yield attribute(tree.css_first('a.Current[href^="/Articles/"]'), "href")


def _target(href: str) -> str:
    """Return where a link to the login page leads back to."""
    try:
        return parse_qs(urlsplit(href).query).get("target", [""])[0]
    except ValueError:
        return ""


def _named_by_file(file: str) -> str:
    """Return the number that a file's name starts with, as in `367787.html` and `367787_ceph.html`."""
    found = _NAMED.fullmatch(posixpath.splitext(posixpath.basename(file))[0])
    return found[1] if found else ""


def drop_comments(found: Page) -> int:
    """Return how many comments were taken out of a page."""
    count = max(len(found.tree.css(selector)) for selector in _COMMENTS[:3])
    body = found.tree.body
    drop(outermost(body.css(", ".join(_COMMENTS))) if body is not None else ())
    return count


def _footers(found: Page) -> int:
    """Return whether a page ends in LWN's copyright, as a number."""
    ends = found.tree.css("p, center, div.Footer, i")
    return int(any(_COPYRIGHT.match(words(node)) for node in ends[-6:]))


def read_text(node: LexborNode, found: Page) -> Text:
    """Return what an element with an article's text holds; it loses all that is not the text."""
    reading = found.reading
    chrome = drop_chrome(node)
    nags = drop_quotes(node, reading)
    entries, tables = _take_entries(node, found)
    html = node.inner_html or ""
    segments = segments_of(html)
    lines = spread(segments)
    above, trail = cut(lines, reading)
    html, segments = _above(html, segments, len([line for line in above if line.number]))
    head = _head(segments, found)
    kept = {line.number for line in head.lines}
    near = segments[:_NEAR]
    counts = Counter(
        {"nag": nags, "index-block": int(tables > 0), "badge": len(head.badges), "chrome": chrome}
    )
    counts.update(trail.counts)
    return Text(bared(without(html, near, kept)), head, entries, counts, trail.id)


def _above(html: str, segments: tuple[Segment, ...], size: int) -> tuple[str, tuple[Segment, ...]]:
    """Return the first segments, and the HTML down to where the next one starts."""
    return (html[: segments[size].start], segments[:size]) if size < len(segments) else (html, segments)


def _head(segments: Sequence[Segment], found: Page) -> Head:
    """Return what the first lines say of authors and date; its problems name lines of the source."""
    head = read_head(spread(segments[:_NEAR]), found.file, found.reading)
    return head._replace(problems=tuple(_placed(one, segments, found) for one in head.problems))


def _placed(one: Problem, segments: Sequence[Segment], found: Page) -> Problem:
    line = next((each.line.text for each in segments if each.line.number == one.line), "")
    return replace(one, line=line_of(line.strip(), found.text))


def _take_entries(node: LexborNode, found: Page) -> tuple[Filed, int]:
    """Return the entries of an article's tables of them, and how many tables these were."""
    tables = outermost([*node.css(_ENTRIES), *_headed(node)])
    rows = [row for table in tables for row in _rows(table, found)]
    read = indexblock.filed_rows(rows, found.file, found.reading)
    own = zip(read.entries, read.lines, strict=True)
    both = filed([*own, *terms((), found.reading)], found.file)
    return both._replace(problems=(*read.problems, *both.problems)), drop(tables)


def _headed(node: LexborNode) -> Iterator[LexborNode]:
    """Yield the tables without a class whose first cell is the heading of index entries."""
    for cell in node.css(_FIRST_CELL):
        if not PHRASE.match((cell.text(deep=False) or "").strip()):
            continue
        table = next((each for each in above(cell) if each.tag == "table"), None)
        if table is not None and "IndexEntries" not in attribute(table, "class").split():
            yield table


def _rows(table: LexborNode, found: Page) -> Iterator[Row]:
    start = found.text.find(attribute(table, "class") or "ndex entries")
    for row in table.css("tr"):
        cells = row.css("td")
        if not cells or PHRASE.match(words(cells[0])):
            continue
        topic = cells[1] if len(cells) > 1 else None
        href = attribute(topic.css_first("a") if topic is not None else None, "href")
        name = words(cells[0])
        yield Row(line_of(href or name, found.text, max(start, 0)), name, words(topic), href)
