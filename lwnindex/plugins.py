"""The plug-ins that a configuration names become what they add, and the digest of their code.

A plug-in may stand beside `lwnindex.toml`. Its folder is searched only while plug-ins are loaded, and only
for what is not installed: a `calendar.py` there is nobody's calendar. Its modules are loaded from their
source each time, and what the digest holds is what was loaded.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import NamedTuple, NoReturn

from lwnindex.config import Found
from lwnindex.digest import digest, digest_bytes
from lwnindex.engine.limits import Limits, TooLongError, timed
from lwnindex.patience import took
from lwnindex.problems import SiteError, line_in
from lwnindex.registry import NONE, Plugins, Reader, Registry, Takes, miscalled

GROUP = "lwnindex.plugins"
"""The group of entry points by whose names installed plug-ins go."""

_LOADING = Limits(60.0)
"""What loading a plug-in, and having it add what it does, may take each."""

_OWN = __name__.partition(".")[0]


def loaded(found: Found, limits: Limits = _LOADING) -> Plugins:
    """Return what the plug-ins of a configuration add; SiteError, with its line, for one that is broken.

    `limits` are those of loading a module, and of adding what it adds.
    """
    if not found.config.plugins:
        return NONE
    registry, root = Registry(), os.path.realpath(found.root)
    digests: list[object] = []
    places: set[str] = set()
    with _beside(root) as seen:
        for name in found.config.plugins:
            named = _named(name, found)
            try:
                module = timed(limits, partial(_module, named, found, root))
                timed(limits, partial(_extended, named, module, registry, root))
            except TooLongError as error:
                _refuse(named, error, root, f"it {took(error, limits)} while it was loaded")
            code = _code_of(module, seen)
            places.update(code)
            digests.append((name, named.version, sorted(code.items())))
    places.update(seen)
    digests += [sorted(seen.items()), [(one, _version(one)) for one in registry.libraries]]
    return Plugins(
        readers=tuple(_guarded(one, frozenset(places)) for one in registry.readers),
        filters=registry.filters,
        checks=registry.checks,
        exporters=registry.exporters,
        digest=digest(digests),
        places=frozenset(places),
        seconds=registry.seconds,
    )


def packages(found: Found) -> tuple[Path, ...]:
    """Return the folders beside a configuration whose code its plug-ins may be, or were last loaded from.

    One that a plug-in is named after need not be there. What a plug-in imports that fails is not known, so
    it may be any folder with code.
    """
    named = {name.partition(":")[0] for name in found.config.plugins if ":" in name}
    if not named:
        return ()
    taken = {name for name, module in list(sys.modules.items()) if _is_ours(module)}
    tops = {name.partition(".")[0] for name in named | taken}
    beside = {place.parent for place in found.root.glob("*/*.py")}
    return tuple(sorted({found.root / top for top in tops if top} | beside))


class _Named(NamedTuple):
    """A plug-in as the configuration names it: its module and function, and its distribution's version."""

    name: str
    module: str
    function: str
    version: str = ""


def _named(name: str, found: Found) -> _Named:
    """Return which function a plug-in is: `module:function`, or the name of an entry point."""
    if ":" in name:
        module, _, function = name.partition(":")
        return _Named(name, module, function)
    from importlib.metadata import entry_points

    installed = {one.name: one for one in entry_points(group=GROUP)}
    if name not in installed:
        known = f"There are: {', '.join(sorted(installed))}." if installed else "None is."
        said = f'no plug-in "{name}" is installed. {known} Install it, or write a module and a function'
        raise SiteError(f'{found.file or "options"}: {said}, as in "{name}:extend".', exit_code=2)
    one = installed[name]
    version = f"{one.dist.name} {one.dist.version}" if one.dist else ""
    return _Named(name, one.module, one.attr or "extend", version)


# Modules -----------------------------------------------------------------------------------------


