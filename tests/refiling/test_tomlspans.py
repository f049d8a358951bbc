"""The scanner finds in TOML what `tomllib` reads, each value where it stands."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.refiling import tomlspans
from lwnindex.refiling.tomlspans import Array, Inline, Other, Pair, Table, Text, Value

SPACES = st.sampled_from(["", " ", "\t", "  "])
GAPS = st.sampled_from(["", " ", "\n", ' # a [comment] = "x"\n', "\n\n\t"])
LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=8)


def basic(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def folded(text: str) -> str:
    return '"""\n' + text.replace("\\", "\\\\").replace('"""', '""\\"') + '\\\n   """'


STRINGS = st.one_of(
    LETTERS.map(basic),
    LETTERS.map(folded),
    LETTERS.filter(lambda text: "'" not in text).map(lambda text: f"'{text}'"),
    LETTERS.filter(lambda text: "'''" not in text and not text.endswith("'")).map(
        lambda text: f"'''{text}'''"
    ),
    st.sampled_from(['"""a""b"""', '"""a"""""', "'''a'''''", '"""a\\"""b"""', '"\\u00e9#]"', "'\\'", "'#'"]),
)
OTHERS = st.sampled_from(
    ["1", "-3.5e2", "true", "1979-05-27 07:32:00", "1979-05-27T07:32:00Z", "inf", "0x1F"]
)


def arrays(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    items = st.lists(st.tuples(GAPS, inner, GAPS).map("".join), max_size=3)
    return st.tuples(items, st.booleans(), GAPS).map(
        lambda one: "[" + ",".join(one[0]) + ("," if one[0] and one[1] else "") + one[2] + "]"
    )


def inlines(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.lists(st.tuples(SPACES, SPACES, inner), max_size=3)
    return pairs.map(
        lambda one: (
            "{" + ", ".join(f'{a}"k{at}"{b}={b}{value}{a}' for at, (a, b, value) in enumerate(one)) + "}"
        )
    )


VALUES = st.recursive(STRINGS | OTHERS, lambda inner: arrays(inner) | inlines(inner), max_leaves=6)


@st.composite
def documents(draw: st.DrawFn) -> str:
    out = []
    for table in range(draw(st.integers(0, 3))):
        if table:
            name = draw(
                st.sampled_from([f"t{table}", f'"Kernel/A {table}"', f"t{table} . 'x.y'", f'"]{table}"'])
            )
            out.append(draw(SPACES) + draw(st.sampled_from([f"[{name}]", f"[ {name} ] # c", f"[[{name}]]"])))
        for number in range(draw(st.integers(0, 3))):
            key = draw(st.sampled_from([f"a{number}", f'"a {number}"', f"b{number} . c", f"'#{number}'"]))
            out.append(f"{draw(SPACES)}{key}{draw(SPACES)}={draw(SPACES)}{draw(VALUES)}{draw(SPACES)}")
        out.append(draw(GAPS).strip(" \t"))
    return "\n".join(out)


def plain(value: Value) -> Any:
    if isinstance(value, Text):
        return value.value
    if isinstance(value, Other):
        return tomllib.loads(f"x = {value.raw}")["x"]
    return [plain(one) for one in value.items] if isinstance(value, Array) else nested(value.pairs, {})


def nested(pairs: tuple[Pair, ...], into: dict[str, Any]) -> dict[str, Any]:
    for names, value in pairs:
        at = into
        for name in names[:-1]:
            at = at.setdefault(name.value, {})
        at[names[-1].value] = plain(value)
    return into


def whole(tables: tuple[Table, ...]) -> dict[str, Any]:
    root: dict[str, Any] = {}
    for table in tables:
        at = root
        for name in table.path[:-1]:
            at = at.setdefault(name, {})
        if table.is_array:
            at.setdefault(table.path[-1], []).append(nested(table.pairs, {}))
        else:
            nested(table.pairs, at.setdefault(table.path[-1], {}) if table.path else at)
    return root


@given(documents())
def test_what_is_found_is_what_tomllib_reads(text: str) -> None:
    assert repr(whole(tomlspans.tables(text))) == repr(tomllib.loads(text))


@given(documents())
def test_each_string_stands_where_it_is_said_to(text: str) -> None:
    def strings(value: Value) -> list[Text]:
        if isinstance(value, Text):
            return [value]
        inner = value.items if isinstance(value, Array) else ()
        if isinstance(value, Inline):
            inner = tuple(pair.value for pair in value.pairs)
        return [each for one in inner for each in strings(one)]

    for table in tomlspans.tables(text):
        for pair in table.pairs:
            for found in strings(pair.value):
                assert tomlspans.decoded(text[found.start : found.end]) == found.value
        if table.names:
            assert text[table.start] == "["
            assert text[table.end - 1] == "]"


def test_what_is_no_toml_is_refused() -> None:
    with pytest.raises(ValueError, match="Invalid"):
        tomlspans.tables("a = [")


def test_strings_are_found_in_lists_and_inline_tables() -> None:
    (table,) = tomlspans.tables('x = ["a", ["b"], {y = "c", z = 1}]\nw = "d"\n')
    assert [one.value for one in tomlspans.strings(pair.value for pair in table.pairs)] == [
        "a",
        "b",
        "c",
        "d",
    ]
