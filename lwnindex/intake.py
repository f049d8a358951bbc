"""The articles of one import as files, and what is to be told of them.

What an editor changed, or somebody else wrote, is never written over.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from lwnindex import attached, names
from lwnindex.articlefile import is_as_written, written
from lwnindex.contentfiles import is_inside, put, text_of
from lwnindex.model import Manuscript, Problem
from lwnindex.problems import SiteError, problem
from lwnindex.readers.items import Items
from lwnindex.reading import Reading
from lwnindex.registry import Plugins
from lwnindex.settings import FEEDS

_LONGEST, _DEEPEST = 2_000, 400
"""Bytes and folders of an article's path; the address of a page may have more than any system takes."""

_PICTURE = re.compile(r"!\[[^\]\n]*\]\(|<img\b", re.IGNORECASE)


class Report(NamedTuple):
    """What an import did: the files that were read, and what became of the articles in them.

    `written` and `kept` are places of files; `skipped` are (what, why). `lost` counts what of the articles is
    not in their files as it was; `bodies` are the texts of all articles that were read; `files` tell of those
    that the articles lead to.
    """

    read: int = 0
    written: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()
    lost: Mapping[str, int] = {}
    bodies: tuple[str, ...] = ()
    files: attached.Attached = attached.Attached()


class Read(NamedTuple):
    """One source: its path below what is imported, what is in it, and the rules by which it was read."""

    file: str
    path: str
    items: Items
    rules: Reading


class Intake:
    """Writes the articles of one import, and keeps what is to be told of them."""

    def __init__(self, target: Path, start: Path | None, dry_run: bool, plugins: Plugins) -> None:
        self.target, self._start, self._dry_run = target, start, dry_run
        self.plugins = plugins
        self._leads: list[attached.Lead] = []
        self._read: set[str] = set()
        self._unread: list[str] = []
        self._owners: dict[str, str] = {}
        self._spelling = names.Spelling()
        self._written: list[str] = []
        self._kept: list[str] = []
        self._skipped: list[tuple[str, str]] = []
        self._problems: list[Problem] = []
        self._lost: Counter[str] = Counter()
        self._bodies: list[str] = []

    def skip(self, what: str, why: str) -> None:
        """Note that something is not imported."""
        self._skipped.append((what, why))

    def leave(self, path: str) -> None:
        """Note a file that no reader knows, which an article may lead to."""
        self._unread.append(path)

    def fail(self, file: str, error: OSError) -> None:
        """Note that a file or a folder cannot be read."""
        message = f"it cannot be read: {error.strerror or error}."
        fix = "Give it the rights to be read, or remove it."
        self._problems.append(problem("unreadable", file, 0, message, fix))
        self.skip(file, "it cannot be read")

    def done(self, sources: Iterator[Read]) -> Report:
        """Write all that sources hold, and return the report."""
        count = sum(map(self._source, sources))
        files = self._attached()
        return Report(
            count,
            tuple(self._written),
            tuple(self._kept),
            tuple(self._skipped),
            tuple(self._problems),
            dict(sorted(self._lost.items())),
            tuple(self._bodies),
            files,
        )

    def _attached(self) -> attached.Attached:
        """Copy what the articles lead to, and return what became of it."""
        if self._start is None:
            return attached.Attached()
        found = attached.copy(self._leads, self._start, self.target, self._read, dry_run=self._dry_run)
        for path in attached.left(self._unread, found, self._leads):
            self.skip(path, "no reader knows this kind of file, and no article leads to it")
        return found

    def _source(self, source: Read) -> int:
        """Write what one source holds, and return how many were read: one."""
        found, problems = source.items
        self._problems += problems
        if not found:
            self.skip(source.path, problems[0].message if problems else "no article is in it")
        if found:
            self._read.add(source.path)
        for one in found:
            self._problems += one.problems
            self._lost.update(dict(one.counts))
            self._lost["picture"] += len(_PICTURE.findall(one.text))
            self._bodies.append(one.text)
            self._article(source, one, alone=len(found) == 1 and not source.path.lower().endswith(FEEDS))
        self._lost += Counter()
        return 1

    def _article(self, source: Read, found: Manuscript, *, alone: bool) -> None:
        path = self._path(source.path, found, alone=alone)
        place = self.target / path
        if not is_inside(place, self.target):
            self.skip(path, "a link leads out of the folder that is written to")
            return
        if self._start is not None:
            self._leads += attached.leads(source.file, source.path, path, found, source.rules)
        new = written(_named(found, source.path, path, alone=alone), slash_names=source.rules.slash_names)
        old = text_of(place)
        if old is None or (is_as_written(old) and old.replace("\r\n", "\n") != new):
            self._put(place, path, new)
        elif is_as_written(old):
            self._kept.append(path)
        else:
            self.skip(path, "a file stands there that somebody else wrote or edited; it was left as it is")

    def _put(self, place: Path, path: str, new: str) -> None:
        if not self._dry_run:
            try:
                put(place, new.encode("utf-8", "surrogatepass"))
            except OSError as error:
                why = error.strerror or str(error)
                raise SiteError(f"{place} cannot be written: {why}. Import again, it goes on.") from error
        self._written.append(path)

    def _path(self, path: str, found: Manuscript, *, alone: bool) -> str:
        """Return where an article is written: where its source stands, or in a folder called after that."""
        stem = posixpath.splitext(path)[0]
        own = stem if alone else f"{stem}/{found.id or 'item'}"
        safe = "/".join(map(names.segment, own.split("/")))
        exact = f"{path}\0{found.id}"
        if len(safe.encode()) > _LONGEST or safe.count("/") > _DEEPEST:
            safe = f"{safe.partition('/')[0]}/{safe.rpartition('/')[2]}{names.mark(exact)}"
        folder, slash, name = safe.rpartition("/")
        safe = f"{self._spelling.of(folder)}{slash}{name}"
        while self._owners.setdefault(names.folded(safe), exact) != exact:
            safe += names.mark(exact)
        return f"{safe}.md"


def _named(found: Manuscript, path: str, target: str, *, alone: bool) -> Manuscript:
    """Return a manuscript that says its id where the name of its new file does not."""
    stem = posixpath.splitext(posixpath.basename(path))[0]
    own = found.id or (stem if alone else "")
    new = posixpath.splitext(posixpath.basename(target))[0]
    if stem == "index" and alone and not found.id:
        return found
    return msgspec.structs.replace(found, id="" if own == new else own)
