"""Readers as they are fuzzed: bytes come in, what a reader makes of them goes out, held to its promises."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from msgspec.structs import replace

from lwnindex import fastpath, markup
from lwnindex.body import compose
from lwnindex.lines import marked
from lwnindex.manuscripts import kind_of, manuscripts
from lwnindex.model import Dialect, Manuscript
from lwnindex.parse import parse
from lwnindex.presets import PRESETS, PresetName, Syntax
from lwnindex.readers import charset, feedtext, feedwalk
from lwnindex.readers.bylines import read_head
from lwnindex.readers.dates import read_date
from lwnindex.readers.feeddates import read_feed_date
from lwnindex.readers.foreign import cleared, problems_of
from lwnindex.readers.indexblock import find
from lwnindex.readers.text import decode, utf8
from lwnindex.reading import Reading, reading
from lwnindex.settings import Config, MarkdownSettings, SelectSettings, SourceSettings
from tests.fuzzing import Run
from tests.makers import source

SYNTAXES: tuple[Syntax, ...] = ("liquid", "hugo", "zola", "kramdown", "pelican", "nikola")
INDEXES = {"tags": "Tags", "categories": "Categories"}
EXTENSIONS = MarkdownSettings().extensions
LWN = reading(Config())
OF_PRESETS = {
    name: reading(
        Config(), SourceSettings(path="a", preset=name, index=INDEXES, url="https://example.org/", lang="en")
    )
    for name in PRESETS
}
SELECTING = reading(
    Config(),
    SourceSettings(
        path="a",
        index=INDEXES,
        select=SelectSettings(
            title="h1", byline=".byline", date="time", body="article", entries="[rel=tag], td a"
        ),
    ),
)
PATHS: dict[PresetName, str] = {
    "lwn": "367787.md",
    "jekyll": "_posts/2009-12-22-a.md",
    "hugo": "posts/a/index.de.md",
    "zola": "2009-12-22-a.fr.md",
    "pelican": "news/a.md",
    "nikola": "posts/a.md",
    "plain": "a/b.md",
}
OF_HEADERS = tuple((path, OF_PRESETS[name]) for name, path in PATHS.items())
_OF_PAGES = (LWN, OF_PRESETS["plain"], SELECTING)
EDGE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def as_text(content: bytes) -> str:
    """Return bytes as text, with U+FFFD for what is none."""
    return content.decode("utf-8", "replace")


def texts(content: bytes) -> object:
    """Text and problems of bytes by all three ways; what was read once is read again as it is."""
    found = (decode(content, "a"), charset.decoded(content, "a"), feedtext.decoded(content))
    for text in (found[0][0], found[1][0]):
        assert "\r" not in text
        assert decode(utf8(text), "a") == (text.removeprefix("\ufeff"), ())
    checked = feedwalk.checked(found[2].text)
    assert not (checked.refusal and checked.text)
    assert list(checked.lines) == sorted(checked.lines)
    return (*found, checked.root)


def read(path: str, rules: Reading) -> Run:
    """Return what reads a source at a path, and looks at all that it says."""

    def run(content: bytes) -> object:
        own = source(path)
        found = manuscripts(own, content, rules)
        last = max(content.count(b"\n") + content.count(b"\r") + 1, 1)
        for one in found.manuscripts:
            _is_right(one, last)
        assert all(1 <= one.line <= last for one in found.problems), "a problem's line"
        assert all(one.message and one.fix for one in found.problems)
        return tuple(map(_without_html, found.manuscripts)), found.problems, kind_of(own, content, rules)

    return run


def _without_html(one: Manuscript) -> Manuscript:
    """Return a manuscript without HTML, of which the last cleaning takes what references may stand for."""
    utf8(one.text)
    return replace(one, text="") if one.markup == "html" else one


def _is_right(one: Manuscript, last: int) -> None:
    """Hold a manuscript to what its fields promise; `last` is the number of the source's last line."""
    assert len(one.entries) == len(one.entry_lines), "entries and their lines"
    assert len(set(one.entries)) == len(one.entries), "an entry twice"
    assert all(entry and all(entry) for entry in one.entries), "an empty level"
    assert len(one.lines) == (one.text.count("\n") + 1 if one.text else 0), "lines of the text"
    told = (*one.lines, *one.entry_lines, *(each.line for each in one.problems))
    assert all(1 <= line <= last for line in told), "a line that is none of the source"
    for said in (
        one.id,
        one.title,
        one.summary,
        *one.authors,
        *(part for entry in one.entries for part in entry),
    ):
        assert not EDGE.search(said), f"a control character in a field: {said!r}"
        assert said == said.strip(), f"space around a field: {said!r}"
    for date in (one.date, one.updated, one.expires):
        assert date is None or read_date(date) == date, f"a date that is none: {date}"
    if one.original:
        assert urlsplit(one.original).scheme.lower() in ("http", "https")


def headers(content: bytes) -> object:
    """A text with a header, by the rules of one of the presets."""
    path, rules = OF_HEADERS[sum(content) % len(OF_HEADERS)]
    return read(path, rules)(content)


def pages(content: bytes) -> object:
    """A saved page by LWN's rules, by those of a foreign site, or by selectors."""
    return read("2009-12-22-a.html", _OF_PAGES[sum(content) % len(_OF_PAGES)])(content)


def topics(content: bytes) -> object:
    """A file of topics with its notes."""
    return parse(source("topics.toml"), content, LWN)[0]


def foreign(content: bytes) -> object:
    """A text with other generators' tags in it, by each of their languages and by all of them."""
    lines = marked(decode(content, "a")[0])
    found = [cleared(lines, some, "blog/a.md") for some in (*((one,) for one in SYNTAXES), SYNTAXES)]
    assert all(1 <= line.number <= len(lines) for one in found for line in one.lines)
    return found, [problems_of(one, "a") for one in found]


def heads(content: bytes) -> object:
    """The lines below a title."""
    return read_head(marked(decode(content, "a")[0]), "a", LWN)


def dates(content: bytes) -> object:
    """A date as articles and feeds have it; what was read is read again as it is."""
    return [_dated(one, as_text(content)) for one in (read_date, read_feed_date)]


def _dated(reader: Callable[[str], str | None], text: str) -> str | None:
    try:
        found = reader(text)
    except ValueError:
        return None
    assert found is None or reader(found) == found
    return found


def blocks(content: bytes) -> object:
    """The index block of a text, which leaves each line of it in one place."""
    lines = marked(decode(content, "a")[0])
    found = find(lines, "a", LWN)
    if found:
        assert [line.number for line in found.above] == sorted(line.number for line in found.above)
        assert all(1 <= line <= len(lines) for line in found.filed.lines)
    return found and (found.filed, found.above)


def body(dialect: Dialect) -> Run:
    """Return what makes a body of a text."""
    return lambda content: compose(decode(content, "a")[0], markup=dialect).body


def accelerated(content: bytes) -> object:
    """The body of a text in Markdown: the same with the fast way as without it."""
    text = decode(content, "a")[0]
    if markup.limits(text) is not None:
        return None
    assert list(fastpath.ways(text, EXTENSIONS)) == sorted(fastpath.ways(text, EXTENSIONS))
    quick = compose(text)
    assert quick == compose(text, accelerate=False), "not what Python-Markdown writes"
    return quick.body
