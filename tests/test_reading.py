"""What decides how a source is read: presets, and what a configuration says is otherwise."""

from __future__ import annotations

from lwnindex.presets import PRESETS
from lwnindex.reading import reading, readings
from lwnindex.settings import Config, NamedIndex, SiteSettings, SourceSettings


def test_what_decides_how_a_source_is_read_is_the_same_in_any_order() -> None:
    one = Config(indexes={"B": NamedIndex(), "A": NamedIndex()}, site=SiteSettings(source="https://lwn.net/"))
    other = Config(indexes={"A": NamedIndex(), "B": NamedIndex()})

    assert reading(one) == reading(other)
    assert reading(one).index_names == ("A", "B")


def test_a_source_says_what_is_otherwise() -> None:
    source = SourceSettings(path="old", preset="jekyll", markdown="python", fields={"authors": "writer"})
    rules = reading(Config(), source)
    assert rules.markdown == "python"
    assert dict(rules.fields)["authors"] == ("writer",)
    assert dict(rules.fields)["title"] == PRESETS["jekyll"].fields["title"]


def test_tags_and_categories_are_entries_of_the_indexes_that_are_named() -> None:
    def indexes(index: str | dict[str, str]) -> dict[str, str]:
        return dict(reading(Config(), SourceSettings(path="old", index=index)).index)

    assert indexes("") == {"tags": "Tags", "categories": "Categories"}
    assert indexes("News") == {"tags": "News", "categories": "News"}
    assert indexes({"tags": "Topics"}) == {"tags": "Topics"}
    assert dict(reading(Config()).index) == {}


def test_there_are_rules_for_each_table_and_for_all_other_files() -> None:
    config = Config(sources=(SourceSettings(path="old", preset="zola"),))
    assert {name: one.preset for name, one in readings(config).items()} == {"": "lwn", "old": "zola"}
