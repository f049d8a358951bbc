"""Articles that their dates keep from the site are told."""

from __future__ import annotations

from typing import Any

import pytest

from lwnindex.checking.dates import faults
from tests.makers import card


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"date": "2020-01-02"}, []),
        ({"date": "2020-01-03"}, ["dated-ahead"]),
        ({"date": "2020-01-01", "expires": "2020-01-02"}, ["gone-by"]),
        ({"date": "2020-01-01", "expires": "2020-01-03"}, []),
        ({"date": "2020-01-03", "draft": True}, []),
    ],
)
def test_a_date_is_compared_with_the_day(fields: dict[str, Any], codes: list[str]) -> None:
    assert [one.code for _, one in faults([card(**fields)], "2020-01-02", "UTC")] == codes


def test_what_expires_before_it_is_published_is_told_as_that() -> None:
    one = card(date="2020-01-05", expires="2020-01-02")

    assert "before it is ever published" in next(faults([one], "2020-01-02", "UTC"))[1].message
