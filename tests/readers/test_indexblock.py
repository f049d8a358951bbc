"""The block is found near the end in all its shapes, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from lwnindex.lines import marked
from lwnindex.readers.indexblock import find
from lwnindex.settings import Config, reading

READING = reading(Config())
HEADER = "Index entries for this article"
ROWS = f"{HEADER}  \n---  \n[Kernel](/Kernel/Index)| [Locks/RCU](/Kernel/Index#Locks-RCU)  \n"
ENTRY = ("Kernel", "Locks", "RCU")


@pytest.mark.parametrize(
    "below",
    [
        "",
        "  \n\n\n* * *\n\nto post comments ",
        "\n---\n\n ([Log in](https://lwn.net/Login/?target=/Articles/7/) to post comments)",
        "\nto post comments\n\n### A thought\n\nPosted Jun 5, 2026 14:29 UTC (Fri) by x\n\ntext",
        "\nCopyright © 2026, Example Press",
    ],
)
def test_a_block_is_found_above_what_belongs_below_articles(below: str) -> None:
    block = find(marked(f"Text.  \n{ROWS}{below}"), "a.md", READING)

    assert block is not None
    assert (block.filed.entries, block.filed.lines) == ((ENTRY,), (4,))
    assert [line.text for line in block.above] == ["Text.  "]


@pytest.mark.parametrize(
    "text",
    [
        f"{ROWS}\nMore text.",
        f"{HEADER}\n\nMore text.",
        f"{HEADER}\n\nKernel\nCeph\n\nare two lines in the middle of a text.",
        f"The words {HEADER} stand in a sentence.",
        f"Last words: {HEADER}",
        HEADER,
        f"`{HEADER}`",
        "> " + ROWS.replace("\n", "\n> "),
        f"```\n{ROWS}```",
        "text\n\n    " + ROWS.replace("\n", "\n    "),
        f"<p>{HEADER}</p>",
        "No such phrase.",
        "",
    ],
)
def test_the_phrase_alone_is_no_block(text: str) -> None:
    assert find(marked(text), "a.md", READING) is None


def test_the_phrase_in_prose_does_not_hide_the_block_below() -> None:
    block = find(marked(f"{HEADER}\n\nis what it says.\n\n{ROWS}"), "a.md", READING)

    assert block is not None
    assert block.filed.entries == (ENTRY,)
    assert block.above[0].text == HEADER


def test_repeated_rows_are_one_entry() -> None:
    block = find(marked(ROWS + ROWS.split("\n")[2]), "a.md", READING)

    assert block is not None
    assert block.filed.lines == (3,)


@pytest.mark.parametrize(
    ("row", "entries", "code"),
    [
        ("Kernel | Asynchronous I/O", (("Kernel", "Asynchronous I/O"),), "split-by-list"),
        (
            "Kernel | [Asynchronous I/O](/Kernel/Index#Asynchronous_IO)",
            (("Kernel", "Asynchronous I/O"),),
            None,
        ),
        ("Kernel | Locks/RCU", (ENTRY,), None),
        ("Kernel | ", (), "bad-entry"),
        ("Kernel | Locks//RCU", (), "bad-entry"),
        (" | Locks", (), "bad-entry"),
    ],
)
def test_a_row_is_an_entry_or_a_warning(
    row: str, entries: tuple[tuple[str, ...], ...], code: str | None
) -> None:
    block = find(marked(f"{HEADER}\n---\n{row}"), "a.md", READING)

    assert block is not None
    assert block.filed.entries == entries
    assert [(fault.code, fault.line) for fault in block.filed.problems] == ([(code, 3)] if code else [])


WANTED = {
    "1": [("Kernel", "AlacrityVM"), ("Kernel", "Development model"), ("Kernel", "Filesystems", "Ceph")],
    "2": [("Kernel", "io_uring")],
    "3": [
        ("Kernel", "Realtime", "Deadline scheduling"),
        ("Kernel", "Scheduler", "Deadline scheduling"),
        ("GuestArticles", "Bristot de Oliveira, Daniel"),
    ],
    "4": [
        ("Kernel", "Bind mounts"),
        ("Kernel", "Namespaces", "Mount namespaces"),
        ("Kernel", "Shared subtrees"),
        ("GuestArticles", "Kerrisk, Michael"),
    ],
    "5": [
        ("Kernel", "Development model", "User-space ABI"),
        ("Kernel", "Dnotify"),
        ("Kernel", "Inotify"),
        ("GuestArticles", "Kerrisk, Michael"),
    ],
    "6": [("Kernel", "System calls", "clone()"), ("Kernel", "System calls", "execve()")],
    "7": [("Security", "Quantum computing")],
    "8": [("Kernel", "io_uring")],
    "9": [("Conference", "Akademy", "2026")],
}


def test_the_nine_shapes_found_in_the_wild_are_read(shared: Path) -> None:
    files = sorted((shared / "corpora/index-block-variants").iterdir())
    found = {}
    for path in files:
        block = find(marked(path.read_text("utf-8")), path.name, READING)
        found[path.name[0]] = list(block.filed.entries) if block else []

    assert found == WANTED
