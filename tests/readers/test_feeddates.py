"""The dates of feeds, in the zones that they were written in."""

from __future__ import annotations

import pytest

from lwnindex.readers.feeddates import read_feed_date


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("", None),
        ("2009-12-22T18:15:29Z", "2009-12-22T18:15:29+00:00"),
        ("2009-12-22T18:15:29.123-05:00", "2009-12-22T18:15:29-05:00"),
        ("Tue, 22 Dec 2009 18:15:29 +0100", "2009-12-22T18:15:29+01:00"),
        ("Tue, 22 Dec 09 18:15:29 EST", "2009-12-22T18:15:29-05:00"),
        ("Tue, 22 Dec 2009 18:15:29 CEST", "2009-12-22T18:15:29+02:00"),
        ("Tue 22 Dec 2009 18:15:29 GMT", "2009-12-22T18:15:29+00:00"),
        ("Tuesday, 22 December 2009 18:15:29 GMT+1", "2009-12-22T18:15:29+01:00"),
        ("Tue, 22 Dec 2009 18:15:29 Etc/GMT", "2009-12-22T18:15:29+00:00"),
        ("Tue, 22 Dec 2009 18:15:29 +0100 (CET)", "2009-12-22T18:15:29+01:00"),
        ("Tue Dec 22 18:15:29 2009", "2009-12-22T18:15:29"),
        ("Tue Dec 22 18:15:29 UTC 2009", "2009-12-22T18:15:29+00:00"),
        ("22-Dec-2009 18:15:29 GMT", "2009-12-22T18:15:29+00:00"),
        ("2009-12-22 18:15:29", "2009-12-22T18:15:29"),
        ("20091222T181529Z", "2009-12-22T18:15:29+00:00"),
        ("20091222", "2009-12-22"),
        ("2009-12", "2009-12-01"),
        ("2009", "2009-01-01"),
        ("Ter, 22 Dez 2009 18:15:29 -0300", "2009-12-22T18:15:29-03:00"),
        ("Di, 22 Mär 2009 18:15:29 +0100", "2009-03-22T18:15:29+01:00"),
        ("mar., 22 juil. 2009 18:15:29 +0200", "2009-07-22T18:15:29+02:00"),
        ("22 juin 2009", "2009-06-22"),
        ("22 de agosto de 2009", "2009-08-22"),
        (" \n2009-12-22\n ", "2009-12-22"),
    ],
)
def test_a_date_keeps_its_zone(written: str, found: str | None) -> None:
    assert read_feed_date(written) == found


@pytest.mark.parametrize(
    "written",
    ["2009-02-31", "Tue, 31 Feb 2009 00:00:00 GMT", "yesterday", "2009-13", "0", "1" * 5_000, ":" * 99],
)
def test_a_date_that_does_not_exist_is_none(written: str) -> None:
    with pytest.raises(ValueError, match="date"):
        read_feed_date(written)
