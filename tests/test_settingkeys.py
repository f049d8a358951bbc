"""A key outside its table is told by the table that it belongs to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.configured import mistakes


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('title = "x"', 'there is no key "title". Did you mean "title" under [site]?'),
        ('url = "https://a.example/"', 'there is no key "url". Did you mean "url" under [site]?'),
        ("per_page = 5", 'there is no key "per_page". Did you mean "per_page" under [pages]?'),
        ('folder = "x"', 'there is no key "folder". Did you mean "folder" under [output]?'),
        ("[options]\nmeasure = 1", 'there is no key "options". Did you mean "options" under [theme]?'),
        ("by_year = true", 'there is no key "by_year". Did you mean "by_year" under [indexes.NAME]?'),
        ('preset = "hugo"', 'there is no key "preset". Did you mean "preset" under [[sources]]?'),
        ('lang = "de"', 'there is no key "lang". Did you mean "lang" under [[sources]] or [[feeds]]?'),
        (
            'entries = ["A"]',
            'Did you mean "entries" under [[sources]], [sources.select] or [[feeds]]?',
        ),
        ('since = "2020"', 'Did you mean "since" under [[feeds_out.query]]?'),
    ],
)
def test_a_key_without_the_head_of_its_table_is_told_by_that(tmp_path: Path, text: str, said: str) -> None:
    (found,) = mistakes(tmp_path, text)

    assert said in found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[pages]\naccelerate = true", 'newest, per_page; "accelerate" stands under [markdown].'),
        ('[links]\ncontent = ["a"]', 'There are: style; "content" stands above all tables.'),
        ("[links]\nzzz = 1", "There are: style."),
    ],
)
def test_a_key_in_a_table_of_others_is_told_by_its_own(tmp_path: Path, text: str, said: str) -> None:
    (found,) = mistakes(tmp_path, text)

    assert said in found


def test_a_key_that_is_spelled_like_one_beside_it_is_taken_for_that(tmp_path: Path) -> None:
    (found,) = mistakes(tmp_path, "[pages]\nper_pag = 1")

    assert found.endswith('Did you mean "pages.per_page"?')
