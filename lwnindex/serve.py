"""A preview: a site is built into a private folder, served to this machine alone, and built when it changes.

The builder stays in the one thread of this process, since it forks its workers and limits what they cost by
signals; the server and what watches are processes of their own. A new error of a source that changed, a
broken template or configuration publishes nothing: the last good pages stay, and say what is wrong.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NamedTuple, NoReturn
from urllib.parse import unquote, urlsplit

from msgspec.structs import replace

from lwnindex import plugins, site, themefiles
from lwnindex.config import Found
from lwnindex.model import Problem
from lwnindex.options import Memory, Options, Preview
from lwnindex.preview.faults import of_error, of_problems
from lwnindex.preview.holding import Good, Standing, new_errors, standing
from lwnindex.preview.room import Passing, copied_store, room
from lwnindex.preview.server import Server, serving
from lwnindex.preview.states import Fault, News
from lwnindex.preview.watching import Watched, Watcher, watched, watcher
from lwnindex.problems import SiteError, failure, sentence
from lwnindex.report import count_of

_MOST_OVERTAKEN = 5
"""Builds in a row that give way to what has changed since they began."""

_WRITING = "writing"

_MOMENT = 1.0
"""Seconds for which a configuration may be away, or empty: an editor is replacing it."""


class Asked(NamedTuple):
    """What is to be served and how: `find` reads the configuration, anew each time.

    `tell` is told sentences; `ready` is given the address once there is something to be seen.
    """

    find: Callable[[], Found]
    options: Options
    tell: Callable[[str], None]
    ready: Callable[[str], None]
    port: int | None = None
    six: bool = False


class _HeldError(Exception):
    """A source has errors that it did not have."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(*map(sentence, problems))
        self.problems = problems


class _OvertakenError(Exception):
    """What is being built has changed meanwhile."""


def serve(asked: Asked) -> NoReturn:
    """Serve until this process is interrupted, or told to end; SiteError where nothing can be served."""
    if not hasattr(os, "fork"):
        raise SiteError("this system cannot fork a process, which a preview needs.", exit_code=2)
    found = asked.find()
    with _ended_by_signals() as undisturbed, room() as folder:
        site_folder, store = folder / "site", folder / "store"
        copied_store((found.root / found.config.store).resolve(), store)
        ignored = [folder, found.output, found.root / found.config.store]
        with serving(str(site_folder), asked.port, six=asked.six) as server, watcher(ignored) as watching:
            try:
                _Loop(asked, folder, server, watching).run()
            except KeyboardInterrupt as interruption:
                undisturbed()
                # Before what takes its time.
                asked.tell("lwnindex: interrupted")
                raise SystemExit(130) from interruption
            finally:
                undisturbed()
    raise AssertionError("a preview has no end of its own")


