"""lwnindex from Python: an archive is loaded, a site made of it, and written.

Each is a value: what `load` found out stays what it is, also where files change while a script runs. Mistakes
in the content are `problems` of these values; SiteError is raised where nothing can go on.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self
from weakref import finalize

import msgspec
from msgspec.structs import replace

from lwnindex import config as configuration
from lwnindex import site as building
from lwnindex import visits
from lwnindex.archive import Archive, Article
from lwnindex.config import Found
from lwnindex.engine.memo import Memo
from lwnindex.engine.store import DamagedError, Store
from lwnindex.folders import check_content
from lwnindex.gather import Gathered
from lwnindex.model import Catalog, Parsed, Problem
from lwnindex.options import Options
from lwnindex.problems import SiteError, ordered
from lwnindex.settings import Config
from lwnindex.site import Report
from lwnindex.storing import kept

if TYPE_CHECKING:
    from lwnindex import pipeline

Place = str | os.PathLike[str]


class _Hold:
    """A store that is held, and what there is to be let go of with it."""

    def __init__(self, store: Store, ends: ExitStack) -> None:
        self.store, self._ends = store, ends
        self._is_open = True

    def close(self) -> None:
        """Let go of it."""
        self._is_open = False
        self._ends.close()

    @contextmanager
    def used(self) -> Iterator[Store]:
        """Give the store; SiteError where it is closed, or what it holds is damaged."""
        if not self._is_open:
            raise SiteError("the archive is closed. Use it before its `with` ends, or load it again.")
        try:
            yield self.store
        except DamagedError as error:
            self.store.forget_results()
            raise SiteError("what the store holds of this archive is damaged. Load it again.") from error


class _Work(NamedTuple):
    """What an archive was loaded with, for what is made of it."""

    found: Found
    options: Options
    memo: Memo
    gathered: Gathered
    known: tuple[Catalog, tuple[Parsed, ...]]
    hold: _Hold


class Loaded(Archive, frozen=True, kw_only=True, dict=True, eq=False, weakref=True):
    """An archive of which a site can be made.

    Its texts stand in a store, which is let go of at the end of a `with`, by `close()`, or with the archive.
    """

    work: _Work

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the store; no text can be read, and no page be made, from then on."""
        self.work.hold.close()


class Site(msgspec.Struct, frozen=True, kw_only=True, dict=True, eq=False):
    """A site whose pages can be made: `paths` are those of all its files, in the order of their making."""

    archive: Loaded
    paths: tuple[str, ...]
    made: pipeline.Site

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """All that a build tells of this archive but of its output; what each page links to is looked at."""
        dead = [each for path in self.paths for each in self.made.plan.made(path).problems]
        said = visits.remarks(self.archive.work.found.config, len(self.made.catalog.order))
        return ordered((*self.archive.problems, *self.made.problems, *dead, *said))

    def page(self, path: str) -> bytes:
        """Return the file at a path; SiteError where the site has none, or its template fails."""
        if path not in self._known:
            close = get_close_matches(path, self.paths, n=1)
            meant = f' Did you mean "{close[0]}"?' if close else " `paths` has all that there are."
            raise SiteError(f'the site has no file "{path}".{meant}')
        with self.archive.work.hold.used():
            content = self.made.page(path, "", False).content
            assert content is not None
            return content if isinstance(content, bytes) else Path(content.place).read_bytes()

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.paths)


def load(
    site: Place | Config = configuration.FILE,
    *,
    root: Place = ".",
    store: Place | None = None,
    now: str = "",
    jobs: int | None = None,
) -> Loaded:
    """Return the archive of a configuration: its file, the folder of that, or a `Config`.

    The folders of a `Config` are relative to `root`. With a `store`, such as ".lwnindex", what is found out
    is kept for the next time, and no build can use it meanwhile; without, nothing is kept. `now` is the day,
    as 2009-12-22; `jobs` says how many processes work. SiteError where there is no such configuration, or
    it cannot be used.
    """
    how = Options(jobs=jobs, now=now)
    found = _found(site, Path(root))
    check_content(found)
    with ExitStack() as ends:
        own = Path(store if store is not None else ends.enter_context(_own_folder()))
        held = ends.enter_context(kept(_with_store(found, own), how))
        try:
            return _loaded(_with_store(found, own), how, held, ends)
        except DamagedError:
            held.forget_results()
            return _loaded(_with_store(found, own), how, held, ends)


def _own_folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="lwnindex-", ignore_cleanup_errors=True)


def _loaded(found: Found, how: Options, store: Store, ends: ExitStack) -> Loaded:
    """Return an archive, which lets go of what it holds when it ends itself."""
    from lwnindex.formats.archived import archived
    from lwnindex.formats.tables import contents
    from lwnindex.pipeline import catalogued

    memo = Memo(store, how.hands("reading"))
    gathered = Gathered(found, store, trust=True, now=how.now)
    catalog, parsed = catalogued(gathered.inputs, memo, gathered.read, ahead=gathered.ahead)
    of = contents(catalog, parsed, gathered.config, store.blob)
    plain = archived(of, ordered((*gathered.problems, *visits.met(parsed), *catalog.problems)))
    said = {name: getattr(plain, name) for name in plain.__struct_fields__}
    hold = _Hold(store, ends.pop_all())

    def text(article: Article) -> str:
        with hold.used():
            return plain.text(article)

    work = _Work(found, how, memo, gathered, (catalog, parsed), hold)
    loaded = Loaded(**said | {"text": text}, work=work)
    finalize(loaded, hold.close)
    return loaded


def build(archive: Loaded) -> Site:
    """Return the site of an archive, whose pages are made when they are asked for.

    SiteError where the theme, or an option of it, is not sound.
    """
    work = archive.work
    with work.hold.used() as store:
        made = visits.linked(work.gathered, work.memo, store, known=work.known)
    return Site(archive=archive, paths=tuple(made.plan.paths), made=made)


def write(site: Site, output: Place | None = None) -> Report:
    """Write a site, all or nothing, and return what was done; into the configured folder if none is named.

    Only what changed is written, and only files that are ours are replaced or removed. Which are, a store
    knows: without one, pages that the site no longer has stay. SiteError where the folder cannot be written.
    """
    work = site.archive.work
    found = work.found if output is None else _with_output(work.found, Path(output))
    with work.hold.used() as store:
        return building.publish(
            found, work.options, site.made, gathered=work.gathered, store=store, memo=work.memo
        )


def _found(site: Place | Config, root: Path) -> Found:
    """Return a configuration with the folder that its own folders are relative to; SiteError for none."""
    if isinstance(site, Config):
        said = msgspec.json.decode(msgspec.json.encode(site))
        return configuration.load(None, {}, said)._replace(root=root)
    file = Path(site)
    file = file / configuration.FILE if file.is_dir() else file
    if not file.is_file():
        raise SiteError(f"there is no configuration {file}. Name one, its folder, or give a Config.", 2)
    return configuration.load(file, {}, {})


def _with_store(found: Found, store: Path) -> Found:
    """Return a configuration with another store, and as it is where that is its own."""
    if (found.root / found.config.store).resolve() == store.resolve():
        return found
    return found._replace(config=replace(found.config, store=str(store.resolve())))


def _with_output(found: Found, output: Path) -> Found:
    """Return a configuration whose output is in another folder; it changes as it would have."""
    said = replace(found.config.publishing, folder=str(output.absolute()))
    return found._replace(config=replace(found.config, output=said))
