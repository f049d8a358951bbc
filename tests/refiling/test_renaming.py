"""What becomes of entries."""

from __future__ import annotations

from lwnindex.refiling.renaming import Renaming, case_clashes, is_below, own_name, parted
from tests.makers import entry

MM = Renaming(((entry("Kernel/Memory"), entry("Kernel/MM")),))


def test_all_below_a_topic_goes_with_it() -> None:
    assert MM.of(entry("Kernel/Memory")) == entry("Kernel/MM")
    assert MM.of(entry("Kernel/Memory/Swap")) == entry("Kernel/MM/Swap")
    assert not MM.concerns(entry("Kernel/Memory hotplug"))


def test_the_longest_name_counts() -> None:
    both = Renaming((*MM.pairs, (entry("Kernel/Memory/Swap"), entry("Kernel/Swap"))))
    assert both.all_of([entry("Kernel/Memory/Swap/X"), entry("Kernel/Memory/X")]) == (
        entry("Kernel/Swap/X"),
        entry("Kernel/MM/X"),
    )


def test_an_article_has_each_entry_once() -> None:
    assert MM.all_of([entry("Kernel/Memory"), entry("Kernel/X"), entry("Kernel/MM")]) == (
        entry("Kernel/MM"),
        entry("Kernel/X"),
    )


def test_what_is_another_name_of_a_topic_stays() -> None:
    kept = MM._replace(kept=(entry("Kernel/Memory/Paging"), entry("Kernel")))
    assert kept.of(entry("Kernel/Memory/Paging/X")) == entry("Kernel/Memory/Paging/X")
    assert kept.of(entry("Kernel/Memory/X")) == entry("Kernel/MM/X")


def test_what_two_entries_share_is_counted_once() -> None:
    assert is_below(entry("A/B"), entry("A"))
    assert not is_below(entry("A"), entry("A/B"))
    assert parted(entry("A/B/C"), entry("A/X/Y/C")) == (1, 1)
    assert parted(entry("A/A"), entry("A")) == (1, 0)


def test_what_stands_below_other_names_is_filed_below_the_last_of_them() -> None:
    aliases = {entry("Kernel/Old"): entry("Kernel/Mid/X"), entry("Kernel/Mid"): entry("Kernel/New")}
    assert own_name(entry("Kernel/Old/Deep"), aliases, ()) == entry("Kernel/New/X/Deep")
    assert own_name(entry("Kernel/Old"), aliases, ()) == entry("Kernel/Old")
    assert own_name(entry("Kernel/Old/Deep"), aliases, {entry("Kernel/Old/Deep")}) == entry("Kernel/Old/Deep")


def test_a_level_without_a_name_may_differ_in_case_only_from_one_with_a_name() -> None:
    named = {
        entry("Kernel/Long"),
        entry("Kernel/Straße"),
        entry("Kernel/Memory/Swap"),
        entry("Kernel/Memory"),
    }
    assert list(case_clashes(entry("Kernel/lONG/X"), named)) == [(entry("Kernel/lONG"), entry("Kernel/Long"))]
    assert list(case_clashes(entry("Kernel/STRASSE"), named)) == [
        (entry("Kernel/STRASSE"), entry("Kernel/Straße"))
    ]
    assert not list(case_clashes(entry("Kernel/Memory/Swapping"), named))
    assert not list(case_clashes(entry("Kernel/Long"), named))
