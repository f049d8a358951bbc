"""Index blocks in all their shapes get other entries, and keep the way in which they are written."""

# ruff: noqa: E501, W291 - texts stand here as they are written elsewhere

from __future__ import annotations

import pytest

from lwnindex.refiling.renaming import Renaming
from lwnindex.refiling.sources import rewritten
from tests.makers import entry, source
from tests.refiled import PAGES, reading, text

ABOVE = "# A title\n\nBy J. Doe  \nMay 4, 2010\n\nSome text.  \n"
PIPED = """Index entries for this article  \n---  \n[Kernel](/Kernel/Index)| [Block layer/I/O sched](/Kernel/Index#Block_layer-IO_sched)  
[Kernel](/Kernel/Index)| [Memory](/Kernel/Index#Memory)  \n[Security](/Security/Index)| [Memory](/Security/Index#Memory)  \n  \n\n* * *\n\nto post comments \n"""
FRAMED = """| Index entries for this article         |                                                      |
| -------------------------------------- | ---------------------------------------------------- |
| [Kernel](https://lwn.net/Kernel/Index) | [io\\_uring](https://lwn.net/Kernel/Index#io%5Furing) |\n"""
TURNS = """Index entries for this article\n\n[Kernel](https://lwn.net/Kernel/Index)\n
[Bind mounts](https://lwn.net/Kernel/Index#Bind_mounts)\n\n[Kernel](https://lwn.net/Kernel/Index)\n
[Mounts/Shared](https://lwn.net/Kernel/Index#Mounts-Shared "x")\n\n---\n\n([Log in](https://lwn.net/Login/) to post comments)\n"""
PLAIN = "Index entries for this article\n\nSecurity\nQuantum computing\n\n to post comments\n"
RUN = "Index entries for this articleKernelSystem calls/clone()KernelScheduler & moreto post comments### Re: xPosted Jun 5, 2026 14:29 UTC (Fri)"
TABLE = """<table><tbody><tr><th colspan="2">Index entries for this article</th></tr><tr><td><a href="/Kernel/Index">Kernel</a></td><td><a href="/Kernel/Index#RD-A_b">R&amp;D/A b</a></td></tr><tr><td>Kernel<td>Clone</tr></tbody></table>\n"""


@pytest.mark.parametrize(
    ("block", "pair", "old", "new"),
    [
        (PIPED, ("Kernel/Memory", "Kernel/MM"), "[Memory](/Kernel/Index#Memory)", "[MM](/Kernel/Index#MM)"),
        (PIPED, ("Kernel/Block layer", "Kernel/Storage/Blocks & more"), "[Block layer/I/O sched](/Kernel/Index#Block_layer-IO_sched)", "[Storage/Blocks & more/I/O sched](/Kernel/Index#Storage-Blocks__more-IO_sched)"),
        (PIPED, ("Security/Memory", "GuestArticles/Doe, J."), "[Security](/Security/Index)| [Memory](/Security/Index#Memory)", "[GuestArticles](/Archives/GuestIndex)| [Doe, J.](/Archives/GuestIndex#Doe_J.)"),
        (PIPED, ("Kernel/Memory", "Kernel/[x] *y* <z> \\_"), "[Memory](/Kernel/Index#Memory)", r"[\[x\] \*y\* \<z> \\_](/Kernel/Index#x_y_z__)"),
        (FRAMED, ("Kernel/io_uring", "Kernel/uring_cmd|x"), r"[io\_uring](https://lwn.net/Kernel/Index#io%5Furing)", r"[uring\_cmd\|x](https://lwn.net/Kernel/Index#uring%5Fcmdx)"),
        (TURNS, ("Kernel/Mounts", "Kernel/M/N"), '[Mounts/Shared](https://lwn.net/Kernel/Index#Mounts-Shared "x")', '[M/N/Shared](https://lwn.net/Kernel/Index#M-N-Shared "x")'),
        (PLAIN, ("Security/Quantum computing", "Kernel/Q"), "Security\nQuantum computing\n", "Kernel\nQ\n"),
        (RUN, ("Kernel/System calls", "Kernel/Calls"), "KernelSystem calls/clone()", "KernelCalls/clone()"),
        (RUN, ("Kernel/Scheduler & more", "Security/S"), "KernelScheduler & more", "SecurityS"),
        (TABLE, ("Kernel/R&D", "Kernel/<D>"), '#RD-A_b">R&amp;D/A b<', '#D-A_b">&lt;D&gt;/A b<'),
        (TABLE, ("Kernel/Clone", "Security/C"), "<td>Kernel<td>Clone</tr>", "<td>Security<td>C</tr>"),
    ],
)  # fmt: skip
def test_a_row_names_another_topic(block: str, pair: tuple[str, str], old: str, new: str) -> None:
    assert block.count(old) == 1
    whole = ABOVE + block
    after = text(whole, pair)
    assert after == whole.replace(old, new)
    assert text(after, (pair[1], pair[0])) == whole


