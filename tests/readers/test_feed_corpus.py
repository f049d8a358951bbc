"""Feeds from everywhere, read by feedparser here and by lxml or json beside it: what both say is compared.

Each difference is a kind of its own with its reason, and each file is where it is expected.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from lwnindex.readers import feed
from lwnindex.readers.items import Items
from lwnindex.reading import reading
from lwnindex.settings import Config

READING = reading(Config())
ROOTS = {"rss", "rdf", "feed", "channel", "entry"}
ITEMS = {"item", "entry"}
DATES = {"pubDate", "published", "issued", "created", "updated", "modified", "date"}
TAG = re.compile(r"<[^>]*>")


class Told(NamedTuple):
    """An item as read beside: the spellings that its title may have, the moments that it names."""

    titles: set[str]
    dates: list[str]


class Found(NamedTuple):
    """How many items a file has by both, none where it is no feed, and in how many title or date differ."""

    beside: int | None
    here: int
    titles: int = 0
    dates: int = 0


NO_FEED = {
    "danmactough_node-feedparser/compressed.xml",
    "danmactough_node-feedparser/invalid-characters-gzipped.xml",
    "danmactough_node-feedparser/notafeed.html",
    "feed-rs_feed-rs/xml_sample_1.xml",
    "feed-rs_feed-rs/xml_sample_2.xml",
    "feedparser-illformed/rss_empty_document.xml",
    "rbren_rss-parser/unrecognized.rss",
}
"""What is compressed, is another kind of document, or has no root."""

DIFFERENT = {
    # Items without title, text and address are left out, each with a problem; here, one in each true item.
    "danmactough_node-feedparser/illegally-nested.xml": Found(20, 10),
    "feedparser-illformed/georss_point_no_coords.xml": Found(1, 0),
    "feedparser-illformed/georss_polygon_insufficient_coords.xml": Found(1, 0),
    "feedparser-illformed/gml_point.xml": Found(1, 0),
    "rbren_rss-parser/incomplete-fields.atom": Found(1, 0),
    "rbren_rss-parser/missing-fields.atom": Found(1, 0),
    # The file ends in the middle of the first item's title, and before its words.
    "feedparser-illformed/rss_incomplete_cdata.xml": Found(1, 0),
    # The zone is cut off: "+00:0". There is a problem, and no date.
    "feed-rs_feed-rs/rss_1.0_example_1.xml": Found(2, 2, dates=1),
    # No encoding is named, and both make something else of bytes that are no UTF-8.
    "feedparser-illformed/eucjp.xml": Found(1, 1, titles=1),
    "feedparser-illformed/shiftjis.xml": Found(1, 1, titles=1),
    # A clock of twelve hours, and months in Portuguese in an encoding that is not named, are read only here.
    "feed-rs_feed-rs/rss_2.0_nbcny.xml": Found(1, 1, dates=1),
    "rbren_rss-parser/uolNoticias.rss": Found(15, 15, titles=11, dates=15),
}


def squeezed(text: str) -> str:
    return " ".join(text.split())


def titles(text: str) -> set[str]:
    """Return what a title may be read as: plain text, or HTML once or twice escaped."""
    bare = {text, unescape(text), unescape(TAG.sub(" ", text)), unescape(TAG.sub("", text))}
    bare |= {TAG.sub("", unescape(one)) for one in bare}
    return {squeezed(one).removeprefix("[$] ") for one in bare}


def moment(written: str) -> str | None:
    """Return a date as a moment in UTC, or as it is written where it has no zone."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(written.strip())
        except ValueError:
            continue
        return (found.astimezone(UTC) if found.tzinfo else found).isoformat()[:19]
    return None


def told_in_xml(content: bytes) -> list[Told] | None:
    root = parsed(content)
    if root is None or not any(local(one).lower() in ROOTS for one in root.iter()):
        return None
    return [told(one) for one in root.iter() if local(one) in ITEMS]


