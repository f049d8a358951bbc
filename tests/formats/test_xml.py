"""XML as text: what a serialiser would write, and what a parser reads back."""

from __future__ import annotations

import sys

import pytest
from lxml import etree

from lwnindex.formats.xml import DECLARATION, allowed, element, element_if, opening, quoted

EVERY = "".join(map(chr, range(sys.maxunicode + 1)))
AWKWARD = "a & b < c > d \" e ' f \r g \n h \t i \x85 j \u2028 k &amp; l ]]> m \U0001f4f0 n"


def serialised(text: str, attributes: dict[str, str]) -> str:
    root = etree.Element("root")
    etree.SubElement(root, "each", attributes).text = text or None
    written = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return str(written, "utf-8")


def document(line: str) -> str:
    return f"{DECLARATION}<root>\n{line}</root>\n"


def test_no_character_is_left_that_xml_forbids() -> None:
    kept = set(allowed(EVERY))
    forbidden = {*map(chr, range(0x20)), *map(chr, range(0xD800, 0xE000)), "\ufffe", "\uffff"} - set("\t\n\r")
    assert set(EVERY) - kept == forbidden


@pytest.mark.parametrize("text", ["", "plain", "é, “quoted”", AWKWARD, allowed(EVERY)])
def test_an_element_is_written_as_a_serialiser_writes_it(text: str) -> None:
    line = element("  ", "each", text, f' one="{quoted(text)}"')
    assert document(line) == serialised(text, {"one": text})


def test_a_parser_reads_back_what_was_written() -> None:
    line = element("", "each", AWKWARD, f' one="{quoted(AWKWARD)}"')
    read = etree.fromstring(line.encode())
    assert (read.text, read.get("one")) == (AWKWARD, AWKWARD)


def test_an_element_with_nothing_to_say_may_be_left_out() -> None:
    assert element_if("", "each", "") == ""
    assert element_if("", "each", "word", ' one="1"') == '<each one="1">word</each>\n'


def test_a_document_names_its_stylesheets_before_all_else() -> None:
    assert opening(()) == DECLARATION
    assert opening(["a&b.css"]) == f'{DECLARATION}<?xml-stylesheet type="text/css" href="a&amp;b.css"?>\n'
