"""Words of a text: what the vectors say, which the browser's program is held to as well."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.tokens import LONGEST, counts, key, parts, tokens
from tests.programs import ROOT

VECTORS = json.loads((ROOT / "tests" / "tokens.json").read_text("utf-8"))


@pytest.mark.parametrize(("text", "expected"), VECTORS["tokens"])
def test_a_text_has_these_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(("token", "expected"), VECTORS["parts"])
def test_a_token_has_these_parts(token: str, expected: list[str]) -> None:
    assert parts(token) == expected


@pytest.mark.parametrize(("term", "expected"), VECTORS["keys"])
def test_a_term_is_sorted_under_this_key(term: str, expected: str) -> None:
    assert key(term) == expected


def test_there_are_vectors_enough_to_hold_two_programs_together() -> None:
    assert len(VECTORS["tokens"]) >= 60


@given(st.text())
def test_tokens_and_parts_are_short_start_with_no_underscore_and_have_a_key(text: str) -> None:
    found = tokens(text)

    for token in [*found, *(part for each in found for part in parts(each))]:
        assert 0 < len(token) <= LONGEST
        assert token[0] != "_"
        assert set(key(token)) <= set("abcdefghijklmnopqrstuvwxyz0123456789_")


@given(
    st.one_of(st.text(), st.text(alphabet=st.sampled_from("aZ9_.' \u2019\u2026\xa0+#v-s\xe9\u4e2d\uce74\n")))
)
def test_counts_are_those_of_the_tokens(text: str) -> None:
    assert counts(text) == Counter(tokens(text))


@given(st.text(alphabet=st.sampled_from("aZ9_.'\u2019+#v-sé 中커ı"), max_size=30))
def test_text_of_awkward_characters_reads_the_same_in_any_form_and_case(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)

    assert tokens(decomposed) == tokens(text)
    assert tokens(text.upper()) == tokens(text)


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_plain_text_has_the_same_tokens_beside_other_text(text: str) -> None:
    assert tokens(f"{text} λ") == [*tokens(text), "λ"]
