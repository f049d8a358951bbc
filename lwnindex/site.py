"""A whole build: configuration, folders and store go in, the site stands on disk, and a Report comes back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from lwnindex import completing, due, snapshot
from lwnindex.config import Found
from lwnindex.engine.executors import Serial
from lwnindex.engine.memo import Memo
from lwnindex.engine.store import Store
from lwnindex.folders import check_folders
from lwnindex.gather import Gathered
from lwnindex.lock import held
from lwnindex.model import Problem
from lwnindex.options import Options
from lwnindex.problems import ordered
from lwnindex.publishing import opened, to_hold
from lwnindex.revise import Revision, revision
from lwnindex.snapshot import Showing, Shown, Snapshot
from lwnindex.standing import intact, written
from lwnindex.storing import gathered_for, with_store
from lwnindex.underway import Clock, Report, Work, wanted_first, with_first
from lwnindex.visits import linked, met
from lwnindex.writing import Made, Tally, write

if TYPE_CHECKING:
    from lwnindex.causes import Causes
    from lwnindex.pipeline import Page, Site

__all__ = ["NOTHING", "After", "Report", "build", "publish"]

NOTHING = Shown()

After = Callable[[Path, Store], None]
"""Does something with a site that is published in a folder, and with its store, which is held still."""


def build(found: Found, options: Options | None = None, after: After | None = None) -> Report:
    """Build the site that a configuration describes into its output folder; do something `after` that.

    SiteError where nothing can be published: a missing folder, a broken template, a full disk.
    """
    how = options or Options()
    check_folders(found)
    return with_store(found, how, lambda store: _build(found, how, store, after), output=to_hold(found))


def publish(
    found: Found, options: Options, site: Site, *, gathered: Gathered, store: Store, memo: Memo
) -> Report:
    """Write a site that is made already, while its store is held, as a build does."""
    check_folders(found)
    folders = {"output": to_hold(found)}
    with held(folders, options.patience, options.waiting), opened(found, options, store) as output:
        return _whole(Work(found.config, gathered, store, output, Clock(), memo, options), site)


def _build(found: Found, options: Options, store: Store, after: After | None) -> Report:
    clock = Clock()
    with opened(found, options, store) as output:
        gathered = gathered_for(found, options, store)
        clock.lap("load")
        memo = Memo(store, options.hands("reading"), options.memory and options.memory.results)
        work = Work(found.config, gathered, store, output, clock, memo, options)
        report = (_revised(work) if options.trust_stat else None) or _whole(work)
        if after:
            after(output.live, store)
        return report


# A build of which the last one knows nearly all --------------------------------------------------


def _revised(work: Work) -> Report | None:
    """Do what little has changed since the last build; None, and nothing done, where that is too much."""
    first: list[str] = []

    def early(found: Revision) -> None:
        if intact(work.output.live, work.store) == found.past.pages:
            work.ask(found.past.read, found.digests)
            work.last.forget()
            writing = partial(write, make=_revising(work, found, {}), store=work.store)
            first.extend(wanted_first(work, tuple(found.views), writing))

    watched = early if work.options.preview else None
    found = revision(work.gathered, work.store, work.memo, work.last, watched)
    if found is None or intact(work.output.live, work.store) != found.past.pages:
        return None
    work.clock.lap("parse")
    work.ask(found.past.read, found.digests)
    tally = _write_revised(work, found, first) if found.said else Tally((), found.past.pages, (), ())
    if tally.problems:
        # What was left says nothing of them, so the whole is looked at.
        return None
    if not work.gathered.is_all_known:
        work.gathered.remember(found.digests)
    work.clock.lap("write")
    return work.report(found.past, tally)


def _revising(work: Work, found: Revision, pages: dict[str, Shown]) -> Callable[[str, str], Made]:
    """Return what makes the pages of a revision, and notes in `pages` what they show."""
    from lwnindex.pipeline import page

    tools = work.gathered.tools(found.past.site, work.store.blob)

    def make(path: str, last: str) -> Made:
        view = found.views[path]
        made = page(view, tools, last)
        pages[path] = snapshot.shown(view, ())
        return Made(made.key, _content(made))

    return make


def _write_revised(work: Work, found: Revision, first: Sequence[str]) -> Tally:
    pages: dict[str, Shown] = {}
    make = _revising(work, found, pages)
    work.last.forget()
    paths = tuple(found.views)
    writing = partial(
        write, paths, make, store=work.store, workers=Serial(), partly=True, disk=work.options.disk
    )
    tally = work.output.write(writing)
    if tally.problems:
        return tally
    work.store.keep({}, {one.view: one.encoded for one in pages.values() if one.view})
    showing = snapshot.reshown(found.showing, pages, written(work.output.live, work.store), found.held)
    work.last.leave(found.past, found.said, showing, found.search)
    tally = with_first(tally, first, work.options.preview)
    return tally._replace(kept=found.past.pages - len(tally.written))


# A whole build -----------------------------------------------------------------------------------


def _whole(work: Work, known: Site | None = None) -> Report:
    memo, options = work.memo, work.options
    is_known = options.trust_stat and work.last.snapshot() is not None
    pages: dict[str, Shown] = {}
    first: list[str] = []

    def noted(notes: Mapping[str, bytes]) -> None:
        found = {path: snapshot.decode_shown(note) for path, note in notes.items()}
        work.store.keep({}, {one.view: one.encoded for one in found.values() if one.encoded})
        pages.update((path, replace(one, encoded=b"")) for path, one in found.items())

    def early(site: Site) -> None:
        work.ask(met(site.parsed), _digests(work, site))
        work.last.forget()
        make = partial(_made, site, work.store.digests(), not is_known)
        writing = partial(write, make=make, store=work.store, noted=noted)
        first.extend(wanted_first(work, site.plan.paths, writing))

    watched = early if options.preview else None
    site = known or linked(work.gathered, memo, work.store, work.clock.lap, early=watched)
    before = work.last.showing() if is_known else None
    work.last.forget()
    make = partial(_made, site, work.store.digests(), before is None)
    writing = partial(
        write,
        site.plan.paths,
        make,
        store=work.store,
        workers=options.hands("writing"),
        trust_stat=options.trust_stat,
        trust_key=not options.clean,
        noted=noted,
        disk=options.disk,
    )
    tally = work.output.write(writing)
    tally = with_first(tally, first, options.preview)
    work.clock.lap("write")
    held = [body.digest for one in site.parsed for body in snapshot.bodies(one)]
    made = dict(sorted(pages.items()))
    showing = snapshot.reshown(before or {}, made, frozenset(site.plan.paths), held)
    dead = [each for one in pages.values() for each in one.dead]
    whole = not (tally.problems or tally.late)
    past = replace(_past(work, site, dead, whole=whole), shared=snapshot.shared(held))
    _leave(work, site, work.memo, past, showing)
    work.clock.lap("keep")
    return work.report(past, tally)


def _made(site: Site, held: Container[str], whole: bool, path: str, last: str) -> Made:
    """Return what stands at a path, with a note of what it shows; called where the work is done.

    A view whose digest is among those `held` need not be sent. There is no note of a page that is what it
    was and has no dead links, unless the `whole` of them is asked for.
    """
    page = site.page(path, last, whole)
    shown = replace(page.shown, encoded=b"") if page.shown.view in held else page.shown
    noteworthy = page.content is not None or shown != NOTHING
    return Made(page.key, _content(page), msgspec.msgpack.encode(shown) if noteworthy else b"")


def _content(page: Page) -> bytes | Path | None:
    """Return what the writer is to write: bytes, a file to copy, or nothing."""
    return Path(page.content.place) if isinstance(page.content, tuple) else page.content


def _past(work: Work, site: Site, dead: Sequence[Problem], *, whole: bool) -> Snapshot:
    """Return the figures of this build; without what they hold for, if they are not to be relied on."""
    cards = [article.card for one in site.parsed for article in one.articles]
    day = (work.gathered.today, work.config.site.timezone)
    drafts = work.gathered.drafts
    counts = snapshot.counts_of(site.parsed) + Counter(due.counts(cards, *day, drafts=drafts))
    return Snapshot(
        circumstances=work.gathered.circumstances if whole else "",
        site=site.plan.site,
        sources=snapshot.sources_digest(_digests(work, site).items()),
        articles=len(site.catalog.order),
        topics=len(site.catalog.topics),
        pages=len(site.plan.paths),
        read=met(site.parsed),
        linked=ordered((*site.problems, *dead)),
        counts=tuple(sorted(counts.items())),
        feeds=site.plan.feeds,
        days=due.days(cards, *day, drafts=drafts),
    )


def _digests(work: Work, site: Site) -> dict[str, str]:
    """Return the digests of the sources as they were read, by file."""
    both = zip(work.gathered.sources.sources, site.parsed, strict=True)
    return {source.file: parsed.digest for source, parsed in both}


def _leave(work: Work, site: Site, memo: Memo, past: Snapshot, showing: Showing) -> None:
    """Leave for the next build what this one found out, and nothing that is of no more use."""
    searched = site.search.blobs if site.search else ()
    memo.sweep({*showing, *(view for places in showing.values() for _, view in places), *searched})
    work.gathered.remember(_digests(work, site))
    both = zip(work.gathered.sources.sources, site.parsed, strict=True)
    said = {source.file: snapshot.said(one) for source, one in both}
    work.last.explain(_causes(work, site))
    completing.leave(work.store, _names(site))
    work.last.leave(past, said, showing, site.search and site.search.note)


def _names(site: Site) -> completing.Names:
    """Return the names that a shell may complete."""
    catalog = site.catalog
    topics = ("/".join(entry) for entry in (*catalog.topics, *(one.entry for one in catalog.sees)))
    ids = sorted({article.card.id for one in site.parsed for article in one.articles})
    return completing.Names(tuple(sorted(topics)), tuple(ids), tuple(one.name for one in catalog.indexes))


def _causes(work: Work, site: Site) -> Causes:
    """Return what the pages of this build depend on beside their views."""
    from lwnindex.causes import causes

    renderer = work.gathered.tools(site.plan.site, work.store.blob).renderer
    return causes(renderer, work.gathered.config, work.gathered.today)
