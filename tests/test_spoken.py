"""A word is known by the articles that speak of it, and by those that are filed under a name that has it."""

from __future__ import annotations

from lwnindex.spoken import spoken
from tests.makers import card, catalog_of


def test_words_are_known_by_titles_teasers_and_names_of_all_levels() -> None:
    one = card("1", "Kernel/Block layer/io_uring", title="Rings: a\u0301 talk", teaser="TALK of queues")
    found = spoken(catalog_of(one, card("2", "Security", title="Queues", teaser="")))
    assert found.said["queues"] == {"1", "2"}
    assert found.said["talk"] == {"1"}
    assert found.filed["layer"] == found.filed["uring"] == found.filed["kernel"] == {"1"}
    assert "layer" not in found.said
    assert "rings" not in found.filed


def test_of_two_words_one_is_the_other_where_none_speaks_of_it_and_three_others_have_that() -> None:
    three = [card(str(place), "Kernel/Threads", title="A patch") for place in range(3)]
    slip = card("9", "Kernel/Theads", title="A patch")
    assert spoken(catalog_of(*three, slip)).is_of_one("threads", "theads")
    assert spoken(catalog_of(*three, slip)).is_of_one("theads", "threads")
    assert not spoken(catalog_of(*three[1:], slip)).is_of_one("threads", "theads")
    named = card("8", "Kernel/Filters", title="Theads")
    assert not spoken(catalog_of(*three, slip, named)).is_of_one("threads", "theads")


def test_of_words_that_no_article_has_nothing_is_known() -> None:
    assert not spoken(catalog_of()).is_of_one("threads", "theads")
    assert not spoken(catalog_of(card("1", "Kernel", title="Threads"))).is_of_one("threads", "theads")
