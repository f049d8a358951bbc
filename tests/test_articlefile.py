"""What is written as an article file is read back as it was, and an editor's changes to it stay."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lwnindex.articlefile import fields, is_as_written, laid_out, revised, written
from lwnindex.clean import sift
from lwnindex.model import Manuscript
from lwnindex.readers import frontmatter
from lwnindex.readers.text import sound
from lwnindex.reading import reading
from lwnindex.settings import Config

READING = reading(Config())
FULL = Manuscript(
    text="<p>One.</p><ul><li>a</li><li>b</li></ul><pre>x</pre><p>Two.</p>",
    markup="html",
    id="7",
    title="Ceph: a file system",
    date="2009-12-22T10:00:00+00:00",
    updated="2009-12-23",
    authors=("Jane Doe", "Desk"),
    lang="en",
    original="https://example.org/7?a=b#c",
    entries=(("Kernel", "Filesystems", "Ceph"), ("Kernel", "Atomic I/O"), ("Topics", "a/b")),
    aliases=("/old/",),
    expires="2030-01-01",
    summary="Short: it is.",
    slug="ceph",
)

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30).map(sound)
filled = words.filter(bool)
dates = st.none() | st.dates().filter(lambda day: 1000 <= day.year < 9999).map(str)
levels = filled.filter(lambda level: level.strip("/") == level)
entries = st.lists(st.lists(levels, min_size=2, max_size=4).map(tuple), max_size=3, unique=True).map(tuple)
names = st.lists(filled, max_size=3, unique=True).map(tuple)
languages = st.sampled_from((None, "en", "pt-BR", "no"))
manuscripts = st.builds(
    Manuscript,
    text=st.just("Plain words."),
    markup=st.sampled_from(("python", "commonmark", "html")),
    id=words,
    title=words,
    date=dates.filter(bool),
    updated=dates,
    expires=dates,
    authors=names,
    lang=languages,
    slug=filled | st.none(),
    summary=words,
    nav=st.integers(-99, 99) | st.none(),
    draft=st.booleans(),
    original=st.none() | st.sampled_from(("https://example.org/a?b=c#d", "http://example.org/: x")),
    entries=entries,
)
FIELDS = (
    *("text", "markup", "id", "title", "date", "updated", "expires", "authors", "lang", "slug", "summary"),
    *("nav", "draft", "entries"),
)


@given(manuscripts)
@example(
    Manuscript(text="Plain words.", title="null", authors=("~", "no", "1.0"), id="007", date="2009-12-22")
)
@example(Manuscript(text="Plain words.", title="- a: b #c", summary="'\"", id="---", date="2009-12-22"))
def test_what_is_written_is_read_again(manuscript: Manuscript) -> None:
    found = frontmatter.read(written(manuscript, "guid"), "a.md", READING)

    assert {name: getattr(found, name) for name in FIELDS} == {
        name: getattr(manuscript, name) for name in FIELDS
    }
    assert found.problems == ()


def test_a_file_reads_well() -> None:
    text = written(FULL, "tag:example.org,2009:7")

    assert text.startswith(
        """---
title: 'Ceph: a file system'
date: 2009-12-22T10:00:00+00:00
updated: 2009-12-23
authors:
- Jane Doe
- Desk
lang: en
original: https://example.org/7?a=b#c
id: '7'
guid: tag:example.org,2009:7
slug: ceph
summary: 'Short: it is.'
expires: 2030-01-01
markup: html
entries:
- Kernel/Filesystems/Ceph
- Kernel/Atomic I/O
- [Topics, a/b]
aliases:
- /old/
# as lwnindex wrote it: title="""
    )
    assert text.endswith(
        "---\n\n<p>One.</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<pre>x</pre>\n<p>Two.</p>\n"
    )
    assert frontmatter.read(text, "a.md", READING).original == FULL.original
    assert frontmatter.read(text, "a.md", READING).aliases == FULL.aliases


def test_a_name_with_a_slash_stays_one_level() -> None:
    two = Manuscript(text="x", entries=(("A", "Client", "server"), ("A", "Client/server"), ("A", "b/c")))

    text = written(two)

    assert "- [A, Client, server]\n- A/Client/server\n- [A, b/c]\n" in text
    assert frontmatter.read(text, "a.md", READING).entries == two.entries


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>a</p><p>b</p>", "<p>a</p>\n<p>b</p>"),
        ("<p>a<br>b <b>c</b></p>", "<p>a<br>\nb <b>c</b></p>"),
        ("<ul></ul><pre>a\n\n<br>c</pre>d", "<ul>\n</ul>\n<pre>a\n\n<br>c</pre>\nd"),
        ("<div><p>a</p></div><script>alert(1)</script>", "<div>\n<p>a</p>\n</div>"),
        ("<p onclick=x>a</p><iframe src=x></iframe>", "<p>a</p>"),
        ('<a href="javascript:x">a</a>', "<a>a</a>"),
        ("", ""),
    ],
)
def test_html_has_a_line_for_each_block_and_no_script(html: str, lines: str) -> None:
    assert laid_out(html) == lines


