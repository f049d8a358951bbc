"""An index shows every topic with its own articles."""

from __future__ import annotations

import pytest
from hypothesis import given
from msgspec.structs import replace

from lwnindex import names
from lwnindex.indexviews import IndexView
from lwnindex.model import Card, Described, Entry, See
from lwnindex.settings import Config
from lwnindex.viewparts import Crumb, IndexTopic
from lwnindex.views.archive import Archive
from lwnindex.views.indexes import index_pages
from tests.cards import cards
from tests.makers import archive_of, body, card, config, entry, made

SPLIT = config(index={"split": 1})


def index_of(*found: Card, settings: Config = config()) -> list[IndexView]:  # noqa: B008
    """Return the pages of the only index of an archive."""
    shelf = archive_of(*found, config=settings)
    (one,) = shelf.catalog.indexes
    return made(index_pages(shelf, one), IndexView)


def listed(view: IndexView) -> list[tuple[str, list[str]]]:
    """Return the anchors of an index page with the articles that stand between each and the next."""
    return [
        (topic.anchor, [line.id for line in topic.lines]) for each in view.letters for topic in each.topics
    ]


def test_an_index_has_all_topics_from_a_to_z_with_their_articles() -> None:
    found = [
        card("1", "Kernel/Ceph", "Kernel/4.9", date="2009-01-01"),
        card("2", "Kernel/Ceph", "Kernel/4.10", date="2009-01-02"),
        card("3", "Kernel/Ceph/Snapshots", ("Kernel", "+++"), date="2009-01-03"),
        card("4", "Kernel/Émile", "Kernel/Zoned", "Kernel/dm-crypt", date="2009-01-04"),
    ]
    (view,) = index_of(*found)
    assert [letter.letter for letter in view.letters] == ["#", "0-9", "C", "D", "E", "Z"]
    assert listed(view) == [
        (names.mark("+++"), ["3"]),
        ("4.9", ["1"]),
        ("4.10", ["2"]),
        ("Ceph", ["2", "1"]),
        ("Ceph-Snapshots", ["3"]),
        ("dm-crypt", ["4"]),
        ("Émile", ["4"]),
        ("Zoned", ["4"]),
    ]
    assert (view.path, view.root, view.title, view.index) == (
        "Kernel/Index/index.html",
        "../../",
        "Kernel index",
        "Kernel",
    )
    assert (view.topics, view.articles, view.letter) == (8, 4, "")
    assert view.bar[2] == Crumb(name="C", path="Kernel/Index/index.html#letter:C")
    assert [feed.path for feed in view.feeds] == [
        f"Kernel/Index/feed.{kind}" for kind in ("rss", "atom", "json")
    ]
    ceph, snapshots = view.letters[2].topics
    assert (ceph.name, ceph.depth, ceph.path, ceph.own, ceph.count, ceph.more) == (
        "Ceph",
        0,
        "Kernel/Ceph/index.html",
        2,
        3,
        0,
    )
    assert (snapshots.name, snapshots.depth) == ("Snapshots", 1)


def test_a_long_topic_is_cut_and_says_how_many_more() -> None:
    found = [card(str(n), "Kernel/Ceph") for n in range(5)]
    (view,) = index_of(*found, settings=config(index={"per_topic": 2}))
    assert listed(view) == [("Ceph", ["4", "3"])]
    assert view.letters[0].topics[0].more == 3


@pytest.mark.parametrize(("split", "pages"), [(3, 1), (2, 2)])
def test_an_index_is_cut_by_letter_when_it_is_longer_than_it_may_be(split: int, pages: int) -> None:
    found = [card("1", "Kernel/Ceph"), card("2", "Kernel/Ceph")]
    assert len(index_of(*found, settings=config(index={"split": split}))) == pages


