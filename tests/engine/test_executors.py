"""Workers do each batch once, and hand on what it came to or how it failed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from lwnindex.engine.executors import Serial, workers


def test_batches_hold_all_items_in_order_and_none_is_larger_than_asked() -> None:
    done = list(Serial().batches(list, [3, 1, 4, 1, 5], 2))

    assert [list(one.items) for one in done] == [[3, 1], [4, 1], [5]]
    assert [one.result for one in done] == [[3, 1], [4, 1], [5]]
    assert not any(one.death for one in done)


def test_no_items_are_no_batches() -> None:
    assert list(Serial().batches(sum, [], 2)) == []


def test_a_failure_is_raised_before_the_next_batch() -> None:
    begun = []

    def work(batch: Sequence[int]) -> None:
        begun.append(batch[0])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(Serial().batches(work, [1, 2], 1))

    assert begun == [1]


def test_workers_are_known_by_their_name() -> None:
    assert isinstance(workers("serial"), Serial)


def test_a_name_that_no_workers_have_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(ValueError, match='no executor "threads"; there is "serial"'):
        workers("threads")
