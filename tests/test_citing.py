"""Which articles a body cites."""

from __future__ import annotations

import pytest

from lwnindex.citing import references
from lwnindex.model import Body, Reference
from lwnindex.reading import Reading, reading
from lwnindex.settings import Config, SourceSettings
from tests import makers

RULES = reading(Config())


def cited(*hrefs: str, rules: Reading = RULES) -> tuple[Reference, ...]:
    """Return what a body with these links cites."""
    return tuple(references(Body(digest="", hrefs=hrefs), "content/2020/a.md", rules))


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("/Articles/1/", makers.cited("1")),
        ("https://lwn.net/Articles/1/#part", makers.cited("1", fragment="part")),
        ("http://www.lwn.net/Articles/1/bigpage", makers.cited("1")),
        ("other.md", makers.cited(url="content/2020/other.md")),
        ("./other.md#a%20b", makers.cited(url="content/2020/other.md", fragment="a b")),
        ("../2019/old%20one.markdown", makers.cited(url="content/2019/old one.markdown")),
        ("other.md?raw", makers.cited(url="content/2020/other.md")),
        ("/other.md", None),
        ("https://example.org/other.md", None),
        ("https://example.org/Articles/1/", None),
        ("mailto:a@example.org", None),
        ("photo.png", None),
        ("#part", None),
        ("//example.org/other.md", None),
    ],
)
def test_a_link_to_an_article_is_a_reference(link: str, expected: Reference | None) -> None:
    assert cited(link) == ((expected,) if expected else ())


def test_an_article_cited_twice_is_one_reference_in_the_order_of_the_text() -> None:
    links = ("/Articles/2/", "/Articles/1/", "https://lwn.net/Articles/2/", "/Articles/2/#c")

    assert cited(*links) == (
        makers.cited("2"),
        makers.cited("1"),
        makers.cited("2", fragment="c"),
    )


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("/2009/12/a/", makers.cited(url="/2009/12/a/")),
        ("https://www.example.org/b%20c.html#d", makers.cited(url="/b c.html", fragment="d")),
        ("https://example.com/b", None),
        ("//example.org/b", None),
    ],
)
def test_a_rooted_address_of_an_archive_may_be_an_article_s(link: str, expected: Reference | None) -> None:
    source = SourceSettings(path="content", preset="hugo", url="https://example.org/")

    assert cited(link, rules=reading(Config(), source)) == ((expected,) if expected else ())


def test_a_link_to_what_a_plug_in_reads_is_a_reference() -> None:
    body = Body(digest="", hrefs=("b.note#part", "c.md", "photo.png", "https://example.org/d.note", "#part"))
    found = references(body, "content/2020/a.md", RULES, lambda file: file == "content/2020/b.note")

    assert tuple(found) == (
        makers.cited(url="content/2020/b.note", fragment="part"),
        makers.cited(url="content/2020/c.md"),
    )
