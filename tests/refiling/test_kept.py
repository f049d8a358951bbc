"""Which folders topics have to keep when others are renamed, merged or moved."""

from __future__ import annotations

import pytest

from lwnindex import names
from lwnindex.model import Topic
from lwnindex.refiling.kept import folders
from lwnindex.refiling.renaming import Renaming
from tests.makers import entry


def marked(name: str) -> str:
    return name + names.mark(name)


@pytest.mark.parametrize(
    ("topics", "pair", "wanted"),
    [
        ({"A": "A", "B": "B"}, ("A", "C"), {}),
        ({"A": "A", "B": "B"}, ("A", "B"), {}),
        ({"Index": marked("Index"), "B": "B"}, ("B", "Index"), {}),
        ({"A b": "A_b"}, ("A b", "a b"), {"a b": "A_b"}),
        ({"a": "a", "A": marked("A")}, ("a", "A"), {"A": "a"}),
        ({"a": "a", "A": marked("A")}, ("A", "a"), {}),
        ({"a": "a", "A": marked("A"), "B": "B"}, ("a", "B"), {"A": marked("A")}),
    ],
)  # fmt: skip
def test_folders(topics: dict[str, str], pair: tuple[str, str], wanted: dict[str, str]) -> None:
    tree = {
        entry(f"Kernel/{one}"): Topic(
            entry=entry(f"Kernel/{one}"), path=f"Kernel/{folder}/index.html", anchor=one, own=(), count=0
        )
        for one, folder in topics.items()
    }
    old, new = (entry(f"Kernel/{one}") for one in pair)
    found = folders(tree, Renaming(((old, new),)))
    assert found == {entry(f"Kernel/{one}"): folder for one, folder in wanted.items()}
    assert folders(tree, Renaming(((old, new),)), found) == {}
