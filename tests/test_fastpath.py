"""With and without the fast way a text becomes the same body; most texts of a dump go all the fast way."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings

from lwnindex import fastpath, markup
from lwnindex.body import compose
from lwnindex.fastpath import Way, to_html, ways
from lwnindex.model import Source
from lwnindex.parse import parse
from lwnindex.reading import reading
from lwnindex.settings import SUFFIXES, Config, MarkdownSettings
from tests.constructs import BLOCKS, ENDS, STARTS, WORDS, documents
from tests.programs import ROOT

EXTENSIONS = MarkdownSettings().extensions


def is_fast(text: str) -> bool:
    """Return whether the whole of a text goes the fast way."""
    return all(way.fast for way in ways(text, EXTENSIONS))


def assert_same(text: str, extensions: tuple[str, ...] = EXTENSIONS) -> None:
    """Compare what becomes of a text with and without the fast way, byte for byte."""
    assert compose(text, (), extensions) == compose(text, (), extensions, accelerate=False)


@pytest.mark.parametrize(
    "text",
    [
        "A word, _emphasis_, **strong** text and `code`.",
        "A bare snake_case_name, AT&T & x < 5, C\\+\\+, \u201cquotes\u201d, it's 1986\\.",
        "A [relative](/Articles/7/) link, [another](http://example.org/a_b?c=d&e=f(g)), <http://example.org/>.",
        'One with a [title](/x "The title") and an image ![\\[plan\\]](/plan.png).',
        "An image that links: [![plan](/plan.png)](/plan.html).",
        "Brackets [sic], and [brackets [in] a link](/x); _a [link](/x) within_.",
        "One line\nand the next  \nand one behind a break.",
        "An end with two spaces  ",
        "> One.\n> \n> Two.",
        "> One.\n\n> Another quote right behind.\n>\n\nAnd text.",
        "One *NIX and its blocks.",
        "A pair `<key, value>` in code.",
        "> A list in a quote:\n>\n>   * one\n>   * two",
        "  * one\n  * two\n    * inner\n        * innermost\n  * three",
        "  * one\n\n  * two\n\n    * inner\n\n    * inner too\n\n  * three",
        "  1. one\n  2. two",
        "3. three\n\n4. four",
        "```c\nint x;\n\tif (a < b && c)\n\n```",
        "text right above\n~~~\ncode\n~~~\nand right below",
        "| Name | Count |\n| --- | ---: |\n| a | 1 |\n| `b` | -2 |",
        "#### A heading\n\ntext",
        "text\n\n* * *\n\ntext\n\n---",
        "    code <b>\n    more\n\n    and more",
        "A hard\xa0space, &amp; an &mdash; entity.",
        "",
        " \n\n",
    ],
)
def test_what_dumps_hold_goes_the_fast_way(text: str) -> None:
    assert is_fast(text) or not text.strip()
    assert_same(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("text\n* a\n* b", "right under text"),
        ("* a\n  b", "several lines"),
        ("* a\n- b", "different marks"),
        ("* a\n\n    text", "neighbour"),
        ("> > a", "a quote that holds a quote"),
        ("> a\nlazy", "lines without a mark"),
        ("Title\n---", "underlined"),
        ("# Title #", "a # in its text"),
        ("| a | b |\n| - | - |\n| c |", "rows are not alike"),
        ("a ``b`` c", "doubled"),
        ("a `b c", "never closed"),
        ("a *b *c", "star or underscore"),
        ("a [b]( c )", "unusual address"),
        ("a\n  b", "indented"),
        ("a\u3000b", "unusual spaces"),
        ("vector<int>", "HTML"),
    ],
)
def test_a_block_that_goes_slowly_has_a_reason(text: str, reason: str) -> None:
    found = ways(f"before\n\n{text}\n\nafter", EXTENSIONS)

    assert [way.fast for way in found] == [True, False, True]
    assert reason in found[1].reason
    assert found[1][:2] == (3, 3 + text.count("\n"))
    assert_same(f"before\n\n{text}\n\nafter")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[a][b]\n\n[b]: /c", "definition"),
        ("a[^1]\n\n[^1]: note\n\nb", "footnote"),
        ("///Footnotes Go Here///\n\na[^1]\n\n[^1]: note", "footnote"),
        ("ABC\n\n*[ABC]: long", "abbreviation"),
        ("term\n\n: meaning", "terms"),
        ("<div>\n\n_a_\n\n</div>", "HTML"),
        ("<!-- a\n\nb -->", "HTML"),
        ("```\nopen", "fence"),
        ("```c hidden\nint\n```", "fence"),
        ("\xa0", "white space"),
        ("a\x02b", "control"),
        ("a\uf8ffb", "control"),
    ],
)
def test_what_reaches_across_blocks_sends_the_whole_text_slowly(text: str, reason: str) -> None:
    (found,) = ways(f"before\n\n{text}", EXTENSIONS)

    assert found[:3] == (1, 3 + text.count("\n"), False)
    assert reason in found.reason
    assert_same(f"before\n\n{text}")


def test_footnotes_at_the_end_go_slowly_with_their_marks_and_nothing_else() -> None:
    text = "one\n\ntwo[^1] and `[^b]`\n\n```\n[^1]\n```\n\nthree[^b]\n\n[^1]: _note_\n\n[^b]: more"

    assert [(way.first, way.fast) for way in ways(text, EXTENSIONS)] == [
        (1, True),
        (3, False),
        (5, True),
        (9, False),
    ]
    assert_same(text)
    assert_same(text, ("tables", "fenced_code"))


def test_the_ways_of_a_text_are_its_parts_in_order() -> None:
    assert ways("one\n\ntwo\n\n\n* a\n  b\n\n\nthree\n```\nx\n```", EXTENSIONS) == (
        Way(1, 3, True, fastpath._FAST),
        Way(6, 7, False, "a list whose items have several lines, different marks or odd places"),
        Way(10, 13, True, fastpath._FAST),
    )


@pytest.mark.parametrize("name", ["smarty", "toc", "extra", "markdown.extensions.tables", "tests.breaking"])
def test_an_extension_that_is_not_known_turns_the_fast_way_off(name: str) -> None:
    (found,) = ways("text", (*EXTENSIONS, name))

    assert not found.fast
    assert name in found.reason


def test_an_unknown_extension_is_at_work_on_plain_text() -> None:
    assert to_html("a -- b", (*EXTENSIONS, "smarty")) == "<p>a &ndash; b</p>"
    assert to_html("# A b", (*EXTENSIONS, "toc")) == '<h1 id="a-b">A b</h1>'


@pytest.mark.parametrize("missing", EXTENSIONS)
def test_fewer_extensions_give_the_same_with_and_without(missing: str) -> None:
    fewer = tuple(name for name in EXTENSIONS if name != missing)

    assert is_fast("text")
    assert ways("text", fewer)[0].fast == (missing not in ("tables", "fenced_code"))
    for text in BLOCKS:
        assert_same(f"before\n\n{text}\n\nafter", fewer)


def test_where_pyromark_fails_the_slow_way_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    class Panic(BaseException):
        """What a panic of Rust looks like: no Exception."""

    class Failing:
        def html(self, text: str) -> str:
            raise Panic(text)

    monkeypatch.setattr(fastpath, "_pyromark", Failing)

    assert to_html("a _b_", EXTENSIONS) == "<p>a <em>b</em></p>"
    assert not ways("a _b_", EXTENSIONS)[0].fast


@pytest.mark.parametrize("text", ["_a_\n\n_)__._&y;", "_`a`_\n\n_*b*c_t[]()_d_", "    \n\n# a"])
def test_what_python_markdown_makes_something_odd_of_goes_to_it_as_a_whole(text: str) -> None:
    assert not is_fast(text)
    assert_same(text)


def test_neither_engine_is_loaded_before_a_text_needs_it() -> None:
    program = (
        "import sys\nfrom lwnindex import body, fastpath, markup\n"
        "loaded = lambda: sorted({'markdown', 'pyromark'} & set(sys.modules))\nprint(loaded())\n"
        f"fastpath.to_html('a', {EXTENSIONS})\nprint(loaded())\n"
        f"fastpath.to_html('a', {EXTENSIONS}, accelerate=False)\nprint(loaded())\n"
    )
    run = [sys.executable, "-c", program]

    said = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()

    assert said == ["[]", "['pyromark']", "['markdown', 'pyromark']"]


def pairs() -> Iterator[str]:
    """Yield each block beside each other, and each word in a sentence and in each kind of block."""
    yield from (f"{one}\n\n{other}" for one in BLOCKS for other in BLOCKS)
    yield from (f"{start}a {word} b{end}c" for start in STARTS for word in WORDS[:30] for end in ENDS[:4])
    yield from (
        form.format(word) for word in WORDS for form in ("{}", "{} b", "a {}", "a {}.", "({})", "_{}_")
    )


def test_neighbours_and_places_make_no_difference() -> None:
    for text in pairs():
        assert_same(text)


@settings(max_examples=settings().max_examples * 20)
@given(documents())
def test_texts_of_real_constructs_become_the_same(text: str) -> None:
    if markup.limits(text) is None:
        assert_same(text)


@pytest.mark.parametrize(
    "text",
    [
        "_a " * 7_100,
        "[a " * 50,
        "`a " * 3_900,
        "&a" * 9_900,
        "**a" * 6_000,
        "a_" * 9_700,
        "![" * 50 + "a" * 100_000,
        "| a " * 400 + "|\n" + "|-" * 400 + "|\n" + "| a " * 400 + "|",
        "\n\n".join(["> a"] * 2_000),
        "\n\n".join(["  * a"] * 2_000),
        "\n\n".join(["    a"] * 2_000),
        "> " * 50 + "a\n",
        "```\n" * 2_001,
        "a\n" * 29_900,
    ],
    ids=range(14),
)
def test_a_long_text_takes_steps_in_proportion_to_its_length(text: str) -> None:
    """Nothing is measured: with a quadratic step this would stand still for minutes."""
    assert markup.limits(text) is None
    assert ways(text, EXTENSIONS)[-1].last <= text.count("\n") + 1


FOLDERS = (
    *(f"lwn-kernel-2009-2012/{first}*" for first in range(3, 6)),
    *("archives/opensuse-news", "archives/ruby-news", "archives/rust-blog", "archives/this-week-in-rust"),
    *("archives/nodejs-blog", "archives/tinylab", "hostile", "index-block-variants", "seed", "lwn-html"),
)


@pytest.mark.parametrize("folder", FOLDERS)
def test_real_articles_become_the_same(shared: Path, folder: str) -> None:
    rules = reading(Config())
    slowly = reading(Config(markdown=MarkdownSettings(accelerate=False)))
    found = [each for place in (shared / "corpora").glob(folder) for each in files(place)]

    for path in found:
        content = path.read_bytes()
        source = Source(path=path.name, file=path.name, digest="")
        assert parse(source, content, rules) == parse(source, content, slowly), path

    assert found or folder == "lwn-html"


def files(place: Path) -> list[Path]:
    inside = sorted(place.rglob("*")) if place.is_dir() else [place]
    return [path for path in inside if path.is_file() and path.suffix in SUFFIXES]


def test_the_examples_of_the_specification_become_the_same(shared: Path) -> None:
    spec = (shared / "corpora/hostile/markdown/commonmark/spec.txt").read_text("utf-8")
    examples = re.findall(r"^`{32} example\n(.*?)^\.$", spec, re.MULTILINE | re.DOTALL)

    assert len(examples) > 600
    for example in examples:
        text = example.replace("\u2192", "\t")
        assert_same(text)
        assert_same(f"before\n\n{text}\n\nafter")
