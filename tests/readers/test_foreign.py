"""What other generators left in a text is kept as Markdown or left out, counted and told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.lines import marked
from lwnindex.problems import RULES
from lwnindex.readers.foreign import Cleared, LeftOut, Syntax, cleared, problems_of

ALL: tuple[Syntax, ...] = ("liquid", "hugo", "zola", "kramdown", "pelican", "nikola")
PIECES = (
    *("{%", "%}", "{{", "}}", "{{<", ">}}", "{:", "}", "{::comment}", "{:/}", "{% raw %}", "{% endraw %}"),
    *("{% highlight x %}", "{% endhighlight %}", "{% comment %}", "{% endcomment %}", "{{ x }}", "{% x %}"),
    *(
        "<!-- more -->",
        "<!--",
        "-->",
        "[a](",
        "[a]: ",
        ")",
        "]",
        "[",
        "`",
        "```\n",
        "\n",
        "\n\n",
        "    ",
        "> ",
    ),
    *(
        "{filename}",
        "@/a.md",
        "link://slug/a",
        'href="',
        "'",
        "<",
        "* TOC\n{:toc}",
        "{: #a}",
        "# A",
        "|",
        "a",
    ),
    *("{{/*", "*/}}", "{% end %}", "x()", "\\", "[TOC]", "<pre>", "</pre>", "- "),
)
SOUP = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


def text_of(found: Cleared) -> str:
    return "\n".join(line.text for line in found.lines)


@pytest.mark.parametrize("text", ["", "a", "a { b } | c\n\n    d\n", "```\nx\n```", "<!-- a note -->", "$x$"])
def test_a_text_without_marks_comes_back_as_it_is(text: str) -> None:
    lines = marked(text)

    found = cleared(lines, ALL)

    assert found == Cleared(lines, {}, ())
    assert found.lines is lines


@pytest.mark.parametrize("syntax", ALL)
def test_a_language_that_the_text_is_not_in_does_nothing(syntax: Syntax) -> None:
    marks: dict[Syntax, str] = {
        "liquid": "{% x %} {{ x }}",
        "hugo": "{{< x >}}",
        "zola": "[a](@/x.md)",
        "kramdown": "{: .x}",
        "pelican": "[a]({tag}x)",
        "nikola": "[a](link://tag/x)",
    }
    for other, text in marks.items():
        is_own = other == syntax or {syntax, other} == {"liquid", "hugo"}
        assert is_own or text_of(cleared(marked(text), (syntax,))) == text


def test_lines_keep_their_numbers() -> None:
    text = "a\n{% comment %}\nb\n{% endcomment %}\nc\n{: .d}\n\n{% x %} e"

    found = cleared(marked(text, 10), ["liquid", "kramdown"])

    assert [(line.number, line.text) for line in found.lines] == [
        *((10, "a"), (13, ""), (14, "c"), (16, ""), (17, "e")),
    ]
    assert found.lost == (LeftOut(17, "Liquid tag", "{% x %}"),)


def test_what_is_lost_is_told_once_for_each_kind() -> None:
    found = cleared(marked("{% a %}\n{{ b }}\n{% c %}\n[d]({{ e }})"), ["liquid"])

    told = problems_of(found, "content/a.md")

    assert [(one.code, one.line, one.message) for one in told] == [
        ("left-out", 1, "2 Liquid tags were left out (first: {% a %})."),
        ("left-out", 2, "1 Liquid output was left out: {{ b }}."),
        ("left-out", 4, "1 link was left out: {{ e }}."),
    ]
    assert {one.severity for one in told} == {"warning"}


def test_long_marks_are_shown_in_part() -> None:
    found = cleared(marked("{% a " + "x" * 100 + " %}"), ["liquid"])

    assert found.lost[0].shown == "{% a " + "x" * 54 + "…"


def test_nothing_is_told_of_what_a_reader_would_not_have_seen() -> None:
    text = "# A\n{: .x}\n\n<!-- more -->\n{% comment %}b{% endcomment %}{% raw %}c{% endraw %}"

    found = cleared(marked(text), ["liquid", "kramdown"])

    assert found.counts == {"attributes": 1, "more": 1, "template-comment": 1, "template-raw": 2}
    assert problems_of(found, "a.md") == ()


def test_links_of_a_file_lead_from_it() -> None:
    found = cleared(marked("[a]({% link en/b.md %})"), ["liquid"], "en/c.md")

    assert text_of(found) == "[a](b.md)"


@given(SOUP, st.sets(st.sampled_from(ALL)))
def test_every_text_is_cleared_and_counted(text: str, syntaxes: set[Syntax]) -> None:
    lines = marked(text, 5)

    found = cleared(lines, syntaxes)

    numbers = [line.number for line in found.lines]
    assert numbers == sorted(numbers)
    assert set(numbers) <= {line.number for line in lines}
    assert found.lines == lines or found.counts
    assert found.counts.keys() <= RULES.keys()
    assert all(one.line in {line.number for line in lines} for one in found.lost)
    assert marked(text_of(found)) == tuple(line._replace(number=at) for at, line in enumerate(found.lines, 1))


WORDS = st.lists(
    st.sampled_from(["{% x %}", "{{ x }}", "{: .b}", "<!-- more -->", "[a]({{ x }})", "word", "\n\n", " "]),
    max_size=20,
).map(" ".join)


@given(WORDS)
def test_clearing_twice_is_clearing_once(text: str) -> None:
    once = cleared(marked(text), ["liquid", "kramdown"])

    assert cleared(once.lines, ["liquid", "kramdown"]).lines is once.lines


@pytest.mark.parametrize(
    ("archive", "syntaxes"),
    [
        ("ruby-news", ("liquid", "kramdown")),
        ("opensuse-news", ("liquid", "kramdown")),
        ("tinylab", ("liquid", "kramdown")),
        ("rust-blog", ("zola",)),
        ("this-week-in-rust", ("pelican",)),
    ],
)
def test_real_archives_show_no_marks(archive: str, syntaxes: tuple[Syntax, ...], shared: Path) -> None:
    for path in (shared / "corpora/archives" / archive).rglob("*.m*"):
        found = cleared(marked(path.read_text("utf-8")), syntaxes)
        prose = "\n".join(line.text for line in found.lines if not line.code)

        assert cleared(found.lines, syntaxes).lines is found.lines
        assert not any(mark in prose for mark in ("{%", "{{", "<!-- more")), path.name
