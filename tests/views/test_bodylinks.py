"""The links of a body keep their order, images and dead ones are told apart."""

from __future__ import annotations

import msgspec
import pytest

from lwnindex.viewparts import Link
from lwnindex.views.bodylinks import links, plain_links
from lwnindex.views.resolve import NOTHING
from tests.makers import body
from tests.views.linked import BARE, FROM_LWN, HELD, OWN, here, known


def test_links_stay_in_order_and_dead_ones_name_their_lines() -> None:
    found, dead = links(body("/none/", "/about/", "#none", "/about/"), OWN, known(BARE))
    assert found == (NOTHING, here("about/index.html"), NOTHING, here("about/index.html"))
    assert [one.line for one in dead] == [5, 7]


@pytest.mark.parametrize(
    ("href", "found"),
    [
        ("/images/a%20b.png", Link(href="images/a b.png", local=True, words="A b", held=True)),
        ("/images/c.png", Link(href="https://lwn.net/images/c.png", words="A b (image)")),
        ("/about/", Link(href="about/index.html", local=True, words="A b (image)")),
        ("https://example.com/a.png", Link(href="https://example.com/a.png", words="A b (image)")),
    ],
)
def test_an_image_is_a_picture_where_it_is_held_and_else_a_link(href: str, found: Link) -> None:
    outline = msgspec.structs.replace(body("/about/", href), images=((1, "A b", "A b (image)"),))
    assert links(outline, FROM_LWN, known()) == ((here("about/index.html"), found), [])


def test_an_image_that_leads_nowhere_keeps_its_words_and_is_told() -> None:
    outline = msgspec.structs.replace(body("/c.png"), images=((0, "C", "C (image)"),))
    found, dead = links(outline, OWN, known(BARE))
    assert found == (Link(href="", words="C (image)"),)
    assert [one.code for one in dead] == ["dead-link"]


def test_a_body_of_plain_links_needs_no_rules() -> None:
    assert plain_links(body("/Articles/5/", "https://example.com/x?y#z"), known()) == (
        here(HELD),
        Link(href="https://example.com/x?y#z"),
    )
    assert plain_links(body(), known()) == ()
    for href in ("/Articles/9/", "#top", "https://lwn.net/Articles/5/", "https://example.org/news/about/"):
        assert plain_links(body("/Articles/5/", href), known()) is None
    picture = msgspec.structs.replace(body("https://example.com/a.png"), images=((0, "A", "A (image)"),))
    assert plain_links(picture, known()) is None