@given(
    st.lists(
        st.sampled_from(("<p>", "</p>", "<pre>", "</pre>", "<li>", "<br>", "a", " ", "\n", "<div>", "<b>")),
        max_size=20,
    )
    .map("".join)
    .filter(lambda html: html.count("<pre>") < 2)  # of one in another, browsers drop a line break each time
)
def test_laying_out_twice_is_laying_out_once(html: str) -> None:
    once = laid_out(html)

    assert laid_out(once) == once
    assert "".join(once.split()) == "".join(sift(html).split())


def test_html_that_would_take_for_ever_is_shown_as_text() -> None:
    assert laid_out("<b>" * 5000).startswith("<pre>&lt;b&gt;")


# A newer version ---------------------------------------------------------------------------------


def changed(**fields: Any) -> str:
    return written(msgspec.structs.replace(FULL, **fields), "g")


OLD = changed()


def test_what_nobody_edited_follows_the_source() -> None:
    newer = changed(title="New", text="<p>Other.</p>", summary="", lang="de", nav=2)

    found = revised(OLD, newer)

    assert found is not None
    assert found.kept == ()
    assert sorted(found.text.splitlines()) == sorted(newer.splitlines())
    assert is_as_written(found.text)


def test_the_same_again_changes_nothing() -> None:
    assert revised(OLD, OLD) == (OLD, ())


def test_what_an_editor_changed_stays_and_is_told() -> None:
    edited = (
        OLD.replace("title: 'Ceph: a file system'", "title: Mine")
        .replace("- Jane Doe\n", "")
        .replace("One.", "1.")
    )
    newer = changed(title="New", authors=("Other",), text="<p>Other.</p>", lang="de")

    found = revised(edited, newer)

    assert found is not None
    assert found.kept == ("title", "authors", "text")
    assert "title: Mine\n" in found.text
    assert "authors:\n- Desk\n" in found.text
    assert "<p>1.</p>" in found.text
    assert "lang: de\n" in found.text
    assert revised(found.text, newer) == (found.text, ()), "it is told once"
    assert not is_as_written(found.text)


def test_what_an_editor_added_stays() -> None:
    bare = written(msgspec.structs.replace(FULL, entries=(), slug=None), "g")
    edited = bare.replace("markup: html", "# mine\nmarkup: html\nentries: [Kernel/BPF]\nslug: mine")
    newer = changed(entries=(), slug=None, title="New")

    found = revised(edited, newer)

    assert found is not None
    assert found.kept == ()
    assert "entries: [Kernel/BPF]\nslug: mine\n" in found.text
    assert "title: New\n" in found.text


def test_what_an_editor_removed_stays_away() -> None:
    found = revised(OLD.replace("lang: en\n", ""), changed(lang="de", title="New"))

    assert found is not None
    assert "lang" not in found.text.split("#")[0]
    assert "title: New" in found.text


def test_other_ends_of_lines_are_no_edit() -> None:
    found = revised(OLD.replace("\n", "\r\n"), OLD)

    assert found == (OLD, ())
    assert is_as_written(OLD.replace("\n", "\r\n"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Text.",
        "---\ntitle: Mine\n---\nText.\n",
        OLD.replace("lang:", "title:"),
        OLD.replace("# as", "# was"),
    ],
)
def test_a_file_of_somebody_else_is_left_alone(text: str) -> None:
    assert revised(text, OLD) is None
    assert not is_as_written(text)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("guid", "g"),
        ("title", "Ceph: a file system"),
        ("id", "7"),
        ("authors", ""),
        ("none", ""),
        ("text", ""),
    ],
)
def test_a_field_is_found(name: str, value: str) -> None:
    assert fields(OLD, (name,)) == {name: value}


def test_a_field_of_bytes_that_are_no_text_is_found() -> None:
    assert fields("---\ntitle: a\udcff\n---\n", ("title",)) == {"title": "a?"}


@pytest.mark.parametrize(
    "text",
    [
        *("", "---\ntitle: [\n---\n", "---\ntitle: 'a\n---\n", "---\ntitle: !!python/name:os.system\n---\n"),
        *(f"---\ntitle: {start * 200_000}\n---\n" for start in ("[", "- ", "{a: ")),
        *("---\ntitle: {a: b}\n---\n", "---\ntitle:\n  a: b\n---\n", "---\ntitle: a\n b: c\n---\n"),
    ],
)
def test_a_field_that_cannot_be_read_is_none(text: str) -> None:
    assert fields(text, ("title",)) == {"title": ""}
