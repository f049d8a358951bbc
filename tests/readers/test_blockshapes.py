"""Each shape of the index block gives its rows, and what stands above and below them."""

from __future__ import annotations

import pytest

from lwnindex.lines import marked
from lwnindex.readers.blockshapes import Row, Shape, alternating, html_table, piped, run_together
from lwnindex.reading import reading
from lwnindex.settings import Config

READING = reading(Config())
HEADER = "Index entries for this article"
KERNEL = "[Kernel](/Kernel/Index)"
CEPH = "[Filesystems/Ceph](/Kernel/Index#Filesystems-Ceph)"


def texts(shape: Shape | None) -> tuple[list[str], list[str]]:
    assert shape is not None
    return [line.text for line in shape.above], [line.text for line in shape.below]


PIPED = {
    "html2text": f"{HEADER}  \n---  \n{KERNEL}| {CEPH}  ",
    "gfm": f"| {HEADER} | |\n|---|---|\n| {KERNEL} | {CEPH} |",
    "gfm, filled up": f"| {HEADER}      |      |\n| ----- | ----- |\n| {KERNEL} | {CEPH} |",
    "gfm, strong": f"| **{HEADER}** | |\n| :-- | :-- |\n| {KERNEL} | {CEPH} |",
    "heading": f"### {HEADER}\n---\n{KERNEL} | {CEPH}",
    "heading without dashes": f"## {HEADER.upper()}:\n\n{KERNEL}| {CEPH}",
}


@pytest.mark.parametrize("text", PIPED.values(), ids=PIPED)
def test_a_table_of_markdown_is_read(text: str) -> None:
    shape = piped(marked(f"text\n{text}\n\nbelow"), 1, READING)

    assert shape is not None
    assert [row[1:] for row in shape.rows] == [
        ("Kernel", "Filesystems/Ceph", "/Kernel/Index#Filesystems-Ceph")
    ]
    assert texts(shape) == (["text"], ["below"])


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ("| Kernel | Ceph |", ("Kernel", "Ceph", "")),
        (r"[Kernel](/Kernel/Index) | [io\_uring &amp; more](/Kernel/Index#io%5Furing)", None),
        ("[Kernel](/Kernel/Index)|  ", ("Kernel", "", "")),
        ("| | Ceph |", ("", "Ceph", "")),
        ("| Kernel |", ("Kernel", "", "")),
        ("Kernel | a | b", ("Kernel", "a|b", "")),
    ],
)
def test_the_cells_of_a_row_are_plain_words(row: str, wanted: tuple[str, str, str] | None) -> None:
    shape = piped(marked(f"{HEADER}\n---\n{row}"), 0, READING)

    assert shape is not None
    assert shape.rows == [Row(3, *(wanted or ("Kernel", "io_uring & more", "/Kernel/Index#io%5Furing")))]


def test_a_table_may_have_no_rows() -> None:
    shape = piped(marked(f"{HEADER}  \n---  \n\ntext"), 0, READING)

    assert shape is not None
    assert (shape.rows, texts(shape)[1]) == ([], ["text"])


@pytest.mark.parametrize(
    "text", [f"See {HEADER}\n---\na|b", f"{HEADER}\ntext", HEADER, f"{HEADER} {' ' * 6000}|"]
)
def test_other_lines_are_no_table(text: str) -> None:
    assert piped(marked(text), 0, READING) is None


@pytest.mark.parametrize(
    ("text", "rows", "below"),
    [
        (f"{KERNEL}\n\n{CEPH}\n\n* * *", [(3, "Kernel", "Filesystems/Ceph")], ["", "* * *"]),
        ("Security\nQuantum computing\n\n to post comments", [(3, "Security", "Quantum computing")], None),
        ("Kernel\nKernel\nKernel\nCeph", [(3, "Kernel", "Kernel"), (5, "Kernel", "Ceph")], []),
        ("[Guests](/Archives/GuestIndex/)\n\nDoe, Jane", [(3, "Guests", "Doe, Jane")], []),
        ("Kernel\nCeph\nand text", [(3, "Kernel", "Ceph")], ["and text"]),
        ("Kernel\n\n* * *", [(3, "Kernel", "")], ["", "* * *"]),
    ],
)
def test_cells_may_be_lines_of_their_own(
    text: str, rows: list[tuple[int, str, str]], below: list[str] | None
) -> None:
    shape = alternating(marked(f"{HEADER}\n\n{text}"), 0, READING)

    assert shape is not None
    assert [row[:3] for row in shape.rows] == rows
    assert below is None or texts(shape)[1] == below


@pytest.mark.parametrize(
    "text", ["", "text", "Kern\nel", "* * *\nKernel\nCeph", "```\nKernel\nCeph\n```", "x" * 300]
)
def test_other_lines_are_no_cells(text: str) -> None:
    assert alternating(marked(f"{HEADER}\n{text}"), 0, READING) is None
    assert alternating(marked(f"In {HEADER}\n{text}"), 0, READING) is None


