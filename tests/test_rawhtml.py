"""A text that is HTML keeps its paragraphs, gets colours for its code, and tells the lines of its links."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.highlight import highlight
from lwnindex.rawhtml import href_lines, to_html
from tests.soup import nested, soup

CODE = '<pre><code class="language-c">int a;</code></pre>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("one\ntwo\n\n \n three &amp; a < b", "<p>one\ntwo</p>\n<p>three &amp; a < b</p>"),
        ("one\r\n\r\ntwo", "<p>one</p>\n<p>two</p>"),
        ("one <b>x</b><br><br />two<br>three", "<p>one <b>x</b></p>\n<p>two<br>three</p>"),
        ("<p>one\n\ntwo", "<p>one\n\ntwo"),
        ("one\n\n<DIV>two</DIV>", "one\n\n<DIV>two</DIV>"),
    ],
)
def test_a_text_without_blocks_gets_paragraphs(text: str, html: str) -> None:
    assert to_html(text) == html


@pytest.mark.parametrize(
    "text",
    [
        '<pre><code class="language-c">int a;</code></pre>',
        '<PRE><CODE CLASS="hljs language-c">int a;</CODE></PRE>',
        "<pre class='lang-c wide'>int a;</pre>",
        "<pre class=language-c><code>int a;</code></pre>",
        '<pre class="brush: c; gutter: true">int a;</pre>',
        '<pre class="brush:c">\nint a;</pre>',
        '<pre lang="c">int a;</pre>',
        '<pre><code class="c" data-lang="c">int a;</code></pre>',
        '<pre class="sourceCode c"><code><span>int</span> a;</code></pre>',
        '<pre><code class="hljs c"><span class="hljs-type">int</span> a;</code></pre>',
        '<div class="highlight-c"><pre>int a;</pre></div>',
        '<div class="highlight-c no"><div class="highlight"><pre><span></span>int a;</pre>\n</div>\n</div>',
        '<div class="language-c rouge"><div class="highlight"><pre><code>int a;</code></pre></div></div>',
        '<figure class="highlight"><pre><code class="language-c" data-lang="c">int a;</code></pre></figure>',
        '<div class="highlight highlight-source-c"><pre>int a;</pre></div>',
    ],
)
def test_a_block_of_code_becomes_a_fence_if_its_language_is_told(text: str) -> None:
    assert to_html(f"<p>a</p>{text}<p>b</p>") == f"<p>a</p>{CODE}<p>b</p>"


@pytest.mark.parametrize(
    "text",
    [
        "<pre>int a;</pre>",
        '<pre lang="en">a <b>b</b></pre>',
        '<pre class="wide">a</pre>',
        '<pre class="language-c">a <a href="/x">b</a></pre>',
        '<pre class="language-c">never closed',
        '<div class="highlight-c">Text: <pre>a</pre></div>',
        '<div class="highlight-c"><pre>a</pre> text</div>',
        "<prefix>a</prefix></pre>",
    ],
)
def test_any_other_block_stays_as_it_is(text: str) -> None:
    assert to_html(f"<p>{text}") == f"<p>{text}"


def test_code_keeps_its_characters_and_lines() -> None:
    text = '<pre class="language-c">a &lt;b&gt; &amp;&amp; c<br>\n<i>"d"</i></pre>'

    assert to_html(text) == '<pre><code class="language-c">a &lt;b&gt; &amp;&amp; c\n\n"d"</code></pre>'


def test_what_has_colours_already_gets_them_once() -> None:
    coloured, _ = highlight("<p>a</p>" + CODE)

    assert to_html(coloured).replace("\n</code>", "</code>") == "<p>a</p>" + CODE
    assert highlight(to_html(coloured))[0] == coloured


@pytest.mark.parametrize(
    ("text", "hrefs", "lines"),
    [
        ("<a href=\"/x\">a</a>\n<a href=/y>b</a>\n<A HREF = '/z'>c</A>", ("/x", "/y", "/z"), (1, 2, 3)),
        ('<a href="/x">a</a>\n<a href="/x">b</a>\n', ("/x", "/x", "/x"), (1, 2, 2)),
        ('\n<a href="/?a&amp;b"></a>', ("/?a&b",), (2,)),
        ('\n<a href="#n">a</a>', ("#text-n",), (2,)),
        ('\n<img src=" /i.png ">', ("/i.png",), (2,)),
        ('<a href="/x">', ("/y",), (0,)),
        ('\n\n\n\n<a href="/x">', ("/x",), (0,)),
    ],
)
def test_a_link_stands_in_the_line_where_it_was_written(
    text: str, hrefs: tuple[str, ...], lines: tuple[int, ...]
) -> None:
    assert tuple(href_lines(hrefs, text, (1, 2, 3))) == lines


@given(st.one_of(soup, nested, st.text()))
def test_any_text_has_html_and_always_the_same(text: str) -> None:
    assert to_html(text) == to_html(text)


def test_a_frame_becomes_a_link() -> None:
    assert '<a href="https://example.org/a">' in to_html(
        '<p><iframe src="https://example.org/a"></iframe></p>'
    )
