"""The tables of saved pages get other entries, each page's own."""

# ruff: noqa: E501 - texts stand here as they are written elsewhere

from __future__ import annotations

import pytest

from lwnindex.readers.blockshapes import Row
from lwnindex.refiling.tablerows import of_page, row_at
from tests import lwnpages
from tests.makers import entry
from tests.refiled import PAGES, reading, renamed, text

TABLE = """<table class=IndexEntries><tr><th colspan=2>Index entries for this article</th></tr>
<tr><td><a href='/Kernel/Index'>Kernel</a></td><td><a href='/Kernel/Index#io_uring'>io_uring</a></td></tr>
<tr><td><a href=/Kernel/Index>Kernel</a></td><td><a href=/Kernel/Index#Clone>Clone</a></td></tr>
</table>"""
PAGE = f"""<html><head><meta charset=iso-8859-1><title>T [LWN.net]</title></head><body>
<div class=PageHeadline><h1>T</h1></div><div class=ArticleText><p>Grüße. <table><tr><td>Kernel<td>Clone</table>{TABLE}</div></body></html>"""


@pytest.mark.parametrize(
    ("pair", "old", "new"),
    [
        (("Kernel/io_uring", "Kernel/Ring/Ü"), "#io_uring'>io_uring<", "#Ring-Ü'>Ring/Ü<"),
        (("Kernel/Clone", "Security/C d"), "<a href=/Kernel/Index>Kernel</a></td><td><a href=/Kernel/Index#Clone>Clone<", "<a href=/Security/Index>Security</a></td><td><a href=/Security/Index#C_d>C d<"),
        (("Kernel/Clone", "Kernel/io_uring"), "<tr><td><a href=/Kernel/Index>Kernel</a></td><td><a href=/Kernel/Index#Clone>Clone</a></td></tr>\n", ""),
    ],
)  # fmt: skip
def test_a_saved_page_is_rewritten_in_its_own_encoding(pair: tuple[str, str], old: str, new: str) -> None:
    found = renamed(PAGE.encode("cp1252"), pair, path="1.html")
    assert not found.obstacles
    assert found.content == PAGE.replace(old, new).encode("cp1252")


def test_a_letter_that_the_page_cannot_hold_stands_in_the_way() -> None:
    found = renamed(PAGE.encode("cp1252"), ("Kernel/Clone", "Kernel/Ж"), path="1.html")
    assert found.content == PAGE.encode("cp1252")
    assert "cp1252" in found.obstacles[0].why


def test_a_page_in_utf_8_holds_all_letters() -> None:
    page = PAGE.replace("iso-8859-1", "utf-8")
    assert text(page, ("Kernel/Clone", "Kernel/Ж"), path="1.html") == page.replace("#Clone>Clone", "#Ж>Ж")


def test_other_tables_are_none() -> None:
    found = of_page(PAGE, reading(), PAGES)
    assert [(one.entry, one.line) for one in found] == [
        (entry("Kernel/io_uring"), 3),
        (entry("Kernel/Clone"), 4),
    ]


def test_a_row_is_that_which_was_read() -> None:
    assert (
        row_at(TABLE, TABLE.index("\n") + 1, Row(2, "Kernel", "io_uring", "/Kernel/Index#io_uring"))
        is not None
    )
    assert row_at(TABLE, TABLE.index("\n") + 1, Row(2, "Kernel", "Copy", "/Kernel/Index#Copy")) is None
    assert row_at("no table", 0, Row(1, "Kernel", "Clone")) is None


@pytest.mark.parametrize("layout", lwnpages.LAYOUTS)
def test_whole_pages_in_both_layouts_keep_all_else(layout: str) -> None:
    page = lwnpages.LAYOUTS[layout](lwnpages.BYLINE + lwnpages.WORDS + lwnpages.INDEX)
    there = text(page, ("Kernel/Block layer", "Kernel/Blocks"), path="7.html")
    assert there == page.replace("#Block_layer-IO", "#Blocks-IO").replace(">Block layer/I/O", ">Blocks/I/O")
    assert text(there, ("Kernel/Blocks", "Kernel/Block layer"), path="7.html") == page
