"""A saved page of LWN, in either layout, says what a dump of it says."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.model import Manuscript
from lwnindex.problems import CODES
from lwnindex.readers import lwn
from lwnindex.readers.lwnpage import article, is_lwn, own_id, titled
from lwnindex.readers.markedup import page
from tests.lwnpages import BADGE, BYLINE, INDEX, LAYOUTS, NAG, RULES, TRAIL, WORDS, new, nicknamed, old, rules

WHOLE = NAG + BYLINE + BADGE + WORDS + INDEX + TRAIL.format(id=7)

DUMP = """# Scheduling, again [LWN.net]

> **Did you know...?**
>
> LWN is paid for by its readers: [subscribe](/Promo/nag/subscribe).

By **Ada Example**  \x20
December 22, 2009\x20

* * *

[Summit](/Archives/ConferenceIndex/#Example_Summit-2009)

The first `words` of it.

And the [second](/Articles/5/) ones.

Index entries for this article
---  \x20
[Kernel](/Kernel/Index)| [Block layer/I/O scheduling](/Kernel/Index#Block_layer-IO_scheduling)  \x20
[GuestArticles](/Archives/GuestIndex/)| [Example, Ada](/Archives/GuestIndex/#Example_Ada)  \x20

* * *

([Log in](/Login/?target=/Articles/7/) to post comments)
"""


def read(text: str, file: str = "page.html") -> Manuscript:
    found = article(page(text, file, RULES))
    assert found is not None
    return found


def said(found: Manuscript) -> list[str]:
    return re.sub(r"<[^<>]*>|[`\[\]]|\(/[^)]*\)", " ", found.text).split()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_page_says_what_its_dump_says(layout: str) -> None:
    found, dumped = read(LAYOUTS[layout](WHOLE)), lwn.read(DUMP, "page.md", RULES)

    assert said(found) == said(dumped)
    for field in ("id", "title", "date", "authors", "entries", "badges", "problems"):
        assert getattr(found, field) == getattr(dumped, field), field
    assert dict(dumped.counts).items() - {("login", 1)} <= dict(found.counts).items()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_parts_of_a_page(layout: str) -> None:
    found = read(LAYOUTS[layout](WHOLE))

    assert (found.markup, found.original) == ("html", "https://lwn.net/Articles/7/")
    assert found.entries == (
        ("Kernel", "Block layer", "I/O scheduling"),
        ("GuestArticles", "Example, Ada"),
    )
    assert found.text.startswith("<p>The first")
    assert found.text.endswith("ones.</p>")
    assert found.counts == tuple(
        (name, 1) for name in ("badge", "comments", "footer", "index-block", "login", "nag")
    )


@pytest.mark.parametrize("layout", LAYOUTS)
def test_lines_are_those_of_the_source(layout: str) -> None:
    source = LAYOUTS[layout](WHOLE)
    found = read(source)

    rows = source.split("\n")
    assert "The first" in rows[found.lines[0] - 1]
    assert "second" in rows[found.lines[1] - 1]
    assert all(
        "Index#" in rows[number - 1] or "GuestIndex/#" in rows[number - 1] for number in found.entry_lines
    )


@pytest.mark.parametrize(
    ("head", "authors", "date"),
    [
        (BYLINE, ("Ada Example",), "2009-12-22"),
        (
            "<div class=FeatureByline>By <b>Ada&nbsp;Example</b> and <b>Ben Example</b><br>May 1, 2015</div>",
            ("Ada Example", "Ben Example"),
            "2015-05-01",
        ),
        (
            "<div class=GAByline><p>May 1, 2015<p>This article was written by <a href=>Ada Example</a></div>",
            ("Ada Example",),
            "2015-05-01",
        ),
        ('<div class="Byline">[Posted May 1, 2015 by ada]</div>', ("Ada Example",), "2015-05-01"),
        ("<p>May 1, 2015</p><p>This article was contributed by Ada Example", ("Ada Example",), "2015-05-01"),
        ("", (), None),
    ],
)
def test_bylines_of_four_kinds(head: str, authors: tuple[str, ...], date: str | None) -> None:
    found = article(page(new(head + WORDS), "page.html", nicknamed(ada="Ada Example")))

    assert found is not None
    assert (found.authors, found.date) == (authors, date)
    assert found.text.startswith("<p>The first")


@pytest.mark.parametrize("end", ["</div>" + BADGE, BADGE + "</div>", "</div>" + BADGE + "<br clear=all><p>"])
def test_the_badge_of_a_conference(end: str) -> None:
    found = read(new(BYLINE.replace("</div>", end) + WORDS))

    assert [one.label for one in found.badges] == ["Summit"]
    assert found.text.startswith("<p>The first")


def test_a_date_that_does_not_exist_is_told_with_its_line() -> None:
    source = new(BYLINE.replace("December 22", "February 30") + WORDS)
    found = read(source)

    assert [(one.code, one.line) for one in found.problems] == [
        ("bad-date", next(at for at, row in enumerate(source.split("\n"), 1) if "February 30" in row))
    ]


def test_what_only_looks_like_chrome_stays() -> None:
    quote = '<blockquote>Quoted, with a <a href="/Articles/9/">link</a>.</blockquote>'
    table = "<table><tr><th>Release</th></tr><tr><td>4.10</td></tr></table>"
    found = read(new(BYLINE + WORDS + quote + table + "<p>See the index entries for this article."))

    assert "Quoted, with" in found.text
    assert "4.10" in found.text
    assert found.text.endswith("<p>See the index entries for this article.</p>")


def test_a_table_of_entries_needs_no_class() -> None:
    found = read(old(BYLINE + WORDS + INDEX.replace(" class=IndexEntries", "")))

    assert len(found.entries) == 2
    assert "<table" not in found.text


def test_entries_that_all_pages_of_a_source_have() -> None:
    found = article(page(new(BYLINE + WORDS + INDEX), "a.html", rules(entries=("Source/Saved",))))

    assert found is not None
    assert found.entries[2:] == (("Source", "Saved"),)


def test_a_page_that_lists_articles_is_none() -> None:
    listed = '<p class="IndexPrimary">Kernel:<p class="IndexEntry"><a href="/Articles/1/">One</a>'
    assert article(page(new(listed), "index.html", RULES)) is None


@pytest.mark.parametrize(
    ("source", "file", "own"),
    [
        ('<link rel=canonical href="https://lwn.net/Articles/8/">', "page.html", "8"),
        ('<meta property="og:url" content="https://lwn.net/Articles/8/">', "page.html", "8"),
        ("<!-- saved from url=(0028)https://lwn.net/Articles/8/ -->", "page.html", "8"),
        ('<a href="/Articles/8/?format=printable">Printable page</a>', "page.html", "8"),
        ('<a href="/Login/?target=%2FArticles%2F8%2F">Log in</a>', "page.html", "8"),
        ('<a href="/Articles/8/" class="Current">Front page</a>', "page.html", "8"),
        ('<link rel=canonical href="https://example.org/Articles/8/">', "page.html", ""),
        ("", "36778_ceph.html", "36778"),
        ("", "2009-12-22-ceph.html", ""),
    ],
)
def test_where_an_id_comes_from(source: str, file: str, own: str) -> None:
    text = f"{source}<title>T</title><div class=PageHeadline><h1>T</h1></div><div class=ArticleText>x</div>"
    assert read(text, file).id == own
    assert file != "page.html" or own_id(page(text, file, RULES)) == own


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("[$] A title", "A title"),
        ("A title [LWN.net]", "A title"),
        ("[$]", ""),
        ("A [$] title", "A [$] title"),
    ],
)
def test_titles(said: str, title: str) -> None:
    assert titled(said, RULES) == title


def test_pages_of_others_are_none_of_lwn() -> None:
    assert is_lwn(page(old(""), "a.html", RULES))
    assert not is_lwn(page("<title>Other</title><div class=ArticleText>x</div>", "a.html", RULES))
    assert not is_lwn(page("<div class=PageHeadline><h1>x</h1></div>", "a.html", RULES))


@given(
    st.integers(0, len(new(WHOLE))),
    st.integers(0, 300),
    st.sampled_from(["", "<div>", "</div>", "<table>", '"']),
)
def test_a_page_that_is_damaged_is_read_all_the_same(at: int, size: int, put: str) -> None:
    source = new(WHOLE)
    damaged = source[:at] + put + source[at + size :]
    found = page(damaged, "page.html", RULES)
    if is_lwn(found) and (read_ := article(found)):
        assert len(read_.lines) == read_.text.count("\n") + 1
        assert {one.code for one in read_.problems} <= CODES.keys()
