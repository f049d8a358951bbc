"""A theme's folder becomes texts and bytes: what it holds over its parents, a site's templates over both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from lwnindex.inherit import Layer, Layered, layered
from lwnindex.problems import SiteError
from lwnindex.settings import Config
from lwnindex.themeoptions import Option, declared
from lwnindex.tomlfiles import located, table
from lwnindex.walk import entries, text

TEMPLATE = ".html"
"""The ending of templates; what else stands among them, notes or an editor's copies, is none."""

FACTS = "theme.toml"
_KNOWN = ("name", "title", "description", "version", "license", "authors", "homepage", "parent", "options")
_PACKAGE = Path(__file__).parent


class ThemeFiles(NamedTuple):
    """A theme as it stands on disk, its parents below it and the site's templates above, and its options."""

    parts: Layered
    options: Mapping[str, Option]


class _Found(NamedTuple):
    """A theme's folder and what its `theme.toml` says."""

    name: str
    folder: Path
    facts: Mapping[str, Any]

    @property
    def file(self) -> str:
        return str(self.folder / FACTS)

    @property
    def parent(self) -> str:
        return str(self.facts.get("parent", ""))


def theme_files(config: Config, root: Path, file: Path | None = None) -> ThemeFiles:
    """Return a theme with all that it inherits; `file` is the configuration that names it.

    A file of the site's own `templates/` wins over the theme's of the same name, a theme's over its parent's.
    SiteError for no theme, a parent that there is not, and options that are declared wrongly.
    """
    chain = _chain(config.theme.name, root, file)
    layers = [_layer(each) for each in reversed(chain)]
    texts, files = _templates(root / "templates")
    options = declared(((each.file, each.facts.get("options", {})) for each in reversed(chain)), located)
    return ThemeFiles(layered([*layers, Layer("site", texts, files, {})]), options)


def _chain(name: str, root: Path, file: Path | None) -> list[_Found]:
    """Return a theme, its parent, and so on."""
    folder = _folder(name, root)
    if folder is None:
        said = f'there is no theme "{name}": no folder themes/{name}/templates. {_others(name, root)}'
        place = f"{located(file, ('theme', 'name'))}: " if file else ""
        raise SiteError(f"{place}{said}", exit_code=2)
    chain = [_Found(name, folder, _facts(folder / FACTS))]
    while parent := chain[-1].parent:
        chain.append(_above(chain, parent, root))
    return chain


def _above(chain: list[_Found], parent: str, root: Path) -> _Found:
    own = located(chain[-1].file, ("parent",))
    names = [each.name for each in chain]
    if parent in names:
        ring = " inherits from ".join(f'"{each}"' for each in (*names[names.index(parent) :], parent))
        raise SiteError(f"{own}: the theme inherits from itself: {ring}. Leave one parent out.", exit_code=2)
    folder = _folder(parent, root)
    if folder is None:
        said = f'{own}: there is no theme "{parent}" to inherit from: no folder themes/{parent}.'
        raise SiteError(f"{said} {_others(parent, root)}", exit_code=2)
    return _Found(parent, folder, _facts(folder / FACTS))


def shelves(root: Path) -> tuple[Path, ...]:
    """Return the folders in which themes stand: a site's own, and those that came with the program."""
    return root / "themes", _PACKAGE / "themes", _PACKAGE.parent / "themes"


def _folder(name: str, root: Path) -> Path | None:
    """Return where a theme stands, if anywhere; the site's win over those that came with the program."""
    if not name or "/" in name or name.startswith("."):
        return None
    return next((each / name for each in shelves(root) if _is_theme(each / name)), None)


def _is_theme(folder: Path) -> bool:
    return (folder / "templates").is_dir() or (folder / FACTS).is_file()


def _others(name: str, root: Path) -> str:
    """Return the themes that there are, in a sentence."""
    folders = (folder for shelf in shelves(root) if shelf.is_dir() for folder in shelf.iterdir())
    themes = sorted({folder.name for folder in folders if _is_theme(folder)})
    close = get_close_matches(name, themes, n=1)
    return f'Did you mean "{close[0]}"?' if close else f"There are: {', '.join(themes)}."


def _facts(file: Path) -> dict[str, Any]:
    """Return what a theme says of itself."""
    if not file.is_file():
        return {}
    facts = table(file, "the theme")
    faults = [f"{located(file, (name,))}: {fault}" for name, fault in _mistaken(facts)]
    if faults:
        raise SiteError("\n".join(faults), exit_code=2)
    return facts


def _mistaken(facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each key that cannot be used, and what is wrong with it."""
    for name in facts:
        if name not in _KNOWN:
            close = get_close_matches(name, _KNOWN, n=1)
            meant = f'Did you mean "{close[0]}"?' if close else f"There are: {', '.join(_KNOWN)}."
            yield name, f'there is no key "{name}". {meant}'
    if not isinstance(facts.get("parent", ""), str):
        yield "parent", 'the key "parent": it must name a theme, such as "default".'
    if not isinstance(facts.get("options", {}), dict):
        yield "options", 'the key "options": it must hold tables: [options.NAME].'


def _layer(found: _Found) -> Layer:
    texts, files = _templates(found.folder / "templates")
    assets = {f"assets/{name}": _asset(place) for place, name in _theme_parts(found.folder / "assets")}
    return Layer(found.name, texts, files, assets)


def _templates(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Return the texts and the files of the templates in a folder, by their names."""
    found = {name: place for place, name in _theme_parts(folder) if name.endswith(TEMPLATE)}
    texts = {name: _template(place) for name, place in found.items()}
    return texts, {name: str(place) for name, place in found.items()}


def _theme_parts(base: Path) -> Iterator[tuple[Path, str]]:
    if base.is_dir():
        for entry, name, failure in entries(str(base), hidden=False):
            if entry is None:
                reason = failure.strerror if failure else ""
                raise SiteError(f"{base / name}: the theme cannot be read: {reason}.") from failure
            if entry.is_file():
                yield _inside(Path(entry.path), base), text(name)


def _inside(place: Path, base: Path) -> Path:
    """Return a place of a theme; SiteError where a link leads out of its folder."""
    if place.is_symlink() and not place.resolve().is_relative_to(base.resolve()):
        raise SiteError(f"{place}: the link leads out of its folder. Put a copy of the file there instead.")
    return place


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
