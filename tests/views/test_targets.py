"""What links can lead to, and where what an archive says of its own addresses leads."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from lwnindex.model import Article
from lwnindex.viewparts import Link
from lwnindex.views.archive import Archive
from lwnindex.views.bodylinks import links
from lwnindex.views.resolve import Place
from lwnindex.views.targets import FEW, Beside, published, searchable, targets
from tests.makers import archive_of, article, body, card, config

OLD = "https://blog.example.com/2009/12/ceph/"
ELSEWHERE = config(sources=[{"path": "old", "preset": "jekyll", "url": "https://news.example.net/"}])


def moved(one: str, **fields: str | None) -> Article:
    """Return an article that was published elsewhere."""
    return replace(article(card(one)), **{"base": "", **fields})


def shelf(*held: Article) -> Archive:
    return archive_of(*held, article(card("5"), anchors=("text-x",)), config=ELSEWHERE)


def led(href: str, *held: Article, base: str | None = "", original: str = "") -> Link:
    """Return where an address leads from an article of an archive."""
    place = Place("old/a.md", "a.md", "Articles/a/index.html", original=original, base=base)
    files = Beside({"old/p.pdf": "files/p.pdf"})
    known = targets(shelf(*held), ["index.html", "Articles/5/index.html"], files)
    (found,), _ = links(body(href), place, known)
    return found


@pytest.mark.parametrize(
    "href",
    [
        OLD,
        "http://www.blog.example.com/2009/12/ceph",
        "//blog.example.com/2009/12/ceph/",
        f"{OLD}#part",
    ],
)
def test_the_address_at_which_an_article_was_published_leads_to_it(href: str) -> None:
    assert led(href, moved("1", original=OLD)) == Link(href="Articles/1/index.html", local=True)


CONFERENCE = "Archives/ConferenceByYear/index.html"


@pytest.mark.parametrize(
    ("href", "found"),
    [
        ("/Archives/ConferenceByYear/#2018-linux.conf.au", f"{CONFERENCE}#2018-linux.conf.au"),
        ("https://lwn.net/Archives/ConferenceByYear/#2018-linux.conf.au", f"{CONFERENCE}#2018-linux.conf.au"),
        ("/Archives/ConferenceByYear/", CONFERENCE),
        (
            "/Archives/ConferenceByYear/#2017-linux.conf.au",
            "https://lwn.net/Archives/ConferenceByYear/#2017-linux.conf.au",
        ),
    ],
)
def test_a_conference_of_a_year_is_led_to_where_it_stands_by_years(href: str, found: str) -> None:
    held = archive_of(article(card("1", "Conference/linux.conf.au/2018")))
    known = targets(held, [CONFERENCE])
    assert CONFERENCE in known.indexes
    place = Place("content/1.md", "1.md", "Articles/1/index.html", original="")
    assert links(body(href), place, known)[0] == (Link(href=found, local=found.startswith("Archives")),)


@pytest.mark.parametrize(
    "href", [f"{OLD}?page=2", "https://blog.example.com/2009/12/", "ftp://blog.example.com/"]
)
def test_any_other_address_there_leads_there(href: str) -> None:
    assert led(href, moved("1", original=OLD)) == Link(href=href)


@pytest.mark.parametrize(
    ("href", "base", "found"),
    [
        ("/x/y", "https://news.example.net/2009/", "https://news.example.net/x/y"),
        ("x/y", "https://news.example.net/2009/a/", "https://news.example.net/2009/a/x/y"),
        ("/x/y", None, "https://lwn.net/x/y"),
        ("/x/y", "", ""),
        ("x/y", "", ""),
        ("//[", "https://news.example.net/", ""),
    ],
)
def test_what_is_not_here_leads_to_where_the_archive_was_published(
    href: str, base: str | None, found: str
) -> None:
    assert led(href, base=base) == Link(href=found)


def test_a_relative_address_is_that_of_an_article_as_it_was_published() -> None:
    there = moved("1", original=OLD)
    assert led("ceph", there, base="https://blog.example.com/2009/12/").href == "Articles/1/index.html"
    assert led("/2009/12/ceph/", there, base="https://blog.example.com/x").href == "Articles/1/index.html"


@pytest.mark.parametrize("href", ["/p.pdf", "p.pdf"])
def test_a_file_of_the_archive_comes_before_its_address(href: str) -> None:
    assert led(href, base="https://news.example.net/") == Link(href="files/p.pdf", local=True)


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://www.example.org/a%20b/?x=1#y", "example.org/a b?x=1"),
        ("http://EXAMPLE.org", "example.org"),
        ("mailto:a@example.org", ""),
        ("https://[", ""),
        ("/a", ""),
    ],
)
def test_spellings_of_an_address_have_one_key(address: str, key: str) -> None:
    assert published(address) == key


def test_few_ids_are_searched_one_by_one() -> None:
    many = tuple(map(str, range(FEW + 1)))
    assert searchable(many[:-1]) == many[:-1]
    assert searchable(many) == frozenset(many)
