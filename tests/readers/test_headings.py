"""The first heading is the title."""

from __future__ import annotations

import pytest

from lwnindex.lines import marked
from lwnindex.readers.headings import drop_title, take_title


def taken(text: str) -> tuple[str, str]:
    title, lines = take_title(marked(text), (" [LWN.net]",))
    return title, "\n".join(line.text for line in lines)


@pytest.mark.parametrize(
    ("text", "title", "rest"),
    [
        ("# A title [LWN.net]\n\ntext", "A title", "\ntext"),
        ("# [$] Paid for [LWN.net]", "Paid for", ""),
        (r"# \[$\] Paid for", "Paid for", ""),
        (r"# \[$] Paid for", "Paid for", ""),
        ("# The __init__ and __exit__ macros [LWN.net]", "The __init__ and __exit__ macros", ""),
        (
            r"# The _real_ `__init__` and \_\_exit\_\_ **macros**",
            "The _real_ __init__ and __exit__ macros",
            "",
        ),
        ("\n\n## The `io_uring` *story* ##\ntext", "The io_uring story", "\n\ntext"),
        (r"# All of io\_uring", "All of io_uring", ""),
        (r"# Of \"quotes\" and \"half of one\ [LWN.net]", 'Of "quotes" and "half of one"', ""),
        ("# A path\\", "A path\\", ""),
        ("# C# and R&amp;D", "C# and R&D", ""),
        ("Title [LWN.net]\n=====\ntext", "Title", "text"),
        ("Title\n---\ntext", "Title", "text"),
        ("text\n\n# Late", "Late", "text\n"),
        ("text\n\nLate\n==", "Late", "text\n"),
        ("text\n\n## Section\n\nmore", "Section", "text\n\n## Section\n\nmore"),
        ("```\n# code\n```\n# Title", "Title", "```\n# code\n```"),
        ("#\n# Title", "Title", "#"),
        ("# [LWN.net]", "", ""),
        ("#hashtag", "", "#hashtag"),
        ("    # code", "", "    # code"),
        ("text\n\nRuns on\n---\nmore", "", "text\n\nRuns on\n---\nmore"),
        ("A table  \n---  \nrow  ", "", "A table  \n---  \nrow  "),
        ("> quoted\n===", "", "> quoted\n==="),
        ("", "", ""),
    ],
)
def test_the_title_is_taken_out(text: str, title: str, rest: str) -> None:
    assert taken(text) == (title, rest)


def test_a_very_long_title_is_taken_as_it_is() -> None:
    assert taken("# " + "ab " * 2000 + "\ntext") == (("ab " * 2000).strip(), "text")
    assert taken("#" * 3000) == ("", "#" * 3000)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("\n# A  title\n\ntext", "\ntext"),
        ("A title\n===\ntext", "text"),
        ("# Another\n\ntext", "# Another\n\ntext"),
        ("## A title\n\ntext", "## A title\n\ntext"),
        ("text\n# A title", "text\n# A title"),
        ("text", "text"),
    ],
)
def test_a_title_that_is_known_goes_if_it_stands_first(text: str, rest: str) -> None:
    assert "\n".join(line.text for line in drop_title(marked(text), "A title")) == rest


def test_a_title_with_underscores_is_known_again() -> None:
    for title in ("The __init__ macros", "The init macros"):
        assert drop_title(marked("# The __init__ macros\ntext"), title) == marked("text", 2)
