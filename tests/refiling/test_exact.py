"""Edits of a reader's text change bytes nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.refiling.exact import Edit, Exact, Inexact, applied, ordered, reader_text

TEXTS = st.lists(
    st.sampled_from(["a", "é", "\U0001f600", "\r\n", "\r", "\n", "\t", "\x01", "\x00", "\ufffe", " "]),
    max_size=12,
).map("".join)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
@given(text=TEXTS, places=st.tuples(st.integers(0, 12), st.integers(0, 12)))
def test_an_edit_is_one_of_the_text_and_leaves_all_else(
    codec: str, text: str, places: tuple[int, int]
) -> None:
    content = text.encode(codec)
    exact = Exact(content)
    start, end = sorted(min(place, len(exact.text)) for place in places)
    edit = Edit(start, end, "Üx")
    edited = exact.edited([edit])
    assert reader_text(edited) == applied(exact.text, [edit])
    new = "Üx".encode(exact.codec)
    at = edited.index(new)
    assert content.startswith(edited[:at])
    assert content.endswith(edited[at + len(new) :])


def test_bytes_that_are_no_text_stay_as_they_are() -> None:
    exact = Exact(b"a\xff\xe9b\r\nc\x80\r")
    at = exact.text.index("c")
    assert exact.edited([Edit(at, at + 1, "dd")]) == b"a\xff\xe9b\r\ndd\x80\r"


def test_a_letter_that_the_encoding_lacks_is_told() -> None:
    exact = Exact("é x".encode("cp1252"), "cp1252")
    assert exact.text == "é x"
    assert exact.edited([Edit(2, 3, "ü")]) == "é ü".encode("cp1252")
    with pytest.raises(Inexact, match="has no"):
        exact.edited([Edit(2, 3, "Ж")])


def test_new_lines_end_as_the_others_do() -> None:
    assert Exact(b"a\r\nb").edited([Edit(3, 3, "\nc")]) == b"a\r\nb\r\nc"
    assert Exact(b"").edited([Edit(0, 0, "a\n")]) == b"a\n"


def test_edits_of_one_place_are_refused_and_equal_ones_are_one() -> None:
    assert ordered([Edit(3, 4, "x"), Edit(0, 1, "y"), Edit(3, 4, "x")]) == [Edit(0, 1, "y"), Edit(3, 4, "x")]
    with pytest.raises(Inexact, match="one place"):
        ordered([Edit(0, 3, "x"), Edit(2, 4, "y")])