TABLE = (
    f"<table class=IndexEntries><tr><th colspan=2>{HEADER}</th></tr>"
    "<tr><td><a href='/Kernel/Index'>Kernel</a></td>"
    "<td><a href='/Kernel/Index#Filesystems-Ceph'>Filesystems/Ceph</a></td></tr></table>"
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (TABLE, 2),
        (TABLE.replace("'", '"').upper().replace("KERNEL", "Kernel"), 2),
        (TABLE.replace("><", ">\n<").replace("'", ""), 7),
        (TABLE.replace("<th colspan=2>", "<th colspan=2>\n  <b>").replace("<tr>", "\n<tr>"), 5),
        (TABLE.replace("</td>", "").replace("</tr>", "").replace("</table>", ""), 2),
    ],
    ids=["one line", "capitals", "many lines", "broken lines", "no end tags"],
)
def test_a_table_of_html_is_read(text: str, number: int) -> None:
    lines = marked(f"text {text}<br>below\n\nmore" if "</table>" in text.lower() else f"text {text}\n\nmore")
    at = next(place for place, line in enumerate(lines) if HEADER.lower() in line.text.lower())
    shape = html_table(lines, at, READING)

    assert shape is not None
    (row,) = shape.rows
    assert (row.name, row.topic.lower(), row.href.lower()) == (
        "Kernel",
        "filesystems/ceph",
        "/kernel/index#filesystems-ceph",
    )
    assert [line.text for line in shape.above] in (["text "], ["text <table class=IndexEntries>"])
    assert shape.below[-1].text == "more"


def test_references_in_html_are_resolved() -> None:
    row = "<tr><td>R&amp;D</td><td><a href=/x#a&amp;b>a &amp; b</a></td></tr>"
    shape = html_table(marked(f"<table><tr><th>{HEADER}</th></tr>{row}</table>"), 0, READING)

    assert shape is not None
    assert shape.rows == [Row(1, "R&D", "a & b", "/x#a&b")]


@pytest.mark.parametrize(
    "text", [HEADER, f"<p>{HEADER}</p>", f"<table> text {HEADER}", f"<table>\ntext\n{HEADER}"]
)
def test_the_phrase_in_other_html_is_no_table(text: str) -> None:
    lines = marked(text)

    assert html_table(lines, len(lines) - 1, READING) is None


RUNS = {
    "KernelSystem calls/clone()KernelSystem calls/execve()": [
        ("Kernel", "System calls/clone()"),
        ("Kernel", "System calls/execve()"),
    ],
    "ConferenceEuroPython/2025PythonPerformance": [
        ("Conference", "EuroPython/2025"),
        ("Python", "Performance"),
    ],
    "KernelSecurity/Security modules": [("Kernel", "Security/Security modules")],
    "KernelDevelopment modelGuestArticlesDoe, Jane": [
        ("Kernel", "Development model"),
        ("GuestArticles", "Doe, Jane"),
    ],
    "KernelKernel.org": [("Kernel", "Kernel.org")],
    "KernelPython": [("Kernel", "Python")],
    "KernelSecurityKernelio_uring": [("Kernel", "Security"), ("Kernel", "io_uring")],
    r"Kernelio\_uring": [("Kernel", "io_uring")],
}


@pytest.mark.parametrize(("text", "rows"), RUNS.items(), ids=RUNS)
def test_cells_may_run_together(text: str, rows: list[tuple[str, str]]) -> None:
    shape = run_together(marked(f"{HEADER}{text}"), 0, READING)

    assert shape is not None
    assert [(row.name, row.topic) for row in shape.rows] == rows


@pytest.mark.parametrize(
    ("text", "below"),
    [
        ("to post comments", ["to post comments", "", "more"]),
        ("to post comments### Why?Posted", ["to post comments", "### Why?Posted", "more"]),
        ("([Log in](/Login/?target=/Articles/7/) to post comments)", None),
        ("* * *", ["", "* * *", "more"]),
        ("", ["", "", "more"]),
    ],
)
def test_what_follows_a_run_stands_below_it(text: str, below: list[str] | None) -> None:
    shape = run_together(marked(f"End of the text.{HEADER}KernelCeph{text}\nmore"), 0, READING)
    wanted = below or [text, "", "more"]

    assert shape is not None
    assert texts(shape) == (["End of the text."], wanted)
    assert [row.topic for row in shape.rows] == ["Ceph"]


@pytest.mark.parametrize(
    "text", ["", " Kernel", "Kernel", "UnknownCeph", "s are many", "Kernel and more", "s:KernelCeph"]
)
def test_the_phrase_and_more_prose_is_no_run(text: str) -> None:
    assert run_together(marked(f"About {HEADER}{text}"), 0, READING) is None


def test_a_sites_own_indexes_count_in_runs() -> None:
    rules = reading(Config(indexes={"Gardens": Config().indexes["Kernel"]}))
    shape = run_together(marked(f"**{HEADER}GardensRoses"), 0, rules)

    assert shape is not None
    assert (texts(shape)[0], shape.rows) == ([], [Row(1, "Gardens", "Roses")])
