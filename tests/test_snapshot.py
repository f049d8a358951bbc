"""What a build leaves tells the next one whether index and link would find anything else than last time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from msgspec.msgpack import encode
from msgspec.structs import replace

from lwnindex.articleviews import ArticleView, PlainView
from lwnindex.digest import digest_bytes
from lwnindex.feedviews import LONGEST_BODY, FeedView
from lwnindex.indexviews import TopicView
from lwnindex.model import Badge, Body, Heading, Parsed
from lwnindex.problems import problem
from lwnindex.snapshot import (
    Said,
    Showing,
    Shown,
    bodies,
    changed,
    counts_of,
    decode_shown,
    outline,
    read,
    reshown,
    revised,
    revised_counts,
    said,
    shared,
    shown,
    sources_digest,
    written,
)
from lwnindex.viewmodel import AnyView, FileView, NotFoundView
from lwnindex.viewparts import FeedEntry, Line, Link
from tests.makers import article, card, cited, parsed, plain, source

LINE = Line(id="1", title="One", path="Articles/1/index.html", date="2020-01-02")
ARTICLE = ArticleView(
    path="Articles/1/index.html",
    root="../../",
    title="One",
    line=LINE,
    body="old",
    links=(Link(href="index.html", local=True),),
    contents=(Heading(level=2, id="a", text="A"),),
    words=3,
)
PAGE = PlainView(path="about/index.html", root="../", title="About", body="old")
NEW = Body(
    digest="new", words=4, contents=(Heading(level=3, id="a", text="B"),), teaser="Not shown.", hrefs=("/",)
)


def entry(body: str, title: str = "One") -> FeedEntry:
    return FeedEntry(
        id=f"https://example.org/{title}/",
        path=f"{title}/index.html",
        title=title,
        published="2020-01-02",
        updated="2020-01-02",
        body=body,
    )


def feed(*bodies: str, path: str = "feed.rss") -> FeedView:
    """Return a feed of articles with these bodies."""
    return FeedView(
        path=path,
        root="",
        title="T",
        format="rss",
        home="index.html",
        updated="2020-01-02",
        entries=tuple(map(entry, bodies)),
    )


# What a source said ------------------------------------------------------------------------------


def article_with(**fields: Any) -> Parsed:
    """Return a source whose article has a body with these fields; `card` and the like are the article's."""
    own = article(
        card("1", "Kernel/BPF"), "/", "#a", anchors=("a", "b"), badges=(Badge(label="B", href="/b"),)
    )
    inner = {name: fields.pop(name) for name in Body.__struct_fields__ if name in fields}
    return parsed(replace(own, body=replace(own.body, **inner), **fields))


def page_with(**fields: Any) -> Parsed:
    """Return a source whose plain page has a body with these fields; `title` and the like are the page's."""
    own = plain("about/index.html", "/", "#a", anchors=("a", "b"))
    inner = {name: fields.pop(name) for name in Body.__struct_fields__ if name in fields}
    return parsed(replace(own, body=replace(own.body, **inner), **fields))


UNSAID: list[dict[str, Any]] = [
    {"digest": "f" * 32},
    {"words": 77},
    {"size": LONGEST_BODY},
    {"href_lines": (77, 78)},
    {"contents": (Heading(level=3, id="a", text="Other"),)},
]
SAID: list[dict[str, Any]] = [
    {"hrefs": ("/", "#b")},
    {"hrefs": ("#a", "/")},
    {"images": ((1, "alternative", "words"),)},
    {"anchors": ("a",)},
]
CARDS: list[dict[str, Any]] = [
    {"id": "2"},
    {"file": "other/1.md"},
    {"source": "other/1.md"},
    {"title": "Another"},
    {"date": None},
    {"updated": "2020-01-03"},
    {"authors": ()},
    {"lang": "de"},
    {"slug": "one"},
    {"teaser": "Other words."},
    {"entries": (("Kernel", "bpf"),)},
    {"references": (cited("2"),)},
    {"draft": True},
    {"expires": "2020-01-03"},
    {"aliases": ("/old/1.html",)},
]


@pytest.mark.parametrize("fields", UNSAID)
def test_words_and_line_numbers_say_nothing_to_other_pages(fields: dict[str, Any]) -> None:
    assert outline(article_with(**fields)) == outline(article_with())
    assert outline(page_with(**fields)) == outline(page_with())


@pytest.mark.parametrize("fields", SAID)
def test_links_images_and_anchors_do(fields: dict[str, Any]) -> None:
    assert outline(article_with(**fields)) != outline(article_with())
    assert outline(page_with(**fields)) != outline(page_with())


@pytest.mark.parametrize("fields", CARDS, ids=[next(iter(each)) for each in CARDS])
def test_every_field_of_a_card_does(fields: dict[str, Any]) -> None:
    own = card("1", "Kernel/BPF")

    assert outline(article_with(card=replace(own, **fields))) != outline(article_with(card=own))


