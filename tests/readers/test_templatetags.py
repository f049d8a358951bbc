"""The tags of template languages are told from text, by the languages that a text can hold."""

from __future__ import annotations

import pytest

from lwnindex.readers.templatetags import LONGEST, Arguments, Following, Syntax, Tag, arguments, tag_at


@pytest.mark.parametrize(
    ("text", "syntax", "part", "name", "given"),
    [
        ("{% link a.md %}", "liquid", "open", "link", "a.md"),
        ("{%link a.md%}", "liquid", "open", "link", "a.md"),
        ("{%- if x -%}", "liquid", "open", "if", "x"),
        ("{% endif %}", "liquid", "close", "endif", ""),
        ("{% # a note %}", "liquid", "open", "#", ""),
        ("{{ site.url }}", "liquid", "output", "", "site.url"),
        ('{{ "{{ .Id " }}', "liquid", "output", "", '"{{ .Id "'),
        ("{{< youtube x >}}", "hugo", "open", "youtube", "x"),
        ('{{% figure src="a.png" /%}}', "hugo", "open", "figure", 'src="a.png"'),
        ("{{< /note >}}", "hugo", "close", "note", ""),
        ("{{</* note */>}}", "hugo", "escaped", "", "{{< note >}}"),
        ("{{% doc %}}", "nikola", "open", "doc", ""),
        ('{{ youtube(id="x") }}', "zola", "open", "youtube", 'id="x"'),
        ("{% quote() %}", "zola", "open", "quote", ""),
        ("{% end %}", "zola", "close", "end", ""),
        ("{{/* x() */}}", "zola", "escaped", "", "{{ x() }}"),
    ],
)
def test_a_tag_is_read(text: str, syntax: Syntax, part: str, name: str, given: str) -> None:
    assert tag_at(f"a{text}b", 1, len(text) + 2, (syntax,)) == (len(text) + 1, syntax, part, name, given)


@pytest.mark.parametrize(
    ("text", "syntax"),
    [
        ("{{ x }}", "hugo"),
        ("{{ x }}", "zola"),
        ("{% x %}", "zola"),
        ("{% x %}", "hugo"),
        ("{{< x >}}", "nikola"),
        ("{% x", "liquid"),
        ("{% %}", "liquid"),
        ("{{ }}", "liquid"),
        ("{% a {% b %}", "liquid"),
        ("{{ a\n\nb }}", "liquid"),
        ("{% x" + " " * LONGEST + "%}", "liquid"),
        ("{{% x %}}", "pelican"),
    ],
)
def test_all_else_is_text(text: str, syntax: Syntax) -> None:
    assert tag_at(text, 0, len(text), (syntax,)) is None


def test_a_tag_that_is_not_over_in_time_is_text() -> None:
    assert tag_at("{% x %}", 0, 6, ["liquid"]) is None


def test_the_languages_are_tried_in_one_order() -> None:
    text = "{{% note %}}"

    found = tag_at(text, 0, len(text), ["liquid", "nikola", "hugo"])

    assert found == Tag(len(text), "hugo", "open", "note", "")


@pytest.mark.parametrize(
    ("given", "plain", "named"),
    [
        ("", (), {}),
        ("a b", ("a", "b"), {}),
        ('user "an id" x', ("user", "an id", "x"), {}),
        ("src=\"a b.png\" alt='c' n=3", (), {"src": "a b.png", "alt": "c", "n": "3"}),
        ('id="x", class="y"', (), {"id": "x", "class": "y"}),
        (r'alt="a \"b\""', (), {"alt": 'a "b"'}),
        ("https://example.org/?v=1", ("https://example.org/?v=1",), {}),
        ('a="open', (), {"a": "open"}),
        ("A=1 a=2", (), {"a": "1"}),
        ("`a b`", ("a b",), {}),
    ],
)
def test_arguments_are_read(given: str, plain: tuple[str, ...], named: dict[str, str]) -> None:
    assert arguments(given) == Arguments(plain, named)


def test_what_follows_is_found_from_left_to_right() -> None:
    following = Following("a}}b}}c")

    assert [following.of("}}", at) for at in (0, 1, 2, 4, 5, 6)] == [1, 1, 4, 4, -1, -1]
