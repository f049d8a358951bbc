"""Dumps, saved pages, feeds and other generators' articles become article files, by the readers of the build.

A run may be interrupted: the next one goes on. What was written from an older source and edited by nobody is
brought up to date; what an editor changed, or somebody else wrote, is never written over.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import msgspec

from lwnindex import attached, names
from lwnindex.articlefile import is_as_written, written
from lwnindex.config import Found
from lwnindex.contentfiles import is_inside, put, text_of
from lwnindex.engine.limits import Bounds
from lwnindex.gather import plugins_of
from lwnindex.loading import whole
from lwnindex.lock import PATIENCE, held, unheard
from lwnindex.manuscripts import manuscripts
from lwnindex.model import Manuscript, Problem, Source
from lwnindex.oversize import whole_items
from lwnindex.patience import SlowError, patient
from lwnindex.presets import PresetName
from lwnindex.problems import SiteError, line_in, problem
from lwnindex.readers.items import Items
from lwnindex.readers.plugged import NoManuscriptError
from lwnindex.reading import DEFAULT, Reading, reading
from lwnindex.registry import Plugins, taker
from lwnindex.settings import FEEDS, PAGES, SUFFIXES, SourceSettings
from lwnindex.walk import entries, text
from lwnindex.web import Answer, Web
from lwnindex.webtext import in_utf8

_ACCEPT = "text/html, application/atom+xml, application/rss+xml, application/xml, */*;q=0.5"
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_LONGEST, _DEEPEST = 2_000, 400
"""Bytes and folders of an article's path; the address of a page may have more than any system takes."""

_MEND = "Mend the plug-in, and import again."
_PICTURE = re.compile(r"!\[[^\]\n]*\]\(|<img\b", re.IGNORECASE)


class Order(NamedTuple):
    """What is imported, as what, and to which folder; the first content folder if none is named."""

    what: str
    preset: PresetName | None = None
    to: str = ""
    dry_run: bool = False
    waiting: Callable[[str], None] = unheard
    patience: float = PATIENCE


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


class _Read(NamedTuple):
    """One source: its path below what is imported, what is in it, and the rules by which it was read."""

    file: str
    path: str
    items: Items
    rules: Reading


def import_(found: Found, order: Order, web: Web) -> Report:
    """Return what became of a file, a folder or an address; SiteError where there is none of them."""
    target = Path(order.to).resolve() if order.to else (found.root / found.config.content[0]).resolve()
    start = None if is_address(order.what) else _start(order)
    work = _Work(target, start, order.dry_run, plugins_of(found))
    if order.dry_run:
        return work.done(_sources(found, order, web, work))
    with held({"to": target}, order.patience, order.waiting, "import"):
        return work.done(_sources(found, order, web, work))


# Reading -----------------------------------------------------------------------------------------


def is_address(what: str) -> bool:
    """Tell whether what is to be imported is an address of the web, and no file or folder."""
    return what.lower().startswith(("http://", "https://"))


def _start(order: Order) -> Path:
    """Return the folder that is imported, or that of the one file which is."""
    start = Path(order.what).resolve()
    return start if start.is_dir() else start.parent


def _sources(found: Found, order: Order, web: Web, work: _Work) -> Iterator[_Read]:
    if is_address(order.what):
        yield _from_web(found, order, web.get(order.what, accept=_ACCEPT))
        return
    start = Path(order.what)
    if not start.exists():
        raise SiteError(f"there is nothing at {start}. Name a file, a folder or an address.", 2)
    if not start.is_dir():
        rules = _rules(found, order, "")
        yield from _from_disk([(start, start.name)], str(start.parent), rules, work, Path.read_bytes)
        return
    files = _below(start, _own(found, start, work.target), work)
    yield from _from_disk(files, str(start), _rules(found, order, ""), work, _as_seen)


def _rules(found: Found, order: Order, url: str) -> Reading:
    """Return the rules by which an import is read: of a table, of the preset, or of files without either."""
    table = None if url else _table(found, order)
    if table or (order.preset is None and not url):
        return reading(found.config, table or DEFAULT)
    source = SourceSettings(path=".", preset=order.preset or DEFAULT.preset, url=url)
    if order.preset is None:
        source = msgspec.structs.replace(source, index={})
    return reading(found.config, source)


