"""An archive looked at, or a site whose pages can be made, while its store is held; nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from lwnindex.config import Found
from lwnindex.engine.memo import Memo
from lwnindex.engine.store import Store
from lwnindex.gather import Gathered
from lwnindex.model import Catalog, Parsed, Problem
from lwnindex.options import Options
from lwnindex.problems import ordered, problem
from lwnindex.settings import EXAMPLE, Config
from lwnindex.storing import gathered

if TYPE_CHECKING:
    from lwnindex.excerpt import Excerpt
    from lwnindex.link import Plan
    from lwnindex.pipeline import Site, Tools

T = TypeVar("T")


class Look(NamedTuple):
    """What is known of an archive without linking its pages; `problems` are those met so far."""

    catalog: Catalog
    parsed: tuple[Parsed, ...]
    gathered: Gathered
    store: Store
    problems: tuple[Problem, ...]


class Visit(NamedTuple):
    """A site whose pages can be made, none of which is; `problems` are those met so far, dead links apart."""

    site: Site
    gathered: Gathered
    store: Store
    problems: tuple[Problem, ...]


def look(found: Found, options: Options, use: Callable[[Look], T]) -> T:
    """Return what is made of an archive's catalog while its store is held; nothing is written.

    Where the store turns out damaged, `use` is called again.
    """

    def used(seen: Gathered, store: Store) -> T:
        from lwnindex.pipeline import catalogued

        memo = Memo(store, options.hands("reading"))
        catalog, parsed = catalogued(seen.inputs, memo, seen.read, ahead=seen.ahead)
        problems = (*seen.problems, *met(parsed), *ordered(catalog.problems))
        return use(Look(catalog, parsed, seen, store, problems))

    return gathered(found, options, used)


def visit(found: Found, options: Options, use: Callable[[Visit], T], of: Excerpt | None = None) -> T:
    """Return what is made of a site, or of an excerpt of it, while its store is held; none is written.

    Where the store turns out damaged, `use` is called again.
    """

    def used(seen: Gathered, store: Store) -> T:
        site = linked(seen, Memo(store, options.hands("reading")), store, of=of)
        said = remarks(found.config, len(site.catalog.order))
        return use(Visit(site, seen, store, (*seen.problems, *met(site.parsed), *site.problems, *said)))

    return gathered(found, options, used)


def export_json(found: Found, options: Options | None = None) -> bytes:
    """Return the archive as one JSON object, for other programs, and write no site."""
    from lwnindex.formats import export
    from lwnindex.formats.thesaurus import notes

    def exported(seen: Visit) -> bytes:
        catalog, plan = seen.site.catalog, seen.site.plan
        dead = (each for path in plan.paths for each in plan.made(path).problems)
        noted = notes(catalog, seen.store.blob)
        return export.archive(catalog, ordered((*seen.problems, *dead)), plan.site, noted)

    return visit(found, options or Options(), exported)


def linked(
    gathered: Gathered,
    memo: Memo,
    store: Store,
    passed: Callable[[str], None] = lambda _stage: None,
    *,
    of: Excerpt | None = None,
    known: tuple[Catalog, tuple[Parsed, ...]] | None = None,
    early: Callable[[Site], None] | None = None,
) -> Site:
    """Return a site, or an excerpt of it, whose pages can be made; `passed` is told of each stage.

    Its catalog, with what its sources hold, may be `known`. `early` is given the site before its search is
    known.
    """
    from lwnindex.pipeline import build

    def tools(plan: Plan) -> Tools:
        return gathered.tools(plan.site, store.blob)

    return build(
        *(gathered.inputs, memo, gathered.read, tools),
        blob=store.blob,
        passed=passed,
        ahead=gathered.ahead,
        of=of,
        known=known,
        early=early,
    )


def met(parsed: Iterable[Parsed]) -> tuple[Problem, ...]:
    """Return the problems met in parsing."""
    return ordered([each for one in parsed for each in one.problems])


def remarks(config: Config, articles: int) -> list[Problem]:
    """Return what is to be said of a site with so many articles, whatever is in them."""
    found = []
    if not config.site.url:
        fix = 'Say where the site is published: url = "https://..." under [site] in lwnindex.toml.'
        message = f"the site has no address; {EXAMPLE} stands in its feeds and canonical links."
        found.append(problem("no-url", "lwnindex.toml", 0, message, fix))
    if not articles:
        fix = "Put articles there, or name another folder: --content DIR."
        found.append(problem("no-articles", ", ".join(config.content), 0, "there is no article.", fix))
    return found
