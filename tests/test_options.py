"""Who works, and who is told of it, is said in one place."""

from __future__ import annotations

import pytest

from lwnindex.engine.executors import Serial
from lwnindex.options import Options


def test_hands_are_those_that_were_asked_for() -> None:
    assert isinstance(Options(executor="serial").hands("reading"), Serial)


def test_hands_that_nobody_knows_are_refused() -> None:
    with pytest.raises(ValueError, match="threads"):
        Options(executor="threads").hands("reading")


def test_progress_is_told_with_the_task() -> None:
    told: list[tuple[str, int, int]] = []
    hands = Options(executor="serial", progress=lambda *each: told.append(each)).hands("reading")

    done = [each.result for each in hands.batches(sum, [1, 2, 3], 2)]

    assert done == [3, 3]
    assert told == [("reading", 2, 3), ("reading", 3, 3)]
