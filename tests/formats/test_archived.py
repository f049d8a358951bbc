"""The archive that scripts see says of articles and topics what the JSON export says of them."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec

from lwnindex import load
from lwnindex.options import Options
from lwnindex.visits import export_json
from tests.plugged import found
from tests.sites import Site, article

TOPICS = """
["Kernel/BPF"]
note = "What *runs* in the kernel."
aliases = ["Berkeley"]
see_also = ["Kernel/XDP"]
"""


def test_it_says_what_the_export_says(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.put(
        "content/one.md",
        article("One", "See [two](two.md#part) and [out](https://lwn.net/Articles/5/).", day=2),
    )
    site.put("content/two.md", article("Two", "Words.", topic="Kernel/XDP"))
    site.put("content/de/two.md", article("Zwei", "Worte.", header="id: two\nlang: de\n", topic="Kernel/XDP"))
    site.put("content/topics.toml", TOPICS)
    right = json.loads(export_json(found(site), Options(executor="serial")))

    with load(tmp_path) as archive:
        articles = json.loads(msgspec.json.encode(archive.articles))
        topics = json.loads(msgspec.json.encode(archive.topics))
        texts = [archive.text(one) for each in archive.articles for one in (each, *each.translations)]

    assert texts == ["See two and out.", "Words.", "Worte."]
    flat = [one for each in articles for one in (each, *each["translations"])]
    assert [one["id"] for one in flat] == ["one", "two", "two"]
    keys = ("id", "path", "title", "date", "updated", "lang", "authors", "entries", "cited_by")
    assert _parts(flat, keys) == _parts(right["articles"], keys)
    assert topics == _parts(right["topics"], tuple(topics[0]))


def _parts(rows: list[dict[str, object]], keys: tuple[str, ...]) -> list[dict[str, object]]:
    return [{key: one[key] for key in keys} for one in rows]
