"""The story of a build on one screen: sources are parsed, indexed, linked, and rendered where wanted.

`parse` and `render` are the stages that cost; both are pure, and their results are known by the digest of
their whole input. So there is no incremental mode: a clean build is a build with an empty store.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from msgspec.msgpack import encode
from msgspec.structs import astuple

from lwnindex.attempt import Ahead, Read, parsed_by
from lwnindex.digest import digest, digest_bytes
from lwnindex.engine.limits import Bounds, Limits
from lwnindex.engine.memo import Memo, Outcome, Stage
from lwnindex.excerpt import Excerpt, Part, Whole, excerpt
from lwnindex.index import index
from lwnindex.link import Plan, link
from lwnindex.model import Catalog, Parsed, Problem, Source
from lwnindex.patience import SlowError, patient
from lwnindex.problems import SiteError, ordered, problem
from lwnindex.reading import readings
from lwnindex.registry import NONE, Plugins
from lwnindex.render import Blob, Key, Renderer, encoded_view, render
from lwnindex.search import count, months, sizes_of
from lwnindex.searchindex import Counted, Searched, SearchMonth
from lwnindex.settings import Config
from lwnindex.shards import shards, totals
from lwnindex.snapshot import SearchNote, Shown, shown
from lwnindex.themeoptions import local_links
from lwnindex.viewmodel import AnyView, FileView, Theme
from lwnindex.words import ENGLISH, Words


class Copy(NamedTuple):
    """A file to be copied, by where it stands."""

    place: str


Copied = Callable[[str], bytes | Copy]
"""Gives a file that is copied as it is, by its digest: its bytes, or where it stands."""

_MONTHS = 8
"""Months that are worth a start of workers."""
_NO_PIECES = encode([""])


class Inputs(NamedTuple):
    """All that a build depends on: sources, copied files by path, theme, configuration, tool, words, day.

    `beside` are the files that stand among the sources, and `bounds` what parsing one may cost. `drafts`
    are shown if told so. `stray_templates` are those that no page uses, by their names, with their files.
    """

    sources: tuple[Source, ...]
    files: Mapping[str, str]
    theme: Theme
    config: Config
    fingerprint: str
    words: Words = ENGLISH
    beside: tuple[Source, ...] = ()
    today: str = ""
    bounds: Bounds = Bounds()
    plugins: Plugins = NONE
    drafts: bool = False
    stray_templates: Mapping[str, str] = MappingProxyType({})


class Page(NamedTuple):
    """A file of the site: the digest of all that it shows; its bytes, or the file to copy.

    There is no content where the key is the one that was asked about: the file is what it was.
    """

    key: str
    content: bytes | Copy | None
    shown: Shown


class Tools(NamedTuple):
    """What pages are made with: the renderer, keys of views, bodies and copied files by their digests.

    `limits` are those of a page on which filters of plug-ins may be at work.
    """

    renderer: Renderer
    key: Key
    blob: Blob
    copied: Copied
    limits: Limits = Bounds().first


class Searching(NamedTuple):
    """What can be searched, and what the next build is to know of it."""

    found: Searched
    note: SearchNote

    @property
    def blobs(self) -> Iterator[str]:
        """The digests of all blobs that it is made of."""
        yield from (each for one in self.found.counted for each in blobs_of(one))


class Site(NamedTuple):
    """A site to be written: its paths are the plan's, and `page` makes what stands at one of them."""

    catalog: Catalog
    parsed: tuple[Parsed, ...]
    plan: Plan
    problems: tuple[Problem, ...]
    page: Callable[[str, str, bool], Page]
    search: Searching | None = None


def _unheard(_said: object) -> None:
    """Let it go."""