@pytest.mark.parametrize(("levels", "most"), [(2, LONGEST_BODY), (100, 500_000), (1_000, 50_000)])
def test_what_feeds_carry_no_longer_is_said(levels: int, most: int) -> None:
    own = replace(card("1"), entries=(("Kernel", "BPF"),) * (levels // 2), authors=())
    short, longest, longer = (article_with(card=own, size=size) for size in (1, most, most + 1))

    assert outline(short) == outline(longest) != outline(longer)


def test_no_field_of_a_card_is_forgotten() -> None:
    told = {name for each in CARDS for name in each}

    assert told == {*type(card()).__struct_fields__} - {"entry_lines"}


def test_the_lines_of_entries_do_not() -> None:
    own = card("1", "Kernel/BPF")

    assert outline(article_with(card=replace(own, entry_lines=(9,)))) == outline(article_with(card=own))


@pytest.mark.parametrize("fields", [{"badges": ()}, {"original": "https://example.com/1"}])
def test_what_only_its_own_page_shows_does_too(fields: dict[str, Any]) -> None:
    assert outline(article_with(**fields)) != outline(article_with())


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "Imprint"},
        {"nav": 1},
        {"lang": "de"},
        {"draft": True},
        {"path": "b/index.html"},
        {"file": "b.md"},
        {"source": "b.md"},
        {"teaser": "Other words."},
    ],
)
def test_what_is_known_of_a_plain_page_does(fields: dict[str, Any]) -> None:
    assert outline(page_with(**fields)) != outline(page_with())


def test_problems_and_counts_of_a_source_say_nothing_to_others() -> None:
    found = problem("no-date", "content/1.md", 1, "No date.", "Add one.")
    other = replace(article_with(), problems=(found,), counts=(("nag", 3),))

    assert outline(other) == outline(article_with())


def test_what_a_source_was_is_no_part_of_what_it_says() -> None:
    other = replace(article_with(), digest="a" * 32, outline="b" * 32)

    assert outline(other) == outline(article_with())
    assert said(other) == Said(source="a" * 32, outline="b" * 32)


def test_an_article_is_no_plain_page_and_nothing_is_neither() -> None:
    assert len({outline(one) for one in (article_with(), page_with(), Parsed())}) == 3


# Which sources changed ---------------------------------------------------------------------------


def test_the_sources_that_changed_are_those_with_other_bytes() -> None:
    first, second = source("1.md", b"one"), source("2.md", b"two")
    before = {one.file: Said(source=one.digest, outline="") for one in (first, second)}
    other = source("2.md", b"other")

    assert changed(before, [first, second]) == []
    assert changed(before, [first, other]) == [other]


@pytest.mark.parametrize("names", [[], ["1.md"], ["1.md", "3.md"], ["1.md", "2.md", "3.md"]])
def test_other_files_are_more_than_a_change(names: list[str]) -> None:
    before = {source(name).file: Said(source=source(name).digest, outline="") for name in ("1.md", "2.md")}

    assert changed(before, [source(name) for name in names]) is None


def test_all_sources_together_are_known_by_their_names_and_bytes() -> None:
    pairs = [("a", "1"), ("b", "2")]

    assert sources_digest(iter(pairs)) == sources_digest(pairs)
    assert (
        len({sources_digest(each) for each in (pairs, pairs[::-1], pairs[:1], [("a", "2"), ("b", "1")])}) == 4
    )


# Counts ------------------------------------------------------------------------------------------


def test_counts_are_added_up_and_drafts_are_among_them() -> None:
    first = replace(parsed(card("1", draft=True)), counts=(("nag", 1), ("table", 2)))
    second = replace(parsed(plain(draft=True)), counts=(("nag", 3),))

    assert {**counts_of([first, second])} == {"nag": 4, "table": 2, "draft": 2}


def test_a_source_that_is_read_anew_is_counted_anew() -> None:
    kept = replace(parsed(card("2")), counts=(("nag", 5),))
    old = replace(parsed(card("1", draft=True)), counts=(("nag", 1), ("table", 2)))
    new = replace(parsed(card("1")), counts=(("nag", 2), ("badge", 1)))
    before = tuple(counts_of([kept, old]).items())

    found = dict(revised_counts(before, old, new))
    assert {name: count for name, count in found.items() if count} == {
        name: count for name, count in counts_of([kept, new]).items() if count
    }


# Views -------------------------------------------------------------------------------------------


def test_a_topic_shows_what_is_noted_of_it_and_nothing_where_nothing_is() -> None:
    noted = TopicView(
        path="Kernel/A/index.html",
        root="../../",
        title="A",
        entry=("Kernel", "A"),
        anchor="Kernel/Index/index.html#A",
        own=0,
        count=0,
        first=None,
        last=None,
        body="old",
    )
    found = shown(noted, ())

    assert found.bodies == ("old",)
    assert read(found.encoded) == noted
    assert revised(noted, {"old": NEW}) == replace(noted, body="new")
    assert shown(replace(noted, body=""), ()) == Shown()


