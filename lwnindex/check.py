"""All that is wrong with a site: what a build tells, and what its finished files show. No site is written.

Workers make the files in batches, as a build does, and forget them; of each come back its faults, the ids
that links may lead to, and where its links lead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from lwnindex import lint
from lwnindex.articleviews import ArticleView, PlainView
from lwnindex.checking import dates, hosts
from lwnindex.checking.addresses import Address, Local
from lwnindex.checking.faults import Fault, short
from lwnindex.checking.findings import Cause, Finding, Sighting, Sightings, add, findings, merge, seen
from lwnindex.checking.origins import Origins, marked
from lwnindex.checking.pages import Facts, Known, dead_anchor, facts
from lwnindex.checking.tags import END, START
from lwnindex.config import Found
from lwnindex.engine.store import DamagedError, UnusableError
from lwnindex.files import crashed
from lwnindex.indexviews import TopicView
from lwnindex.model import Problem, Source
from lwnindex.near import similar
from lwnindex.options import Options
from lwnindex.pipeline import Copy, Tools, page
from lwnindex.problems import SiteError, failure, problem
from lwnindex.settings import EXAMPLE, describes_topics
from lwnindex.viewmodel import AnyView, FileView
from lwnindex.visits import Visit, visit

BATCH = 32
_MARKS = len(START) + len(END)
_LARGEST = 32 * 1024 * 1024
"""Bytes beyond which a file that is copied is not looked into."""


class Checked(NamedTuple):
    """What a check found; `outward` are the addresses of the web, each where it is first."""

    findings: tuple[Finding, ...]
    outward: Mapping[str, Sighting]
    pages: int = 0
    size: int = 0
    today: str = ""


class Batch(NamedTuple):
    """What a worker found in some files; `anchors` are links to anchors of pages that others make."""

    found: Sightings
    problems: list[Problem]
    ids: dict[str, tuple[str, ...]]
    anchors: dict[Local, tuple[Cause, Sighting]]
    outward: dict[str, Sighting]
    sizes: dict[str, int]


def check(found: Found, options: Options | None = None) -> Checked:
    """Return all that is wrong with a site; SiteError where it cannot be made."""
    how = options or Options()
    return visit(found, how, lambda seen: _checked(seen, found, how))


def _checked(seen: Visit, found: Found, options: Options) -> Checked:
    whole = Batch({}, [], {}, {}, {}, {})
    inspector = Inspector(seen)
    for done in options.hands("checking").batches(inspector, seen.site.plan.paths, BATCH):
        if done.result is None:
            whole.problems.append(crashed(done.items[0], done.death))
        else:
            _gather(whole, done.result)
    _follow(whole)
    _drop_repeated(whole.found)
    settings = found.config.check
    told = [
        *_around(seen, inspector.origins, whole.found),
        *seen.problems,
        *_left_as_begun(found.config.site.url),
        *whole.problems,
        *_of_plugins(seen),
    ]
    for fault in hosts.faults(whole.sizes, hosts.budget_of(settings), settings.host):
        add(whole.found, *_of_site(fault))
    outward = dict(sorted(whole.outward.items()))
    return Checked(
        findings(told, whole.found, settings.ignore),
        outward,
        *(len(whole.sizes), sum(whole.sizes.values()), seen.gathered.today),
    )


def _left_as_begun(url: str) -> Iterator[Problem]:
    """Yield that a site has the address that new ones begin with; a build is as well without another."""
    if url.rstrip("/") == EXAMPLE.rstrip("/"):
        message = f"the address of the site is that of the example, {EXAMPLE}."
        fix = "Say where the site is published: `url` under [site]."
        yield problem("no-url", "lwnindex.toml", 0, message, fix)


def _of_plugins(seen_: Visit) -> tuple[Problem, ...]:
    """Return what the checks of plug-ins say of the archive."""
    gathered, site = seen_.gathered, seen_.site
    if not gathered.plugins.checks:
        return ()
    from lwnindex.findings import findings as of_checks
    from lwnindex.formats.archived import archived
    from lwnindex.formats.tables import contents

    told = contents(site.catalog, site.parsed, gathered.config, seen_.store.blob)
    return of_checks(gathered.plugins, archived(told, seen_.problems))


def _gather(whole: Batch, one: Batch) -> None:
    merge(whole.found, one.found)
    whole.problems.extend(one.problems)
    whole.ids.update(one.ids)
    whole.sizes.update(one.sizes)
    for target, (cause, sighting) in one.anchors.items():
        known = whole.anchors.get(target)
        whole.anchors[target] = (cause, known[1].with_(sighting)) if known else (cause, sighting)
    for url, sighting in one.outward.items():
        whole.outward[url] = whole.outward[url].with_(sighting) if url in whole.outward else sighting


def _follow(whole: Batch) -> None:
    """Find the links to anchors that are not there, now that all pages are known."""
    known: dict[str, frozenset[str]] = {}
    for target, (cause, sighting) in whole.anchors.items():
        path = target.path if target.path in whole.ids else f"{target.path.rstrip('/')}/index.html"
        ids = known.setdefault(path, frozenset(whole.ids.get(path, ())))
        if path in whole.ids and target.fragment not in ids:
            add(whole.found, cause, sighting)


def _drop_repeated(found: Sightings) -> None:
    """Leave out what feeds repeat of an article, where its source is told already."""
    sources = {(cause.code, cause.subject) for cause in found if cause.file}
    for cause, one in tuple(found.items()):
        if one.file == one.page and (cause.code, cause.subject) in sources:
            del found[cause]


def _of_site(fault: Fault) -> tuple[Cause, Sighting]:
    return seen(fault, "lwnindex.toml", 0, "")


# What no page shows ------------------------------------------------------------------------------


def _around(seen_: Visit, origins: Origins, found: Sightings) -> Iterator[Problem]:
    """Yield what is wrong with topics, and add articles that are dated ahead or have expired."""
    catalog, gathered = seen_.site.catalog, seen_.gathered
    alike = similar(catalog)
    yield from alike
    files = {one.file for one in gathered.sources.sources if describes_topics(one.path)}
    for one in lint.lint(catalog, (*catalog.problems, *alike), files):
        if one.code not in lint.PROBLEMS and one.code in _OF_LINT:
            yield problem(one.code, one.places[0].file, one.places[0].line, one.message, one.fix)
    cards = (article.card for one in seen_.site.parsed for article in one.articles)
    for card, fault in dates.faults(cards, gathered.today, gathered.config.site.timezone):
        add(found, *seen(fault, card.file, origins.line_of(card.file, fault.needle), ""))


_OF_LINT = frozenset(("empty-topic", "parted-name", "needless-parent"))


# What files show ---------------------------------------------------------------------------------


class Inspector:
    """Makes files of a site and looks at them; called where the work is done."""

    def __init__(self, seen: Visit) -> None:
        gathered, plan = seen.gathered, seen.site.plan
        self._plan, self._today = plan, gathered.today
        self._tools = gathered.tools(plan.site, seen.store.blob)
        address = Address(gathered.config.site.url)
        self._known = Known(address, frozenset(plan.paths), gathered.config.site.language)
        sources = {one.file: one for one in gathered.sources.sources}
        copied = {one.path: one.file for one in gathered.files.sources}
        self.origins = Origins(
            *(seen.site.catalog, seen.site.parsed, gathered.theme),
            _text(sources, gathered.read),
            copied,
            pretty=plan.site.pretty,
            root=str(gathered.root.resolve()),
        )

    def __call__(self, paths: Sequence[str]) -> Batch:
        """Return what is known of some files."""
        batch = Batch({}, [], {}, {}, {}, {})
        for path in paths:
            try:
                self._look(path, batch)
            except (OSError, SiteError, DamagedError, UnusableError):
                raise
            except Exception as error:  # noqa: BLE001 - one page must not cost what is known of all others
                batch.problems.append(crashed(path, failure(error)))
        return batch

    def _look(self, path: str, batch: Batch) -> None:
        view, dead = self._plan.made(path)
        batch.problems.extend(dead)
        content, size = self._made(view)
        batch.sizes[path] = size
        one = facts(path, content, self._known)
        if one.ids:
            batch.ids[path] = one.ids
        self._take(view, one, batch)

    def _made(self, view: AnyView) -> tuple[bytes, int]:
        """Return a file as it would be written, its body marked, and its size without the marks."""
        body = view.body if isinstance(view, ArticleView | PlainView | TopicView) else ""
        tools: Tools = self._tools._replace(blob=marked(self._tools.blob, body)) if body else self._tools
        content = page(view, tools, "").content
        if isinstance(content, Copy):
            return _copied(content.place)
        assert content is not None, view.path
        return content, len(content) - (_MARKS if body and START.encode() in content else 0)

    def _take(self, view: AnyView, one: Facts, batch: Batch) -> None:
        """Take in what was found in a file."""
        faults = (*one.faults, *self._lost_anchors(view), *self._fences(view, one))
        merge(batch.found, dict(self._seen(fault, view, one.text) for fault in reversed(faults)))
        anchors = {anchor.target: anchor for anchor in reversed(one.anchors)}
        for target, anchor in anchors.items():
            cause, sighting = self._seen(dead_anchor(anchor), view, one.text)
            known = batch.anchors.get(target)
            batch.anchors[target] = (known[0], known[1].with_(sighting)) if known else (cause, sighting)
        for link in {link.url: link for link in reversed(one.outward)}.values():
            fault = Fault("dead-address", link.url, "", "", link.at, link.own, link.url)
            _, sighting = self._seen(fault, view, one.text)
            before = batch.outward.get(link.url)
            batch.outward[link.url] = before.with_(sighting) if before else sighting

    def _seen(self, fault: Fault, view: AnyView, text: str) -> tuple[Cause, Sighting]:
        cause, one = seen(fault, *self.origins.place(fault, view, text), view.path)
        return (cause._replace(file=one.file, line=0) if isinstance(view, FileView) else cause), one

    def _lost_anchors(self, view: AnyView) -> Iterator[Fault]:
        """Yield the links of a body to anchors that are not there, which lead to tops of pages instead."""
        own = self.origins.written(view)
        links = view.links if own and isinstance(view, ArticleView | PlainView | TopicView) else ()
        for href, link in zip(own.body.hrefs if own else (), links, strict=False):
            fragment = href.partition("#")[2]
            is_page = link.local and link.href.endswith(".html")
            if is_page and fragment not in ("", "top") and not href.startswith("#"):
                message = (
                    f'the link to "{short(href)}" leads to the top of {link.href}: nothing there has that id.'
                )
                fix = "Mend what stands after the #, or leave it out."
                yield Fault("dead-anchor", href, message, fix, own=True, needle=href)

    def _fences(self, view: AnyView, one: Facts) -> Iterator[Fault]:
        """Yield that fences of an article say no language; what is indented cannot say one."""
        own = self.origins.written(view)
        if own is None or not one.code:
            return
        lines = sorted({self.origins.fence_of(own.file, code) for _, code in one.code} - {0})
        if lines:
            what = "A fence of code does" if len(lines) == 1 else f"{len(lines)} fences of code do"
            more = f" (lines {', '.join(map(str, lines))})" if len(lines) > 1 else ""
            message = f"{what} not say in which language it is{more}."
            fix = "Write it after the first ```, as in ```c; ```text for what is in none."
            yield Fault("unlabelled-code", own.file, message, fix, own=True, line=lines[0])


def _text(sources: Mapping[str, Source], read: Callable[[Source], bytes]) -> Callable[[str], str]:
    """Return what gives the text of a source, or nothing where it cannot be read any more."""

    def text(file: str) -> str:
        try:
            return read(sources[file]).decode("utf-8", "replace") if file in sources else ""
        except OSError:
            return ""

    return text


def _copied(place: str) -> tuple[bytes, int]:
    """Return a file that is copied as it is, and its size; nothing of what is too large to be a page."""
    file = Path(place)
    size = file.stat().st_size
    return (file.read_bytes() if size <= _LARGEST else b""), size
