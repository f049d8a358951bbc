"""A theme's folder becomes texts and bytes: its templates, those of the site over them, and its assets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lwnindex.problems import SiteError
from lwnindex.settings import Config
from lwnindex.walk import entries, text

TEMPLATE = ".html"
"""The ending of templates; what else stands among them, notes or an editor's copies, is none."""

_PACKAGE = Path(__file__).parent


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
    return texts, files, assets


def _theme_folder(name: str, root: Path) -> Path:
    shelves = (root / "themes", _PACKAGE / "themes", _PACKAGE.parent / "themes")
    found = next((each / name for each in shelves if (each / name / "templates").is_dir()), None)
    if found is None or "/" in name or name.startswith("."):
        raise SiteError(f'there is no theme "{name}": no folder themes/{name}/templates.', exit_code=2)
    return found


def _theme_parts(base: Path) -> Iterator[tuple[Path, str]]:
    if base.is_dir():
        for entry, name, failure in entries(str(base), hidden=False):
            if entry is None:
                reason = failure.strerror if failure else ""
                raise SiteError(f"{base / name}: the theme cannot be read: {reason}.") from failure
            if entry.is_file():
                yield Path(entry.path), text(name)


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
