"""Paths are made to name other levels and else stay as somebody wrote them."""

from __future__ import annotations

import html

import pytest

from lwnindex.refiling.levels import rewritten
from tests.makers import entry


@pytest.mark.parametrize(
    ("raw", "old", "new", "wanted"),
    [
        ("A/B/C", "A/B/C", "A/X/C", "A/X/C"),
        ("A / B /C", "A/B/C", "A/X/C", "A / X /C"),
        (" A/B ", "A/B", "A/X", " A/X "),
        ("A/B", "A/B", "A/X/Y", "A/X/Y"),
        ("A/B/C", "A/B/C", "A/C", "A/C"),
        ("A/ B/C", "A/B/C", "A/ X Y/Z/C", "A/  X Y/Z/C"),
        ("A/B", "A/B", "A/N/B", "A/N/B"),
        ("R&amp;D/B", "R&D/B", "R&D/<X>", "R&amp;D/&lt;X&gt;"),
        ("A/X/B", "A/Z", "A/Q", None),
    ],
)
def test_only_what_differs_is_written_anew(raw: str, old: str, new: str, wanted: str | None) -> None:
    assert rewritten(raw, entry(old), entry(new), html.unescape, html.escape) == wanted


def test_a_slash_may_belong_to_a_name() -> None:
    assert rewritten("Block/I/O sched", ("Block", "I/O sched"), ("B", "I/O sched"), str, str) == "B/I/O sched"
    assert rewritten("a/" * 40, ("a",) * 41, ("b",), str, str) is None