@contextmanager
def _ended_by_signals() -> Iterator[Callable[[], None]]:
    """Have signals that end a process raise, so that it cleans up; give what keeps them away meanwhile."""

    def end(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    endings = (signal.SIGTERM, signal.SIGHUP)
    before = {each: signal.signal(each, end) for each in endings}
    before[signal.SIGINT] = signal.getsignal(signal.SIGINT)

    def keep_away() -> None:
        for each in before:
            signal.signal(each, signal.SIG_IGN)

    try:
        yield keep_away
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def places(found: Found) -> Watched:
    """Return all that a site is made from, as what is to be watched."""
    names = (*found.config.content, *(one.path for one in found.config.sources), found.config.static)
    own = (*names, "templates", "locale")
    named = (found.root / name for name in own)
    deep = [*named, *themefiles.shelves(found.root), *plugins.packages(found)]
    return watched(map(Path.absolute, deep), [Path.absolute(found.root)])


def base_of(found: Found) -> tuple[str, ...]:
    """Return the path of a site's address, level by level: the page for lost addresses leads there."""
    path = urlsplit(found.config.site.url or "").path
    return tuple(unquote(each) for each in path.split("/") if each)


class _Loop:
    """Builds, tells, and waits for what changes."""

    def __init__(self, asked: Asked, folder: Path, server: Server, watching: Watcher) -> None:
        self._asked, self._folder, self._server, self._watching = asked, folder, server, watching
        self._file: Path | None = None
        self._site: Found | None = None
        self._good: Good | None = None
        self._now = Standing({}, {}, frozenset())
        self._begun = 0.0
        self._told: frozenset[str] = frozenset()
        self._faults: tuple[Fault, ...] = ()
        self._base: tuple[str, ...] = ()
        self._first: set[str] = set()
        self._changed: list[str] = []
        self._is_overtaken = False
        self._overtaken = 0
        self._memory = Memory({}, {})

    def run(self) -> NoReturn:
        """Serve until something is raised."""
        is_ready = False
        while True:
            self._built()
            if not is_ready:
                self._asked.ready(
                    f"http://127.0.0.1:{self._server.port}/" + "".join(f"{each}/" for each in self._base)
                )
                is_ready = True
            self._wait()

    def _wait(self) -> None:
        try:
            # Only now it is known which packages the plug-ins import, also those that fail.
            is_new = self._site is not None and self._watching.watch(places(self._site))
            if is_new or self._is_overtaken:
                self._is_overtaken = False
                return
            self._changed = self._watching.changed() or []
        except EOFError as error:
            raise SiteError("what watches the files has ended. Start `lwnindex serve` again.") from error

    def _built(self) -> None:
        """Build once, and tell what came of it."""
        self._begun = time.monotonic()
        try:
            self._site = found = self._heard()
            self._base = base_of(found)
            report = self._report(found)
        except _OvertakenError:
            self._is_overtaken = True
            self._overtaken += 1
            return
        except _HeldError as error:
            self._fail(of_problems(error.problems, found), map(_error, error.problems))
        except SiteError as error:
            if self._good is None and error.exit_code == 2:
                raise
            self._fail(of_error(error), [f"error: {line}" for line in str(error).splitlines()])
        except Exception as error:  # the last good pages are worth more than this build
            if self._good is None:
                raise
            said = f"a fault of the program: {failure(error)}; please report it."
            self._fail((Fault(code="", message=said),), [f"error: {said}"])
        else:
            self._succeed(report, time.monotonic())
        self._overtaken = 0

    def _heard(self) -> Found:
        """Return the configuration as it is while its places are watched: none of its changes is missed."""
        found = self._found()
        if not self._watching.watch(places(found)):
            return found
        self._changed = self._changed or [str(found.file or found.root)]
        # It may have changed since it was read, when nobody listened yet.
        return self._found()

    def _found(self) -> Found:
        """Return the configuration; SiteError where it is gone: without it this would be another site."""
        if self._file:
            _awaited(self._file)
        found = self._asked.find()
        if self._file and not (found.file and self._file.is_file()):
            raise SiteError(f"{self._file}: the configuration is gone. Put it back.", exit_code=2)
        self._file = found.file
        return found

    def _report(self, found: Found) -> site.Report:
        self._first = set()
        options = self._asked.options._replace(
            preview=Preview(self._consent, self._looked_at, self._shown),
            progress=self._progress,
            disk=Passing(),
            memory=self._memory,
            waiting=self._asked.tell,
        )
        return site.build(self._private(found), options)

    def _private(self, found: Found) -> Found:
        """Return a site whose output and store are those of the preview."""
        config = replace(found.config, output=str(self._folder / "site"), store=str(self._folder / "store"))
        return found._replace(config=config)

    # What a build asks ------------------------------------------------------------------------------

    def _consent(self, problems: Iterable[Problem], digests: Mapping[str, str]) -> None:
        met = tuple(problems)
        self._now = standing(met, digests)
        new = new_errors(met, digests, self._good.allowed(self._begun)) if self._good else ()
        if new:
            raise _HeldError(new)

    def _looked_at(self) -> Collection[str]:
        return self._server.looked_at() if self._good else ()

    def _shown(self, paths: Collection[str]) -> None:
        self._first |= set(paths)
        self._faults = ()
        self._server.tell(News(changed=tuple(paths), base=self._base))

    def _progress(self, task: str, _done: int, _of: int) -> None:
        if task != _WRITING or self._good is None or self._overtaken >= _MOST_OVERTAKEN:
            return
        changed = self._watching.changed(0)
        if changed is not None:
            self._changed = changed
            raise _OvertakenError

    # What is told -----------------------------------------------------------------------------------

    def _fail(self, faults: tuple[Fault, ...], lines: Iterable[str]) -> None:
        if faults != self._faults:
            for line in lines:
                self._asked.tell(line)
            if self._good:
                self._asked.tell("the last good pages stay until that is mended.")
        self._faults = faults
        self._server.tell(News(faults=faults, base=self._base))

    def _succeed(self, report: site.Report, done: float) -> None:
        seconds = done - self._begun
        changed = [path for path in (*report.written, *report.removed) if path not in self._first]
        self._server.tell(News(changed=tuple(changed), base=self._base))
        lines = [f"{one.severity}: {sentence(one)}" for one in report.problems]
        for line in lines:
            if line not in self._told:
                self._asked.tell(line)
        self._told = frozenset(lines)
        if self._good is None:
            self._asked.tell(
                f"{count_of(report.articles, 'article')}, {count_of(report.pages, 'file')}; {seconds:.2f} s"
            )
        elif report.written or report.removed or self._faults:
            self._asked.tell(self._summary(report, seconds))
        before = self._good or Good(self._now, self._now, done)
        self._good, self._faults = before.followed(self._now, self._begun, done), ()

    def _summary(self, report: site.Report, seconds: float) -> str:
        what = f"{len(report.written):,} written, {len(report.removed):,} removed; {seconds:.2f} s"
        names = [Path(each).name for each in self._changed]
        which = f"{names[0]}{f' and {len(names) - 1} more' if len(names) > 1 else ''}: " if names else ""
        return f"{which}{what}"


def _awaited(file: Path) -> None:
    """Wait for a moment for a file that an editor may be replacing."""
    end = time.monotonic() + _MOMENT
    while _is_away(file) and time.monotonic() < end:
        time.sleep(_MOMENT / 50)


def _is_away(file: Path) -> bool:
    """Tell whether there is no such file, or one that was emptied just now."""
    try:
        seen = file.stat()
    except OSError:
        return True
    return seen.st_size == 0 and time.time() - seen.st_mtime < _MOMENT


def _error(one: Problem) -> str:
    return f"error: {sentence(one)}"
