"""Headers of all dialects get other entries, and keep every other byte."""

# ruff: noqa: E501 - texts stand here as they are written elsewhere

from __future__ import annotations

import pytest

from lwnindex.presets import PresetName
from lwnindex.refiling.headers import below, places
from lwnindex.settings import SourceSettings
from tests.makers import entry
from tests.refiled import reading, text

YAML = "---\ntitle: T\ndate: 2020-01-01\n{}\n---\nText.\n"
TOML = '+++\ntitle = "T"\ndate = 2020-01-01\n{}\n+++\nText.\n'
A_B = ("Kernel/A", "Kernel/B c/D")
A_Q = ("Kernel/A", "Kernel/Q")


@pytest.mark.parametrize(
    ("header", "pair", "wanted"),
    [
        (
            "entries:\n  - Kernel/A/X # c\n  - \"Kernel/A\"\n  - 'Kernel/Z'",
            A_B,
            "entries:\n  - Kernel/B c/D/X # c\n  - \"Kernel/B c/D\"\n  - 'Kernel/Z'",
        ),
        (
            "entries: [Kernel/A, 'Kernel / A / Y', \"Kernel/Q\"]",
            ("Kernel/A", "Kernel/B"),
            "entries: [Kernel/B, 'Kernel / B / Y', \"Kernel/Q\"]",
        ),
        ("entries:   Kernel/A  # c", A_B, "entries:   Kernel/B c/D  # c"),
        ("entries: Kernel/A", ("Kernel/A", "Kernel/B: c"), 'entries: "Kernel/B: c"'),
        (
            "entries:\n- [Kernel, A, X]\n- - Kernel\n  - A",
            ("Kernel/A", "Security/B"),
            "entries:\n- [Security, B, X]\n- - Security\n  - B",
        ),
        (
            "entries:\n- [Kernel, A, X]\n- - Kernel\n  - A\nid: x",
            ("Kernel/A", "Kernel/New one/Two"),
            'entries:\n- [Kernel, New one, Two, "X"]\n- [Kernel, New one, Two]\nid: x',
        ),
        ("entries:\n- Kernel/A # c\n- Kernel/Q\n- Kernel/Z", A_Q, "entries:\n- Kernel/Q # c\n- Kernel/Z"),
        ("entries: [Kernel/A, Kernel/Q, Kernel/Z]", A_Q, "entries: [Kernel/Q, Kernel/Z]"),
        ("entries: [Kernel/Z, Kernel/Q, 'Kernel/A']", A_Q, "entries: [Kernel/Z, Kernel/Q]"),
        ("entries: !!str Kernel/A", A_Q, "entries: !!str Kernel/Q"),
        ("entries: &a [Kernel/A]\nauthors: [X]", A_Q, "entries: &a [Kernel/Q]\nauthors: [X]"),
    ],
)
def test_yaml(header: str, pair: tuple[str, str], wanted: str) -> None:
    assert text(YAML.format(header), pair) == YAML.format(wanted)


@pytest.mark.parametrize(
    ("header", "pair", "wanted"),
    [
        (
            "entries = [\n  \"Kernel/A/X\", # c\n  'Kernel/A',\n  '''Kernel/Q''' ]",
            A_B,
            "entries = [\n  \"Kernel/B c/D/X\", # c\n  'Kernel/B c/D',\n  '''Kernel/Q''' ]",
        ),
        ("entries = [\n  \"Kernel/A\", # c\n  'Kernel/Q'\n]", A_Q, 'entries = [\n  "Kernel/Q", # c\n]'),
        ("entries = [['Kernel', \"A\"]]", A_Q, "entries = [['Kernel', \"Q\"]]"),
        ("entries = [['Kernel', \"A\"]]", A_B, 'entries = [["Kernel", "B c", "D"]]'),
        ('entries = ["""Kernel/A"""]', A_Q, 'entries = ["""Kernel/Q"""]'),
        ("entries = 'Kernel/A'", ("Kernel/A", "Kernel/It's"), 'entries = "Kernel/It\'s"'),
    ],
)
def test_toml(header: str, pair: tuple[str, str], wanted: str) -> None:
    assert text(TOML.format(header), pair) == TOML.format(wanted)


def settings(preset: PresetName) -> SourceSettings:
    return SourceSettings(path="content", preset=preset, index={"tags": "Tags", "categories": "Categories"})


@pytest.mark.parametrize(
    ("preset", "before", "pair", "after"),
    [
        ("pelican", "Title: T\nTags: a, b c,  d\n\nText\n", ("Tags/b c", "Tags/new"), "Title: T\nTags: a, new,  d\n\nText\n"),
        ("pelican", "Title: T\nTags: a, b c,  d\n\nText\n", ("Tags/a", "Tags/d"), "Title: T\nTags: d, b c\n\nText\n"),
        ("pelican", "Title: T\nTags: a; b\n\nText\n", ("Tags/b", "Tags/a"), "Title: T\nTags: a\n\nText\n"),
        ("pelican", "Title: T\nTags: a\n    b\n\nText\n", ("Tags/b", "Tags/c"), "Title: T\nTags: a\n    c\n\nText\n"),
        ("pelican", "Title: T\nCategory: x\n\nText\n", ("Categories/x", "Categories/y z"), "Title: T\nCategory: y z\n\nText\n"),
        ("nikola", ".. title: T\n.. category: x/y\n.. tags: a,b\n\nText\n", ("Categories/x", "Categories/q r/s"), ".. title: T\n.. category: q r/s/y\n.. tags: a,b\n\nText\n"),
        ("nikola", "<!--\n.. title: T\n.. tags: a, b -->\n\nText\n", ("Tags/b", "Tags/z"), "<!--\n.. title: T\n.. tags: a, z -->\n\nText\n"),
        ("jekyll", "---\ncategories: news\n---\nText\n", ("Categories/news", "Categories/new one"), "---\ncategories: [new one]\n---\nText\n"),
        ("jekyll", "---\ntags: a b\n---\nText\n", ("Tags/b", "Tags/new one"), '---\ntags: ["a", new one]\n---\nText\n'),
        ("hugo", '{\n"title": "T",\n"tags": ["a","b"]\n}\n\nText\n', ("Tags/a", 'Tags/z "q"'), '{\n"title": "T",\n"tags": ["z \\"q\\"","b"]\n}\n\nText\n'),
        ("zola", '+++\n[taxonomies]\ntags = ["a", "b"] # c\n+++\nText\n', ("Tags/b", "Tags/c"), '+++\n[taxonomies]\ntags = ["a", "c"] # c\n+++\nText\n'),
        ("zola", "+++\ntaxonomies = { tags = ['a'] }\n+++\nText\n", ("Tags/a", "Tags/c"), "+++\ntaxonomies = { tags = ['c'] }\n+++\nText\n"),
    ],
)  # fmt: skip
def test_tags_and_categories(preset: PresetName, before: str, pair: tuple[str, str], after: str) -> None:
    assert text(before, pair, path="some/1.md", settings=settings(preset)) == after


def test_places_are_told_with_their_lines_and_the_text_below_starts_where_the_header_ends() -> None:
    whole = YAML.format("entries:\n- Kernel/A\n- [Kernel, B]")
    assert [(one.entry, one.line) for one in places(whole, reading())] == [
        (entry("Kernel/A"), 5),
        (entry("Kernel/B"), 6),
    ]
    assert whole[below(whole, reading()) :] == "Text.\n"
    assert places("Text\n", reading()) == []
    assert places("---\ntitle: [\n---\n", reading()) == []
    assert below("Text\n", reading()) == 0
