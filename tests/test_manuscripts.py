"""Of each source the reader that fits makes manuscripts, whose fields hold nothing that a page cannot."""

from __future__ import annotations

import pytest

from lwnindex.manuscripts import kind_of, manuscripts, stem_of
from lwnindex.reading import Reading, reading
from lwnindex.settings import Config, SourceSettings
from tests import makers

LWN = reading(Config(), SourceSettings(path="content", preset="lwn"))
PLAIN = reading(Config(), SourceSettings(path="content", preset="plain"))


@pytest.mark.parametrize(
    ("path", "content", "rules", "kind"),
    [
        ("a.md", "# A\n\nText.\n", LWN, "a dump of a page"),
        ("a.md", "# A\n\nText.\n", PLAIN, "Markdown without a header"),
        ("a.md", "---\ntitle: A\n---\nText.\n", LWN, "Markdown with a header"),
        ("a.html", "---\ntitle: A\n---\n<p>Text.\n", LWN, "HTML with a header"),
        ("a.html", "<title>A</title><p>Text.", LWN, "a saved page"),
        ("a.rss", "<rss></rss>", LWN, "a feed"),
    ],
)
def test_people_are_told_what_a_source_is_read_as(path: str, content: str, rules: Reading, kind: str) -> None:
    assert kind_of(makers.source(path), content.encode(), rules) == kind


def test_an_article_in_html_with_a_header_is_html() -> None:
    (found,) = manuscripts(makers.source("2009/a.html"), b"---\ntitle: A\n---\n<p>Text.\n", PLAIN).manuscripts

    assert (found.title, found.markup, found.text.strip()) == ("A", "html", "<p>Text.")


def test_fields_hold_no_control_characters() -> None:
    (found,) = manuscripts(
        makers.source("2009/a.md"), b'---\ntitle: "A\\e[31m\\n B"\n---\nText.\n', PLAIN
    ).manuscripts

    assert found.title == "A[31m B"


def test_a_source_without_text_is_told() -> None:
    found = manuscripts(makers.source("2009/a.md"), b" \n\xc2\xa0\n", LWN)

    assert (found.manuscripts, [one.code for one in found.problems]) == ((), ["empty"])


@pytest.mark.parametrize(
    ("path", "stem"), [("a/b.md", "b"), ("a/index.md", "a"), ("index.md", "index"), ("a/\x01.md", "untitled")]
)
def test_a_source_is_called_as_its_file_or_folder(path: str, stem: str) -> None:
    assert stem_of(path) == stem
