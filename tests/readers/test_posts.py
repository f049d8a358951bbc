"""An item of a feed becomes a manuscript."""

from __future__ import annotations

import pytest

from lwnindex.readers.posts import Post, Said, as_html, manuscript, plain
from lwnindex.reading import reading
from lwnindex.settings import Config, SourceSettings

READING = reading(Config())


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Said("AT&T <3"), "AT&T <3"),
        (Said("AT&amp;T <b>1</b> < 2<br>3", is_html=True), "AT&T 1 < 2 3"),
        (Said("A<script>alert(1)</script>B", is_html=True), "AB"),
        (Said(" a\n\tb\x00", is_html=False), "a b\ufffd"),
    ],
)
def test_a_title_is_plain_text(said: Said, words: str) -> None:
    assert plain(said) == words


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (Said("a < b\nc\n\nd & e"), "<p>a &lt; b\nc</p>\n<p>d &amp; e</p>"),
        (Said("a &lt; b\n\nc", is_html=True), "<p>a &lt; b</p>\n<p>c</p>"),
        (Said("  "), ""),
        (
            Said(
                "<a href=b>1</a><img src='/i?x=1&amp;y=2'><a href='#f'>2</a>", True, "https://example.org/d/"
            ),
            (
                '<a href="https://example.org/d/b">1</a>'
                "<img src=\"https://example.org/i?x=1&amp;y=2\"><a href='#f'>2</a>"
            ),
        ),
        (
            Said("<a href='mailto:x'>href='y'</a>", True, "https://example.org/"),
            "<a href='mailto:x'>href='y'</a>",
        ),
        (Said("<a href='b'>1</a>", True, "javascript:x"), "<a href='b'>1</a>"),
    ],
)
def test_a_text_is_html_with_whole_addresses(said: Said, text: str) -> None:
    assert as_html(said) == text


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("corbet", ("Jonathan Corbet",)),
        ("corbet@lwn.net", ("Jonathan Corbet",)),
        ("desk@example.org", ()),
        ("desk@example.org (The Desk)", ("The Desk",)),
        ("The Desk <desk@example.org>", ("The Desk",)),
        ("The Desk (no mail)", ("The Desk (no mail)",)),
        (" ", ()),
    ],
)
def test_authors_are_names_without_mail_addresses(written: str, names: tuple[str, ...]) -> None:
    assert manuscript(Post(authors=(written,)), "a.xml", READING).authors == names


def test_nicknames_are_those_of_the_publication() -> None:
    for link, name in (("https://lwn.net/Articles/1/", "Jake Edge"), ("https://example.org/", "jake")):
        assert manuscript(Post(link=link, authors=("jake",)), "a.xml", READING).authors == (name,)


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "ftp://example.org/", "/a", "https:", "http://[::", "a b"]
)
def test_only_addresses_of_the_web_are_where_an_item_was_published(link: str) -> None:
    assert manuscript(Post(link=link), "a.xml", READING).original is None


def test_files_that_belong_to_an_item_are_links_below_its_text() -> None:
    post = Post(
        texts=(Said("Listen."),),
        attached=(
            ("https://example.org/a%20b.ogg?x=1&y", ""),
            ("https://example.org/", "All"),
            ("data:x", "No"),
        ),
    )
    assert manuscript(post, "a.xml", READING).text == (
        '<p>Listen.</p>\n<p><a href="https://example.org/a%20b.ogg?x=1&amp;y">a b.ogg</a></p>\n'
        '<p><a href="https://example.org/">All</a></p>'
    )


def test_an_item_without_a_title_is_called_by_its_first_words() -> None:
    found = manuscript(Post(texts=(Said("word " * 30),), line=4), "a.xml", READING)
    assert found.title == "word " * 13 + "word …"
    assert [(one.code, one.line) for one in found.problems] == [("no-title", 4)]


def test_a_date_that_does_not_exist_is_a_problem_in_the_items_line() -> None:
    found = manuscript(
        Post(title=Said("A"), published="2009-02-31", updated="2009-03-01", line=4), "a.xml", READING
    )
    assert (found.date, [(one.code, one.line) for one in found.problems]) == ("2009-03-01", [("bad-date", 4)])


def test_categories_are_entries_as_the_source_says() -> None:
    rules = reading(
        Config(),
        SourceSettings(
            path="a",
            index="Topics",
            categories={"ceph": "Kernel/Filesystems/Ceph"},
            entries=("Briefs/Feeds",),
        ),
    )
    post = Post(title=Said("A"), categories=("Ceph", "I/O", "ceph", "a/b", ""), line=4)
    found = manuscript(post, "a.xml", rules)
    assert found.entries == (
        ("Kernel", "Filesystems", "Ceph"),
        ("Topics", "I/O"),
        ("Topics", "a/b"),
        ("Briefs", "Feeds"),
    )
    assert found.entry_lines == (4, 4, 4, 1)
    assert manuscript(post, "a.xml", READING).entries == ()
