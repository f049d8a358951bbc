"""Broken tables become tables, and good ones stay as they are."""

from __future__ import annotations

import pytest
from markdown import Markdown

from lwnindex.lines import marked
from lwnindex.tables import is_dashes, repair_tables


def repaired(text: str) -> tuple[str, int]:
    lines, count = repair_tables(marked(text))
    return "\n".join(line.text for line in lines), count


def html(text: str) -> str:
    return Markdown(extensions=["tables", "fenced_code"]).convert(repaired(text)[0])


DUMPED = {
    "plain": ("A| B  \n---|---  \n1| 2  ", "| A | B |\n| --- | --- |\n| 1 | 2 |"),
    "in a quote": ("> A| B  \n> ---|---  \n> 1| 2  ", "> | A | B |\n> | --- | --- |\n> | 1 | 2 |"),
    "in two quotes": (
        "> > A| B  \n> > ---|---  \n> > 1| 2  ",
        "> > | A | B |\n> > | --- | --- |\n> > | 1 | 2 |",
    ),
    "in a list": ("  A| B  \n  ---|---  \n  1| 2  ", "  | A | B |\n  | --- | --- |\n  | 1 | 2 |"),
    "no name for the first column": (
        "| X| Y  \n---|---|---  \nsize| 1| 2  ",
        "|  | X | Y |\n| --- | --- | --- |\n| size | 1 | 2 |",
    ),
    "a header short of cells": (
        "| Memory|   \n---|---|---  \nName | text | data | all | file  ",
        "|  | Memory |  |  |  |\n| --- | --- | --- | --- | --- |\n| Name | text | data | all | file |",
    ),
    "one cell over many": (
        "Totals of the cycle  \n---  \nlines added| 12  \nlines removed| 7  ",
        "| Totals of the cycle |  |\n| --- | --- |\n| lines added | 12 |\n| lines removed | 7 |",
    ),
    "one column": ("Slots  \n---  \n`ONE`  \n`TWO`  ", "| Slots |\n| --- |\n| `ONE` |\n| `TWO` |"),
    "a row of one cell at the end": (
        "A| B  \n---|---  \n1| 2  \nA caption below  ",
        "| A | B |\n| --- | --- |\n| 1 | 2 |\n| A caption below |  |",
    ),
    "an empty row": (
        "> A| B  \n> ---|---  \n> 1| 2  \n>    \n> 3| 4  ",
        "> | A | B |\n> | --- | --- |\n> | 1 | 2 |\n> | 3 | 4 |",
    ),
    "a line break in a cell": (
        "A| B  \n---|---  \ntree| first  \n second  ",
        "| A | B |\n| --- | --- |\n| tree | first<br>second |",
    ),
    "a header of two rows": (
        "Release| Pulls| Patches  \n---|---|---  \nWindow| All| Direct| All  \n1.0| 1| 2| 3| 4  ",
        (
            "| Release | Pulls |  | Patches |  |\n| --- | --- | --- | --- | --- |\n"
            "|  | Window | All | Direct | All |\n| 1.0 | 1 | 2 | 3 | 4 |"
        ),
    ),
    "a cell that reaches down": (
        "Kind | Call | Use  \n---|---|---  \nList | `add()` | adds  \n`del()` | takes away  ",
        "| Kind | Call | Use |\n| --- | --- | --- |\n| List | `add()` | adds |\n|  | `del()` | takes away |",
    ),
    "a short row of the same kind": (
        "Id | Start | End  \n---|---|---  \n[1](/1) | [a](/a) | 2.6  \n[2](/2) | unknown  ",
        "| Id | Start | End |\n| --- | --- | --- |\n| [1](/1) | [a](/a) | 2.6 |\n| [2](/2) | unknown |  |",
    ),
    "alignment": ("A| B  \n:---|---:  \n1| 2  ", "| A | B |\n| :--- | ---: |\n| 1 | 2 |"),
}


@pytest.mark.parametrize(("text", "wanted"), DUMPED.values(), ids=DUMPED)
def test_what_html2text_wrote_becomes_a_table(text: str, wanted: str) -> None:
    assert repaired(text) == (wanted, 1)
    assert html(text).count("<table>") == 1


def test_tables_in_a_table_become_tables_below_its_title() -> None:
    text = (
        "> Busiest people  \n> ---  \n> | By patches  \n> ---  \n> Ann| 2  \n"
        "> | By lines  \n> ---  \n> Bob| 9  \n  "
    )
    wanted = (
        "> **Busiest people**\n>\n> | By patches |  |\n> | --- | --- |\n> | Ann | 2 |\n>\n"
        "> | By lines |  |\n> | --- | --- |\n> | Bob | 9 |\n  "
    )

    assert repaired(text) == (wanted, 1)
    assert html(text).count("<table>") == 2


def test_a_title_that_is_strong_already_is_left_so() -> None:
    assert repaired("**T**  \n---  \nA| B  \n---|---  \n1| 2  ")[0].startswith("**T**\n\n| A | B |")


def test_a_paragraph_glued_to_the_header_is_parted_from_it() -> None:
    text = "Speed grew little since then:  | Size:| 16x  \n---|---  \nSeek:| 1.2x  \n  \nMore."
    wanted = "Speed grew little since then:\n\n| Size: | 16x |\n| --- | --- |\n| Seek: | 1.2x |\n  \nMore."

    assert repaired(text) == (wanted, 1)


