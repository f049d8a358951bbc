"""A field is as long as a page can show it, and what is cut is told."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from lwnindex.fieldlengths import bounded
from lwnindex.model import Badge, Manuscript

USUAL = Manuscript(
    text="a",
    id="1",
    title="A title",
    authors=("Ann", "Ben"),
    entries=(("Kernel", "Ceph"), ("Security",)),
    entry_lines=(3, 4),
    original="https://lwn.net/Articles/1/",
    aliases=("/a/",),
    badges=(Badge(label="OSS", href="/b/"),),
)


def test_the_usual_article_stays_as_it_is() -> None:
    assert bounded(USUAL, "a.md") is USUAL


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("title", "word " * 10_000, "word " * 198 + "word…"),
        ("title", "a" * 1_000_000, "a" * 999 + "…"),
        ("summary", "a" * 1_000_000, "a" * 9_999 + "…"),
        ("id", "1" * 1_000, "1" * 300),
        ("slug", "a" * 1_000, "a" * 300),
        ("lang", "en-" * 1_000, "en-" * 100),
        ("original", "https://example.org/" + "a" * 10_000, None),
        ("authors", ("Ann", "b" * 10_000), ("Ann", "b" * 299 + "…")),
        ("authors", tuple(map(str, range(10_000))), tuple(map(str, range(200)))),
        ("authors", tuple(f"{at:0300}" for at in range(200)), tuple(f"{at:0300}" for at in range(33))),
        ("aliases", ("/a/", "/" + "b" * 10_000), ("/a/",)),
        ("badges", USUAL.badges * 100, USUAL.badges * 50),
    ],
)
def test_a_field_that_is_too_long_is_cut_and_told(name: str, value: Any, kept: Any) -> None:
    found = bounded(msgspec.structs.replace(USUAL, **{name: value}), "a.md")

    assert getattr(found, name) == kept
    assert [(one.code, one.file, f'"{name}"' in one.message) for one in found.problems] == [
        ("long-field", "a.md", True)
    ]


def test_an_entry_that_is_too_long_or_deep_goes_with_its_line() -> None:
    entries = (("a" * 301,), ("Kernel", "Ceph"), ("a",) * 21, ("Security",))
    found = bounded(msgspec.structs.replace(USUAL, entries=entries, entry_lines=(3, 4, 5, 6)), "a.md")

    assert (found.entries, found.entry_lines) == ((("Kernel", "Ceph"), ("Security",)), (4, 6))


@pytest.mark.parametrize(
    ("entries", "kept"),
    [
        (tuple((f"a{at}",) for at in range(5_000)), 200),
        (tuple((str(at), *"abcdefghijk") for at in range(200)), 83),
        (tuple((f"{at:0300}", "a" * 300) for at in range(200)), 16),
    ],
    ids=["many", "deep", "long"],
)
def test_all_entries_together_have_no_more_topics_and_characters_than_their_pages_can_show(
    entries: tuple[tuple[str, ...], ...], kept: int
) -> None:
    lines = tuple(range(1, len(entries) + 1))
    found = bounded(msgspec.structs.replace(USUAL, entries=entries, entry_lines=lines), "a.md")

    assert (found.entries, found.entry_lines) == (entries[:kept], lines[:kept])
    assert [one.code for one in found.problems] == ["long-field"]
