"""Index entries become a tree: every topic with its own articles, its count, its address and its anchor.

Entries and articles go in, topics by entry come out. Where two names meet in one address or anchor, the
one with the earliest article keeps it and each other is marked; the choice depends on the articles filed
below the names alone, so it is the same in every build, and no further parent moves a page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType

from msgspec.structs import replace

from lwnindex import names
from lwnindex.model import Card, Entry, Index, Problem, Topic
from lwnindex.problems import problem
from lwnindex.relations import Relations
from lwnindex.settings import Config, NamedIndex

Places = Mapping[Entry, tuple[str, int]]
"""Where an entry, or one below it, was first met: file and line, for problems."""

Sorts = Mapping[Entry, str]
"""What the last level of some topics is sorted by instead of by itself."""

Folders = Mapping[Entry, str]
"""Where the pages of some topics stand, in the folder of what is above them."""

PlaceKey = tuple[tuple[tuple[tuple[str, int, str], ...], str], ...]

_AS_NAMED: Sorts = MappingProxyType({})


def topics(
    filed: Mapping[Entry, Sequence[str]],
    rank: Mapping[str, int],
    bases: Mapping[str, str],
    places: Places,
    *,
    empty: Iterable[Entry] = (),
    sorts: Sorts = _AS_NAMED,
    folders: Folders = _AS_NAMED,
    related: Relations = Relations(),  # noqa: B008 - it is frozen
) -> tuple[dict[Entry, Topic], tuple[Problem, ...]]:
    """Return every topic by its entry, sorted, and the clashes of addresses and anchors among them.

    `filed` gives each entry its articles, newest first; `rank` is an article's place in the order of age,
    0 the newest; `bases` gives each index the folder its topics stand in. `empty` are topics that there are
    also without articles. Those of `folders` have theirs before their siblings are told apart.
    """
    children = _children([*filed, *empty], sorts)
    in_order = list(_in_order(children))
    subtree = _subtrees(filed, children, in_order)
    ages = {entry: max(map(rank.__getitem__, ids), default=-1) for entry, ids in subtree.items()}
    clashes = _Clashes(places)
    paths = _paths(children, in_order, ages, bases, clashes, folders=folders)
    anchors = _anchors(in_order, ages, clashes)
    counted = _with_adopted(filed, children, related.adopted) if related.adopted else subtree
    found = {
        entry: Topic(
            entry=entry,
            path=names.page_of(paths[entry]),
            anchor=anchors[entry],
            own=tuple(filed.get(entry, ())),
            count=len(counted[entry]),
            children=children.get(entry, ()),
        )
        for entry in in_order
    }
    return _related(found, sorts, related), clashes.problems()


def places_of(
    cards: Iterable[Card], said: Iterable[tuple[Entry, str, int]] = ()
) -> dict[Entry, tuple[str, int]]:
    """Return where each entry, and each that stands above one, is met first: in an article, if in any.

    `said` are entries that are named elsewhere, with file and line.
    """
    found: dict[Entry, tuple[str, int]] = {}
    for card in cards:
        for place, entry in enumerate(card.entries):
            if entry in found:
                continue
            line = card.entry_lines[place] if place < len(card.entry_lines) else 0
            for depth in range(1, len(entry) + 1):
                found.setdefault(entry[:depth], (card.file, line))
    for entry, file, line in said:
        for depth in range(1, len(entry) + 1):
            found.setdefault(entry[:depth], (file, line))
    return found


def place_of(entry: Entry, sorts: Sorts = _AS_NAMED) -> PlaceKey:
    """Return the sort key of a topic in its index."""
    if not sorts:
        return names.topic_key(entry[1:])
    return tuple(_level_key(entry[:depth], sorts) for depth in range(2, len(entry) + 1))


def _level_key(entry: Entry, sorts: Sorts) -> tuple[tuple[tuple[str, int, str], ...], str]:
    """Return the sort key of a topic among its siblings."""
    return names.natural_key(sorts.get(entry) or entry[-1]), entry[-1]


def _related(tree: dict[Entry, Topic], sorts: Sorts, related: Relations) -> dict[Entry, Topic]:
    """Return the topics with what is said of them; those that have nothing of it are untouched."""
    if not sorts and related == Relations():
        return tree
    place = {entry: number for number, entry in enumerate(tree)}
    for entry in {*sorts, *related.parents, *related.adopted, *related.see_also} & tree.keys():
        tree[entry] = replace(
            tree[entry],
            adopted=_by_place(related.adopted.get(entry, ()), sorts),
            parents=tuple(sorted(related.parents.get(entry, ()), key=lambda one: (place.get(one, -1), one))),
            see_also=tuple(sorted(related.see_also.get(entry, ()), key=place.__getitem__)),
            sort=sorts.get(entry, ""),
        )
    return tree


def _by_place(entries: Iterable[Entry], sorts: Sorts) -> tuple[Entry, ...]:
    """Return topics of any places as they stand below one that has adopted them."""
    return tuple(sorted(entries, key=lambda one: (_level_key(one, sorts), one)))


def adopted_by(index: str, related: Relations, sorts: Sorts) -> tuple[Entry, ...]:
    """Return the topics of which an index is a further parent, in the order of an index."""
    return _by_place(related.adopted.get((index,), ()), sorts)


def _children(filed: Iterable[Entry], sorts: Sorts) -> dict[Entry, tuple[Entry, ...]]:
    """Return the sub-entries of every entry that has any, in the order of an index; roots are index names."""
    below: dict[Entry, set[Entry]] = defaultdict(set)
    for entry in filed:
        for depth in range(1, len(entry)):
            below[entry[:depth]].add(entry[: depth + 1])
    return {
        parent: tuple(sorted(found, key=lambda one: _level_key(one, sorts)))
        for parent, found in below.items()
    }


def _in_order(children: Mapping[Entry, tuple[Entry, ...]]) -> Iterable[Entry]:
    """Yield every topic before its sub-topics, index by index."""
    roots = sorted((entry for entry in children if len(entry) == 1), reverse=True)
    stack = [one for root in roots for one in children[root][::-1]]
    while stack:
        entry = stack.pop()
        yield entry
        stack.extend(children.get(entry, ())[::-1])


def _subtrees(
    filed: Mapping[Entry, Sequence[str]],
    children: Mapping[Entry, tuple[Entry, ...]],
    in_order: Sequence[Entry],
) -> dict[Entry, Collection[str]]:
    """Return the different articles of each topic and all below it."""
    found: dict[Entry, Collection[str]] = {}
    for entry in reversed(in_order):
        own, below = filed.get(entry, ()), children.get(entry)
        found[entry] = set(own).union(*(found[each] for each in below)) if below else own
    return found


def _with_adopted(
    filed: Mapping[Entry, Sequence[str]],
    children: Mapping[Entry, tuple[Entry, ...]],
    adopted: Mapping[Entry, tuple[Entry, ...]],
) -> dict[Entry, frozenset[str]]:
    """Return the different articles of each topic or index and all below it, also of what it adopted."""
    found: dict[Entry, frozenset[str]] = {}
    waiting = [*children, *adopted]
    while waiting:
        entry = waiting[-1]
        below = (*children.get(entry, ()), *adopted.get(entry, ()))
        missing = [one for one in below if one not in found]
        if missing:
            waiting.extend(missing)
            continue
        waiting.pop()
        found[entry] = frozenset(filed.get(entry, ())).union(*(found[one] for one in below))
    return found


def _paths(
    children: Mapping[Entry, tuple[Entry, ...]],
    in_order: Iterable[Entry],
    ages: Mapping[Entry, int],
    bases: Mapping[str, str],
    clashes: _Clashes,
    *,
    folders: Folders = _AS_NAMED,
) -> dict[Entry, str]:
    """Return the folder of each topic's page, siblings told apart, parents before their children."""
    paths: dict[Entry, str] = {(name,): base for name, base in bases.items()}
    for parent in [*(entry for entry in children if len(entry) == 1), *in_order]:
        siblings = sorted(children.get(parent, ()), key=lambda one: (one not in folders, -ages[one], one))
        plain = [folders.get(one) or names.segment(one[-1]) for one in siblings]
        chosen = names.distinct(zip(plain, (one[-1] for one in siblings), strict=True))
        clashes.note(siblings, [names.folded(one) for one in plain], chosen, folders)
        paths.update({one: f"{paths[parent]}/{name}" for one, name in zip(siblings, chosen, strict=True)})
    return paths


