"""What nests as HTML asks is let pass, whatever a browser has to guess is told."""

from __future__ import annotations

import pytest

from lwnindex.checking.nesting import faults
from lwnindex.checking.tags import scanned


def said(text: str) -> list[str]:
    return [one.subject for one in faults(scanned(text))]


@pytest.mark.parametrize(
    "text",
    [
        "<p>One<p>Two",
        "<ul><li>a<li>b</ul>",
        "<dl><dt>a<dd>b<dt>c</dl><dl><div><dt>a<dd>b</div></dl>",
        "<table><thead><tr><th>a<tbody><tr><td>b<td>c</table>",
        "<!doctype html><html><head><title>x</title><body><p>x</html>",
        '<p>a<br>b<img src="x"><wbr>c</p>',
        "<svg><path d='x'/><g><title>t</title></g></svg>",
        "<select><optgroup><option>a<option>b<optgroup><option>c</select>",
        "<ruby>x<rp>(<rt>y<rp>)</ruby>",
        "<details><summary>s</summary><p>x</details>",
        "<ul><li><p>a<ul><li>b</ul></ul>",
        "<a><span>x</span></a>",
    ],
)
def test_what_the_standard_allows_is_no_fault(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("<div><p>x</p>", "<div> is never ended"),
        ("<p>x</p></div>", "</div> ends nothing that is open"),
        ("<p><b>x</p></b>", "<b> is still open at </p>"),
        ("<p><em><div>x</div></em></p>", "<div> stands in <em>, which holds words alone"),
        ("<p>x<div>y</div></p>", "</p> ends nothing that is open"),
        ("<a href=x>a<a href=y>b</a></a>", "<a> stands inside another <a>"),
        ("<div><li>a</li></div>", "<li> stands in <div>"),
        ("<table><td>a</td></table>", "<td> stands in <table>"),
        ("<p>x</br>", "</br> ends nothing that is open"),
        ('<p id="a" id="b">x', '<p> has the attribute "id" twice'),
        ("<p>one <a href='x' <b>two</b>", "the tag <a is not ended by >"),
    ],
)
def test_what_has_to_be_guessed_is_told(text: str, fault: str) -> None:
    assert fault in said(text)
