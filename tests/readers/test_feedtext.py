"""The bytes of a feed become text that is safe to parse."""

from __future__ import annotations

import codecs

import pytest

from lwnindex.readers.feedtext import (
    DEEPEST,
    MOST_ATTRIBUTES,
    MOST_CATEGORIES,
    MOST_ITEMS,
    MOST_NAMESPACES,
    MOST_STRAYS,
    checked,
    decoded,
)

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


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE rss [<!ENTITY a "b">]><rss/>',
        '<!doctype rss\n [ <!entity a "b"> ]><rss/>',
        '<!DOCTYPE rss SYSTEM "x.dtd" [ ]><rss/>',
        '<rss/><!ENTITY a "b">',
        "<a>" * (DEEPEST + 1),
        "<a" + " b='1'" * (MOST_ATTRIBUTES + 1) + ">",
        "<a" + ' b="1"c' * (MOST_ATTRIBUTES + 1) + ">",
        "<a " + "b " * (MOST_ATTRIBUTES + 1) + ">",
        "<item/>" * (MOST_ITEMS + 1),
        "<category term='a'/>" * (MOST_CATEGORIES + 1),
    ],
)
def test_what_would_harm_a_parser_is_refused(text: str) -> None:
    assert checked("\n" + text).refused_at == 2


def test_too_many_namespaces_are_refused() -> None:
    text = "".join(f"<a xmlns:b{number}='c'/>" for number in range(MOST_NAMESPACES + 1))
    assert checked(text).refused_at == 1


def test_marks_of_tags_that_end_nowhere_are_refused_where_they_are_many() -> None:
    assert checked("<a>\n" + "<a " * MOST_STRAYS).refusal == ""
    assert checked("<a>\n" + "<a " * (MOST_STRAYS + 1)).refused_at == 1


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://example.org/rss.dtd"><rss/>',
        "<a><![CDATA[<!DOCTYPE a [<!ENTITY a>]>]]></a>",
        "<a><!-- <!ENTITY a> --></a>",
        "<a>" * DEEPEST + "</a>" * DEEPEST,
        "<d>" + "<p>" * 150 + "</d><d>" + "<p>" * 150 + "</d>",
        "<a>" + "<br>" * 500 + "</a>",
        "<a>" + "<b/>" * 500 + "</a>",
        "<a>" + "<item><category/></item>" * (MOST_CATEGORIES + 1) + "</a>",
        "<a>" + "<b xmlns:c='d'/>" * (MOST_NAMESPACES + 1) + "</a>",
        '<a href="' + "x y " * 2_000 + '"/>',
        "<!-- <a",
        "<a <b <c",
        "<![CDATA[" + "<a " * (MOST_STRAYS + 1) + "]]>",
        "",
    ],
)
def test_all_else_is_as_it_was(text: str) -> None:
    assert (checked(text).text, checked(text).refusal) == (text, "")


def test_the_names_of_people_are_shortened_and_nothing_else() -> None:
    long = "a@" + "a." * 3_000
    text = f"<r><author>{long}</author><t>{long}</t><dc:creator><![CDATA[{long}]]></dc:creator></r>"
    assert checked(text).text == (
        f"<r><author>{long[:80]}</author><t>{long}</t><dc:creator><![CDATA[{long[:80]}]]></dc:creator></r>"
    )


def test_a_name_that_is_cut_keeps_no_half_of_a_reference() -> None:
    text = checked("<author>" + "a " * 248 + "b&amp;c</author>").text
    assert text == "<author>" + "a " * 248 + "b</author>"


def test_items_are_told_with_their_lines() -> None:
    found = checked("<rss>\n<item>\n</item><item/>\n\n<atom:entry/></rss>")
    assert (found.root, found.lines) == ("rss", (2, 3, 5))