def parsed(content: bytes) -> etree._Element | None:
    """Return a document's root; what is not well-formed is recovered as far as it goes."""
    content = content.strip()
    try:
        return etree.fromstring(content, etree.XMLParser(no_network=True, huge_tree=True))
    except etree.XMLSyntaxError:
        return etree.fromstring(content, etree.XMLParser(recover=True, no_network=True, huge_tree=True))


def local(element: etree._Element) -> str:
    # The tag of a comment is a function, whose name is that of no element.
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]


def told(item: etree._Element) -> Told:
    own = [one for one in item if "mrss" not in str(one.tag) and "itunes" not in str(one.tag)]
    title = next(("".join(map(str, one.itertext())) for one in own if local(one) == "title"), "")
    dates = ["".join(map(str, one.itertext())) for one in own if local(one) in DATES]
    return Told(titles(title), dates)


def told_in_json(content: bytes) -> list[Told]:
    items = json.loads(content)["items"]
    keys = ("date_published", "date_modified")
    return [Told(titles(one.get("title") or ""), [one[key] for key in keys if one.get(key)]) for one in items]


def compared(content: bytes, name: str) -> Found:
    """Return what is read of a feed beside and here."""
    beside = told_in_json(content) if name.endswith(".json") else told_in_xml(content)
    here = feed.read(content, name, READING).manuscripts
    if beside is None or len(beside) != len(here):
        return Found(None if beside is None else len(beside), len(here))
    pairs = list(zip(beside, here, strict=True))
    wrong = [one for one, ours in pairs if ours.title not in one.titles and one.titles != {""}]
    late = [one for one, ours in pairs if not is_dated(one, ours.date, ours.updated)]
    return Found(len(beside), len(here), len(wrong), len(late))


def is_dated(item: Told, date: str | None, updated: str | None) -> bool:
    wanted = {moment(one) for one in item.dates}
    found = {moment(one) for one in (date, updated) if one}
    return found == wanted if len(wanted) <= 1 else bool(found) and found <= wanted


def test_what_is_read_here_and_beside_is_the_same_but_for_what_is_known(shared: Path) -> None:
    folder = shared / "corpora/feeds"
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    different = {}
    for path in files:
        name = path.relative_to(folder).as_posix()
        found = compared(path.read_bytes(), name)
        if found != Found(found.here, found.here):
            different[name] = found
    assert {name for name, found in different.items() if found.beside is None} == NO_FEED
    assert {name: found for name, found in different.items() if name not in NO_FEED} == DIFFERENT
    assert len(files) == 144


def test_what_is_not_read_is_told(shared: Path) -> None:
    """Every file without items, item left out, and date that is not read, has its problem."""
    folder = shared / "corpora/feeds"
    for name in sorted(NO_FEED):
        assert [one.code for one in read(folder, name).problems] == ["not-read"], name
    for name, found in DIFFERENT.items():
        left = [one.message for one in read(folder, name).problems if "left out" in one.message]
        number = (found.beside or 0) - found.here
        assert [one.rpartition(" ")[2] for one in left] == ([f"{number}."] if number else []), name
    undated = [
        one for one in read(folder, "feed-rs_feed-rs/rss_1.0_example_1.xml").manuscripts if not one.date
    ]
    assert [problem.code for one in undated for problem in one.problems] == ["bad-date"]


def read(folder: Path, name: str) -> Items:
    return feed.read((folder / name).read_bytes(), name, READING)


def test_lwns_own_feed_is_read_whole(shared: Path) -> None:
    found = read(shared / "corpora/feeds", "timendum_feedendum/lwn.rdf")
    assert found.problems == ()
    assert len(found.manuscripts) == 15
    for one in found.manuscripts:
        assert one.id.isdecimal()
        assert one.original == f"https://lwn.net/Articles/{one.id}/"
        assert one.date
        assert one.date.endswith("+00:00")
        assert set(one.authors) <= {"Jonathan Corbet", "Jake Edge"}
        assert one.title
        assert not one.title.startswith("[$]")
        assert one.text
        assert one.problems == ()
