"""Cards become one catalog, whatever order they come in; nothing is lost, and every clash is told."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex import names
from lwnindex.index import index
from lwnindex.model import Card, Catalog, Described, Entry, Problem
from lwnindex.problems import ordered, sentence
from lwnindex.times import sort_key
from tests.cards import cards
from tests.described import described, files
from tests.makers import card, catalog_of, cited, config, entry

BARE = config(indexes={}, site={"source": ""})


def told(catalog: Catalog, code: str) -> list[Problem]:
    """Return the problems of a code."""
    return [one for one in catalog.problems if one.code == code]


# Properties ----------------------------------------------------------------------------------------


@given(st.data(), cards())
def test_the_order_of_the_cards_does_not_count(data: st.DataObject, found: list[Card]) -> None:
    places = data.draw(st.permutations(range(len(found))))
    one = index(found, config())
    other = index([found[place] for place in places], config())
    assert msgspec.structs.replace(other, positions=one.positions) == one
    assert {each: places[place] for each, place in other.positions.items()} == one.positions
    for mapping in ("cards", "topics", "authors", "paths", "cited_by"):
        assert list(getattr(one, mapping)) == list(getattr(other, mapping))


@given(cards())
def test_every_article_but_a_draft_is_published_once(found: list[Card]) -> None:
    catalog = index(found, config())
    published = [card for card in found if not card.draft]
    translated = [key for keys in catalog.translations.values() for key in keys]
    assert sorted((*catalog.order, *translated)) == sorted(catalog.cards)
    assert sorted(catalog.cards) == sorted(catalog.paths) == sorted(catalog.positions)
    assert len(catalog.cards) == len(published)
    assert all(found[place].file == catalog.cards[one].file for one, place in catalog.positions.items())
    assert len({names.folded(one) for one in catalog.cards}) == len(published)
    assert len({names.folded(path) for path in catalog.paths.values()}) == len(published)
    assert all(catalog.cards[one].id == one for one in catalog.cards)


@given(cards())
def test_the_order_is_newest_first_and_undated_last(found: list[Card]) -> None:
    catalog = index(found, config())
    keys = [sort_key(catalog.cards[one].date, "UTC") for one in catalog.order]
    assert keys == sorted(keys, reverse=True)
    for ids in [*(topic.own for topic in catalog.topics.values()), *catalog.cited_by.values()]:
        assert list(ids) == [one for one in catalog.order if one in ids]


@given(cards())
def test_the_indexes_hold_what_the_cards_say_and_no_more(found: list[Card]) -> None:
    catalog = index(found, config())
    pairs = {(entry, one) for one in catalog.order for entry in catalog.cards[one].entries}
    assert {(entry, one) for entry, topic in catalog.topics.items() for one in topic.own} == pairs
    assert {one.name for one in catalog.indexes} == {entry[0] for entry, _ in pairs}
    for one in catalog.indexes:
        assert one.topics == tuple(entry for entry in catalog.topics if entry[0] == one.name)
        assert one.count == len({each for entry, each in pairs if entry[0] == one.name})
    assert len({names.folded(one.page) for one in catalog.indexes}) == len(catalog.indexes)
    places = [one.page for one in catalog.indexes] + [topic.path for topic in catalog.topics.values()]
    assert len({names.folded(path) for path in places}) == len(places)


@given(cards())
def test_citations_are_told_both_ways(found: list[Card]) -> None:
    catalog = index(found, config())
    forth = {
        (one, reference.id)
        for one in catalog.order
        for reference in catalog.cards[one].references
        if reference.id is not None and reference.id != one
    }
    assert {(citing, one) for one, ids in catalog.cited_by.items() for citing in ids} == forth
    cited_here = {each.id for card in catalog.cards.values() for each in card.references if each.id}
    assert cited_here <= set(catalog.order)


@given(cards())
def test_a_translation_is_in_another_language_and_filed_as_its_article_is(found: list[Card]) -> None:
    catalog = index(found, config())
    for one, keys in catalog.translations.items():
        cards = [catalog.cards[each] for each in (one, *keys)]
        assert len({(each.lang or "en").lower() for each in cards}) == len(cards) > 1
        assert len({each.entries for each in cards}) == 1
        assert all(catalog.paths[key].startswith(names.folder_of(catalog.paths[one])) for key in keys)


@given(cards())
def test_old_addresses_lead_to_articles_and_no_two_are_one(found: list[Card]) -> None:
    catalog = index(found, config())
    assert set(catalog.aliases.values()) <= set(catalog.cards)
    owners: dict[str, set[str]] = {}
    for path, one in catalog.aliases.items():
        owners.setdefault(names.folded(path), set()).add(one)
        assert not {"", ".", ".."} & set(path.split("/"))
    assert all(len(each) == 1 for each in owners.values())


@given(cards())
def test_authors_have_a_page_each(found: list[Card]) -> None:
    catalog = index(found, config())
    pairs = {(name, one) for one in catalog.order for name in catalog.cards[one].authors}
    assert {(name, one) for name, author in catalog.authors.items() for one in author.articles} == pairs
    assert len({names.folded(author.path) for author in catalog.authors.values()}) == len(catalog.authors)
    assert list(catalog.authors) == sorted(catalog.authors, key=lambda name: names.topic_key([name]))


@given(cards())
def test_every_problem_has_a_place_and_a_way_out(found: list[Card]) -> None:
    files = {card.file for card in found}
    for one in index(found, config()).problems:
        assert one.file in files
        assert one.message.endswith(".")
        assert one.fix.endswith(".")


# Tables --------------------------------------------------------------------------------------------


def test_no_cards_make_an_empty_catalog() -> None:
    assert catalog_of() == index([card(draft=True)], config())
    assert catalog_of().order == ()
    assert catalog_of().problems == ()


def test_of_one_moment_the_later_id_comes_first() -> None:
    found = [
        card("9"),
        card("10"),
        card("8", date="2009-12-22T12:00:01"),
        card("x", date=None),
        card("11", date="2009-12-21"),
    ]
    assert catalog_of(*found).order == ("8", "10", "9", "11", "x")


def test_a_date_means_noon_in_the_sites_zone() -> None:
    found = [
        card("day"),
        card("early", date="2009-12-22T10:30:00Z"),
        card("late", date="2009-12-22T11:30:00Z"),
    ]
    assert catalog_of(*found).order == ("day", "late", "early")
    berlin = config(site={"timezone": "Europe/Berlin"})
    assert catalog_of(*found, config=berlin).order == ("late", "day", "early")


def test_two_articles_of_one_id_are_both_published_and_the_error_names_both() -> None:
    found = catalog_of(
        card("Ceph", file="content/b.md", source="b.md"), card("ceph", file="content/a.md", source="a.md")
    )
    marked = f"Ceph{names.mark('b.md')}"
    assert set(found.cards) == {"ceph", marked}
    assert found.positions == {"ceph": 1, marked: 0}
    (error,) = found.problems
    assert sentence(error) == (
        'content/b.md:1: duplicate-id: the id "ceph" is that of content/a.md already; '
        f'this article is published as "{marked}". '
        "Give one of the two another id in its header, or another file name."
    )
    assert error.severity == "error"


def test_an_id_that_looks_like_a_marked_one_keeps_its_article() -> None:
    marked = f"1{names.mark('b.md')}"
    found = [
        card("1", file="a.md", source="a.md"),
        card("1", file="b.md", source="b.md"),
        card(marked.upper(), file="c.md"),
    ]
    catalog = catalog_of(*found)
    assert len(catalog.cards) == 3
    assert catalog.positions["1"] == 0
    assert catalog.positions[marked.upper()] == 2


def test_three_articles_of_one_source_name_are_told_apart() -> None:
    found = [card("1", file=f"{folder}/1.md", source="1.md") for folder in ("a", "b", "c")]
    assert len(catalog_of(*found).cards) == 3


def test_a_reference_to_a_shared_id_is_to_the_first() -> None:
    found = [
        card("1", file="a.md", source="a.md"),
        card("1", file="b.md", source="b.md"),
        card("2", cites=("1",)),
    ]
    assert catalog_of(*found).cited_by == {"1": ("2",)}


def test_a_draft_is_nowhere() -> None:
    found = catalog_of(card("1", "Kernel/Ceph", draft=True, authors=("A",)), card("2", cites=("1",)))
    assert found.order == ("2",)
    assert (found.topics, found.indexes, found.cited_by) == ({}, (), {})
    assert "A" not in found.authors
    assert found.positions == {"2": 1}


def test_what_is_not_due_or_has_expired_is_nowhere() -> None:
    found = [
        card("1", "Kernel/Ceph", date="2010-01-02"),
        card("2", "Kernel/NFS", expires="2010-01-01"),
        card("3", cites=("1",)),
    ]
    assert index(found, config(), today="2009-12-31").order == ("3", "2")
    assert index(found, config(), today="2010-01-01").order == ("3",)
    assert index(found, config(), today="2010-01-02").order == ("1", "3")
    assert index(found, config(), today="2010-01-02").positions == {"1": 0, "3": 2}


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        (cited("2"), cited("2")),
        (cited("TWO", fragment="a"), cited("two", fragment="a")),
        (cited("slug"), cited("two")),
        (cited("999", fragment="Comments"), cited(url="https://lwn.net/Articles/999/", fragment="Comments")),
        (cited("a b"), cited(url="https://lwn.net/Articles/a%20b/")),
        (cited(url="content/2004/x.md", fragment="y"), cited("two", fragment="y")),
        (cited(url="content/2004/none.md"), None),
    ],
)
def test_a_reference_finds_its_article(reference: object, found: object) -> None:
    held = [card("2"), card("two", slug="slug", source="2004/x.md"), card("1", references=(reference,))]
    assert catalog_of(*held).cards["1"].references == (() if found is None else (found,))


def test_without_a_publication_an_article_that_is_not_held_is_none() -> None:
    assert catalog_of(card("1", cites=("999",)), config=BARE).cards["1"].references == ()


def test_nothing_cites_itself_and_nothing_twice() -> None:
    twice = (cited("1"), cited("1", fragment="a"), cited(url="content/1.md"), cited("2"))
    found = catalog_of(card("1", cites=("1",)), card("2", references=twice))
    assert found.cited_by == {"1": ("2",)}


def test_an_articles_page_is_its_slug_else_its_id() -> None:
    found = catalog_of(card("1", slug="ceph"), card("2"), card("a b/c"), card("Grüße"))
    assert found.paths == {
        "1": "Articles/ceph/index.html",
        "2": "Articles/2/index.html",
        "a b/c": "Articles/a_bc/index.html",
        "Grüße": "Articles/Grüße/index.html",
    }
    assert not found.problems


ENGLISH_AND_GERMAN = (
    card("1", "Kernel/Ceph", lang="en", slug="ceph", file="1.en.md", source="1.en.md"),
    card("1", "Other/Name", lang="de", file="1.de.md", source="1.de.md", authors=("Bureau",), cites=("2",)),
    card("2", references=(cited(url="1.de.md", fragment="a"),)),
)


def test_a_translation_has_a_page_below_its_article_s_and_stands_in_no_list() -> None:
    found = catalog_of(*ENGLISH_AND_GERMAN)
    assert found.order == ("2", "1")
    assert found.translations == {"1": ("1/de",)}
    assert found.paths["1/de"] == "Articles/ceph/de/index.html"
    assert found.topics[entry("Kernel/Ceph")].own == ("1",)
    assert set(found.authors) == {"Kernel desk"}
    assert [one.name for one in found.indexes] == ["Kernel"]
    assert found.positions == {"1": 0, "1/de": 1, "2": 2}
    assert found.problems == ()


def test_what_cites_a_translation_cites_the_article_and_a_translation_cites_for_itself() -> None:
    found = catalog_of(*ENGLISH_AND_GERMAN)
    assert found.cards["2"].references == (cited("1", fragment="a"),)
    assert found.cards["1/de"].references == (cited("2"),)
    assert found.cited_by == {"1": ("2",)}


def test_the_folders_of_languages_are_sound_and_told_apart() -> None:
    found = catalog_of(
        *(card("1", lang=lang, file=f"{lang}.md") for lang in ("en", "con", "a/b", "ab", ".."))
    )
    pages = [found.paths[key] for key in found.translations["1"]]
    assert len({names.folded(page) for page in pages}) == 4
    assert all(page.count("/") == 3 and "/../" not in page and "/con/" not in page for page in pages)


def test_an_old_address_names_its_article() -> None:
    old = card("1", aliases=("/2009/12/One.html", "/Articles/old-one/", "/../x"))
    found = catalog_of(old, card("2", aliases=("/2009/12/one.html",), cites=("OLD-one",)))
    assert found.aliases == {"2009/12/One.html": "1", "Articles/old-one/index.html": "1"}
    assert [one.code for one in found.problems] == ["bad-alias", "alias-clash"]
    assert found.cited_by == {"1": ("2",)}


@pytest.mark.parametrize("url", ["/2009/12/One.html", "/2009/12/One", "/de/eins/"])
def test_a_reference_by_an_old_address_is_to_the_article(url: str) -> None:
    held = [
        card("1", lang="en", aliases=("/2009/12/One.html",)),
        card("1", lang="de", file="1.de.md", source="1.de.md", aliases=("/de/eins/",)),
        card("2", references=(cited(url=url), cited(url="/2009/12/Two.html"))),
    ]
    assert catalog_of(*held).cards["2"].references == (cited("1"),)
    assert catalog_of(*held).aliases["de/eins/index.html"] == "1/de"


@pytest.mark.parametrize("date", ["2010-01-01", None])
def test_of_two_slugs_the_older_articles_stays(date: str | None) -> None:
    found = catalog_of(card("1", date=date, slug="Ceph"), card("2", slug="ceph"))
    assert found.paths["2"] == "Articles/ceph/index.html"
    assert found.paths["1"] == f"Articles/Ceph{names.mark('1')}/index.html"
    (warning,) = told(found, "address-clash")
    assert (warning.file, warning.severity) == ("content/1.md", "warning")
    assert (
        f"that of an older one, in content/2.md; its page is Articles/Ceph{names.mark('1')}/"
        in warning.message
    )


def test_an_id_that_is_a_page_of_the_site_yields() -> None:
    found = catalog_of(card("index"))
    assert found.paths["index"] == f"Articles/index{names.mark('index')}/index.html"
    (warning,) = told(found, "address-clash")
    assert "one that the site keeps for itself" in warning.message


@pytest.mark.parametrize("date", ["2010-01-01", None])
def test_the_topic_of_the_older_article_keeps_the_plain_address(date: str | None) -> None:
    found = catalog_of(card("1", "Kernel/Kprobes", date=date), card("2", "Kernel/KProbes"))
    assert found.topics["Kernel", "KProbes"].path == "Kernel/KProbes/index.html"
    assert found.topics["Kernel", "Kprobes"].path == f"Kernel/Kprobes{names.mark('Kprobes')}/index.html"
    (warning,) = told(found, "address-clash")
    assert (warning.file, warning.line) == ("content/1.md", 3)
    assert '"Kernel / Kprobes" and the older "Kernel / KProbes"' in warning.message


def test_a_clash_of_what_only_stands_above_has_a_place_too() -> None:
    found = catalog_of(card("1", "Kernel/FS/a"), card("2", "Kernel/Fs/b"))
    (warning,) = told(found, "address-clash")
    assert (warning.file, warning.line) == ("content/2.md", 3)


def test_the_c_languages_are_three_topics() -> None:
    years = {"C++": "2001-01-01", "C": "2002-01-01", "C#": "2003-01-01"}
    found = catalog_of(*(card(one, f"Development/{one}", date=date) for one, date in years.items()))
    assert found.topics["Development", "C++"].anchor == "C"
    assert len({topic.path for topic in found.topics.values()}) == 3
    assert len(told(found, "address-clash")) == 4


def test_an_entry_that_is_filed_twice_counts_once() -> None:
    found = catalog_of(card("1", "Kernel/Ceph", "Kernel/Ceph"))
    assert found.topics[entry("Kernel/Ceph")].own == ("1",)


@pytest.mark.parametrize(
    ("name", "page", "fix"),
    [
        (
            "Kernal",
            "Kernal/Index/index.html",
            'Did you mean "Kernel"? Else declare it with [indexes.Kernal] in lwnindex.toml.',
        ),
        ("Zoo", "Zoo/Index/index.html", "Declare it with [indexes.Zoo] in lwnindex.toml."),
    ],
)
def test_an_index_that_nobody_declared_is_built_with_one_warning(name: str, page: str, fix: str) -> None:
    found = catalog_of(card("1", f"{name}/a", "Kernel/b"), card("2", f"{name}/c", f"{name}/d"))
    assert [(one.name, one.page, one.declared) for one in found.indexes if one.name == name] == [
        (name, page, False)
    ]
    (warning,) = found.problems
    assert (warning.code, warning.severity) == ("undeclared-index", "warning")
    assert (warning.file, warning.line) == ("content/1.md", 3)
    assert warning.fix == fix


@pytest.mark.parametrize(
    "name", ["Articles", "assets", "kernel", "page", "Archives", "feed.rss", "Sitemap.xml"]
)
def test_an_undeclared_index_takes_no_folder_of_the_sites(name: str) -> None:
    found = catalog_of(card("1", "Kernel/a", f"{name}/b"))
    pages = {one.name: one.page for one in found.indexes}
    assert pages == {"Kernel": "Kernel/Index/index.html", name: f"{name}{names.mark(name)}/Index/index.html"}


@pytest.mark.parametrize(
    ("table", "page", "title", "topic"),
    [
        ({}, "News/Index/index.html", "News index", "News/a/index.html"),
        (
            {"path": "/Old/News/", "title": "Old news"},
            "Old/News/index.html",
            "Old news",
            "Old/News/a/index.html",
        ),
        ({"path": "N/Index"}, "N/Index/index.html", "News index", "N/a/index.html"),
        ({"path": "../../etc"}, "~/~/etc/index.html", "News index", "~/~/etc/a/index.html"),
        ({"path": "a\\..\\b/c:d"}, "a..b/cd/index.html", "News index", "a..b/cd/a/index.html"),
    ],
)
def test_a_declared_index_stands_where_it_is_told_inside_the_site(
    table: dict[str, str], page: str, title: str, topic: str
) -> None:
    found = catalog_of(card("1", "News/a"), config=config(indexes={"News": table}))
    plain = names.mark("..")
    (one,) = found.indexes
    assert (one.page.replace(plain, "~"), one.title, one.declared) == (page, title, True)
    assert found.topics["News", "a"].path.replace(plain, "~") == topic
    assert not found.problems


def test_an_index_without_articles_is_left_out() -> None:
    assert [one.name for one in catalog_of(card("1", "Security/a")).indexes] == ["Security"]


def test_lwns_own_indexes_stand_where_lwn_has_them() -> None:
    found = catalog_of(
        card("1", "GuestArticles/Drepper, Ulrich", "Conference/Linux Plumbers Conference/2025", "Kernel/Ceph")
    )
    assert [one.page for one in found.indexes] == [
        "Archives/ConferenceIndex/index.html",
        "Archives/GuestIndex/index.html",
        "Kernel/Index/index.html",
    ]
    assert (
        found.topics["GuestArticles", "Drepper, Ulrich"].path
        == "Archives/GuestIndex/Drepper_Ulrich/index.html"
    )
    assert (
        found.topics["Conference", "Linux Plumbers Conference", "2025"].anchor
        == "Linux_Plumbers_Conference-2025"
    )


@pytest.mark.parametrize("date", ["2010-01-01", None])
@pytest.mark.parametrize(("older", "newer"), [("A. Author", "a. author"), ("a. author", "A. Author")])
def test_the_author_longest_at_work_keeps_a_shared_address(date: str | None, older: str, newer: str) -> None:
    found = catalog_of(
        card("1", authors=(older, "B")),
        card("2", authors=("A Author",)),
        card("3", date=date, authors=(newer,)),
    )
    plain, marked = names.segment(older), f"{names.segment(newer)}{names.mark(newer)}"
    assert found.authors[older].path == f"Authors/{plain}/index.html"
    assert found.authors["A Author"].path == "Authors/A_Author/index.html"
    assert found.authors[newer].path == f"Authors/{marked}/index.html"
    (warning,) = found.problems
    assert warning.file == "content/3.md"
    assert f'the author "{newer}"' in warning.message
    assert f"Authors/{marked}/" in warning.message


def test_an_author_named_twice_in_a_byline_wrote_one_article() -> None:
    assert catalog_of(card("1", authors=("A", "A"))).authors["A"].articles == ("1",)


def test_all_problems_can_be_put_in_order() -> None:
    found = catalog_of(card("1", "x/Index"), card("1", "X/a", file="b.md", source="b.md", slug="1"))
    assert {one.code for one in ordered(found.problems)} == {
        "duplicate-id",
        "address-clash",
        "undeclared-index",
    }


# The thesaurus -------------------------------------------------------------------------------------


@given(st.data(), cards(), files(), st.sampled_from(["any", "warn", "only"]))
def test_the_order_of_cards_and_of_topics_does_not_count(
    data: st.DataObject, found: list[Card], topics: list[Described], declared: str
) -> None:
    settings = config(index={"declared": declared})
    one = index(found, settings, described=topics)
    places = data.draw(st.permutations(range(len(found))))
    shuffled = [found[place] for place in places]
    other = index(shuffled, settings, described=data.draw(st.permutations(topics)))
    assert msgspec.structs.replace(other, positions={}, problems=()) == msgspec.structs.replace(
        one, positions={}, problems=()
    )
    assert ordered(one.problems) == ordered(other.problems)
    for mapping in ("topics", "described", "cards"):
        assert list(getattr(one, mapping)) == list(getattr(other, mapping))


@given(cards(), files())
def test_counts_roll_up_what_is_adopted_each_article_once(found: list[Card], topics: list[Described]) -> None:
    catalog = index(found, config(), described=topics)

    def below(one: Entry) -> set[str]:
        topic = catalog.topics[one]
        return set(topic.own).union(*map(below, (*topic.children, *topic.adopted)))

    for one, topic in catalog.topics.items():
        assert topic.count == len(below(one))
        assert all(one in catalog.topics[each].parents for each in topic.adopted)
    for each in catalog.indexes:
        top = [entry for entry in each.topics if len(entry) == 2]
        assert each.count == len(set[str]().union(*map(below, (*top, *each.adopted))))


@given(cards(), files())
def test_entries_of_cards_are_topics(found: list[Card], topics: list[Described]) -> None:
    catalog = index(found, config(), described=topics)
    filed = {entry for card in catalog.cards.values() for entry in card.entries}
    assert filed <= catalog.topics.keys()
    assert catalog.described.keys() <= catalog.topics.keys()
    assert {entry for one in catalog.indexes for entry in one.topics} == catalog.topics.keys()


def test_entries_under_an_alias_count_to_the_topic() -> None:
    catalog = index(
        [card("1", "Kernel/Memory/Swap", "Kernel/Memory management")],
        config(),
        described=[described("Kernel/Memory management", "Kernel/Memory")],
    )
    assert list(catalog.topics) == [entry("Kernel/Memory management"), entry("Kernel/Memory management/Swap")]
    assert catalog.cards["1"].entries == (
        entry("Kernel/Memory management/Swap"),
        entry("Kernel/Memory management"),
    )


def test_described_topics_and_printed_names_make_indexes_also_without_articles() -> None:
    topics = [
        described("Kernel/A", "Security/A", "Briefs/A", hidden=["Briefs/A"]),
        described("Own/B", parents=["Conference"], line=7),
    ]
    catalog = index([], config(), described=topics)
    assert [(one.name, one.declared, one.topics, one.adopted) for one in catalog.indexes] == [
        ("Conference", True, (), (entry("Own/B"),)),
        ("Kernel", True, (entry("Kernel/A"),), ()),
        ("Own", False, (entry("Own/B"),), ()),
        ("Security", True, (), ()),
    ]
    assert [sentence(one).partition(";")[0] for one in told(catalog, "undeclared-index")] == [
        't.toml:7: undeclared-index: there is no index called "Own"'
    ]


def test_topics_stand_where_they_are_to_be_sorted() -> None:
    topics = [described("Kernel/The big lock", sort="big lock"), described("Kernel/Zoo", sort="a", line=5)]
    catalog = index([card("1", "Kernel/clone()", "Kernel/Build", "Kernel/Zoo/x")], config(), described=topics)
    names = ["Zoo", "Zoo/x", "The big lock", "Build", "clone()"]
    assert list(catalog.topics) == [entry(f"Kernel/{name}") for name in names]
    assert catalog.indexes[0].topics == tuple(catalog.topics)
    assert [one.sort for one in catalog.topics.values()] == ["a", "", "big lock", "", ""]


def test_near_duplicates_are_told_and_aliases_are_none() -> None:
    one = card("1", "Kernel/Kprobes", "Kernel/KProbes")
    assert len(told(catalog_of(one), "near-duplicate")) == 1
    known = [described("Kernel/KProbes", "Kernel/Kprobes")]
    assert index([one], config(), described=known).problems == ()
