"""Folders become inputs: sources and static files, named and digested.

A file's stat is a hint for not reading it again, as in git's index; the truth is the digest of its bytes.
"""

from __future__ import annotations

import os
import posixpath
import stat
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from lwnindex.digest import digest_pieces
from lwnindex.engine.store import Hint
from lwnindex.model import Problem, Source
from lwnindex.problems import SiteError, problem
from lwnindex.registry import Reader, taker
from lwnindex.settings import FEEDS, SUFFIXES, TEXTS, Config, describes_topics
from lwnindex.unlinked import opened
from lwnindex.walk import entries, text

Stat = tuple[int, int, int, int]
"""A file's size, its times of change in nanoseconds (mtime, ctime) and its inode."""

_TOO_FRESH = 2_000_000_000
"""Nanoseconds in which a file may change again without its stat showing it."""

_PIECE = 1 << 20
"""Bytes that are read at once of a file that may be of any size."""

_SOURCE = 1 << 16
"""Bytes that are read at once of a source: most have fewer."""

_DEFAULT = Config().content
_OTHER = "name another: --content DIR"
_SITE = frozenset({"lwnindex.toml", "templates", "themes", "locale"})
"""What stands in a site's folder and is none of its articles, also where that is the content folder."""

_OUR_PRESETS = frozenset({"lwn", "plain"})
"""The presets in whose folders there may be feeds and files of topics; others' are for other generators."""

_OBSTACLES = {
    "outside": ("outside", "the link leads out of its folder.", "Put a copy of the file there instead."),
    "folder": (
        "not-a-file",
        "a folder stands where an article should be.",
        "Rename it; what it holds is read.",
    ),
    "link": ("not-read", "a link to a folder is not followed.", "Put the folder itself in its place."),
    "special": ("not-a-file", "this is no regular file.", "Remove it, or put a file in its place."),
}
"""The problem's code, sentence and way out for each thing that cannot be read as a file."""


class Loaded(NamedTuple):
    """What a folder walk found.

    `places` are where the sources stand; `stats` are what tells a later change of theirs, of those that
    have not changed just now. A source that has no hint has no digest yet. `beside` are the files that stand
    among the sources and are read by no reader, digested. `links` are the places that are links, with the
    files to which they led when they were seen.
    """

    sources: tuple[Source, ...]
    places: Mapping[str, str]
    stats: Mapping[str, Stat]
    problems: tuple[Problem, ...]
    beside: tuple[Source, ...] = ()
    links: Mapping[str, str] = MappingProxyType({})

    def way(self, file: str) -> str:
        """Return where the bytes of a source stand, which is not where a link to them does."""
        place = self.places[file]
        return self.links.get(place, place)


class Place(NamedTuple):
    """A folder that is read, or a file: its name for people, where it is, and by which rules it is read.

    `inside` are the folders in it that have rules of their own, each with a slash at its end, the longest
    first; `but` is what stands in it and is not read with it.
    """

    shown: str
    folder: Path
    rules: str = ""
    inside: tuple[tuple[str, str], ...] = ()
    but: frozenset[str] = frozenset()

    def rules_of(self, path: str) -> str:
        """Return the rules for a file below the folder."""
        return next((rules for start, rules in self.inside if path.startswith(start)), self.rules)

    @property
    def start(self) -> str:
        """What the names of all files in the folder begin with; they are as links from one to another are."""
        return "" if self.shown == "." else f"{self.shown.rstrip('/')}/"


