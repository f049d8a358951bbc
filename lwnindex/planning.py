"""What a build would do, and why: a store and folders go in, a Plan comes out, and nothing is written.

It takes the way of a whole build, with a borrowed store, up to where files would be staged; so it says what
that build would do, and takes about as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from lwnindex import due, snapshot
from lwnindex.causes import Cause, Causes, Changed, causes
from lwnindex.config import Found
from lwnindex.disk import look, stat_from
from lwnindex.engine.memo import Memo
from lwnindex.engine.store import Store, Written
from lwnindex.folders import check_folders
from lwnindex.gather import Gathered
from lwnindex.model import Parsed, Problem
from lwnindex.options import Options
from lwnindex.problems import ordered
from lwnindex.publishing import to_hold
from lwnindex.revise import Last
from lwnindex.site import Report
from lwnindex.standing import written
from lwnindex.storing import with_borrowed
from lwnindex.trees import own_place, seen
from lwnindex.visits import linked, met, remarks
from lwnindex.writing import Made, Tally, foreseen

if TYPE_CHECKING:
    from lwnindex.pipeline import Page, Site, Tools
    from lwnindex.viewmodel import AnyView

_FEW = 50
"""So many sources that changed are looked for in the pages that show them."""


class Plan(NamedTuple):
    """What a build would do: its report, the pages that would be `new`, and the causes by path."""

    report: Report
    new: frozenset[str]
    causes: Mapping[str, tuple[Cause, ...]]


class _Note(NamedTuple):
    """What making a page tells: its dead links, and why it is made."""

    dead: tuple[Problem, ...]
    causes: tuple[Cause, ...]


class _Work(NamedTuple):
    """A plan in the making: `live` is the folder in which the published site stands."""

    found: Found
    gathered: Gathered
    store: Store
    live: Path
    options: Options


def plan(found: Found, options: Options | None = None) -> Plan:
    """Return what a build would do; SiteError where it could not be done."""
    how = options or Options()
    check_folders(found)
    to_hold(found)
    live = _live(found)
    return with_borrowed(found, how, partial(_planned, found, how, live), live)


def _live(found: Found) -> Path:
    """Return the folder with which a build compares: the tree that is published, if there is one."""
    if found.config.publishing.switch == "renames":
        return found.output.resolve()
    place = own_place(found.output)
    trees = seen(place)
    return trees.live or (place if place.is_dir() else trees.idle)


def _planned(found: Found, options: Options, live: Path, store: Store) -> Plan:
    gathered = Gathered(found, store, trust=options.trust_stat, now=options.now, bounds=options.bounds)
    work = _Work(found, gathered, store, live, options)
    site = linked(gathered, Memo(store, options.hands("reading")), store)
    tools = gathered.tools(site.plan.site, store.blob)
    changed = _changed(work, site, tools)
    notes: dict[str, _Note] = {}

    def noted(told: Mapping[str, bytes]) -> None:
        notes.update((path, msgspec.msgpack.decode(note, type=_Note)) for path, note in told.items())

    tally, new = foreseen(
        site.plan.paths,
        _Making(site, tools, changed, written(live, store), live),
        live,
        store,
        options.hands("writing"),
        trust_stat=options.trust_stat,
        trust_key=not options.clean,
        noted=noted,
    )
    dead = [each for note in notes.values() for each in note.dead]
    why = {path: notes[path].causes for path in tally.written if path in notes}
    why.update(dict.fromkeys(tally.removed, changed.of_removal()))
    return Plan(_report(work, site, tally, dead), new, why)


# What changed ------------------------------------------------------------------------------------


def _changed(work: _Work, site: Site, tools: Tools) -> Changed:
    """Return what is not as it was when the site was last built."""
    last = Last(work.store, work.live)
    before = last.causes(Causes)
    after = causes(tools.renderer, work.gathered.config, work.gathered.today)
    sources = _sources(last.said() or {}, work, site)
    catalog = site.catalog
    shown = [
        (path.encode(), catalog.cards[one].file)
        for one, path in catalog.paths.items()
        if len(sources) <= _FEW and catalog.cards[one].file in sources
    ]
    return Changed(
        before=before,
        after=after,
        sources=sources,
        due=_due(
            site.parsed, before.day if before else after.day, after.day, work.found.config.site.timezone
        ),
        own=_own(work.gathered, site),
        shown=shown,
    )


def _sources(said: Mapping[str, snapshot.Said], work: _Work, site: Site) -> dict[str, str]:
    """Return which sources are new, changed or removed, by their files."""
    both = zip(work.gathered.sources.sources, site.parsed, strict=True)
    now = {source.file: parsed.digest for source, parsed in both}
    found = {file: "removed" for file in said if file not in now}
    for file, digest in now.items():
        if file not in said:
            found[file] = "new"
        elif said[file].source != digest:
            found[file] = "changed"
    return found


def _due(parsed: Iterable[Parsed], before: str, after: str, zone: str) -> tuple[str, ...]:
    """Return the files of articles that one day brings or takes, unlike the other."""
    cards = (article.card for one in parsed for article in one.articles) if before != after else ()
    turned = (one.file for one in cards if due.withheld(one, before, zone) != due.withheld(one, after, zone))
    return tuple(sorted(set(turned)))


def _own(gathered: Gathered, site: Site) -> dict[str, str]:
    """Return of which file each page is, as far as it is of one."""
    catalog = site.catalog
    found = {source.path: source.file for source in gathered.files.sources}
    found |= {path: f"the theme's {path}" for path in gathered.theme.assets if path not in found}
    found |= {page.path: page.file for one in site.parsed for page in one.pages}
    return found | {path: catalog.cards[one].file for one, path in catalog.paths.items()}


# The pages ---------------------------------------------------------------------------------------


class _Making:
    """Makes what would stand at a path, with a note of why; it is called where the work is done.

    `rows` are what was written into the folder `live`.
    """

    def __init__(
        self, site: Site, tools: Tools, changed: Changed, rows: Mapping[str, Written], live: Path
    ) -> None:
        self.site, self.tools, self.changed = site, tools, changed
        self.rows, self.live = rows, live

    def __call__(self, path: str, last: str) -> Made:
        """Make it, if its key is not the `last` one."""
        from lwnindex.pipeline import page
        from lwnindex.render import encoded_view

        view, dead = self.site.plan.made(path)
        encoded = encoded_view(view)
        made = page(view, self.tools, last, encoded)
        why: tuple[Cause, ...] = ()
        if made.content is not None:
            why = self._why(view, encoded, made.key)
        note = msgspec.msgpack.encode(_Note(tuple(dead), why)) if dead or why else b""
        return Made(made.key, _content(made), note)

    def _why(self, view: AnyView, encoded: bytes, key: str) -> tuple[Cause, ...]:
        """Return why the file of a view is made that is to have a key."""
        row = self.rows.get(view.path)
        if row is None:
            return self.changed.of_page(view, encoded, "")
        found = look(f"{self.live}/{view.path}")
        wrong = () if stat_from(found) == row.stat else (Cause("altered" if found else "missing"),)
        return (*wrong, *(self.changed.of_page(view, encoded, row.key) if row.key != key else ()))


def _content(made: Page) -> bytes | Path | None:
    return Path(made.content.place) if isinstance(made.content, tuple) else made.content


def _report(work: _Work, site: Site, tally: Tally, dead: Sequence[Problem]) -> Report:
    """Return what a build would tell."""
    own = (*work.gathered.problems, *met(site.parsed), *site.problems, *dead, *tally.problems)
    return Report(
        articles=len(site.catalog.order),
        topics=len(site.catalog.topics),
        pages=len(site.plan.paths),
        written=tally.written,
        kept=tally.kept,
        removed=tally.removed,
        problems=ordered((*own, *remarks(work.found.config, len(site.catalog.order)))),
        counts={},
        stages={},
        feeds=dict(site.plan.feeds),
    )
