"""Folders become inputs: sources named and digested, static files, the theme, and the tool's own fingerprint.

A file's stat is a hint for not reading it again, as in git's index; the truth is the digest of its bytes.
"""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
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

TEMPLATE = ".html"
"""The ending of templates; what else stands among them, notes or an editor's copies, is none."""

_NEVER = {".git", ".hg", ".svn", ".DS_Store"}
"""What stands in folders that is nobody's article and nobody's file to publish."""

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
        root = os.path.realpath(folder)
        for place, raw, failure in _files(folder, "", hidden=suffixes is None):
            path = _text(raw)
            file = f"{shown}/{path}".rstrip("/")
            reason = _obstacle(place, root)
            if failure:
                self._unreadable(file, failure)
            elif reason == "folder" and suffixes is None:
                continue
            elif reason:
                self._obstructed(reason, file)
            elif suffixes is None and path != raw:
                self.problems.append(_unnamed(file))
            elif suffixes is None or path.lower().endswith(suffixes):
                self._source(place, file, path)
            else:
                self._unread(file)

    def _obstructed(self, reason: str, file: str) -> None:
        code, message, fix = _OBSTACLES[reason]
        self.problems.append(problem(code, file, 0, message, fix))

    def _unread(self, file: str) -> None:
        kinds = ", ".join(SUFFIXES)
        fix = f"Articles end in {kinds}; files to be copied belong into static/."
        self.problems.append(problem("not-read", file, 0, "no reader knows this kind of file.", fix))

    def _unreadable(self, file: str, error: OSError) -> None:
        message = f"it cannot be read: {error.strerror or error}."
        self.problems.append(
            problem("unreadable", file, 0, message, "Give it the rights to be read, or remove it.")
        )

    def _source(self, place: Path, file: str, path: str) -> None:
        key = _text(str(place))
        try:
            seen = place.stat()
            hint = _hint(seen)
            known = self.old.get(key)
            own = known[1] if known and known[0] == hint else digest_bytes(place.read_bytes())
        except OSError as error:
            self._unreadable(file, error)
            return
        if self.now - max(seen.st_mtime_ns, seen.st_ctime_ns) > _TOO_FRESH:
            self.hints[key] = (hint, own)
        self.places[file] = place
        self.sources.append(Source(file=file, path=path, digest=own, size=seen.st_size))


def content_folders(config: Config, root: Path) -> tuple[tuple[str, Path], ...]:
    """Return the content folders with the names that people know them by; SiteError where one is missing."""
    found = tuple((Path(name).as_posix().rstrip("/"), root / name) for name in config.content)
    for _, folder in found:
        if not folder.is_dir():
            what = "is a file, not a folder" if folder.exists() else "does not exist"
            raise SiteError(
                f"the content folder {folder} {what}. Make it, or name another: --content DIR.", 2
            )
    return found


def sources(config: Config, root: Path, hints: Mapping[str, tuple[str, str]]) -> Loaded:
    """Return the articles and plain pages of the content folders; SiteError where a folder is missing."""
    walk = _Walk(hints)
    for shown, folder in content_folders(config, root):
        walk.found(SUFFIXES, folder, shown)
    ordered = sorted(walk.sources, key=lambda one: one.file)
    return Loaded(tuple(ordered), walk.places, walk.hints, tuple(walk.problems))


def static(config: Config, root: Path, hints: Mapping[str, tuple[str, str]]) -> Loaded:
    """Return the files that are copied as they are; none where there is no such folder."""
    walk = _Walk(hints)
    folder = root / config.static
    if folder.is_dir():
        walk.found(None, folder, Path(config.static).as_posix().rstrip("/"))
    return Loaded(tuple(walk.sources), walk.places, walk.hints, tuple(walk.problems))


def _files(folder: Path, prefix: str, *, hidden: bool = False) -> Iterator[tuple[Path, str, OSError | None]]:
    """Yield every file and odd thing below a folder, in the order of their names, `hidden` ones if asked.

    A folder whose name ends like an article's is yielded as well as entered; one that cannot be read comes
    with the reason.
    """
    try:
        with os.scandir(folder) as listed:
            entries = sorted(listed, key=lambda one: one.name)
    except OSError as error:
        yield folder, prefix, error
        return
    for entry in entries:
        if entry.name in _NEVER or (entry.name.startswith(".") and not hidden):
            continue
        if not entry.is_dir(follow_symlinks=False):
            yield Path(entry.path), prefix + entry.name, None
            continue
        if entry.name.lower().endswith(SUFFIXES):
            yield Path(entry.path), prefix + entry.name, None
        yield from _files(Path(entry.path), f"{prefix}{entry.name}/", hidden=hidden)


def _text(name: str) -> str:
    """Return a file's name as text; bytes of it that are not UTF-8 are written out in hexadecimal."""
    return name if name.isascii() else os.fsencode(name).decode("utf-8", "backslashreplace")


def _obstacle(place: Path, root: str) -> str:
    """Return why something cannot be read as a file, a key of `_OBSTACLES`; empty if it can be tried."""
    try:
        kind = place.lstat().st_mode
        if stat.S_ISLNK(kind):
            if not Path(os.path.realpath(place)).is_relative_to(root):
                return "outside"
            kind = place.stat().st_mode
            if stat.S_ISDIR(kind):
                return "link"
    except OSError:
        return ""
    if stat.S_ISDIR(kind):
        return "folder"
    return "" if stat.S_ISREG(kind) else "special"


def _unnamed(file: str) -> Problem:
    return problem("unreadable", file, 0, "its name is no UTF-8 text, so no page can have it.", "Rename it.")


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
            if not name.endswith(TEMPLATE):
                continue
            texts[name] = _template(place)
            files[name] = str(place)
    assets = {f"assets/{name}": _asset(place) for place, name in _theme_parts(folder / "assets")}
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
        for place, name, failure in _files(base, ""):
            if failure:
                raise SiteError(f"{place}: the theme cannot be read: {failure.strerror}.") from failure
            if place.is_file():
                yield place, _text(name)


def _template(place: Path) -> str:
    try:
        return place.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SiteError(f"{place}: the template cannot be read: {error}.") from error


def _asset(place: Path) -> bytes:
    try:
        return place.read_bytes()
    except OSError as error:
        raise SiteError(f"{place}: the theme cannot be read: {error.strerror}.") from error


def fingerprint(extensions: Iterable[str] = ()) -> str:
    """Return the digest of the program: its sources, Python's version, those of the libraries it stands on.

    `extensions` are those of Python-Markdown in use: a site may have some of its own.
    """
    own = [(place.relative_to(_PACKAGE).as_posix(), digest_bytes(place.read_bytes())) for place in _modules()]
    versions = [(name, _version(name)) for name in LIBRARIES]
    return digest((own, versions, sys.version, [(name, _extension(name)) for name in extensions]))


def _extension(name: str) -> str:
    """Return the digest of the module of a Markdown extension that is none of Python-Markdown's own."""
    module = name.partition(":")[0]
    try:
        found = find_spec(module)
    except (ImportError, ValueError):
        return ""
    return digest_bytes(Path(found.origin).read_bytes()) if found and found.origin else ""


def _modules() -> list[Path]:
    return sorted(_PACKAGE.rglob("*.py"))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
