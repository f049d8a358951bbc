"""The thesaurus in SKOS: a concept scheme for each index, a concept for each topic.

A catalog and the notes of its topics come in, the things of a graph go out. They keep the integrity rules of
the SKOS Reference, whatever the catalog says: no name of a concept has two roles there (S13), each concept
has one preferred label (S14), and none is related to one that is above or below it (S27).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from lwnindex import names
from lwnindex.formats.graphs import Address, Text, Thing, address, tag
from lwnindex.formats.tables import in_order
from lwnindex.formats.thesaurus import other_names
from lwnindex.model import Catalog, Entry, Index, See, Topic
from lwnindex.settings import SiteSettings

Places = Mapping[Entry, tuple[Entry, ...]]
"""Topics by topics."""


def things(catalog: Catalog, notes: Mapping[Entry, str], site: SiteSettings) -> Iterator[Thing]:
    """Yield the schemes, in the order of indexes, then the concepts, in the order of topics."""
    seen = _Thesaurus(catalog, notes, site)
    yield from map(seen.scheme, catalog.indexes)
    yield from map(seen.concept, in_order(catalog))


class _Thesaurus:
    """A catalog as SKOS sees it; what it says is in the site's language."""

    def __init__(self, catalog: Catalog, notes: Mapping[Entry, str], site: SiteSettings) -> None:
        self._topics, self._notes = catalog.topics, notes
        self._text = partial(Text, language=tag(site.language))
        self._place = partial(_place, site.url)
        self._schemes = {one.name: self._place(one.page, "index") for one in catalog.indexes}
        self._names = other_names(catalog)
        self._order = in_order(catalog)
        self._broader = {entry: tuple(_broader(catalog.topics, entry)) for entry in self._order}
        self._narrower = _turned(self._broader, self._order)
        self._above = {entry: _closure(self._broader, entry) for entry in self._order}
        self._related = self._both_ways(catalog.topics.values())

    def scheme(self, index: Index) -> Thing:
        """Return the scheme of an index."""
        tops = [entry for entry in self._order if index.name in self._tops(entry)]
        title = (self._text(index.title),)
        said = (("dcterms:title", title), ("skos:hasTopConcept", self._concepts(tops)))
        return Thing(self._schemes[index.name], "skos:ConceptScheme", said)

    def concept(self, entry: Entry) -> Thing:
        """Return the concept of a topic."""
        other, hidden = self._labels(entry)
        tops = [self._schemes[name] for name in self._tops(entry)]
        note = self._notes.get(entry)
        said = (
            ("skos:inScheme", tuple(dict.fromkeys((self._schemes[entry[0]], *tops)))),
            ("skos:topConceptOf", tuple(tops)),
            ("skos:notation", (Text("/".join(entry)),)),
            ("skos:prefLabel", (self._text(entry[-1]),)),
            ("skos:altLabel", tuple(map(self._text, other))),
            ("skos:hiddenLabel", tuple(map(self._text, hidden))),
            ("skos:scopeNote", (self._text(note),) if note else ()),
            ("skos:broader", self._concepts(self._broader[entry])),
            ("skos:narrower", self._concepts(self._narrower[entry])),
            ("skos:related", self._concepts(self._related[entry])),
        )
        return Thing(self._concept(entry), "skos:Concept", said)

    def _concept(self, entry: Entry) -> Address:
        return self._place(self._topics[entry].path, "topic")

    def _concepts(self, entries: Iterable[Entry]) -> tuple[Address, ...]:
        return tuple(map(self._concept, entries))

    def _tops(self, entry: Entry) -> tuple[str, ...]:
        """Return the indexes in which a topic stands at the top."""
        above = (entry[:-1], *self._topics[entry].parents)
        found = (one[0] for one in above if len(one) == 1)
        return tuple(name for name in dict.fromkeys(found) if name in self._schemes)

    def _labels(self, entry: Entry) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the other names of a topic that are printed, and those that are not."""
        sees = self._names.get(entry, ())
        printed = dict.fromkeys(_label(one) for one in sees if one.printed)
        printed.pop(entry[-1], None)
        hidden = dict.fromkeys(_label(one) for one in sees if not one.printed)
        return tuple(printed), tuple(one for one in hidden if one not in printed and one != entry[-1])

    def _both_ways(self, topics: Iterable[Topic]) -> Places:
        """Return related topics, each of the other, without those that are above or below one another."""
        found: dict[Entry, set[Entry]] = {entry: set() for entry in self._order}
        for topic in topics:
            for other in topic.see_also:
                if other in found and not self._is_line(topic.entry, other):
                    found[topic.entry].add(other)
                    found[other].add(topic.entry)
        return {entry: tuple(sorted(others, key=self._order.__getitem__)) for entry, others in found.items()}

    def _is_line(self, one: Entry, other: Entry) -> bool:
        """Tell whether of two topics one is the other, or above it."""
        return one == other or one in self._above[other] or other in self._above[one]


def _place(url: str, path: str, fragment: str) -> Address:
    """Return the address of what a page is about, which is not that of the page."""
    return address(f"{names.absolute(url, path)}#{fragment}")


def _label(see: See) -> str:
    """Return another name: its last level where it stands beside the topic, else the whole of it."""
    return see.entry[-1] if see.entry[:-1] == see.topic[:-1] else "/".join(see.entry)


def _broader(topics: Mapping[Entry, Topic], entry: Entry) -> Iterator[Entry]:
    """Yield the topics right above a topic, first that in whose folder it is."""
    above = dict.fromkeys((entry[:-1], *topics[entry].parents))
    return (one for one in above if one in topics and one != entry)


def _turned(places: Places, order: Iterable[Entry]) -> Places:
    """Return for each topic those that lead to it."""
    found: dict[Entry, list[Entry]] = {entry: [] for entry in order}
    for entry, others in places.items():
        for other in others:
            found[other].append(entry)
    return {entry: tuple(others) for entry, others in found.items()}


def _closure(places: Places, entry: Entry) -> frozenset[Entry]:
    """Return all topics that are led to from a topic, by any number of steps."""
    found: set[Entry] = set()
    rest = list(places[entry])
    while rest:
        one = rest.pop()
        if one not in found:
            found.add(one)
            rest += places[one]
    return frozenset(found)
