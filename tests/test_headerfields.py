"""What fields of an answer's header say."""

from __future__ import annotations

import pytest

from lwnindex.headerfields import kind_of, retry_after


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("text/XML; charset=UTF-8", ("text/xml", "utf-8")),
        ('text/html; charset="iso-8859-1"', ("text/html", "iso-8859-1")),
        ("image/png", ("image/png", "")),
        ("", ("", "")),
        (f"text/html; charset*{'9' * 5000}=x", ("text/html", "")),
        ("text/html; charset=\xe9", ("text/html", "\xe9")),
    ],
)
def test_a_content_type_is_a_kind_and_a_charset(said: str, kind: tuple[str, str]) -> None:
    assert kind_of(said) == kind


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("7", 7.0), (" 120 ", 120.0), ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0), ("soon", None), ("", None)]
    + [(f"Mon, 01 Jan {year} 00:00:00 GMT", None) for year in ("99999999999", "9" * 5000)]
    + [(f"Mon, 01 Jan 2020 {'9' * 400}:00:00 GMT", None)],
)
def test_the_time_to_wait_is_told_in_seconds_or_as_a_date(said: str, seconds: float | None) -> None:
    assert retry_after(said) == seconds


def test_a_long_field_is_not_read_to_its_end() -> None:
    assert kind_of('text/html; a="' + '\\";' * 10_000_000) == ("text/html", "")
