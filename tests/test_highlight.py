"""Fenced code gets classes and no more; the stylesheet can be read in both colour schemes."""

from __future__ import annotations

import html
import re
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES

from lwnindex import highlight
from lwnindex.pythonmarkdown import to_html

_SPAN = re.compile(r'<span class="[a-z0-9]+">|</span>')


def fenced(code: str, language: str = "c") -> str:
    """Return a block as Python-Markdown's fenced_code writes it."""
    return f'<pre><code class="language-{language}">{html.escape(code, quote=False)}</code></pre>'


def test_a_fence_with_a_language_becomes_spans_with_classes() -> None:
    found, count = highlight.highlight(fenced('int x = "<&";\n'))

    assert found == (
        '<div class="highlight"><pre><code class="language-c">'
        '<span class="kt">int</span> <span class="n">x</span> <span class="o">=</span> '
        '<span class="s">"&lt;&amp;"</span>'
        '<span class="p">;</span>\n</code></pre></div>'
    )
    assert count == 1


def test_it_can_be_asked_for_a_language() -> None:
    assert highlight.knows("Python")
    assert not highlight.knows("zzz")


@pytest.mark.parametrize(
    ("written", "language"),
    [("py", "python"), ("Python", "python"), ("C++", "cpp"), ("c++", "cpp"), ("sh", "bash")],
)
def test_a_language_goes_by_any_of_its_aliases(written: str, language: str) -> None:
    found, _ = highlight.highlight(fenced("x = 1\n", written))

    assert f'<code class="language-{language}">' in found
    assert language in highlight.languages()


@pytest.mark.parametrize(
    "block",
    [
        "<pre><code>int x;\n</code></pre>",
        "<p>class=&quot;language-c&quot;</p>",
        '<pre><code class="language-c"><b>x</b></code></pre>',
    ],
)
def test_code_that_names_no_language_and_code_with_tags_stay_as_they_are(block: str) -> None:
    assert highlight.highlight(block) == (block, 0)


def test_an_unknown_language_is_not_guessed() -> None:
    assert highlight.highlight(fenced("int x;\n", "klingon")) == ("<pre><code>int x;\n</code></pre>", 0)


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("x;\n" * 30_000, "c"),
        ("x;\n" * 6_000, "java"),
        ("x;\n" * 700, "java"),
        ("x;\n" * 1_400, "csharp"),
        ("x;\n" * 5_500, "objective-c"),
        ("x;\n", "pug"),
        ('"' + "\\" * 9, "scala"),
        ("x;\n" * 700, "scala"),
        ("/*\n" * 51, "go"),
        ("*/" * 60 + "/*\n" * 51, "go"),
        ("x;\n" * 700, "aspectj"),
        (";" * 501, "c"),
        ("a" + " " * 60, "c"),
        ("a\n" * 201, "csharp"),
        ("a b " * 101 + "\n", "java"),
    ],
)
def test_code_that_a_lexer_might_choke_on_stays_plain_and_whole(code: str, language: str) -> None:
    found, count = highlight.highlight(fenced(code, language))

    assert count == 0
    assert found == fenced(code, language)


def test_the_same_code_is_coloured_where_the_lexer_is_quick() -> None:
    assert highlight.highlight(fenced("x;\n" * 6_000, "c"))[1] == 1
    assert highlight.highlight(fenced("x;\n" * 600, "java"))[1] == 1
    assert highlight.highlight(fenced("x;\n" * 5_000, "objective-c"))[1] == 1
    assert highlight.highlight(fenced("/* a */\n" * 600, "go"))[1] == 1
    assert highlight.highlight(fenced('val x = "a\\n"\n' * 8, "scala"))[1] == 1


def test_each_block_of_several_is_treated_alone() -> None:
    found, count = highlight.highlight(
        f"<p>a</p>{fenced('x')}<p>b</p>{fenced('y', 'klingon')}<p>c</p>{fenced('z')}"
    )

    assert count == 2
    assert re.findall(r"<p>(.)</p>", found) == ["a", "b", "c"]
    assert (
        found.index(">x<")
        < found.index("<p>b")
        < found.index(">y<")
        < found.index("<p>c")
        < found.index(">z<")
    )


@pytest.mark.parametrize(
    ("language", "lines", "coloured"), [("c", 20_000, 2), ("csharp", 1_300, 2), ("java", 600, 2)]
)
def test_an_article_has_colours_for_so_much_code_and_the_rest_stays_plain(
    language: str, lines: int, coloured: int
) -> None:
    block = fenced("x;\n" * lines, language)
    found, count = highlight.highlight(block * 5)

    assert count == coloured
    assert found.endswith(block * (5 - coloured))


def test_a_small_block_may_have_colours_behind_one_that_is_too_much() -> None:
    assert highlight.highlight(fenced("x;\n" * 20_000, "c") * 4 + fenced("x;\n", "c"))[1] == 3


def test_a_fence_with_attributes_is_coloured_too() -> None:
    found, count = highlight.highlight(to_html("``` {.python #a .b}\npass\n```", ("fenced_code",)))

    assert count == 1
    assert '<span class="k">pass</span>' in found


