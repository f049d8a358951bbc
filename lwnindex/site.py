"""A whole build: configuration, folders and store go in, the site stands on disk, and a Report comes back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing, suppress
from itertools import combinations
from pathlib import Path
from typing import NamedTuple, TypeVar

from lwnindex import load
from lwnindex.config import Found
from lwnindex.engine.executors import workers
from lwnindex.engine.store import DamagedError, Store, UnusableError
from lwnindex.model import Problem
from lwnindex.problems import SiteError, ordered, problem
from lwnindex.settings import Config

T = TypeVar("T")


class Options(NamedTuple):
    """How a build is to be run; nothing here changes what it makes."""

    executor: str = "serial"
    clean: bool = False
    trust_stat: bool = True


class Report(NamedTuple):
    """What a build did: counts, problems, how often each rule was applied, and seconds by stage."""

    articles: int
    topics: int
    pages: int
    written: tuple[str, ...]
    kept: int
    removed: tuple[str, ...]
    problems: tuple[Problem, ...]
    counts: Mapping[str, int]
    stages: Mapping[str, float]

    @property
    def errors(self) -> int:
        """The number of problems that are errors."""
        return sum(one.severity == "error" for one in self.problems)

    @property
    def warnings(self) -> int:
        """The number of problems that are warnings."""
        return len(self.problems) - self.errors


class _Clock:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.stages: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.stages[name] = round(self.stages.get(name, 0.0) + now - self._last, 4)
        self._last = now


def build(found: Found, options: Options | None = None) -> Report:
    """Build the site that a configuration describes into its output folder.

    SiteError where nothing can be published: a missing folder, a broken template, a full disk.
    """
    how = options or Options()
    _check_output(found, _check_content(found))
    return _with_store(found, how, lambda store: _build(found, how, store))


def export_json(found: Found, options: Options | None = None) -> bytes:
    """Return the archive as one JSON object, for other programs, and write no site."""
    how = options or Options()
    _check_content(found)

    def exported(store: Store) -> bytes:
        prepared = _prepare(found, how, store, _Clock())
        return export.archive(prepared.site.catalog, prepared.problems, prepared.site.plan.site)

    return _with_store(found, how, exported)


def _with_store(found: Found, options: Options, run: Callable[[Store], T]) -> T:
    """Run with the site's store; where it turns out damaged, again with what is left, at last with none."""
    try:
        with closing(_store(found)) as store:
            if options.clean:
                _forget(store)
            for _ in range(2):
                with suppress(DamagedError):
                    return run(store)
                _forget(store)
            return run(store)
    except UnusableError as error:
        raise SiteError(f"the store cannot be used: {error}. Name another: --store DIR.") from error


def _store(found: Found) -> Store:
    folder = found.root / found.config.store
    try:
        return Store(folder)
    except OSError as error:
        reason = error.strerror or str(error)
        raise SiteError(f"the store {folder} cannot be made: {reason}. Name another: --store DIR.") from error


def _forget(store: Store) -> None:
    """Forget what was found out; a store that is damaged has made itself empty then."""
    with suppress(DamagedError):
        store.forget_results()


def _check_content(found: Found) -> list[Path]:
    """Return the content folders; refuse one that is missing, or that would be read twice."""
    folders = [folder.resolve() for _, folder in load.content_folders(found.config, found.root)]
    for one, other in combinations(folders, 2):
        if _overlap(one, other):
            raise SiteError(f"the content folders {one} and {other} lie in one another. Name one of them.", 2)
    return folders


def _check_output(found: Found, content: list[Path]) -> None:
    """Refuse an output folder that holds what is read, or lies in it."""
    output = (found.root / found.config.output).resolve()
    if output.exists() and not output.is_dir():
        raise SiteError(
            f"the output {output} is a file, not a folder. Name another: --output DIR.", exit_code=2
        )
    own = [(found.root / name).resolve() for name in (found.config.static, "templates", "themes")]
    for folder in (*content, *own):
        if output.is_relative_to(folder) or (folder.is_relative_to(output) and folder.exists()):
            raise SiteError(
                f"the output {output} and {folder} lie in one another. Name another: --output DIR.", 2
            )


def _overlap(one: Path, other: Path) -> bool:
    return one.is_relative_to(other) or other.is_relative_to(one)


class _Prepared(NamedTuple):
    site: Site
    problems: tuple[Problem, ...]


