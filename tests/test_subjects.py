"""Topics are kept so that nothing of them is lost."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest

from lwnindex.nearness import Space
from lwnindex.shelving import Given, shelf
from lwnindex.subjects import Drawers, Kept, Subject, Subjects
from tests.makers import card, entry

ARCHIVE = (
    Given(card("1", "Kernel/Filesystems/Ceph", title="Ceph grows"), (), "osd rados", True),
    Given(card("2", "Kernel/Filesystems/Ceph", "Kernel/Huge pages", title="Pages"), (), "osd", True),
    Given(card("3", "Kernel/Locking", title="Futexes", authors=("Ann Author",)), (), "futex", True),
)
NAMES = {entry("Kernel/Locking"): ("Locks",), entry("Kernel/Swap"): ()}


@pytest.fixture
def space() -> Space:
    return Space(shelf(ARCHIVE, NAMES))


@pytest.fixture
def subjects(space: Space) -> tuple[Subject, ...]:
    return Subjects(space, space.filed).all()


@pytest.fixture
def drawers(space: Space) -> Drawers:
    kept = msgspec.msgpack.encode(Subjects(space, space.filed).kept())
    return Drawers(msgspec.msgpack.decode(kept, type=Kept))


def test_topics_come_by_their_entries_those_that_are_described_too(subjects: Sequence[Subject]) -> None:
    assert [(each.entry[1:], each.members) for each in subjects] == [
        (("Filesystems", "Ceph"), (0, 1)),
        (("Huge pages",), (1,)),
        (("Locking",), (2,)),
        (("Swap",), ()),
    ]
    assert subjects[2].names == (("lock",), ("locking",))


def test_a_name_counts_where_it_stands_whole(subjects: Sequence[Subject]) -> None:
    assert [(each.named, each.hits) for each in subjects] == [(1, 1), (0, 0), (0, 0), (0, 0)]


def test_what_is_kept_is_what_was_there(drawers: Drawers, subjects: Sequence[Subject]) -> None:
    assert drawers.kept.entries == tuple(each.entry for each in subjects)
    assert [drawers.subject(place) for place in range(len(subjects))] == list(subjects)
    assert [(tuple(members), *lengths) for members, *lengths in drawers.rows()] == [
        (each.members, each.length, each.reference_length) for each in subjects
    ]


@pytest.mark.parametrize(
    ("in_name", "in_title", "expected"),
    [
        ({"ceph"}, (), {0}),
        ({"lock"}, (), {2}),
        ({"locking", "swap"}, (), {2, 3}),
        (set(), ("filesystem",), {0}),
        (set(), ("page", "ceph"), {0, 1}),
        ({"unheard"}, ("of",), set()),
    ],
)
def test_topics_speak_by_names_and_paths(
    drawers: Drawers, in_name: set[str], in_title: tuple[str, ...], expected: set[int]
) -> None:
    assert drawers.speaking(in_name, in_title) == expected
