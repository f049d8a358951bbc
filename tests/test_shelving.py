"""A shelf is the same for the same articles, in whatever order they come."""

from __future__ import annotations

from math import sqrt
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lwnindex.shelf import Shelf, rare
from lwnindex.shelving import Given, shelf, shelved, tally
from lwnindex.wordcounts import stems
from tests.makers import card

texts = st.lists(st.sampled_from(("ceph", "osd", "io_uring", "内核", "")), max_size=6).map(" ".join)


def parts_of(given: list[Given]) -> dict[str, bytes]:
    tallied = [tally(one) for one in given]
    counts = {one.counts: own for one, own in tallied}
    return shelved([one for one, _ in tallied], counts.__getitem__)[0]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(texts, st.booleans()), min_size=1, max_size=40), st.integers(0, 9))
def test_parts_are_the_same_in_any_order(said: list[tuple[str, bool]], seed: int) -> None:
    articles = [Given(card(f"{n:02}", title=t), (), t, model) for n, (t, model) in enumerate(said)]
    mixed = list(articles)
    Random(seed).shuffle(mixed)

    assert parts_of(mixed) == parts_of(articles)


def test_a_length_is_that_of_the_roots_of_counts_by_rarity() -> None:
    found = shelf([Given(card("1", title="-"), (), "a a b"), Given(card("2", title="-"), (), "a")])

    # The start of a text counts twice more.
    assert found.lengths[0] == pytest.approx(sqrt(6 * rare(2, 2) ** 2 + 3 * rare(2, 1) ** 2))


def test_what_is_told_of_an_article_is_that_of_its_card() -> None:
    one = card("1", "Kernel/Huge pages", title="Huge Pages", authors=("Ann Author",), cites=("3", "2"))
    found = shelf([Given(one, (), "", is_model=False)]).profile(0)

    assert (found.id, found.file, found.title, found.entries) == (one.id, one.file, one.title, one.entries)
    assert (found.references, found.is_model) == (("2", "3"), False)
    assert (found.in_title, found.in_byline) == (stems("huge page"), stems("ann author"))


def test_counts_go_by_a_name_that_is_theirs() -> None:
    alike = [tally(Given(card(name, title="T"), (), "osd")) for name in ("1", "2")]
    (other, _) = tally(Given(card("1", title="T"), (), "osd osd"))

    assert alike[0][0].counts == alike[1][0].counts != other.counts


def test_an_empty_shelf_holds_nothing() -> None:
    found = Shelf(parts_of([]).get)

    assert (found.words, found.models, found.articles.ids, found.cited("1")) == ([], [], [], ())