def _anchors(in_order: Iterable[Entry], ages: Mapping[Entry, int], clashes: _Clashes) -> dict[Entry, str]:
    """Return each topic's anchor on its index's page, told apart where the lossy rule makes two alike."""
    found: dict[Entry, str] = {}
    seen: dict[tuple[str, str], Entry] = {}
    for entry in sorted(in_order, key=lambda one: (-ages[one], one)):
        plain = names.anchor(entry[1:])
        first = seen.setdefault((entry[0], plain), entry)
        clear = first == entry and plain
        found[entry] = plain if clear else plain + names.mark("\0".join(entry[1:]))
        if first != entry:
            clashes.add(first, entry, f"the anchor #{plain}")
    return found


class _Clashes:
    """Collects who had to yield to whom; the one thing here that grows while the rest is computed."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._found: dict[Entry, tuple[str, str]] = {}
        self._yielded: dict[Entry, str] = {}

    def add(self, first: Entry, second: Entry, what: str, *, is_kept: bool = False) -> None:
        name = f'"{" / ".join(first)}"'
        holder = f"{name}, which keeps its folder," if is_kept else f"the older {name}"
        self._found.setdefault(second, (holder, what))

    def note(
        self, siblings: Sequence[Entry], keys: Sequence[str], chosen: Sequence[str], kept: Folders
    ) -> None:
        """Record each sibling whose key one holds already that is older, or that keeps a folder."""
        holders: dict[str, Entry] = {}
        for entry, key, name in zip(siblings, keys, chosen, strict=True):
            if holders.setdefault(key, entry) != entry:
                what = f"a folder on some file systems; its page stands in {name}/"
                self.add(holders[key], entry, what, is_kept=holders[key] in kept)
            elif names.is_reserved(key):
                self._yielded[entry] = name

    def problems(self) -> tuple[Problem, ...]:
        told = (
            _clash(holder, second, what, self._places[second])
            for second, (holder, what) in sorted(self._found.items())
        )
        yielded = sorted(self._yielded.items())
        return (*told, *(_reserved(entry, name, self._places[entry]) for entry, name in yielded))


def _clash(holder: str, yielding: Entry, what: str, place: tuple[str, int]) -> Problem:
    return problem(
        "address-clash",
        *place,
        f'the topic "{" / ".join(yielding)}" and {holder} would share {what}.',
        "If they are one topic, file all articles under one spelling.",
    )


def _reserved(entry: Entry, name: str, place: tuple[str, int]) -> Problem:
    return problem(
        "address-clash",
        *place,
        f'the folder of the topic "{" / ".join(entry)}" would bear a name that pages of the site have; '
        f"its page stands in {name}/.",
        "Nothing has to be done; another name would give it an address without the mark.",
    )


def base_of(index: Index) -> str:
    """Return the folder an index's topics stand in: beside a page folder called `Index`, else below it."""
    folder = names.folder_of(index.page)
    return names.folder_of(folder) if folder.endswith("/Index") else folder


def others(one: Index, config: Config) -> tuple[tuple[str, str], ...]:
    """Return (kind, path) of the pages on which an index stands once more: `tree`, `words`, `year`.

    Only those that the site has; that by years is called as LWN calls it, `ConferenceByYear`.
    """
    base, folder = base_of(one), names.folder_of(one.page)
    wanted = (
        ("tree", f"{base}/Tree", config.pages.trees),
        ("words", f"{base}/Words", config.pages.words),
        ("year", f"{folder.removesuffix('Index')}ByYear", _is_by_year(one, config)),
    )
    return tuple((kind, names.page_of(place)) for kind, place, made in wanted if made)


def _is_by_year(one: Index, config: Config) -> bool:
    return config.indexes.get(one.name, NamedIndex()).by_year
