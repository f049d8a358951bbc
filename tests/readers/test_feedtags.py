"""A document is taken apart into tags and what stands between them, without a gap."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lwnindex.readers.feedtags import MOST_STRAYS, parts

PIECES = (
    "<a>",
    "</a:b>",
    "<a b='<'>",
    "<",
    ">",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?x",
    "?>",
    "<!D>",
    "'",
    '"',
    "x",
)


def test_tags_are_told_with_their_names_and_all_else_with_what_it_is() -> None:
    found = list(parts("x<A:B c='>'/>y<z<!-- <q> --></B>"))

    assert [one.name for one in found] == ["", "b", "", "", "b", ""]
    assert (found[1].written, found[1].attributes, found[4].is_end) == ("A:B", " c='>'/", True)
    assert [one.strays for one in found] == [0, 0, 1, 0, 0, 0]
    assert [one.is_mark for one in found] == [False, False, False, True, False, False]


def test_behind_too_many_marks_that_end_nowhere_all_is_one_part() -> None:
    found = list(parts("<" * (2 * MOST_STRAYS) + "<a>"))

    assert [one.strays for one in found] == [MOST_STRAYS + 1]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_no_letter_of_a_document_is_lost(text: str) -> None:
    found = list(parts(text))

    assert "".join(text[one.start : one.end] for one in found) == text
    assert sum(one.strays for one in found) <= text.count("<")
