"""Pages of any site, by the selectors that its source declares."""

from __future__ import annotations

import pytest

from lwnindex.readers.items import Items
from lwnindex.readers.markedup import page
from lwnindex.readers.selected import is_declared, read, selector_fault
from lwnindex.settings import SelectSettings
from tests.lwnpages import rules

SITE = """<!DOCTYPE html><html lang="de"><head><title>Ein Titel | Beispiel</title>
<meta property="article:published_time" content="2020-05-01T10:00:00+02:00">
<link rel="canonical" href="/2020/titel.html"></head><body><header><h1>Beispiel</h1></header>
<div class="post"><h2 class="title">Ein Titel</h2>
<p class="by">Von <span class="who">Ada Example</span> und <span class="who">Ben Example</span></p>
<div class="text"><h2>Ein Titel</h2><p>Erster Satz.</p>
<p>Mit <time>gestern</time>.</p><script>x</script></div>
<ul class="tags"><li>Kernel/Block layer</li><li>Netze</li><li>TCP/IP</li></ul></div></body></html>
"""
SELECT = {
    "title": ".title",
    "byline": ".who",
    "date": 'meta[property="article:published_time"]@content',
    "body": ".text",
    "entries": ".tags li",
}


def found(text: str = SITE, select: dict[str, object] | None = None, **source: object) -> Items:
    return read(page(text, "site/a.html", rules(select or SELECT, **source)))


def test_a_page_by_selectors() -> None:
    items = found(index={"categories": "Themen"}, url="https://example.org/", entries=("Quelle/Beispiel",))
    (one,) = items.manuscripts

    assert items.problems == one.problems == ()
    assert (one.title, one.date) == ("Ein Titel", "2020-05-01T10:00:00+02:00")
    assert (one.authors, one.lang) == (("Ada Example", "Ben Example"), "de")
    assert one.original == "https://example.org/2020/titel.html"
    assert one.entries == (
        *(("Kernel", "Block layer"), ("Themen", "Netze"), ("Themen", "TCP/IP")),
        ("Quelle", "Beispiel"),
    )
    assert one.text == "<h2>Ein Titel</h2><p>Erster Satz.</p>\n<p>Mit <time>gestern</time>.</p>"
    assert (one.markup, one.lines, one.entry_lines) == ("html", (6, 7), (8, 8, 8, 1))
    assert dict(one.counts) == {"chrome": 1}


def test_what_the_fields_say_goes_from_the_body() -> None:
    (one,) = found(select={**SELECT, "body": ".post"}).manuscripts

    assert "title" not in one.text
    assert "Von" in one.text
    assert "gestern" in one.text
    assert dict(one.counts)["repeated"] == 4


def test_several_bodies_are_put_together() -> None:
    (one,) = found(select={**SELECT, "body": ".text p"}).manuscripts
    assert one.text == "<p>Erster Satz.</p>\n<p>Mit <time>gestern</time>.</p>"


def test_parts_without_a_selector_are_found_by_the_marks() -> None:
    (one,) = found(select={"body": ".text", "title": "title"}).manuscripts
    assert (one.title, one.date) == ("Ein Titel | Beispiel", "2020-05-01T10:00:00+02:00")

    marked = "<article><h1>Title</h1><p>Text.</p></article><p class=x>May 1, 2020</p>"
    (one,) = found(marked, {"date": ".x"}).manuscripts
    assert (one.title, one.date, one.text) == ("Title", "2020-05-01", "<p>Text.</p>")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"title": ".none"}, ["`.none`"]),
        ({"body": ".none"}, ["`.none`"]),
        ({"title": ".none", "body": "p@none"}, ["`.none`"]),
        ({"entries": ".none", "required": ("entries",)}, ["`.none`"]),
        ({"byline": ".a", "date": ".b", "required": ("byline", "date", "body")}, ["`.a`", "`.b`"]),
    ],
)
def test_a_page_without_a_required_part_is_told(change: dict[str, object], told: list[str]) -> None:
    items = found(select={**SELECT, **change})

    assert items.manuscripts == ()
    assert [(one.code, one.severity) for one in items.problems] == [("no-part", "error")] * len(told)
    assert all(part in one.message for part, one in zip(told, items.problems, strict=True))


def test_a_part_that_is_not_required_may_be_missing() -> None:
    (one,) = found(select={**SELECT, "byline": ".none", "entries": ".none"}).manuscripts
    assert (one.authors, one.entries) == ((), ())


def test_a_required_part_that_is_not_marked_either() -> None:
    (problem,) = found("<p>x</p>", {"title": "p"}).problems
    assert "no body: the page does not mark any" in problem.message


@pytest.mark.parametrize(
    "text",
    [
        *("", "h1", "div > p:first-child", 'a[href*="@"]', "time@datetime", "p:not(.x), td", "  main "),
        'meta[property="article:published_time"]@content',
    ],
)
def test_selectors(text: str) -> None:
    assert selector_fault(text) is None


@pytest.mark.parametrize("text", ["p..x", "p:foo", "p,", "@content", "((", "time@date time", "p{"])
def test_what_is_no_selector(text: str) -> None:
    assert text in str(selector_fault(text))


def test_whether_any_is_declared() -> None:
    assert is_declared(SelectSettings(date="time"))
    assert not is_declared(SelectSettings())
