"""A weekly edition becomes its items, and nothing that is one is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex import names
from lwnindex.model import Manuscript
from lwnindex.readers.edition import has_too_many, is_edition, items
from lwnindex.readers.markedup import page
from tests.lwnpages import BYLINE, LAYOUTS, NAG, RULES, new

TITLE = "LWN.net Weekly Edition for March 26, 2015"
COMMENTS = '<p><a href="/Articles/{id}/#Comments">Comments ({count} posted)</a>\n<p>\n'


STORY = '<p><a href="/Articles/{id}/">Full Story</a> (<a href="/Articles/{id}/#Comments">comments: 2</a>)\n'


def item(own: int, title: str, text: str, end: str = COMMENTS, **said: object) -> str:
    head = f'<h2 class="SummaryHL"><a href="/Articles/{own}/">{title}</a></h2>\n'
    return head + text + end.format(**{"id": own, "count": "none", **said})


EDITION = (
    '<p>Welcome to this edition.\n<p class="Cat1HL">Front page</p>\n'
    + item(2, "A feature", NAG + BYLINE + "<p>Features are long.\n", count=5)
    + '<p class="Cat1HL">Kernel development</p>\n<p class="Cat2HL">Brief items</p>\n'
    + item(3, "In brief", "<blockquote>Something small.</blockquote>\n")
    + item(4, "In brief", "<p>Something else.\n", STORY)
    + item(5, "[$] For subscribers", "<p>Starts so.\n", STORY)
    + '<div><p class="Cat3HL">Patches and updates</p><h4>Core</h4><ul><li>One patch</ul></div>\n'
    + '<h2 class="SummaryHL">Quote of the week</h2><blockquote>Words.</blockquote><p>-- Somebody\n'
    + "<p><b>Page editor</b>: Ada Example\n<h2>Inside this week's LWN.net Weekly Edition</h2>"
    + '<ul><li><a href="/Articles/9/">Security</a>: teasers</ul><b>Next page</b>: Security'
)


def read(text: str, title: str = TITLE, layout: str = "new") -> tuple[Manuscript, ...]:
    return items(page(LAYOUTS[layout](text, title), "edition.html", RULES))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_items_of_an_edition(layout: str) -> None:
    found = read(EDITION, layout=layout)

    assert [(one.id, one.title, one.date, one.authors) for one in found] == [
        ("2", "A feature", "2009-12-22", ("Ada Example",)),
        ("3", "In brief", "2015-03-26", ()),
        ("4", "In brief", "2015-03-26", ()),
        ("2015-03-26-patches_and_updates", "Patches and updates", "2015-03-26", ()),
        ("2015-03-26-quote_of_the_week", "Quote of the week", "2015-03-26", ()),
    ]
    assert [one.original for one in found] == [
        *(f"https://lwn.net/Articles/{number}/" for number in (2, 3, 4)),
        *(None, None),
    ]
    assert {one.markup for one in found} == {"html"}


def test_the_texts_of_the_items_and_nothing_else() -> None:
    assert [re.sub(r"<[^<>]*>|\s+", " ", one.text).split() for one in read(EDITION)] == [
        ["Features", "are", "long."],
        ["Something", "small."],
        ["Something", "else."],
        ["Core", "One", "patch"],
        ["Words.", "--", "Somebody"],
    ]


def test_what_is_dropped_is_counted() -> None:
    found = read(EDITION)

    assert dict(found[0].counts) == {"comment-count": 1, "comments": 1, "edition": 3, "nag": 1}
    assert dict(found[1].counts) == {"comment-count": 1}


def test_a_full_story_that_is_elsewhere_stays() -> None:
    (found,) = read(item(6, "A brief", "<p>Short.\n", STORY.replace("{id}", "8")))

    assert '<a href="/Articles/8/">Full Story</a>' in found.text


def test_a_welcome_that_lists_features_is_no_item() -> None:
    listed = '<p>This edition contains <ul><li><a href="/Articles/2/">A feature</a>: a teaser</ul>'
    found = read(
        item(1, "Welcome to the LWN.net Weekly Edition for March 26, 2015", listed) + item(2, "A", "x")
    )

    assert [one.id for one in found] == ["2"]
    assert dict(found[0].counts)["edition"] == 1


def test_items_without_comments_end_at_the_next() -> None:
    heads = "".join(
        f"<h3 class=SummaryHL><a href=/Articles/{number}/>T</a></h3>text {number}" for number in (1, 2)
    )
    assert [(one.id, one.text) for one in read(heads)] == [("1", "text 1"), ("2", "text 2")]


def test_the_number_of_comments_need_not_lead_to_them() -> None:
    text = item(1, "A", "text 1", '<p><a href="/Articles/1/">Comments (2 posted)</a><p>Page editor: x')
    assert [re.sub("<[^<>]*>", "", one.text) for one in read(text)] == ["text 1"]


def test_lines_are_those_of_the_item_in_the_source() -> None:
    source = new(EDITION, TITLE)
    rows = source.split("\n")

    for one in items(page(source, "edition.html", RULES)):
        word = max(re.findall(r"\w+", re.sub(r"<[^<>]*>", " ", one.text.split("\n")[0])), key=len)
        assert word in rows[one.lines[0] - 1]


def test_a_section_without_a_date_leaves_its_items_undated() -> None:
    assert [one.date for one in read(item(3, "In brief", "<p>Small."), "Kernel development")] == [None]


def test_an_impossible_date_is_not_replaced_by_the_edition_s() -> None:
    (found,) = read(item(3, "A", BYLINE.replace("December 22", "February 30") + "<p>text"))

    assert found.date is None
    assert [one.code for one in found.problems] == ["bad-date"]


def test_articles_are_no_editions() -> None:
    assert not is_edition(page(new(BYLINE + "<h2>Head</h2>"), "a.html", RULES))
    assert is_edition(page(new(EDITION), "a.html", RULES))


def test_no_edition_has_thousands_of_items() -> None:
    assert has_too_many(page(new("<h2 class=SummaryHL>A</h2>x" * 2001), "a.html", RULES))
    assert not has_too_many(page(new(EDITION), "a.html", RULES))


@given(
    st.lists(st.sampled_from([EDITION[at : at + 60] for at in range(0, len(EDITION), 60)]), max_size=30).map(
        "".join
    )
)
def test_a_damaged_edition_is_read_all_the_same(text: str) -> None:
    found = page(new(text), "edition.html", RULES)
    if is_edition(found):
        read_ = items(found)
        assert all(one.id for one in read_)
        assert len({names.folded(one.id) for one in read_}) == len(read_)
