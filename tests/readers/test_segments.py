"""HTML as the lines of its dump, each of which can be cut out of it again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.readers.segments import bared, segments_of, spread, without


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>One  <i>word</i>\n more</p><p>Two</p>", ["One word more", "Two"]),
        ("By <b>Ada Example</b><br>May 1, 2015", ["By **Ada Example**  ", "May 1, 2015"]),
        ("By <b> Ada</b> and<b></b> <strong>Ben</strong>", ["By **Ada** and **Ben**"]),
        ("a<hr>b", ["a", "* * *", "b"]),
        ('<a href="/x y(1)?a=1&amp;b=2">label</a>', ["[label](/x%20y%281%29?a=1&b=2)"]),
        ('<a href="/Articles/1/#Comments">Comments (2 posted)</a>', ["Comments (2 posted)"]),
        ('<a href="/Articles/1/">Comments (none posted)</a>', ["Comments (none posted)"]),
        ('<a name="here">there</a>', ["there"]),
        ("<blockquote><p>said</p></blockquote>after", ["> said", "after"]),
        ("<h3>Head</h3><ul><li>item</li></ul><td>cell</td>", ["### Head", "* item", "| cell"]),
        ("[Posted by x] a_b*c &amp;amp; &lt;", [r"\[Posted by x\] a\_b\*c &amp;amp; <"]),
        ("# no heading", [r"\# no heading"]),
        ("<!-- gone -->", []),
        ("a<b", ["a<b"]),
    ],
)
def test_lines(html: str, lines: list[str]) -> None:
    assert [one.line.text for one in segments_of(html)] == lines


def test_code_is_marked_as_such() -> None:
    assert [one.line.code for one in segments_of("<p>a</p><pre>By b</pre><p>c</p>")] == ["", "fenced", ""]


def test_a_blank_line_parts_what_no_break_does() -> None:
    lines = spread(segments_of("<p>a<br>b</p><p>c</p>"))
    assert [line.text for line in lines] == ["a  ", "b", "", "c", ""]

    lines = spread(segments_of("a<br>\n<p>b</p>"))
    assert [line.text for line in lines] == ["a  ", "", "b", ""]


@pytest.mark.parametrize(
    ("html", "kept", "rest"),
    [
        ('<div class="x"><p>a</p></div><p>b</p>', {2}, "<p>b</p>"),
        ("<div>a<br>b</div>", {2}, "<div>b</div>"),
        ("<p>a</p><hr><p>b</p>", {1}, "<p>a</p>"),
        ("<p>a</p>", {1}, "<p>a</p>"),
    ],
)
def test_lines_are_cut_out_with_the_elements_that_held_them(html: str, kept: set[int], rest: str) -> None:
    numbered = {one.line.number: place for place, one in enumerate(segments_of(html), 1)}
    places = {number for number, place in numbered.items() if place in kept}

    assert without(html, segments_of(html), places) == rest


@pytest.mark.parametrize(
    ("html", "rest"),
    [
        ('<p>a</p>\n<br clear="all"><p> &nbsp;</p><p>\n', "<p>a</p>"),
        ("<p>a\n<br></p>", "<p>a</p>"),
        ("<p>a</p><hr>", "<p>a</p><hr>"),
        ('<div class="Byline"><p></p></div> <br><p> </p>a', "a"),
        ("<div><p>a</p></div>", "<div><p>a</p></div>"),
        ("<p> " * 100, ""),
        ("", ""),
    ],
)
def test_what_is_empty_at_the_ends_goes(html: str, rest: str) -> None:
    assert bared(html) == rest


@given(st.text(alphabet="ab<>/ph1ri\n &;\"'", max_size=80))
def test_every_text_has_lines_in_order(html: str) -> None:
    found = segments_of(html)
    assert [one.line.number for one in found] == sorted({one.line.number for one in found})
    assert all(0 <= one.start <= one.end <= len(html) for one in found)
    assert without(html, found, {one.line.number for one in found}) == html
