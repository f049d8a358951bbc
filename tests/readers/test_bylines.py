"""A byline names authors and a date; prose does not."""

from __future__ import annotations

import pytest

from lwnindex.lines import marked
from lwnindex.model import Badge
from lwnindex.readers.bylines import Head, read_head, split_names
from lwnindex.reading import reading
from lwnindex.settings import Config

READING = reading(Config())
ISO = "2009-12-22"


def head(text: str) -> Head:
    return read_head(marked(text), "a.md", READING)


def body(found: Head) -> str:
    return "\n".join(line.text for line in found.lines).strip()


BYLINES = {
    "strong": ("By **Jane Doe**  \nDecember 22, 2009 ", ("Jane Doe",)),
    "strong, date apart": ("By **Jane Doe**\n\nDecember 22, 2009", ("Jane Doe",)),
    "a no-break space": ("By **Jane\u00a0Doe**  \nDecember 22, 2009", ("Jane Doe",)),
    "two, each strong": ("By **Jane Doe** and **John Roe**  \nDecember 22, 2009", ("Jane Doe", "John Roe")),
    "two, strong together": ("By **Jane Doe and John Roe**  \nDecember 22, 2009", ("Jane Doe", "John Roe")),
    "two lines": ("By **Jane Doe** and  \n**John Roe**  \nDecember 22, 2009", ("Jane Doe", "John Roe")),
    "two lines and a date": ("By **A** and\n[B](/b) December 22, 2009", ("A", "B")),
    "two lines below a date": ("December 22, 2009\n\nBy **A** &\n**B**", ("A", "B")),
    "three lines": ("By **A**,  \n**B**, and  \n**C**  \nDecember 22, 2009", ("A", "B", "C")),
    "three": ("By **A, B, and C**  \nDecember 22, 2009", ("A", "B", "C")),
    "linked": ("By **[Jane Doe](http://doe.example/)**  \nDecember 22, 2009", ("Jane Doe",)),
    "links without stars": ("December 22, 2009\n\nBy [J. Doe](/j) and [R. Roe](/r)", ("J. Doe", "R. Roe")),
    "plain": ("By Jane Doe\nDecember 22, 2009", ("Jane Doe",)),
    "on one line": ("By Jane Doe December 22, 2009", ("Jane Doe",)),
    "on one line with marks": ("By **Jane Doe** | 22 Dec 2009", ("Jane Doe",)),
    "a desk": ("By **the kernel desk**  \nDecember 22, 2009", ("the kernel desk",)),
    "junior": ("By **Jane Doe, Jr.**  \nDecember 22, 2009", ("Jane Doe, Jr.",)),
    "guest": ("December 22, 2009\n\nThis article was contributed by Jane Doe", ("Jane Doe",)),
    "guest, date below": ("This article was contributed by Jane Doe.\n\nDecember 22, 2009", ("Jane Doe",)),
    "guest, linked": ("December 22, 2009\n\nThis article was contributed by [Jane Doe](/d).", ("Jane Doe",)),
    "guests": ("December 22, 2009\n\n*This article was contributed by A, B and C*", ("A", "B", "C")),
    "brief": ("[Posted December 22, 2009 by corbet]", ("Jonathan Corbet",)),
    "brief, unknown nick": (r"\[Posted December 22, 2009 by somebody\]", ("somebody",)),
    "brief without nick": ("[Posted December 22, 2009]", ()),
    "brief and names": (
        "[Posted December 1, 2009 by jake]\n\nDecember 22, 2009\n\nBy Jane Doe",
        ("Jane Doe",),
    ),
    "brief and names without a date": (
        "[Posted December 22, 2009 by jake]\n\nBy **Jane Doe**",
        ("Jane Doe",),
    ),
    "a date alone": ("December 22, 2009", ()),
}


@pytest.mark.parametrize(("byline", "authors"), BYLINES.values(), ids=BYLINES)
def test_a_byline_is_read_and_goes(byline: str, authors: tuple[str, ...]) -> None:
    found = head(f"\n{byline}\n\nText.\n\nMore.")

    assert (found.authors, found.date, body(found)) == (authors, ISO, "Text.\n\nMore.")
    assert (found.badges, found.problems) == ((), ())


@pytest.mark.parametrize(("name", "is_author"), [("Jane Doe", True), ("corbet", True), ("default", False)])
def test_a_name_without_a_date_is_a_byline_if_it_is_strong_and_looks_like_one(
    name: str, is_author: bool
) -> None:
    found = head(f"By **{name}**\n\nText.")

    assert (found.authors, found.date) == ((name,) if is_author else (), None)


PROSE = [
    "By **default**, nothing of it is built on December 22, 2009 or any other day, as all of us know.",
    "By **default** it is.",
    "By **default** and\n**always** it is.",
    "By Jane and\nothers it was done.",
    "By **default**, it was taken out on December 22, 2009",
    "By now it was December 22, 2009",
    "By Jane Doe, a tale.",
    "By December 22, 2009 all was done.",
    "By the way: December 22, 2009 was a Tuesday, as were many others in that long and strange year.",
    "Text.\n\nDecember 22, 2009\n\nMore.",
    "On December 22, 2009 it was done.",
    "> By **Jane Doe**  \n> December 22, 2009",
    "```\nBy **Jane Doe**\n```",
    "[Posted yesterday by corbet]",
    "This article was contributed by a great many people, of whom nobody knows any more who they were.",
    "By Jane Doe December 22, 2009 and a long story of what was done on that very day",
    "By **" + "Jane " * 80 + "**",
    "",
]


