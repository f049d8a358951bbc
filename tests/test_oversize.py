"""A source of any size has an article: its header is read, and its text is there as it is."""

from __future__ import annotations

import pytest
from msgspec import msgpack

from lwnindex.body import LARGEST_BLOB
from lwnindex.manuscripts import manuscripts
from lwnindex.oversize import LARGEST_SOURCE, damaged_line, parted, pieces, shown, whole_items
from lwnindex.parse import parse
from lwnindex.readers.items import Items
from lwnindex.readers.text import decode
from lwnindex.reading import reading
from lwnindex.settings import Config
from tests import makers

HEADER = "---\ntitle: A *long* one\ndate: 2009-12-22\nauthors: [Ann]\n---\n"
RULES = reading(Config())


def test_the_usual_source_has_nothing_below() -> None:
    assert parted(b"a\n" * 10) == (b"a\n" * 10, b"")
    assert parted(b"a" * LARGEST_SOURCE) == (b"a" * LARGEST_SOURCE, b"")
    few_characters = "中".encode() * (LARGEST_SOURCE - 1)
    assert parted(few_characters) == (few_characters, b"")


@pytest.mark.parametrize("unit", ["a\n", "a", "\n", "a" * 65_536 + "\n", "é", "中", "\U0001f600"])
def test_a_large_source_is_parted_at_a_line_and_nothing_is_lost(unit: str) -> None:
    text = HEADER + unit * (LARGEST_SOURCE // len(unit) + 1)
    above, below = parted(text.encode())

    assert above.decode() + below.decode() == text
    assert above.decode().startswith(HEADER)
    assert len(above) <= 65_536


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("unit", ["a\r\n", "\r", "é中\U0001f600", "a\x00\x01\x85\ufffe"])
def test_pieces_are_the_text_that_decoding_it_at_once_gives(unit: str, codec: str) -> None:
    text = unit * (3_000_000 // len(unit))
    mark = "" if codec == "utf-8" else "\ufeff"
    whole_text, _ = decode((mark + text).encode(codec), "a")

    assert "".join(pieces(text.encode(codec), codec)) == whole_text


def test_bytes_that_are_no_text_are_told_with_their_line() -> None:
    lines = b"a\n" * 1_000_000

    assert damaged_line((lines, lines), "utf-8") == 0
    assert damaged_line((lines, lines + b"\xff\n" + lines), "utf-8") == 2_000_001
    assert damaged_line((lines, lines + b"\xc3"), "utf-8") == 2_000_001


def test_an_imported_article_has_all_of_its_text() -> None:
    text = "Words.\n\n" * (LARGEST_SOURCE // 8) + "The end."
    found = manuscripts(makers.source("2009/a.md"), (HEADER + text).encode(), RULES)
    (one,) = whole_items(found).manuscripts

    assert one.text.split() == text.split()


@pytest.mark.parametrize("unit", [b"\n", b" ", "\xa0".encode(), b"\x01", "\x85".encode()])
def test_a_large_source_without_any_text_is_empty(unit: bytes) -> None:
    found, blobs = parse(makers.source("2009/a.md"), unit * (LARGEST_SOURCE * 4 // len(unit) + 9), RULES)

    assert [one.code for one in found.problems] == ["empty"]
    assert blobs == {}


@pytest.mark.parametrize("unit", ["&", "\x00", "<b>"])
def test_a_text_of_too_much_html_is_shown_as_far_as_there_is_room(unit: str) -> None:
    size = LARGEST_BLOB // 3 // len(unit) + 1_000_000
    found, blobs = parse(makers.source("2009/a.md"), (HEADER + unit * size).encode(), RULES)
    (blob,) = blobs.values()

    assert LARGEST_BLOB - 8_000_000 < len(blob) <= LARGEST_BLOB + 6
    assert [one.code for one in found.problems] == ["too-large", "too-large"]
    (text,) = msgpack.decode(blob, type=tuple[str])
    assert text.startswith('<pre class="plain" tabindex="0">')
    assert text.endswith("</pre>")


def test_a_large_text_that_is_not_utf8_is_shown_and_told() -> None:
    content = (HEADER + "a\n" * LARGEST_SOURCE).encode() + b"\xff"
    found, _ = parse(makers.source("2009/a.md"), content, RULES)

    assert {(one.code, one.line) for one in found.problems} >= {("not-utf8", LARGEST_SOURCE + 6)}


def test_a_large_page_is_read_in_the_character_set_that_it_declares() -> None:
    page = '<meta charset="koi8-r"><title>Да</title>' + "<p>Нет" * LARGEST_SOURCE
    found, blobs = parse(makers.source("2009/a.html"), page.encode("koi8-r"), RULES)
    (blob,) = blobs.values()

    assert [one.card.title for one in found.articles] == ["Да"]
    assert blob.endswith("&lt;p&gt;Нет</pre>".encode())


@pytest.mark.parametrize("path", ["2009/a.md", "2009/a.html"])
def test_a_large_article_has_the_fields_of_its_header_and_all_of_its_text(path: str) -> None:
    text = "Words & more.\n\n" * (LARGEST_SOURCE // 10) + "The <end>."
    found, blobs = parse(makers.source(path), (HEADER + text).encode(), RULES)

    assert [(one.card.title, one.card.date, one.card.authors) for one in found.articles] == [
        ("A *long* one", "2009-12-22", ("Ann",))
    ]
    assert [one.code for one in found.problems] == ["too-large"]
    (blob,) = blobs.values()
    assert blob.count(b"Words &amp; more.") == LARGEST_SOURCE // 10
    assert blob.endswith(b"The &lt;end&gt;.</pre>")


@pytest.mark.parametrize("piece", ["<div>", "<b><p>", "<a b="])
def test_a_page_that_is_not_parsed_is_shown_as_it_is_under_its_title(piece: str) -> None:
    page = f"<title>A &amp; B</title>{piece * 10_000}"
    found, blobs = parse(makers.source("2009/a.html"), page.encode(), RULES)

    assert [(one.card.title, one.card.file) for one in found.articles] == [("A & B", "content/2009/a.html")]
    assert [(one.code, one.line) for one in found.problems if one.severity == "error"] == [("too-large", 1)]
    (blob,) = blobs.values()
    assert b"&lt;title&gt;A &amp;amp; B&lt;/title&gt;&lt;" in blob


def test_what_holds_an_article_stays_as_it_is() -> None:
    assert shown(Items(), b"", "a.html") == Items()