AUTHORED = {
    "below a paragraph": (
        "Text\n| A | B |\n| --- | --- |\n| 1 | 2 |\nMore",
        "Text\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n\nMore",
    ),
    "below a paragraph in a quote": (
        "> Text\n> A | B\n> --- | ---\n> 1 | 2",
        "> Text\n>\n> | A | B |\n> | --- | --- |\n> | 1 | 2 |",
    ),
    "more cells than the header": (
        "| A | B |\n| --- | :-: |\n| 1 | 2 | 3 |",
        "| A | B |  |\n| --- | :-: | --- |\n| 1 | 2 | 3 |",
    ),
    "fewer dashes than names": ("| A | B |\n| --- |\n| 1 | 2 |", "| A | B |\n| --- | --- |\n| 1 | 2 |"),
    "dashes under one cell": (
        "All of it\n---\na | b\nc | d",
        "| All of it |  |\n| --- | --- |\n| a | b |\n| c | d |",
    ),
    "trailing spaces lost": (
        "| X| Y\n---|---|---\ns| 1| 2",
        "|  | X | Y |\n| --- | --- | --- |\n| s | 1 | 2 |",
    ),
    "one column without a frame": ("| A |\n| --- |\nx | \n", "| A |\n| --- |\n| x |\n"),
}


@pytest.mark.parametrize(("text", "wanted"), AUTHORED.values(), ids=AUTHORED)
def test_what_markdown_would_not_read_is_mended(text: str, wanted: str) -> None:
    assert repaired(text) == (wanted, 1)
    assert html(text).count("<table>") == 1


def test_a_table_in_a_list_item_stays_in_it() -> None:
    text = "* A | B\n    --- | ---\n    1 | 2 | 3\n* next"

    assert repaired(text)[0].startswith("* | A | B |  |\n    | --- | --- | --- |\n    | 1 | 2 | 3 |\n")


GOOD = {
    "framed": "| A | B |\n| --- | --- |\n| 1 | 2 |",
    "open": "A | B\n--- | ---\n1 | 2\n\nMore",
    "short rows": "| A | B |\n|---|---|\n| 1 |",
    "code with a bar": "| A | B |\n| --- | --- |\n| `a|b` | 2 |",
    "one column": "| A |\n| --- |\n| 1 |",
    "fenced": "```\nA| B  \n---|---  \n1| 2  \n```",
    "indented": "x\n\n    A| B  \n    ---|---  \n    1| 2  ",
    "a heading underlined": "A heading\n---\nText of it.",
    "a heading over a table": "A heading\n---\n| A | B |\n| --- | --- |\n| 1 | 2 |",
    "a heading of another kind over a table": "## A heading\n| A | B |\n| --- | --- |\n| 1 | 2 |",
    "a heading at the end": "A heading\n---",
    "a heading over code": "A heading\n---\n```\na|b\n```",
    "a rule": "Text\n\n---\n\na | b",
    "a line of dashes below a heading": "# A\n---|---\n1|2",
    "prose over dashes": "No bar here\n---|---\n1|2",
    "another quote's dashes": "A| B\n> ---|---\n> 1| 2",
    "dashes at the top": "---|---\n1|2",
    "dashes with a hole": "A | B\n-- - | ---\n1 | 2",
    "a colon under one cell": "A\n:---\na | b",
    "dashes with other marks": "A | B\n--- | -x-\n1 | 2",
    "too many columns to fill": "|" * 300 + "\n" + "---|" * 20 + "\n1|2",
}


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_what_is_no_broken_table_is_left_alone(text: str) -> None:
    assert repaired(text) == (text, 0)


@pytest.mark.parametrize(
    "below",
    ["A paragraph without the two spaces", "# Heading  ", "* item  ", "> a quote| x  ", "```\na|b  \n```"],
)
def test_what_cannot_be_a_row_ends_a_table(below: str) -> None:
    wanted = f"| A | B |\n| --- | --- |\n| 1 | 2 |\n\n{below}"

    assert repaired(f"A| B  \n---|---  \n1| 2  \n{below}") == (wanted, 1)


def test_text_after_an_empty_line_is_no_row() -> None:
    text = "A| B  \n---|---  \n1| 2  \n  \nIt is `a|b` that counts.  "

    assert repaired(text)[0].endswith("| 1 | 2 |\n  \nIt is `a|b` that counts.  ")


@pytest.mark.parametrize("text", [text for text, _ in (*DUMPED.values(), *AUTHORED.values())])
def test_mending_twice_is_mending_once(text: str) -> None:
    once = repaired(text)[0]

    assert repaired(once) == (once, 0)


def test_lines_keep_their_numbers() -> None:
    lines, _ = repair_tables(marked("Text\nA| B  \n---|---  \n1| 2  \n 3  \nend", 5))

    assert [line.number for line in lines] == [5, 6, 6, 7, 8, 6, 10]


def test_lines_of_dashes_are_known() -> None:
    assert all(map(is_dashes, ("---", "> ---|---  ", "|:-:|", "-")))
    assert not any(map(is_dashes, ("", "  ", "|", "a-b", "- a")))
