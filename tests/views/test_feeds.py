"""A feed carries the newest dated articles of its page, whole where the configuration says so."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from msgspec.structs import replace

from lwnindex.feedviews import FeedView
from lwnindex.model import Article, Card
from lwnindex.settings import Config
from lwnindex.times import sort_key
from lwnindex.viewparts import FeedEntry, Link, Person
from lwnindex.views.archive import subtree
from lwnindex.views.feeds import EPOCH, feed_entry, feed_view, feeds, old_feeds
from tests.cards import cards
from tests.makers import archive_of, article, card, config, entry
from tests.thesaurus import catalog_from, known, see, shelf_of

LINK = Link(href="Articles/2/index.html", local=True)


def feeds_of(*holds: Article | Card, settings: Config = config()) -> dict[str, FeedView]:  # noqa: B008
    """Return the feeds of an archive by path, every body having the same link."""
    shelf = archive_of(*holds, config=settings)

    def entries(one: str, whole: bool) -> FeedEntry:
        return feed_entry(shelf, one, (LINK,) if whole else None)

    found = [feed_view(shelf, feed, entries) for feed in feeds(shelf)]
    assert [view.path for view in found] == [feed.path for feed in feeds(shelf)]
    return {view.path: view for view in found}


def ids_of(view: FeedView) -> list[str]:
    """Return the articles of a feed."""
    return [one.path.removeprefix("Articles/").removesuffix("/index.html") for one in view.entries]


def stem(paths: Iterable[str]) -> list[str]:
    """Return the Atom feeds among some paths, without their names."""
    return [path.removesuffix("feed.atom") for path in paths if path.endswith("feed.atom")]


def test_the_site_its_indexes_topics_and_authors_have_feeds() -> None:
    found = feeds_of(card("1", "Kernel/A/B", authors=("X",)))
    assert stem(found) == ["", "Kernel/Index/", "Kernel/A/", "Kernel/A/B/", "Authors/X/"]
    assert {view.format for view in found.values()} == {"rss", "atom", "json"}
    assert all(view.path.endswith(f"feed.{view.format}") for view in found.values())


@pytest.mark.parametrize(("formats", "count"), [(["atom"], 4), (["json", "rss"], 8), ([], 0)])
def test_only_the_formats_that_are_wanted_are_made(formats: list[str], count: int) -> None:
    assert len(feeds_of(card("1", "Kernel/A"), settings=config(feeds_out={"formats": formats}))) == count


def test_without_author_pages_there_are_no_author_feeds() -> None:
    found = feeds_of(card("1"), settings=config(pages={"authors": False}))
    assert stem(found) == [""]
    assert found["feed.atom"].entries[0].authors == (Person(name="Kernel desk"),)


def test_a_feed_says_whose_it_is() -> None:
    settings = config(site={"title": "News", "description": "All.", "language": "de"})
    found = feeds_of(card("1", "Kernel/A/B", authors=("X",)), settings=settings)
    topic = found["Kernel/A/feed.rss"]
    assert (topic.title, topic.home, topic.root) == ("News: Kernel / A", "Kernel/A/index.html", "../../")
    assert (topic.description, topic.lang) == ("All.", "de")
    assert [found[path].title for path in ("feed.rss", "Kernel/Index/feed.rss", "Authors/X/feed.rss")] == [
        "News",
        "News: Kernel index",
        "News: X",
    ]
    assert (found["feed.rss"].home, found["feed.rss"].root) == ("index.html", "")


def test_a_topics_feed_covers_what_stands_below_it() -> None:
    found = feeds_of(card("1", "Kernel/A/B"), card("2", "Kernel/A", "Kernel/A/B"), card("3", "Security/C"))
    assert ids_of(found["Kernel/A/feed.atom"]) == ["2", "1"]
    assert ids_of(found["Kernel/A/B/feed.atom"]) == ["2", "1"]
    assert ids_of(found["Kernel/Index/feed.atom"]) == ["2", "1"]
    assert ids_of(found["feed.atom"]) == ["3", "2", "1"]


def test_undated_articles_are_in_no_feed() -> None:
    found = feeds_of(card("1", "Kernel/A", date=None))
    assert {view.entries for view in found.values()} == {()}
    assert {view.updated for view in found.values()} == {EPOCH}


def test_a_feed_has_no_more_items_than_it_may() -> None:
    held = [card(str(n), "Kernel/A", date=f"200{n}-01-01") for n in range(1, 6)]
    found = feeds_of(*held, card("x", date=None), settings=config(feeds_out={"items": 3}))
    assert ids_of(found["feed.rss"]) == ids_of(found["Kernel/A/feed.atom"]) == ["5", "4", "3"]


@pytest.mark.parametrize(
    ("table", "site", "others"),
    [({}, True, False), ({"content": "full"}, True, True), ({"content": "summary"}, False, False)],
)
def test_a_feed_is_whole_or_a_summary(table: dict[str, str], site: bool, others: bool) -> None:
    own = article(card("1", "Kernel/A", teaser="Shortly."))
    for path, view in feeds_of(own, settings=config(feeds_out=table)).items():
        (one,) = view.entries
        whole = site if path.startswith("feed.") else others
        assert (one.body, one.links) == ((own.body.digest, (LINK,)) if whole else ("", ()))
        assert one.summary == "Shortly."


def test_a_text_that_is_too_long_for_the_feeds_of_all_its_topics_is_a_summary_in_each() -> None:
    own = article(card("1", *(f"Kernel/A{at}" for at in range(50)), authors=()))
    long = replace(own, body=replace(own.body, size=500_001))

    bodies = {
        view.entries[0].body
        for view in feeds_of(long, settings=config(feeds_out={"content": "full"})).values()
    }
    assert bodies == {""}


def test_an_entry_says_what_the_article_says() -> None:
    own = card(
        "a b",
        "Kernel/A/B",
        "Security/C",
        "Kernel/A/B",
        title="Title",
        date="2009-12-22",
        updated="2010-01-02T03:04:05Z",
        slug="slug",
        lang="de",
        authors=("X", "Y"),
    )
    (one,) = feeds_of(own, settings=config(site={"timezone": "Europe/Berlin"}))["feed.rss"].entries
    assert one.id == "https://example.org/news/Articles/a%20b/"
    assert one.path == "Articles/slug/index.html"
    assert (one.title, one.lang) == ("Title", "de")
    assert (one.published, one.updated) == ("2009-12-22T12:00:00+01:00", "2010-01-02T03:04:05Z")
    assert one.categories == (entry("Kernel/A/B"), entry("Security/C"))
    assert one.authors == (
        Person(name="X", path="Authors/X/index.html"),
        Person(name="Y", path="Authors/Y/index.html"),
    )


def test_an_id_stays_when_slug_title_and_date_change() -> None:
    before = feeds_of(card("1", slug="a", title="A"))["feed.rss"].entries[0]
    after = feeds_of(card("1", slug="b", title="B", date="2012-01-01"))["feed.rss"].entries[0]
    assert before.id == after.id
    assert before != after


def test_a_feed_was_updated_when_the_latest_of_its_entries_was() -> None:
    held = [
        card("1", date="2009-12-22T23:00:00-05:00"),
        card("2", date="2009-12-23T01:00:00Z"),
        card("3", date="2009-12-23T11:00:00+09:00"),
    ]
    assert feeds_of(*held)["feed.rss"].updated == "2009-12-22T23:00:00-05:00"
    assert (
        feeds_of(*held, card("4", date="2001-01-01", updated="2011-01-01"))["feed.rss"].updated
        == "2011-01-01T12:00:00Z"
    )


@given(cards())
def test_every_feed_is_newest_first_and_of_its_own_articles(found: list[Card]) -> None:
    shelf = archive_of(*found)
    for view in feeds_of(*found).values():
        keys = [sort_key(one.published, "UTC") for one in view.entries]
        assert keys == sorted(keys, reverse=True)
        assert len({one.id for one in view.entries}) == len(view.entries)
    for one, topic in shelf.catalog.topics.items():
        dated = [each for each in subtree(shelf, one) if shelf.lines[each].date]
        own = [each.path for each in feeds_of(*found)[topic.path.replace("index.html", "feed.rss")].entries]
        assert own == [shelf.catalog.paths[each] for each in dated]


# Archive documents ---------------------------------------------------------------------------------

MONTHLY = [card(str(n), "Kernel/A", authors=("X",), date=f"2009-{n:02}-01") for n in range(1, 6)]
YEARLY = [card(str(n), "Kernel/A", authors=("X",), date=f"{2000 + n}-01-01") for n in range(1, 6)]
TWO_ITEMS = config(feeds_out={"items": 2})


def documents(found: Iterable[str], folder: str) -> list[str]:
    """Return the archive documents in a folder, in order."""
    return [path.removeprefix(folder) for path in found if path.startswith(f"{folder}feed-")]


def test_the_site_and_its_indexes_have_documents_by_month_topics_and_authors_by_year() -> None:
    found = feeds_of(*MONTHLY, settings=TWO_ITEMS)
    months = [f"feed-2009-{month:02}.{kind}" for month in (3, 2, 1) for kind in ("atom", "json")]
    assert documents(found, "") == documents(found, "Kernel/Index/") == months
    assert documents(found, "Kernel/A/") == documents(found, "Authors/X/") == []
    found = feeds_of(*YEARLY, settings=TWO_ITEMS)
    years = ["feed-2003.atom", "feed-2002.atom", "feed-2001.atom"]
    assert documents(found, "Kernel/A/") == documents(found, "Authors/X/") == years


def test_a_document_says_what_it_is_and_leads_to_the_one_before() -> None:
    found = feeds_of(*MONTHLY, settings=TWO_ITEMS)
    chained = [found[f"Kernel/Index/feed{part}.atom"] for part in ("", "-2009-03", "-2009-02", "-2009-01")]
    assert [ids_of(view) for view in chained] == [["5", "4"], ["3"], ["2"], ["1"]]
    assert [view.older for view in chained] == [*(view.path for view in chained[1:]), ""]
    assert [view.current for view in chained] == ["", *["Kernel/Index/feed.atom"] * 3]
    assert not any(view.complete for view in chained)
    assert [view.title for view in chained[:2]] == [
        "News index: Kernel index",
        "News index: Kernel index (March 2009)",
    ]
    assert chained[1].updated == "2009-03-01T12:00:00Z"
    assert found["feed-2009-03.json"].older == "feed-2009-02.json"


def test_rss_has_the_newest_alone_and_atom_whole_periods() -> None:
    found = feeds_of(*MONTHLY, card("6", "Kernel/A", date="2009-04-02"), settings=TWO_ITEMS)
    assert ids_of(found["feed.rss"]) == ["5", "6"]
    assert ids_of(found["feed.atom"]) == ids_of(found["feed.json"]) == ["5", "6", "4"]
    assert ids_of(found["Kernel/A/feed.json"]) == ["5", "6"]
    assert not found["feed.rss"].complete


def test_a_feed_that_holds_all_its_articles_says_so() -> None:
    found = feeds_of(*MONTHLY, card("x", date=None), settings=config(feeds_out={"items": 5}))
    assert all(view.complete for view in found.values())
    assert not documents(found, "")


def test_a_feed_of_one_period_is_whole_in_atom() -> None:
    found = feeds_of(*MONTHLY, settings=TWO_ITEMS)
    assert len(found["Kernel/A/feed.atom"].entries) == 5
    assert found["Kernel/A/feed.atom"].complete
    assert not found["Kernel/A/feed.rss"].complete


@pytest.mark.parametrize("table", [{"archives": False}, {"formats": ["rss"]}])
def test_without_archives_a_feed_has_its_newest_articles_and_no_more(table: dict[str, object]) -> None:
    found = feeds_of(*MONTHLY, settings=config(feeds_out={"items": 2, **table}))
    assert {len(view.entries) for view in found.values()} == {2}
    assert not documents(found, "")
    assert not any(view.complete for view in found.values())


def test_documents_are_as_whole_as_their_feed() -> None:
    found = feeds_of(*MONTHLY, settings=TWO_ITEMS)
    assert [bool(found[f"{each}feed-2009-01.atom"].entries[0].body) for each in ("", "Kernel/Index/")] == [
        True,
        False,
    ]


def test_a_feed_names_its_hubs_and_a_document_of_its_archive_does_not() -> None:
    hubs = ["https://hub.example/"]
    found = feeds_of(*MONTHLY, settings=config(feeds_out={"items": 2, "hubs": hubs}))
    assert {view.hubs for path, view in found.items() if "feed-" not in path} == {tuple(hubs)}
    assert {view.hubs for path, view in found.items() if "feed-" in path} == {()}


# Where a topic was before --------------------------------------------------------------------------


def test_an_old_feed_leads_into_the_archive_of_the_new_one_and_has_no_hubs() -> None:
    held = [article(card(str(year), "Kernel/New", date=f"{year}-01-01")) for year in range(2001, 2006)]
    settings = config(feeds_out={"items": 2, "hubs": ["https://hub.example.org/"]})
    name = see("Kernel/Old", "Kernel/New")
    shelf = shelf_of(known(catalog_from(*held), sees=[name]), *held, config=settings)
    found = list(old_feeds(shelf, name))
    atom = feed_view(shelf, found[1], lambda one, _: feed_entry(shelf, one, None))

    new = [one.path for one in feeds(shelf) if one.path.startswith("Kernel/New/")]
    assert [one.path for one in found] == [path.replace("New", "Old") for path in new]
    assert [one.path for one in found[3:]] == [f"Kernel/Old/feed-{year}.atom" for year in (2003, 2002, 2001)]
    last = feed_view(shelf, found[-2], lambda one, _: feed_entry(shelf, one, None))
    assert (ids_of(last), last.older) == (["2002"], "Kernel/New/feed-2001.atom")
    assert (last.current, last.old) == ("Kernel/New/feed.atom", "Kernel/Old/index.html")
    assert ids_of(atom) == ["2005", "2004"]
    assert (atom.older, atom.current, atom.complete) == ("Kernel/New/feed-2003.atom", "", False)
    assert (atom.home, atom.old, atom.root) == ("Kernel/New/index.html", "Kernel/Old/index.html", "../../")
    assert atom.hubs == ()


def test_the_feed_of_a_parent_has_what_it_adopted() -> None:
    held = [article(card("1", "Kernel/A")), article(card("2", "Security/B"))]
    shelf = shelf_of(known(catalog_from(*held), adopted={"Kernel/A": ("Security/B",)}), *held)
    found = {feed.path: list(feed.home.ids()) for feed in feeds(shelf)}
    assert found["Kernel/A/feed.atom"] == ["2", "1"]
