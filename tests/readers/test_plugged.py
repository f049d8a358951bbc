"""What a plug-in's reader gives is checked, and its dates and entries are read as ours are."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from lwnindex.model import Manuscript, Source
from lwnindex.readers.items import Items
from lwnindex.readers.plugged import NoManuscriptError, plugged
from lwnindex.reading import readings
from lwnindex.registry import Reader
from lwnindex.settings import Config

SOURCE = Source(file="content/a.note", path="a.note", digest="")


def read(found: Any) -> Items:
    reader = Reader("reader", lambda _: True, lambda *_: found)
    return plugged(reader, SOURCE, b"", readings(Config())[""])


def test_dates_may_be_written_in_all_forms_or_be_dates() -> None:
    made: Any = date(2011, 1, 2)
    (found,) = read(Manuscript(text="", date="December 22, 2009", updated=made)).manuscripts

    assert (found.date, found.updated) == ("2009-12-22", "2011-01-02")


def test_what_is_no_date_and_no_entry_is_a_problem() -> None:
    entries = (("Kernel",), ("Kernel", "BPF"), ("Kernel", "BPF"), ("Kernel", "I/O"))
    (found,) = read(Manuscript(text="", date="someday", entries=entries)).manuscripts

    assert (found.date, found.entries) == (None, (("Kernel", "BPF"), ("Kernel", "I/O")))
    assert [one.code for one in found.problems] == ["bad-date", "bad-entry"]
    assert len(found.entries) == len(found.entry_lines)


def test_several_manuscripts_have_an_id_each() -> None:
    one = Manuscript(text="x", title="One", date="2020-01-02")
    found = read(each for each in (one, Manuscript(text="y", title="One", date="2020-01-02")))

    assert len({each.id for each in found.manuscripts}) == 2
    assert found.manuscripts[0].id == "2020-01-02-one"
    assert read([]).manuscripts == ()


def test_a_text_holds_nothing_that_a_page_cannot() -> None:
    (found,) = read(Manuscript(text="a\r\nb\x00\x07\ud800", title="\ud800")).manuscripts

    assert found.text == "a\nb\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}"


ODD: list[tuple[Any, str]] = [
    (None, "a reader returned NoneType; return Manuscript, or several"),
    ("text", "a reader returned str; return Manuscript, or several"),
    ({"text": ""}, "a reader returned dict; return Manuscript, or several"),
    (["text"], "a reader returned str for a manuscript"),
    (Manuscript(text=3), "a manuscript that is none: text: Expected `str`, got `int`"),  # type: ignore[arg-type]
    (Manuscript(text="", authors="Ada"), "none: authors: Expected `array`, got `str`"),  # type: ignore[arg-type]
    (Manuscript(text="", markup="rst"), "none: markup: Invalid enum value 'rst'"),  # type: ignore[arg-type]
    (Manuscript(text="", title=object()), "none: Encoding objects of type object is unsupported"),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(("found", "said"), ODD)
def test_what_is_no_manuscript_is_a_fault_that_says_what_it_is(found: Any, said: str) -> None:
    with pytest.raises(NoManuscriptError) as caught:
        read(found)
    assert said in str(caught.value)
