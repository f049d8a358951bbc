"""Articles are near by what they say and by what they cite."""

from __future__ import annotations

from math import isclose, log, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lwnindex import shelving
from lwnindex.nearness import Space
from lwnindex.shelf import Shelf, rare
from lwnindex.shelving import Given, shelf
from tests.makers import card

WORDS = ("ceph", "osd", "rados", "io_uring", "lock", "Straße", "内核", "tux's", "")


def on_shelf(
    name: str, text: str, *, title: str = "T", cites: tuple[str, ...] = (), model: bool = True
) -> Given:
    return Given(card(name, title=title, cites=cites), (), text, model)


def near(found: Shelf, id: str) -> dict[str, float]:  # noqa: A002
    space = Space(found)
    one = next(each for each in space.profiles if each.id == id)
    by_place = space.by_words(space.wanted(one), space.models)
    return {space.profiles[place].id: nearness for place, nearness in by_place.items()}


def cited(found: Shelf, id: str) -> dict[str, float]:  # noqa: A002
    space = Space(found)
    one = next(each for each in space.profiles if each.id == id)
    by_place = space.by_references(space.wanted(one), space.models)
    return {space.profiles[place].id: nearness for place, nearness in by_place.items()}


def test_nearness_is_the_cosine_of_roots_of_counts_by_rarity() -> None:
    found = shelf(
        [on_shelf("1", "a a a b", title="-"), on_shelf("2", "a", title="-"), on_shelf("3", "c", title="-")]
    )
    # The start of a text counts twice more; b stands in no other article, so it does not matter for 1.
    a, b = rare(3, 2), rare(3, 1)
    first, second = sqrt(9) * a, sqrt(3) * a

    assert near(found, "1") == pytest.approx({"2": 1.0, "3": 0.0})
    assert near(found, "2")["1"] == pytest.approx(first * second / (second * sqrt(first**2 + 3 * b**2)))


def test_rarity_is_a_logarithm() -> None:
    assert isclose(rare(9, 2), log(5))
    assert rare(9, 0) == rare(9, 1)


def test_articles_are_near_that_cite_each_other_or_the_same() -> None:
    found = shelf(
        [
            on_shelf("1", "a", cites=("2", "9")),
            on_shelf("2", "b"),
            on_shelf("3", "c", cites=("9",)),
            on_shelf("4", "d", cites=("1",)),
            on_shelf("5", "e", cites=("8",)),
        ]
    )

    assert cited(found, "1").keys() == {"2", "3", "4"}
    assert cited(found, "5") == {}


def test_what_is_no_model_counts_for_no_word_and_has_neighbours() -> None:
    models = [on_shelf("1", "ceph osd"), on_shelf("2", "ext4")]
    found = shelf([*models, on_shelf("3", "ceph", model=False)])
    alone = shelf(models)

    assert found.shares[found.words.index("ceph")] == 1
    assert near(found, "3")["1"] > near(found, "3")["2"]
    assert near(found, "1") == near(alone, "1")


def test_an_article_that_is_not_on_the_shelf_is_near_as_if_it_were() -> None:
    models = [on_shelf("1", "ceph osd"), on_shelf("2", "ext4 journal")]
    draft = on_shelf("3", "a journal of ext4, unheard-of", model=False)
    space = Space(shelf(models))

    outside = space.by_words(space.wanted(space.with_words(draft)), space.models)

    assert outside == pytest.approx(dict(enumerate(near(shelf([*models, draft]), "3").values())))


def test_the_words_that_make_near_come_by_what_they_do() -> None:
    space = Space(shelf([on_shelf("1", "ceph ceph osd"), on_shelf("2", "ceph osd x"), on_shelf("3", "y")]))
    wanted = space.wanted(space.profiles[0])

    assert space.shared(wanted, 1)[:2] == ("ceph", "osd")
    assert "x" not in space.shared(wanted, 1)


def test_the_length_of_a_sum_is_that_of_one_vector_or_of_two_equal_ones() -> None:
    space = Space(shelf([on_shelf("1", "ceph"), on_shelf("2", "ceph"), on_shelf("3", "y", cites=("1",))]))

    assert space.length([0]) == pytest.approx(1.0)
    assert space.length([0, 1]) == pytest.approx(2.0)
    assert space.reference_length([2]) == pytest.approx(1.0)


texts = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(st.lists(texts, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_a_shelf_is_the_same_in_any_order_and_nearness_between_0_and_1(
    said: list[str], chance: object
) -> None:
    articles = [on_shelf(str(number), text, title=text) for number, text in enumerate(said)]
    mixed = list(articles)
    chance.shuffle(mixed)  # type: ignore[attr-defined]

    assert near(shelf(mixed), "0") == near(shelf(articles), "0")
    assert all(
        -1e-6 <= each <= 1 + 1e-6
        for one in range(len(said))
        for each in near(shelf(articles), str(one)).values()
    )


def test_nearness_is_as_good_as_the_same_where_common_words_are_not_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts = [f"the kernel and word{number} word{number % 7}" for number in range(40)]
    articles = [on_shelf(f"{number:02}", text) for number, text in enumerate(texts)]
    whole = Space(shelf(articles))
    monkeypatch.setattr(shelving, "COMMON", 10)
    small = Space(shelf(articles))
    one = whole.profiles[0]
    exact, near = (space.by_words(space.wanted(one), space.models) for space in (whole, small))

    assert _held(small.shelf) < _held(whole.shelf)
    assert max(abs(exact[place] - near[place]) for place in exact) < 0.01
    assert {place for place in near if near[place] > 0} == {place for place in exact if exact[place] > 0.05}


def _held(found: Shelf) -> int:
    """Return how many holders of words are looked at."""
    return sum(len(places) for places, _ in found.holders(range(len(found.words))))
