"""A source becomes articles or a plain page, and nothing of it that is wrong goes unsaid."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.digest import digest_bytes
from lwnindex.model import Article, Parsed, PlainPage
from lwnindex.parse import parse
from lwnindex.reading import Reading, reading
from lwnindex.settings import Config, SourceSettings
from tests import makers

RULES = reading(Config())
HEADER = "---\ntitle: T\ndate: 2020-01-02\n---\n"
DUMP = (
    "# Ceph grows up [LWN.net]\n\nBy **Kernel desk** \nDecember 22, 2009\n\nWords.\n\n"
    "Index entries for this article  \n---  \n"
    "[Kernel](/Kernel/Index)| [Filesystems/Ceph](/Kernel/Index#Filesystems-Ceph)\n"
)


def parsed(text: str | bytes, path: str = "a.md") -> Parsed:
    content = text.encode() if isinstance(text, str) else text
    return parse(makers.source(path, content), content, RULES)[0]


def article(text: str | bytes, path: str = "a.md") -> Article:
    (found,) = parsed(text, path).articles
    return found


def page(text: str, path: str) -> PlainPage:
    (found,) = parsed(text, path).pages
    return found


def told(found: Parsed) -> list[tuple[str, str, int]]:
    """Return each problem's severity, code and line."""
    return [(one.severity, one.code, one.line) for one in found.problems]


# Which reader, which kind ------------------------------------------------------------------------


def test_a_dump_becomes_an_article() -> None:
    card = article(DUMP).card

    assert (card.title, card.date, card.authors) == ("Ceph grows up", "2009-12-22", ("Kernel desk",))
    assert card.entries == (("Kernel", "Filesystems", "Ceph"),)
    assert told(parsed(DUMP)) == []


def test_a_headed_text_becomes_an_article() -> None:
    text = (
        "---\ntitle: T\ndate: 2020-01-02\nupdated: 2020-01-03\nauthors: [A, B]\nentries: [Kernel/BPF]\n"
        "id: own\nslug: short\nsummary: In short.\nlang: pt-BR\ndraft: true\n---\nWords.\n"
    )
    card = article(text).card

    assert (card.id, card.slug, card.lang, card.draft) == ("own", "short", "pt-BR", True)
    assert (card.title, card.date, card.updated) == ("T", "2020-01-02", "2020-01-03")
    assert (card.authors, card.entries, card.teaser) == (("A", "B"), (("Kernel", "BPF"),), "In short.")
    assert told(parsed(text)) == []


def test_the_card_says_where_it_came_from() -> None:
    card = article(HEADER + "Words.", "2020/a.md").card

    assert (card.file, card.source, card.id, card.teaser) == ("content/2020/a.md", "2020/a.md", "a", "Words.")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a.md", "a"),
        ("2020/a.b.markdown", "a.b"),
        ("2020/ceph/index.md", "ceph"),
        ("index.md", "index"),
        ("367787.txt", "367787"),
    ],
)
def test_an_article_s_id_is_its_file_s_name(path: str, expected: str) -> None:
    assert article(HEADER + "Words.", path).card.id == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("pages/about.md", "about/index.html"),
        ("pages/about/index.md", "about/index.html"),
        ("pages/how to/read.md", "how_to/read/index.html"),
    ],
)
def test_a_source_below_pages_is_a_plain_page(source: str, expected: str) -> None:
    found = page("---\ntitle: About\nnav: 2\nlang: de\ndraft: true\n---\nWords.", source)

    assert (found.path, found.source, found.file) == (expected, source, f"content/{source}")
    assert (found.title, found.nav, found.lang, found.draft) == ("About", 2, "de", True)


def test_a_plain_page_needs_a_title_and_no_date() -> None:
    assert told(parsed("# About\n\nWords.", "pages/about.md")) == []
    assert told(parsed("Words.", "pages/about.md")) == [("warning", "no-title", 1)]
    assert page("Words.", "pages/about.md").title == "about"