def build(
    inputs: Inputs,
    memo: Memo,
    read: Read,
    tools: Callable[[Plan], Tools],
    *,
    blob: Blob,
    passed: Callable[[str], None] = _unheard,
    ahead: Ahead = _unheard,
    of: Excerpt | None = None,
    known: tuple[Catalog, tuple[Parsed, ...]] | None = None,
    early: Callable[[Site], None] | None = None,
) -> Site:
    """Return the site that the inputs describe, with the problems met on the way, dead links apart.

    `blob` gives bodies. `passed` is told the name of each stage when it is over. With `of`, it is that
    excerpt of the site; its problems are the site's. What is `known` of the inputs is not found out again.
    `early` is given the site without what its search reads, before that is counted; a link to that is dead
    there.
    """
    catalog, parsed = known or catalogued(inputs, memo, read, passed=passed, ahead=ahead)
    if early:
        early(_unsearched(inputs, catalog, parsed, tools))
    linked = partial(_linked, inputs, memo, parsed, blob, passed=passed)
    plan, search = linked(Part(catalog, inputs.files, inputs.config))
    astray = (*_astray(inputs.theme, plan), *_stray(inputs))
    if of:
        part = excerpt(of, Whole(catalog, parsed, plan), inputs.files, inputs.config, inputs.words)
        own, search = linked(part)
        catalog, plan = part.catalog, own._replace(problems=(*plan.problems, *own.problems))
    return Site(
        catalog=catalog,
        parsed=parsed,
        plan=plan,
        problems=ordered([*catalog.problems, *plan.problems, *astray]),
        page=partial(_page, plan, tools(plan)),
        search=search,
    )


def _unsearched(
    inputs: Inputs, catalog: Catalog, parsed: tuple[Parsed, ...], tools: Callable[[Plan], Tools]
) -> Site:
    assets = {path: digest_bytes(content) for path, content in inputs.theme.assets.items()}
    known = (catalog, parsed, inputs.files, assets, inputs.config)
    plan = link(*known, words=inputs.words, beside=inputs.beside)
    return Site(catalog, parsed, plan, (), partial(_page, plan, tools(plan)))


def catalogued(
    inputs: Inputs,
    memo: Memo,
    read: Read,
    *,
    passed: Callable[[str], None] = _unheard,
    ahead: Ahead = _unheard,
) -> tuple[Catalog, tuple[Parsed, ...]]:
    """Return the catalog of the inputs, and what each source holds."""
    parsed = tuple(memo.each(parsing(inputs, read, ahead), inputs.sources))
    passed("parse")
    cards = [article.card for one in parsed for article in one.articles]
    described = [topic for one in parsed for topic in one.topics]
    catalog = index(
        *(cards, inputs.config, inputs.words),
        described=described,
        today=inputs.today,
        drafts=inputs.drafts,
    )
    passed("index")
    return catalog, parsed


def _linked(
    inputs: Inputs,
    memo: Memo,
    parsed: tuple[Parsed, ...],
    blob: Blob,
    part: Part,
    *,
    passed: Callable[[str], None],
) -> tuple[Plan, Searching | None]:
    """Return the plan of the site, or of a part of it, and what can be searched there."""
    search = _searched(inputs, memo, part.catalog, parsed, blob) if part.config.search.enabled else None
    passed("search")
    assets = {path: digest_bytes(content) for path, content in inputs.theme.assets.items()}
    plan = link(
        *(part.catalog, parsed, part.files, assets, part.config),
        words=inputs.words,
        beside=inputs.beside,
        searched=search and search.found,
        seen=part.seen,
    )
    passed("link")
    return plan, search


def _astray(theme: Theme, plan: Plan) -> Iterator[Problem]:
    """Yield a problem for each link among the theme's options that leads to no page of the site."""
    links = list(local_links(astuple(theme.options))) if theme.options else []
    known = set(plan.paths) if links else set()
    for name, path in links:
        if path not in known:
            message = f'the link "{name}" in [theme.options] leads to {path}, which is not on the site.'
            fix = "Name an output path, such as about/index.html, or a whole address."
            yield problem("dead-link", "lwnindex.toml", 0, message, fix)