@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n")),
    st.sampled_from(["c", "python", "bash", "html", "diff", "console", "make", "yaml"]),
)
def test_colouring_changes_no_character_of_the_code(code: str, language: str) -> None:
    found, _ = highlight.highlight(fenced(code, language))
    shown = re.sub(r"^.*?<code[^>]*>|</code>.*$", "", found, flags=re.DOTALL)

    assert html.unescape(_SPAN.sub("", shown)).removesuffix("\n") == code.removesuffix("\n")


@given(
    st.lists(
        st.sampled_from(["if", " ", "x", "<", "&", '"', "\n", "\0", "\r", "//", "/*", "é", "42"]), max_size=30
    ),
    st.sampled_from(["c", "python", "bash", "json"]),
)
def test_each_run_of_tokens_of_a_class_is_one_span(pieces: list[str], language: str) -> None:
    code = "".join(pieces)
    tokens = list(get_lexer_by_name(language, stripnl=False).get_tokens(code))
    found, count = highlight.highlight(fenced(code, language))
    wanted = ""
    for name, run in groupby(tokens, key=lambda token: STANDARD_TYPES[token[0]]):
        text = html.escape("".join(text for _, text in run), quote=False)
        wanted += f'<span class="{name}">{text}</span>' if name and text.strip() else text

    if count:
        wrapped = f'<pre><code class="language-{language}">{wanted}</code></pre>'
        assert found == f'<div class="highlight">{wrapped}</div>'
    else:
        assert found == fenced(code, language)
        assert "\r" in code or "\0" in code


@pytest.mark.parametrize("stretch", [199, 200, 201, 400, 401, 402, 599, 600, 601])
@pytest.mark.parametrize("before", [0, 1, 199, 200, 350])
def test_only_a_long_stretch_without_a_mark_keeps_code_plain(stretch: int, before: int) -> None:
    words = ("a" * 99 + "\n") * 6
    _, count = highlight.highlight(fenced(";" * before + words[:stretch] + ";" * 250, "c"))

    assert count == (stretch <= 400)


def test_classes_are_pygments_own() -> None:
    assert {"k", "kt", "s", "c1", "nf"} <= highlight.token_classes()
    assert "" not in highlight.token_classes()


def colours(rules: str) -> set[str]:
    return set(re.findall(r"#[0-9a-f]{6}", rules))


def test_every_colour_can_be_read_on_its_background() -> None:
    light, _, dark = highlight.stylesheet().partition("@media")

    assert len(colours(light)) > 10
    assert len(colours(dark)) > 5
    for paper in ("#f4f1ea", highlight.LIGHT_PAPER):
        assert min(highlight.contrast(each, paper) for each in colours(light)) >= 4.5
    for paper in ("#1d1f21", highlight.DARK_PAPER):
        assert min(highlight.contrast(each, paper) for each in colours(dark)) >= 4.5


def test_dark_rules_answer_every_light_one() -> None:
    light, system, chosen = highlight.stylesheet().split("@media")

    for name in highlight.token_classes():
        assert [len(re.findall(rf"[( ]\.{name}[,)]", part)) for part in (light, system, chosen)] == [1, 1, 1]
    assert set(re.findall(r"^\S.*(?= :is)", light, re.MULTILINE)) == {".highlight"}
    assert set(re.findall(r"^:.*(?= :is)", system, re.MULTILINE)) == {
        ':root:not([data-theme="light"]) .highlight'
    }
    assert set(re.findall(r"^:.*(?= :is)", chosen, re.MULTILINE)) == {':root[data-theme="dark"] .highlight'}
    assert system.startswith(" screen and (prefers-color-scheme: dark)")
    assert chosen.startswith(" screen {")


def test_what_a_program_prints_does_not_look_like_an_error() -> None:
    for part in highlight.stylesheet().split("@media"):
        look = {name: re.findall(rf"\.{name}[,)].*?(color: \S+);", part) for name in ("go", "gr")}
        assert len(look["go"]) == 1
        assert look["go"] != look["gr"]


def test_every_rule_says_colour_weight_and_slant() -> None:
    rules = re.findall(r"\{ ([^{}]*) \}", highlight.stylesheet())

    assert all(re.fullmatch(r"color: [^;]+; font-weight: [^;]+; font-style: [^;]+;", rule) for rule in rules)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#abcdef", "#abcdef", 1.0)],
)
def test_contrast_is_that_of_the_guidelines(one: str, other: str, ratio: float) -> None:
    assert highlight.contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert highlight.contrast(other, one) == highlight.contrast(one, other)


@pytest.mark.parametrize("paper", ["#ffffff", "#f0ebdf", "#25272b", "#000000"])
@pytest.mark.parametrize("colour", ["#ffffff", "#000000", "#888888", "#00ff00", "#f0ebdf"])
def test_any_colour_is_made_legible_and_a_legible_one_left_alone(colour: str, paper: str) -> None:
    found = highlight.legible(colour, paper)

    assert highlight.contrast(found, paper) >= 4.5
    assert found == colour or highlight.contrast(colour, paper) < 4.5
