"""Repairs make dumped Markdown read as it was meant, and are made once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.lines import marked
from lwnindex.pythonmarkdown import to_html
from lwnindex.repairs import (
    mended,
    part_paragraphs,
    repair_code_links,
    repair_lists,
    repair_spaces,
    repaired,
)
from lwnindex.settings import Config

PIECES = (
    *("a", "b|c", "|", " ", "  ", "\n", "\n\n", "\t", "> ", "---", "---|---", "```", "~~~", "* ", "  * "),
    *("      * ", "1. ", "# ", "`", "\\", "\u00a0", "\u2028", "x| y  \n---|---  \n1| 2  \n"),
)


def spaced(text: str) -> str:
    return "\n".join(line.text for line in repair_spaces(marked(text)))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a \nb", "a\nb"),
        ("a  \nb", "a  \nb"),
        ("a     \nb", "a  \nb"),
        ("a\t\nb", "a  \nb"),
        ("  \n \t ", "\n"),
        (">    \n> a ", ">\n> a"),
        ("a\tb", "a   b"),
        ("\tcode ", "    code"),
        ("```\n\ta \n```", "```\n\ta \n```"),
        ("a\u00a0", "a\u00a0"),
        ('""quoted""\n##  Heading', '""quoted""\n##  Heading'),
    ],
)
def test_spaces_at_line_ends_go_but_those_of_a_hard_break(text: str, wanted: str) -> None:
    assert spaced(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("See `[read()](/Articles/7/)` for it.", "See [`read()`](/Articles/7/) for it."),
        ("`[a](http://b.example/(c))` and `[d](/e)`", "[`a`](http://b.example/(c)) and [`d`](/e)"),
        ("``[a](/b)``", "[``a``](/b)"),
    ],
)
def test_a_link_that_is_all_of_some_code_is_turned_outwards(text: str, wanted: str) -> None:
    lines, count = repair_code_links(marked(text))

    assert ("\n".join(line.text for line in lines), count) == (wanted, wanted.count("["))


@pytest.mark.parametrize(
    "text",
    [
        "[`a`](/b)",
        "`a` and [b](/c) and `d`",
        "`[a](/b) and more`",
        "`[a]` (b)",
        "```\n`[a](/b)`\n```",
        "`[a](/b)`" + " " * 20_000 + "c",
    ],
)
def test_other_code_and_links_stay(text: str) -> None:
    lines, count = repair_code_links(marked(text))

    assert ("\n".join(line.text for line in lines), count) == (text, 0)


LISTS = {
    "three levels": (
        "  * a\n\n    * b\n\n      * c\n\n      * d\n\n  * e",
        "  * a\n\n    * b\n\n        * c\n\n        * d\n\n  * e",
        1,
    ),
    "four levels": (
        "  1. a\n    1. b\n      1. c\n        1. d",
        "  1. a\n    1. b\n        1. c\n            1. d",
        1,
    ),
    "two lists": (
        "  * a\n    * b\n      * c\n\ntext\n\n  * a\n    * b\n      * c",
        "  * a\n    * b\n        * c\n\ntext\n\n  * a\n    * b\n        * c",
        2,
    ),
}


@pytest.mark.parametrize(("text", "wanted", "count"), LISTS.values(), ids=LISTS)
def test_deep_lists_are_indented_as_markdown_wants_it(text: str, wanted: str, count: int) -> None:
    lines, found = repair_lists(marked(text))

    assert ("\n".join(line.text for line in lines), found) == (wanted, count)


@pytest.mark.parametrize(
    "text",
    [
        "* a\n    * b\n        * c",
        "- a\n  - b\n    - c",
        "  * a\n\n        * jumped two levels",
        "text\n\n      * code, rather",
        "  * a\n    * b\ntext\n      * lazy",
        "  * a\n\t* b",
    ],
)
def test_other_lists_are_left_alone(text: str) -> None:
    lines, count = repair_lists(marked(text))

    assert ("\n".join(line.text for line in lines), count) == (text, 0)


@pytest.mark.parametrize("text", ["  * a \n  * b \nc", "  1. a\n\n  2. b\nc", "  * a\n    * b\nc"])
def test_text_below_a_dumped_item_is_a_paragraph(text: str) -> None:
    lines, count = part_paragraphs(marked(text))
    joined = "\n".join(line.text for line in lines)

    assert (joined, count) == (text[:-1] + "\nc", 1)
    assert lines[-2].number == lines[-1].number == text.count("\n") + 1
    assert to_html(joined, Config().markdown.extensions).endswith("l>\n<p>c</p>")


@pytest.mark.parametrize(
    "text",
    [
        "* a\nb",
        "  * a\n\nb",
        "  * a\n    b",
        "  * a\n* b",
        "  * a\n> b",
        "  * a\n* * *",
        "  * a\nb| c\n---|---",
        "  * a\n```\nb\n```",
        "a\n\n      * b\nc",
    ],
)
def test_other_lines_below_items_stay(text: str) -> None:
    lines, count = part_paragraphs(marked(text))

    assert ("\n".join(line.text for line in lines), count) == (text, 0)


def test_all_repairs_are_counted() -> None:
    text = "A| B  \n---|---  \n1| 2  \n\ntext \n\n  * a\n    * b\n      * c\n"
    lines, counts = mended(marked(text))

    assert counts == (("list", 1), ("table", 1))
    assert lines[0].text == "| A | B |"
    assert lines[4].text == "text"
    assert mended(marked("nothing to mend"))[1] == ()


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=80))
def test_mending_twice_is_mending_once(text: str) -> None:
    once, _ = mended(marked(text))
    again, counts = mended(marked("\n".join(line.text for line in once)))

    assert [line.text for line in again] == [line.text for line in once]
    assert counts == ()


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=80))
def test_no_letter_is_lost_and_each_line_stood_in_the_source(text: str) -> None:
    lines, _ = mended(marked(text))

    assert {line.number for line in lines} <= set(range(1, text.count("\n") + 2))
    assert sum(line.text.count("a") for line in lines) == text.count("a")


ROWS = (
    *("text", "text ", "more  ", "> quote ", ">  ", "", "  ", "  * item ", "    * inner", "      * inmost"),
    *(
        "* top ",
        "```",
        "```c ",
        "``` {.c .d}",
        "~~~",
        "- ```",
        "> ```",
        "\tdeep",
        "    code",
        "a `[b](/c)` d",
    ),
    *("---", "A| B  ", "---|---  ", "1| 2  ", "# Head", "* * *", "\u00a0"),
)


@given(st.lists(st.sampled_from(ROWS), max_size=14) | st.lists(st.sampled_from(ROWS[:13]), max_size=14))
def test_what_looks_usual_is_repaired_as_all_else_is(rows: list[str]) -> None:
    linked, links = repair_code_links(marked("\n".join(rows)))
    parted, paragraphs = part_paragraphs(linked)
    lines, counts = mended(parted)
    found = repaired(marked("\n".join(rows)))

    assert found.text.split("\n") == [line.text for line in lines]
    assert found.numbers == tuple(line.number for line in lines)
    wanted = {"code-link": links, "paragraph": paragraphs, **dict(counts)}
    assert {name: count for name, count in found.counts if count} == {
        name: count for name, count in wanted.items() if count
    }


def test_nothing_is_repaired_to_nothing() -> None:
    assert repaired(()) == ("", (), ())
