"""What this program is: the digest of all that its results depend on beside their inputs."""

from __future__ import annotations

import os
import sys
import time
import zoneinfo
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from lwnindex.digest import digest, digest_bytes
from lwnindex.walk import entries

LIBRARIES = (
    *("markdown", "pyromark", "pygments", "jinja2", "markupsafe", "nh3", "msgspec", "pyyaml", "tzdata"),
    *("babel", "feedparser", "feedparser-sgmllib", "sgmllib3k", "selectolax", "rapidfuzz"),
)
"""Those whose output stands in what we keep, or in the problems that a build without changes repeats."""

_PACKAGE = Path(__file__).parent
_INSTALLED = (".dist-info", ".egg-info")
"""The ends of names that tell which version of a library is installed in a folder."""

_TOO_FRESH = 2_000_000_000
"""Nanoseconds in which a file may change again without its stat showing it."""


def seal(extensions: Iterable[str] = (), zone: str = "UTC", plugins: str = "") -> str:
    """Return what changes when the program does, without reading it; nothing where it changed just now.

    It holds the stats of our modules, and of the folders in which libraries are installed: an installation
    of another version changes the names in them. A site's own Markdown extensions, and the rules of its time
    zone, are read in any case; `plugins` is the digest of its plug-ins.
    """
    folders = [(place, _changed(place)) for place in sys.path]
    found = (entry for entry, name, _ in entries(str(_PACKAGE), hidden=False) if name.endswith(".py"))
    stats = [(each.path, *_stat(each.stat())) for each in found if each]
    if time.time_ns() - max(each[2] for each in stats) < _TOO_FRESH:
        return ""
    return digest((sys.version, folders, stats, tuple(_extensions(extensions)), _rules(zone), plugins))


def _changed(place: str) -> int:
    """Return when what is installed in a folder last changed; 0 where nothing is, or that cannot be told.

    Modules may also come from a folder in which people work, as a checkout or a site is: it changes without
    end, and tells no library's version.
    """
    folder = Path(place)
    try:
        installed = any(each.name.endswith(_INSTALLED) for each in folder.iterdir())
        return folder.stat().st_mtime_ns if installed else 0
    except OSError:
        return 0


def _stat(seen: os.stat_result) -> tuple[int, int, int, int]:
    return seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino


def fingerprint(extensions: Iterable[str] = (), zone: str = "UTC", plugins: str = "") -> str:
    """Return the digest of the program: its sources, Python's version, those of the libraries it stands on.

    `extensions` are those of Python-Markdown in use: a site may have some of its own. `zone` is the site's
    time zone, whose rules are often the system's, and change by its updates. `plugins` is the digest of its
    plug-ins.
    """
    own = [(place.relative_to(_PACKAGE).as_posix(), digest_bytes(place.read_bytes())) for place in _modules()]
    versions = [(name, _version(name)) for name in LIBRARIES]
    return digest((own, versions, sys.version, list(_extensions(extensions)), _rules(zone), plugins))


def _rules(zone: str) -> str:
    """Return the digest of a time zone's rules; none where they come with the library `tzdata`."""
    for folder in zoneinfo.TZPATH:
        with suppress(OSError):
            return digest_bytes(Path(folder, zone).read_bytes())
    return ""


def _extensions(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((name, _extension(name)) for name in names)


def _extension(name: str) -> str:
    """Return the digest of a Markdown extension's module, or of all in its package.

    There is none for one of Python-Markdown's own, which goes by a short name.
    """
    from importlib.util import find_spec

    module = name.partition(":")[0]
    try:
        found = find_spec(module)
    except (ImportError, ValueError):
        return ""
    if found is None or not found.origin:
        return ""
    folders = [Path(each) for each in found.submodule_search_locations or ()]
    files = sorted(place for folder in folders for place in folder.rglob("*.py")) or [Path(found.origin)]
    return digest([digest_bytes(place.read_bytes()) for place in files])


def _modules() -> list[Path]:
    return sorted(_PACKAGE.rglob("*.py"))


def _version(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return ""
