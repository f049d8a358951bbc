"""Tags and categories are parted as each generator parts them."""

from __future__ import annotations

import pytest

from lwnindex.presets import PresetName
from lwnindex.readers.filing import dropped, found_terms
from lwnindex.readers.header import read_header
from lwnindex.reading import Reading, reading
from lwnindex.settings import Config, SourceSettings


def rules(preset: PresetName) -> Reading:
    return reading(Config(), SourceSettings(path="x", preset=preset))


TERMS: dict[str, tuple[str, PresetName, str, list[tuple[str, int]]]] = {
    "a list": ("tags:\n  - a b\n  - c, d", "jekyll", "tags", [("a b", 3), ("c, d", 4)]),
    "spaces": ("tags: a  b", "jekyll", "tags", [("a", 2), ("b", 2)]),
    "commas by a slip": ("tags: a b, c", "jekyll", "tags", [("a b", 2), ("c", 2)]),
    "one category": ("category: a b", "jekyll", "categories", [("a b", 2)]),
    "the singular first": ("categories: [x]\ncategory: a", "jekyll", "categories", [("a", 3)]),
    "one tag": ("tag: a b", "jekyll", "tags", [("a b", 2)]),
    "commas": ("Tags: a b, c,", "pelican", "tags", [("a b", 2), ("c", 2)]),
    "semicolons": ("Tags: a, b; c", "pelican", "tags", [("a, b", 2), ("c", 2)]),
    "a category with a comma": ("Category: a, b", "pelican", "categories", [("a, b", 2)]),
    "one text": ("tags: a, b", "hugo", "tags", [("a, b", 2)]),
    "a table": ("taxonomies:\n  tags: [a, b]", "zola", "tags", [("a", 3), ("b", 3)]),
    "none": ("tags:\ntitle: a", "hugo", "tags", []),
}


@pytest.mark.parametrize(("text", "preset", "field", "wanted"), TERMS.values(), ids=TERMS)
def test_terms_have_their_lines(
    text: str, preset: PresetName, field: str, wanted: list[tuple[str, int]]
) -> None:
    values = read_header(text, "a.md", 2, "yaml", rules(preset))

    assert found_terms(values, field, rules(preset)) == [(field, term, line) for term, line in wanted]
    assert values.problems == []


def test_what_is_no_term_is_a_problem() -> None:
    values = read_header("tags: [a, [b]]", "a.md", 2, "yaml", rules("hugo"))

    assert found_terms(values, "tags", rules("hugo")) == [("tags", "a", 2)]
    assert [one.code for one in values.problems] == ["bad-field"]


def test_words_of_a_generator_are_no_terms() -> None:
    assert dropped(("tags", "Draft", 1), rules("nikola"))
    assert not dropped(("tags", "Draft", 1), rules("pelican"))
    assert not dropped(("categories", "draft", 1), rules("nikola"))
