"""Every other name of a topic has an address and an anchor of its own, and leads to the topic."""

from __future__ import annotations

import pytest
from hypothesis import given
from msgspec.structs import replace

from lwnindex import names
from lwnindex.index import index
from lwnindex.model import Address, Card, Catalog, Described, See
from lwnindex.thesaurus import written
from tests.cards import cards
from tests.described import described, files
from tests.makers import card, config, entry


def catalog(*of: Card | Described) -> Catalog:
    topics = [one for one in of if isinstance(one, Described)]
    return index([one for one in of if isinstance(one, Card)], config(), described=topics)


def sees(*of: Card | Described) -> dict[str, See]:
    return {written(one.entry): one for one in catalog(*of).sees}


def test_without_aliases_nothing_has_another_name() -> None:
    assert sees(card("1", "Kernel/A"), described("Kernel/B")) == {}


def test_an_alias_brings_a_name_for_each_topic_below() -> None:
    found = sees(
        card("1", "Kernel/Memory/Swap/Zswap", "Kernel/Memory management/Slab"),
        described("Kernel/Memory management", "Kernel/Memory"),
    )
    assert {name: (written(one.topic), one.path, one.anchor, one.printed) for name, one in found.items()} == {
        "Kernel/Memory": ("Kernel/Memory management", "Kernel/Memory/index.html", "Memory", True),
        "Kernel/Memory/Slab": (
            *("Kernel/Memory management/Slab", "Kernel/Memory/Slab/index.html", "Memory-Slab"),
            False,
        ),
        "Kernel/Memory/Swap": (
            *("Kernel/Memory management/Swap", "Kernel/Memory/Swap/index.html", "Memory-Swap"),
            False,
        ),
        "Kernel/Memory/Swap/Zswap": (
            *("Kernel/Memory management/Swap/Zswap", "Kernel/Memory/Swap/Zswap/index.html"),
            *("Memory-Swap-Zswap", False),
        ),
    }


def test_a_hidden_alias_is_not_printed() -> None:
    assert not sees(described("Kernel/A", "Kernel/B", hidden=["Kernel/B"]))["Kernel/B"].printed


def test_what_was_merged_below_an_old_name_is_found_by_it() -> None:
    found = sees(described("K/B", "K/A"), described("K/B/new", "K/B/old", line=5))
    assert {name: written(one.topic) for name, one in found.items()} == {
        "K/A": "K/B",
        "K/A/new": "K/B/new",
        "K/A/old": "K/B/new",
        "K/B/old": "K/B/new",
    }


def test_an_alias_of_another_index_stands_in_its_folder() -> None:
    found = sees(
        card("1", "Kernel/A"), described("Kernel/A", "GuestArticles/A", "New/A", hidden=["New/A"], line=1)
    )
    assert found["GuestArticles/A"].path == "Archives/GuestIndex/A/index.html"
    assert found["New/A"].path == "New/A/index.html"
    assert [one.name for one in catalog(card("1", "Kernel/A")).indexes] == ["Kernel"]


def test_an_index_that_is_no_more_takes_no_folder_of_another() -> None:
    found = sees(
        card("1", "Kernel/A"),
        described("Kernel/A", "kernel/A", "Articles/A", hidden=["kernel/A", "Articles/A"]),
    )
    assert found["kernel/A"].path == f"kernel{names.mark('kernel')}/A/index.html"
    assert found["Articles/A"].path == f"Articles{names.mark('Articles')}/A/index.html"


def test_a_name_yields_to_a_topic_of_its_address_as_it_did_as_a_topic() -> None:
    apart = catalog(card("1", "Kernel/KProbes"), card("2", "Kernel/Kprobes", date="2010-01-01"))
    found = sees(card("1", "Kernel/KProbes"), described("Kernel/KProbes", "Kernel/Kprobes"))
    assert found["Kernel/Kprobes"].path == apart.topics[entry("Kernel/Kprobes")].path


