"""A body between its marks, and nothing else, is an article's."""

from __future__ import annotations

import msgspec

from lwnindex.checking.origins import marked
from lwnindex.checking.tags import END, START


def test_only_the_body_that_is_meant_is_marked() -> None:
    blobs = {"one": msgspec.msgpack.encode(["<p>a", "b</p>"]), "two": msgspec.msgpack.encode(["x"])}
    blob = marked(blobs.__getitem__, "one")

    assert msgspec.msgpack.decode(blob("one")) == [f"{START}<p>a", f"b</p>{END}"]
    assert blob("two") == blobs["two"]
