"""A page is taken apart as a browser's tokeniser does it."""

from __future__ import annotations

import pytest

from lwnindex.checking.tags import END, START, live, scanned, words


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("<p>One<br/>two</p>", ["p", "br", "/p"]),
        ("<P CLASS=x>a</P>", ["p", "/p"]),
        ("<!-- <b> --><i>", ["i"]),
        ("<!doctype html><html>", ["html"]),
        ("<script>if (a<b) '<p>'</script><p>", ["script", "/script", "p"]),
        ("<title>a <b> c</title>", ["title", "/title"]),
        ("a < b and 1 <2", []),
        ('<a title="x > y" href=z>', ["a"]),
        ("<style>p > a {}", ["style"]),
        ("<!-- never ended <p>", []),
    ],
)
def test_tags_are_found_and_nothing_else(text: str, names: list[str]) -> None:
    assert [("/" if tag.is_end else "") + tag.name for tag in scanned(text).tags] == names


def test_attributes_are_read_in_all_their_forms() -> None:
    (tag,) = scanned("""<a href="x?a&amp;b" title='&quot;q' id=z hidden HREF="other">""").tags

    assert tag.given == {"href": "x?a&b", "title": '"q', "id": "z", "hidden": ""}
    assert list(tag.twice) == ["href"]


def test_a_tag_without_its_end_is_broken() -> None:
    tags = scanned("<p>one <a href='x' <b>two</b>").tags

    assert [tag.name for tag in tags if tag.is_broken] == ["a"]


def test_what_stands_between_the_marks_is_an_articles() -> None:
    tags = scanned(f"<div>{START}<p>x</p>{END}</div>").tags

    assert [tag.own for tag in tags] == [False, True, True, False]


def test_what_no_browser_shows_is_left_out() -> None:
    page = live(scanned('<p><template><a href="x"></a></template></p><i>'))

    assert [tag.name for tag in page.tags] == ["p", "template", "template", "p", "i"]


def test_words_are_those_of_all_elements_and_of_pictures() -> None:
    page = scanned('<a> One <b>two</b> <img alt="three"> &amp; <!-- no --> four</a>')

    assert words(page, 0, len(page.tags) - 1) == "One two three & four"


@pytest.mark.parametrize("text", ["<a " * 20_000, '<a b="' * 20_000, "<!--" * 20_000, "<title>" * 5_000])
def test_hostile_text_is_read_to_its_end(text: str) -> None:
    assert all(tag.stop <= len(text) for tag in scanned(text).tags)
