"""A header's values are read one level at a time, each with its line."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import yaml

from lwnindex.readers.nodes import Node, of_lines, of_values, of_yaml

YAML = "title: 4.10\ntags:\n  - a\n  - ~\n\nextra: {team: T}\n"
TOML = ['title = "4.10"', "tags = [", '  "a",', '  "b"]', "", "[extra]", 'team = "T"']


def fields(node: Node) -> dict[str, tuple[Node, int]]:
    pairs = node.pairs()
    assert pairs is not None
    return {name: (value, line) for name, value, line in pairs}


def yaml_fields() -> dict[str, tuple[Node, int]]:
    root = yaml.compose(YAML, Loader=yaml.SafeLoader)
    assert root is not None
    return fields(of_yaml(root, 2))


def toml_fields() -> dict[str, tuple[Node, int]]:
    values: dict[str, object] = {"title": "4.10", "tags": ["a", "b"], "extra": {"team": "T"}}
    return fields(of_values(values, TOML, 2))


def test_yaml_gives_the_text_that_stands_there_and_its_line() -> None:
    found = yaml_fields()
    items = found["tags"][0].items() or ()

    assert (found["title"][0].text(), found["title"][1]) == ("4.10", 2)
    assert [(one.text(), one.line) for one in items] == [("a", 4), ("", 5)]
    assert (found["extra"][1], found["extra"][0].text(), found["extra"][0].items()) == (7, None, None)
    assert fields(found["extra"][0])["team"][0].text() == "T"


def test_what_a_parser_made_is_looked_for_in_the_rows() -> None:
    found = toml_fields()
    items = found["tags"][0].items() or ()

    assert [line for _, line in found.values()] == [2, 3, 7]
    assert [(one.text(), one.line) for one in items] == [("a", 4), ("b", 5)]
    assert fields(found["extra"][0])["team"][1] == 8


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (3, "3"),
        ("a  b", "a b"),
        (date(2009, 12, 22), "2009-12-22"),
        (datetime(2009, 12, 22, 10, 0), "2009-12-22T10:00:00"),  # noqa: DTZ001
    ],
)
def test_a_plain_value_is_a_text(value: object, text: str) -> None:
    assert fields(of_values({"x": value}, ["x = 1"], 1))["x"][0].text() == text


def test_a_number_too_long_for_digits_is_hexadecimal() -> None:
    number = 16**5000
    assert fields(of_values({"x": number}, ["x = 1"], 1))["x"][0].text() == hex(number)


def test_a_field_that_is_in_no_row_stands_where_its_table_does() -> None:
    assert fields(of_values({"x": 1}, ["y = 1"], 5))["x"][1] == 5


def test_lines_below_one_another_are_one_text_or_several() -> None:
    found = fields(of_lines([("tags", 3, ["a", "b"]), ("title", 2, ["T"])]))

    assert found["tags"][0].text() == "a b"
    assert [(one.text(), one.line) for one in found["tags"][0].items() or ()] == [("a", 3), ("b", 4)]
    assert (found["title"][0].items(), found["title"][0].pairs(), found["title"][1]) == (None, None, 2)
    assert (of_lines([]).line, of_lines([]).text(), of_lines([]).items()) == (1, None, None)