def _table(found: Found, order: Order) -> SourceSettings | None:
    """Return the table that says how what is imported is read, unless another preset is asked for."""
    start = Path(order.what).resolve()
    meant = [one for one in found.config.sources if order.preset in (None, one.preset)]
    above = [one for one in meant if start.is_relative_to((found.root / one.path).resolve())]
    return max(above, key=lambda one: len(one.path), default=None)


def _own(found: Found, start: Path, target: Path) -> tuple[str, ...]:
    """Return the folders in what is imported that this site writes to: what stands there came from it."""
    root = start.resolve()
    own = {target, found.output.resolve()}
    inside = [one for one in own if one != root and one.is_relative_to(root)]
    return tuple(f"{one.relative_to(root).as_posix()}/" for one in sorted(inside))


def _below(folder: Path, own: tuple[str, ...], work: _Work) -> Iterator[tuple[Path, str]]:
    for one in own:
        work.skip(one.rstrip("/"), "this site is written there")
    start = folder.resolve()
    for entry, raw, failure in entries(str(folder), hidden=False):
        if raw.startswith(own):
            continue
        if entry is None:
            work.fail(f"{folder}/{raw}".rstrip("/"), failure or OSError())
        elif entry.is_file(follow_symlinks=False):
            if raw.lower().endswith(SUFFIXES) or taker(work.plugins.readers, text(raw)):
                yield start / raw, text(raw)
            else:
                work.leave(text(raw))
        elif not entry.is_dir(follow_symlinks=False):
            work.skip(text(raw), "it is a link, or no regular file")


def _as_seen(place: Path) -> bytes:
    """Return the bytes of a file where no link has come into its place since."""
    return whole(str(place))


def _from_disk(
    files: Iterable[tuple[Path, str]], shown: str, rules: Reading, work: _Work, read: Callable[[Path], bytes]
) -> Iterator[_Read]:
    for place, path in files:
        file = f"{shown}/{path}"
        try:
            content = read(place)
        except OSError as error:
            work.fail(file, error)
            continue
        source = Source(file=file, path=path, digest="")
        yield _Read(file, path, whole_items(_items(source, content, rules, work.plugins)), rules)


def _items(source: Source, content: bytes, rules: Reading, plugins: Plugins) -> Items:
    """Return what a source holds; a problem where the reader of a plug-in fails on it."""
    reader = taker(plugins.readers, source.path)
    if reader is None:
        return manuscripts(source, content, rules)
    read = partial(manuscripts, source, content, rules, plugins.readers)
    try:
        return patient(Bounds().first, read, plugins.places)
    except Exception as error:
        place = line_in(error, plugins.places)
        if not place and not isinstance(error, SlowError | NoManuscriptError):
            raise
        what = error if isinstance(error, SlowError) else f"{type(error).__name__}: {error} ({place})"
        message = f"the plug-in's reader {reader.name} failed on this file: {what}."
        return Items((), (problem("crash", source.file, 0, message, _MEND),))


def _from_web(found: Found, order: Order, answer: Answer) -> _Read:
    """Return what stands at an address as a source below a folder that is called after its host."""
    content = in_utf8(answer)
    parts = urlsplit(answer.url)
    levels = [unquote(level) for level in parts.path.split("/") if level.strip(".")]
    stem, suffix = posixpath.splitext(levels[-1] if levels else "index")
    path = "/".join([parts.hostname or "web", *levels[:-1], stem + _suffix(answer, content, suffix.lower())])
    rules = _rules(found, order, answer.url)
    items = manuscripts(Source(file=answer.url, path=path, digest=""), content, rules)
    return _Read(answer.url, path, whole_items(items), rules)


def _suffix(answer: Answer, content: bytes, suffix: str) -> str:
    """Return the ending of a file that holds an answer: by what it is, whatever its address ends in."""
    if answer.kind in ("text/html", "application/xhtml+xml") or _HTML.match(content):
        return suffix if suffix in PAGES else ".html"
    if answer.kind in ("text/markdown", "text/plain") and suffix in SUFFIXES:
        return suffix
    if content.lstrip()[:1] == b"{":
        return ".json"
    return suffix if suffix in FEEDS else ".xml"


# Writing -----------------------------------------------------------------------------------------


class _Work:
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

    def done(self, sources: Iterator[_Read]) -> Report:
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

    def _source(self, source: _Read) -> int:
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

    def _article(self, source: _Read, found: Manuscript, *, alone: bool) -> None:
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
