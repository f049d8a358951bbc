"""An index has its topics and the references to them, each where a reader looks for it, with every anchor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from lwnindex.model import Card, Catalog, Index, See
from lwnindex.views.headings import Heading, further_anchors, headings
from tests.cards import cards
from tests.makers import card, catalog_of, entry


def see(name: str, topic: str, *, anchor: str = "", printed: bool = True) -> See:
    """Return another name of a topic, both written with slashes."""
    plain = anchor or "-".join(entry(name)[1:]).replace(" ", "_")
    return See(entry=entry(name), topic=entry(topic), path="x/index.html", anchor=plain, printed=printed)


def described(found: Catalog, *sees: See, **topics: Mapping[str, Any]) -> Catalog:
    """Return a catalog whose topics have other names; `Kernel__Ceph={"sort": "x"}` changes one of them."""
    changed = {entry(name.replace("__", "/").replace("_", " ")): fields for name, fields in topics.items()}
    known = {one: replace(topic, **changed.get(one, {})) for one, topic in found.topics.items()}
    return replace(found, sees=sees, topics=known)


def catalog(*entries: str, **fields: Any) -> Catalog:
    """Return the catalog of an article under each entry."""
    return described(catalog_of(*(card(str(n), one) for n, one in enumerate(entries))), **fields)


def kernel(found: Catalog) -> Index:
    """Return the index that all these tests look at."""
    (one,) = (each for each in found.indexes if each.name == "Kernel")
    return one


def shown(found: Catalog) -> list[tuple[str, str]]:
    """Return letters and names, indented by depth; references have a `>`, those that are hidden a `~`."""
    mark = {(False, False): "", (True, False): "> ", (True, True): "~ "}
    return [
        (letter, "  " * each.depth + mark[each.refers, each.hidden] + each.name)
        for letter, all_of_it in headings(found, kernel(found)).items()
        for each in all_of_it
    ]


def test_topics_are_sorted_as_a_reader_looks_for_them() -> None:
    found = catalog(
        "Kernel/ext4", "Kernel/.config", "Kernel/Éclair", "Kernel/4.10", "Kernel/4.9", "Kernel/++"
    )
    assert shown(found) == [
        ("#", "++"),
        ("0-9", "4.9"),
        ("0-9", "4.10"),
        ("C", ".config"),
        ("E", "Éclair"),
        ("E", "ext4"),
    ]


def test_a_topic_is_sorted_by_what_it_says_with_all_below_it() -> None:
    found = catalog(
        "Kernel/The future/Soon", "Kernel/Gamma", "Kernel/Alpha", Kernel__The_future={"sort": "future"}
    )
    assert shown(found) == [("A", "Alpha"), ("F", "The future"), ("F", "  Soon"), ("G", "Gamma")]


def test_a_sub_topic_is_sorted_by_what_it_says() -> None:
    found = catalog("Kernel/A/Ten", "Kernel/A/Two", "Kernel/A/Six", Kernel__A__Ten={"sort": "10"})
    assert [name.strip() for _, name in shown(found)] == ["A", "Ten", "Six", "Two"]


def test_another_name_stands_at_its_own_place_in_the_alphabet() -> None:
    sees = (see("Kernel/Big lock", "Kernel/Locking/BKL"), see("Kernel/Zed", "Kernel/Locking"))
    found = described(catalog("Kernel/Locking/BKL", "Kernel/Block layer"), *sees)
    assert shown(found) == [
        ("B", "> Big lock"),
        ("B", "Block layer"),
        ("L", "Locking"),
        ("L", "  BKL"),
        ("Z", "> Zed"),
    ]


def test_another_name_with_depth_stands_below_its_own_heading() -> None:
    sees = (see("Kernel/Memory/Swap", "Kernel/Paging"), see("Kernel/Memory/Caches/Page", "Kernel/Paging"))
    found = described(catalog("Kernel/Memory/Caches/Slab", "Kernel/Memory/Zones", "Kernel/Paging"), *sees)
    assert shown(found) == [
        ("M", "Memory"),
        ("M", "  Caches"),
        ("M", "    > Page"),
        ("M", "    Slab"),
        ("M", "  > Swap"),
        ("M", "  Zones"),
        ("P", "Paging"),
    ]


def test_another_name_whose_heading_there_is_not_is_printed_whole() -> None:
    sees = (see("Kernel/Memory/Swap", "Kernel/Paging"), see("Kernel/Paging/Old/Way", "Kernel/Paging"))
    found = described(catalog("Kernel/Paging/New", "Kernel/Memories", "Kernel/Pagoda"), *sees)
    assert shown(found) == [
        ("M", "Memories"),
        ("M", "> Memory / Swap"),
        ("P", "Paging"),
        ("P", "  New"),
        ("P", "> Paging / Old / Way"),
        ("P", "Pagoda"),
    ]


def test_a_name_that_is_not_printed_is_in_no_sight_where_it_leads_to_another_index() -> None:
    sees = (
        see("Kernel/Hidden", "Kernel/Ceph", printed=False),
        see("Kernel/Elsewhere", "Security/Ceph", printed=False),
        see("Security/Of another", "Kernel/Ceph"),
    )
    found = described(catalog("Kernel/Ceph", "Security/Ceph"), *sees)
    assert shown(found) == [("C", "Ceph"), ("E", "~ Elsewhere")]


def anchors(found: Catalog) -> dict[str, str]:
    """Return the headings with an anchor."""
    everything = headings(found, kernel(found)).values()
    return {each.name: each.anchor for all_of_it in everything for each in all_of_it if each.anchor}


def test_an_old_anchor_is_where_its_topics_articles_are_or_else_at_the_reference() -> None:
    sees = (
        see("Kernel/Big lock", "Kernel/BKL"),
        see("Kernel/Old lock", "Kernel/BKL", printed=False),
        see("Kernel/Exploits", "Security/Exploits"),
        see("Kernel/Holes", "Security/Exploits", printed=False),
    )
    found = described(catalog("Kernel/BKL", "Security/Exploits"), *sees)
    assert anchors(found) == {"BKL": "BKL", "Exploits": "Exploits", "Holes": "Holes"}
    assert further_anchors(found, kernel(found)) == {entry("Kernel/BKL"): ("Big_lock", "Old_lock")}


def test_no_anchor_is_there_twice() -> None:
    sees = (
        see("Kernel/BKL!", "Kernel/BKL", anchor="BKL"),
        see("Kernel/Lock", "Kernel/BKL"),
        see("Kernel/Lock?", "Kernel/BKL", anchor="Lock"),
        see("Kernel/BKL?", "Security/Locks", anchor="BKL"),
        see("Kernel/X", "Security/Locks"),
        see("Kernel/X?", "Security/Locks", anchor="X"),
    )
    found = described(catalog("Kernel/BKL", "Security/Locks"), *sees)
    assert anchors(found) == {"BKL": "BKL", "X": "X"}
    assert further_anchors(found, kernel(found)) == {entry("Kernel/BKL"): ("Lock",)}


def test_a_topic_is_referred_to_from_its_further_places() -> None:
    found = catalog(
        "Kernel/Storage/Ceph",
        "Kernel/Storage/Zoned",
        "Kernel/Clusters/Quorum",
        "Security/Audits",
        Kernel__Clusters={"adopted": (entry("Kernel/Storage/Ceph"), entry("Kernel/Storage/Zoned"))},
        Kernel__Storage__Zoned={"sort": "Aardvark", "parents": (("Kernel",), entry("Kernel/Clusters"))},
        Security__Audits={"parents": (("Kernel",),)},
    )
    assert shown(found) == [
        ("A", "> Zoned"),
        ("A", "> Audits"),
        ("C", "Clusters"),
        ("C", "  > Zoned"),
        ("C", "  > Ceph"),
        ("C", "  Quorum"),
        ("S", "Storage"),
        ("S", "  Zoned"),
        ("S", "  Ceph"),
    ]


def test_a_reference_of_a_topics_name_parts_it_from_nothing_below_it() -> None:
    found = catalog(
        "Kernel/A/Ceph/Snapshots",
        "Kernel/B/Ceph",
        Kernel__A={"adopted": (entry("Kernel/B/Ceph"),)},
    )
    assert [name for _, name in shown(found)][:4] == ["A", "  Ceph", "    Snapshots", "  > Ceph"]


@given(cards(), st.data())
def test_every_heading_stands_below_its_own_whatever_names_there_are(
    found: list[Card], data: st.DataObject
) -> None:
    whole = catalog_of(*found)
    for one in whole.indexes:
        topics = st.sampled_from(sorted(whole.topics))
        names = st.lists(st.sampled_from(("C", "Ceph", "b", "++", "4.9", "日本")), min_size=1, max_size=2)
        pairs = data.draw(st.lists(st.tuples(names, topics, st.booleans()), max_size=4))
        sees = [see("/".join((one.name, *levels)), "/".join(to), printed=seen) for levels, to, seen in pairs]
        _stands_well(headings(replace(whole, sees=tuple(sees)), one), one)


def _stands_well(letters: Mapping[str, tuple[Heading, ...]], one: Index) -> None:
    found = [each for all_of_it in letters.values() for each in all_of_it]
    own = [each for each in found if not each.refers]
    assert sorted(each.entry for each in own) == sorted(one.topics)
    above: dict[int, Heading] = {}
    for each in found:
        assert each.depth == 0 or (each.depth - 1 in above and above[each.depth - 1].letter == each.letter)
        if not each.refers:
            assert each.depth == 0 or above[each.depth - 1].entry == each.entry[:-1]
            above = {depth: kept for depth, kept in above.items() if depth < each.depth} | {each.depth: each}
        elif each.depth == 0:
            above = {}
    given = [each.anchor for each in found if each.anchor]
    assert len(set(given)) == len(given)


def test_a_topic_stands_once_at_a_place_that_it_has_by_an_old_name_and_by_a_further_parent() -> None:
    ceph = entry("Storage/Ceph")
    found = described(
        catalog("Storage/Ceph", "Kernel/Clusters"),
        see("Kernel/Clusters/Ceph", "Storage/Ceph", printed=False),
        Kernel__Clusters={"adopted": (ceph,)},
        Storage__Ceph={"sort": "zeph"},
    )
    assert shown(found) == [("C", "Clusters"), ("C", "  > Ceph")]
    assert [each.anchor for each in headings(found, kernel(found))["C"]] == ["Clusters", "Clusters-Ceph"]
