"""The thesaurus in SKOS: what the catalog says, read back by rdflib, and its integrity rules, always."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rdflib import RDF, SKOS, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from lwnindex.formats.graphs import jsonld, turtle
from lwnindex.formats.skos import things
from lwnindex.formats.thesaurus import notes
from lwnindex.model import Catalog, Entry
from lwnindex.settings import SiteSettings
from tests.makers import card, catalog_of, config, entry
from tests.thesauri import BTRFS, CEPH, CLUSTERS, blob, library, see, told

BASE = "https://example.org/news"
SITE = config().site
KERNEL = URIRef(f"{BASE}/Kernel/Index/#index")
MAPPINGS = (SKOS.exactMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch, SKOS.closeMatch)


def graph(catalog: Catalog, site: SiteSettings = SITE) -> Graph:
    """Return the graph of a thesaurus, the same in both formats; it keeps all rules."""
    found = list(things(catalog, notes(catalog, blob), site))
    read = Graph().parse(data=turtle(found), format="turtle")
    assert isomorphic(read, Graph().parse(data=jsonld(found), format="json-ld"))
    assert broken(read) == []
    return read


def broken(found: Graph) -> list[str]:
    """Return the rules of the SKOS Reference that a graph breaks, by their numbers there."""
    rules = {
        "S9": _share(found, SKOS.Concept, SKOS.ConceptScheme),
        "S13": any(set(one) & set(other) for each in _labels(found) for one, other in combinations(each, 2)),
        "S14": any(_repeats_language(found, one) for one in set(found.subjects())),
        "S27": any(
            set(found.transitive_objects(one, SKOS.broader)) & {other} for one, other in _related(found)
        ),
        "S37": _share(found, SKOS.Concept, SKOS.Collection)
        or _share(found, SKOS.ConceptScheme, SKOS.Collection),
        "S46": any((None, each, None) in found for each in MAPPINGS),
        "S8": _are_other(found, SKOS.topConceptOf, SKOS.hasTopConcept),
        "S23": _are_other(found, SKOS.related, SKOS.related),
        "S25": _are_other(found, SKOS.broader, SKOS.narrower),
    }
    return [rule for rule, is_broken in rules.items() if is_broken]


def _share(found: Graph, one: Node, other: Node) -> bool:
    return bool(set(found.subjects(RDF.type, one)) & set(found.subjects(RDF.type, other)))


def _labels(found: Graph) -> list[tuple[list[Node], ...]]:
    kinds = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
    return [tuple(list(found.objects(one, kind)) for kind in kinds) for one in set(found.subjects())]


def _repeats_language(found: Graph, one: Node) -> bool:
    languages = [each.language for each in found.objects(one, SKOS.prefLabel) if isinstance(each, Literal)]
    return len(languages) != len(set(languages))


def _related(found: Graph) -> list[tuple[Node, Node]]:
    return list(found.subject_objects(SKOS.related))


def _are_other(found: Graph, way: URIRef, back: URIRef) -> bool:
    """Tell whether what is said one way is not said the other."""
    turned = {(other, one) for one, other in found.subject_objects(back)}
    return set(found.subject_objects(way)) != turned


def concept(path: str) -> URIRef:
    return URIRef(f"{BASE}/{path}/#topic")


def said(found: Graph, path: str, predicate: URIRef) -> list[str]:
    return sorted(str(one) for one in found.objects(concept(path), predicate))


def test_an_index_is_a_scheme_with_its_topics_at_the_top() -> None:
    found = graph(library().catalog)

    assert list(found.subjects(RDF.type, SKOS.ConceptScheme)) == [KERNEL]
    assert list(found.objects(KERNEL, DCTERMS.title)) == [Literal("Kernel index", lang="en")]
    assert set(found.objects(KERNEL, SKOS.hasTopConcept)) == {
        concept("Kernel/Clusters"),
        concept("Kernel/Filesystems"),
        concept("Kernel/Filesystems/Btrfs"),
    }


def test_a_topic_is_a_concept_with_all_that_is_told_of_it() -> None:
    found = graph(library().catalog)
    ceph = concept("Kernel/Filesystems/Ceph")

    assert set(found.predicate_objects(ceph)) == {
        (RDF.type, SKOS.Concept),
        (SKOS.inScheme, KERNEL),
        (SKOS.notation, Literal("Kernel/Filesystems/Ceph")),
        (SKOS.prefLabel, Literal("Ceph", lang="en")),
        (SKOS.altLabel, Literal("Kernel/Ceph FS", lang="en")),
        (SKOS.hiddenLabel, Literal("RADOS", lang="en")),
        (SKOS.scopeNote, Literal("A distributed filesystem.\nSee there.", lang="en")),
        (SKOS.broader, concept("Kernel/Filesystems")),
        (SKOS.broader, concept("Kernel/Clusters")),
        (SKOS.related, concept("Kernel/Filesystems/Btrfs")),
    }
    assert said(found, "Kernel/Clusters", SKOS.narrower) == [str(ceph)]
    assert len(set(found.subjects(RDF.type, SKOS.Concept))) == 4


def test_a_topic_may_stand_at_the_top_of_another_index() -> None:
    catalog = told(
        catalog_of(card("1", "Kernel/LSM", "Security/Bugs")), parents={entry("Kernel/LSM"): (("Security",),)}
    )
    schemes = {str(KERNEL), f"{BASE}/Security/Index/#index"}

    assert set(said(graph(catalog), "Kernel/LSM", SKOS.topConceptOf)) == schemes
    assert set(said(graph(catalog), "Kernel/LSM", SKOS.inScheme)) == schemes


def test_a_topic_that_is_below_one_of_another_index_stays_in_its_scheme() -> None:
    parents = {entry("Kernel/LSM"): (entry("Security/Bugs"),)}
    found = graph(told(catalog_of(card("1", "Kernel/LSM", "Security/Bugs")), parents=parents))

    assert said(found, "Kernel/LSM", SKOS.broader) == [str(concept("Security/Bugs"))]
    assert said(found, "Kernel/LSM", SKOS.inScheme) == [str(KERNEL)]


def test_related_topics_are_so_both_ways_also_where_one_alone_says_it() -> None:
    found = graph(told(library().catalog, also={CEPH: (CLUSTERS,)}))

    assert said(found, "Kernel/Clusters", SKOS.related) == [str(concept("Kernel/Filesystems/Ceph"))]


@pytest.mark.parametrize("other", [CEPH, CEPH[:2], CLUSTERS, ("Kernel",), ("Kernel", "Nothing")])
def test_what_is_above_a_topic_or_no_topic_is_not_related(other: Entry) -> None:
    found = graph(told(library().catalog, parents={CEPH: (CLUSTERS,)}, also={CEPH: (other,), BTRFS: ()}))

    assert said(found, "Kernel/Filesystems/Ceph", SKOS.related) == []


def test_a_name_has_one_role_the_first_of_preferred_other_hidden() -> None:
    sees = (
        *(see("Kernel/Filesystems/RADOS", CEPH), see("Kernel/RADOS", CEPH)),
        *(see("Kernel/Filesystems/Ceph", CEPH), see("Kernel/Filesystems/RADOS", CEPH, printed=False)),
        *(see("Kernel/Filesystems/Ceph", CEPH, printed=False), see("Kernel/ceph", CEPH, printed=False)),
    )
    found = graph(told(library().catalog, sees=sees))

    assert said(found, "Kernel/Filesystems/Ceph", SKOS.altLabel) == ["Kernel/RADOS", "RADOS"]
    assert said(found, "Kernel/Filesystems/Ceph", SKOS.hiddenLabel) == ["Kernel/ceph"]


def test_parents_that_go_round_do_no_harm() -> None:
    found = graph(told(library().catalog, parents={CEPH: (CLUSTERS,), CLUSTERS: (CEPH,)}))

    assert len(list(found.subject_objects(SKOS.broader))) == 4


def test_texts_are_in_the_language_of_the_site_or_in_none() -> None:
    for language, expected in (("de", "de"), ("no language", None)):
        found = graph(library().catalog, replace(SITE, language=language))
        (label,) = found.objects(concept("Kernel/Clusters"), SKOS.prefLabel)
        assert isinstance(label, Literal)
        assert label.language == expected


LEVELS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6)
ENTRIES = st.lists(
    st.lists(LEVELS, min_size=1, max_size=3).map(lambda levels: ("Kernel", *levels)), min_size=1, max_size=5
)


@given(ENTRIES, st.data())
def test_the_rules_hold_for_all_names_and_whatever_is_said_of_them(
    entries: list[Entry], drawn: st.DataObject
) -> None:
    plain = catalog_of(card("1", *entries))
    topics = st.sampled_from(sorted(plain.topics))
    some = st.dictionaries(topics, st.lists(topics, max_size=3, unique=True).map(tuple))
    sees = st.builds(
        lambda levels, topic, printed: see("/".join(("Kernel", *levels)), topic, printed=printed),
        *(st.lists(LEVELS, min_size=1, max_size=2), topics, st.booleans()),
    )
    catalog = told(plain, drawn.draw(st.lists(sees)), drawn.draw(some), drawn.draw(some))
    found = graph(catalog)

    assert len(set(found.subjects(RDF.type, SKOS.Concept))) == len(plain.topics)
    assert {str(one) for one in found.objects(None, SKOS.prefLabel)} == {each[-1] for each in plain.topics}


def test_a_rule_that_is_broken_is_noticed() -> None:
    one, other = concept("a"), concept("b")
    found = Graph()
    for said_ in (
        *(
            (one, RDF.type, SKOS.Concept),
            (one, RDF.type, SKOS.ConceptScheme),
            (one, RDF.type, SKOS.Collection),
        ),
        *((one, SKOS.prefLabel, Literal("x", lang="en")), (one, SKOS.prefLabel, Literal("y", lang="en"))),
        *((one, SKOS.altLabel, Literal("x", lang="en")), (one, SKOS.exactMatch, other)),
        *((one, SKOS.broader, other), (one, SKOS.related, other), (one, SKOS.topConceptOf, other)),
    ):
        found.add(said_)

    assert broken(found) == ["S9", "S13", "S14", "S27", "S37", "S46", "S8", "S23", "S25"]