class _Source(SourceFileLoader):
    """Loads a module from its source, and notes the digest of what it read."""

    def __init__(self, name: str, path: str, seen: dict[str, str]) -> None:
        super().__init__(name, path)
        self._seen = seen

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002 - importlib calls it so
        """Return the code of what stands in the file now, whatever was compiled of it before."""
        content = self.get_data(self.path)
        self._seen[self.path] = digest_bytes(content)
        code: CodeType = self.source_to_code(content, self.path)
        return code


class _Finder(MetaPathFinder):
    """Finds modules in a folder, but not those that are found without it."""

    def __init__(self, root: str, seen: dict[str, str]) -> None:
        self._root, self._seen = root, seen
        self._elsewhere = [place for place in sys.path if os.path.realpath(place or ".") != root]

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where a module stands in the folder; nothing for what this finder is not asked about."""
        top = fullname.partition(".")[0]
        if path is None and self._is_elsewhere(fullname):
            return None
        if path is not None and not _is_ours(sys.modules.get(top)):
            return None
        spec = PathFinder.find_spec(fullname, [self._root] if path is None else path, target)
        if spec is None or not spec.origin or not isinstance(spec.loader, SourceFileLoader):
            return None
        spec.loader = _Source(fullname, spec.origin, self._seen)
        return spec

    def _is_elsewhere(self, name: str) -> bool:
        """Return whether a module is part of Python, or installed."""
        if name in sys.stdlib_module_names or name == _OWN:
            return True
        others = [one for one in sys.meta_path if one is not self and one is not PathFinder]
        found = (one.find_spec(name, None) for one in others if hasattr(one, "find_spec"))
        return any(found) or PathFinder.find_spec(name, self._elsewhere) is not None


@contextmanager
def _beside(root: str) -> Iterator[dict[str, str]]:
    """Have modules found in a folder, and give the digests of those that are loaded from there, by file.

    Those that the process has from there already are set aside: they may be older than their files.
    """
    import importlib

    seen: dict[str, str] = {}
    aside = {name: module for name, module in list(sys.modules.items()) if _is_beside(name, module, root)}
    for name in aside:
        del sys.modules[name]
    finder = _Finder(root, seen)
    sys.meta_path.insert(0, finder)
    importlib.invalidate_caches()
    try:
        yield seen
    finally:
        sys.meta_path.remove(finder)
        for name, module in aside.items():
            if not _is_ours(module):
                sys.modules.setdefault(name, module)


def _is_beside(name: str, module: ModuleType, root: str) -> bool:
    """Return whether a module is one of a site's own: one that an earlier load, or somebody, took from it."""
    if _is_ours(module):
        return True
    place = getattr(module, "__file__", None)
    if not place or name == "__main__" or name.partition(".")[0] == _OWN:
        return False
    inner = [each for each in map(os.path.realpath, sys.path) if each != root and _is_below(each, root)]
    whole = os.path.realpath(place)
    return _is_below(whole, root) and not any(_is_below(whole, each) for each in inner)


def _is_below(place: str, folder: str) -> bool:
    return place.startswith(folder.rstrip(os.sep) + os.sep)


def _is_ours(module: ModuleType | None) -> bool:
    """Return whether a module was loaded as a part of a plug-in beside a configuration."""
    loader: Loader | None = getattr(module, "__loader__", None)
    return isinstance(loader, _Source)


def _module(named: _Named, found: Found, root: str) -> ModuleType:
    """Return the module of a plug-in; SiteError where there is none, or it fails."""
    import importlib

    try:
        return importlib.import_module(named.module)
    except (KeyboardInterrupt, TooLongError):
        raise
    except BaseException as error:
        if isinstance(error, ModuleNotFoundError) and _is_part(error.name, named.module):
            said = f'there is no module "{named.module}", neither beside it nor installed'
            place = f"{named.module.replace('.', '/')}.py"
            raise SiteError(
                f'{found.file or "options"}: the plug-in "{named.name}": {said}. Put {place} into {root}, '
                "or install it.",
                exit_code=2,
            ) from error
        _refuse(named, error, root, "it fails while it is loaded")


def _is_part(name: str | None, module: str) -> bool:
    return bool(name) and f"{module}.".startswith(f"{name}.")


