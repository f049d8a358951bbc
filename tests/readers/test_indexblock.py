"""The block is found near the end in all its shapes, and nowhere else."""

from __future__ import annotations

import re
import tracemalloc
from pathlib import Path

import pytest

from lwnindex.lines import marked
from lwnindex.readers.blockshapes import Row
from lwnindex.readers.indexblock import filed_rows, find
from lwnindex.reading import reading
from lwnindex.settings import Config

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
        "\nCopyright © 2026, Eklektix, Inc.",
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
        f"{HEADER}  \n---  \nKernel | Locks\n\nMore text.",
        f"{HEADER}\n---\n[Kernel](/Kernel/Index) | [Locks](/Kernel/IndexFunds)\n\nMore text.",
        f"{ROWS}Kernel | Ceph\n\nMore text.",
        f"Some `{ROWS}",
        f"It says {ROWS}",
        f"It says so.{HEADER}  \n---  \nKernel | Locks",
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


TABLE = (
    f"<table><tr><th colspan=2>{HEADER}</th></tr><tr><td><a href='/Kernel/Index'>Kernel</a></td>"
    "<td><a href='/Kernel/Index#Locks-RCU'>Locks/RCU</a></td></tr></table>"
)
GFM = f"| {HEADER} | |\n|---|---|\n| [Kernel](/Kernel/Index) | [Locks/RCU](/Kernel/Index#Locks-RCU) |\n"
LOGIN = '(<a href="/Login/?target=/Articles/77/">Log in</a> to post comments)'


def body(text: str) -> str:
    block = find(marked(text), "a.md", READING)

    assert block is not None
    assert (block.filed.entries, block.filed.problems) == ((ENTRY,), ())
    return "\n".join(line.text for line in block.above).strip()


@pytest.mark.parametrize("block", [ROWS, GFM, f"{TABLE}\n", TABLE], ids=["rows", "gfm", "html", "one line"])
@pytest.mark.parametrize("between", ["", "\n", "\n* * *\n\nto post comments\n\n"])
def test_a_block_whose_rows_are_linked_is_taken_whatever_follows(block: str, between: str) -> None:
    found = body(f"Text.\n\n{block}{between}One more paragraph after it.")

    assert re.split(r"\n{2,}", found) == ["Text.", "One more paragraph after it."]


def test_what_stands_below_the_text_after_a_block_is_its_trail() -> None:
    block = find(marked(f"Text.\n\n{ROWS}\nMore.\n\n* * *\n\n{LOGIN}\n"), "a.md", READING)

    assert block is not None
    assert [line.text for line in block.above if line.text] == ["Text.", "More."]
    assert (dict(block.trail.counts), block.trail.id) == ({"login": 1}, "77")


@pytest.mark.parametrize(
    ("start", "rows", "text"),
    [
        ("The last sentence.", ROWS, "The last sentence."),
        ("The last sentence. ", ROWS, "The last sentence."),
        ("**The last sentence.**", ROWS, "**The last sentence.**"),
        ("The last sentence.", ROWS.replace(HEADER, f"**{HEADER}**"), "The last sentence."),
        ("Of `code` as well", ROWS, "Of `code` as well"),
    ],
)
def test_a_sentence_may_run_into_the_block(start: str, rows: str, text: str) -> None:
    assert body(f"First.\n\n{start}{rows}\n* * *\n") == f"First.\n\n{text}"


@pytest.mark.parametrize(
    "below",
    [f"<hr>{LOGIN}", f"\n<hr>\n{LOGIN}", f"\n<p>{LOGIN}</p>", f"<hr>\n<p> {LOGIN} </p>", f"\n\n{LOGIN}"],
)
def test_a_table_of_html_has_its_login_line_below(below: str) -> None:
    block = find(marked(f"<p>Text.</p>\n{TABLE}{below}\n"), "a.md", READING)

    assert block is not None
    assert block.filed.entries == (ENTRY,)
    assert [line.text for line in block.above] == ["<p>Text.</p>"]
    assert (dict(block.trail.counts), block.trail.id) == ({"login": 1}, "77")


def test_html_in_inline_code_is_no_block() -> None:
    assert find(marked(f"LWN writes `{TABLE}` there.\n\nMore."), "a.md", READING) is None


@pytest.mark.parametrize("block", [ROWS, GFM, f"{TABLE}\n", TABLE], ids=["rows", "gfm", "html", "one line"])
@pytest.mark.parametrize("between", ["", "\n", "\n\nMiddle.\n\n"])
def test_two_blocks_give_the_entries_of_both(block: str, between: str) -> None:
    second = block.replace("Locks-RCU", "Ceph").replace("Locks/RCU", "Ceph")
    found = find(marked(f"Text.\n\n{block}{between}{second}\n\nto post comments"), "a.md", READING)

    assert found is not None
    assert found.filed.entries == (ENTRY, ("Kernel", "Ceph"))
    assert [line.text for line in found.above if line.text] == ["Text.", *between.split()]
    assert dict(found.trail.counts) == {"trailer": 1}


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


def test_long_rows_are_not_held_once_they_are_read() -> None:
    tracemalloc.start()
    try:
        for number in range(100):
            topic = f"{number} {'x' * 100_000}"
            assert filed_rows([Row(1, "Kernel", topic, "#x")], "a.md", READING).entries == (
                ("Kernel", topic),
            )
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert held < 2_000_000
