"""Shards are neither large nor tiny, and a change of one key moves few of them."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from lwnindex.shards import LIMIT, shard_of, shards, totals

keys = st.text(alphabet="ab0_", min_size=1, max_size=3)
sizes = st.dictionaries(keys, st.integers(1, LIMIT * 2))


def held(found: dict[str, int]) -> dict[str, list[str]]:
    """Return the keys of each shard."""
    starts = shards(found)
    rows: dict[str, list[str]] = {start: [] for start in starts}
    for key in sorted(found):
        rows[starts[shard_of(key, starts)]].append(key)
    return rows


def test_what_fits_into_one_file_stands_in_one() -> None:
    assert shards({}) == ("",)
    assert shards({"lin": LIMIT // 2, "ker": LIMIT // 2}) == ("",)


def test_a_prefix_that_is_too_large_is_parted_and_its_neighbours_share_a_file() -> None:
    third = LIMIT // 3
    found = {"a": third, "ba": LIMIT - 9, "bb": third, "bc": third, "c": 2 * third, "d": 1}

    assert shards(found) == ("", "ba", "bb", "c")


def test_a_key_cannot_be_parted() -> None:
    assert shards({"lin": LIMIT * 3, "lim": 1}) == ("", "lin")


@given(sizes)
def test_each_key_has_one_shard_and_no_two_neighbours_would_fit_into_one(found: dict[str, int]) -> None:
    rows = held(found)

    assert list(rows) == sorted(rows)
    assert [key for own in rows.values() for key in own] == sorted(found)
    for start, own in rows.items():
        assert not start or own
        assert sum(found[key] for key in own) <= LIMIT or len(own) == 1
    if len(rows) == 1:
        assert sum(found.values()) <= LIMIT or len(found) == 1


@given(st.lists(st.dictionaries(keys, st.integers(1, 99))))
def test_totals_are_the_sums_of_all_months(months: list[dict[str, int]]) -> None:
    expected: Counter[str] = Counter()
    for one in months:
        expected.update(one)

    assert totals(months) == expected
