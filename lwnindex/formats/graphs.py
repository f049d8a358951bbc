"""A graph of things and what is said of them, as Turtle and as JSON-LD: both say the same.

Things come in, each with its address, its kind and what is said of it; UTF-8 bytes go out, in that order.
Kinds and predicates are short names, `skos:broader`, of the vocabularies below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

VOCABULARIES = {
    "dcterms": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
"""The vocabularies that short names may be of."""


class Address(NamedTuple):
    """An IRI."""

    iri: str


class Text(NamedTuple):
    """A text in a language, or in none."""

    text: str
    language: str = ""


Object = Address | Text


class Thing(NamedTuple):
    """A thing, its kind, and by predicate what is said of it; a predicate with nothing to it is left out."""

    address: Address
    kind: str
    said: tuple[tuple[str, tuple[Object, ...]], ...]


# Turtle 1.1, section 6.5: IRIREF and STRING_LITERAL_QUOTE; and what other readers of IRIs would refuse.
_NOT_IN_IRIS = re.compile(r'[\x00-\x20<>"{}|^`\\\x7f-\x9f\ud800-\udfff]')
_SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_LANGUAGE = re.compile("[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")

TURTLE_HEAD = b"# Made by lwnindex\n"
"""What our Turtle begins with."""


_BETWEEN = ",\n        "

JSONLD_HEAD = b'{\n "@context": {\n  "dcterms": "http://purl.org/dc/terms/",\n'
"""What our JSON-LD begins with."""


def address(text: str) -> Address:
    """Return an address, percent-encoded where it holds what no IRI may."""
    return Address(_NOT_IN_IRIS.sub(_encoded, text))


def _encoded(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace"))


def tag(language: str) -> str:
    """Return a language's tag as RDF may have it, or none."""
    return language if _LANGUAGE.fullmatch(language) else ""


def turtle(things: Iterable[Thing]) -> bytes:
    """Return a graph as Turtle."""
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in VOCABULARIES.items())
    return TURTLE_HEAD + (prefixes + "".join(map(_paragraph, things))).encode("utf-8")


def _paragraph(thing: Thing) -> str:
    lines = [f"\n<{thing.address.iri}> a {thing.kind}"]
    lines += [
        f"    {predicate} {_BETWEEN.join(map(_object, objects))}"
        for predicate, objects in thing.said
        if objects
    ]
    return " ;\n".join(lines) + " .\n"


def _object(one: Object) -> str:
    if isinstance(one, Address):
        return f"<{one.iri}>"
    language = f"@{one.language}" if one.language else ""
    return f'"{"".join(map(_escaped, one.text))}"{language}'


def _escaped(letter: str) -> str:
    """Return a character as a string of Turtle has it; what nobody sees is written as its number."""
    if letter in _SHORT:
        return _SHORT[letter]
    if letter.isprintable() or letter in "\u00a0\u3000":
        return letter
    return f"\\u{ord(letter):04X}" if ord(letter) < 0x10000 else f"\\U{ord(letter):08X}"


def jsonld(things: Iterable[Thing]) -> bytes:
    """Return a graph as JSON-LD, with no context but the names of its vocabularies."""
    found = {"@context": VOCABULARIES, "@graph": [_node(thing) for thing in things]}
    return msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n"


def _node(thing: Thing) -> dict[str, object]:
    said = {predicate: [_value(one) for one in objects] for predicate, objects in thing.said if objects}
    return {"@id": thing.address.iri, "@type": thing.kind, **said}


def _value(one: Object) -> dict[str, str]:
    if isinstance(one, Address):
        return {"@id": one.iri}
    return {"@value": one.text, **({"@language": one.language} if one.language else {})}
