"""Files that imported articles lead to are copied to where their addresses lead from the article files.

An article file may stand in a folder of another name than its source did, so each address is followed twice:
from where the article stood, and from where it is written. Nothing that stands there is written over, and
what browsers run is left behind.
"""

from __future__ import annotations

import filecmp
import posixpath
import re
import stat
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from lwnindex.body import compose
from lwnindex.contentfiles import is_inside, put
from lwnindex.model import Manuscript
from lwnindex.problems import SiteError
from lwnindex.reading import Reading
from lwnindex.settings import SUFFIXES
from lwnindex.views.attachments import is_active
from lwnindex.views.targets import file_of

_FILE = re.compile(r"(?![A-Za-z][A-Za-z0-9+.\-]*:|//).*\.[A-Za-z][A-Za-z0-9]{1,4}", re.DOTALL)
"""A link that means a file, not a page of the archive's own site."""


class Lead(NamedTuple):
    """An address in an article: the article's file, and the paths that it means in the archive and here.

    `is_missed` tells whether it leads to nothing unless there is a file.
    """

    article: str
    href: str
    old: str
    new: str
    is_missed: bool


class Attached(NamedTuple):
    """Paths that were copied, those that stood there, (article, address) of none, and (path, why not)."""

    copied: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    missing: tuple[tuple[str, str], ...] = ()
    refused: tuple[tuple[str, str], ...] = ()


def leads(file: str, path: str, target: str, found: Manuscript, rules: Reading) -> Iterator[Lead]:
    """Yield the addresses of files in an article of the source `path` that is written to `target`."""
    body = compose(found.text, found.lines, rules.extensions, "", rules.accelerate, markup=found.markup).body
    pictures = {number for number, _, _ in body.images}
    for number, href in enumerate(body.hrefs):
        old, new = file_of(href, f"./{path}", path), file_of(href, f"./{target}", target)
        if old not in ("", "."):
            means = href if number in pictures else href.partition("#")[0].partition("?")[0]
            is_missed = not found.original and (number in pictures or bool(_FILE.fullmatch(means)))
            yield Lead(file, href, old, new, is_missed)


def copy(
    found: Iterable[Lead], start: Path, target: Path, read: Collection[str], *, dry_run: bool
) -> Attached:
    """Copy the files below `start` that articles lead to; `read` are the paths of the articles themselves."""
    done = _Done()
    for one in found:
        if one.new not in done.told and one.old not in read:
            _one(one, start, target, done, dry_run)
    return Attached(tuple(done.copied), tuple(done.held), tuple(done.missing), tuple(done.refused.items()))


class _Done:
    """What became of the files so far."""

    def __init__(self) -> None:
        self.copied: list[str] = []
        self.held: list[str] = []
        self.missing: list[tuple[str, str]] = []
        self.refused: dict[str, str] = {}
        self.told: set[str] = set()


def _one(one: Lead, start: Path, target: Path, done: _Done, dry_run: bool) -> None:
    source, place = start / one.old, target / one.new
    if not _is_file(source):
        if one.is_missed and (one.article, one.href) not in done.missing:
            done.missing.append((one.article, one.href))
        return
    done.told.add(one.new)
    if why := _against(one, source, place, start, target):
        done.refused[one.old] = why
    elif _stands(place):
        if _is_same(source, place):
            done.held.append(one.new)
        else:
            done.refused[one.old] = f"another file stands at {place}; it was left as it is"
    else:
        _put(source, place, dry_run)
        done.copied.append(one.new)


def _is_file(place: Path) -> bool:
    """Tell whether a regular file stands at a place that an article names, which may be no name at all."""
    try:
        return stat.S_ISREG(place.stat().st_mode)
    except (OSError, ValueError):
        return False


def _against(one: Lead, source: Path, place: Path, start: Path, target: Path) -> str:
    """Return what speaks against copying a file, if anything does."""
    reasons = {
        "it stands outside of the folder that is imported": one.old.startswith("../"),
        "it is hidden": any(level.startswith(".") for level in one.old.split("/")),
        "it is a link, or a link leads to it": not is_inside(source, start),
        "browsers can run such a file as they run a page": is_active(one.old),
        "it would be read as an article, and holds none": one.old.lower().endswith(SUFFIXES),
        "a link leads out of the folder that is written to": not is_inside(place, target),
        "it cannot be read": not _is_readable(source),
    }
    return next((why for why, is_so in reasons.items() if is_so), "")


def _is_readable(source: Path) -> bool:
    try:
        source.open("rb").close()
    except OSError:
        return False
    return True


def _stands(place: Path) -> bool:
    return place.exists() or place.is_symlink()


def _is_same(source: Path, place: Path) -> bool:
    try:
        return place.is_file() and filecmp.cmp(source, place, shallow=False)
    except OSError:
        return False


def _put(source: Path, place: Path, dry_run: bool) -> None:
    if dry_run:
        return
    try:
        put(place, source)
    except OSError as error:
        why = error.strerror or str(error)
        raise SiteError(f"{place} cannot be written: {why}. Import again, it goes on.") from error


def left(unread: Iterable[str], found: Attached, leads: Iterable[Lead]) -> Iterator[str]:
    """Yield those of the files that no reader knows which no article leads to."""
    wanted = {one.old for one in leads} | {path for path, _ in found.refused}
    yield from (path for path in unread if posixpath.normpath(path) not in wanted)
