"""Ids of items without a file: told by title and date, and no two alike in one source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex import names
from lwnindex.model import Manuscript
from lwnindex.readers.items import item_id, with_ids


@pytest.mark.parametrize(
    ("title", "date", "found"),
    [
        ("Two that didn't make it", "2009-12-22", "2009-12-22-two_that_didnt_make_it"),
        ("Two that didn't make it", "2009-12-22T10:00:00+00:00", "2009-12-22-two_that_didnt_make_it"),
        ("A note", None, "a_note"),
        ("Привет, мир", "2020-01-02", "2020-01-02-привет_мир"),
        ("word " * 30, None, "_".join(["word"] * 12)),
        ("...", "2020-01-02", "2020-01-02"),
    ],
)
def test_an_item_is_called_by_its_day_and_title(title: str, date: str | None, found: str) -> None:
    assert item_id(title, date) == found


@given(st.text(), st.sampled_from([None, "2020-01-02"]))
def test_every_item_has_an_id(title: str, date: str | None) -> None:
    assert item_id(title, date)
    assert len(item_id(title, date)) <= 60 + len("2020-01-02-")


def test_items_of_one_name_are_told_apart_and_ids_that_are_told_stay() -> None:
    items = [Manuscript(text=text, title="In brief", date="2009-12-22") for text in ("one", "two", "two")]
    found = [one.id for one in with_ids([*items, Manuscript(text="", id="7")])]
    assert found[0] == "2009-12-22-in_brief"
    assert found[1].startswith("2009-12-22-in_brief~")
    assert found[3] == "7"
    assert len({names.folded(one) for one in found}) == 4


def test_thousands_of_items_that_are_alike_have_short_names_of_their_own() -> None:
    found = with_ids([Manuscript(text="", title="In brief")] * 3_000)
    assert len({names.folded(one.id) for one in found}) == 3_000
    assert max(len(one.id) for one in found) == len("in_brief~123456")
