"""CommonMark as its specification has it, with its extensions in the shapes that the other dialect gives."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lwnindex.clean import clean, sift
from lwnindex.commonmark import UnreadableError, rendered, shown
from lwnindex.highlight import highlight
from lwnindex.mend import is_sound, mended
from lwnindex.shape import Shaped, shape
from lwnindex.tags import tags_of
from lwnindex.usual import usual
from tests.constructs import documents
from tests.programs import SPEC
from tests.soup import soup

# What only looks like HTML, or like an address that a link may have, is text here.
OTHERWISE = {
    144: "<pre><code></code></pre>",
    150: "<div>\n*hello*\n&lt;foo><a>",
    163: "<p>&lt;Warning&gt;\n<em>bar</em>\n&lt;/Warning&gt;</p>",
    201: '<p><a href="%3Cbar%3E(baz)">foo</a></p>',
    491: "<p>[link](&lt;foo\nbar&gt;)</p>",
    524: '<p><a href="baz">foo &lt;bar attr="</a>"&gt;</p>',
    536: '<p><a href="/uri">foo &lt;bar attr="</a>"&gt;</p>',
    596: "<p>&lt;irc://foo.bar:2233/baz&gt;</p>",
    598: "<p>&lt;a+b+c:d&gt;</p>",
    599: "<p>&lt;made-up-scheme://foo,bar&gt;</p>",
    601: "<p>&lt;localhost:5001/foo&gt;</p>",
    613: "<p><a>&lt;bab&gt;&lt;c2c&gt;</p>",
    614: "<p><a/>&lt;b2/&gt;</p>",
    615: '<p><a />&lt;b2\ndata="foo" &gt;</p>',
    617: '<p>Foo &lt;responsive-image src="foo.jpg" /&gt;</p>',
    623: "<p></a>&lt;/foo &gt;</p>",
}
"""The examples that come out in another way than the specification's: 144 for its fence without a language,
the others because no text may go with a tag that there is not. No example differs for an extension."""

BLOCKS = frozenset(
    ["blockquote", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "table", "ul"]
)


class Normal(HTMLParser):
    """HTML as the specification's own tool compares it: white space in blocks and how it is escaped go."""

    def __init__(self, fragment: str) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.preformatted = 0
        self.feed(fragment)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.preformatted += tag == "pre"
        self._mark(tag, f"<{tag} {sorted(attrs, key=str)}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._mark(tag, f"<{tag} {sorted(attrs, key=str)}>")

    def handle_endtag(self, tag: str) -> None:
        self.preformatted -= tag == "pre"
        self._mark(tag, f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self.preformatted:
            data = re.sub(r"\s+", " ", data)
            data = data.lstrip() if self.parts and self.parts[-1] == "\n" else data
        self.parts.append(data)

    def handle_comment(self, data: str) -> None:
        self.parts.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.parts.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.parts.append(f"<?{data}>")

    def unknown_decl(self, data: str) -> None:
        self.parts.append(f"<![{data}]>")

    def _mark(self, tag: str, mark: str) -> None:
        if tag in BLOCKS and self.parts:
            self.parts[-1] = self.parts[-1].rstrip() if not self.preformatted else self.parts[-1]
        self.parts += [mark, "\n"] if tag in BLOCKS else [mark]


def normal(fragment: str) -> str:
    return "".join(each for each in Normal(fragment).parts if each != "\n").strip()


def examples() -> list[tuple[str, str]]:
    """Return the examples of the specification, Markdown and HTML."""
    assert SPEC is not None
    pattern = re.compile(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", re.MULTILINE | re.DOTALL)
    return pattern.findall(SPEC.read_text("utf-8").replace("\N{RIGHTWARDS ARROW}", "\t"))


@pytest.mark.needs_spec
def test_the_examples_of_the_specification_pass() -> None:
    found = examples()

    wrong = [
        (number, text, rendered(text).html)
        for number, (text, html) in enumerate(found, 1)
        if normal(rendered(text).html) != normal(OTHERWISE.get(number, html))
    ]
    assert len(found) == 652
    assert wrong == []


@pytest.mark.needs_spec
def test_those_that_come_out_otherwise_are_no_more_than_named() -> None:
    found = examples()

    assert [
        number for number, html in OTHERWISE.items() if normal(found[number - 1][1]) == normal(html)
    ] == []


def test_the_comparison_sees_what_differs() -> None:
    assert normal("<ul>\n<li>\n<p>a  b</p>\n</li>\n</ul>") == normal("<ul><li><p>a\nb</p></li></ul>")
    assert normal("<p>a b</p>") != normal("<p>ab</p>")
    assert normal("<p>&lt;a&gt;</p>") != normal("<p><a></p>")
    assert normal("<pre>a  b</pre>") != normal("<pre>a b</pre>")
    assert normal('<p><a href="/x">a</a></p>') != normal('<p><a href="/y">a</a></p>')
    assert normal('<p title="a&quot;b">&quot;</p>') == normal("<p title='a\"b'>\"</p>")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "|a|b|c|\n|:-|:-:|-:|\n|1|2|3|",
            (
                '<table><thead><tr><th align="left">a</th><th align="center">b</th>'
                '<th align="right">c</th></tr></thead><tbody>\n'
                '<tr><td align="left">1</td><td align="center">2</td><td align="right">3</td></tr>\n'
                "</tbody></table>\n"
            ),
        ),
        ("~~gone~~ ~too~", "<p><del>gone</del> <del>too</del></p>\n"),
        ("- [ ] open\n- [x] done", "<ul>\n<li>☐ open</li>\n<li>☑ done</li>\n</ul>\n"),
        ("- [X] a\n\n  b", "<ul>\n<li>\n<p>☑ a</p>\n<p>b</p>\n</li>\n</ul>\n"),
        ("# A {#own}", '<h1 id="own">A</h1>\n'),
        ("A {#own .wide}\n-", '<h2 id="own" class="wide">A</h2>\n'),
        (
            "- a\n  - b\n    - c",
            "<ul>\n<li>a\n<ul>\n<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>\n</li>\n</ul>\n",
        ),
        (
            "1. a\n\n   ```c\n   x\n   ```",
            '<ol>\n<li>\n<p>a</p>\n<pre><code class="language-c">x\n</code></pre>\n</li>\n</ol>\n',
        ),
        (
            "a\n: b\n: c\n\nd",
            "<dl>\n<dt>a</dt>\n<dd>b</dd>\n<dd>c</dd>\n</dl>\n<p>d</p>\n",
        ),
        ("- a\n\n  b\n  : c", "<ul>\n<li>\n<p>a</p>\n<dl>\n<dt>b</dt>\n<dd>c</dd>\n</dl>\n</li>\n</ul>\n"),
        ("a\n:tada: b", "<p>a\n:tada: b</p>\n"),
        ("```\na\n: b\n```", "<pre><code>a\n: b\n</code></pre>\n"),
        ("text\n- a", "<p>text</p>\n<ul>\n<li>a</li>\n</ul>\n"),
    ],
)
def test_what_is_added_to_commonmark(text: str, html: str) -> None:
    assert rendered(text).html == html


