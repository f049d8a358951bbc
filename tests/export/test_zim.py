"""A ZIM file is opened and searched by libzim, and says what it is."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from libzim.reader import Archive
from libzim.search import Query, Searcher

from lwnindex.export.facts import Facts
from lwnindex.export.illustration import png
from lwnindex.export.packing import Packed, deflated
from lwnindex.export.zim import is_ours, write

FACTS = Facts("news_en_all", "News", "All the news.", "eng", "lwn.net", "News", date(2009, 12, 22))


def files(picture: Path) -> Iterator[Packed]:
    """Yield a front page, an article, a stylesheet and a picture that stands in a file."""
    for path, title, text in (
        ("index.html", "News", "<title>News</title><a href='Articles/1/index.html'>One</a>"),
        ("Articles/1/index.html", "One", "<title>One</title><p>A quagga was seen.</p>"),
        ("assets/site.css", None, "p {}"),
    ):
        content = text.encode()
        yield Packed(path, title, deflated(content, 1), zlib.crc32(content), len(content))
    yield Packed("photo.png", None, picture)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """An archive that was written."""
    picture = tmp_path / "picture"
    picture.write_bytes(png())
    write(tmp_path / "made", files(picture), FACTS, 2)
    return Archive(tmp_path / "made")


def test_it_holds_the_files_with_their_types(archive: Archive) -> None:
    types = {
        path: archive.get_entry_by_path(path).get_item().mimetype
        for path in ("index.html", "assets/site.css")
    }

    assert types == {"index.html": "text/html", "assets/site.css": "text/css"}
    assert bytes(archive.get_entry_by_path("photo.png").get_item().content) == png()
    assert archive.main_entry.get_item().path == "index.html"
    assert archive.get_entry_by_path("Articles/1/index.html").title == "One"
    assert archive.article_count == 2, "pages are front articles, and nothing else is"
    assert archive.check()


def test_a_word_finds_its_article(archive: Archive) -> None:
    found = Searcher(archive).search(Query().set_query("quagga"))

    assert list(found.getResults(0, 5)) == ["Articles/1/index.html"]


def test_it_says_what_it_is(archive: Archive) -> None:
    assert archive.get_metadata("Language") == b"eng"
    assert archive.get_metadata("Date") == b"2009-12-22"
    assert bytes(archive.get_illustration_item(48).content) == png()


def test_what_is_ours_is_known(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no archive")

    assert is_ours(tmp_path / "made")
    assert not is_ours(tmp_path / "text")


def test_libzim_says_nothing_on_stdout(archive: Archive, capfd: pytest.CaptureFixture[str]) -> None:
    assert capfd.readouterr().out == ""


@pytest.mark.parametrize(
    "word", ["a" * 300, "\u00e9" * 5000, "." * 300, "\U00010400" * 100, "\ufb03" * 200, "\u6f22" * 900]
)
def test_a_title_of_one_endless_word_ends_no_export(word: str, tmp_path: Path) -> None:
    content = b"<p>Words.</p>"
    page = Packed("index.html", f"0 {word}", deflated(content, 1), zlib.crc32(content), len(content))
    write(tmp_path / "made", iter([page]), FACTS, 2)

    assert Archive(tmp_path / "made").get_entry_by_path("index.html").title.startswith("0 " + word[:50])
