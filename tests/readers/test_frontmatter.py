"""An article below a header becomes a manuscript, and nothing of it is left out in silence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.model import Manuscript
from lwnindex.readers.frontmatter import is_headed, read
from lwnindex.settings import Config, reading

READING = reading(Config())

FULL = """\
---
title: "Ceph: a file system"
date: 2009-12-22
updated: 2010-01-02T10:00:00Z
authors: [Jane Doe, John\u00a0Roe]
id: ceph
slug: ceph-again
summary: >
  What it is,
  and why.
lang: en
nav: 3
draft: yes
entries:
  - Kernel/Filesystems/Ceph
  - Kernel/Asynchronous I/O
  - [Kernel, Input/output]
  - Kernel/Filesystems/Ceph
---

# Ceph: a file system

Text.
"""


def manuscript(text: str, file: str = "a.md") -> Manuscript:
    return read(text, file, READING)


def codes(found: Manuscript) -> list[tuple[str, int]]:
    return [(fault.code, fault.line) for fault in found.problems]


def test_every_field_is_read() -> None:
    assert manuscript(FULL) == Manuscript(
        text="Text.",
        lines=(23,),
        id="ceph",
        title="Ceph: a file system",
        date="2009-12-22",
        updated="2010-01-02T10:00:00+00:00",
        authors=("Jane Doe", "John Roe"),
        lang="en",
        slug="ceph-again",
        summary="What it is, and why.",
        nav=3,
        draft=True,
        entries=(
            ("Kernel", "Filesystems", "Ceph"),
            ("Kernel", "Asynchronous I/O"),
            ("Kernel", "Input/output"),
        ),
        entry_lines=(15, 16, 17),
    )


def test_a_header_need_not_have_any_field() -> None:
    assert manuscript("---\n---\nText.") == Manuscript(text="Text.", lines=(3,))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("---\ntitle: a\n---\n", True),
        ("--- \ntitle: a\n...\n", True),
        ("---\n---", True),
        ("---\ntitle: a\n\nnever closed", True),
        ("---\ntitle:\n", True),
        ("---\n\nText\n\n---\n", True),
        ("---\n\nText after a rule", False),
        ("---\nText: after a rule"[:8], False),
        ("----\ntitle: a\n---", False),
        ("\n---\ntitle: a\n---", False),
        ("+++\ntitle = 'a'\n+++", True),
        ("# Title", False),
        ("", False),
    ],
)
def test_a_header_is_known_by_its_first_lines(text: str, wanted: bool) -> None:
    assert is_headed(text, READING) is wanted


@pytest.mark.parametrize(
    ("body", "title", "text"),
    [
        ("# Given\n\nText", "Given", "Text"),
        ("Given\n===\nText", "Given", "Text"),
        ("# Other\n\nText", "Given", "# Other\n\nText"),
        ("## Given\n\nText", "Given", "## Given\n\nText"),
        ("Text\n\n# Given", "Given", "Text\n\n# Given"),
    ],
)
def test_a_title_said_twice_is_shown_once(body: str, title: str, text: str) -> None:
    found = manuscript(f"---\ntitle: Given\n---\n{body}")

    assert (found.title, found.text) == (title, text)


def test_where_the_header_has_no_title_the_first_heading_serves() -> None:
    found = manuscript("---\nid: a\n---\n\n# A heading\n\nText")

    assert (found.title, found.text, found.lines) == ("A heading", "Text", (7,))


def test_a_date_may_stand_before_the_files_name() -> None:
    assert manuscript("---\ntitle: a\n---", "x/2009-12-22-a.md").date == "2009-12-22"
    assert manuscript("---\ndate: 2010-01-01\n---", "x/2009-12-22-a.md").date == "2010-01-01"
    assert manuscript("---\ndate: never\n---", "x/2009-12-22-a.md").date is None


BROKEN = {
    "a colon": ("---\nid: x\ntitle: a: b\n---\n\n# A heading\n\nText", 3, "A heading", "Text"),
    "no heading": ("---\ntitle: [a\n---\nText", 2, "", "Text"),
    "not closed": ("---\ntitle: a\nauthors:\n  - A\n\n# A heading\n\nText", 1, "A heading", "Text"),
    "not closed, no text": ("---\ntitle: a\n- b\n# c", 1, "", ""),
    "prose between rules": ("---\n\nWords only\n\n---\nText", 2, "", "Text"),
}


@pytest.mark.parametrize(("text", "line", "title", "body"), BROKEN.values(), ids=BROKEN)
def test_a_broken_header_is_an_error_and_the_text_is_read(
    text: str, line: int, title: str, body: str
) -> None:
    found = manuscript(text)
    (fault,) = found.problems

    assert (fault.code, fault.severity, fault.line) == ("bad-header", "error", line)
    assert (found.title, found.text, found.entries) == (title, body, ())


@pytest.mark.parametrize(
    ("entries", "found"),
    [
        ("entries: Kernel/Ceph", []),
        ("entries: []", []),
        ("entries:", []),
        ("entries:\n  - Kernel", [("bad-entry", 3)]),
        ("entries:\n  - Kernel/Ceph\n  - Kernel//Ceph", [("bad-entry", 4)]),
        ("entries:\n  -\n  - [Kernel, ~]", [("bad-entry", 3), ("bad-entry", 4)]),
        ("entries:\n  - Kernel: Ceph", [("bad-field", 3)]),
        ("entries:\n  - [Kernel, [Ceph]]", [("bad-field", 3)]),
        ("entries: {Kernel: Ceph}", [("bad-field", 2)]),
    ],
)
def test_entries_that_cannot_be_used_have_their_lines(entries: str, found: list[tuple[str, int]]) -> None:
    assert codes(manuscript(f"---\n{entries}\n---\n")) == found


def test_an_index_block_adds_its_entries() -> None:
    found = manuscript(
        "---\ntitle: a\nentries: [Kernel/Ceph]\n---\nText.\n\n"
        "Index entries for this article\n\nKernel\nCeph\n\n"
        "Kernel\nLocks/\n\nSecurity\nPatches\n\n([Log in](/Login/?target=/Articles/77/) to post comments)"
    )

    assert (found.text, found.id) == ("Text.", "77")
    assert found.entries == (("Kernel", "Ceph"), ("Security", "Patches"))
    assert found.entry_lines == (3, 15)
    assert codes(found) == [("bad-entry", 12)]
    assert dict(found.counts) == {"index-block": 1, "login": 1}


def test_the_text_is_mended_and_its_lines_are_the_files() -> None:
    found = manuscript("---\ntitle: a\n---\n\nText \n| A | B |\n| --- | --- |\n| 1 | 2 | 3 |\n")

    assert found.text == "Text\n\n| A | B |  |\n| --- | --- | --- |\n| 1 | 2 | 3 |"
    assert found.lines == (5, 6, 6, 7, 8)
    assert found.counts == (("table", 1),)


def test_what_is_a_call_to_subscribe_in_a_dump_is_the_authors_own_here() -> None:
    assert (
        "> [Join](/Promo/x)" in manuscript("---\ntitle: a\n---\n> [Join](/Promo/x)\n\nto post comments").text
    )


PIECES = (
    "---\n",
    "...\n",
    "title: a\n",
    "entries:\n",
    "- Kernel/Ceph\n",
    "date: x\n",
    "# T\n",
    "\n",
    "a|b",
    "[",
    "\t",
)


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join) | st.text(max_size=60))
def test_any_text_below_a_rule_is_read(text: str) -> None:
    found = manuscript("---\n" + text)

    assert len(found.entries) == len(found.entry_lines)
    assert len(found.lines) == len(found.text.split("\n")) or (found.lines, found.text) == ((), "")
