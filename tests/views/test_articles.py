"""An article's page has its entries with their neighbours, who cites it, what it cites, and what is near."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex.articleviews import ArticleView, PlainView
from lwnindex.model import Article, Badge, Card, Problem
from lwnindex.viewparts import Crumb, Link, Translation
from lwnindex.views.archive import Archive
from lwnindex.views.articles import RELATED, article_view, plain_view
from lwnindex.views.targets import targets
from tests.cards import cards
from tests.makers import archive_of, article, card, config, plain

BARE = config(site={"source": ""})


def shown(shelf: Archive, one: str) -> tuple[ArticleView, list[Problem]]:
    """Return an article's page and its problems, on a site that has the pages of its articles alone."""
    known = targets(shelf, ["index.html", *shelf.catalog.paths.values()])
    return article_view(shelf, one, known)


def view_of(*holds: Article | Card, one: str = "1") -> ArticleView:
    """Return the page of the article `one` in an archive."""
    return shown(archive_of(*holds), one)[0]


def test_a_page_says_what_its_card_and_body_say() -> None:
    own = card(
        "1", "Kernel/Ceph", title="Ceph", updated="2010-01-02", lang="de", slug="ceph", teaser="A disk."
    )
    view = view_of(article(own, "/Articles/2/", "#end", anchors=("text-end",)), card("2"))
    assert (view.path, view.root, view.title, view.lang) == (
        "Articles/ceph/index.html",
        "../../",
        "Ceph",
        "de",
    )
    assert (view.description, view.updated, view.words, view.original) == ("A disk.", "2010-01-02", 3, "")
    assert [heading.id for heading in view.contents] == ["text-end"]
    assert view.links == (Link(href="Articles/2/index.html", local=True), Link(href="#text-end", local=True))
    assert view.line.id == "1"
    assert len(view.body) == 32


LANGUAGES = (
    article(card("1", "Kernel/Ceph", cites=("2",), date="2009-11-01", title="One", source="en/1.md")),
    article(
        card("1", "Other/Name", lang="de", title="Eins", source="de/1.md", authors=("B",)),
        *("/Articles/2/#end", "/Articles/1/", "/Articles/3/", "../en/2.md", "2.md", "/Articles/2/en/"),
    ),
    article(
        card("2", "Kernel/Ceph", cites=("1",), source="en/2.md", lang="en"), "../de/1.md", "/Articles/1/"
    ),
    article(card("2", lang="de", source="de/2.md"), anchors=("text-end",)),
    article(card("3", "Kernel/Ceph", date="2009-10-01")),
)


def test_a_translation_stands_where_its_article_does() -> None:
    view, own = view_of(*LANGUAGES, one="1/de"), view_of(*LANGUAGES)
    assert (view.title, view.lang, view.line.path) == ("Eins", "de", "Articles/1/de/index.html")
    assert (view.crumbs, view.placements, view.cited_by, view.related) == (
        *(own.crumbs, own.placements, own.cited_by, own.related),
    )
    assert [line.id for line in view.cited_by] == ["2"]
    assert [(person.name, person.path) for person in view.line.authors] == [("B", "")]


def test_each_language_names_all() -> None:
    found = (
        Translation(lang="en", name="English", path="Articles/1/index.html"),
        Translation(lang="de", name="Deutsch", path="Articles/1/de/index.html"),
    )
    assert view_of(*LANGUAGES).translations == view_of(*LANGUAGES, one="1/de").translations == found
    assert view_of(*LANGUAGES, one="3").translations == ()


def test_a_translation_leads_to_articles_in_its_own_language_and_files_to_what_they_hold() -> None:
    assert [link.href for link in view_of(*LANGUAGES, one="1/de").links] == [
        "Articles/2/de/index.html#text-end",
        "Articles/1/index.html",
        "Articles/3/index.html",
        "Articles/2/index.html",
        "Articles/2/de/index.html",
        "https://lwn.net/Articles/2/en/",
    ]
    assert [link.href for link in view_of(*LANGUAGES, one="2").links] == [
        "Articles/1/de/index.html",
        "Articles/1/index.html",
    ]


def test_a_date_leads_to_its_month() -> None:
    assert view_of(card("1")).crumbs == (
        Crumb(name="Archives", path="Archives/index.html"),
        Crumb(name="2009", path="Archives/2009/index.html"),
        Crumb(name="December", path="Archives/2009/12/index.html"),
    )
    assert view_of(card("1", date=None)).crumbs == ()
    assert shown(archive_of(card("1"), config=config(pages={"archives": False})), "1")[0].crumbs == ()


def test_an_entry_leads_to_its_topic_and_to_its_neighbours() -> None:
    found = [card(str(n), "Kernel/Filesystems/Ceph", date=f"2009-12-0{n}") for n in range(1, 4)]
    view = view_of(*found, one="2")
    (place,) = view.placements
    assert place.crumbs == (
        Crumb(name="Kernel", path="Kernel/Index/index.html"),
        Crumb(name="Filesystems", path="Kernel/Filesystems/index.html"),
        Crumb(name="Ceph", path="Kernel/Filesystems/Ceph/index.html"),
    )
    assert place.anchor == "Kernel/Index/index.html#Filesystems-Ceph"
    assert place.older is not None
    assert place.newer is not None
    assert (place.older.id, place.newer.id) == ("1", "3")
    assert view_of(*found, one="1").placements[0].older is None
    assert view_of(*found, one="3").placements[0].newer is None


def test_an_entry_stands_once_in_the_order_of_the_article() -> None:
    view = view_of(card("1", "Security/B", "Kernel/A", "Security/B"))
    assert [place.crumbs[0].name for place in view.placements] == ["Security", "Kernel"]


