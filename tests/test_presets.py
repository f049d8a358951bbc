"""Presets say how other archives are written."""

from __future__ import annotations

from typing import get_args

import pytest

from lwnindex.presets import PRESETS, PresetName


def test_each_name_has_a_preset() -> None:
    assert set(PRESETS) == set(get_args(PresetName))


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_knows_the_fields_that_all_have(name: PresetName) -> None:
    assert {"title", "date", "authors", "entries", "draft"} <= set(PRESETS[name].fields)


@pytest.mark.parametrize("name", PRESETS)
def test_names_that_count_in_any_case_are_small(name: PresetName) -> None:
    names = [one for names in PRESETS[name].fields.values() for one in names]
    assert PRESETS[name].exact or names == [one.lower() for one in names]


def test_a_generators_own_names_go_first() -> None:
    assert PRESETS["zola"].fields["tags"][:2] == ("taxonomies.tags", "taxonomies.tag")
    assert "taxonomies.authors" in PRESETS["zola"].fields["authors"]
    assert PRESETS["jekyll"].fields["categories"][:2] == ("category", "categories")
    assert "modified" in PRESETS["jekyll"].fields["updated"]


def test_keywords_are_terms_where_no_generator_has_others() -> None:
    assert [name for name, one in PRESETS.items() if "keywords" in one.fields["tags"]] == ["plain"]
