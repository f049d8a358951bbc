"""Values keep their quotes where these can hold what is new."""

from __future__ import annotations

import tomllib
from typing import Literal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.readers.tomlscan import quoted
from lwnindex.refiling.exact import applied
from lwnindex.refiling.scalars import Scalar

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")), max_size=9)


@pytest.mark.parametrize(
    ("kind", "raw", "value", "part", "wanted"),
    [
        ("yaml", "a", "a", "b c", "b c"),
        ("yaml", "'a'", "a", "it's", "'it''s'"),
        ("yaml", '"a"', "a", 'say "x"', r'"say \"x\""'),
        ("yaml", "a", "a", "b: c", '"b: c"'),
        ("yaml", "a", "a", "b, c", '"b, c"'),
        ("yaml", "a, d", "a, d", "b, c", "b, c"),
        ("toml", "'a'", "a", "b", "'b'"),
        ("toml", "'a'", "a", "it's", '"it\'s"'),
        ("toml", '"""a"""', "a", "b", '"""b"""'),
        ("lines", "a", "a", "b: c", "b: c"),
    ],
)
def test_a_value_is_written_as_it_was(
    kind: Literal["yaml", "toml", "lines"], raw: str, value: str, part: str, wanted: str
) -> None:
    edit = Scalar(0, raw, value, kind).with_part(0, len(value), part)
    assert edit is not None
    assert applied(raw, [edit]) == wanted


def test_what_stands_below_its_key_is_not_written() -> None:
    assert Scalar(0, ">\n  a\n  b\n", "a b\n", "yaml").with_part(0, 3, "b c") is None


@given(WORDS.filter(lambda text: "\x85" not in text))
def test_quotes_hold_every_text_in_both_languages(text: str) -> None:
    assert tomllib.loads(f"x = {quoted(text)}")["x"] == text
    assert yaml.safe_load(quoted(text)) == text