@pytest.mark.parametrize(
    ("info", "language"),
    [
        ("rust", "rust"),
        ("rust,ignore", "rust"),
        ("rust ignore", "rust"),
        ("rust {hl_lines=[1]}", "rust"),
        ("rust{1,3}", "rust"),
        ("js:title", "js"),
        ("{.python .wide}", "python"),
        (".c", "c"),
        ("c++", "c++"),
        ("c#", "c#"),
        ("objective-c", "objective-c"),
        ('text title="x"', "text"),
    ],
)
def test_the_first_word_behind_a_fence_is_its_language(info: str, language: str) -> None:
    assert rendered(f"~~~{info}\na\n~~~").html == f'<pre><code class="language-{language}">a\n</code></pre>\n'


@pytest.mark.parametrize("info", ["", "{}", "!"])
def test_a_fence_without_a_word_has_no_language(info: str) -> None:
    assert rendered(f"```{info}\na\n```").html == "<pre><code>a\n</code></pre>\n"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a Vec<T> and /proc/<pid>", "<p>a Vec&lt;T&gt; and /proc/&lt;pid&gt;</p>\n"),
        ("vector<std::string>", "<p>vector&lt;std::string&gt;</p>\n"),
        ("`Vec<T>` <b>x</b>", "<p><code>Vec&lt;T&gt;</code> <b>x</b></p>\n"),
        (
            "<https://e.org> <a@e.org>",
            '<p><a href="https://e.org">https://e.org</a> <a href="mailto:a@e.org">a@e.org</a></p>\n',
        ),
        ("<pid>\n*a* <tid>", "<p>&lt;pid&gt;\n<em>a</em> &lt;tid&gt;</p>\n"),
        ("    <pid>\n\n<T>", "<pre><code>&lt;pid&gt;\n</code></pre>\n<p>&lt;T&gt;</p>\n"),
        ("<div>\n/proc/<pid>\n</div>", "<div>\n/proc/&lt;pid>\n</div>"),
        ("> ü <a\n> b='c'> <int>", "<blockquote>\n<p>ü <a\nb='c'> &lt;int&gt;</p>\n</blockquote>\n"),
        ("a <script>b</script>", "<p>a &lt;script&gt;b&lt;/script&gt;</p>\n"),
        ("<meta name='a'>", "<meta name='a'>"),
        ('<iframe src="/x"></iframe>', '<p>&lt;iframe src="/x"&gt;&lt;/iframe&gt;</p>\n'),
        ("<B>a</B> <H1x>", "<p><B>a</B> &lt;H1x&gt;</p>\n"),
    ],
)
def test_what_only_looks_like_html_is_text(text: str, html: str) -> None:
    assert rendered(text).html == html