def test_the_bodies_of_a_source_are_those_of_its_articles_and_pages() -> None:
    one, two = article("1"), plain()

    assert bodies(parsed(one, two)) == [one.body, two.body]
    assert bodies(Parsed()) == []


def test_an_article_with_another_body_has_its_words_and_contents() -> None:
    found = revised(ARTICLE, {"old": NEW})

    assert found == replace(ARTICLE, body="new", contents=NEW.contents, words=4)


def test_a_plain_page_with_another_body_has_its_contents() -> None:
    assert revised(PAGE, {"old": NEW}) == replace(PAGE, body="new", contents=NEW.contents)


def test_a_feed_has_those_bodies_anew_that_are() -> None:
    assert revised(feed("other", "old", ""), {"old": NEW}) == feed("other", "new", "")


@pytest.mark.parametrize("view", [ARTICLE, PAGE, feed("old", "")], ids=["article", "page", "feed"])
def test_a_view_that_is_written_is_read_as_it_was(view: AnyView) -> None:
    assert read(written(view)) == view


@pytest.mark.parametrize(
    "content", [b"", b"\n", written(ARTICLE)[1:], written(NotFoundView(path="404.html", root="/", title=""))]
)
def test_what_is_no_written_view_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="no view is a"):
        read(content)


def test_what_is_cut_short_is_refused() -> None:
    with pytest.raises(ValueError, match="truncated"):
        read(written(ARTICLE)[:-5])


def test_making_a_page_of_a_body_tells_its_view() -> None:
    found = shown(ARTICLE, ())

    assert (found.bodies, found.dead) == (("old",), ())
    assert read(found.encoded) == ARTICLE
    assert found.view == digest_bytes(found.encoded)


def test_making_a_feed_tells_the_bodies_in_it() -> None:
    assert shown(feed("a", "", "b"), ()).bodies == ("a", "b")


@pytest.mark.parametrize("view", [feed(""), FileView(path="k", root="", title="", digest="old")])
def test_making_what_holds_no_body_tells_its_dead_links_alone(view: AnyView) -> None:
    dead = (problem("dead-link", "content/1.md", 7, "It leads nowhere.", "Mend it."),)

    assert shown(view, dead) == Shown(dead=dead)
    assert shown(ARTICLE, dead).dead == dead


def test_what_making_a_page_told_can_be_sent() -> None:
    assert decode_shown(encode(shown(ARTICLE, ()))) == shown(ARTICLE, ())


# Which pages show a body -------------------------------------------------------------------------

PAGES = {
    "one": Shown(bodies=("a",), view="1"),
    "two": Shown(bodies=("b",), view="2"),
    "feed": Shown(bodies=("a", "b"), view="3"),
    "none": Shown(),
}


def whole(pages: dict[str, Shown], held: Iterable[str] = ()) -> Showing:
    """Return what a build that made all pages leaves."""
    return reshown({}, pages, pages.keys(), held)


def test_a_body_is_shown_by_the_pages_that_have_it() -> None:
    assert whole(PAGES) == {"a": (("one", "1"), ("feed", "3")), "b": (("two", "2"), ("feed", "3"))}


def test_a_body_that_no_page_shows_is_known_all_the_same() -> None:
    assert whole(PAGES, ["a", "b", "draft"])["draft"] == ()


def test_a_body_that_nothing_holds_any_more_is_forgotten() -> None:
    assert reshown(whole(PAGES), {}, PAGES.keys(), ["b"]) == {"b": (("two", "2"), ("feed", "3"))}


def test_bodies_that_several_sources_hold_are_told() -> None:
    assert shared(["b", "a", "c", "b", "a"]) == ("a", "b")


@pytest.mark.parametrize(
    "new",
    [
        {"one": Shown(bodies=("c",), view="4"), "feed": Shown(bodies=("c", "b"), view="5")},
        {"one": Shown(bodies=("b",), view="4"), "feed": Shown(bodies=("b", "b"), view="5")},
        {"one": Shown(bodies=("b",), view="4"), "two": Shown(bodies=("a",), view="5")},
        {"two": Shown(), "feed": Shown()},
        {},
    ],
    ids=["another", "twins", "exchanged", "gone", "nothing"],
)
def test_pages_made_anew_show_what_a_whole_build_would_find(new: dict[str, Shown]) -> None:
    held = {body for one in (PAGES | new).values() for body in one.bodies}
    found = reshown(whole(PAGES), new, PAGES.keys(), held)

    assert by_body(found) == by_body(whole(PAGES | new))


def test_pages_that_are_gone_show_nothing_any_more() -> None:
    new = {"one": Shown(bodies=("c",), view="4")}
    found = reshown(whole(PAGES), new, {"one", "two", "none"}, ["b", "c"])

    assert found == {"c": (("one", "4"),), "b": (("two", "2"),)}


def by_body(found: Showing) -> dict[str, set[tuple[str, str]]]:
    """Return which pages show which body, in no certain order."""
    return {body: set(places) for body, places in found.items()}
