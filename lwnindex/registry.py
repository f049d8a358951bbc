"""What plug-ins add to the program: readers, template filters, checks and exporters, each a plain function.

A plug-in is given a `Registry` and adds to it. What it adds is checked at once, so that an error names the
line of the plug-in that is at fault.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from lwnindex.model import Manuscript, Problem, Source
from lwnindex.reading import Reading

if TYPE_CHECKING:
    from lwnindex.archive import Archive

Read = Callable[[Source, bytes, Reading], Manuscript | Iterable[Manuscript]]
"""A reader: a source, its bytes and the rules of its folder come in, one manuscript or several come out."""

Takes = Callable[[str], bool]
"""Tells of a file, by its path below the content folder, whether a reader is for it."""

Filter = Callable[..., object]
"""A template filter: the value before the bar comes in, then its arguments; what comes out is printed."""

Check = Callable[["Archive"], Iterable[Problem]]
"""A check: the archive comes in, what is wrong with it comes out."""

Export = Callable[["Archive"], bytes]
"""An exporter: the archive comes in, the bytes of a file come out."""

EXPORTS = ("json", "csv", "sqlite", "skos", "zip", "zim")
"""The names of our own exporters."""

_NAMES = {"filter": r"[A-Za-z_][A-Za-z0-9_]*", "check": r"[a-z][a-z0-9-]*", "exporter": r"[a-z][a-z0-9-]*"}
_FORMS = {
    "filter": "a name as Python has them, such as shout_it",
    "check": "small letters and hyphens, as in no-summary",
    "exporter": "small letters and hyphens, as in reading-list",
}
_SUFFIX = re.compile(r"(?:\.[A-Za-z0-9_+-]+)+")


_USES = {
    "reader": 'registry.add_reader(".log", function)',
    "filter": 'registry.add_filter("name", function)',
    "check": 'registry.add_check("name", function)',
    "exporter": 'registry.add_exporter("name", function)',
    "library": 'registry.add_library("docutils")',
}
_MISCALLED = re.compile(r"Registry\.add_(\w+)\(\) ")


class RegistrationError(ValueError):
    """What a plug-in adds cannot be used; the message says why, and what to do."""


class AbsentError(RegistrationError, AttributeError):
    """A plug-in asks a registry for what it does not have."""


class Reader(NamedTuple):
    """A reader by its name for people, and which files it is for."""

    name: str
    takes: Takes
    read: Read


class Plugins(NamedTuple):
    """All that the plug-ins of a site add, and the digest of their code.

    `places` are the names of the files that the code is in, by which an error is known to be a plug-in's;
    `seconds` is what a `check NAME`, or an `exporter NAME`, may take where that is said.
    """

    readers: tuple[Reader, ...] = ()
    filters: Mapping[str, Filter] = MappingProxyType({})
    checks: Mapping[str, Check] = MappingProxyType({})
    exporters: Mapping[str, Export] = MappingProxyType({})
    digest: str = ""
    places: frozenset[str] = frozenset()
    seconds: Mapping[str, float] = MappingProxyType({})


NONE = Plugins()


class Registry:
    """What a plug-in adds to; a name can be given once. RegistrationError where something cannot be added."""

    def __init__(self) -> None:
        self.readers: list[Reader] = []
        self.filters: dict[str, Filter] = {}
        self.checks: dict[str, Check] = {}
        self.exporters: dict[str, Export] = {}
        self.libraries: list[str] = []
        self.seconds: dict[str, float] = {}

    if not TYPE_CHECKING:
        # What checks types shall know that there is no other name.

        def __getattr__(self, name: str) -> Any:
            """Raise what is to be said of a name that there is not: which one is meant."""
            if name.startswith("__"):
                raise AttributeError(name)
            close = get_close_matches(name.removeprefix("add_"), _USES, n=1)
            ways = _USES[close[0]] if close else ", ".join(_USES.values())
            raise AbsentError(f'a registry has no "{name}". Write {ways}.')

    def add_reader(self, takes: str | Takes, read: Read) -> None:
        """Have files read by a function: those whose names end in a suffix, or whose paths it `takes`.

        It goes before our own readers. `takes` is asked for every file of the content folders.
        """
        name = called(read)
        _check_callable("reader", name, read)
        if not isinstance(takes, str):
            _check_callable("reader", f"{name} (which files it takes)", takes)
            self.readers.append(Reader(name, takes, read))
            return
        if not _SUFFIX.fullmatch(takes):
            raise RegistrationError(f'"{takes}" is no suffix of files. Write one as in ".log".')
        suffix = takes.lower()
        if any(one.name.startswith(f"{suffix} ") for one in self.readers):
            raise RegistrationError(f'there is a reader of "{suffix}" already. Leave one of them out.')
        self.readers.append(Reader(f"{suffix} by {name}", lambda path: path.lower().endswith(suffix), read))

    def add_filter(self, name: str, function: Filter) -> None:
        """Give templates a filter of this name. What it returns is escaped, unless it is `Markup`."""
        _check_new("filter", self.filters, name, function)
        self.filters[name] = function

    def add_check(self, name: str, function: Check, seconds: float | None = None) -> None:
        """Have `lwnindex check` ask a function what is wrong with the archive.

        It is ended after 60 seconds of CPU, or as many as are said.
        """
        _check_new("check", self.checks, name, function)
        self._allow(f"check {name}", seconds)
        self.checks[name] = function

    def add_exporter(self, name: str, function: Export, seconds: float | None = None) -> None:
        """Have `lwnindex export NAME` write what a function makes of the archive.

        It is ended after 600 seconds of CPU, or as many as are said.
        """
        if name in EXPORTS:
            raise RegistrationError(f'the exporter "{name}" is one of lwnindex. Give this one another name.')
        _check_new("exporter", self.exporters, name, function)
        self._allow(f"exporter {name}", seconds)
        self.exporters[name] = function

    def _allow(self, name: str, seconds: Any) -> None:
        if seconds is None:
            return
        if not isinstance(seconds, int | float) or not seconds > 0:
            raise RegistrationError(f"{seconds!r} is no number of seconds. Give one above 0.")
        self.seconds[name] = float(seconds)

    def add_library(self, name: str) -> None:
        """Have pages made anew when a distribution that the plug-in relies on is of another version."""
        if not str(name).strip():
            raise RegistrationError(f"{name!r} is no name of a distribution. Name one, as in docutils.")
        self.libraries.append(name)


def _check_new(kind: str, among: Mapping[str, object], name: Any, function: Any) -> None:
    """Refuse what cannot be added under a name to those that there are."""
    if callable(name):
        raise RegistrationError(f"the name of a {kind} comes before its function. Write {_USES[kind]}.")
    if not isinstance(name, str) or not re.fullmatch(_NAMES[kind], name):
        raise RegistrationError(f"{name!r} is no name of a {kind}. Write {_FORMS[kind]}.")
    if name in among:
        raise RegistrationError(
            f'the name "{name}" is used for another {kind} ({called(among[name])}). '
            "Give one of them another name."
        )
    _check_callable(kind, name, function)


def miscalled(error: BaseException) -> str:
    """Return how a function of a registry is called that was called otherwise; nothing for another error."""
    found = _MISCALLED.match(str(error)) if isinstance(error, TypeError) else None
    return f"write {_USES[found[1]]}" if found and found[1] in _USES else ""


def called(function: object) -> str:
    """Return what a function is called, with its module: `mysite.read_log`."""
    module = getattr(function, "__module__", "") or ""
    name = getattr(function, "__qualname__", "") or type(function).__name__
    return f"{module}.{name}" if module else name


def _check_callable(kind: str, name: str, function: object) -> None:
    if not callable(function):
        what = type(function).__name__
        raise RegistrationError(f"the {kind} {name} is of type {what}. Give a function.")


def taker(readers: Sequence[Reader], path: str) -> Reader | None:
    """Return the first reader that takes a file by its path below the content folder."""
    return next((one for one in readers if one.takes(path)), None)