def test_a_cut_index_keeps_every_heading_and_leads_to_the_letters() -> None:
    found = [card("1", "Kernel/Ceph", "Kernel/4.9", ("Kernel", "+++")), card("2", "Kernel/Ceph/Snapshots")]
    main, other, digits, c = index_of(*found, settings=SPLIT)
    assert listed(main) == [(names.mark("+++"), []), ("4.9", []), ("Ceph", []), ("Ceph-Snapshots", [])]
    assert [letter.path for letter in main.letters] == [other.path, digits.path, c.path]
    assert [each.path for each in (other, digits, c)] == [
        f"Kernel/Index/letter/{folder}/index.html" for folder in ("other", "0-9", "C")
    ]
    assert main.letters[2].topics[0].more == 1
    assert (c.title, c.letter, c.topics, c.articles) == ("Kernel index: C", "C", 2, 2)
    assert c.crumbs == (Crumb(name="Kernel index", path="Kernel/Index/index.html"),)
    assert c.bar == main.bar
    assert c.bar[1].path == "Kernel/Index/letter/0-9/index.html#letter:0-9"
    assert listed(c) == [("Ceph", ["1"]), ("Ceph-Snapshots", ["2"])]


def test_a_letters_page_counts_the_articles_that_it_does_not_show() -> None:
    found = [card(str(n), "Kernel/Ceph") for n in range(5)]
    _, c = index_of(*found, settings=config(index={"split": 1, "per_topic": 2}))
    assert (len(c.letters[0].topics[0].lines), c.articles) == (2, 5)


@given(cards())
def test_between_two_anchors_stand_exactly_a_topics_own_articles(found: list[Card]) -> None:
    whole, cut = archive_of(*found), archive_of(*found, config=SPLIT)
    for one in whole.catalog.indexes:
        wanted = {
            whole.catalog.topics[entry].anchor: list(whole.catalog.topics[entry].own) for entry in one.topics
        }
        (view,) = made(index_pages(whole, one), IndexView)
        assert dict(listed(view)) == wanted
        main, *letters = made(index_pages(cut, one), IndexView)
        assert [anchor for anchor, _ in listed(main)] == [anchor for anchor, _ in listed(view)]
        assert [pair for each in letters for pair in listed(each)] == listed(view)
        assert sum(each.topics for each in letters) == len(one.topics)


@given(cards())
def test_the_ids_of_an_index_page_are_all_different(found: list[Card]) -> None:
    shelf = archive_of(*found)
    for one in shelf.catalog.indexes:
        for view in made(index_pages(shelf, one), IndexView):
            ids = [each.id for each in view.letters] + [anchor for anchor, _ in listed(view)]
            assert len(set(ids)) == len(ids)


@given(cards())
def test_the_letters_of_a_cut_index_have_folders_of_their_own(found: list[Card]) -> None:
    shelf = archive_of(*found, config=SPLIT)
    views = [view for one in shelf.catalog.indexes for view in made(index_pages(shelf, one), IndexView)]
    assert len({names.folded(view.path) for view in views}) == len(views)


def thesaurus(settings: Config = config()) -> Archive:  # noqa: B008
    """Return an archive whose topics have other names, relatives, notes and further places."""
    shelf = archive_of(
        card("1", "Kernel/Memory management/Huge pages"),
        card("2", "Kernel/Storage/Ceph", "Kernel/Filesystems"),
        card("3", "Security/Memory"),
        config=settings,
    )
    topics = dict(shelf.catalog.topics)
    ceph, huge = entry("Kernel/Storage/Ceph"), entry("Kernel/Memory management/Huge pages")
    topics[entry("Kernel/Filesystems")] = replace(topics[entry("Kernel/Filesystems")], adopted=(ceph,))
    topics[huge] = replace(topics[huge], see_also=(ceph, entry("Security/Memory")))
    sees = (
        _see("Kernel/Big pages", huge),
        _see("Kernel/Old pages", huge, printed=False),
        _see("Kernel/Exploits", entry("Security/Memory")),
        _see("Kernel/Xen", entry("Security/Memory"), printed=False),
    )
    note = Described(entry=huge, file="topics.toml", note=body(teaser="Pages that are large."))
    found = replace(shelf.catalog, topics=topics, sees=sees, described={huge: note})
    return shelf._replace(catalog=found)


def _see(name: str, topic: Entry, printed: bool = True) -> See:
    anchor = name.partition("/")[2].replace(" ", "_")
    return See(entry=entry(name), topic=topic, path=f"{name}/index.html", anchor=anchor, printed=printed)


def pages_of(shelf: Archive) -> list[IndexView]:
    """Return the pages of the Kernel index."""
    (one,) = (each for each in shelf.catalog.indexes if each.name == "Kernel")
    return made(index_pages(shelf, one), IndexView)