def _build(found: Found, options: Options, store: Store) -> Report:
    clock = _Clock()
    prepared = _prepare(found, options, store, clock)
    site = prepared.site
    output = found.root / found.config.output
    trusted = {"trust_stat": options.trust_stat, "trust_key": not options.clean}
    tally = write(site.keys, site.page, output, store, **trusted)
    clock.lap("write")
    return _report(site, tally, (*prepared.problems, *tally.problems), clock)


def _report(site: Site, tally: Tally, problems: tuple[Problem, ...], clock: _Clock) -> Report:
    counts: Counter[str] = Counter()
    for one in site.parsed:
        counts.update(dict(one.counts))
        counts["draft"] += sum(article.card.draft for article in one.articles)
        counts["draft"] += sum(page.draft for page in one.pages)
    return Report(
        articles=len(site.catalog.order),
        topics=len(site.catalog.topics),
        pages=len(site.keys),
        written=tally.written,
        kept=tally.kept,
        removed=tally.removed,
        problems=ordered(problems),
        counts={name: count for name, count in sorted(counts.items()) if count},
        stages=clock.stages,
    )


def _prepare(found: Found, options: Options, store: Store, clock: _Clock) -> _Prepared:
    """Return the site in memory, ready to be written or exported."""
    config = _addressed(found.config)
    hints = store.hints() if options.trust_stat and not options.clean else {}
    sources = load.sources(config, found.root, hints)
    files = load.static(config, found.root, hints)
    seen = {**sources.hints, **files.hints}
    if seen != hints:
        store.remember_hints(seen)
    templates, names, assets = load.theme_files(config, found.root)
    environment = html.environment(templates)
    shown = theme(templates, names, assets, environment)
    clock.lap("load")
    inputs = Inputs(
        sources=sources.sources,
        files={source.path: source.digest for source in files.sources},
        theme=shown,
        config=config,
        fingerprint=load.fingerprint(config.markdown.extensions),
    )
    memo = Memo(store, workers(options.executor))
    copied = {source.digest: files.places[source.file] for source in files.sources}
    blob = _blob(store, copied, {digest_bytes(content): content for content in assets.values()})
    site = pipeline(inputs, memo, _reader(sources), _renderer(environment, shown, inputs.fingerprint), blob)
    clock.lap("pipeline")
    problems = (*sources.problems, *files.problems, *site.problems, *_remarks(found.config, site))
    return _Prepared(site, ordered(problems))


def _addressed(config: Config) -> Config:
    """Return a configuration that has an address, the example's if it names none."""
    if config.site.url:
        return config
    return msgspec.structs.replace(config, site=msgspec.structs.replace(config.site, url=EXAMPLE))


def _remarks(config: Config, site: Site) -> list[Problem]:
    remarks = []
    if not config.site.url:
        fix = 'Say where the site is published: url = "https://..." under [site] in lwnindex.toml.'
        message = f"the site has no address; {EXAMPLE} stands in its feeds and canonical links."
        remarks.append(problem("no-url", "lwnindex.toml", 0, message, fix))
    if not site.catalog.order:
        fix = "Put articles there, or name another folder: --content DIR."
        remarks.append(problem("no-articles", ", ".join(config.content), 0, "there is no article.", fix))
    return remarks


def _reader(loaded: load.Loaded) -> Callable[[Source], bytes]:
    def read(source: Source) -> bytes:
        content = loaded.places[source.file].read_bytes()
        if digest_bytes(content) != source.digest:
            raise OSError("it changed while it was being read")
        return content

    return read


def _blob(store: Store, copied: Mapping[str, Path], assets: Mapping[str, bytes]) -> Callable[[str], bytes]:
    """Return what gives a blob: a copied file from its place, an asset, else a body from the store."""

    def blob(digest: str) -> bytes:
        if digest in copied:
            return _copied(copied[digest])
        return assets[digest] if digest in assets else store.blob(digest)

    return blob


def _copied(place: Path) -> bytes:
    try:
        return place.read_bytes()
    except OSError as error:
        raise SiteError(f"{place} cannot be read: {error.strerror}. Build again.") from error


def _renderer(environment: Environment, shown: Theme, fingerprint: str) -> Callable[[Plan], Renderer]:
    return lambda plan: Renderer(environment, shown, plan.site, fingerprint)
