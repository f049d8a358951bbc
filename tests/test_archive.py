"""An archive finds its articles by id and its topics by entry."""

from __future__ import annotations

from typing import Any

from lwnindex.archive import Archive, Topic
from lwnindex.settings import Config


def test_articles_and_topics_are_found_by_their_names() -> None:
    nothing: Any = dict.fromkeys(("articles", "aliases", "see_also", "parents"), ())
    empty = Topic(entry=("Kernel", "BPF"), path="", anchor="", count=0, note="", **nothing)
    archive = Archive(config=Config(), articles=(), topics=(empty,), problems=(), text=lambda _: "")

    assert archive.by_entry == {("Kernel", "BPF"): empty}
    assert archive.by_id == {}
