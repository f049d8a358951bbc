"""Bytes become text that HTML can hold, and Markdown plain words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.lines import marked
from lwnindex.readers.text import (
    addresses,
    decode,
    filled_places,
    is_legal,
    link,
    plain,
    sound,
    squeezed,
    trimmed,
    unescaped,
    utf8,
)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"a\nb", "a\nb"),
        (b"a\r\nb\rc", "a\nb\nc"),
        (b"\xef\xbb\xbf# T", "# T"),
        ("\ufeffä".encode("utf-16-le"), "ä"),
        ("\ufeffä".encode("utf-16-be"), "ä"),
        ("a\x00b\x0bc\x0cd\te\x7f\x85f".encode(), "a\ufffdbcd\tef"),
        ("\uffff\U0010fffe\u2028".encode(), "\ufffd\ufffd\u2028"),
        (b"", ""),
    ],
)
def test_good_bytes_become_text(content: bytes, text: str) -> None:
    assert decode(content, "a.md") == (text, ())


@pytest.mark.parametrize(
    ("content", "text", "line"),
    [
        (b"a\r\nb\n\xe4c", "a\nb\n\ufffdc", 3),
        (b"\xef\xbb\xbfa\n\xff", "a\n\ufffd", 2),
        (b"\xff\xfea\x00\n\x00\x00\xd8", "a\n\ufffd", 2),
    ],
)
def test_bad_bytes_are_replaced_and_reported_with_their_line(content: bytes, text: str, line: int) -> None:
    found, (fault,) = decode(content, "a.md")

    assert found == text
    assert (fault.code, fault.severity, fault.file, fault.line) == ("not-utf8", "error", "a.md", line)


@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda text: text.encode("utf-16")))
def test_any_bytes_become_text_without_what_html_forbids(content: bytes) -> None:
    text, faults = decode(content, "a.md")

    assert not set(text) & {"\r", "\x00", "\x0b", "\x0c", "\x1b", "\ufffe"}
    assert text.encode("utf-8").decode("utf-8") == text
    assert len(faults) <= 1


@pytest.mark.parametrize("first", [0, 0x7F, 0xFDD0, 0xFDEF, *range(0xFFF0, 0x110000, 0x10000)])
def test_what_html_forbids_is_seen_in_the_bytes(first: int) -> None:
    around = map(chr, range(max(first - 40, 0), min(first + 40, 0x110000)))
    forbidden = [each for each in around if decode(f"a{each}b\r".encode(), "a.md")[0] != f"a{each}b\n"]

    assert forbidden
    assert not any(is_legal(f"a{each}b".encode()) for each in forbidden)
    assert is_legal("Ünï\tcöde — ¡\n😀".encode())


@pytest.mark.parametrize(
    ("field", "wanted"),
    [
        (" A  title ", "A title"),
        ("a\xa0b\u2028c", "a b c"),
        ("a\x00\x07\ufdd0\ud800b", "a\ufffd\ufffd\ufffdb"),
    ],
)
def test_a_field_is_one_line_of_legal_text(field: str, wanted: str) -> None:
    assert sound(field) == wanted


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (r"io\_uring and \[more\]", "io_uring and [more]"),
        ("**Strong** and *soft* and __both__ and _soft_", "Strong and soft and both and soft"),
        ("The `io_uring` call and ``a ` b``", "The io_uring call and a ` b"),
        ("[A](http://a.example/(b)) and ![B](c)", "A and B"),
        ('[A](/a "title")', "A"),
        ("R&amp;D &lt;now&gt;", "R&D <now>"),
        ("Paul\u00a0E.\u2009McKenney  wrote", "Paul E. McKenney wrote"),
        (r"\*not soft\*", "*not soft*"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ("[unclosed", "[unclosed"),
    ],
)
def test_markdown_becomes_plain_words(written: str, words: str) -> None:
    assert plain(written) == words


def test_a_very_long_line_is_not_searched_for_marks() -> None:
    assert plain("**a** " * 1000) == squeezed("**a** " * 1000)
    assert link("[" + "a" * 3000 + "](/b)") is None


def test_escapes_and_references_are_undone() -> None:
    assert unescaped(r"a\_b &amp; \\ \a") == r"a_b & \ \a"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (" [A](/b#c) ", ("A", "/b#c")),
        (r"[a\]b](/c(d))", (r"a\]b", "/c(d)")),
        ("[A](/b) c", None),
        ("![A](/b)", None),
        ("A", None),
    ],
)
def test_a_text_may_be_one_link(text: str, wanted: tuple[str, str] | None) -> None:
    assert link(text) == wanted


def test_all_addresses_are_found() -> None:
    assert addresses("[a](/b) and ![c](d) [e]") == ["/b", "d"]


def test_blank_lines_go_from_both_ends() -> None:
    assert [line.number for line in trimmed(marked("\n \na\n\nb\n\n"))] == [3, 4, 5]
    assert trimmed(marked(" \n")) == ()


def test_the_first_lines_with_text_are_found() -> None:
    assert filled_places(marked("\n \na\n\u00a0\nb\nc"), 2) == [2, 4]
    assert filled_places(marked(" \n"), 2) == []


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_text_in_utf8_is_what_python_makes_of_it(text: str) -> None:
    assert [utf8(text), utf8(text)] == [text.encode()] * 2


def test_a_surrogate_cannot_be_in_utf8() -> None:
    with pytest.raises(UnicodeEncodeError):
        utf8("a\ud800")
