"""The tables of topics are found, with what they mention."""

from __future__ import annotations

import pytest

from lwnindex.refiling.exact import applied
from lwnindex.refiling.tomlspans import tables
from lwnindex.refiling.topicfiles import described, lengthened, levels, mentioned
from tests.makers import entry

TEXT = """"Kernel/Inline" = { note = "n" }
x = 1
["Kernel/Block/I/O"] # c
aliases = ["Kernel/IO", ["Kernel", "a/b"], 3]
see_also = 'Kernel/Inline'
[tools.other]
y = 1
"""


def test_tables_and_lines_describe_topics() -> None:
    found = described("topics.toml", TEXT, ("I/O",))
    assert [one.entry for one in found] == [entry("Kernel/Inline"), ("Kernel", "Block", "I/O")]
    assert [one.is_inline for one in found] == [True, False]
    inline, table = found
    assert TEXT[table.start : table.header_end] == '["Kernel/Block/I/O"]'
    assert TEXT[inline.header_end :].startswith(' note = "n" }')
    assert [one.entry for one in mentioned(table.value("aliases"), ())] == [
        entry("Kernel/IO"),
        ("Kernel", "a/b"),
    ]
    assert [one.entry for one in mentioned(table.value("see_also"), ())] == [entry("Kernel/Inline")]
    assert mentioned(inline.value("aliases"), ()) == ()


def test_levels_have_single_spaces() -> None:
    assert levels(" Kernel/ a  b", ()) == entry("Kernel/a b")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('a = ["x"]', 'a = ["1", "x", "2", "3"]'),
        ("a = []", 'a = ["1", "2", "3"]'),
        ('a = "x"', 'a = ["1", "x", "2", "3"]'),
        ('a = [\n  "x",\n  "y", # c\n]', 'a = [\n  "1",\n  "x",\n  "y",\n  "2",\n  "3", # c\n]'),
    ],
)
def test_a_list_gets_items_before_and_behind_its_own(text: str, wanted: str) -> None:
    (table,) = tables(text)
    assert applied(text, [*lengthened(text, table.pairs[0].value, ['"1"', '"2"', '"3"'], 1)]) == wanted