def _stray(inputs: Inputs) -> Iterator[Problem]:
    """Yield a problem for each template of the site's own that no page uses."""
    used = inputs.theme.closures.keys() - set(inputs.theme.unused)
    for name, file in inputs.stray_templates.items():
        close = get_close_matches(name, sorted(used), n=1, cutoff=0.8)
        fix = (
            f'Did you mean "{close[0]}"?' if close else "Include it in a template that is used, or remove it."
        )
        yield problem("unused-template", file, 0, "no page uses it.", fix)


def _searched(
    inputs: Inputs, memo: Memo, catalog: Catalog, parsed: Iterable[Parsed], blob: Blob
) -> Searching:
    """Return what can be searched of a catalog."""
    articles = [article for one in parsed for article in one.articles]
    parts = months(catalog, {one: articles[place] for one, place in catalog.positions.items()})
    stage = searching(inputs.fingerprint, blob)
    counted = tuple(memo.each(stage, parts))
    sizes = totals(sizes_of(blob(one.sizes)) for one in counted)
    found = Searched(months=parts, counted=counted, shards=shards(sizes))
    keys = tuple((month.name, stage.key(month)) for month in parts)
    return Searching(found, SearchNote(months=keys, sizes=sizes, shards=found.shards))


def searching(fingerprint: str, blob: Blob) -> Stage[SearchMonth, Counted]:
    """Return the stage `search`, for months of articles whose bodies `blob` gives."""

    def key(month: SearchMonth) -> str:
        return digest(("search", fingerprint, month.articles))

    def work(month: SearchMonth, _known: Container[str]) -> Outcome:
        counted, blobs = count(month.articles, blob)
        return Outcome(key(month), encode(counted), blobs)

    def lost(month: SearchMonth, _death: str) -> Outcome:
        # Its articles are found by their titles.
        counted, blobs = count(month.articles, lambda _digest: _NO_PIECES)
        return Outcome(key(month), encode(counted), blobs, keep=False)

    return Stage(kind=Counted, key=key, work=work, lost=lost, names=blobs_of, least=_MONTHS)


def blobs_of(counted: Counted) -> Iterator[str]:
    """Yield the digests of all blobs of a month."""
    yield from (counted.articles, counted.sizes, *counted.texts)
    yield from (digest for _, digest in counted.letters)


def parsing(inputs: Inputs, read: Read, ahead: Ahead = _unheard) -> Stage[Source, Parsed]:
    """Return the stage `parse`, for sources whose bytes `read` gives; `ahead` is told of them before."""
    own = readings(inputs.config)
    return parsed_by(own, inputs.fingerprint, inputs.bounds, read, ahead, plugins=inputs.plugins)


def _page(plan: Plan, tools: Tools, path: str, last: str, whole: bool) -> Page:
    """Return what stands at a path; `last` is the key of what stands there now, or empty.

    What a page shows is told of those whose key is another or that have dead links, of all where `whole`.
    """
    view, dead = plan.made(path)
    encoded = encoded_view(view)
    found = page(view, tools, last, encoded)
    if whole or dead or found.content is not None:
        return found._replace(shown=shown(view, dead, encoded))
    return found


def page(view: AnyView, tools: Tools, last: str, encoded: bytes = b"") -> Page:
    """Return the page of a view, rendered unless its key is the `last` one."""
    own = tools.key(view, encoded)
    if own == last:
        return Page(own, None, Shown())
    if isinstance(view, FileView):
        return Page(own, tools.copied(view.digest), Shown())
    return Page(own, _rendered(view, tools), Shown())


def _rendered(view: AnyView, tools: Tools) -> bytes:
    """Return a view's file; SiteError where a filter of a plug-in takes too long."""
    if not tools.renderer.plugins:
        return render(view, tools.renderer, tools.blob)
    work = partial(render, view, tools.renderer, tools.blob)
    try:
        return patient(tools.limits, work, tools.renderer.plugins)
    except SlowError as error:
        said = f"the filter {error.function} of a plug-in {error.took} on {view.path}"
        raise SiteError(f"{error.place}: {said}. Look for a loop without an end.") from error
