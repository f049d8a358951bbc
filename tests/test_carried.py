"""What a store remembers of a site's trees comes back as it was, unless it speaks of other places."""

from __future__ import annotations

import pytest

from lwnindex.carried import Memory, named, noted, recalled

STAT = ((1, 2, 3),)


def test_what_is_noted_is_recalled_whatever_bytes_are_in_a_name() -> None:
    memory = Memory(named({"a/b": STAT, "folder/": (), "\udcff/.. ": STAT}), "a", (b"a/b", b"..c"))

    assert recalled(noted(memory)) == memory
    assert recalled(noted(Memory())) == Memory()


@pytest.mark.parametrize(
    "path", [b"../x", b"../x/", b"a/../../x", b"/etc/x", b"", b"/", b"a//b", b"./a", b"..", b"../", b"a\0b"]
)
def test_what_speaks_of_places_outside_a_tree_is_as_good_as_missing(path: bytes) -> None:
    assert recalled(noted(Memory({b"a": STAT, path: STAT}))) is None
    assert recalled(noted(Memory(pending=(b"a", path)))) is None


@pytest.mark.parametrize("note", [None, b"", b"\xc1", b"\x93\x80\xa1a\x01"])
def test_what_is_no_memory_is_as_good_as_missing(note: bytes | None) -> None:
    assert recalled(note) is None
