"""Files of topics are made consistent: aliases lead to topics, and what cannot be used is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.model import Described
from lwnindex.problems import ordered, sentence
from lwnindex.thesaurus import Known, Thesaurus, longest, thesaurus, written
from tests.cards import entries
from tests.described import described, files
from tests.makers import entry

MEMORY = described("Kernel/Memory management", "Kernel/Memory", "Kernel/VM")


def told(*topics: Described) -> list[str]:
    return [sentence(one) for one in thesaurus(topics).problems]


def test_nothing_described_says_nothing() -> None:
    assert thesaurus([]) == Thesaurus()
    assert thesaurus([]).topic(("Kernel", "Memory")) == ("Kernel", "Memory")


@pytest.mark.parametrize(
    ("name", "topic"),
    [
        ("Kernel/Memory", "Kernel/Memory management"),
        ("Kernel/VM", "Kernel/Memory management"),
        ("Kernel/Memory/Swap", "Kernel/Memory management/Swap"),
        ("Kernel/Memory/Swap/Old", "Kernel/Memory management/Swap/Old"),
        ("Kernel/Memory management", "Kernel/Memory management"),
        ("Kernel/Memory model", "Kernel/Memory model"),
        ("Security/Memory", "Security/Memory"),
        ("Kernel/memory", "Kernel/memory"),
    ],
)
def test_an_alias_stands_for_its_topic_and_for_all_below(name: str, topic: str) -> None:
    assert thesaurus([MEMORY]).topic(entry(name)) == entry(topic)


def test_the_longest_alias_wins() -> None:
    book = thesaurus([MEMORY, described("Kernel/Swapping", "Kernel/Memory/Swap", line=9)])
    assert book.topic(entry("Kernel/Memory/Swap/Zswap")) == entry("Kernel/Swapping/Zswap")
    assert book.topic(entry("Kernel/Memory/Slab")) == entry("Kernel/Memory management/Slab")


def test_an_alias_that_is_below_another_is_followed() -> None:
    """Swap was moved below Memory, which was then renamed."""
    book = thesaurus([described("Kernel/Memory/Swap", "Kernel/Swap", line=9), MEMORY])
    assert book.problems == ()
    assert book.topic(entry("Kernel/Swap/Zswap")) == entry("Kernel/Memory management/Swap/Zswap")
    assert set(book.described) == {entry("Kernel/Memory management"), entry("Kernel/Memory management/Swap")}
    assert book.aliases[entry("Kernel/Swap")].topic == entry("Kernel/Memory management/Swap")
    assert all(one.entry == name for name, one in book.described.items())


def test_what_was_merged_below_an_old_name_is_found_by_it() -> None:
    """A was renamed to B; then B/old was merged into B/new: A/old is B/new, too."""
    book = thesaurus([described("K/B", "K/A"), described("K/B/new", "K/B/old", line=5)])
    assert book.topic(entry("K/A/old/x")) == entry("K/B/new/x")


def test_hidden_aliases_are_not_printed() -> None:
    book = thesaurus([described("K/A", "K/B", "K/C", hidden=["K/C"])])
    assert {written(name): one.printed for name, one in book.aliases.items()} == {"K/B": True, "K/C": False}


def test_an_alias_said_twice_of_one_topic_is_one() -> None:
    book = thesaurus([described("K/A", "K/B", "K/B")])
    assert (book.problems, list(book.aliases)) == ((), [entry("K/B")])


@pytest.mark.parametrize(
    ("topics", "problems"),
    [
        (
            [described("K/A", "K/A")],
            ['t.toml:2: alias-cycle: the topic "K/A" is an alias of itself; the alias is not used.'],
        ),
        (
            [described("K/A", "K/B"), described("K/B", "K/A", line=11)],
            [
                't.toml:12: alias-cycle: the alias "K/A" leads to itself, by way of "K/B"; it is not used.',
                't.toml:2: alias-cycle: the alias "K/B" leads to itself, by way of "K/A"; it is not used.',
            ],
        ),
        (
            [described("K/A/b", "K/A")],
            [('t.toml:2: alias-cycle: "K/A" is an alias of "K/A/b", which stands below it; it is not used.')],
        ),
        (
            [described("K/A", "K/B"), described("K/B", line=7)],
            [
                (
                    't.toml:2: topic-and-alias: "K/B" is described as a topic at t.toml:7, '
                    'but is an alias of "K/A" here; it stays a topic.'
                )
            ],
        ),
        (
            [described("K/A", "K/C"), described("K/B", "K/C", file="u.toml")],
            [
                (
                    'u.toml:2: shared-alias: "K/C" is an alias of "K/B" here, but of "K/A" at '
                    "t.toml:2, which it stays."
                )
            ],
        ),
        (
            [described("K/A", file="u.toml"), described("K/A", "K/C")],
            [
                (
                    'u.toml:1: duplicate-topic: the topic "K/A" is described at '
                    "t.toml:1 already; what stands here is not used."
                )
            ],
        ),
        (
            [described("K/A", "K/B"), described("K/A/x", line=5), described("K/B/x", line=7)],
            [
                (
                    't.toml:7: duplicate-topic: "K/B/x" stands for the topic "K/A/x", which is described '
                    "at t.toml:5 already; what stands here is not used."
                )
            ],
        ),
        ([described("K")], ['t.toml:1: bad-entry: "K" names no topic.']),
        ([described("K/A", "K")], ['t.toml:2: bad-entry: "K" names no topic.']),
    ],
)
def test_what_cannot_be_is_told_with_its_place(topics: list[Described], problems: list[str]) -> None:
    found = told(*topics)
    assert len(found) == len(problems)
    assert all(one.startswith(start + " ") for one, start in zip(found, problems, strict=True)), found
    assert sorted(told(*reversed(topics))) == sorted(found)


def test_a_circle_of_aliases_leaves_the_topics_and_the_other_aliases() -> None:
    book = thesaurus([described("K/A", "K/B", "K/C"), described("K/B", "K/A", line=9)])
    assert list(book.described) == [entry("K/A"), entry("K/B")]
    assert list(book.aliases) == [entry("K/C")]


@given(st.data(), files())
def test_the_order_of_the_topics_does_not_count(data: st.DataObject, topics: list[Described]) -> None:
    one, other = thesaurus(topics), thesaurus(data.draw(st.permutations(topics)))
    assert (one.described, one.aliases) == (other.described, other.aliases)
    assert ordered(one.problems) == ordered(other.problems)


@given(files(most=8), st.lists(entries))
def test_every_name_ends_at_what_is_no_alias(topics: list[Described], names: list[tuple[str, ...]]) -> None:
    book = thesaurus(topics)
    for name in [*names, *book.aliases]:
        found = book.topic(name)
        assert longest(found, book.aliases) is None
        assert book.topic(found) == found
    for name, alias in book.aliases.items():
        assert alias.topic in book.described
        assert book.topic(name) == alias.topic == alias.way[-1]


@given(files())
def test_whatever_is_said_is_used_or_told(topics: list[Described]) -> None:
    book = thesaurus(topics)
    lines = {(one.file, one.line) for one in book.problems}
    for one in topics:
        in_use = one in book.described.values() or (one.file, one.line) in lines
        own = book.described.get(book.topic(one.entry))
        assert in_use or own is not None
        if own is not None and (own.file, own.line) == (one.file, one.line):
            for each in one.aliases:
                assert each.entry in book.aliases or (one.file, each.line) in lines


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Kernel/Filesystem", "Kernel/Filesystems"),
        ("Kernel/Ceph", "Kernel/Filesystems/Ceph"),
        ("Security/ceph", "Kernel/Filesystems/Ceph"),
        ("Kernel/filesystems", "Kernel/Filesystems"),
        ("Kernel/Networking", ""),
    ],
)
def test_a_mistaken_name_is_taken_for_a_like_one(name: str, meant: str) -> None:
    known = Known(map(entry, ["Kernel/Filesystems", "Kernel/Filesystems/Ceph", "Kernel/Scheduler"]))
    assert known.meant(entry(name)) == meant
