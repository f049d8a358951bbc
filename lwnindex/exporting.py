"""The site, or an excerpt of it, becomes one file: zip or ZIM; a report of it comes back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import urlsplit
from zipfile import BadZipFile, ZipFile

from lwnindex import names
from lwnindex.clock import told_moment
from lwnindex.config import Found
from lwnindex.disk import content_size, is_inside, pieces
from lwnindex.engine.executors import Processes, processors
from lwnindex.excerpt import Excerpt, Wanted
from lwnindex.export.facts import Facts
from lwnindex.export.languages import three_letters
from lwnindex.export.packing import Packed, Packer, packed
from lwnindex.export.target import MADE, replaced
from lwnindex.export.zips import MADE_BY, Zip
from lwnindex.model import Catalog, Problem
from lwnindex.options import Options
from lwnindex.problems import SiteError, ordered
from lwnindex.standing import written
from lwnindex.visits import Visit, visit

Kind = Literal["zip", "zim"]

_LEVELS = {"zip": 9, "zim": 1}
"""How hard workers deflate: for good, or until libzim compresses it its own way."""

_ODD = frozenset('\\:*?"<>|').union(map(chr, range(0x20)), "\x7f")
"""What no name in an archive may hold: some systems would unpack it elsewhere, or not at all."""

_LONGEST_NAME = 120


class Order(NamedTuple):
    """What is to be exported, and where to: without `output`, here, under the name of the site."""

    kind: Kind
    wanted: Wanted = Wanted()
    output: str = ""


class Exported(NamedTuple):
    """What an export did: counts, its size in bytes, the problems of the archive, and seconds by stage."""

    output: str
    articles: int
    topics: int
    pages: int
    files: int
    size: int
    problems: tuple[Problem, ...]
    stages: Mapping[str, float]
    counts: Mapping[str, int] = {}


def export(
    found: Found, order: Order, environment: Mapping[str, str], options: Options | None = None
) -> Exported:
    """Write what was ordered; SiteError where that cannot be, and then nothing is left of it."""
    how = options or Options()
    moment = told_moment(environment)
    formats = {"zip": _zip_format, "zim": _zim_format}
    form = formats[order.kind]()
    of = Excerpt(order.wanted, found.config.site.url, extras=order.kind == "zip")
    begun = time.perf_counter()

    def exported(seen: Visit) -> Exported:
        read = time.perf_counter()
        job = _Job(found, order, how, seen, moment or newest(seen.site.catalog))
        with replaced(_target(job), form.is_ours, wait=how.patience, waiting=how.waiting) as folder:
            tally = form.write(job, folder)
            size = (folder / MADE).stat().st_size
        stages = {"read": round(read - begun, 4), "write": round(time.perf_counter() - read, 4)}
        return _report(job, tally, size, stages)

    return visit(found, how, exported, of)


class _Job(NamedTuple):
    """An export under way."""

    found: Found
    order: Order
    options: Options
    seen: Visit
    moment: datetime


class _Tally:
    """Files on their way into an archive, counted as they pass."""

    def __init__(self, files: Iterable[Packed]) -> None:
        self._files = files
        self.pages = self.count = 0
        self.problems: list[Problem] = []

    def __iter__(self) -> Iterator[Packed]:
        for one in self._files:
            self.count += 1
            self.pages += one.title is not None
            self.problems += one.problems
            yield one
        # What has been counted may have to be sent from where it was.
        self._files = ()


def _files(job: _Job, folder: Path) -> Iterator[Packed]:
    """Yield the files of an export; `folder` is where they may wait for their turn."""
    plan, found = job.seen.site.plan, job.found
    _check_names(plan.paths)
    output = found.output.resolve()
    tools = job.seen.gathered.tools(plan.site, job.seen.store.blob, plan.targets.held)
    packer = Packer(plan, tools, output, written(output, job.seen.store), _LEVELS[job.order.kind])
    with (folder / "waiting").open("w+b") as spool:
        yield from packed(plan.paths, packer, job.options.hands("packing"), spool)


def _check_names(paths: Iterable[str]) -> None:
    odd = [path for path in paths if not is_inside(path) or _ODD.intersection(path) or not _is_text(path)]
    if odd:
        raise SiteError(f"{odd[0]!a} cannot be the name of a file in an archive. Name the file otherwise.")


def _is_text(path: str) -> bool:
    """Tell whether a name is more than bytes that nobody can read."""
    return path.encode("utf-8", "replace").decode() == path


def _report(job: _Job, tally: _Tally, size: int, stages: Mapping[str, float]) -> Exported:
    catalog = job.seen.site.catalog
    return Exported(
        output=str(_target(job)),
        articles=len(catalog.order),
        topics=len(catalog.topics),
        pages=tally.pages,
        files=tally.count,
        size=size,
        problems=ordered((*job.seen.problems, *tally.problems)),
        stages=stages,
    )


# Names and times ---------------------------------------------------------------------------------


def _target(job: _Job) -> Path:
    return Path(job.order.output or f"{_name(job)}.{job.order.kind}")


def _name(job: _Job) -> str:
    """Return the name of a file that is given none: the site's, and what was wanted of it."""
    parts = (job.seen.site.plan.site.title, *(name for named in job.order.wanted for name in named))
    return _cut("-".join(map(names.segment, parts)))