@pytest.mark.parametrize("source", ["2020/pages/a.md", "pagesx/a.md", "pages.md"])
def test_pages_is_a_folder_at_the_top(source: str) -> None:
    assert article(HEADER + "Words.", source).card.source == source


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        (DUMP, "367787.md", "https://lwn.net/Articles/367787/"),
        (DUMP, "ceph.md", None),
        (HEADER + "Words.", "367787.md", None),
    ],
)
def test_a_dump_with_a_number_has_an_original(text: str, path: str, expected: str | None) -> None:
    assert article(text, path).original == expected


def test_without_a_publication_there_is_no_original() -> None:
    content = DUMP.encode()
    found, _ = parse(makers.source("367787.md", content), content, msgspec.structs.replace(RULES, source=""))

    assert found.articles[0].original is None


# What is missing or wrong ------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "\n \n\t\n", "\ufeff", "\u00a0"])
def test_a_source_without_text_is_an_error_and_nothing_else(text: str) -> None:
    found = parsed(text)

    assert told(found) == [("error", "empty", 1)]
    assert (found.articles, found.pages) == ((), ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Words.", [("warning", "no-title", 1), ("warning", "no-date", 1)]),
        ("# T\n\nWords.", [("warning", "no-date", 1)]),
        ("---\ntitle: T\n---\nWords.", [("warning", "no-date", 1)]),
        ("---\ndate: 2020-01-02\n---\nWords.", [("warning", "no-title", 1)]),
        ("---\ntitle: T\ndate: 2020-02-30\n---\nWords.", [("error", "bad-date", 3)]),
        ("---\ntitle: T\ndate: soon\n---\nWords.", [("error", "bad-date", 3)]),
        (HEADER.replace("T", "T\nlang: englisch, bitte") + "Words.", [("error", "bad-field", 3)]),
        (b"---\ntitle: T\ndate: 2020-01-02\n---\ncaf\xe9", [("error", "not-utf8", 5)]),
        (HEADER + "a" * (1024 * 1024 + 1), [("error", "too-large", 5)]),
    ],
)
def test_what_is_missing_or_wrong_is_told_and_the_rest_is_published(
    text: str | bytes, expected: list[tuple[str, str, int]]
) -> None:
    found = parsed(text)

    assert told(found) == expected
    assert len(found.articles) == 1
    assert all(one.file == "content/a.md" and one.message and one.fix for one in found.problems)


def test_a_header_that_does_not_parse_is_one_error_and_the_text_is_published() -> None:
    found = parsed("---\ntitle: [\ndate: 2020-01-02\n---\n# Real title\n\nWords.")

    assert [code for _, code, _ in told(found) if code != "no-title"] == ["bad-header"]
    assert found.articles[0].body.words >= 1


def test_the_file_s_name_stands_for_a_missing_title() -> None:
    assert article("Words.", "2020/some-name.md").card.title == "some-name"


def test_an_impossible_language_is_none() -> None:
    assert article(HEADER.replace("T", "T\nlang: ''") + "Words.").card.lang is None
    assert article(HEADER.replace("T", "T\nlang: x y") + "Words.").card.lang is None


# References --------------------------------------------------------------------------------------


# The result --------------------------------------------------------------------------------------


def test_the_body_is_a_blob_of_its_name() -> None:
    content = (HEADER + "See [it](/Articles/1/) now.").encode()
    found, blobs = parse(makers.source("a.md", content), content, RULES)
    body = found.articles[0].body

    assert {name: digest_bytes(blob) for name, blob in blobs.items()} == {body.digest: body.digest}
    pieces = msgspec.msgpack.decode(blobs[body.digest], type=list[str])
    assert len(pieces) == len(body.hrefs) + 1
    assert body.hrefs == ("/Articles/1/",)


def test_what_was_dropped_and_mended_is_counted() -> None:
    assert dict(parsed(DUMP).counts) == {"index-block": 1}


@given(st.binary(max_size=80) | st.text("-\n:# [](){}*`>|title date", max_size=80).map(str.encode))
def test_any_bytes_are_read_alike_each_time_and_have_an_article_unless_they_are_empty(content: bytes) -> None:
    found, blobs = parse(makers.source("a.md", content), content, RULES)

    assert (found, blobs) == parse(makers.source("a.md", content), content, RULES)
    assert bool(found.articles) != any(one.code == "empty" for one in found.problems)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(found), type=Parsed) == found


