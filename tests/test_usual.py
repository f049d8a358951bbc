"""What is usual is given back by the sieve as it is, and is sound; the rest is nobody's guess."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.clean import sift
from lwnindex.highlight import highlight
from lwnindex.mend import is_sound
from lwnindex.pythonmarkdown import to_html
from lwnindex.settings import MarkdownSettings
from lwnindex.tags import tags_of
from lwnindex.usual import usual
from tests.soup import soup

_TEXT = """# Title & more

A *soft* and **strong** `code & <tag>` with "quotes", <br>a
[link](https://a-b.example.org:80/c?d=1&e=2#f "Why?")
and one [here](/Articles/1/) and [below](#there).
A break  \nand ![a picture](http://a.example/b.png).

> A quote:
>
>   * of a list
>   * of two

| a | b |
|---|--:|
| 1 | 2 |

3. no

* * *

``` python
if 1 > 2: print("no")
```
"""
_USUAL = _TEXT.replace("3. no", "1. yes")

_PARTS = (
    *("<p>", "</p>", "<em>", "</em>", '<a href="/a">', '<a href="#a">', "</a>"),
    *("<ul>", "<li>", "</li>", "</ul>", "<h1>", "</h1>", "<b>", "</b>", "<br />", "<br>", "<hr />"),
    *("<table>", "<thead>", "<tr>", "<th>", '<th align="left">', "</th>", "</tr>", "</thead>", "</table>"),
    *('<div class="highlight">', "</div>", "<pre>", "</pre>", "<code>", '<code class="language-c">'),
    *("</code>", '<span class="k">', '<span class="x">', "</span>", "<td>", "</td>"),
    *("a", " ", "\n", "&", "&amp;", "&quot;", "&nbsp;", "\xa0", "\u3000", "\ufeff", "<", ">"),
    *("<script>", "<!--", '<p class="x">', "<p\n>", "<P>"),
    *('<a href="javascript:x">', '<img alt="a" src="/b" />'),
)


def is_given_back(written: str) -> bool:
    """Return whether the sieve leaves HTML as it is, and it needs no mending."""
    tags = usual(written)
    assert tags is not None
    return tags.joined() == sift(written) and is_sound(tags_of(sift(written)), sift(written))


def _written(text: str) -> str:
    return highlight(to_html(text, MarkdownSettings().extensions))[0]


def test_what_markdown_writes_is_usual() -> None:
    written = _written(_USUAL)

    assert is_given_back(written)
    assert usual(written) == tags_of(sift(written))


@pytest.mark.parametrize(
    "odd",
    [
        _TEXT,
        "a\xa0b",
        "&copy;",
        "a <b>b</b>",
        "[a](javascript:b)",
        "[a](http://[b)",
        "[a](http://1.2.3.4.5/)",
        "[a](http://xn--a.example/)",
        "[a](b:c)",
        "a[^1]\n\n[^1]: b",
        '<p id="a">b</p>',
        "<!-- a -->",
        "<table><tr><td>a</td></tr></table>",
    ],
)
def test_what_else_there_is_goes_the_long_way(odd: str) -> None:
    assert usual(_written(odd)) is None


@pytest.mark.parametrize("part", _PARTS)
def test_parts_side_by_side_are_usual_only_if_they_are_given_back(part: str) -> None:
    for other, around in product(_PARTS, ("{}", "<p>{}", "<p>{}</p>", "<ul><li>{}</li></ul>")):
        written = around.format(part + other)
        assert usual(written) is None or is_given_back(written)


@given(st.lists(st.sampled_from(_PARTS), max_size=14).map("".join) | soup)
def test_whatever_is_called_usual_is_given_back(written: str) -> None:
    assert usual(written) is None or is_given_back(written)