def _cut(name: str) -> str:
    """Return a name that has room in a folder: file systems count its bytes."""
    return name.encode()[:_LONGEST_NAME].decode("utf-8", "ignore")


def newest(catalog: Catalog) -> datetime:
    """Return the day of the newest article, in UTC; where no article has a date, the first of a zip's."""
    text = catalog.cards[catalog.order[0]].date if catalog.order else None
    day = date.fromisoformat((text or "1980-01-01")[:10])
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


# Formats -----------------------------------------------------------------------------------------


class _Format(NamedTuple):
    """A kind of archive: how it is written into a folder, and how a file of ours is known."""

    write: Callable[[_Job, Path], _Tally]
    is_ours: Callable[[Path], bool]


def _zip_format() -> _Format:
    return _Format(_write_zip, is_our_zip)


def is_our_zip(place: Path) -> bool:
    """Tell whether a file is a zip archive that this program has made."""
    try:
        with ZipFile(place) as archive:
            return archive.comment == MADE_BY
    except (BadZipFile, OSError, ValueError):
        return False


def _write_zip(job: _Job, folder: Path) -> _Tally:
    top = names.segment(job.seen.site.plan.site.title)
    files = _Tally(_files(job, folder))
    with (folder / MADE).open("w+b") as file:
        archive = Zip(file, job.moment)
        for one in files:
            name = f"{top}/{one.path}"
            if isinstance(one.content, Path):
                archive.add_pieces(name, pieces(one.content), content_size(one.content))
            else:
                archive.add(name, one.content, one.check, one.size)
        archive.close()
    return files


def _zim_format() -> _Format:
    try:
        from lwnindex.export import zim
    except ImportError as error:
        message = "ZIM files need libzim, which is not installed. Install it: pip install 'lwnindex[zim]'."
        raise SiteError(message, exit_code=2) from error

    def written(job: _Job, folder: Path) -> _Tally:
        files = _Tally(_files(job, folder))
        zim.write(folder / MADE, iter(files), _facts(job), job.options.jobs or processors())
        return files

    return _Format(lambda job, folder: _apart(partial(written, job, folder)), zim.is_ours)


def _apart(work: Callable[[], _Tally]) -> _Tally:
    """Return what work gives that is done in a process of its own, where one can be forked.

    libzim's threads cannot be called off: a process that has them ends in its own time or not at all. This
    one can be killed.
    """
    done = next(Processes(jobs=2, least=1).batches(lambda _: work(), (MADE,), 1))
    if done.result is None:
        raise SiteError(f"the process that wrote the ZIM file died: {done.death}.")
    return done.result


def _facts(job: _Job) -> Facts:
    """Return what a ZIM file says of itself."""
    site = job.seen.site.plan.site
    wanted = [name for named in job.order.wanted for name in named]
    language = site.language.partition("-")[0].lower()
    extent = _cut("-".join(map(names.segment, wanted))) or "all"
    return Facts(
        name=f"{names.segment(site.title)}_{language}_{extent}".lower(),
        title=", ".join((site.title, *wanted)),
        description=site.description,
        language=three_letters(site.language),
        creator=urlsplit(site.source).netloc or site.title,
        publisher=site.title,
        day=job.moment.date(),
        source=job.found.config.site.url,
    )
