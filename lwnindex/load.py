"""Folders become inputs: sources named and digested, static files, the theme, and the tool's own fingerprint.

A file's stat is a hint for not reading it again, as in git's index; the truth is the digest of its bytes.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

from lwnindex.digest import digest, digest_bytes
from lwnindex.highlight import stylesheet
from lwnindex.model import Problem, Source
from lwnindex.parse import SUFFIXES
from lwnindex.problems import SiteError, problem
from lwnindex.settings import Config

LIBRARIES = ("markdown", "pygments", "jinja2", "nh3", "msgspec", "lxml", "pyyaml")
"""Those whose output stands in what we keep."""

_PACKAGE = Path(__file__).parent
_TOO_FRESH = 2_000_000_000
"""Nanoseconds in which a file may change again without its stat showing it."""


class Loaded(NamedTuple):
    """What a folder walk found: sources, where each is, hints for the next walk, and problems."""

    sources: tuple[Source, ...]
    places: Mapping[str, Path]
    hints: Mapping[str, tuple[str, str]]
    problems: tuple[Problem, ...]


class _Walk:
    """Collects what one walk finds."""

    def __init__(self, hints: Mapping[str, tuple[str, str]]) -> None:
        self.sources: list[Source] = []
        self.places: dict[str, Path] = {}
        self.old = hints
        self.hints: dict[str, tuple[str, str]] = {}
        self.problems: list[Problem] = []
        self.now = time.time_ns()

    def found(self, suffixes: tuple[str, ...] | None, folder: Path, shown: str) -> None:
        """Take in a folder whose files are named `shown/...`; `suffixes` None takes every file."""
        root = folder.resolve()
        for place, path in _files(folder, ""):
            file = f"{shown}/{path}"
            reason = _obstacle(place, root)
            if reason:
                self._obstructed(reason, file, path)
            elif suffixes is None or path.lower().endswith(suffixes):
                self._source(place, file, path)
            else:
                self._unread(file)

    def _obstructed(self, reason: str, file: str, path: str) -> None:
        if reason == "outside":
            message, fix = "the link leads out of its folder.", "Put a copy of the file there instead."
        elif reason == "folder":
            if not path.lower().endswith(SUFFIXES):
                return
            message, fix = "a folder stands where an article should be.", "Rename it; what it holds is read."
        else:
            message, fix = "this is no regular file.", "Remove it, or put a file in its place."
        code = "outside" if reason == "outside" else "not-a-file"
        self.problems.append(problem(code, file, 0, message, fix))

    def _unread(self, file: str) -> None:
        kinds = ", ".join(SUFFIXES)
        fix = f"Articles end in {kinds}; files to be copied belong into static/."
        self.problems.append(problem("not-read", file, 0, "no reader knows this kind of file.", fix))

    def _source(self, place: Path, file: str, path: str) -> None:
        try:
            seen = place.stat()
            hint = _hint(seen)
            known = self.old.get(str(place))
            own = known[1] if known and known[0] == hint else digest_bytes(place.read_bytes())
        except OSError as error:
            reason = error.strerror or str(error)
            fix = "Give it the rights to be read, or remove it."
            self.problems.append(problem("unreadable", file, 0, f"the file cannot be read: {reason}.", fix))
            return
        if self.now - max(seen.st_mtime_ns, seen.st_ctime_ns) > _TOO_FRESH:
            self.hints[str(place)] = (hint, own)
        self.places[file] = place
        self.sources.append(Source(file=file, path=path, digest=own, size=seen.st_size))


def sources(config: Config, root: Path, hints: Mapping[str, tuple[str, str]]) -> Loaded:
    """Return the articles and plain pages of the content folders; SiteError where a folder is missing."""
    walk = _Walk(hints)
    for name in config.content:
        folder = root / name
        if not folder.is_dir():
            what = "is a file, not a folder" if folder.exists() else "does not exist"
            raise SiteError(
                f"the content folder {folder} {what}. Make it, or name another: --content DIR.", 2
            )
        walk.found(SUFFIXES, folder, Path(name).as_posix().rstrip("/"))
    ordered = sorted(walk.sources, key=lambda one: one.file)
    return Loaded(tuple(ordered), walk.places, walk.hints, tuple(walk.problems))


def static(config: Config, root: Path, hints: Mapping[str, tuple[str, str]]) -> Loaded:
    """Return the files that are copied as they are; none where there is no such folder."""
    walk = _Walk(hints)
    folder = root / config.static
    if folder.is_dir():
        walk.found(None, folder, Path(config.static).as_posix().rstrip("/"))
    return Loaded(tuple(walk.sources), walk.places, walk.hints, tuple(walk.problems))


def _files(folder: Path, prefix: str) -> Iterator[tuple[Path, str]]:
    """Yield every file and odd thing below a folder, in the order of their names; hidden ones are passed over.

    A folder whose name ends like an article's is yielded as well as entered.
    """
    try:
        entries = sorted(os.scandir(folder), key=lambda one: one.name)
    except OSError:
        yield folder, prefix.rstrip("/")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            if entry.name.lower().endswith(SUFFIXES):
                yield Path(entry.path), prefix + entry.name
            yield from _files(Path(entry.path), f"{prefix}{entry.name}/")
        else:
            yield Path(entry.path), prefix + entry.name


def _obstacle(place: Path, root: Path) -> str:
    """Return why something cannot be read as a file: `outside`, `folder`, `special`; empty if it can."""
    try:
        kind = place.lstat().st_mode
        if stat.S_ISLNK(kind):
            if not place.resolve().is_relative_to(root):
                return "outside"
            kind = place.stat().st_mode
    except OSError:
        return ""
    if stat.S_ISDIR(kind):
        return "folder"
    return "" if stat.S_ISREG(kind) else "special"


def _hint(seen: os.stat_result) -> str:
    return f"{seen.st_size} {seen.st_mtime_ns} {seen.st_ctime_ns} {seen.st_ino}"


def theme_files(config: Config, root: Path) -> tuple[dict[str, str], dict[str, str], dict[str, bytes]]:
    """Return a theme's templates and their files by name, and its assets by output path.

    A file of the site's own `templates/` wins over the theme's of the same name. SiteError for no theme.
    """
    folder = _theme_folder(config.theme.name, root)
    texts: dict[str, str] = {}
    files: dict[str, str] = {}
    for base in (folder / "templates", root / "templates"):
        for place, name in _theme_parts(base):
            texts[name] = _template(place)
            files[name] = str(place)
    assets = {f"assets/{name}": place.read_bytes() for place, name in _theme_parts(folder / "assets")}
    assets["assets/pygments.css"] = stylesheet().encode()
    return texts, files, assets


def _theme_folder(name: str, root: Path) -> Path:
    shelves = (root / "themes", _PACKAGE / "themes", _PACKAGE.parent / "themes")
    found = next((each / name for each in shelves if (each / name / "templates").is_dir()), None)
    if found is None or "/" in name or name.startswith("."):
        raise SiteError(f'there is no theme "{name}": no folder themes/{name}/templates.', exit_code=2)
    return found


def _theme_parts(base: Path) -> Iterator[tuple[Path, str]]:
    if base.is_dir():
        yield from ((place, name) for place, name in _files(base, "") if place.is_file())


def _template(place: Path) -> str:
    try:
        return place.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SiteError(f"{place}: the template cannot be read: {error}.") from error


def fingerprint() -> str:
    """Return the digest of the program: its own sources, and the versions of the libraries it stands on."""
    own = [(place.relative_to(_PACKAGE).as_posix(), digest_bytes(place.read_bytes())) for place in _modules()]
    return digest((own, [(name, _version(name)) for name in LIBRARIES]))


def _modules() -> list[Path]:
    return sorted(_PACKAGE.rglob("*.py"))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
