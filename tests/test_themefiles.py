"""A theme is found and read whole: its templates, the site's own over them, and its assets."""

from __future__ import annotations

from pathlib import Path

import pytest

from lwnindex.problems import SiteError
from lwnindex.settings import Config, ThemeSettings
from lwnindex.themefiles import theme_files
from tests.programs import ROOT
from tests.unprivileged import unprivileged

__all__ = ["unprivileged"]

MINE = Config(theme=ThemeSettings(name="mine"))


def put(folder: Path, path: str, text: str = "text") -> Path:
    """Put a file below a folder."""
    place = folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text)
    return place


def test_a_site_s_own_templates_win_over_its_theme_s(tmp_path: Path) -> None:
    put(tmp_path, "themes/mine/templates/home.html", "theme's")
    put(tmp_path, "themes/mine/templates/parts/a.html", "theme's part")
    put(tmp_path, "templates/home.html", "\ufeffown")
    put(tmp_path, "templates/extra.html", "extra")
    texts, files, _ = theme_files(MINE, tmp_path)

    assert texts == {"home.html": "own", "parts/a.html": "theme's part", "extra.html": "extra"}
    assert files["home.html"] == str(tmp_path / "templates/home.html")
    assert files["parts/a.html"] == str(tmp_path / "themes/mine/templates/parts/a.html")


def test_what_is_no_template_is_passed_over(tmp_path: Path) -> None:
    for name in ("home.html", "home.html~", "README.md", ".home.html.swp", ".git/home.html"):
        put(tmp_path, f"themes/mine/templates/{name}")

    assert set(theme_files(MINE, tmp_path)[0]) == {"home.html"}


def test_assets_stand_below_assets(tmp_path: Path) -> None:
    put(tmp_path, "themes/mine/templates/home.html")
    put(tmp_path, "themes/mine/assets/deep/site.css", "body {}")
    put(tmp_path, "themes/mine/assets/.hidden")
    (tmp_path / "themes/mine/assets/dangling.css").symlink_to("none.css")
    _, _, assets = theme_files(MINE, tmp_path)

    assert assets == {"assets/deep/site.css": b"body {}"}


def test_the_default_theme_is_found_from_everywhere(tmp_path: Path) -> None:
    assert theme_files(Config(), tmp_path) == theme_files(Config(), ROOT)


@pytest.mark.parametrize("name", ["none", "", "..", "../themes/default", ".", "default/templates"])
def test_a_theme_that_there_is_not_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SiteError, match="there is no theme") as caught:
        theme_files(Config(theme=ThemeSettings(name=name)), tmp_path)

    assert caught.value.exit_code == 2


def test_a_template_that_is_no_utf_8_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "templates/home.html").write_bytes(b"\xff")

    with pytest.raises(SiteError, match=r"templates/home\.html: the template cannot be read"):
        theme_files(Config(), tmp_path)


def test_a_theme_that_may_not_be_read_is_refused(unprivileged: Path) -> None:
    asset = put(unprivileged, "themes/mine/assets/site.css")
    put(unprivileged, "themes/mine/templates/home.html")
    asset.chmod(0)
    with pytest.raises(SiteError, match=r"site\.css: the theme cannot be read: Permission denied"):
        theme_files(MINE, unprivileged)

    asset.parent.chmod(0)
    with pytest.raises(SiteError, match="assets: the theme cannot be read: Permission denied"):
        theme_files(MINE, unprivileged)
    asset.parent.chmod(0o700)
