"""A build of which the last one knows nearly all: nothing changed, or bodies did and what cites them did not.

Every way out of it is a whole build: where anything is not as the last build left it, nothing is done here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec
from msgspec.structs import replace

from lwnindex import snapshot
from lwnindex.articleviews import ArticleView
from lwnindex.digest import decoded, digest_bytes
from lwnindex.engine.memo import Memo, Stage
from lwnindex.engine.store import DamagedError, Store
from lwnindex.gather import Gathered
from lwnindex.model import Body, Parsed, Source
from lwnindex.problems import ordered
from lwnindex.snapshot import Said, SearchNote, Showing, Snapshot
from lwnindex.trees import site_of
from lwnindex.viewmodel import AnyView

_MOST_UNREAD = 200
"""Sources that have no hint, above which a whole build reads them, with all workers."""

_MOST_CHANGED = 50


V = TypeVar("V")


class Revision(NamedTuple):
    """What is to be done: the figures to report then, the views to be written, and what to leave for next."""

    past: Snapshot
    views: Mapping[str, AnyView]
    said: Mapping[str, Said]
    showing: Showing
    digests: Mapping[str, str]
    bodies: Mapping[str, Body] = {}
    search: SearchNote | None = None

    @property
    def held(self) -> Iterator[str]:
        """The digests of all bodies that there are now."""
        yield from (body for body in self.showing if body not in self.bodies)
        yield from (one.digest for one in self.bodies.values())


class Last:
    """What the last build into an output left in the store.

    Of a site that has several trees it is what the last build into any of them left, and holds for that one.
    """

    def __init__(self, store: Store, output: Path) -> None:
        self._store = store
        self._tree = os.fsencode(output)
        self._own = digest_bytes(os.fsencode(site_of(output)))

    def snapshot(self) -> Snapshot | None:
        """Return the last build's figures; None where it was another tree that it wrote."""
        tree, past = self._noted("snapshot", tuple[bytes, Snapshot]) or (b"", None)
        return past if tree == self._tree else None

    def said(self) -> dict[str, Said] | None:
        """Return what each source said to the last build, by its file."""
        return self._noted("said", dict[str, Said])

    def showing(self) -> Showing | None:
        """Return which pages show which body."""
        return self._noted("showing", Showing)

    def search(self) -> SearchNote | None:
        """Return what the search is made of."""
        return self._noted("search", SearchNote)

    def causes(self, kind: type[V]) -> V | None:
        """Return what the last whole build's pages depended on, a value of a kind."""
        return self._noted("causes", kind)

    def explain(self, causes: object) -> None:
        """Keep what the pages of a whole build depend on."""
        self._note("causes", causes)

    def leave(
        self, past: Snapshot, said: Mapping[str, Said], showing: Showing, search: SearchNote | None
    ) -> None:
        """Keep what a build knows for the next one; `search` is nothing where a site has none."""
        self._note("said", said)
        self._note("search", search)
        self._note("showing", showing)
        # What says that the others are to be trusted comes last.
        self._note("snapshot", (self._tree, past))

    def forget(self) -> None:
        """Leave nothing to rely on, as long as the output is neither what it was nor what it shall be."""
        self._note("snapshot", None)

    def _note(self, what: str, value: object) -> None:
        self._store.note(f"{what} {self._own}", msgspec.msgpack.encode(value))

    def _noted(self, what: str, kind: type[V]) -> V | None:
        return decoded(self._store.noted(f"{what} {self._own}"), kind)


def revision(
    gathered: Gathered,
    store: Store,
    memo: Memo,
    last: Last,
    early: Callable[[Revision], None] | None = None,
) -> Revision | None:
    """Return what the sources that changed ask for; None where that is more than other bodies.

    `early` is given it without what changes in the search, before that is counted.
    """
    past = last.snapshot()
    if past is None or past.circumstances != gathered.circumstances or not past.days.hold(gathered.today):
        return None
    if not gathered.read_few(_MOST_UNREAD):
        return None
    sources = gathered.sources.sources
    own = snapshot.sources_digest((one.file, one.digest) for one in sources)
    if own == past.sources:
        return Revision(past, {}, {}, {}, _digests(sources))
    said = last.said()
    changed = snapshot.changed(said, sources) if said is not None else None
    if said is None or changed is None or len(changed) > _MOST_CHANGED:
        return None
    from lwnindex.pipeline import parsing

    past = replace(past, sources=own)
    stage = parsing(gathered.inputs, gathered.read)
    found = _revision(_Change(store, memo, stage, changed, said), past, last)
    found = found and found._replace(digests=_digests(sources))
    if found and early:
        early(found)
    if found and gathered.config.search.enabled:
        found = _recounted(found, gathered.fingerprint, store, memo, last)
    return found


