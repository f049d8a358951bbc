"""What is drawn from the measured figures has those figures."""

from __future__ import annotations

from random import Random
from statistics import mean

import pytest

from benchmarks import measured
from benchmarks.measured import Often

MANY = 20_000


def test_numbers_are_drawn_evenly_from_the_parts() -> None:
    random = Random(1)
    found = sorted(measured.drawn(random, (0, 10, 1000)) for _ in range(MANY))
    assert (found[0], found[-1]) == (0, 1000)
    assert found[MANY // 4] == pytest.approx(5, abs=1)
    assert found[MANY * 3 // 4] == pytest.approx(505, abs=20)


@pytest.mark.parametrize("often", [Often(0.3, 2.5), Often(0.9, 15.0), Often(0.01, 1.0)])
def test_a_thing_is_as_often_there_as_it_should_be(often: Often) -> None:
    random = Random(1)
    found = [measured.number(random, often) for _ in range(MANY)]
    some = [number for number in found if number]
    assert len(some) / MANY == pytest.approx(often.share, abs=0.01)
    assert mean(some) == pytest.approx(often.mean, rel=0.03)


def test_what_is_never_there_is_never_drawn() -> None:
    random = Random(1)
    assert {measured.number(random, Often(0.0, 1.0)) for _ in range(1000)} == {0}


@pytest.mark.parametrize("name", measured.PARTS)
def test_the_figures_by_length_add_up_to_those_of_all(name: str) -> None:
    by_length = zip(measured.LENGTH_SHARES, measured.PARTS[name], strict=True)
    together = sum(share * often.overall for share, often in by_length)
    assert together == pytest.approx(measured.OVERALL[name].overall, rel=0.06, abs=0.003)


def test_the_figures_of_entries_agree() -> None:
    assert sum(measured.ENTRIES) == measured.ARTICLES
    assert sum(count * number for number, count in enumerate(measured.ENTRIES, 1)) == measured.FILINGS
