"""There is advice on every code, and on nothing else."""

from __future__ import annotations

import pytest

from lwnindex.advice import MEANINGS, advice, explained, helps


def test_every_code_has_its_advice_and_there_is_no_other() -> None:
    assert advice().keys() == MEANINGS.keys() == helps().keys()


@pytest.mark.parametrize("code", MEANINGS)
def test_advice_is_in_whole_sentences_with_an_example(code: str) -> None:
    one = advice()[code]

    assert one.why.endswith(".")
    assert one.mend.endswith(".")
    assert one.example.strip()


def test_what_is_told_begins_with_the_code() -> None:
    assert list(explained("no-alt"))[:2] == ["no-alt: a warning", MEANINGS["no-alt"]]
    assert next(explained("dead-link")) == "dead-link: an error"
    assert next(explained("same-name")) == "same-name: a hint"
