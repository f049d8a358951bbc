"""What is watched, in a process of its own: what changes below folders, or beside them, comes by a pipe.

No thread runs in the builder, which forks. The process ends when nobody reads what it says.
"""

from __future__ import annotations

import os
import re
import select
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, NoReturn

import msgspec

_STEP = 10
"""Milliseconds in which nothing more must change for what changed to be told."""

_LONGEST = 250
"""Milliseconds after which it is told in any case."""

_IDLE = 50
"""Milliseconds after which is told that nothing changed: the first time it says that the watch has begun."""

_BEGUN = b"[]"
"""A line that tells of no path: a watch has begun."""

_MOST = 50
"""Paths that are told; what was changed a build finds out itself."""

_PASSING = re.compile(r"(?:.*[~#]|\.#.*|\..*\.sw[a-z]|4913|.*\.(?:tmp|part|crdownload)|\.DS_Store)$")
"""What editors and browsers put beside a file while they write it."""

_HIDDEN = frozenset({".git", ".hg", ".svn", "__pycache__", "node_modules"})


Say = Callable[[list[str]], None]


class Watched(NamedTuple):
    """Folders and files as they are: some watched with all below them, of others only what they hold."""

    deep: frozenset[tuple[str, int]]
    flat: frozenset[tuple[str, int]]


def watched(deep: Iterable[Path], flat: Iterable[Path] = ()) -> Watched:
    """Return how to hear of changes below some places, also of those that are not there yet."""
    found = set(deep)
    beside = {*flat, *(_nearest(place) for place in found)}
    return Watched(frozenset(filter(None, map(_known, found))), frozenset(filter(None, map(_known, beside))))


def _nearest(place: Path) -> Path:
    """Return the folder in which a place is, or would come to be."""
    return next((each for each in place.parents if each.is_dir()), place)


def _known(place: Path) -> tuple[str, int] | None:
    """Return where a place really is and which it is: another of its name has to be watched anew."""
    try:
        whole = os.path.realpath(place)
        return whole, Path(whole).stat().st_ino
    except OSError:
        return None


_TURN = 0.5
"""Seconds of one turn of a wait without an end."""


class Watcher:
    """Watches; what stands below one of the places `ignored` is of no interest."""

    def __init__(self, ignored: Iterable[Path]) -> None:
        self._ignored = tuple(f"{os.path.realpath(each)}{os.sep}" for each in ignored)
        self._pid = self._pipe = 0
        self._now: Watched | None = None
        self._rest = b""

    def watch(self, wanted: Watched) -> bool:
        """Watch these places from when this returns; tell whether others were watched before."""
        if wanted == self._now:
            return False
        import watchfiles  # noqa: F401 - here, so that not each process imports it anew

        self.end()
        told, tell = os.pipe()
        self._pid = os.fork()
        if not self._pid:  # pragma: no cover - another process
            os.close(told)
            _live(wanted, self._ignored, tell)
        os.close(tell)
        self._pipe, self._now, self._rest = told, wanted, b""
        missing = sum(map(bool, wanted))
        # What is told to have changed before all of them watch is seen by whoever reads from now on.
        while missing > 0:
            missing -= self._lines(None).count(_BEGUN)
        return True

    def changed(self, wait: float | None = None) -> list[str] | None:
        """Return some of the paths that changed, at once if something did; None if nothing has.

        Without a `wait`, in seconds, wait until something has.
        """
        lines = self._lines(wait)
        while lines and (more := self._lines(0)):
            lines += more
        return (
            [path for line in lines for path in msgspec.json.decode(line, type=list[str])] if lines else None
        )

    def _lines(self, wait: float | None) -> list[bytes]:
        """Return what is told within a time; EOFError where nobody watches any more."""
        # A signal that comes just before a wait begins does not end it: it is seen when the next one begins.
        while not select.select([self._pipe], [], [], _TURN if wait is None else wait)[0]:
            if wait is not None:
                return []
        piece = os.read(self._pipe, 1 << 16)
        if not piece:
            raise EOFError
        *lines, self._rest = (self._rest + piece).split(b"\n")
        return lines

    def end(self) -> None:
        """Watch nothing any more."""
        if not self._pid:
            return
        os.close(self._pipe)
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(self._pid, 0)
        self._pid, self._now = 0, None


@contextmanager
def watcher(ignored: Iterable[Path]) -> Iterator[Watcher]:
    """Give what watches, and end it."""
    found = Watcher(ignored)
    own = os.getpid()
    try:
        yield found
    finally:
        if os.getpid() == own:
            found.end()


# The process ---------------------------------------------------------------------------------------


def _live(
    wanted: Watched, ignored: tuple[str, ...], tell: int
) -> NoReturn:  # pragma: no cover - another process
    lock = threading.Lock()

    def say(paths: list[str]) -> None:
        with lock:
            os.write(tell, msgspec.json.encode(paths) + b"\n")

    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        for places, is_deep in ((wanted.deep, True), (wanted.flat, False)):
            if places:
                names = sorted(place for place, _ in places)
                threading.Thread(target=_tell, args=(names, is_deep, ignored, say), daemon=True).start()
        poll = select.poll()
        # Only that the other end is closed is heard so.
        poll.register(tell, 0)
        poll.poll()
    finally:
        os._exit(0)


def _tell(
    names: list[str], is_deep: bool, ignored: tuple[str, ...], say: Say
) -> None:  # pragma: no cover - the same
    try:
        for polling in (False, True):
            with suppress(OSError, RuntimeError):
                _tell_all(names, is_deep, ignored, say, polling=polling)
    finally:
        os._exit(1)


def _tell_all(
    names: list[str], is_deep: bool, ignored: tuple[str, ...], say: Say, *, polling: bool
) -> None:  # pragma: no cover - the same
    from watchfiles import watch

    is_first = True
    for changes in watch(
        *(each for each in names if Path(each).exists()),
        watch_filter=lambda _change, path: matters(path, ignored),
        debounce=_LONGEST,
        step=_STEP,
        rust_timeout=_IDLE,
        yield_on_timeout=True,
        recursive=is_deep,
        ignore_permission_denied=True,
        raise_interrupt=False,
        force_polling=polling,
    ):
        if is_first:
            say([])
        if changes:
            say(sorted(path for _, path in changes)[:_MOST])
        is_first = False


def matters(path: str, ignored: tuple[str, ...]) -> bool:
    """Tell whether a change of a path may be one of the site."""
    parts = Path(path).parts
    if path.startswith(ignored) or f"{path}{os.sep}" in ignored:
        return False
    return not _PASSING.match(parts[-1]) and not _HIDDEN.intersection(parts)
