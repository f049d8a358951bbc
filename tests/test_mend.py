"""Raw HTML comes out with valid nesting and with all its text; what Markdown makes is left alone."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from lwnindex.clean import sift
from lwnindex.mend import is_sound, mended
from lwnindex.pythonmarkdown import to_html
from lwnindex.settings import MarkdownSettings
from lwnindex.tags import tags_of
from tests.soup import nested, soup


def is_sound_html(fragment: str) -> bool:
    return is_sound(tags_of(fragment), fragment)


@pytest.mark.parametrize(
    "text",
    [
        "# A\n\nB *c* **d** `e` [f](/g) ![h](/i.png)\n\n* j\n* k\n\n    l\n",
        "> a\n>\n> > b\n\n1. c\n2. d\n   - e\n\n***\n\n    code",
        "|A|B|\n|:-|-:|\n|1||\n",
        "a[^1]  \nb\n\n[^1]: c\n\n    d",
        "```c\nint x;\n```",
    ],
)
def test_what_markdown_makes_is_sound(text: str) -> None:
    assert is_sound_html(sift(to_html(text, MarkdownSettings().extensions)))


@pytest.mark.parametrize(
    "fragment",
    [
        "<font>a</font>",
        '<p lang="de">a</p>',
        "<b><p>a</p></b>",
        "<ul>a</ul>",
        "<ul><li>a</li>b</ul>",
        '<ul id="x">a</ul>',
        "<li>a</li>",
        "<table><tbody><tr></tr></tbody></table>",
        "<table><tbody><tr><td>a</td></tr></tbody><thead><tr><th>b</th></tr></thead></table>",
        '<a href="/x"><em><a href="/y">a</a></em></a>',
        "<dl>a</dl>",
    ],
)
def test_what_only_an_author_writes_is_not(fragment: str) -> None:
    assert not is_sound_html(fragment)


@pytest.mark.parametrize(
    ("sifted", "result"),
    [
        ("<p>a</p>", "<p>a</p>"),
        ("<tt>a</tt><strike>b</strike><big>c</big>", "<code>a</code><s>b</s><span>c</span>"),
        ("<center>a</center>", '<div align="center">a</div>'),
        ("<details><summary>a</summary>b</details>", "<div><div>a</div>b</div>"),
        ("<dir><li>a</li></dir>", "<ul><li>a</li></ul>"),
        # What stands around blocks goes, for it may hold none.
        ("<b>a<p>b</p></b>", "a<p>b</p>"),
        ("<font><b><div>a</div></b></font>", "<div>a</div>"),
        ('<a href="/x"><h2>a</h2></a>', '<a href="/x"><h2>a</h2></a>'),
        ('<a href="/x"><b><p>a</p></b></a>', '<a href="/x"><p>a</p></a>'),
        ('<a name="x" href="/y"><pre>a</pre></a>', '<a name="x"></a><pre>a</pre>'),
        ('<a href="/y"><table></table></a>', "<table></table>"),
        ("<ins><p>a</p></ins>", "<ins><p>a</p></ins>"),
        # What a heading or code holds is text.
        ("<h2>a<div>b</div></h2>", "<h2>a b </h2>"),
        ("<pre>a<p>b</p></pre>", "<pre>a\nb\n</pre>"),
        ("<h1><b><h2>a</h2></b></h1>", "<h1><b> a </b></h1>"),
        ("<h2>a<hr>b</h2>", "<h2>a b</h2>"),
        ("<h2><ul><li>a</li></ul></h2>", "<h2>  a  </h2>"),
        # Links and definitions hold none of their kind.
        ('<a href="/x"><em><a href="/y">a</a></em></a>', '<a href="/x"><em>a</em></a>'),
        ("<dfn><dfn>a</dfn></dfn>", "<dfn>a</dfn>"),
        # Lists
        ("<ul>a<li>b</li><b>c</b>d</ul>", "<ul><li>a</li><li>b</li><li><b>c</b>d</li></ul>"),
        ("<ul><ol><li>a</li></ol></ul>", "<ul><li><ol><li>a</li></ol></li></ul>"),
        ("<ul><ul>a</ul><li>b</li></ul>", "<ul><li><ul><li>a</li></ul></li><li>b</li></ul>"),
        ("<ul>\n<li>a</li>\n</ul>", "<ul>\n<li>a</li>\n</ul>"),
        ("<ul><br></ul>", "<ul><li><br></li></ul>"),
        ("<li>a</li>", "<div>a</div>"),
        ("<p><b><li>a</li></b></p>", "<p><b> a </b></p>"),
        ('<ul><li value="2">a</li></ul>', "<ul><li>a</li></ul>"),
        ('<ol start="3"><li value="2">a</li></ol>', '<ol start="3"><li value="2">a</li></ol>'),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "<dl><dt>a</dt><dd>b</dd></dl>"),
        ("<dl><dt>a</dt></dl>", "<div><div>a</div></div>"),
        ("<dl>a<dd>b</dd></dl>", "<div>a<div>b</div></div>"),
        ("<dt>a</dt>", "<div>a</div>"),
        # Elements that say nothing without an attribute
        ('<time datetime="2009-12-22">a</time>', '<time datetime="2009-12-22">a</time>'),
        ("<time>a</time><bdo>b</bdo>", "<span>a</span><span>b</span>"),
        ('<p lang="xx" dir="rtl">a</p>', '<p dir="rtl">a</p>'),
        ("<h2><table><tbody><tr><td>a</td></tr></tbody></table></h2>", "<h2>    a    </h2>"),
    ],
)
def test_what_is_not_valid_is_mended(sifted: str, result: str) -> None:
    assert mended(sifted) == result


@pytest.mark.parametrize(
    ("inner", "result"),
    [
        ("<tbody><tr><th><h2>a</h2></th></tr></tbody>", "<tbody><tr><th> a </th></tr></tbody>"),
        ("<tbody><tr></tr><tr><td>a</td></tr></tbody>", "<tbody><tr><td>a</td></tr></tbody>"),
        ('<tbody><tr><td colspan="2">a</td></tr></tbody>', "<tbody><tr><td>a</td></tr></tbody>"),
        ('<tbody><tr><td rowspan="2">a</td></tr></tbody>', "<tbody><tr><td>a</td></tr></tbody>"),
        ("<caption>a</caption><tbody></tbody>", "<caption>a</caption><tbody></tbody>"),
        ("<tbody></tbody><caption>a</caption>", "<tbody></tbody><tbody><tr><td>a</td></tr></tbody>"),
        ("<caption><table></table></caption>", "<tbody><tr><td><table></table></td></tr></tbody>"),
        ("<tfoot></tfoot><thead></thead>", "<tbody></tbody><tbody></tbody>"),
        ("<thead></thead><tbody></tbody><tfoot></tfoot>", "<thead></thead><tbody></tbody><tfoot></tfoot>"),
    ],
)
def test_a_table_that_is_not_valid_becomes_a_simpler_one(inner: str, result: str) -> None:
    assert mended(f"<table>{inner}</table>") == f"<table>{result}</table>"


def test_a_table_whose_grid_is_filled_keeps_its_spans() -> None:
    whole = '<tbody><tr><td colspan="2">a</td></tr><tr><td>b</td><td>c</td></tr></tbody>'

    assert mended(f"<table>{whole}</table>") == f"<table>{whole}</table>"


def words(fragment: str) -> str:
    return re.sub(r"<[^>]*>|\s", "", fragment)


@given(soup)
def test_no_text_is_lost(fragment: str) -> None:
    sifted = sift(fragment)

    assert words(mended(sifted)) == words(sifted)


@given(nested)
def test_no_text_of_lists_and_tables_is_lost(fragment: str) -> None:
    sifted = sift(fragment)

    assert words(mended(sifted)) == words(sifted)


@given(nested)
def test_mending_twice_is_mending_once(fragment: str) -> None:
    once = mended(sift(fragment))

    assert re.sub(r"\s+", " ", mended(once)) == re.sub(r"\s+", " ", once)