def _recounted(found: Revision, fingerprint: str, store: Store, memo: Memo, last: Last) -> Revision | None:
    """Return a revision with what it changes in the search; None where that is more than can be told."""
    from lwnindex.pipeline import searching
    from lwnindex.recount import Known, recounted

    note, pages = last.search(), found.views.values()
    if note is None:
        return None
    named = {(view.line.date or "")[:7] for view in pages if isinstance(view, ArticleView)}
    try:
        known = Known(note, searching(fingerprint, store.blob), memo, store)
        search = recounted(known, found.bodies, named)
    except (DamagedError, ValueError, msgspec.DecodeError):
        return None
    return search and found._replace(views={**found.views, **search.views}, search=search.note)


def _digests(sources: Iterable[Source]) -> dict[str, str]:
    return {one.file: one.digest for one in sources}


class _Change(NamedTuple):
    """The sources that changed, and what it takes to know how they were and are read."""

    store: Store
    memo: Memo
    stage: Stage[Source, Parsed]
    sources: Sequence[Source]
    said: dict[str, Said]

    def new(self) -> list[Parsed]:
        """Return what the sources hold now."""
        return self.memo.each(self.stage, self.sources)

    def old(self) -> list[Parsed] | None:
        """Return what they held; None where that is not known any more."""
        former = [replace(one, digest=self.said[one.file].source) for one in self.sources]
        values = self.store.some(map(self.stage.key, former))
        found = {key: decoded(value, Parsed) for key, value in values}
        known = [found.get(self.stage.key(one)) for one in former]
        return [one for one in known if one] if all(known) else None


def _revision(change: _Change, past: Snapshot, last: Last) -> Revision | None:
    troubled = {one.file for one in past.linked}
    if any(one.file in troubled for one in change.sources):
        # Its problems of index and link have line numbers, which may be others now.
        return None
    # What was not parsed as it is written is not known; to find that out may take as long as it may cost.
    old = change.old()
    if old is None:
        return None
    new = change.new()
    if any(one.digest != each.digest for one, each in zip(change.sources, new, strict=True)):
        # It changed once more, or could not be read as it is written.
        return None
    says = {one.file: snapshot.said(each) for one, each in zip(change.sources, new, strict=True)}
    is_other = any(one.outline != change.said[file].outline for file, one in says.items())
    showing = None if is_other else last.showing()
    if showing is None:
        return None
    bodies = _pairs(old, new)
    views = _views(change.store, showing, bodies) if _are_alone(bodies, past, showing) else None
    if views is None:
        return None
    files = {one.file for one in change.sources}
    problems = [
        *(one for one in past.read if one.file not in files),
        *(p for one in new for p in one.problems),
    ]
    counts = past.counts
    for before, after in zip(old, new, strict=True):
        counts = snapshot.revised_counts(counts, before, after)
    past = replace(past, read=ordered(problems), counts=counts)
    return Revision(past, views, {**change.said, **says}, showing, {}, bodies)


def _pairs(old: Sequence[Parsed], new: Sequence[Parsed]) -> dict[str, Body]:
    """Return the bodies that changed by the digests of those that they stand for."""
    before = (body for one in old for body in snapshot.bodies(one))
    after = (body for one in new for body in snapshot.bodies(one))
    return {one.digest: other for one, other in zip(before, after, strict=True) if one != other}


def _are_alone(bodies: Mapping[str, Body], past: Snapshot, showing: Showing) -> bool:
    """Tell whether each of these bodies, old and new, is that of one source, by which it can be told."""
    new = [one.digest for one in bodies.values()]
    known = {digest for digest in new if digest in showing} - bodies.keys()
    return not known and len(set(new)) == len(new) and not bodies.keys() & set(past.shared)


def _views(store: Store, showing: Showing, bodies: Mapping[str, Body]) -> dict[str, AnyView] | None:
    """Return the views that show these bodies as they shall be, by their paths; None where one is unknown."""
    views: dict[str, AnyView] = {}
    for body in bodies:
        try:
            views |= {path: snapshot.read(store.blob(view)) for path, view in showing.get(body, ())}
        except (DamagedError, ValueError, msgspec.DecodeError):
            return None
    try:
        return {path: snapshot.revised(view, bodies) for path, view in views.items()}
    except KeyError:
        return None