class _Walk:
    """Collects what one walk finds."""

    def __init__(self, hints: Mapping[str, Hint]) -> None:
        self.sources: list[Source] = []
        self.beside: list[Source] = []
        self.suffixes: tuple[str, ...] | None = None
        self.ours: frozenset[str] = frozenset()
        self.readers: Sequence[Reader] = ()
        self.places: dict[str, str] = {}
        self.links: dict[str, str] = {}
        self.old = hints
        self.stats: dict[str, Stat] = {}
        self.problems: list[Problem] = []
        self.young = time.time_ns() - _TOO_FRESH

    def loaded(self) -> Loaded:
        ordered = sorted(self.sources, key=lambda one: one.file)
        beside = sorted(filter(None, map(self.digested, self.beside)), key=lambda one: one.file)
        return Loaded(
            tuple(ordered), self.places, self.stats, tuple(self.problems), tuple(beside), self.links
        )

    def found(self, suffixes: tuple[str, ...] | None, place: Place) -> None:
        """Take in a folder; `suffixes` are those of what is read, and None takes every file."""
        root = os.path.realpath(place.folder)
        self.suffixes, start = suffixes, place.start
        for entry, raw, failure in entries(root, hidden=suffixes is None, but=place.but):
            file = f"{start}{raw if raw.isascii() else text(raw)}".rstrip("/") or place.shown
            if entry is None:
                self._unreadable(file, failure or OSError())
            elif entry.is_file(follow_symlinks=False):
                self._file(entry, raw, file, place)
            else:
                self._special(entry, raw, file, place, root)

    def _file(self, entry: os.DirEntry[str], raw: str, file: str, place: Place) -> None:
        """Take in a regular file, or a link to one."""
        path = raw if raw.isascii() else text(raw)
        rules = place.rules_of(path) if place.inside else place.rules
        if self.suffixes is None and path != raw:
            self.problems.append(_unnamed(file))
        else:
            self._source(
                entry, file, path, rules, self.sources if self._is_read(path, rules) else self.beside
            )

    def _is_read(self, path: str, rules: str) -> bool:
        """Tell whether a reader knows this kind of file; feeds and topics are read where some may be held."""
        if self.suffixes is None or path.endswith(TEXTS):
            return True
        if self.readers and taker(self.readers, path):
            return True
        lower = path.lower()
        if lower.endswith(FEEDS) or describes_topics(path):
            return rules in self.ours
        return lower.endswith(self.suffixes)

    def _special(self, entry: os.DirEntry[str], raw: str, file: str, place: Place, root: str) -> None:
        """Take in what is no regular file: a problem, unless it is a folder, or leads to a file inside."""
        try:
            leads = os.path.realpath(entry.path) if entry.is_symlink() else entry.path
        except OSError as error:
            # What was a link is none any more.
            self._unreadable(file, error)
            return
        reason = _obstacle(entry, leads, root)
        if reason == "folder" and (self.suffixes is None or not raw.lower().endswith(TEXTS)):
            return
        if reason:
            self._obstructed(reason, file)
        else:
            self.links[entry.path] = leads
            self._file(entry, raw, file, place)

    def _obstructed(self, reason: str, file: str) -> None:
        code, message, fix = _OBSTACLES[reason]
        self.problems.append(problem(code, file, 0, message, fix))

    def _unreadable(self, file: str, error: OSError) -> None:
        message = f"it cannot be read: {error.strerror or error}."
        self.problems.append(
            problem("unreadable", file, 0, message, "Give it the rights to be read, or remove it.")
        )

    def alone(self, place: Place) -> None:
        """Take in a folder's one file that is named by itself."""
        with os.scandir(place.folder.parent) as listed:
            entry = next(one for one in listed if one.name == place.folder.name)
        self.links[entry.path] = os.path.realpath(entry.path)
        self._source(entry, place.shown, place.folder.name, place.rules, self.sources)

    def _source(self, entry: os.DirEntry[str], file: str, path: str, rules: str, to: list[Source]) -> None:
        if file in self.places:
            message = "its name, written out as text, is that of another file, too."
            self.problems.append(problem("unreadable", file, 0, message, "Rename one of them."))
            return
        try:
            seen = entry.stat()
        except OSError as error:
            self._unreadable(file, error)
            return
        own = (seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino)
        known = self.old.get(file)
        digest = known.digest if known and known[:-1] == own else ""
        if seen.st_mtime_ns < self.young and seen.st_ctime_ns < self.young:
            self.stats[file] = own
        self.places[file] = entry.path
        to.append(Source(file=file, path=path, digest=digest, rules=rules))

    def digested(self, source: Source) -> Source | None:
        """Return a source with the digest of its bytes; a problem where it cannot be read."""
        if source.digest:
            return source
        try:
            place = self.places[source.file]
            with opened(self.links.get(place, place)) as file:
                own = digest_pieces(iter(partial(os.read, file, _PIECE), b""))
        except OSError as error:
            self._unreadable(source.file, error)
            return None
        return msgspec.structs.replace(source, digest=own)


def places(config: Config, root: Path) -> tuple[Place, ...]:
    """Return the content folders, and those of `[[sources]]` in none of them; SiteError where one is missing.

    The default content folder may be missing where there are others.
    """
    tables = {one.path: _normal(root / one.path) for one in config.sources}
    folders = [(name, _normal(root / name)) for name in config.content]
    if config.content == _DEFAULT and tables:
        folders = [one for one in folders if one[1].is_dir()]
    for name, folder in sorted(tables.items(), key=lambda one: len(one[1].parts)):
        if not any(folder.is_relative_to(other) for _, other in folders):
            folders.append((name, folder))
    own = {_normal(root): _SITE | {posixpath.normpath(config.static)}}
    found = tuple(_place(folder, name, tables, own.get(folder, frozenset())) for name, folder in folders)
    for place in found:
        _check(place, is_table=place.rules != "")
    return found


