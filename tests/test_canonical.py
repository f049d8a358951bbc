"""Entries become those of the topics that they stand for; the others are told, or not used."""

from __future__ import annotations

import tomllib

import pytest

from lwnindex.canonical import Declared, Filing
from lwnindex.model import Card
from lwnindex.problems import sentence
from lwnindex.thesaurus import Thesaurus, thesaurus
from tests.described import described
from tests.makers import card, entry

BOOK = thesaurus([described("Kernel/Memory management", "Kernel/Memory"), described("Kernel/Files/Ceph")])


def refiled(*cards: Card, declared: Declared = "any", book: Thesaurus = BOOK) -> tuple[list[Card], list[str]]:
    filing = Filing(book, declared)
    found = [one for one, _ in filing.refiled([(one, None) for one in cards])]
    return found, [sentence(one) for one in filing.problems()]


def test_an_entry_becomes_that_of_its_topic_in_its_place_and_line() -> None:
    (found,), problems = refiled(card("1", "Kernel/A", "Kernel/Memory/Swap", "Security/B"))
    assert found.entries == (entry("Kernel/A"), entry("Kernel/Memory management/Swap"), entry("Security/B"))
    assert (found.entry_lines, problems) == ((3, 4, 5), [])


def test_two_entries_that_become_one_are_one_at_the_first_place() -> None:
    (found,), _ = refiled(card("1", "Kernel/Memory", "Kernel/A", "Kernel/Memory management"))
    assert found.entries == (entry("Kernel/Memory management"), entry("Kernel/A"))
    assert found.entry_lines == (3, 4)


def test_where_only_what_is_described_may_be_no_topic_is_entered_twice() -> None:
    (found,), _ = refiled(card("1", "Kernel/Files", "Kernel/Files"), declared="only")
    assert found.entries == (entry("Kernel/Files"),)


def test_lines_that_are_not_known_stay_unknown() -> None:
    (found,), _ = refiled(card("1", "Kernel/Memory", "Kernel/A", entry_lines=()))
    assert (len(found.entries), found.entry_lines) == (2, ())


@pytest.mark.parametrize("declared", ["any", "warn"])
def test_a_card_to_which_nothing_applies_is_not_touched(declared: Declared) -> None:
    one = card("1", "Kernel/A", "Kernel/A", "Kernel/Memory management")
    assert refiled(one, declared=declared)[0][0] is one


@pytest.mark.parametrize(
    "path", ["Kernel/Memory", "Kernel/Memory management", "Kernel/Files/Ceph", "Kernel/Files"]
)
def test_what_is_described_or_above_or_an_alias_is_a_topic(path: str) -> None:
    (found,), problems = refiled(card("1", path), declared="only")
    assert (len(found.entries), problems) == (1, [])


def test_what_is_not_described_is_told_once_where_it_is_first() -> None:
    cards = [
        card("2", "Kernel/Memory management/Swap"),
        card("1", "Kernel/A", "Kernel/File/Ceph", "Kernel/Memory/Swap"),
    ]
    found, problems = refiled(*cards, declared="warn")
    assert found[0] is cards[0]
    assert problems == [
        (
            'content/1.md:3: undescribed-topic: no file of topics describes "Kernel/A". '
            'Describe it: ["Kernel/A"].'
        ),
        (
            'content/1.md:4: undescribed-topic: no file of topics describes "Kernel/File/Ceph". '
            'Did you mean "Kernel/Files/Ceph"? Else describe it.'
        ),
        (
            'content/1.md:5: undescribed-topic: no file of topics describes "Kernel/Memory management/Swap". '
            'This is the first of 2 entries. Describe it: ["Kernel/Memory management/Swap"].'
        ),
    ]


def test_an_index_in_common_makes_no_two_short_names_alike() -> None:
    book = thesaurus([described("Kernel/CON"), described("Kernel/Kprobes")])
    _, (problem,) = refiled(card("1", "Kernel/I/O"), declared="warn", book=book)
    assert problem.endswith('describes "Kernel/I/O". Describe it: ["Kernel/I/O"].')
    _, (problem,) = refiled(card("1", "Kernel/Kprobs"), declared="warn", book=book)
    assert problem.endswith('Did you mean "Kernel/Kprobes"? Else describe it.')


def test_what_is_proposed_is_the_name_of_a_table() -> None:
    name = 'A "quoted" \\ name'
    _, (problem,) = refiled(card("1", ("Kernel", name)), declared="warn")
    (table,) = tomllib.loads(problem.partition("Describe it: ")[2].rstrip("."))
    assert table == f"Kernel/{name}"


def test_what_is_not_described_is_not_used_where_only_that_may_be() -> None:
    (found,), problems = refiled(card("1", "Kernel/A", "Kernel/Memory", "Kernel/B"), declared="only")
    assert (found.entries, found.entry_lines) == ((entry("Kernel/Memory management"),), (4,))
    assert problems == [
        (
            'content/1.md:3: undescribed-entry: no file of topics describes "Kernel/A"; '
            'nothing is filed under it. Describe it: ["Kernel/A"].'
        ),
        (
            'content/1.md:5: undescribed-entry: no file of topics describes "Kernel/B"; '
            'nothing is filed under it. Describe it: ["Kernel/B"].'
        ),
    ]
