"""What becomes of entries."""

from __future__ import annotations

from lwnindex.refiling.renaming import Renaming, is_below, parted
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
