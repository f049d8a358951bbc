"""Dumps, saved pages, feeds and other generators' articles become article files, by the readers of the build.

A run may be interrupted: the next one goes on. What was written from an older source and edited by nobody is
brought up to date; what an editor changed, or somebody else wrote, is never written over.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import msgspec

from lwnindex.config import Found
from lwnindex.engine.limits import Bounds
from lwnindex.gather import plugins_of
from lwnindex.intake import Intake, Read, Report
from lwnindex.loading import whole
from lwnindex.lock import PATIENCE, held, unheard
from lwnindex.manuscripts import manuscripts
from lwnindex.model import Source
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
_MEND = "Mend the plug-in, and import again."


class Order(NamedTuple):
    """What is imported, as what, and to which folder; the first content folder if none is named."""

    what: str
    preset: PresetName | None = None
    to: str = ""
    dry_run: bool = False
    waiting: Callable[[str], None] = unheard
    patience: float = PATIENCE


def import_(found: Found, order: Order, web: Web) -> Report:
    """Return what became of a file, a folder or an address; SiteError where there is none of them."""
    target = Path(order.to).resolve() if order.to else (found.root / found.config.content[0]).resolve()
    start = None if is_address(order.what) else _start(order)
    work = Intake(target, start, order.dry_run, plugins_of(found))
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


def _sources(found: Found, order: Order, web: Web, work: Intake) -> Iterator[Read]:
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


def _below(folder: Path, own: tuple[str, ...], work: Intake) -> Iterator[tuple[Path, str]]:
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
    files: Iterable[tuple[Path, str]], shown: str, rules: Reading, work: Intake, read: Callable[[Path], bytes]
) -> Iterator[Read]:
    for place, path in files:
        file = f"{shown}/{path}"
        try:
            content = read(place)
        except OSError as error:
            work.fail(file, error)
            continue
        source = Source(file=file, path=path, digest="")
        yield Read(file, path, whole_items(_items(source, content, rules, work.plugins)), rules)


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


def _from_web(found: Found, order: Order, answer: Answer) -> Read:
    """Return what stands at an address as a source below a folder that is called after its host."""
    content = in_utf8(answer)
    parts = urlsplit(answer.url)
    levels = [unquote(level) for level in parts.path.split("/") if level.strip(".")]
    stem, suffix = posixpath.splitext(levels[-1] if levels else "index")
    path = "/".join([parts.hostname or "web", *levels[:-1], stem + _suffix(answer, content, suffix.lower())])
    rules = _rules(found, order, answer.url)
    items = manuscripts(Source(file=answer.url, path=path, digest=""), content, rules)
    return Read(answer.url, path, whole_items(items), rules)


def _suffix(answer: Answer, content: bytes, suffix: str) -> str:
    """Return the ending of a file that holds an answer: by what it is, whatever its address ends in."""
    if answer.kind in ("text/html", "application/xhtml+xml") or _HTML.match(content):
        return suffix if suffix in PAGES else ".html"
    if answer.kind in ("text/markdown", "text/plain") and suffix in SUFFIXES:
        return suffix
    if content.lstrip()[:1] == b"{":
        return ".json"
    return suffix if suffix in FEEDS else ".xml"