# Other archives ----------------------------------------------------------------------------------

FEED = """<rss version="2.0"><channel><title>News</title><link>https://example.org/</link>
<item><title>One</title><link>https://example.org/one</link><description>&lt;p&gt;First.&lt;/p&gt;</description></item>
<item><title>Two</title><link>https://example.org/two</link><description>Second.</description></item>
</channel></rss>"""


def rules(**keys: object) -> Reading:
    """Return the rules of a table of the configuration."""
    return reading(Config(), SourceSettings(path="old", **keys))  # type: ignore[arg-type]


def of_archive(text: str, path: str = "2020/a.md", **keys: object) -> Article:
    found, _ = parse(makers.source(path, text.encode()), text.encode(), rules(**keys))
    return found.articles[0]


def test_each_item_of_a_feed_is_an_article_of_its_own() -> None:
    source = makers.source("news.xml", FEED.encode())
    found, blobs = parse(source, FEED.encode(), RULES)

    assert [(one.card.title, one.card.file) for one in found.articles] == [
        ("One", "content/news.xml"),
        ("Two", "content/news.xml"),
    ]
    assert {one.body.digest for one in found.articles} == blobs.keys()
    assert [one.original for one in found.articles] == ["https://example.org/one", "https://example.org/two"]
    assert [one.base for one in found.articles] == ["https://example.org/one", "https://example.org/two"]


def test_an_archive_has_its_own_dialect() -> None:
    text = HEADER + "- a\n  - b\n"
    bodies = {of_archive(text, markdown=one).body.digest for one in ("python", "commonmark")}
    assert len(bodies) == 2


@pytest.mark.parametrize(
    ("keys", "base"),
    [
        ({}, None),
        ({"preset": "jekyll"}, ""),
        ({"preset": "jekyll", "url": "https://example.org/blog/"}, "https://example.org/blog/"),
        ({"url": "https://example.org/"}, "https://example.org/"),
    ],
)
def test_addresses_of_an_archive_lead_on_to_where_it_was_published(
    keys: dict[str, str], base: str | None
) -> None:
    assert of_archive(HEADER + "Words.", **keys).base == base


@pytest.mark.parametrize(
    ("text", "lang"), [("# A\n\nWords.", "de"), (HEADER + "Words.", "de"), ("---\nlang: fr\n---\nW.", "fr")]
)
def test_articles_that_name_no_language_have_that_of_their_source(text: str, lang: str) -> None:
    assert of_archive(text, lang="de").card.lang == lang
    assert article("# A\n\nWords.").card.lang is None


def test_a_text_without_a_header_is_in_the_dialect_of_its_source() -> None:
    bodies = {of_archive("# A\n\n- a\n  - b\n", markdown=one).body.digest for one in ("python", "commonmark")}
    assert len(bodies) == 2


TOPICS = """["Kernel/A"]
note = '''
Some *words* and [more](/Articles/5/).
'''
["Kernel/B"]
"""


def test_a_file_of_topics_has_topics_and_bodies_of_their_notes() -> None:
    own = makers.source("topics.toml")
    found, blobs = parse(own, TOPICS.encode(), RULES)

    assert (found.articles, found.pages, found.problems) == ((), (), ())
    noted, bare = found.topics
    assert (noted.note.hrefs, noted.note.href_lines) == (("/Articles/5/",), (3,))
    assert set(blobs) == {noted.note.digest}
    assert b"<em>words</em>" in blobs[noted.note.digest]
    assert (bare.entry, bare.note.digest) == (("Kernel", "B"), "")


def test_a_note_that_cannot_be_published_as_written_is_told_with_its_line() -> None:
    own = makers.source("topics/a.toml")
    text = f"# one\n['Kernel/A']\nnote = '''\n{'>' * 3000} a\n'''\n"
    found, blobs = parse(own, text.encode(), RULES)

    assert [(one.code, one.file, one.line) for one in found.problems] == [("too-large", own.file, 4)]
    assert set(blobs) == {found.topics[0].note.digest}