@pytest.mark.parametrize(
    ("block", "pair", "gone"),
    [
        (PIPED, ("Kernel/Memory", "Kernel/Block layer/I/O sched"), "[Kernel](/Kernel/Index)| [Memory](/Kernel/Index#Memory)  \n"),
        (PIPED.replace("* * *\n\nto post comments \n", "").rstrip(), ("Security/Memory", "Kernel/Memory"), "\n[Security](/Security/Index)| [Memory](/Security/Index#Memory)"),
        (TURNS, ("Kernel/Mounts/Shared", "Kernel/Bind mounts"), '\n\n[Kernel](https://lwn.net/Kernel/Index)\n\n[Mounts/Shared](https://lwn.net/Kernel/Index#Mounts-Shared "x")'),
        (RUN, ("Kernel/Scheduler & more", "Kernel/System calls/clone()"), "KernelScheduler & more"),
        (TABLE, ("Kernel/Clone", "Kernel/R&D/A b"), "<tr><td>Kernel<td>Clone</tr>"),
    ],
)  # fmt: skip
def test_a_row_that_would_stand_twice_goes(block: str, pair: tuple[str, str], gone: str) -> None:
    whole = ABOVE + block
    slashed = {"Kernel/Block layer/I/O sched": ("Kernel", "Block layer", "I/O sched")}
    renaming = Renaming(((entry(pair[0]), slashed.get(pair[1], entry(pair[1]))),))
    found = rewritten(source("1.md", whole.encode()), whole.encode(), reading(), renaming, PAGES)
    assert not found.obstacles
    before, _, behind = whole.rpartition(gone)
    assert found.content.decode() == before + behind


def test_line_ends_marks_and_a_missing_last_line_end_stay() -> None:
    whole = "\ufeff" + (ABOVE + PIPED.rstrip()).replace("\n", "\r\n")
    after = text(whole, ("Kernel/Memory", "Kernel/MM"))
    assert after == whole.replace("[Memory](/Kernel/Index#Memory)", "[MM](/Kernel/Index#MM)")


def test_a_header_and_a_block_are_one_article() -> None:
    header = "---\ntitle: T\ndate: 2020-01-01\nentries: [Kernel/MM]\n---\nText.\n\n"
    after = text(header + PIPED, ("Kernel/Memory", "Kernel/MM"))
    assert after == header + PIPED.replace("[Kernel](/Kernel/Index)| [Memory](/Kernel/Index#Memory)  \n", "")


def test_beside_an_empty_row_the_others_are_renamed() -> None:
    block = "Index entries for this article \n| --- | --- |\n|  \n| Kernel | Memory |\n"
    wanted = block.replace("Memory", "Swap")
    assert text(ABOVE + block, ("Kernel/Memory", "Kernel/Swap")) == ABOVE + wanted
