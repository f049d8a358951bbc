"""A text may name several people, and a name may hold a comma."""

from __future__ import annotations

import pytest

from lwnindex.readers.authors import parted, unlinked


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Jane Doe", ["Jane Doe"]),
        ("Jane Doe and John Roe", ["Jane Doe", "John Roe"]),
        ("Jane Doe & John Roe", ["Jane Doe", "John Roe"]),
        ("Jane Doe, John Roe", ["Jane Doe", "John Roe"]),
        ("Jane Doe, John Roe, and Ann Poe", ["Jane Doe", "John Roe", "Ann Poe"]),
        ("jane, john and ann", ["jane", "john", "ann"]),
        ("a, b, c", ["a", "b", "c"]),
        ("Doe, Jane", ["Doe, Jane"]),
        ("Doe, Jane; Roe, John", ["Doe, Jane", "Roe, John"]),
        ("John Roe, Jr.", ["John Roe, Jr."]),
        ("The Release and Security Team", ["The Release and Security Team"]),
        ("Language and Tools Group", ["Language and Tools Group"]),
        ("Alexander Sandberg", ["Alexander Sandberg"]),
        (" and ", []),
        (",", []),
        ("", []),
    ],
)
def test_names_are_parted(text: str, names: list[str]) -> None:
    assert parted(text) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[Jane Doe](https://example.org/a,b), ACME", "Jane Doe, ACME"),
        ('<a href="/jane">Jane Doe</a>', "Jane Doe"),
        ("Jane [Doe]", "Jane [Doe]"),
        ("Jane <jane@example.org>", "Jane <jane@example.org>"),
        ("[](/jane)", ""),
    ],
)
def test_a_name_goes_without_its_link(text: str, name: str) -> None:
    assert unlinked(text) == name