def test_a_name_yields_to_a_topic_of_its_anchor() -> None:
    found = sees(described(("Kernel", "Asynchronous I/O"), "Kernel/Asynchronous IO"))
    assert found["Kernel/Asynchronous IO"].anchor == "Asynchronous_IO" + names.mark("Asynchronous IO")


def test_a_topic_in_a_folder_of_its_own_is_found_where_its_name_and_its_names_would_be() -> None:
    found = catalog(
        card("1", "Kernel/KProbes/Deep"),
        replace(described("Kernel/KProbes", "Kernel/Kprobes"), folder="Kprobes"),
        described("Kernel/KProbes/Deep", "Kernel/KProbes/Low", line=9),
    )
    marked = f"Kernel/KProbes{names.mark('KProbes')}"
    assert found.topics[entry("Kernel/KProbes/Deep")].path == "Kernel/Kprobes/Deep/index.html"
    assert {one.path: written(one.topic) for one in found.former} == {
        f"{marked}/index.html": "Kernel/KProbes",
        f"{marked}/Deep/index.html": "Kernel/KProbes/Deep",
        f"{marked}/Low/index.html": "Kernel/KProbes/Deep",
    }
    assert not any(one.printed for one in found.former)
    assert not {one.entry for one in found.sees} & found.topics.keys()


@pytest.mark.parametrize("folder", ["A", f"A{names.mark('A')}"])
def test_a_topic_that_stands_where_its_name_says_stands_nowhere_else(folder: str) -> None:
    alias = ("Kernel/a",) if "~" in folder else ()
    topics = [replace(described("Kernel/A"), folder=folder), described("Kernel/Other", *alias, line=9)]
    found = catalog(*topics, card("1", "Kernel/b"))
    assert [one.path for one in found.former] == []


def test_a_topic_stands_where_a_file_of_topics_says_that_it_stood() -> None:
    told = replace(
        described("Kernel/A"),
        addresses=(
            *(Address(path=f"{one}/index.html", line=3) for one in ("Kernel/A", "Old/a")),
            Address(path="2009/a.html"),
        ),
    )
    found = catalog(told, replace(described("Kernel/B", line=5), folder="C")).former
    assert [(one.path, written(one.topic), one.printed) for one in found] == [
        ("Kernel/B/index.html", "Kernel/B", False),
        ("Old/a/index.html", "Kernel/A", False),
        ("2009/a.html", "Kernel/A", False),
    ]


def test_names_are_in_the_order_of_an_index() -> None:
    found = sees(
        described("Kernel/Z", "Kernel/v10", "Kernel/v9", "Briefs/A", "Kernel/top/b"),
        described("Kernel/top", sort="aaa", line=9),
    )
    assert list(found) == ["Briefs/A", "Kernel/top/b", "Kernel/v9", "Kernel/v10"]


@pytest.mark.parametrize("name", ["Index", "page", "Tree", "con", "feed.rss", "++"])
def test_no_name_takes_an_address_that_the_site_needs(name: str) -> None:
    found = sees(described("Kernel/A", f"Kernel/{name}"))[f"Kernel/{name}"]
    assert names.mark(name) in found.path
    assert found.anchor


@given(cards(), files())
def test_no_two_names_or_topics_share_an_address_or_anchor(
    found: list[Card], topics: list[Described]
) -> None:
    whole = index(found, config(indexes={}), described=topics)
    assert not {one.entry for one in whole.sees} & whole.topics.keys()
    assert all(one.topic in whole.topics and one.anchor for one in whole.sees)
    paths = [one.path for one in whole.topics.values()] + [one.path for one in whole.sees]
    assert len({names.folded(path) for path in paths}) == len(paths)
    anchors = [(each[0], one.anchor) for each, one in whole.topics.items()]
    anchors += [(one.entry[0], one.anchor) for one in whole.sees]
    assert len(set(anchors)) == len(anchors)
    assert {one.entry[0] for one in whole.sees if one.printed} <= {one.name for one in whole.indexes}
