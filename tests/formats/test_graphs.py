"""Turtle and JSON-LD say the same, and what was said is read back by another program."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, Literal, URIRef
from rdflib.compare import isomorphic

from lwnindex.formats.graphs import (
    JSONLD_HEAD,
    TURTLE_HEAD,
    VOCABULARIES,
    Address,
    Text,
    Thing,
    address,
    jsonld,
    tag,
    turtle,
)

ONE, OTHER = Address("https://example.org/1#topic"), Address("https://example.org/2#topic")
ODD = st.sampled_from(
    ('"', '"""', "\\", "\\u0041", "\n", "\r\n", "\t", "\u202e", "\u2028", "\U0001f427", "@en")
)
TEXTS = st.lists(st.one_of(ODD, st.text(st.characters(exclude_categories=["Cs"]), max_size=8))).map("".join)


def thing(*texts: Text, to: tuple[Address, ...] = ()) -> Thing:
    return Thing(ONE, "skos:Concept", (("skos:altLabel", texts), ("skos:related", to)))


def read(*things: Thing) -> Graph:
    """Return the graph that both formats say."""
    found = Graph().parse(data=turtle(things), format="turtle")
    same = Graph().parse(data=jsonld(things), format="json-ld")
    assert isomorphic(found, same)
    return found


def test_a_graph_is_written_for_people_too() -> None:
    written = turtle([thing(Text("Größe", "de"), Text("a"), to=(OTHER,))]).decode("utf-8")

    assert written.startswith(TURTLE_HEAD.decode() + "@prefix dcterms: <http://purl.org/dc/terms/> .\n")
    assert written.endswith(
        "\n<https://example.org/1#topic> a skos:Concept ;\n"
        '    skos:altLabel "Größe"@de,\n'
        '        "a" ;\n'
        "    skos:related <https://example.org/2#topic> .\n"
    )


def test_both_formats_begin_as_they_are_known_by() -> None:
    assert jsonld([]).startswith(JSONLD_HEAD)
    assert jsonld([thing()]).startswith(JSONLD_HEAD)
    assert turtle([]).startswith(TURTLE_HEAD)


def test_what_was_said_is_read_back() -> None:
    skos = VOCABULARIES["skos"]
    found = read(thing(Text("a", "pt-BR"), Text("a"), to=(OTHER,)), thing())

    assert set(found.predicate_objects(URIRef(ONE.iri))) == {
        (URIRef("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), URIRef(f"{skos}Concept")),
        (URIRef(f"{skos}altLabel"), Literal("a", lang="pt-BR")),
        (URIRef(f"{skos}altLabel"), Literal("a")),
        (URIRef(f"{skos}related"), URIRef(OTHER.iri)),
    }


@given(st.lists(TEXTS, unique=True))
def test_every_text_is_read_back(texts: list[str]) -> None:
    found = read(thing(*(Text(one, "en") for one in texts)))

    assert {str(one) for one in found.objects(None, URIRef(f"{VOCABULARIES['skos']}altLabel"))} == set(texts)


@given(TEXTS)
def test_turtle_holds_no_character_that_nobody_sees(text: str) -> None:
    written = turtle([thing(Text(text))]).decode("utf-8").replace("\n", "")

    assert written.translate({0xA0: " ", 0x3000: " "}).isprintable()


@given(st.text(st.characters()))
def test_every_address_is_one_that_is_read_back(text: str) -> None:
    one = address(f"https://example.org/{text}")
    found = read(thing(to=(one,)))

    assert [str(each) for each in found.objects(None, URIRef(f"{VOCABULARIES['skos']}related"))] == [one.iri]


def test_an_address_that_may_stand_stays() -> None:
    assert address("https://example.org/%20a/Größe/#topic").iri == "https://example.org/%20a/Größe/#topic"
    assert address('https://example.org/<a b>"').iri == "https://example.org/%3Ca%20b%3E%22"


@pytest.mark.parametrize(("language", "expected"), [("pt-BR", "pt-BR"), ("de", "de"), ("", ""), ("e n", "")])
def test_a_language_is_told_if_it_is_one(language: str, expected: str) -> None:
    assert tag(language) == expected