def test_a_text_without_tags_is_shown_as_it_is() -> None:
    text = "a < b, `c`, <b>d</b>, <https://e.org/>"

    assert shown(text) is text


NOTES = """\
b[^b] a[^a] b[^b] [^none]

[^a]: A *c*[^c]
[^b]: B

    ```c
    x
    ```
[^c]: > C
[^d]: D

end
"""


def test_footnotes_stand_at_the_end_in_the_order_of_their_references() -> None:
    title = 'title="Jump back to footnote {} in the text">&#8617;</a>'
    back = '<a class="footnote-backref" href="#{}" ' + title

    assert rendered(NOTES).html == (
        '<p>b<sup id="fnref:b"><a class="footnote-ref" href="#fn:b">1</a></sup> '
        'a<sup id="fnref:a"><a class="footnote-ref" href="#fn:a">2</a></sup> '
        'b<sup id="fnref2:b"><a class="footnote-ref" href="#fn:b">1</a></sup> [^none]</p>\n'
        '<p>end</p>\n<div class="footnote">\n<hr />\n<ol>\n'
        '<li id="fn:b">\n<p>B</p>\n<pre><code class="language-c">x\n</code></pre>\n'
        f"<p>{back.format('fnref:b', 1)}{back.format('fnref2:b', 1)}</p>\n</li>\n"
        '<li id="fn:a">\n<p>A <em>c</em><sup id="fnref:c"><a class="footnote-ref" href="#fn:c">3</a></sup>'
        f"&#160;{back.format('fnref:a', 2)}</p>\n</li>\n"
        '<li id="fn:c">\n<blockquote>\n<p>C</p>\n</blockquote>\n'
        f"<p>{back.format('fnref:c', 3)}</p>\n</li>\n"
        '<li id="fn:d">\n<p>D</p>\n</li>\n</ol>\n</div>\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        "[^1]\n\n[^1]: a\n\n    <div>\n    b\n    </div>\n\nend",
        "[^1]\n\n[^1]: a\n\n    > [^1]: b\n\nend",
        "- [^1]\n\n  [^1]: a\n\n  <div>b</div>\n\nend",
    ],
)
def test_a_footnote_takes_nothing_that_stands_behind_it(text: str) -> None:
    body, notes = rendered(text).html.split('<div class="footnote">')

    assert "<p>end</p>" in body
    assert ">a" in notes


def test_what_pyromark_cannot_read_is_told() -> None:
    with pytest.raises(UnreadableError):
        rendered("\ud800")


marks = st.sampled_from(
    [
        *(
            "[^1]",
            "[^1]: ",
            "[^a b]",
            "~~",
            "- [ ] ",
            "- [x] ",
            "# a {#b}\n",
            "{#b .c d=e}",
            "    ",
            "<T>",
            "<x:y>",
        ),
        *(
            "|a|b|\n|-|:-:|\n",
            "|",
            "\n\n",
            "\n",
            "```c,d\n",
            "<div>",
            "</div>",
            "<!--",
            "> ",
            "1. ",
            "a ",
            "[a]",
        ),
    ]
)
texts = st.one_of(
    st.lists(st.one_of(marks, marks, soup), max_size=15).map("".join),
    documents(),
    st.text(st.characters(exclude_categories=["Cs"])),
)


def long_way(written: str) -> Shaped:
    """Return HTML as it is shaped when it was sifted, and mended where it needs that."""
    sifted = sift(written)
    tags = tags_of(sifted)
    return shape(tags if is_sound(tags, sifted) else tags_of(mended(sifted)))


@given(texts)
def test_any_text_has_html_and_always_the_same(text: str) -> None:
    assert rendered(text) == rendered(text)


@given(texts)
@example("[](<>)")
def test_what_is_quick_comes_out_as_the_long_way_has_it(text: str) -> None:
    written, is_quick = rendered(text)
    coloured = highlight(written)[0]
    found = usual(coloured) if is_quick else None

    assert found is None or clean(found.html) != found.html or found[:4] == long_way(coloured)[:4]


@given(
    st.lists(st.sampled_from(["Vec<T>", "<pid>", "word", "\n\n", "\n", "> ", "- ", "<a-b c='d'>", "<i:j>"]))
)
def test_no_word_goes_with_its_angle_brackets(pieces: list[str]) -> None:
    said = re.sub(r"<[^<>]*>", "", long_way(rendered(" ".join(pieces)).html).html)

    for word in ("T", "pid", "a-b c='d'", "i:j"):
        assert said.count(f"&lt;{word}&gt;") == " ".join(pieces).count(f"<{word}>")


def test_real_articles_of_commonmark_lose_no_angle_bracket(shared: Path) -> None:
    found = sorted((shared / "corpora/archives/rust-blog").rglob("*.md"))

    for path in found:
        text = path.read_text("utf-8")
        names = re.findall(r"<[A-Z]\w*>", text)
        assert len(names) <= len(re.findall(r"&lt;[A-Z]\w*&gt;|%3C\w+%3E", rendered(text).html)), path
    assert found
