"""An attribute stays where the HTML standard lets it stand, with a value that it may have."""

from __future__ import annotations

import pytest

from lwnindex.attributes import span, valid


@pytest.mark.parametrize(
    ("name", "attribute", "value", "kept"),
    [
        ("p", "lang", "de", "de"),
        ("p", "lang", "DE", "DE"),
        ("p", "lang", "de-AT", "de"),
        ("p", "lang", "zh-Hant", "zh-Hant"),
        ("p", "lang", "xx", None),
        ("p", "lang", "", None),
        ("p", "dir", "rtl", "rtl"),
        ("p", "dir", "auto", "auto"),
        ("p", "dir", "up", None),
        ("bdo", "dir", "auto", None),
        ("td", "colspan", "2", "2"),
        ("td", "colspan", "0", None),
        ("td", "colspan", "1001", None),
        ("td", "rowspan", "x", None),
        ("p", "rowspan", "2", None),
        ("th", "scope", "row", "row"),
        ("th", "scope", "all", None),
        ("td", "scope", "row", None),
        ("ol", "start", "-3", "-3"),
        ("ol", "start", "III", None),
        ("ul", "start", "3", None),
        ("li", "value", "7", "7"),
        ("li", "value", "", None),
        ("ol", "reversed", "", ""),
        ("ul", "reversed", "", None),
        ("q", "cite", "https://e.org/a/b.html", "https://e.org/a/b.html"),
        ("q", "cite", "see below", None),
        ("div", "cite", "https://e.org/", None),
        ("time", "datetime", "2009-12-22", "2009-12-22"),
        ("time", "datetime", "2009-02-29", None),
        ("ins", "datetime", "yesterday", None),
        ("p", "title", "any & all", "any & all"),
    ],
)
def test_a_value_stays_only_where_it_is_valid(
    name: str, attribute: str, value: str, kept: str | None
) -> None:
    assert valid(name, {attribute: value}).get(attribute) == kept


@pytest.mark.parametrize(("written", "meant"), [("3", 3), ("", 1), ("0", 1), ("x", 1), ("2000", 1)])
def test_a_span_that_means_nothing_is_one(written: str, meant: int) -> None:
    assert span(written) == meant
