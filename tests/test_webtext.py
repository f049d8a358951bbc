"""A text of the web is read in the character set that its server names, if that is one."""

from __future__ import annotations

import pytest

from lwnindex.web import Answer, Known
from lwnindex.webtext import in_utf8


@pytest.mark.parametrize(
    ("charset", "content", "text"),
    [
        ("iso-8859-1", b"caf\xe9", "caf\xe9"),
        ("windows-1251", b"\xc4\xe0", "\u0414\u0430"),
        ("gb2312", b"\xd6\xd0", "\u4e2d"),
        ("utf-16le", "caf\xe9".encode("utf-16-le"), "caf\xe9"),
        ("utf-8", b"caf\xc3\xa9", "caf\xe9"),
    ],
)
def test_a_text_is_read_as_its_server_says(charset: str, content: bytes, text: str) -> None:
    assert in_utf8(Answer("http://a/", content, Known(), charset=charset)).decode() == text


@pytest.mark.parametrize(
    "charset", ["idna", "punycode", "utf-7", "zlib", "rot13", "unicode_escape", "x\0", "\xe9"]
)
def test_a_codec_that_is_no_encoding_of_texts_is_not_used(charset: str) -> None:
    # Python's codec for names of hosts takes a time that grows with the square of this.
    content = b"x.xn--" + b"a" * 4_000_000 + b"-" + b"b" * 4_000_000 + b".\xff"

    assert in_utf8(Answer("http://a/", content, Known(), charset=charset)) == content
