"""What somebody orders is found in the names that there are, or refused with a way out."""

from __future__ import annotations

import pytest

from lwnindex.problems import SiteError
from lwnindex.refiling.orders import Named, Order, Verb
from tests.makers import entry

TABLES = ("Kernel/Memory", "Kernel/Swap")
ALIASES = {
    "Kernel/MM": "Kernel/Memory",
    "Kernel/Swap/Old": "Kernel/Swap/Disk",
    "Security/Paging": "Kernel/Swap",
}
TOPICS = ("Kernel/Memory/Slab", "Kernel/Swap/Disk", "Kernel/A/x/x", "Kernel/I/O", "Kernel/MM/Huge")


def named() -> Named:
    topics = [*map(entry, TABLES), *map(entry, TOPICS[:3]), ("Kernel", "I/O"), entry(TOPICS[4])]
    return Named(
        topics={one[:size] for one in topics for size in range(1, len(one) + 1)},
        tables=frozenset(map(entry, TABLES)),
        aliases={entry(one): entry(other) for one, other in ALIASES.items()},
        indexes={"Kernel", "Security"},
        slash_names=(),
    )


DONE: list[tuple[Verb, tuple[str, ...], str, list[tuple[str, str]]]] = [
    ("rename", ("Kernel/Swap",), "Kernel/Paging", [("Kernel/Swap", "Kernel/Paging")]),
    ("rename", (" Kernel/Swap ",), "Kernel/SWAP", [("Kernel/Swap", "Kernel/SWAP")]),
    ("rename", ("Kernel/Memory",), "Kernel/MM", [("Kernel/Memory", "Kernel/MM")]),
    ("rename", ("Kernel/Swap",), "Kernel/MM/Swap", [("Kernel/Swap", "Kernel/Memory/Swap")]),
    ("move", ("Kernel/Swap/Disk",), "Security", [("Kernel/Swap/Disk", "Security/Disk")]),
    (
        "merge",
        ("Kernel/Swap", "Kernel/A", "Kernel/A"),
        "Kernel/Memory",
        [("Kernel/Swap", "Kernel/Memory"), ("Kernel/A", "Kernel/Memory")],
    ),
]


@pytest.mark.parametrize(("verb", "olds", "new", "pairs"), DONE)
def test_topics_are_named_as_people_write_them(
    verb: Verb, olds: tuple[str, ...], new: str, pairs: list[tuple[str, str]]
) -> None:
    found = named().renaming(Order(verb, olds, new))
    assert found.pairs == tuple((entry(old), entry(one)) for old, one in pairs)
    assert set(found.kept) == set(map(entry, ALIASES))


def test_a_slash_that_parts_no_levels_is_known_from_the_topic() -> None:
    found = named().renaming(Order("rename", ("Kernel/I/O",), "Kernel/Input"))
    assert found.pairs == ((("Kernel", "I/O"), entry("Kernel/Input")),)


def test_a_name_that_a_topic_has_by_that_of_one_above_goes_along() -> None:
    there = named()
    found = there._replace(topics={*there.topics, entry("Kernel/Memory/Huge")}).renaming(
        Order("rename", ("Kernel/Memory/Huge",), "Kernel/Huge")
    )
    assert found.pairs == (
        (entry("Kernel/Memory/Huge"), entry("Kernel/Huge")),
        (entry("Kernel/MM/Huge"), entry("Kernel/Huge")),
    )


REFUSED: list[tuple[Verb, str, str, str]] = [
    ("rename", "Kernel/Swop", "Kernel/A", 'no topic "Kernel/Swop". Did you mean "Kernel/Swap"?'),
    ("rename", "Kernel", "Kernel/B", "is an index. Name a topic in it"),
    ("rename", "Kernel/MM", "Kernel/B", 'another name of "Kernel/Memory". Name that one'),
    ("rename", "Kernel/Swap", "Kernel", '"Kernel" is an index'),
    ("rename", "Kernel/Swap", "Kernel//B", "an empty level"),
    ("rename", "Kernel/Swap", "Kernal/B", 'no index called "Kernal". Did you mean "Kernel"?'),
    ("rename", "Kernel/Swap", "Distributions/B", "Declare it first: [indexes.Distributions]"),
    ("rename", "Kernel/Swap", 'Neue "Ämter"/B', r'first: [indexes."Neue \"Ämter\""] in'),
    ("rename", "Kernel/Swap", "Kernel/Swap", "is what it is already"),
    ("rename", "Kernel/Swap", "Kernel/Swap/B", "would go with it"),
    ("rename", "Kernel/Swap", "Kernel/MM", "Merge it into that one"),
    ("rename", "Kernel/Swap", "Kernel/Swap/Old", "would go with it"),
    ("rename", "Kernel/Swap", "Kernel/Memory", "Merge them: lwnindex topics merge"),
    ("rename", "Kernel/Swap", "Kernel/Index", "a page of its own"),
    ("rename", "Kernel/Swap", "Kernel/Tree/B", "a page of its own"),
    ("rename", "Kernel/Swap", "Kernel/MEMORY", 'differ in case only. Write "Kernel/Memory"'),
    ("rename", "Kernel/Swap", "Kernel/SWAP/B", 'differ in case only. Write "Kernel/Swap"'),
    ("rename", "Kernel/Memory", "Security/PAGING", 'differ in case only. Write "Security/Paging"'),
    ("merge", "Kernel/Swap", "Kernel/Memry", 'to merge into. Did you mean "Kernel/Memory"?'),
    ("merge", "Kernel/Swap", "Security/Q", "Rename it instead"),
    ("merge", "Kernel/A/x", "Kernel/A", '"Kernel/A/x/x" would be called "Kernel/A/x"'),
]


@pytest.mark.parametrize(("verb", "old", "new", "said"), REFUSED)
def test_what_does_not_fit_is_refused_with_a_way_out(verb: Verb, old: str, new: str, said: str) -> None:
    with pytest.raises(SiteError) as error:
        named().renaming(Order(verb, (old,), new))
    assert said in str(error.value)
    assert error.value.exit_code == 2
