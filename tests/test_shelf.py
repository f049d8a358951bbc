"""A shelf tells what was put on it, of parts that are read when they are asked for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lwnindex import shelving
from lwnindex.shelf import MissingError, Shelf, known_by
from lwnindex.shelving import Given, Tallied, shelf, shelved, tally
from lwnindex.wordcounts import Counts
from tests.makers import card

WORDS = ("ceph", "osd", "rados", "内核", "tux's", "")


def parts_of(*given: Given) -> dict[str, bytes]:
    tallied = [tally(one) for one in given]
    counts = {one.counts: own for one, own in tallied}
    return shelved([one for one, _ in tallied], counts.__getitem__)[0]


def test_words_are_found_by_their_places_and_others_are_not() -> None:
    found = shelf([Given(card("1", title="-"), (), "osd rados"), Given(card("2", title="-"), (), "ceph")])

    assert [found.place_of(word) for word in ("ceph", "osd", "rados")] == [0, 1, 2]
    assert [found.place_of(word) for word in ("aaa", "p", "zzz", "")] == [None] * 4


def test_a_shelf_without_words_has_none() -> None:
    found = shelf([Given(card("1", title="?"), (), "")])

    assert (found.words, list(found.lengths), found.place_of("ceph")) == ([], [0.0], None)


def test_articles_are_known_by_their_ids_and_by_what_they_cite() -> None:
    found = shelf([Given(card("1", cites=("2", "9")), (), ""), Given(card("2"), (), "")])

    assert [list(found.cited(key)) for key in ("1", "2", "9", "8")] == [[0], [0, 1], [0], []]
    assert known_by(found.profile(0)) == {"1", "2", "9"}


def test_drafts_are_no_models_and_what_is_not_filed_is_not() -> None:
    found = shelf(
        [
            Given(card("1", "Kernel/Ceph"), (), ""),
            Given(card("2"), (), ""),
            Given(card("3", "Kernel/Ceph"), (), "", is_model=False),
        ]
    )

    assert (found.models, found.filed) == ([0, 1], [0])
    assert found.articles.ids == ["1", "2", "3"]


PARTS = ("words", "articles", "cited", "rows/0", "names")


def asked(found: Shelf) -> None:
    """Ask for everything."""
    (found.words, found.articles, found.cited("1"), found.profile(0), found.names, list(found.holders([0])))


@pytest.mark.parametrize("part", [*PARTS, "holders/0"])
def test_what_is_missing_is_told(part: str) -> None:
    parts = parts_of(Given(card("1"), (), "osd"))
    asked(Shelf(parts.get))
    del parts[part]

    with pytest.raises(MissingError):
        asked(Shelf(parts.get))


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("harm", [b"", b"\xc1", b"\x91\x01"])
def test_what_is_no_such_part_is_told(part: str, harm: bytes) -> None:
    parts = parts_of(Given(card("1"), (), "osd"))

    with pytest.raises(MissingError):
        asked(Shelf({**parts, part: harm}.get))


def test_counts_that_are_missing_are_told() -> None:
    with pytest.raises(MissingError):
        Shelf(dict[str, bytes]().get).counts("name")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join), min_size=1, max_size=80),
    st.integers(1, 9),
    st.integers(0, 20),
)
def test_the_holders_of_words_are_the_articles_that_have_them(
    said: list[str], size: int, common: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shelving, "_HOLDERS", size)
        patch.setattr(shelving, "COMMON", common)
        given = [Given(card(f"{n:02}", title="-"), (), text) for n, text in enumerate(said)]
        found = shelf(given)
    expected = [[place for place, one in enumerate(given) if word in own(one)] for word in found.words]
    most = max(common, len(said) // 8)
    holders = found.holders(range(len(found.words)))

    assert list(found.shares) == [len(each) for each in expected]
    assert [places for places, _ in holders] == [each if len(each) <= most else [] for each in expected]


def own(one: Given) -> list[str]:
    return tally(one)[1].listed()


def test_every_article_is_found_in_its_row() -> None:
    found = shelf([Given(card(f"{number:03}"), (), "") for number in range(100)])

    assert [found.profile(place).id for place in range(100)] == found.articles.ids


def test_articles_with_equal_counts_share_them() -> None:
    counts = Counts(words="osd", numbers=(4,))
    parts, vectors = shelved([Tallied(card("1"), "a"), Tallied(card("2"), "a")], {"a": counts}.__getitem__)

    assert [list(one.words) for one in vectors] == [[0], [0]]
    assert list(Shelf(parts.get).shares) == [2]
