"""Entries become a tree whose counts, addresses and anchors can be trusted, and whose clashes are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lwnindex import names
from lwnindex.model import Entry, Index, Problem, Topic
from lwnindex.problems import sentence
from lwnindex.relations import Relations
from lwnindex.topics import base_of, others, place_of, places_of, topics
from tests.cards import entries
from tests.makers import card, config, entry

Tree = dict[Entry, Topic]


def tree_of(
    filed: Mapping[Entry, Iterable[str]], bases: Mapping[str, str] | None = None
) -> tuple[Tree, tuple[Problem, ...]]:
    """Return the topics of articles that are numbered by age, `1` the oldest."""
    held = {one: sorted(ids, key=int, reverse=True) for one, ids in filed.items()}
    newest_first = sorted({each for ids in held.values() for each in ids}, key=int, reverse=True)
    rank = {one: place for place, one in enumerate(newest_first)}
    folders = {one[0]: one[0] for one in held} if bases is None else bases
    steps = [one[:depth] for one in held for depth in range(1, len(one) + 1)]
    return topics(held, rank, folders, dict.fromkeys(steps, ("content/a.md", 3)))


def filed(**articles: str) -> dict[Entry, list[str]]:
    """Return articles by entry: `filed(Ceph="1 2")` files two under Kernel/Ceph, `__` stands for a slash."""
    return {entry(f"Kernel/{path.replace('__', '/')}"): ids.split() for path, ids in articles.items()}


archives = st.dictionaries(entries, st.sets(st.integers(1, 9).map(str), min_size=1), min_size=1, max_size=12)


@given(archives)
def test_every_topic_stands_below_its_own(found: dict[Entry, set[str]]) -> None:
    tree, _ = tree_of(found)
    assert set(tree) == {one[:depth] for one in found for depth in range(2, len(one) + 1)}
    for one, topic in tree.items():
        assert topic.entry == one
        assert set(topic.children) == {each for each in tree if each[:-1] == one}
        assert set(topic.own) == set(found.get(one, ()))


@given(archives)
def test_a_count_is_of_the_different_articles_of_the_subtree(found: dict[Entry, set[str]]) -> None:
    tree, _ = tree_of(found)
    for one, topic in tree.items():
        below = [ids for each, ids in found.items() if each[: len(one)] == one]
        assert topic.count == len(set().union(*below))


@given(archives)
def test_topics_are_in_the_order_of_an_index(found: dict[Entry, set[str]]) -> None:
    tree, _ = tree_of(found)
    assert list(tree) == sorted(tree, key=lambda one: (one[0], names.topic_key(one[1:])))
    for topic in tree.values():
        assert list(topic.children) == sorted(topic.children, key=lambda one: names.topic_key(one[1:]))


@given(archives)
def test_no_two_topics_share_an_address_or_anchor(found: dict[Entry, set[str]]) -> None:
    tree, _ = tree_of(found, {one[0]: names.segment(one[0]) + str(place) for place, one in enumerate(found)})
    assert len({names.folded(topic.path) for topic in tree.values()}) == len(tree)
    assert len({(one[0], topic.anchor) for one, topic in tree.items()}) == len(tree)
    assert all(topic.anchor for topic in tree.values())


@given(archives)
def test_a_topic_stands_in_the_folder_of_the_one_above(found: dict[Entry, set[str]]) -> None:
    tree, _ = tree_of(found)
    for one, topic in tree.items():
        above = names.folder_of(tree[one[:-1]].path) if len(one) > 2 else one[0]
        assert names.folder_of(names.folder_of(topic.path)) == above
        assert not any(names.is_reserved(each) for each in topic.path.split("/")[1:-1] if "feed" not in each)


@given(archives)
def test_only_what_clashes_has_a_mark_and_is_told(found: dict[Entry, set[str]]) -> None:
    tree, problems = tree_of(found)
    marked = {one for one, topic in tree.items() if "~" in topic.path.split("/")[-2] or "~" in topic.anchor}
    forced = {one for one in tree if "~" in names.segment(one[-1]) or not names.anchor(one[1:])}
    told = " ".join(one.message for one in problems)
    assert all(f'the topic "{" / ".join(one)}"' in told for one in marked - forced)
    assert len(problems) <= len(marked)
    assert all(
        one.code == "address-clash" and (one.file, one.line) == ("content/a.md", 3) for one in problems
    )


@given(st.data(), archives)
def test_the_tree_does_not_depend_on_the_order_it_is_filed_in(
    data: st.DataObject, found: dict[Entry, set[str]]
) -> None:
    mixed = dict(data.draw(st.permutations(list(found.items()))))
    assert tree_of(found) == tree_of(mixed)
    assert list(tree_of(found)[0]) == list(tree_of(mixed)[0])


def test_an_article_at_a_topic_and_below_it_counts_once() -> None:
    tree, _ = tree_of(filed(Filesystems="1 2", Filesystems__Ceph="2 3"))
    assert tree[entry("Kernel/Filesystems")].count == 3
    assert tree[entry("Kernel/Filesystems")].own == ("2", "1")
    assert tree[entry("Kernel/Filesystems/Ceph")].count == 2


@pytest.mark.parametrize(("older", "newer"), [("KProbes", "Kprobes"), ("Kprobes", "KProbes")])
def test_of_two_spellings_the_older_keeps_the_plain_address(older: str, newer: str) -> None:
    tree, problems = tree_of(filed(**{older: "1 9", newer: "2"}))
    assert tree["Kernel", older].path == f"Kernel/{older}/index.html"
    assert tree["Kernel", newer].path == f"Kernel/{newer}{names.mark(newer)}/index.html"
    assert tree["Kernel", newer].anchor == newer
    (told,) = problems
    assert sentence(told) == (
        f'content/a.md:3: address-clash: the topic "Kernel / {newer}" and the older "Kernel / {older}" '
        f"would share a folder on some file systems; its page stands in {newer}{names.mark(newer)}/. "
        "If they are one topic, file all articles under one spelling."
    )


def test_the_c_languages_have_an_address_and_an_anchor_each() -> None:
    tree, problems = tree_of({("Dev", "C++"): ["1"], ("Dev", "C"): ["2"], ("Dev", "C#"): ["3"]})
    assert tree["Dev", "C++"].path == "Dev/C/index.html"
    assert tree["Dev", "C++"].anchor == "C"
    assert tree["Dev", "C"].path == f"Dev/C{names.mark('C')}/index.html"
    assert tree["Dev", "C"].anchor == f"C{names.mark('C')}"
    assert tree["Dev", "C#"].anchor == f"C{names.mark('C#')}"
    assert len(problems) == 2
    assert all('the older "Dev / C++"' in one.message for one in problems)


def test_what_stands_below_a_clash_keeps_its_own_name() -> None:
    tree, problems = tree_of({("Dev", "C", "Headers"): ["1"], ("Dev", "C++", "Headers"): ["2"]})
    assert tree["Dev", "C", "Headers"].path == "Dev/C/Headers/index.html"
    assert tree["Dev", "C++", "Headers"].path == f"Dev/C{names.mark('C++')}/Headers/index.html"
    told = [one.message for one in problems]
    assert len(told) == 2
    assert (
        '"Dev / C++ / Headers" and the older "Dev / C / Headers" would share the anchor #C-Headers' in told[1]
    )


def test_two_ways_to_write_one_anchor_are_told_apart() -> None:
    tree, problems = tree_of(filed(**{"a__b": "1", "a-b": "2"}))
    assert tree["Kernel", "a", "b"].anchor == "a-b"
    assert tree["Kernel", "a-b"].anchor == f"a-b{names.mark('a-b')}"
    assert "would share the anchor #a-b" in problems[0].message


def test_topics_of_one_name_in_two_indexes_do_not_clash() -> None:
    tree, problems = tree_of({("Kernel", "Ceph"): ["1"], ("Security", "Ceph"): ["2"]})
    assert not problems
    assert {topic.anchor for topic in tree.values()} == {"Ceph"}


def test_a_name_that_the_site_needs_itself_yields_with_a_warning() -> None:
    tree, problems = tree_of(filed(Index="1", page="2"))
    assert tree["Kernel", "Index"].path == f"Kernel/Index{names.mark('Index')}/index.html"
    assert tree["Kernel", "Index"].anchor == "Index"
    assert ['"Kernel / Index"' in one.message for one in problems] == [True, False]
    assert {one.severity for one in problems} == {"warning"}


def test_a_name_without_a_letter_has_an_address_and_an_anchor() -> None:
    tree, problems = tree_of(filed(**{"++": "1"}))
    assert tree["Kernel", "++"].path == f"Kernel/{names.mark('++')}/index.html"
    assert tree["Kernel", "++"].anchor == names.mark("++")
    assert not problems


@pytest.mark.parametrize(
    ("page", "base"),
    [
        ("Kernel/Index/index.html", "Kernel"),
        ("Archives/GuestIndex/index.html", "Archives/GuestIndex"),
        ("Index/index.html", "Index"),
        ("A/B/Index/index.html", "A/B"),
    ],
)
def test_topics_stand_beside_a_page_called_index_and_below_any_other(page: str, base: str) -> None:
    assert base_of(Index(name="X", title="X index", page=page)) == base


@pytest.mark.parametrize(
    ("page", "by_year"),
    [
        ("Kernel/Index/index.html", "Kernel/ByYear/index.html"),
        ("Archives/ConferenceIndex/index.html", "Archives/ConferenceByYear/index.html"),
        ("News/index.html", "NewsByYear/index.html"),
    ],
)
def test_an_index_by_years_stands_beside_its_page(page: str, by_year: str) -> None:
    settings = config(indexes={"X": {"path": "x", "by_year": True}}, pages={"trees": False, "words": False})
    assert others(Index(name="X", title="X index", page=page), settings) == (("year", by_year),)


@pytest.mark.parametrize(
    ("pages", "kinds"),
    [
        ({}, ["tree", "words"]),
        ({"trees": False}, ["words"]),
        ({"words": False}, ["tree"]),
        ({"trees": False, "words": False}, []),
    ],
)
def test_an_index_has_those_further_pages_that_are_switched_on(
    pages: dict[str, bool], kinds: list[str]
) -> None:
    one = Index(name="Kernel", title="Kernel index", page="Kernel/Index/index.html")
    found = dict(others(one, config(pages=pages)))
    paths = {"tree": "Kernel/Tree/index.html", "words": "Kernel/Words/index.html"}
    assert found == {kind: paths[kind] for kind in kinds}


def test_the_further_pages_of_an_index_with_topics_below_it_stand_below_it_too() -> None:
    one = Index(name="Conference", title="Conferences", page="Archives/ConferenceIndex/index.html")
    assert others(one, config()) == (
        ("tree", "Archives/ConferenceIndex/Tree/index.html"),
        ("words", "Archives/ConferenceIndex/Words/index.html"),
        ("year", "Archives/ConferenceByYear/index.html"),
    )


# What the thesaurus adds ---------------------------------------------------------------------------


def grown(
    found: Mapping[Entry, list[str]],
    *empty: str,
    sorts: Mapping[str, str] | None = None,
    related: Relations = Relations(),  # noqa: B008
    folders: Mapping[str, str] | None = None,
) -> dict[str, Topic]:
    """Return the topics of the index Kernel, with such as have no articles, by their names in it."""
    there = [*found, *map(entry, empty)]
    steps = dict.fromkeys((one[:depth] for one in there for depth in range(1, len(one) + 1)), ("a.md", 3))
    rank = {str(one): 9 - one for one in range(10)}
    tree, _ = topics(
        found,
        rank,
        {"Kernel": "Kernel"},
        steps,
        empty=map(entry, empty),
        sorts={entry(one): key for one, key in (sorts or {}).items()},
        folders={entry(one): folder for one, folder in (folders or {}).items()},
        related=related,
    )
    return {"/".join(one[1:]): topic for one, topic in tree.items()}


def test_a_topic_with_a_folder_has_it_before_older_siblings() -> None:
    tree = grown(filed(a="1", A="2", B__c="3"), "Kernel/C", folders={"Kernel/A": "a", "Kernel/B": "C"})
    assert {name: one.path for name, one in tree.items()} == {
        "A": "Kernel/a/index.html",
        "a": f"Kernel/a{names.mark('a')}/index.html",
        "B": "Kernel/C/index.html",
        "B/c": "Kernel/C/c/index.html",
        "C": f"Kernel/C{names.mark('C')}/index.html",
    }


def test_who_keeps_a_folder_is_told_as_such() -> None:
    found = filed(a="1", A="2")
    steps = dict.fromkeys(found, ("content/a.md", 3))
    _, problems = topics(
        *(found, {"1": 1, "2": 0}, {"Kernel": "Kernel"}, steps), folders={entry("Kernel/A"): "A"}
    )
    assert [sentence(one) for one in problems] == [
        (
            'content/a.md:3: address-clash: the topic "Kernel / a" and "Kernel / A", which keeps its folder, '
            f"would share a folder on some file systems; its page stands in a{names.mark('a')}/. "
            "If they are one topic, file all articles under one spelling."
        )
    ]


def test_a_topic_may_have_no_articles() -> None:
    tree = grown(filed(B="1"), "Kernel/A/a")
    assert [(name, one.count, one.own) for name, one in tree.items()] == [
        *(("A", 0, ()), ("A/a", 0, ())),
        ("B", 1, ("1",)),
    ]


def test_one_without_articles_yields_its_address_to_one_that_has_some() -> None:
    tree = grown(filed(Kprobes="1"), "Kernel/KProbes")
    assert tree["Kprobes"].path == "Kernel/Kprobes/index.html"
    assert names.mark("KProbes") in tree["KProbes"].path


def test_topics_are_sorted_by_what_is_said_at_each_level() -> None:
    tree = grown(filed(A__x="1", B__z="2", B__y="3", C="4"), sorts={"Kernel/A": "zz", "Kernel/B/z": "a"})
    assert list(tree) == ["B", "B/z", "B/y", "C", "A", "A/x"]
    assert tree["B"].children == (entry("Kernel/B/z"), entry("Kernel/B/y"))
    sorts = {entry("Kernel/A"): "zz", entry("Kernel/B/z"): "a"}
    assert sorted(tree, key=lambda one: place_of(entry(f"Kernel/{one}"), sorts)) == list(tree)


def test_counts_have_what_was_adopted_once() -> None:
    adopted = {entry("Kernel/B"): (entry("Kernel/A/a"),), entry("Kernel/C"): (entry("Kernel/B"),)}
    parents = {entry("Kernel/A/a"): (entry("Kernel/B"),), entry("Kernel/B"): (entry("Kernel/C"),)}
    found = filed(A__a="1 2", B="2 3", C__c="4")
    plain, tree = grown(found), grown(found, related=Relations(parents, adopted))
    assert {name: one.count for name, one in tree.items()} == {"A": 2, "A/a": 2, "B": 3, "C": 4, "C/c": 1}
    assert tree["B"].adopted == (entry("Kernel/A/a"),)
    assert tree["A/a"].parents == (entry("Kernel/B"),)
    for name, one in plain.items():
        assert (one.path, one.anchor, one.own) == (tree[name].path, tree[name].anchor, tree[name].own)


def test_related_topics_and_adopted_ones_are_in_the_order_of_an_index() -> None:
    names_of = ("v10", "b", "v9")
    found = tuple(entry(f"Kernel/{one}") for one in names_of)
    related = Relations(adopted={entry("Kernel/a"): found}, see_also={entry("Kernel/z"): found})
    tree = grown(filed(v10="1", b="2", v9="3", a="4", z="5"), sorts={"Kernel/b": "w"}, related=related)
    in_order = tuple(entry(f"Kernel/{one}") for one in ("v9", "v10", "b"))
    assert (tree["a"].adopted, tree["z"].see_also) == (in_order, in_order)


def test_the_place_of_a_topic_is_that_of_its_first_article_else_where_it_is_named() -> None:
    found = places_of(
        [card("1", "Kernel/A/a"), card("2", "Kernel/A", "Kernel/B", entry_lines=())],
        [(entry("Kernel/A"), "t.toml", 5), (entry("Kernel/C/c"), "t.toml", 7)],
    )
    assert {"/".join(one): place for one, place in found.items()} == {
        **dict.fromkeys(("Kernel", "Kernel/A", "Kernel/A/a"), ("content/1.md", 3)),
        "Kernel/B": ("content/2.md", 0),
        "Kernel/C": ("t.toml", 7),
        "Kernel/C/c": ("t.toml", 7),
    }
