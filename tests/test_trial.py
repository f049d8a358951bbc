"""A trial counts what it should, and the suggestions for the real archive are as good as they must be."""

from __future__ import annotations

from pathlib import Path

import pytest

from lwnindex import config
from lwnindex.nearness import Space
from lwnindex.options import Options
from lwnindex.shelving import Given, shelf
from lwnindex.suggesting import evaluated
from lwnindex.trial import held_out, trial
from tests.makers import card


def article(id: str, text: str, *entries: str) -> Given:  # noqa: A002
    return Given(card(id, *entries, title="-"), (), text)


def test_a_share_of_the_ids_is_held_out_the_same_for_a_seed_in_any_order() -> None:
    ids = [str(number) for number in range(20)]

    assert len(held_out(ids, 1, 0.2)) == 4
    assert held_out(reversed(ids), 1, 0.2) == held_out(ids, 1, 0.2)
    assert held_out(ids, 2, 0.2) != held_out(ids, 1, 0.2)
    assert len(held_out(ids, 1, 0.01)) == 1


def test_figures_are_what_one_counts_by_hand() -> None:
    # Whichever is held out, the other two of its kind have the topics A and B; C is filed but once, of 1.
    archive = [
        article("1", "osd rados", "Kernel/A", "Kernel/B"),
        article("2", "osd rados", "Kernel/A", "Kernel/B"),
        article("3", "osd rados", "Kernel/A", "Kernel/B"),
        article("4", "unlike all", "Kernel/D"),
    ]
    space = Space(shelf(archive))
    seed = next(one for one in range(99) if held_out("1234", one, 0.25) == {"1"})

    found = trial(space, seed, 0.25)

    # A is right at 1; A and B of at most three suggestions, and of five, are.
    assert (found.articles, found.held_out) == (4, 1)
    assert found.precision == pytest.approx((1, 2 / 3, 2 / 5))
    assert found.recall == pytest.approx((1 / 2, 1, 1))
    assert found.precision_ceiling == pytest.approx((1, 2 / 3, 2 / 5))
    assert found.recall_ceiling == pytest.approx((1 / 2, 1, 1))


def test_a_topic_of_none_but_the_held_out_lowers_the_ceiling() -> None:
    archive = [
        article("1", "osd rados", "Kernel/A", "Kernel/Alone"),
        article("2", "osd rados", "Kernel/A"),
        article("3", "packets", "Kernel/B"),
        article("4", "packets", "Kernel/B"),
    ]
    space = Space(shelf(archive))
    one = next(seed for seed in range(99) if held_out("1234", seed, 0.25) == {"1"})
    two = next(seed for seed in range(999) if held_out("1234", seed, 0.5) == {"1", "3"})

    alone, both = trial(space, one, 0.25), trial(space, two, 0.5)

    assert alone.recall_ceiling == alone.recall == pytest.approx((1 / 2, 1 / 2, 1 / 2))
    assert alone.precision_ceiling == alone.precision == pytest.approx((1, 1 / 3, 1 / 5))
    # Of the second, its one entry is known: (1/2 + 1) / 2, and (1/3 + 1/3) / 2.
    assert both.recall == pytest.approx((3 / 4, 3 / 4, 3 / 4))
    assert both.precision == pytest.approx((1, 1 / 3, 1 / 5))


def test_what_the_held_out_are_filed_under_has_no_bearing() -> None:
    """Two articles are held out that are each other's nearest; neither is found after the other."""
    archive = [
        article("1", "osd rados", "Kernel/A"),
        article("2", "osd rados", "Kernel/A"),
        article("3", "packets", "Kernel/B"),
        article("4", "packets", "Kernel/B"),
    ]
    seed = next(one for one in range(999) if held_out("1234", one, 0.5) == {"1", "2"})

    found = trial(Space(shelf(archive)), seed, 0.5)

    assert found.recall == found.recall_ceiling == (0, 0, 0)


def test_unfiled_articles_take_no_part() -> None:
    archive = [article("1", "a", "Kernel/A"), article("2", "a", "Kernel/A"), article("3", "a")]

    assert trial(Space(shelf(archive))).articles == 2


def test_on_the_real_archive_suggestions_are_as_good_as_they_must_be(shared: Path, tmp_path: Path) -> None:
    options = {
        "content": (str(shared / "corpora/lwn-kernel-2009-2012"),),
        "output": str(tmp_path / "site"),
        "store": str(tmp_path / "store"),
    }

    found = evaluated(config.load(None, {}, options), (1, 2, 3), options=Options(executor="serial"))

    assert [one.held_out for one in found] == [154] * 3
    assert sum(one.precision[1] for one in found) / 3 >= 0.36
    assert sum(one.recall[2] for one in found) / 3 >= 0.75
    assert all(one.recall[2] <= one.recall_ceiling[2] for one in found)