def _extended(named: _Named, module: ModuleType, registry: Registry, root: str) -> None:
    """Have a plug-in add what it does; SiteError where it cannot."""
    function = getattr(module, named.function, None)
    file = getattr(module, "__file__", None) or named.module
    if not callable(function):
        raise SiteError(f'the plug-in "{named.name}": {_lacking(named, module, file, root)}', exit_code=2)
    try:
        function(registry)
    except (KeyboardInterrupt, TooLongError):
        raise
    except BaseException as error:  # noqa: BLE001 - as above
        _refuse(named, error, root, "it cannot be used")


def _lacking(named: _Named, module: ModuleType, file: str, root: str) -> str:
    """Return what to say of a module that has no such function."""
    own = Path(root, f"{named.module.partition('.')[0]}.py")
    if own.is_file() and os.path.realpath(file) != str(own):
        return f"{own.name} has the name of a module that is installed ({file}). Give it another name."
    from difflib import get_close_matches

    known = [name for name, value in vars(module).items() if callable(value) and not name.startswith("_")]
    close = get_close_matches(named.function, known, n=1)
    meant = f'Did you mean "{named.module}:{close[0]}"?' if close else "Write it, or name another."
    return f'{file} has no function "{named.function}". {meant}'


def _refuse(named: _Named, error: BaseException, root: str, what: str) -> NoReturn:
    """Raise what is to be said of an error in a plug-in, with its line there."""
    place = _line(error, root)
    kind = "" if type(error).__module__.startswith(_OWN) else f"{type(error).__name__}: "
    use = miscalled(error)
    said = f": {use}" if use else f": {kind}{' '.join(str(error).split())}".rstrip(".: ")
    where = f"{place}: " if place else ""
    raise SiteError(
        f'{where}the plug-in "{named.name}": {what}{said}. Mend it, or take it out of `plugins`.',
        exit_code=2,
    ) from error


def _line(error: BaseException, root: str) -> str:
    """Return the innermost line of somebody else's code in which an error arose, as `mysite.py:3`."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{os.path.relpath(error.filename, root)}:{error.lineno}"
    import traceback

    own = f"{Path(__file__).parent}{os.sep}"
    found = [
        one for one in traceback.extract_tb(error.__traceback__) if not one.filename.startswith((own, "<"))
    ]
    found = [one for one in found if f"{os.sep}importlib{os.sep}" not in one.filename]
    beside = [one for one in found if _is_below(os.path.realpath(one.filename), root)] or found
    if not beside:
        return ""
    file = beside[-1].filename
    shown = os.path.relpath(file, root) if _is_below(os.path.realpath(file), root) else file
    return f"{shown}:{beside[-1].lineno}"


# What its code is --------------------------------------------------------------------------------


def _code_of(module: ModuleType, seen: dict[str, str]) -> dict[str, str]:
    """Return the digests of a plug-in's files: of its module, or of all in its package."""
    top = sys.modules.get(module.__name__.partition(".")[0], module)
    folders = [Path(each) for each in getattr(top, "__path__", ())]
    files = [place for folder in folders for place in sorted(folder.rglob("*")) if _is_code(place, folder)]
    alone = [] if folders or not top.__file__ else [Path(top.__file__)]
    return {str(one): seen.get(str(one)) or digest_bytes(one.read_bytes()) for one in (*files, *alone)}


def _is_code(place: Path, folder: Path) -> bool:
    inner = place.relative_to(folder).parts
    return place.is_file() and not any(one == "__pycache__" or one.startswith(".") for one in inner)


def _version(library: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def _guarded(reader: Reader, places: frozenset[str]) -> Reader:
    """Return a reader which says so where it cannot tell whether it takes a file."""

    def takes(path: str, asked: Takes = reader.takes) -> bool:
        try:
            return bool(asked(path))
        except Exception as error:
            what = f"{type(error).__name__}: {error}"
            raise SiteError(
                f'{line_in(error, places) or reader.name}: the plug-in cannot say if it reads "{path}": '
                f"{what}. Mend it, or take it out of `plugins`.",
                exit_code=2,
            ) from error

    return reader._replace(takes=takes)
