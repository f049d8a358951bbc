"""Whatever makes a page another one has a name, and two sentences."""

from __future__ import annotations

from typing import get_args

from msgspec.structs import replace

from lwnindex import causes
from lwnindex.causes import SENTENCES, Cause, Causes, Changed, differing

NOTHING = Causes(day="", program="p", words="", contexts={}, templates={}, closures={}, config={}, site={})


def test_every_kind_has_its_sentences() -> None:
    assert SENTENCES.keys() == set(get_args(causes.Kind))
    assert all(one and many for one, many in SENTENCES.values())


def test_what_is_new_gone_or_another_differs() -> None:
    assert differing({"a": "1", "b": "1", "c": "1"}, {"b": "2", "c": "1", "d": "1"}) == ("a", "b", "d")


def test_a_page_goes_for_all_that_has_a_bearing_on_pages() -> None:
    after = replace(NOTHING, config={"pages": "x", "store": "y"})

    assert Changed(NOTHING, after, {"a.md": "removed"}, ("b.md",)).of_removal() == (
        Cause("gone", ("a.md",)),
        Cause("day", ("b.md",)),
        Cause("configuration", ("[pages]",)),
    )


def test_another_program_is_the_cause_where_there_is_no_nearer_one() -> None:
    after = replace(NOTHING, program="q")

    assert Changed(NOTHING, after).of_removal() == (Cause("program"),)
    assert Changed(NOTHING, after, {"a.md": "new"}).of_removal() == (Cause("gone", ("a.md",)),)


def test_nothing_is_made_up_where_nothing_is_known() -> None:
    assert Changed(None, NOTHING).of_removal() == (Cause("unknown"),)
    assert Changed(NOTHING, NOTHING).of_removal() == (Cause("other"),)