@given(cards())
def test_neighbours_name_each_other(found: list[Card]) -> None:
    shelf = archive_of(*found)
    views = {one: shown(shelf, one)[0] for one in shelf.catalog.order}
    for one, view in views.items():
        entries = dict.fromkeys(shelf.catalog.cards[one].entries)
        for place, filed in zip(view.placements, entries, strict=True):
            own = shelf.catalog.topics[filed].own
            assert place.crumbs == shelf.ways[shelf.number[filed]].crumbs
            assert [line.id for line in (place.newer, shelf.lines[one], place.older) if line] == [
                each for each in own if abs(own.index(each) - own.index(one)) <= 1
            ]


def test_citations_are_shown_on_both_pages() -> None:
    found = [card("1", cites=("2", "1", "999", "3", "2")), card("2"), card("3")]
    assert [line.id for line in view_of(*found).cites] == ["2", "3"]
    assert [line.id for line in view_of(*found, one="2").cited_by] == ["1"]


def test_backlinks_and_related_articles_can_be_left_out() -> None:
    shelf = archive_of(
        card("1", "Kernel/A", cites=("2",)),
        card("2", "Kernel/A"),
        config=config(pages={"backlinks": False, "related": False}),
    )
    view, _ = shown(shelf, "2")
    assert (view.cited_by, view.related) == ((), ())
    assert [line.id for line in shown(shelf, "1")[0].cites] == ["2"]


def test_related_articles_are_the_nearest_of_the_smallest_topics_that_the_page_does_not_name() -> None:
    found = [
        card("1", "Kernel/Large", "Kernel/Small", date="2009-06-15", cites=("cited",)),
        card("cited", "Kernel/Small", date="2009-06-15"),
        card("citing", "Kernel/Small", date="2009-06-15", cites=("1",)),
        card("near", "Kernel/Small", date="2009-06-20"),
        card("nearer", "Kernel/Small", date="2009-06-12"),
        card("far", "Kernel/Small", date="2008-06-15"),
        *(card(f"x{n}", "Kernel/Large", date=f"2009-06-2{n}") for n in range(9)),
    ]
    assert [line.id for line in view_of(*found).related] == ["nearer", "near", "far", "x0", "x1"]


def test_an_article_alone_in_its_topics_has_nothing_related() -> None:
    assert view_of(card("1", "Kernel/A"), card("2", "Kernel/B")).related == ()
    assert view_of(card("1", cites=("2",)), card("2")).related == ()


def test_without_backlinks_those_that_cite_come_first() -> None:
    shelf = archive_of(
        card("1", "Kernel/A"),
        card("2", "Kernel/A"),
        card("3", "Kernel/B", cites=("1",)),
        config=config(pages={"backlinks": False}),
    )
    assert [line.id for line in shown(shelf, "1")[0].related] == ["3", "2"]


@given(cards())
def test_related_articles_are_five_others_at_most(found: list[Card]) -> None:
    shelf = archive_of(*found)
    for one in shelf.catalog.order:
        view, _ = shown(shelf, one)
        related = [line.id for line in view.related]
        named = {line.id for line in (*view.cites, *view.cited_by)}
        assert len(related) == len(set(related)) <= RELATED
        assert not set(related) & {one, *named}


@pytest.mark.parametrize(
    ("href", "link", "dead"),
    [
        ("/Articles/2/", Link(href="Articles/2/index.html", local=True), 0),
        ("https://example.com/", Link(href="https://example.com/"), 0),
        ("/Archives/ConferenceIndex/#LPC-2025", Link(href=""), 1),
    ],
)
def test_a_badge_leads_where_its_address_leads(href: str, link: Link, dead: int) -> None:
    shelf = archive_of(article("1", badges=(Badge(label="LPC", href=href),)), card("2"), config=BARE)
    view, problems = shown(shelf, "1")
    assert view.badges == (("LPC", link),)
    assert [one.code for one in problems] == ["dead-link"] * dead


def test_dead_links_come_with_the_page() -> None:
    shelf = archive_of(article("1", "/none/", "#none"), config=BARE)
    view, problems = shown(shelf, "1")
    assert view.links == (Link(href=""), Link(href=""))
    assert [(one.file, one.line) for one in problems] == [("content/1.md", 5), ("content/1.md", 6)]


def test_an_article_of_the_publication_leads_back_to_it() -> None:
    view = view_of(article("1", "#Comments", original="https://lwn.net/Articles/1/"))
    assert view.original == "https://lwn.net/Articles/1/"
    assert view.links == (Link(href="https://lwn.net/Articles/1/#Comments"),)


def test_a_plain_page_has_its_links_and_its_own_problems() -> None:
    page = plain("a/about/index.html", "../../Articles/1/", "/none/", title="About", anchors=("text-x",))
    shelf = archive_of(card("1"), page, config=BARE)
    view, problems = plain_view(page, targets(shelf, ["Articles/1/index.html"]))
    assert view == PlainView(
        path="a/about/index.html",
        root="../../",
        title="About",
        description="Once.",
        body=page.body.digest,
        links=(Link(href="Articles/1/index.html", local=True), Link(href="")),
        contents=page.body.contents,
    )
    assert [(one.file, one.line) for one in problems] == [("content/pages/a/about.md", 6)]


@given(st.data(), cards())
def test_the_way_to_a_topic_ends_there(data: st.DataObject, found: list[Card]) -> None:
    shelf = archive_of(*found)
    if shelf.catalog.topics:
        one = data.draw(st.sampled_from(sorted(shelf.catalog.topics)))
        way = shelf.ways[shelf.number[one]].crumbs
        assert [crumb.name for crumb in way] == list(one)
        assert way[-1].path == shelf.catalog.topics[one].path
        assert way[0].path in {index.page for index in shelf.catalog.indexes}