@pytest.mark.parametrize("text", PROSE)
def test_prose_is_no_byline(text: str) -> None:
    found = head(text)

    assert (found.authors, found.date, body(found)) == ((), None, text)


def test_a_byline_may_stand_among_the_first_lines_only() -> None:
    near = "Text.\n\n" * 11 + "By **Jane Doe**  \n"
    far = "Text.\n\n" * 12 + "By **Jane Doe**  \n"

    assert (head(near).authors, head(far).authors) == (("Jane Doe",), ())


def test_text_between_the_lines_of_a_byline_stays() -> None:
    found = head("December 22, 2009\n\nText.\n\nThis article was contributed by Jane Doe\n\nMore.")

    assert (found.authors, found.date, body(found)) == (("Jane Doe",), ISO, "Text.\n\n\nMore.")


def test_a_date_that_heads_the_text_stays_if_the_byline_has_one() -> None:
    found = head("By **Jane Doe**  \nDecember 22, 2009\n\nJanuary 1, 2008\n\nIt began.")

    assert (found.date, body(found)) == (ISO, "January 1, 2008\n\nIt began.")


@pytest.mark.parametrize(
    ("byline", "line"),
    [
        ("By **Jane Doe**  \nFebruary 30, 2009", 2),
        ("By **Jane Doe**  \nFebruember 3, 2009", 2),
        ("By Jane Doe February 30, 2009", 1),
        ("[Posted February 30, 2009 by corbet]", 1),
        ("February 30, 2009\n\nThis article was contributed by Jane Doe", 1),
    ],
)
def test_an_impossible_date_is_an_error_with_its_line(byline: str, line: int) -> None:
    found = head(f"{byline}\n\nText.")
    (fault,) = found.problems

    assert (found.date, body(found), len(found.authors)) == (None, "Text.", 1)
    assert (fault.code, fault.severity, fault.file, fault.line) == ("bad-date", "error", "a.md", line)


@pytest.mark.parametrize(
    "byline", ["By Jane Doe May 8, 2025 LSFMM+BPF", "By **Jane Doe**  \nMay 8, 2025 LSFMM+BPF"]
)
def test_a_conferences_name_behind_the_date_is_a_badge(byline: str) -> None:
    found = head(f"{byline}\n\nText.")

    assert (found.date, found.badges) == ("2025-05-08", (Badge(label="LSFMM+BPF", href=""),))


MARKS = {
    "[LPC](/Archives/ConferenceIndex/#LPC-2025)": Badge(
        label="LPC", href="/Archives/ConferenceIndex/#LPC-2025"
    ),
    "[R\\_D](https://lwn.net/Articles/rd2025/)": Badge(label="R_D", href="https://lwn.net/Articles/rd2025/"),
    "LWN's [Summit coverage](/Articles/S/)": Badge(label="Summit coverage", href="/Articles/S/"),
    "[2011 Summit](/Articles/S/) coverage ": Badge(label="2011 Summit", href="/Articles/S/"),
}


@pytest.mark.parametrize(("mark", "badge"), MARKS.items(), ids=MARKS)
def test_a_rule_and_one_link_below_the_byline_are_a_badge(mark: str, badge: Badge) -> None:
    found = head(f"By **Jane Doe**  \nDecember 22, 2009\n\n* * *\n\n{mark}\n\nText.")

    assert (found.badges, body(found)) == ((badge,), "Text.")


@pytest.mark.parametrize(
    "text",
    [
        "* * *\n\n[A shop](https://shop.example/)\n\nText.",
        "* * *\n\n[A shop](//shop.example/)\n\nText.",
        "* * *\n\n[What the title of an article may well look like](/Articles/7/)\n\nText.",
        "* * *\n\n[LPC](/Articles/lpc/) was fun.\n\nText.",
        "* * *\n\n[LPC](/Articles/lpc/)\nText.",
        "* * *\n\n[](/Articles/lpc/)\n\nText.",
        "[LPC](/Articles/lpc/)\n\nText.",
        "* * *",
    ],
)
def test_other_beginnings_are_no_badge(text: str) -> None:
    found = head(f"By **Jane Doe**  \nDecember 22, 2009\n\n{text}")

    assert (found.badges, body(found)) == ((), text)


def test_without_a_byline_there_is_no_badge() -> None:
    assert head("* * *\n\n[LPC](/Articles/lpc/)\n\nText.").badges == ()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A", ("A",)),
        ("A and B", ("A", "B")),
        ("A, B and C", ("A", "B", "C")),
        ("A, B, and Carol.", ("A", "B", "Carol")),
        ("A & B", ("A", "B")),
        ("Jane Doe, Jr. and B", ("Jane Doe, Jr.", "B")),
        ("Jane D.", ("Jane D.",)),
        (" | , ", ()),
    ],
)
def test_names_are_parted(text: str, wanted: tuple[str, ...]) -> None:
    assert split_names(text) == wanted
