"""What stands below an article is known, counted, and may name the article."""

from __future__ import annotations

import pytest

from lwnindex.lines import marked
from lwnindex.readers.trailers import cut, is_trailer, own_address, trail
from lwnindex.reading import Reading, reading
from lwnindex.settings import Config

READING = reading(Config())
LOGIN = "([Log in](/Login/?target=/Articles/77/) to post comments)"
COMMENT = "### Not so fast\n\nPosted Jun 5, 2026 14:29 UTC (Fri) by **someone**\n\nFirst, ..."
FOOTER = "Copyright © 2026, Eklektix, Inc.\nAll of it may be copied."


def counted(text: str) -> dict[str, int] | None:
    found = trail(marked(text), READING)
    return dict(found.counts) if found else None


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("", {}),
        ("  \n\n* * *\n\nto post comments ", {"trailer": 1}),
        (f"---\n\n {LOGIN}", {"login": 1}),
        ("([Log in](https://lwn.net/Login/?target=/Articles/77/) to post comments)", {"login": 1}),
        ("Comments (none posted)\nComments (12 posted)", {"comment-count": 2}),
        (f"to post comments\n\n{COMMENT}\n\n### Another", {"trailer": 1, "comments": 1}),
        ("### Not so fastPosted Jun 5, 2026 14:29 UTC (Fri)\ntext", {"comments": 1}),
        (f"* * *\n\n{FOOTER}", {"footer": 1}),
        ("<br clear=all>\n</div>", {}),
        ("Permalink: https://lwn.net/Articles/77/", {"address": 1}),
        ('<p>(<a href="/Login/?target=/Articles/77/">Log in</a> to post comments)</p>', {"login": 1}),
        ("<hr>to post comments<br>", {"trailer": 1}),
        ("<p>text</p>", None),
        ("text", None),
        ("to post comments\ntext", None),
        ("> to post comments", None),
        ("\n    to post comments", None),
        ("### A heading\n\nof a section", None),
    ],
)
def test_only_what_belongs_below_an_article_is_its_trail(text: str, counts: dict[str, int] | None) -> None:
    assert counted(text) == counts


def kept(text: str, rules: Reading = READING) -> str:
    lines, _ = cut(marked(text), rules)
    return "\n".join(line.text for line in lines)


@pytest.mark.parametrize(
    "below",
    [
        "* * *\n\nto post comments ",
        f"---\n\n{LOGIN}\n",
        f"to post comments\n\n{COMMENT}",
        COMMENT,
        FOOTER,
        f"* * *\nComments (none posted)\n\n{FOOTER}",
        "* * *\n\nPermalink: https://lwn.net/Articles/77/\n\nto post comments",
    ],
)
def test_the_trail_is_cut_off_where_there_is_no_index_block(below: str) -> None:
    assert kept(f"text\n{below}").rstrip() == "text"


@pytest.mark.parametrize(
    "text",
    [
        "text\n\n* * *",
        "text\n\n* * *\n\nmore",
        "Click to post comments",
        "text\n\nto post comments\n\nmore",
        "text\n\n### A heading\n\nmore",
        "text\n\nhttps://lwn.net/Articles/77/",
        "text\n\n```\nto post comments\n```",
        "",
    ],
)
def test_what_may_belong_to_the_article_stays(text: str) -> None:
    assert kept(text) == text


def test_a_tag_or_a_bare_address_above_a_trailer_is_the_articles() -> None:
    assert kept("<div>\ntext\n</div>\nto post comments") == "<div>\ntext\n</div>"
    assert kept("text\n\nhttps://lwn.net/Articles/77/\n\nto post comments").rstrip().endswith("/77/")


def test_the_lines_are_configuration() -> None:
    config = reading(Config())
    rules = Reading(
        **{name: getattr(config, name) for name in Reading.__struct_fields__}
        | {"strip_lines": (r"\[share\]",), "strip_rest": ("## See also",)}
    )

    assert kept("text\n[share]", rules) == "text"
    assert kept("text\n\n## See also this\n\n* one\n\nmore", rules).rstrip() == "text"
    assert kept("text\nto post comments", rules) == "text\nto post comments"


@pytest.mark.parametrize(
    "text", [LOGIN, "[Log in](/Login/?target=%2FArticles%2F77%2F)", "* * *", "to post comments"]
)
def test_trailers_are_known_one_by_one(text: str) -> None:
    (line,) = marked(text)

    assert is_trailer(line, READING)


@pytest.mark.parametrize("text", ["", "text", "x" * 2000])
def test_other_lines_are_no_trailers(text: str) -> None:
    (line,) = marked(text)

    assert not is_trailer(line, READING)


def test_a_login_link_names_the_article() -> None:
    found = trail(marked(f"* * *\n{LOGIN}"), READING)
    other = trail(
        marked("to post comments\n[Log in](https://lwn.net/Login/?target=%2FArticles%2F78%2F)"), READING
    )

    assert found is not None
    assert other is not None
    assert (found.id, other.id) == ("77", "78")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("https://lwn.net/Articles/77/", "77"),
        ("<http://lwn.net/Articles/LSFMM2013>", "LSFMM2013"),
        ("**URL:** https://lwn.net/Articles/77/", "77"),
        ("Permalink: [this article](https://lwn.net/Articles/77/)", "77"),
        ('<link rel="canonical" href="https://lwn.net/Articles/77/" />', "77"),
        ("<link rel=canonical href=https://lwn.net/Articles/77/>", "77"),
        ("https://example.org/Articles/77/", ""),
        ("[a link](https://lwn.net/Articles/77/)", ""),
        ("See https://lwn.net/Articles/77/", ""),
        ("Source: https://lwn.net/Kernel/", ""),
        ("/Articles/77/", ""),
        ("https://lwn.net/Articles/77/" + " " * 2000, ""),
    ],
)
def test_a_line_may_be_the_articles_own_address(text: str, wanted: str) -> None:
    assert own_address(text, READING) == wanted
