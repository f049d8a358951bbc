"""Texts in sentences have room there."""

from lwnindex.checking.faults import rootless, short


def test_a_long_text_is_cut_and_a_short_one_is_not() -> None:
    assert short("a" * 80) == "a" * 80
    assert short("a" * 81) == "a" * 79 + "…"


def test_an_address_is_the_same_from_all_pages() -> None:
    assert {rootless(each) for each in ("a/b", "../a/b", "../../a/b", "./a/b", "/a/b")} == {"a/b"}
