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


def test_it_is_told_who_allows_no_more() -> None:
    sizes = {f"{number}": 30 * 2**20 for number in range(2)}
    host = HOSTS["cloudflare-pages"]

    assert "cloudflare-pages takes 26,214,400" in next(faults(sizes, host, "cloudflare-pages")).message
    mine = next(faults(sizes, host._replace(files=1), "cloudflare-pages")).message
    assert mine == "the site has 2 files; [check] allows 1."


def test_the_configuration_wins_over_the_host() -> None:
    found = budget_of(CheckSettings(host="cloudflare-pages", max_files=100_000))

    assert found == HOSTS["cloudflare-pages"]._replace(files=100_000)
    assert budget_of(CheckSettings()) == Budget()
