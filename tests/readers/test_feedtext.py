"""The bytes of a feed become text."""

from __future__ import annotations

import codecs

import pytest

from lwnindex.readers.feedtext import decoded

DECLARED = '<?xml version="1.0" encoding="{}"?>\n<a>é</a>'


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (DECLARED.format("utf-8").encode(), "\n<a>é</a>"),
        (DECLARED.format("ISO-8859-1").encode("latin-1"), "\n<a>é</a>"),
        (DECLARED.format("iso-8859-1").replace("é", "\x93").encode("latin-1"), "\n<a>\u201c</a>"),
        (DECLARED.format("us-ascii").encode(), "\n<a>é</a>"),
        (
            ("<!-- a -->" + DECLARED.format("koi8-r").replace("é", "д")).encode("koi8-r"),
            "<!-- a -->\n<a>д</a>",
        ),
        (DECLARED.format("gb2312").replace("é", "鎔").encode("gb18030"), "\n<a>鎔</a>"),
        (DECLARED.format("no-such").encode(), "\n<a>é</a>"),
        (DECLARED.format("idna").encode(), "\n<a>é</a>"),
        (DECLARED.format("base64").encode(), "\n<a>é</a>"),
        (DECLARED.format("utf-16").encode("utf-16"), "\n<a>é</a>"),
        (DECLARED.format("utf-16").encode("utf-16-be"), "\n<a>é</a>"),
        (DECLARED.format("utf-16").encode("utf-16-le"), "\n<a>é</a>"),
        (codecs.BOM_UTF8 + "<a>é</a>".encode(), "<a>é</a>"),
        ("<a>é</a>".encode("utf-32-le"), "<a>é</a>"),
        (b"<a>1\r\n2\r3\x00\x07</a>", "<a>1\n2\n3\ufffd\ufffd</a>"),
    ],
)
def test_text_is_read_as_the_bytes_say(content: bytes, text: str) -> None:
    assert decoded(content) == (text, 0)


def test_bytes_that_are_no_text_are_told_with_their_line() -> None:
    assert decoded(b"<a>\n\xe9</a>") == ("<a>\n\u00e9</a>", 2)
    assert decoded("<a>вода</a>".encode("koi8-r")) == ("<a>\ufffd\ufffd\ufffd\ufffd</a>", 1)
    assert decoded(DECLARED.format("utf-8").encode("latin-1")) == ("\n<a>\ufffd</a>", 2)
