"""Tables that are sound each and cannot be together are told, with a way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.configured import mistakes


def test_two_indexes_with_one_path_are_a_mistake(tmp_path: Path) -> None:
    text = '[indexes.Harbour]\npath = "harbour/Index"\n[indexes.B]\npath = "Harbour/Index/"\n'

    assert mistakes(tmp_path, text) == [
        'the indexes "Harbour" and "B" have one path, "Harbour/Index"; give one of them another.'
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[sources]]\nlang = 'de'", 'each [[sources]] needs a "path"'),
        ('[[sources]]\npath = "a"\n[[sources]]\npath = "a"', 'two [[sources]] have the path "a"'),
        ('[[feeds]]\nname = "x"', 'each [[feeds]] needs a "url"'),
        ('[[feeds_out.query]]\nall = ["Kernel"]', 'the key "feeds_out.query[0].name": it must not be empty.'),
        ('[[feeds_out.query]]\nname = " "', 'the key "feeds_out.query[0].name": it must not be empty.'),
        (
            '[[feeds_out.query]]\nname = "A b"\n[[feeds_out.query]]\nname = "a_B"',
            'the queries "A b" and "a_B" have one path, "Queries/a_B"; give one of them another name.',
        ),
        ('[[feeds_out.query]]\nname = "A"\n[[feeds_out.query]]\nname = "A"', 'the queries "A" and "A" have'),
        (
            '[check]\nignore = ["dead-linkk"]',
            'names "dead-linkk", which is no code. Did you mean "dead-link"?',
        ),
    ],
)
def test_tables_that_cannot_be_together_are_told(tmp_path: Path, text: str, said: str) -> None:
    (found,) = mistakes(tmp_path, text)
    assert said in found
