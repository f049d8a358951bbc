"""Dates are read in the forms that people and LWN use, and stay dates."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.readers.dates import WRITTEN, date_of_name, date_of_path, date_of_stem, read_date


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2009-12-22", "2009-12-22"),
        ("2009-1-2", "2009-01-02"),
        ("2009-12-22T10:00:00Z", "2009-12-22T10:00:00+00:00"),
        ("2009-12-22T10:00:00.123+01:00", "2009-12-22T10:00:00+01:00"),
        ("2009-12-22 10:00", "2009-12-22T10:00:00"),
        ("2009-12-22 10:00:05 -0830", "2009-12-22T10:00:05-08:30"),
        ("December 22, 2009", "2009-12-22"),
        ("  Dec.  22,\u00a02009 ", "2009-12-22"),
        ("december 22nd 2009", "2009-12-22"),
        ("May 1, 2009", "2009-05-01"),
        ("Sept 3, 2009", "2009-09-03"),
        ("December 22, 2009 17:30 UTC", "2009-12-22T17:30:00+00:00"),
        ("22 December 2009", "2009-12-22"),
        ("22 Dec 2009", "2009-12-22"),
        ("3rd June 2010", "2010-06-03"),
        ("Tue, 22 Dec 2009 10:00:00 +0000", "2009-12-22T10:00:00+00:00"),
        ("Tue, 22 Dec 2009 10:00 EST", "2009-12-22T10:00:00-05:00"),
        ("22 Dec 09 10:00:00 GMT", "2009-12-22T10:00:00+00:00"),
        ("22 Dec 98", "1998-12-22"),
        ("February 29, 2008", "2008-02-29"),
        ("2009-12-22 13:50:09+00:00", "2009-12-22T13:50:09+00:00"),
        ("2009-12-22 5:00:00 +0900", "2009-12-22T05:00:00+09:00"),
        ("2009-12-22T10:00:00+01", "2009-12-22T10:00:00+01:00"),
        ("2009-12-22 10:00:05.123456789 +0100 CET", "2009-12-22T10:00:05+01:00"),
        ("2009-12-22 10:00:05 UTC-03:00", "2009-12-22T10:00:05-03:00"),
        ("2009/12/22", "2009-12-22"),
        ("2009/1/2 10:00", "2009-01-02T10:00:00"),
        ("2009.12.22", "2009-12-22"),
        ("22.12.2009", "2009-12-22"),
        ("1.2.2009 10:00 CET", "2009-02-01T10:00:00+01:00"),
        ("20091222", "2009-12-22"),
        ("20091222T101112", "2009-12-22T10:11:12"),
        ("20091222T101112Z", "2009-12-22T10:11:12+00:00"),
        ("2009年12月22日", "2009-12-22"),
        ("2009年1月2日 10:00", "2009-01-02T10:00:00"),
        ("Tuesday, 22-Dec-09 10:00:00 GMT", "2009-12-22T10:00:00+00:00"),
        ("Tue Dec 22 10:00:00 2009", "2009-12-22T10:00:00"),
        ("Tue Dec 22 10:00:00 CEST 2009", "2009-12-22T10:00:00+02:00"),
        ("Tue Dec 22 2009 10:00:00 GMT+0100 (CET)", "2009-12-22T10:00:00+01:00"),
        ("Tuesday, December 22, 2009", "2009-12-22"),
        ("Tuesday 22 December 2009", "2009-12-22"),
        ("2009 Dec 22", "2009-12-22"),
        ("22-Dec-2009", "2009-12-22"),
        ("December 22, 2009 at 5:30 pm JST", "2009-12-22T17:30:00+09:00"),
        ("December 22, 2009, 12:05 a.m.", "2009-12-22T00:05:00"),
        ("2009-12-22 12:30PM", "2009-12-22T12:30:00"),
        ("", None),
        (" \n", None),
    ],
)
def test_a_date_is_read(written: str, iso: str | None) -> None:
    assert read_date(written) == iso


@pytest.mark.parametrize(
    "written",
    [
        *("February 30, 2009", "2009-02-29", "2009-13-01", "31 June 2010", "2009-12-22T25:00:00"),
        *(
            "31.11.2009",
            "20091322",
            "2009/02/29",
            "2009年2月30日",
            "2009-12-22 13:00 pm",
            "2009-12-22 10:00+0099",
        ),
        *("0000-01-01", "0999-12-31", "9999-12-31", "22 Dec 2009 10:00 XYZ", "2009-12-22T10:00:00+99:00"),
    ],
)
def test_a_date_that_does_not_exist_is_refused_with_a_sentence(written: str) -> None:
    with pytest.raises(ValueError, match=r'^there is no such date as ".+"\.$'):
        read_date(written)


@pytest.mark.parametrize("written", ["yesterday", "12/22/2009", "2009", "December 2009", "1" * 5000])
def test_what_is_no_date_is_refused_with_a_sentence(written: str) -> None:
    with pytest.raises(ValueError, match=r'^".{1,80}" is not a date that can be read\.$'):
        read_date(written)


@pytest.mark.parametrize("written", ["03/04/2009", "1/2/2009 10:00"])
def test_a_date_with_two_meanings_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"day first or the month first"):
        read_date(written)


@pytest.mark.parametrize("zone", ["IST", "BST"])
def test_a_zone_with_several_meanings_is_refused(zone: str) -> None:
    with pytest.raises(ValueError, match=r"stands for several"):
        read_date(f"2009-12-22 10:00 {zone}")


@given(st.dates(date(1000, 1, 1), date(9998, 12, 31)))
def test_every_day_is_read_as_lwn_and_iso_write_it(day: date) -> None:
    assert read_date(day.isoformat()) == day.isoformat()
    assert read_date(f"{day:%B} {day.day}, {day.year}") == day.isoformat()
    for form in ("{y}/{m:02}/{d:02}", "{y}.{m}.{d}", "{d}.{m}.{y}", "{y}{m:02}{d:02}", "{y}年{m}月{d}日"):
        assert read_date(form.format(y=day.year, m=day.month, d=day.day)) == day.isoformat()


@given(
    st.text(max_size=40)
    | st.from_regex(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?( ?[+-]\d{4})?", fullmatch=True)
)
def test_any_text_is_a_date_or_refused(written: str) -> None:
    try:
        found = read_date(written)
    except ValueError:
        return
    assert found is None or datetime.fromisoformat(found).year >= 1000


@pytest.mark.parametrize(
    ("file", "wanted"),
    [
        ("content/2009-12-22-ceph.md", "2009-12-22"),
        ("2009-12-22.md", "2009-12-22"),
        ("2009-12-22_ceph.md", "2009-12-22"),
        ("2009-13-22-ceph.md", None),
        ("2009-12-223.md", None),
        ("2009-12-22/ceph.md", None),
        ("ceph-2009-12-22.md", None),
    ],
)
def test_the_name_of_a_file_may_start_with_a_date(file: str, wanted: str | None) -> None:
    assert date_of_name(file) == wanted


@pytest.mark.parametrize(
    ("stem", "wanted"),
    [
        ("2009-12-22-ceph", "2009-12-22"),
        ("2009-1-2-ceph", "2009-01-02"),
        ("20091222-ceph", "2009-12-22"),
        ("2009-12-22_ceph", "2009-12-22"),
        ("2009-12-22", "2009-12-22"),
        ("2009-12-22T10:00:00Z-ceph", "2009-12-22"),
        ("2009-13-22-ceph", None),
        ("200912223", None),
        ("2009-ceph", None),
    ],
)
def test_a_name_may_start_with_a_shorter_date(stem: str, wanted: str | None) -> None:
    assert date_of_stem(stem) == wanted


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("2018/09/13/Rust-1.29", "2018-09-13"),
        ("/2018/9/13/x/", "2018-09-13"),
        ("content/2018/09/13/x.md", "2018-09-13"),
        ("2018/09/x.md", None),
        ("2018/13/13/x.md", None),
        ("12018/09/13/x.md", None),
        ("2018/09/13/", None),
    ],
)
def test_folders_may_say_the_date(path: str, wanted: str | None) -> None:
    assert date_of_path(path) == wanted


@pytest.mark.parametrize("written", ["December 22, 2009", "22 Dec 2009", "2009-12-22", "Feb. 30, 2009"])
def test_what_is_written_as_a_date_is_known_from_its_looks(written: str) -> None:
    assert re.fullmatch(WRITTEN, written, re.IGNORECASE)


def test_an_old_letter_that_is_a_variant_of_s_is_read_as_one() -> None:
    assert read_date("\u017fep 1, 2009") == "2009-09-01"
