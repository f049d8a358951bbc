"""Topics are as many and as unlike in size as in the real index."""

from __future__ import annotations

from collections import Counter
from random import Random
from statistics import mean

import pytest

from benchmarks import measured
from benchmarks.topics import INDEXES, Entry, Filing
from benchmarks.words import vocabulary


def filed(seed: int) -> Counter[Entry]:
    """Return how often each entry is used in an archive of the measured size."""
    filing, random = Filing(seed, vocabulary(seed)), Random(seed)
    counts = random.choices(range(1, 6), weights=measured.ENTRIES, k=measured.ARTICLES)
    return Counter(entry for count in counts for entry in filing.entries(count))


ARCHIVES = [filed(seed) for seed in range(1, 9)]


def test_there_are_as_many_topics_and_as_many_of_one_article() -> None:
    assert mean(len(one) for one in ARCHIVES) == pytest.approx(measured.TOPICS, rel=0.1)
    single = mean(sum(count == 1 for count in one.values()) for one in ARCHIVES)
    assert single == pytest.approx(measured.SINGLE_TOPICS, rel=0.15)


def test_the_largest_hold_as_large_a_share() -> None:
    found = mean(sum(count for _, count in one.most_common(10)) / one.total() for one in ARCHIVES)
    assert found == pytest.approx(measured.TOP_TEN / measured.FILINGS, rel=0.25)


def test_as_many_entries_have_two_levels() -> None:
    found = mean(sum(n for entry, n in one.items() if len(entry) == 3) / one.total() for one in ARCHIVES)
    assert found == pytest.approx(measured.TWO_LEVELS, abs=0.03)


def test_every_index_has_topics() -> None:
    assert all({entry[0] for entry in one} == set(INDEXES) for one in ARCHIVES)


def test_an_article_has_no_entry_twice() -> None:
    filing = Filing(1, vocabulary(1))
    assert all(len(set(filing.entries(5))) == 5 for _ in range(300))


def test_no_two_topics_have_one_address() -> None:
    assert all(len({" ".join(entry).casefold() for entry in one}) == len(one) for one in ARCHIVES)
