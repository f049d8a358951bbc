"""The day of a build is the one told, else the environment's, else today in the site's time zone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from lwnindex.clock import EPOCH, today, told_moment
from lwnindex.problems import SiteError

EVENING = {EPOCH: "1261522800"}
"""December 22, 2009, 23:00 UTC."""


@pytest.mark.parametrize(
    ("now", "environment", "zone", "found"),
    [
        ("2009-12-22", {}, "UTC", "2009-12-22"),
        ("2009-12-22", EVENING, "Asia/Tokyo", "2009-12-22"),
        ("20091222", {}, "UTC", "2009-12-22"),
        ("", EVENING, "UTC", "2009-12-22"),
        ("", EVENING, "Asia/Tokyo", "2009-12-23"),
        ("", EVENING, "America/New_York", "2009-12-22"),
        ("", {EPOCH: "0"}, "America/New_York", "1969-12-31"),
    ],
)
def test_the_day_of_a_build(now: str, environment: Mapping[str, str], zone: str, found: str) -> None:
    assert today(now, environment, zone) == found


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_without_being_told_it_is_today_there(zone: str) -> None:
    before = datetime.now(ZoneInfo(zone)).date().isoformat()
    found = today("", {EPOCH: ""}, zone)

    assert before <= found <= datetime.now(ZoneInfo(zone)).date().isoformat()


@pytest.mark.parametrize("now", ["tomorrow", "2009-02-30", "2009-12", "2009-12-22T10:00", "-1"])
def test_what_is_no_day_ends_with_two(now: str) -> None:
    with pytest.raises(SiteError, match=f'"{now}" is no day') as raised:
        today(now, {}, "UTC")
    assert raised.value.exit_code == 2


@pytest.mark.parametrize("said", ["yesterday", "1.5", "9" * 30])
def test_what_is_no_moment_ends_with_two(said: str) -> None:
    with pytest.raises(SiteError, match=EPOCH) as raised:
        today("", {EPOCH: said}, "UTC")
    assert raised.value.exit_code == 2


def test_the_environment_s_moment_is_to_the_second() -> None:
    assert told_moment(EVENING) == datetime(2009, 12, 22, 23, tzinfo=UTC)
    assert told_moment({}) is None