def named(*views: IndexView) -> dict[str, IndexTopic]:
    """Return the headings of some pages by their names."""
    return {topic.name: topic for view in views for letter in view.letters for topic in letter.topics}


def test_an_index_refers_from_other_names_to_their_topics() -> None:
    (view,) = pages_of(thesaurus())
    found = named(view)
    assert [letter.letter for letter in view.letters] == ["B", "E", "F", "M", "S", "X"]
    big, exploits, xen = found["Big pages"], found["Exploits"], found["Xen"]
    assert big.see == (
        Crumb(
            name="Memory management / Huge pages", path="Kernel/Index/index.html#Memory_management-Huge_pages"
        ),
    )
    assert (big.anchor, big.hidden, big.lines) == ("", False, ())
    assert exploits.see == (Crumb(name="Security / Memory", path="Security/Index/index.html#Memory"),)
    assert (exploits.anchor, exploits.hidden) == ("Exploits", False)
    assert (xen.anchor, xen.hidden) == ("Xen", True)
    assert (view.topics, view.articles) == (5, 2)


def test_a_letter_of_hidden_names_alone_is_not_in_the_bar() -> None:
    (view,) = pages_of(thesaurus())
    assert [each.name for each in view.bar] == ["B", "E", "F", "M", "S"]


def test_a_heading_says_what_is_noted_of_it_and_what_else_to_look_at() -> None:
    (view,) = pages_of(thesaurus())
    huge = named(view)["Huge pages"]
    assert huge.note == "Pages that are large."
    assert huge.anchors == ("Big_pages", "Old_pages")
    assert huge.see_also == (
        Crumb(name="Storage / Ceph", path="Kernel/Index/index.html#Storage-Ceph"),
        Crumb(name="Security / Memory", path="Security/Index/index.html#Memory"),
    )


def test_a_topic_of_a_further_parent_is_a_sub_entry_that_refers() -> None:
    (view,) = pages_of(thesaurus())
    filesystems, ceph = view.letters[2].topics
    assert (filesystems.name, filesystems.depth, filesystems.see) == ("Filesystems", 0, ())
    assert (ceph.name, ceph.depth, ceph.anchor, ceph.hidden) == ("Ceph", 1, "", False)
    assert ceph.see == (Crumb(name="Storage / Ceph", path="Kernel/Index/index.html#Storage-Ceph"),)


def test_a_cut_index_keeps_every_anchor_and_refers_to_where_the_articles_are() -> None:
    main, *letters = pages_of(thesaurus(SPLIT))
    whole = named(main)
    assert [letter.letter for letter in letters] == ["B", "E", "F", "M", "S"]
    assert [(each.letter, each.path != "") for each in main.letters] == [
        *((letter, True) for letter in "BEFMS"),
        ("X", False),
    ]
    assert {"Exploits", "Xen"} <= {each.anchor for each in whole.values()}
    assert whole["Huge pages"].anchors == ("Big_pages", "Old_pages")
    assert whole["Big pages"].see == named(*letters)["Big pages"].see
    assert whole["Big pages"].see[0].path == "Kernel/Index/letter/M/index.html#Memory_management-Huge_pages"
    assert whole["Exploits"].see[0].path == "Security/Index/index.html#Memory"
    assert [(each.topics, each.articles) for each in letters] == [(0, 0), (0, 0), (1, 1), (2, 1), (2, 1)]


def test_only_the_first_page_of_an_index_has_a_heat_map() -> None:
    found = [card("1", "Kernel/A", date="2009-01-01"), card("2", "Kernel/B", date="2010-01-01")]
    main, *letters = index_of(*found, settings=SPLIT)
    assert main.heat is not None
    assert [row.name for row in main.heat.rows] == ["A", "B"]
    assert [view.heat for view in letters] == [None, None]


def test_every_letter_of_the_world_has_a_folder_of_its_own() -> None:
    letters = {names.letter_of(chr(code)) for code in range(0x20, 0x30000)} - {"#"}
    folders = {names.folded(names.segment(letter)) for letter in letters}
    assert len(folders | {"other"}) == len(letters) + 1
