"""A page is read in the character set that it declares, as browsers do."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.readers.charset import _CODECS, declared, decoded


@pytest.mark.parametrize(
    ("head", "codec"),
    [
        (b'<meta charset="utf-8">', "utf-8"),
        (b"<META CHARSET=ISO-8859-1>", "cp1252"),
        (b"<meta charset=latin1 />", "cp1252"),
        (b"<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>", "cp1251"),
        (b'<meta content="text/html; charset=koi8-r" http-equiv="content-type">', "koi8_r"),
        (b'<meta name="x" content="text/html; charset=koi8-r">', None),
        (b"<!-- <meta charset=koi8-r> --><meta charset=gb2312>", "gb18030"),
        (b'<p title="<meta charset=koi8-r>">', None),
        (b"<meta charset=utf-16>", "utf-8"),
        (b"<meta charset=nothing><meta charset=big5>", "big5hkscs"),
        (b'<?xml version="1.0" encoding="iso-8859-2"?><html>', "iso8859_2"),
        (b"<html " + b"x" * 9000 + b"><meta charset=koi8-r>", None),
        (b"", None),
    ],
)
def test_where_a_character_set_is_declared(head: bytes, codec: str | None) -> None:
    assert declared(head) == codec


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"<meta charset=latin1>\xa9 \x93caf\xe9\x94\r\n", "<meta charset=latin1>© “café”\n"),
        (b"<meta charset=latin1>\x81\x00x", "<meta charset=latin1>\ufffdx"),
        (codecs.BOM_UTF8 + "<meta charset=latin1>é".encode(), "<meta charset=latin1>é"),
        ("é".encode("utf-16"), "é"),
        ("<meta charset=shift_jis>日本".encode("cp932"), "<meta charset=shift_jis>日本"),
        ("é".encode(), "é"),
    ],
)
def test_pages_that_are_what_they_say(content: bytes, text: str) -> None:
    assert decoded(content, "a.html") == (text, ())


@pytest.mark.parametrize(
    ("content", "text", "line"),
    [
        (b"a\ncaf\xe9", "a\ncafé", 2),
        (b"<meta charset=utf-8>\ncaf\xe9", "<meta charset=utf-8>\ncaf\ufffd", 2),
        (b"<meta charset=shift_jis>\n\n\x81", "<meta charset=shift_jis>\n\n\ufffd", 3),
    ],
)
def test_pages_that_are_not_are_told(content: bytes, text: str, line: int) -> None:
    found, problems = decoded(content, "a.html")

    assert found == text
    assert [(one.code, one.line) for one in problems] == [("not-utf8", line)]


@pytest.mark.parametrize("codec", sorted(set(_CODECS.values())))
def test_every_codec_is_one_of_texts(codec: str) -> None:
    assert "<p>".encode(codec).decode(codec) == "<p>"


@given(st.binary(max_size=60), st.sampled_from(sorted(_CODECS)))
def test_any_bytes_become_text(content: bytes, label: str) -> None:
    text, _ = decoded(b"<meta charset=" + label.encode() + b">" + content, "a.html")
    assert text.startswith("<meta")
    assert "\r" not in text
    text.encode()
