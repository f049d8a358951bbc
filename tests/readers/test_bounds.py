"""A header is found by what it looks like, and a text that only looks a little like it has none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.presets import PRESETS, PresetName
from lwnindex.readers.bounds import Bounds, bounds
from lwnindex.reading import Reading, reading
from lwnindex.settings import Config, SourceSettings


def rules(preset: PresetName) -> Reading:
    return reading(Config(), SourceSettings(path="x", preset=preset))


HEADED: dict[str, tuple[str, PresetName, Bounds]] = {
    "YAML": ("---\ntitle: a\n---\nText", "lwn", Bounds("yaml", 1, 2, 3)),
    "YAML, open": ("---\ntitle: a\n\nText", "jekyll", Bounds("yaml", 1, 2, 2, is_closed=False)),
    "YAML below blank lines": ("\n\n---\ntitle: a\n---\nText", "hugo", Bounds("yaml", 3, 4, 5)),
    "TOML": ('+++\ntitle = "a"\n+++\nText', "lwn", Bounds("toml", 1, 2, 3)),
    "TOML, empty": ("+++\n+++", "zola", Bounds("toml", 1, 1, 2)),
    "TOML, open": ('+++\ntags = [\n "a"]\n\nText', "zola", Bounds("toml", 1, 3, 3, is_closed=False)),
    "lines": ("Title: a\nDate: b\n    c\n\nText", "pelican", Bounds("lines", 0, 3, 3)),
    "lines up to hyphens": ("Title: a\nDate: b\n---\n\nText", "pelican", Bounds("lines", 0, 2, 3)),
    "lines up to a text": ("Title: a\nText", "pelican", Bounds("lines", 0, 1, 1)),
    "lines from one of their own": ("Number: 1\nTitle: a\n", "pelican", Bounds("lines", 0, 2, 2)),
    "lines of ours": ("title: a\ndate: b\n\nText", "lwn", Bounds("lines", 0, 2, 2)),
    "lines elsewhere": ("Title: a\nx: b\n\nText", "hugo", Bounds("lines", 0, 2, 2)),
    "JSON": ('{\n"title": "a",\n"b": {\n  "c": 1\n }\n}\nText', "hugo", Bounds("yaml", 0, 6, 6)),
    "JSON, open": ('{\n"title": "a"\n', "hugo", Bounds("yaml", 0, 3, 3, is_closed=False)),
    "dots": (".. title: a\n.. slug: b\n\nText", "nikola", Bounds("dotted", 0, 2, 2)),
    "dots in a comment": ("<!--\n.. title: a\n\n.. slug: b\n-->\nText", "lwn", Bounds("dotted", 1, 4, 5)),
    "dots set in": ("<!--\n .. title: a\n .. slug: b\n -->\nText", "nikola", Bounds("dotted", 1, 3, 4)),
    "dots up to the mark": ("<!--\n.. title: a -->\nText", "nikola", Bounds("dotted", 1, 2, 2)),
    "dots, open": ("<!--\n.. title: a\nText", "nikola", Bounds("dotted", 1, 3, 3, is_closed=False)),
}


@pytest.mark.parametrize(("text", "preset", "wanted"), HEADED.values(), ids=HEADED)
def test_a_header_has_bounds(text: str, preset: PresetName, wanted: Bounds) -> None:
    assert bounds(text, rules(preset)) == wanted


@pytest.mark.parametrize(
    ("text", "preset"),
    [
        ("# Title\nBy **A**", "lwn"),
        ("Title: a book\n\nText", "lwn"),
        ("Date: a fruit\nid: an ego\n\nText", "lwn"),
        ("Summary: all is well\n\nText", "jekyll"),
        ("Note: all is well\n\nText", "pelican"),
        ("\n---\nText", "hugo"),
        ("\n---\n---\nText", "jekyll"),
        ("\n---\ntitle: a\n---\nText", "lwn"),
        ("+++\n\nText", "zola"),
        ('{\n"title": "a"\n}\nText', "jekyll"),
        ("{\n  x\n}\nText", "hugo"),
        ("<!-- more -->\nText", "nikola"),
        ("<!--\nText\n-->", "nikola"),
        ("<!--", "nikola"),
        (".. image:: x.png", "nikola"),
        ("...", "nikola"),
        ("", "plain"),
    ],
)
def test_a_text_has_none(text: str, preset: PresetName) -> None:
    assert bounds(text, rules(preset)) is None


@given(
    st.lists(
        st.sampled_from(["---", "+++", "<!--", "-->", "title: a", ".. title: a", "", "    x", "a = 1", "T"])
    )
)
def test_bounds_are_within_the_text(rows: list[str]) -> None:
    for preset in PRESETS:
        found = bounds("\n".join(rows), rules(preset))
        assert found is None or 0 <= found.start <= found.end <= found.below <= max(len(rows), 1)
