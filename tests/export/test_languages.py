"""Languages are known by the three letters of ISO 639-3."""

from __future__ import annotations

import pytest

from lwnindex.export.languages import three_letters


@pytest.mark.parametrize(
    ("tag", "code"),
    [("en", "eng"), ("de", "deu"), ("pt-BR", "por"), ("AR", "ara"), ("zh", "zho"), ("gsw", "gsw")],
)
def test_a_language_has_three_letters(tag: str, code: str) -> None:
    assert three_letters(tag) == code


@pytest.mark.parametrize("tag", ["", "xx", "x-private", "1a2"])
def test_what_is_no_language_is_undetermined(tag: str) -> None:
    assert three_letters(tag) == "und"
