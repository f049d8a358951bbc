"""Topics stand below further parents and beside others, never in a circle; what cannot be so is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.model import Described, Entry
from lwnindex.problems import ordered, sentence
from lwnindex.relations import Related, Relations, relations
from lwnindex.thesaurus import thesaurus, written
from tests.cards import entries
from tests.described import described, files
from tests.makers import entry

TOPICS = ("K/A", "K/A/a", "K/A/a/x", "K/B", "K/B/b", "S/C")


def steps(found: list[Entry]) -> set[Entry]:
    return {one[:depth] for one in found for depth in range(1, len(one) + 1)}


def related(*topics: Described, others: tuple[str, ...] = TOPICS) -> tuple[Relations, list[str]]:
    book = thesaurus(topics)
    there = steps([*map(entry, others), *book.described])
    found, problems = relations(book, there, {"K", "S", "Conference"})
    return found, [sentence(one) for one in problems]


def short(found: Related) -> dict[str, list[str]]:
    return {written(one): [*map(written, others)] for one, others in found.items()}


def test_a_topic_is_adopted_by_further_parents_which_may_be_indexes() -> None:
    found, problems = related(described("K/A/a", parents=["K/B", "S/C", "S", "Conference"]))
    assert short(found.parents) == {"K/A/a": ["K/B", "S/C", "S", "Conference"]}
    assert short(found.adopted) == {one: ["K/A/a"] for one in ("K/B", "S/C", "S", "Conference")}
    assert problems == []


def test_the_parent_that_it_has_by_its_name_is_no_further_one() -> None:
    assert related(described("K/A/a", parents=["K/A"])) == (Relations(), [])


def test_related_topics_name_each_other_unless_told_otherwise() -> None:
    found, _ = related(
        described("K/A", see_also=["S/C"]), described("K/B", see_also=["S/C"], reciprocal=False)
    )
    assert short(found.see_also) == {"K/A": ["S/C"], "S/C": ["K/A"], "K/B": ["S/C"]}


def test_an_alias_means_its_topic() -> None:
    found, problems = related(
        described("K/B", "K/Bee", line=3), described("K/A/a", parents=["K/Bee"], see_also=["K/Bee/b"])
    )
    assert short(found.parents) == {"K/A/a": ["K/B"]}
    assert short(found.see_also) == {"K/A/a": ["K/B/b"], "K/B/b": ["K/A/a"]}
    assert problems == []


@pytest.mark.parametrize(
    ("topic", "problem"),
    [
        (
            described("K/A", see_also=["K/Bb"]),
            't.toml:2: unknown-topic: there is no topic "K/Bb", which "K/A" names. Did you mean "K/B/b"?',
        ),
        (
            described("K/A", see_also=["K/Zebra"]),
            (
                't.toml:2: unknown-topic: there is no topic "K/Zebra", which "K/A" names. '
                "Name a topic that has articles or is described."
            ),
        ),
        (
            described("K/A", parents=["Confernce"]),
            (
                't.toml:2: unknown-topic: there is no index called "Confernce", which "K/A" names. '
                'Did you mean "Conference"?'
            ),
        ),
        (
            described("K/A", parents=["Confernce/Linux"]),
            (
                't.toml:2: unknown-topic: there is no topic "Confernce/Linux", which "K/A" names. '
                'Did you mean "Conference/Linux"?'
            ),
        ),
        (
            described("K/A", see_also=["S"]),
            (
                't.toml:2: unknown-topic: "S" is an index, and no topic, which "K/A" names. '
                "Name a topic that has articles or is described."
            ),
        ),
        (
            described("K/A", see_also=["b"]),
            't.toml:2: unknown-topic: there is no topic "b", which "K/A" names. Did you mean "K/B"?',
        ),
        (
            described("K/A", parents=["K/A"]),
            (
                't.toml:2: parent-cycle: the topic "K/A" cannot be a parent of itself. '
                "Take out one of the parents."
            ),
        ),
        (
            described("K/A", parents=["K/A/a/x"]),
            (
                't.toml:2: parent-cycle: "K/A/a/x" cannot be a parent of "K/A": it stands below it. '
                "Take out one of the parents."
            ),
        ),
        (
            described("K/A", see_also=["K/A"]),
            (
                't.toml:2: related-itself: the topic "K/A" cannot be related to itself. '
                "Take it out of its `see_also`."
            ),
        ),
        (
            described("K/A", see_also=["K/A/a/x"]),
            (
                't.toml:2: related-ancestor: "K/A/a/x" stands below "K/A", and needs no `see_also`. '
                "Take it out of the list."
            ),
        ),
        (
            described("K/A/a", see_also=["K/A"]),
            (
                't.toml:2: related-ancestor: "K/A" stands above "K/A/a", and needs no `see_also`. '
                "Take it out of the list."
            ),
        ),
        (
            described("K/A/a", see_also=["K/B"], parents=["K/B/b"]),
            (
                't.toml:2: related-ancestor: "K/B" stands above "K/A/a", and needs no `see_also`. '
                "Take it out of the list."
            ),
        ),
    ],
)
def test_what_cannot_be_is_told_and_left_out(topic: Described, problem: str) -> None:
    found, problems = related(topic)
    assert problems == [problem]
    assert found.see_also == {}
    assert found.parents.keys() <= {entry("K/A/a")}


def test_parents_that_close_a_circle_are_told_at_the_one_that_closes_it() -> None:
    found, problems = related(
        described("K/A", parents=["K/B"]),
        described("K/B", parents=["S/C"], line=5),
        described("S/C", parents=["K/A/a"], line=9),
    )
    assert short(found.parents) == {"K/A": ["K/B"], "K/B": ["S/C"]}
    assert problems == [
        (
            't.toml:10: parent-cycle: "K/A/a" cannot be a parent of "S/C": it stands below it (t.toml:2). '
            "Take out one of the parents."
        )
    ]


@given(st.data(), files(), st.lists(entries))
def test_nothing_goes_in_circles_and_the_order_does_not_count(
    data: st.DataObject, topics: list[Described], filed: list[Entry]
) -> None:
    book = thesaurus(topics)
    there = steps([*map(book.topic, filed), *book.described])
    names = {one[0] for one in there} | {"Kernel"}
    found, problems = relations(book, there, names)
    other, others = relations(thesaurus(data.draw(st.permutations(topics))), there, names)
    assert (found, ordered(problems)) == (other, ordered(others))
    for one in found.parents:
        assert one not in above(one, found)
    for one, related_to in found.see_also.items():
        assert not set(related_to) & ({one} | above(one, found))
        assert set(related_to) <= there
    adopted = {(one, parent) for parent, each in found.adopted.items() for one in each}
    assert adopted == {(one, parent) for one, each in found.parents.items() for parent in each}


def above(one: Entry, found: Relations) -> set[Entry]:
    """Return all that a topic stands below."""
    seen: set[Entry] = set()
    waiting = [one]
    while waiting:
        each = waiting.pop()
        parents = {*found.parents.get(each, ()), *([each[:-1]] if len(each) > 1 else [])} - seen
        seen |= parents
        waiting.extend(parents)
    return seen