def _normal(folder: Path) -> Path:
    return Path(os.path.normpath(folder))


def _place(folder: Path, name: str, tables: Mapping[str, Path], but: frozenset[str]) -> Place:
    """Return a folder that is read with the tables that stand for it and for folders in it."""
    inside = {
        f"{other.relative_to(folder).as_posix()}/": rules
        for rules, other in tables.items()
        if other != folder and other.is_relative_to(folder)
    }
    own = next((rules for rules, other in tables.items() if other == folder), "")
    longest = sorted(inside.items(), key=lambda one: (-len(one[0]), one[0]))
    return Place(posixpath.normpath(name), folder, own, tuple(longest), but)


def _check(place: Place, *, is_table: bool) -> None:
    if place.folder.is_dir() or (is_table and place.folder.is_file()):
        return
    what = "is a file, not a folder" if place.folder.exists() else "does not exist"
    kind, fix = ("source", "mend its path in [[sources]]") if is_table else ("content", _OTHER)
    raise SiteError(f"the {kind} folder {place.folder} {what}. Make it, or {fix}.", 2)


def sources(config: Config, root: Path, hints: Mapping[str, Hint], readers: Sequence[Reader] = ()) -> Loaded:
    """Return the articles and plain pages of the content folders; SiteError where a folder is missing.

    Those that `hints` know by their stat have their digests; the others are still to be read. What stands
    among them and is none is digested. What the `readers` of plug-ins take is a source, too.
    """
    walk = _Walk(hints)
    walk.readers = readers
    presets = {one.path: one.preset for one in config.sources}
    walk.ours = frozenset({"", *(path for path, preset in presets.items() if preset in _OUR_PRESETS)})
    for place in places(config, root):
        if place.folder.is_dir():
            walk.found(SUFFIXES, place)
        else:
            walk.alone(place)
    return walk.loaded()


def static(config: Config, root: Path, hints: Mapping[str, Hint]) -> Loaded:
    """Return the files that are copied as they are, digested; none where there is no such folder."""
    walk = _Walk(hints)
    folder = root / config.static
    if folder.is_dir():
        walk.found(None, Place(posixpath.normpath(config.static), folder))
    walk.sources = [one for one in map(walk.digested, walk.sources) if one]
    return walk.loaded()


def whole(place: str) -> bytes:
    """Return the bytes at the end of a source's way, sooner than a file object does; OSError names it."""
    with opened(place) as file:
        try:
            return b"".join(iter(partial(os.read, file, _SOURCE), b""))
        except OSError as error:
            raise OSError(error.errno, error.strerror, place) from error


def ask_ahead(places: Iterable[str]) -> None:
    """Have the disk read files that are about to be read, all at once, while what is there is worked on."""
    if not hasattr(os, "posix_fadvise"):
        return
    for place in places:
        # What cannot be opened says so to whoever reads it.
        with suppress(OSError), opened(place) as file:
            os.posix_fadvise(file, 0, 0, os.POSIX_FADV_WILLNEED)


def hints(loaded: Iterable[Loaded], digests: Mapping[str, str]) -> dict[str, Hint]:
    """Return what the next walk shall know of these files; `digests` are those of their bytes, by file."""
    stats = {file: own for each in loaded for file, own in each.stats.items()}
    return {file: Hint(*own, digests[file]) for file, own in stats.items() if digests.get(file)}


def _obstacle(entry: os.DirEntry[str], leads: str, root: str) -> str:
    """Return why something is not read as a file, a key of `_OBSTACLES`; empty if it can be tried.

    `leads` is where it leads if it is a link.
    """
    if entry.is_dir(follow_symlinks=False):
        return "folder"
    if not entry.is_symlink():
        return "special"
    if not Path(leads).is_relative_to(root):
        return "outside"
    try:
        kind = entry.stat().st_mode
    except OSError:
        return ""
    if stat.S_ISDIR(kind):
        return "link"
    return "" if stat.S_ISREG(kind) else "special"


def _unnamed(file: str) -> Problem:
    return problem("unreadable", file, 0, "its name is no UTF-8 text, so no page can have it.", "Rename it.")
