"""What a host takes is known, and what a site has beyond it is told."""

from __future__ import annotations

import pytest

from lwnindex.checking.hosts import HOSTS, Budget, budget_of, faults
from lwnindex.settings import CheckSettings


@pytest.mark.parametrize(
    ("sizes", "budget", "subjects"),
    [
        ({"a": 1, "b": 2}, Budget(), []),
        ({"a": 1, "b": 2}, Budget(2, 3, 2, 2), []),
        ({"a": 1, "b": 2}, Budget(files=1), ["files"]),
        ({"a": 1, "b": 2}, Budget(size=2), ["bytes"]),
        ({"a": 1, "b": 2}, Budget(largest=1), ["b"]),
        ({"x/a": 1, "x/b": 1, "y/a": 1}, Budget(folder=1), ["x"]),
    ],
)
def test_each_limit_is_kept(sizes: dict[str, int], budget: Budget, subjects: list[str]) -> None:
    assert [one.subject for one in faults(sizes, budget, "host")] == subjects


def test_the_configuration_wins_over_the_host() -> None:
    found = budget_of(CheckSettings(host="cloudflare-pages", max_files=100_000))

    assert found == HOSTS["cloudflare-pages"]._replace(files=100_000)
    assert budget_of(CheckSettings()) == Budget()
