"""Headings, ids, images, links and tables of a body stand as all pages have them."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lwnindex.clean import sift
from lwnindex.mend import mended
from lwnindex.shape import Shaped, count_words, shape, text_of
from lwnindex.tags import tags_of
from tests.soup import ids, soup


def shaped(sifted: str) -> Shaped:
    """Return a sifted body, shaped, with images at lwn.net unless they say where."""
    return shape(tags_of(sifted), "lwn.net")


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ("2", "2"),
        ("1", "2"),
        ("4", "2"),
        ("12", "23"),
        ("123456", "234566"),
        ("24", "23"),
        ("42", "22"),
        ("2442", "2332"),
        ("2463", "2343"),
        ("3524", "2323"),
        ("1616", "2323"),
    ],
)
def test_the_highest_heading_becomes_h2_and_no_level_is_left_out(levels: str, expected: str) -> None:
    found = shaped("".join(f"<h{level}>a</h{level}>" for level in levels)).html

    assert [name for name in tags_of(found).names if name[0] != "/"] == [f"h{level}" for level in expected]


@pytest.mark.parametrize(
    ("sifted", "html"),
    [
        ("<h2>A <em>b</em>, c</h2>", '<h2 id="text-A_b_c">A <em>b</em>, c</h2>'),
        (
            "<h2>A</h2><h2>A</h2><h2>A</h2>",
            '<h2 id="text-A">A</h2><h2 id="text-A-2">A</h2><h2 id="text-A-3">A</h2>',
        ),
        (
            "<h2>A</h2><h2>A-2</h2><h2>A</h2>",
            '<h2 id="text-A">A</h2><h2 id="text-A-2">A-2</h2><h2 id="text-A-3">A</h2>',
        ),
        ('<h2>A</h2><p id="A">b</p>', '<h2 id="text-A-2">A</h2><p id="text-A">b</p>'),
        ('<h2 id="b">A</h2>', '<h2 id="text-b">A</h2>'),
        ("<h2>?!</h2><h2>…</h2>", '<h2 id="text-section">?!</h2><h2 id="text-section-2">…</h2>'),
        ("<h2>日本</h2>", '<h2 id="text-日本">日本</h2>'),
        ("<h2></h2>a<h2> <br></h2>", "a <br>"),
        ('<h2><a name="x"></a></h2>', '<a id="text-x"></a>'),
        ('<h1 align="center">A</h1>', '<h2 class="align-center" id="text-A">A</h2>'),
        (
            '<h2>A<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup></h2>',
            '<h2 id="text-A">A<sup id="text-fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup></h2>',
        ),
    ],
)
def test_a_heading_gets_an_id_of_its_own(sifted: str, html: str) -> None:
    assert shaped(sifted).html == html


AT_LWN = 'class="image">(image, lwn.net)</a>'


def test_the_contents_are_the_headings_of_two_levels() -> None:
    found = shaped("<h1>A &amp; b</h1><h2>C\n d</h2><h3>E</h3><h4></h4>").contents

    assert [(one.level, one.id, one.text) for one in found] == [
        (2, "text-A__b", "A & b"),
        (3, "text-C_d", "C d"),
    ]


@pytest.mark.parametrize(
    ("sifted", "html"),
    [
        ('<p id="a">b</p>', '<p id="text-a">b</p>'),
        ('<p id="text-a">b</p>', '<p id="text-a">b</p>'),
        ('<p id=" a b%20c ">d</p>', '<p id="text-a_b_20c">d</p>'),
        ('<p id="">a</p><p id=" ">b</p>', "<p>a</p><p>b</p>"),
        ('<p id="a">b</p><p id="a">c</p>', '<p id="text-a">b</p><p>c</p>'),
        ('<p id="a">b</p><p id="text-a">c</p>', '<p id="text-a">b</p><p>c</p>'),
        ('<a name="a">b</a>', '<a id="text-a">b</a>'),
        ('<a name="a" id="c" href="/x">b</a>', '<a id="text-c" href="/x">b</a>'),
        ('<p id="a">b</p><a name="a">c</a>', '<p id="text-a">b</p>c'),
        ('<p id="&quot;&lt;">a</p>', '<p id="text-&quot;&lt;">a</p>'),
    ],
)
def test_ids_get_a_prefix_and_stand_once(sifted: str, html: str) -> None:
    assert shaped(sifted).html == html


@pytest.mark.parametrize(
    ("sifted", "html"),
    [
        ('<a href="#a">b</a><p id="a">c</p>', '<a href="#text-a">b</a><p id="text-a">c</p>'),
        ('<a href="#a%20b">c</a><p id="a b">d</p>', '<a href="#text-a_b">c</a><p id="text-a_b">d</p>'),
        ('<a href="#%C3%A9">c</a><p id="é">d</p>', '<a href="#text-é">c</a><p id="text-é">d</p>'),
        ('<a href="#A_b">c</a><h2>A b</h2>', '<a href="#text-A_b">c</a><h2 id="text-A_b">A b</h2>'),
        ('<a href="#a">b</a>', '<a href="#a">b</a>'),
        ('<a href="">a</a><a>b</a>', "ab"),
        ('<a href="" id="x">a</a>', '<a id="text-x">a</a>'),
        ('<a class="" href="/x">a</a><span class="">b</span>', '<a href="/x">a</a><span>b</span>'),
        ('<a href="/x" title="t">a</a>', '<a href="/x" title="t">a</a>'),
    ],
)
def test_links_within_a_body_follow_its_ids(sifted: str, html: str) -> None:
    assert shaped(sifted).html == html


@pytest.mark.parametrize(
    ("sifted", "html"),
    [
        (
            '<img src="https://static.lwn.net/x.png" alt="Security\n panel">',
            '<a href="https://static.lwn.net/x.png" class="image">Security panel (image, static.lwn.net)</a>',
        ),
        ('<img src="/images/x.png" alt="A">', '<a href="/images/x.png" class="image">A (image, lwn.net)</a>'),
        (
            '<img src="//e.org/a%20b.png?c">',
            '<a href="//e.org/a%20b.png?c" class="image">a b.png (image, e.org)</a>',
        ),
        (
            '<img src="http://[x/y.png" alt="A">',
            '<a href="http://[x/y.png" class="image">A (image, lwn.net)</a>',
        ),
        ('<img src="/">', '<a href="/" class="image">(image, lwn.net)</a>'),
        ('<img alt="A &amp; &lt;b&gt; &quot;c&quot;">', 'A &amp; &lt;b&gt; "c"'),
        ("<img>", ""),
        (
            '<a href="/y"><img src="/x.png" alt="A"></a> b',
            '<a href="/y" class="image">A</a> <a href="/x.png" class="image">(image, lwn.net)</a> b',
        ),
        (
            '<a href="/y">see <img src="/x.png" alt="A"></a>',
            '<a href="/y">see A</a> <a href="/x.png" class="image">(image, lwn.net)</a>',
        ),
        (
            '<a href="/y"><b><img src="/x.png" alt="A"></b></a>',
            '<a href="/y"><b>A</b></a> <a href="/x.png" class="image">(image, lwn.net)</a>',
        ),
        (
            '<a id="z" href="#q"><img src="/x" alt="A"> <img src="/y" alt="B"></a>',
            f'<a id="text-z" href="#q" class="image">A B</a> <a href="/x" {AT_LWN} <a href="/y" {AT_LWN}',
        ),
        ('<a><img src="/x.png" alt="A"></a>', '<a href="/x.png" class="image">A (image, lwn.net)</a>'),
        ('<a href="/y"><img alt="A"></a>', '<a href="/y">A</a>'),
    ],
)
def test_an_image_becomes_a_link_that_says_where_it_is(sifted: str, html: str) -> None:
    assert shaped(sifted).html == html


def test_an_image_of_an_unknown_place_names_none() -> None:
    assert shape(tags_of('<img src="x.png" alt="A">')).html == '<a href="x.png" class="image">A (image)</a>'


BOX = '<div class="scroll" tabindex="0" role="group" aria-label="Table">'


@pytest.mark.parametrize(
    ("sifted", "html"),
    [
        ("<table></table>", f"{BOX}<table></table></div>"),
        ('<table id="a"></table>', f'{BOX}<table id="text-a"></table></div>'),
        (f"{BOX}<table></table></div>", f"{BOX}<table></table></div>"),
        (
            f"{BOX}<table></table></div><table></table>",
            f"{BOX}<table></table></div>{BOX}<table></table></div>",
        ),
        (
            "<table><tbody><tr><td><table></table></td></tr></tbody></table>",
            f"{BOX}<table><tbody><tr><td><table></table></td></tr></tbody></table></div>",
        ),
        ('<td align="right">a</td>', '<td class="align-right">a</td>'),
        ('<p align="CENTER">a</p><p align="justify">b</p>', '<p class="align-center">a</p><p>b</p>'),
        ("<pre>a</pre>", '<pre tabindex="0">a</pre>'),
        ('<pre id="b" class="plain">a</pre>', '<pre id="text-b" class="plain" tabindex="0">a</pre>'),
        ("<p>a</p><p></p>", "<p>a</p>"),
    ],
)
def test_what_is_wide_scrolls_in_its_own_box(sifted: str, html: str) -> None:
    assert shaped(sifted).html == html


def test_each_change_is_counted() -> None:
    found = shaped('<h1>A</h1><img src="/x"><img src="/y"><p align="left">b</p>').counts

    assert found == {"heading-shift": 1, "image": 2, "align": 1}


@pytest.mark.parametrize(
    ("sifted", "words"),
    [
        ("", 0),
        ("<p>one <em>two</em>, three</p>\n<p>four</p>", 4),
        ("<p>un<em>do</em></p>", 1),
        ("<p>one</p><pre><code>int x;\n</code></pre><p>two</p><pre>y</pre>", 2),
        ("<p>one\n  two\tthree </p>", 3),
        ("<p>é ü</p>", 2),
        ("日本 語", 2),
    ],
)
def test_words_are_counted_but_not_those_of_code(sifted: str, words: int) -> None:
    assert shaped(sifted).words == words


@given(st.text(st.sampled_from("aé日 \t\n\r\xa0")))
def test_a_word_is_what_stands_between_spaces(text: str) -> None:
    assert count_words(text.encode()) == len(re.findall("[^ \t\n]+", text))


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("<p>a <b>b</b>\n c &amp; &quot;d&quot;&nbsp;e</p>", 'a b c & "d" e'),
        ('<p title="&gt;">a</p>', "a"),
        ('a<sup id="text-fnref:1"><a class="footnote-ref" href="#text-fn:1">1</a></sup>b<sup>2</sup>', "ab2"),
    ],
)
def test_the_text_of_html_is_what_it_says(fragment: str, text: str) -> None:
    assert text_of(fragment) == text


@given(soup)
@example('<center id="x">')
def test_shaping_what_is_shaped_changes_nothing(fragment: str) -> None:
    once = shaped(mended(sift(fragment))).html

    assert shaped(once).html == once


@given(soup)
def test_every_id_stands_once_and_has_the_prefix(fragment: str) -> None:
    found = ids(shaped(mended(sift(fragment))).html)

    assert len(set(found)) == len(found)
    assert all(each.startswith("text-") for each in found)


@pytest.mark.parametrize(
    ("heading", "link", "found"),
    [
        (
            "Flexible, fast(er) compilation",
            "flexible-fast-er-compilation",
            "text-Flexible_faster_compilation",
        ),
        ("What's new?", "whats-new", "text-Whats_new"),
        ("What's new?", "what-s-new", "text-Whats_new"),
        ("日本語 の 見出し", "日本語-の-見出し", "text-日本語_の_見出し"),
        ("Other", "none", "none"),
    ],
)
def test_a_link_to_a_heading_by_the_id_that_others_make_of_it_finds_it(
    heading: str, link: str, found: str
) -> None:
    html = f'<p><a href="#{link}">a</a></p><h2>{heading}</h2>'
    assert f'href="#{found}"' in shape(tags_of(html)).html


def test_headings_of_the_same_words_are_found_by_their_numbers() -> None:
    html = '<p><a href="#notes">a</a><a href="#notes-1">b</a></p><h2>Notes</h2><h2>Notes</h2>'
    found = shape(tags_of(html)).html
    assert 'href="#text-Notes">a' in found
    assert 'href="#text-Notes-2">b' in found
