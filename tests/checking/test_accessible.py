"""The basics of accessibility: each fault is found, and what is right is let pass."""

from __future__ import annotations

import pytest

from lwnindex.checking.accessible import faults
from lwnindex.checking.tags import END, START, scanned

GOOD = """<!doctype html><html lang="en"><head><title>T</title></head><body><h1>One</h1><h2>Two</h2><h3>3</h3>
<h2>Two</h2>
<a href="x">A word</a><a href="y"><img src="a.png" alt="Way home"></a><a href="z" aria-label="Z"></a>
<button>Go</button><table><tr><th>a</th></tr></table>
<table role="presentation"><tr><td>a</td></tr></table>
<label for="q">Q</label><input id="q"><label>R <input></label><input type="hidden"><img src="line.png" alt="">
<a id="old"></a></body></html>"""


def codes(text: str, lang: str = "en") -> list[str]:
    return [one.code for one in faults(scanned(text), lang)]


def test_a_page_that_is_right_has_no_fault() -> None:
    assert codes(GOOD) == []


@pytest.mark.parametrize(
    ("good", "bad", "code"),
    [
        (' lang="en"', "", "no-lang"),
        ("<title>T</title>", "<title> </title>", "no-page-title"),
        ("<h2>Two</h2><h3>", "<h3>", "heading-order"),
        ("<h1>One</h1>", "", "heading-order"),
        ('alt="Way home"', 'title="x"', ""),
        ('alt=""', "", "no-alt"),
        ('<a href="x">A word</a>', '<a href="x"> </a>', "empty-link"),
        ("<button>Go</button>", "<button><i></i></button>", "empty-link"),
        ("<th>a</th>", "<td>a</td>", "table-headers"),
        ('for="q"', "", "no-label"),
        ('<a id="old">', '<a id="q">', "repeated-id"),
    ],
)
def test_each_fault_is_found(good: str, bad: str, code: str) -> None:
    assert good in GOOD
    assert codes(GOOD.replace(good, bad, 1)) == ([code] if code else [])


@pytest.mark.parametrize(
    ("said", "lang", "is_vague"),
    [
        ("here", "en", True),
        ("Click here!", "en", True),
        ("hier", "de-AT", True),
        ("hier", "en", False),
        ("here", "he", False),
        ("where it is", "en", False),
    ],
)
def test_links_that_say_nothing_are_told_in_articles(said: str, lang: str, is_vague: bool) -> None:
    text = f'{START}<a href="x">{said}</a>{END}'

    assert codes(text, lang) == (["vague-link"] if is_vague else [])
    assert codes(f'<a href="x">{said}</a>', lang) == []


def test_a_picture_of_an_article_needs_words() -> None:
    assert codes(f'{START}<img src="x.png" alt="">{END}') == ["no-alt"]


def test_a_piece_of_a_page_need_not_be_a_whole_document() -> None:
    assert codes("<p>Only a piece.</p>") == []
