"""TOML with lines: values are what the standard library reads, and every key and item has its line."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.readers.nodes import Refused
from lwnindex.readers.tomlscan import key_of, read

SIMPLE = '''# what a file of topics uses
top = true
["Kernel/A b"] # a row
note = """
one \\
   two
three"""
'single' = 'C:\\path'
list = [ "a", # why
  "b",

  ["c", "d"],
]
[bare-key]
number = 1_000
float = 1.5
day = 2009-12-22 10:00:00
text = "tab\\t, quote \\", \\u00e9"
empty = ""
long = \'\'\'two
lines\'\'\'
'''
ALL = '''
"x y".note = "dotted"
"x y".more.deep = [1, 2]
inline = { a = "b", c = [
  "d" ] }
[[many]]
name = "first"
[[many]]
name = "second"
[one.two]
three = """"quoted""""
'''


@pytest.mark.parametrize("text", [SIMPLE, ALL, "", "# nothing", "a = 1", "a = []", "a = [ ]\n\n", "[a]\n[b]"])
def test_values_are_those_of_the_standard_library(text: str) -> None:
    assert read(text).values == tomllib.loads(text, parse_float=str)


def line_of(text: str, mark: str) -> int:
    """Return the line in which something stands."""
    return text[: text.index(mark)].count("\n") + 1


@pytest.mark.parametrize(
    ("place", "mark"),
    [
        (("top",), "top = "),
        (("Kernel/A b",), '["Kernel/A b"]'),
        (("Kernel/A b", "note"), "note"),
        (("Kernel/A b", "single"), "'single'"),
        (("Kernel/A b", "list", 0), '"a"'),
        (("Kernel/A b", "list", 1), '"b"'),
        (("Kernel/A b", "list", 2), '["c"'),
        (("Kernel/A b", "list", 2, 1), '"d"'),
        (("bare-key", "day"), "day"),
        (("bare-key", "empty"), "empty"),
        (("bare-key", "empty", "nowhere"), "empty"),
    ],
)
def test_keys_and_items_have_their_lines(place: tuple[str | int, ...], mark: str) -> None:
    assert read(SIMPLE).line(place) == line_of(SIMPLE, mark)


@pytest.mark.parametrize(
    ("place", "mark"),
    [
        (("x y",), '"x y".note'),
        (("x y", "note"), '"x y".note'),
        (("x y", "more", "deep", 1), '"x y".more'),
        (("inline", "a"), "inline"),
        (("inline", "c", 0), '"d"'),
        (("many",), "[[many]]"),
        (("one", "two", "three"), "three"),
    ],
)
def test_so_they_have_where_more_of_toml_is_used(place: tuple[str | int, ...], mark: str) -> None:
    assert read(ALL).line(place) == line_of(ALL, mark)


@pytest.mark.parametrize(
    ("written", "lines"),
    [
        ('"""\na\nb"""', (2, 3)),
        ('"""a\nb"""', (1, 2)),
        ("'''\na\n\nb\n'''", (2, 3, 4, 5)),
        ('"""\na \\\n\n  b\nc"""', (2, 5)),
        ('"""\na\\nb\nc"""', (2, 2, 3)),
        ('"""\na\\\\\nc"""', (2, 3)),
        ('"a"', (1,)),
    ],
)
def test_each_line_of_a_text_has_its_own(written: str, lines: tuple[int, ...]) -> None:
    found = read(f"note = {written}")

    assert found.text_lines(("note",)) == lines
    assert found.values["note"].count("\n") + 1 == len(lines)


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ('[a]\nb = "', 2, "a text in quotes does not end"),
        ("[a]\nb = 1\nb = 2", 3, '"b" a second time, after that in line 2'),
        ('a = ["x" "y"]', 1, "or a comma is missing"),
        ("a = [,]", 1, "this is no value"),
        ("a = 1 b = 2", 1, "behind a value"),
        ("a b = 1", 1, "no = follows"),
        ("a = [1,\n", 1, "value"),
        ("a = " + "[" * 30_000, 1, "deep"),
        ('\n["Kernel/A"]\n\n["Kernel/A"]\n', 4, '"Kernel/A" a second time, after that in line 2'),
    ],
)
def test_what_is_no_toml_is_refused_with_its_line(text: str, line: int, why: str) -> None:
    with pytest.raises(Refused, match=why) as refused:
        read(text)

    assert refused.value.line == line


PIECES = st.sampled_from(
    [
        *("a", "b", '"k/x"', "=", "[", "]", "{", "}", ",", ".", "\n", " ", "#c", "1", "true", '"x"', "'y'"),
        *('"""z\n"""', "\\", '"', "-", "\n[t]\n", "\nk = ", '["u v"]\n', "2009-12-22", '"\\u00e9"', '"\\q"'),
    ]
)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_any_text_is_read_as_the_standard_library_reads_it(text: str) -> None:
    def loaded() -> dict[str, Any] | None:
        try:
            return tomllib.loads(text, parse_float=str)
        except tomllib.TOMLDecodeError:
            return None

    try:
        found: dict[str, Any] | None = read(text).values
    except Refused:
        found = None
    assert found == loaded()


def test_a_large_file_needs_no_header_s_limit() -> None:
    text = "\n".join(f'["Kernel/Topic {one}"]\nsort = "{one:05}"' for one in range(5000))

    assert len(text) > 64 * 1024
    assert re.fullmatch(r"\d{5}", read(text).values["Kernel/Topic 4999"]["sort"])


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_name_is_a_key(name: str) -> None:
    assert list(tomllib.loads(f"[indexes.{key_of(name)}]\n")["indexes"]) == [name]


def test_a_plain_name_stands_without_quotes() -> None:
    assert [key_of(name) for name in ("Kernel", "a b", "Ä", "")] == ["Kernel", '"a b"', '"Ä"', '""']
