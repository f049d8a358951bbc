"""A dump becomes a manuscript: the article alone, each field, each line's place, each rule counted."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.model import Badge, Manuscript
from lwnindex.readers.lwn import read
from lwnindex.reading import reading
from lwnindex.settings import Config, SourceSettings

READING = reading(Config())
NAG = "> **Do join us**\n> \n> There is [a club](https://press.example/Promo/x/join) for readers.\n"

DUMP = f"""\
# How locks sleep [LWN.net]

{NAG}
By **Jane Doe**\x20\x20
December 22, 2009\x20

* * *

[LPC](/Archives/ConferenceIndex/#Linux_Plumbers_Conference-2009)

Locks of this kind may sleep.\x20

{NAG}
They come in [three sizes](/Articles/12/):\x20

> Size| Bytes\x20\x20
> ---|---\x20\x20
> small| 8\x20\x20
\x20\x20
The end.\x20\x20
Index entries for this article\x20\x20
---\x20\x20
[Kernel](/Kernel/Index)| [Locks/I/O waits](/Kernel/Index#Locks-IO_waits)\x20\x20
[GuestArticles](/Archives/GuestIndex/)| [Doe, Jane](/Archives/GuestIndex/#Doe_Jane)\x20\x20
\x20\x20


* * *

([Log in](/Login/?target=/Articles/77/) to post comments)\x20

### A question

Posted Dec 24, 2009 9:05 UTC (Thu) by **reader**

Which size?
"""


def manuscript(text: str, file: str = "a.md") -> Manuscript:
    return read(text, file, READING)


def test_a_dump_is_read_whole() -> None:
    found = manuscript(DUMP)
    rows = DUMP.split("\n")

    assert found.text == (
        "Locks of this kind may sleep.\n\nThey come in [three sizes](/Articles/12/):\n\n"
        "> | Size | Bytes |\n> | --- | --- |\n> | small | 8 |\n\nThe end.  "
    )
    assert [rows[number - 1].split("|")[0].strip() for number in found.lines if rows[number - 1].strip()] == [
        "Locks of this kind may sleep.",
        "They come in [three sizes](/Articles/12/):",
        "> Size",
        "> ---",
        "> small",
        "The end.",
    ]
    assert (found.title, found.date, found.authors, found.id) == (
        "How locks sleep",
        "2009-12-22",
        ("Jane Doe",),
        "77",
    )
    assert found.entries == (("Kernel", "Locks", "I/O waits"), ("GuestArticles", "Doe, Jane"))
    assert [rows[number - 1][:4] for number in found.entry_lines] == ["[Ker", "[Gue"]
    assert found.badges == (
        Badge(label="LPC", href="/Archives/ConferenceIndex/#Linux_Plumbers_Conference-2009"),
    )
    assert found.problems == ()
    assert dict(found.counts) == {
        "badge": 1,
        "comments": 1,
        "index-block": 1,
        "login": 1,
        "nag": 2,
        "table": 1,
    }


def test_markdown_without_a_header_is_read() -> None:
    found = manuscript("# A title\n\nText.\n\n* * *\n\nMore.\n", "x/2009-12-22-a.md")

    assert found == Manuscript(
        text="Text.\n\n* * *\n\nMore.", lines=(3, 4, 5, 6, 7), title="A title", date="2009-12-22"
    )


def test_a_byline_goes_before_the_files_name() -> None:
    text = "# T\n\nBy **Jane Doe**  \n{}\n\nText."

    assert manuscript(text.format("May 1, 2010"), "2009-12-22.md").date == "2010-05-01"
    assert manuscript(text.format("May 99, 2010"), "2009-12-22.md").date is None


@pytest.mark.parametrize("text", ["", "\n \n", "# T [LWN.net]\n", NAG])
def test_nothing_is_nothing(text: str) -> None:
    found = manuscript(text)

    assert (found.text, found.lines) == ("", ())


NAGS = {
    "first": f"{NAG}\nText.",
    "in the middle": f"Text.\n\n{NAG}\nMore.",
    "last": f"Text.\n\n{NAG}",
    "without blank lines": f"Text.\n{NAG}More.",
    "an autolink": "Text.\n\n> <https://press.example/Promo/x>\n",
    "a bare address": "Text.\n\n> Join: https://press.example/Promo/x now\n",
    "html": 'Text.\n\n> <a href="/Promo/x">Join</a>\n',
    "indented a little": "Text.\n\n  > [Join](/Promo/x)\n",
    "in an item": "- Text.\n\n    > [Join](/Promo/x)\n",
}


def test_all_quotes_that_link_to_the_shop_go_and_one_blank_line_stays() -> None:
    nag = "> Buy\n> [Join](/Promo/x)"
    found = manuscript(f"{nag}\n\nOne.\n\n{nag}\n\n{nag}\n\n> Kept.\n\nSee /Promo/y.\n{nag}\nTwo.")

    assert found.text == "One.\n\n> Kept.\n\nSee /Promo/y.\nTwo."
    assert found.counts == (("nag", 4),)


@pytest.mark.parametrize("text", NAGS.values(), ids=NAGS)
def test_a_quote_that_links_to_the_shop_goes(text: str) -> None:
    found = manuscript(text)

    assert "Promo" not in found.text
    assert "Text." in found.text
    assert "\n\n\n" not in found.text
    assert found.counts == (("nag", 1),)


@pytest.mark.parametrize(
    "text",
    [
        "> [A quote](/Articles/1/) of somebody.",
        "> The /Promo/ pages are gone.",
        "[A link](/Promo/x) in the text.",
        "```\n> [Join](/Promo/x)\n```",
        "Text.\n\n    > [Join](/Promo/x)",
        ">     [Join](/Promo/x)",
    ],
)
def test_other_quotes_and_links_stay(text: str) -> None:
    assert (manuscript(text).text, manuscript(text).counts) == (text, ())


@pytest.mark.parametrize(
    ("text", "body", "named"),
    [
        ("# T\n\nhttps://lwn.net/Articles/77/\n\nText.", "Text.", "77"),
        ("# T\n\nURL: <https://lwn.net/Articles/77/>\n\nBy **Jane Doe**\n\nText.", "Text.", "77"),
        ("# T\n\nText.\n\nOne\n\nTwo\n\nhttps://lwn.net/Articles/77/", None, ""),
        ("# T\n\n    https://lwn.net/Articles/77/", None, ""),
        ("# T\n\n[an article](https://lwn.net/Articles/77/)", None, ""),
    ],
)
def test_a_line_at_the_top_may_name_the_article(text: str, body: str | None, named: str) -> None:
    found = manuscript(text)

    assert (found.id, found.text) == (named, text.removeprefix("# T\n\n") if body is None else body)
    assert dict(found.counts).get("address", 0) == bool(named)


def test_without_an_index_block_the_trailer_goes_too() -> None:
    found = manuscript("# T\n\nText.\n\n* * *\n\nMore.\n\n* * *\n\nto post comments ")

    assert found.text == "Text.\n\n* * *\n\nMore."
    assert found.counts == (("trailer", 1),)


def test_what_is_wrong_with_entries_is_told() -> None:
    found = manuscript("Text.\nIndex entries for this article\n---\nKernel | \n")

    assert [(fault.code, fault.line) for fault in found.problems] == [("bad-entry", 4)]


PIECES = (
    *(
        "# T [LWN.net]\n",
        "By **A**  \n",
        "December 22, 2009\n",
        "\n",
        "\n\n",
        "* * *\n",
        "---\n",
        "text\n",
        "> ",
    ),
    *(
        "[a](/Promo/x)\n",
        "Index entries for this article",
        "Kernel",
        "|",
        "[Kernel](/Kernel/Index)",
        "Ceph",
        "\t",
    ),
    *(
        "to post comments\n",
        "### a\n",
        "Posted Jun 5, 2026 14:29 UTC",
        "```\n",
        "    ",
        "  \n",
        "<table><tr><th>",
    ),
    *("</table>", "https://lwn.net/Articles/7/\n", "Copyright © 2009\n", "[Posted May 5, 2005 by x]\n"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(max_size=80))
def test_any_text_is_read_and_each_line_stood_in_the_source(text: str) -> None:
    found = manuscript(text)

    assert len(found.entries) == len(found.entry_lines)
    assert len(found.lines) == len(found.text.split("\n")) or (found.lines, found.text) == ((), "")
    assert {*found.lines, *found.entry_lines} <= set(range(1, text.count("\n") + 2))


MUCH = 10_000
PHRASE = "Index entries for this article"


@pytest.mark.parametrize(
    "text",
    [
        *(
            mark * MUCH
            for mark in ("> ", ">\n", "|", "`", "[", "[a](", "*", "<a ", "\\", "# \n", "---\n", "```\n")
        ),
        *("> ```\nx\n" * MUCH, "a| b  \n---|---  \n" * MUCH, "- " * MUCH, "* " * MUCH + "x", "    " * MUCH),
        *("By **" + "a, " * MUCH, "> /Promo/ [x](" * MUCH, "| `" * MUCH + "\n---|---", "### a\nx\n" * MUCH),
        "`[ " + " ".join("`" * number for number in range(2, 500)),
        *(
            f"{PHRASE}\n" * MUCH,
            PHRASE + "Kernel" * MUCH,
            PHRASE + "KernelCeph" * MUCH,
            "<table>" * MUCH + PHRASE,
        ),
        f"{PHRASE}\n---\n[K](/K/Index)| [{'/' * 4000}](/K/Index#a)\n" * 9,
    ],
    ids=lambda text: text[:12],
)
def test_no_text_takes_more_time_than_its_length_asks_for(text: str) -> None:
    # A step that is not linear would take minutes here.
    found = manuscript(text)

    assert len(found.text) < 20 * len(text) + 100


ROW = re.compile(r"^\[([^\]]+)\]\(/[^)]*\)\| \[(.+)\]\(/[^)#]*#([^)]+)\)  $", re.MULTILINE)
MONTHS = [date(2000, month, 1).strftime("%B") for month in range(1, 13)]
DATE = re.compile(rf"({'|'.join(MONTHS)}) (\d+), (\d{{4}})")


def by_regex(text: str) -> tuple[str, str, set[tuple[str, str]]]:
    """Return (title, date, pairs of index and anchor) of an article of the archive."""
    month, day, year = next(
        found.groups() for line in text.split("\n")[:20] for found in DATE.finditer(line[:50])
    )
    rows = ROW.findall(text[text.rindex(PHRASE) :])
    title = text.split("\n", 1)[0].removeprefix("# ").removesuffix(" [LWN.net]")
    title = re.sub(r'\\"?', '"', title).replace("  ", " ")
    day_of = f"{year}-{MONTHS.index(month) + 1:02}-{int(day):02}"
    return title, day_of, {(index, anchor) for index, _, anchor in rows}


def anchors(found: Manuscript) -> set[tuple[str, str]]:
    return {
        (index, "-".join(re.sub(r"[^\w .-]", "", level).replace(" ", "_") for level in levels))
        for index, *levels in found.entries
    }


def test_the_real_archive_is_read_as_a_few_lines_of_regex_read_it(shared: Path) -> None:
    files = sorted((shared / "corpora/lwn-kernel-2009-2012").glob("*.md"))
    sources = {path.name: path.read_text("utf-8") for path in files}
    found = {name: manuscript(text, name) for name, text in sources.items()}

    assert len(found) == 771
    wanted = {name: by_regex(text) for name, text in sources.items()}
    assert {name: (one.title, one.date, anchors(one)) for name, one in found.items()} == wanted
    assert all(one.authors for one in found.values())
    assert [one.problems for one in found.values() if one.problems] == []


LEFT = re.compile(
    r"/Promo/|to post comments|Index entries for this article|\[LWN\.net\]|^> *---\|", re.MULTILINE
)
NAGGING = re.compile(r"^(?!>).*\n> .*\n(?:> .*\n)*?> .*/Promo/", re.MULTILINE)


def test_nothing_but_the_articles_is_left_of_the_real_archive(shared: Path) -> None:
    for path in sorted((shared / "corpora/lwn-kernel-2009-2012").glob("*.md")):
        text = path.read_text("utf-8")
        found = manuscript(text, path.name)

        assert LEFT.search(found.text) is None, path.name
        assert dict(found.counts).get("nag", 0) == len(NAGGING.findall(text)), path.name
        assert len(found.text) > 0.7 * len(text) - 2500, path.name


def test_the_seed_is_read(shared: Path) -> None:
    (path,) = (shared / "corpora/seed").iterdir()
    found = manuscript(path.read_text("utf-8"), path.name)

    assert (found.title, found.authors, found.date) == (
        "Two that didn't make it",
        ("Jonathan Corbet",),
        "2009-12-22",
    )
    assert found.entries == (
        ("Kernel", "AlacrityVM"),
        ("Kernel", "Development model"),
        ("Kernel", "Filesystems", "Ceph"),
    )
    assert dict(found.counts) == {"index-block": 1, "nag": 1, "trailer": 1}
    assert LEFT.search(found.text) is None
    assert found.text.startswith("The 2.6.33 merge window")
    assert "* * *" not in found.text


def test_text_below_a_list_is_parted_from_it() -> None:
    found = manuscript("Locks:\n\n  * one \n  * two \nThey sleep.\n")

    assert found.text == "Locks:\n\n  * one\n  * two\n\nThey sleep."
    assert found.lines == (1, 2, 3, 4, 5, 5)
    assert found.counts == (("paragraph", 1),)


def test_a_dump_has_the_entries_of_its_source() -> None:
    rules = reading(
        Config(), SourceSettings(path="old", entries=("Kernel/Old", "Kernel/Filesystems/Ceph", "x"))
    )
    text = (
        "# Ceph\n\nBy **A**\nDecember 22, 2009\n\nWords.\n\nIndex entries for this article\n---\n"
        "[Kernel](/Kernel/Index)| [Filesystems/Ceph](/Kernel/Index#Filesystems-Ceph)\n"
    )
    found = read(text, "old/1.md", rules)

    assert found.entries == (("Kernel", "Filesystems", "Ceph"), ("Kernel", "Old"))
    assert [one.code for one in found.problems] == ["bad-entry"]
