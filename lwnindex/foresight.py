"""What an archive's catalog is after a renaming, and which addresses would lead nowhere then.

A name that a topic has only by what is above it, as `Kernel/Old/Part` where `Kernel/Old` is an alias, is no
more when that leads elsewhere: then it has to be written down. A topic from which all goes has to be, too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from msgspec.structs import replace

from lwnindex import names
from lwnindex.index import index
from lwnindex.model import Catalog, Entry, See, Source
from lwnindex.problems import SiteError
from lwnindex.readers.topicsfile import read_topics
from lwnindex.reading import readings
from lwnindex.refiling import retopic
from lwnindex.refiling.exact import Edit, applied
from lwnindex.refiling.renaming import Renaming
from lwnindex.refiling.verify import verify
from lwnindex.settings import TOPICS
from lwnindex.thesaurus import written
from lwnindex.visits import Look

_T = TypeVar("_T")

Names = Mapping[Entry, tuple[Entry, ...]]
"""Topics that need a table, each with the further names that it has to have there."""

Addresses = Mapping[Entry, tuple[str, ...]]


def edits(
    seen: Look, files: retopic.Files, renaming: Renaming, into: str, folders: Mapping[Entry, str]
) -> Mapping[str, Sequence[Edit]]:
    """Return the edits of the files of topics after which all that leads to a topic before still does.

    `folders` are those that topics have to keep. Names are written down where they help, and addresses where
    no name does, since what has it would be told apart from another of its name in case alone.
    SiteError where neither helps, Inexact where the files cannot be rewritten.
    """
    needs = retopic.Needs(folders=folders, first=plain(seen.catalog))
    while True:
        found = retopic.edits(files, renaming, into, needs)
        texts = {
            file: applied(files.texts.get(file, ""), found.get(file, ())) for file in {*files.texts, *found}
        }
        verified = verify(texts, files, renaming, needs)
        after = foreseen(seen, renaming, texts)
        more = _more(needs, missing(seen.catalog, after, renaming), verified)
        if more == needs:
            more = needs._replace(folders={**left(seen.catalog, after), **needs.folders})
        if more == needs:
            more = needs._replace(addresses=_joined(needs.addresses, astray(seen.catalog, after, renaming)))
        if more == needs:
            return found
        needs = more


def _more(needs: retopic.Needs, lost: Names, files: retopic.Files) -> retopic.Needs:
    """Return what is needed with names that are lost, but for those that are written down or cannot be."""
    known = retopic.aliases(files)
    fresh = {
        topic: tuple(one for one in each if one not in known and _is_path(one, files))
        for topic, each in lost.items()
    }
    hidden = _joined(needs.hidden, fresh)
    return needs._replace(hidden={one: each for one, each in hidden.items() if _is_path(one, files)})


def _joined(
    lists: Mapping[Entry, Sequence[_T]], more: Mapping[Entry, Sequence[_T]]
) -> dict[Entry, tuple[_T, ...]]:
    return {one: tuple(dict.fromkeys((*lists.get(one, ()), *more.get(one, ())))) for one in {**lists, **more}}


def _is_path(entry: Entry, files: retopic.Files) -> bool:
    return retopic.path_of(entry, files.slash_names) is not None


def foreseen(seen: Look, renaming: Renaming, texts: Mapping[str, str]) -> Catalog:
    """Return the catalog after a renaming by which files of topics get these texts."""
    inputs = seen.gathered.inputs
    rules = readings(inputs.config)
    known = {one.file: one for one in inputs.sources}
    cards = [each.card for one in seen.parsed for each in one.articles]
    described = [
        told.topic
        for file, text in texts.items()
        for source in (known.get(file, Source(file=file, path=TOPICS[0], digest="")),)
        for told in read_topics(text.encode("utf-8", "surrogatepass"), file, rules[source.rules]).told
    ]
    return index(
        [replace(card, entries=renaming.all_of(card.entries)) for card in cards],
        inputs.config,
        inputs.words,
        described=described,
        today=inputs.today,
    )


def missing(before: Catalog, after: Catalog, renaming: Renaming) -> Names:
    """Return what has to be written down, so that what leads to a topic before leads there after."""
    found: dict[Entry, dict[Entry, None]] = defaultdict(dict)
    for name, topic in _missing(before, after, renaming):
        found[topic].update({name: None} if name != topic else {})
    return {topic: tuple(each) for topic, each in found.items()}


def left(before: Catalog, after: Catalog) -> dict[Entry, str]:
    """Return the folders that topics have now, of those that keep their names and would have others."""
    both = (one for one in after.topics if one in before.topics)
    folders = ((one, _last(before.topics[one].path), _last(after.topics[one].path)) for one in both)
    return {one: folder for one, folder, other in folders if folder != other and names.is_folder(folder)}


def _last(path: str) -> str:
    return names.folder_of(path).rpartition("/")[2]


def astray(before: Catalog, after: Catalog, renaming: Renaming) -> Addresses:
    """Return the addresses that led to topics before and would not, as files of topics have them.

    SiteError where a page would come to stand at one that leads to another topic.
    """
    own = {one.entry: one.topic for one in after.sees}
    led, leads = _leading(before), _leading(after)
    found: dict[Entry, tuple[str, ...]] = {}
    for one in (*before.former, *_all(before)):
        topic = own.get(renaming.of(one.topic), renaming.of(one.topic))
        key = names.folded(one.path)
        there = leads.get(key)
        stood = led[key] == one and topic in after.topics
        if not stood or (there and (there.topic, there.path) == (topic, one.path)):
            continue
        address = _address(one.path)
        if there and (there.topic != topic or there.path == after.topics[topic].path):
            raise SiteError(
                f'the page of "{written(there.topic)}" would stand at {address}, which leads to '
                f'"{written(topic)}" and would no more. Choose another name.',
                2,
            )
        found[topic] = (*found.get(topic, ()), address)
    return found


def _leading(catalog: Catalog) -> dict[str, See]:
    """Return what stands at each folded path: of several that would, one alone does."""
    return {names.folded(one.path): one for one in (*reversed(catalog.former), *_all(catalog))}


def _address(path: str) -> str:
    """Return the address of a page as files of topics have it."""
    address = "/" + path.replace("%", "%25")
    return address.removesuffix("index.html") if address.endswith("/index.html") else address


def _missing(before: Catalog, after: Catalog, renaming: Renaming) -> Iterator[tuple[Entry, Entry]]:
    """Yield each name that is missing with its topic, a topic that is with itself."""
    own = {one.entry: one.topic for one in after.sees}
    paths = {one.path: one.topic for one in (*after.former, *_all(after))}
    anchors = {(one.entry[0], one.anchor): one.topic for one in _all(after)}
    for one in _all(before):
        topic = renaming.of(one.topic)
        topic = own.get(topic, topic)
        leads = paths.get(one.path), anchors.get((one.entry[0], one.anchor))
        if len(topic) < 2 or leads == (topic, topic):
            continue
        if topic not in after.topics:
            yield topic, topic
        elif one.entry not in after.topics:
            yield one.entry, topic


def plain(catalog: Catalog) -> frozenset[Entry]:
    """Return the names at whose plain address a page stands, among those of which several would have it."""
    paths = {one.path for one in (*catalog.former, *_all(catalog))}
    alike: dict[str, set[tuple[Entry, str]]] = defaultdict(set)
    for one in _all(catalog):
        above = names.folder_of(names.folder_of(one.path))
        path = names.page_of(f"{above}/{names.segment(one.entry[-1])}")
        alike[names.folded(path)].add((one.entry, path))
    return frozenset(
        entry for group in alike.values() if len(group) > 1 for entry, path in group if path in paths
    )


def _all(catalog: Catalog) -> Iterator[See]:
    """Yield all names that lead to topics, their own ones last."""
    yield from catalog.sees
    for entry, topic in catalog.topics.items():
        yield See(entry=entry, topic=entry, path=topic.path, anchor=topic.anchor, printed=False)
