"""A theme is found and read whole: its templates, the site's own over them, and its assets."""

from __future__ import annotations

from pathlib import Path

import pytest

from lwnindex.problems import SiteError
from lwnindex.settings import Config, ThemeSettings
from lwnindex.themefiles import theme_files
from lwnindex.themeoptions import Option
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
    texts, files, *_ = theme_files(MINE, tmp_path).parts

    assert texts == {"home.html": "own", "parts/a.html": "theme's part", "extra.html": "extra"} | {
        "home.html!mine": "theme's"
    }
    assert files["home.html"] == str(tmp_path / "templates/home.html")
    assert files["parts/a.html"] == str(tmp_path / "themes/mine/templates/parts/a.html")


def test_what_is_no_template_is_passed_over(tmp_path: Path) -> None:
    for name in ("home.html", "home.html~", "README.md", ".home.html.swp", ".git/home.html"):
        put(tmp_path, f"themes/mine/templates/{name}")

    assert set(theme_files(MINE, tmp_path).parts.templates) == {"home.html"}


def test_assets_stand_below_assets(tmp_path: Path) -> None:
    put(tmp_path, "themes/mine/templates/home.html")
    put(tmp_path, "themes/mine/assets/deep/site.css", "body {}")
    put(tmp_path, "themes/mine/assets/.hidden")
    (tmp_path / "themes/mine/assets/dangling.css").symlink_to("none.css")
    assets = theme_files(MINE, tmp_path).parts.assets

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


# Themes that inherit -----------------------------------------------------------------------------


def test_a_theme_has_what_its_parents_have_but_for_its_own(tmp_path: Path) -> None:
    put(tmp_path, "themes/old/templates/home.html", "old")
    put(tmp_path, "themes/old/templates/404.html", "old")
    put(tmp_path, "themes/old/assets/site.css", "old")
    put(tmp_path, "themes/old/assets/icon.svg", "old")
    put(tmp_path, "themes/older/theme.toml", 'parent = "old"')
    put(tmp_path, "themes/older/assets/site.css", "older")
    put(tmp_path, "themes/mine/theme.toml", 'parent = "older"\ntitle = "Mine"')
    put(tmp_path, "themes/mine/templates/home.html", "mine")
    parts = theme_files(MINE, tmp_path).parts

    assert parts.templates == {"home.html": "mine", "home.html!old": "old", "404.html": "old"}
    assert parts.assets == {"assets/site.css": b"older", "assets/icon.svg": b"old"}


def test_a_theme_has_the_options_of_its_parent(tmp_path: Path) -> None:
    put(tmp_path, "themes/old/theme.toml", '[options.a]\ntype = "flag"\ndefault = true')
    put(tmp_path, "themes/mine/theme.toml", 'parent = "old"\n[options.a]\ndefault = false')

    assert theme_files(MINE, tmp_path).options == {"a": Option("flag", default=False, moved=True)}


@pytest.mark.parametrize(
    ("mine", "old", "said"),
    [
        (
            'parent = "old',
            "",
            "themes/mine/theme.toml:1: the theme cannot be read: a text in quotes does not end. Mend it.",
        ),
        (
            'parent = "none"',
            "",
            'mine/theme.toml:1: there is no theme "none" to inherit from: no folder themes/none',
        ),
        ('parent = "defalt"', "", 'Did you mean "default"?'),
        ('parent = "../old"', "", 'there is no theme "../old" to inherit from'),
        (
            'parent = "mine"',
            "",
            'the theme inherits from itself: "mine" inherits from "mine". Leave one parent out.',
        ),
        ('parent = "old"', 'parent = "mine"', '"mine" inherits from "old" inherits from "mine"'),
        (
            'parent = "old"',
            'parent = "old"',
            'old/theme.toml:1: the theme inherits from itself: "old" inherits',
        ),
        ("parent = 3", "", 'the key "parent": it must name a theme'),
        ("options = 3", "", 'the key "options": it must hold tables'),
        ('parnet = "old"', "", 'there is no key "parnet". Did you mean "parent"?'),
        ('[options.a]\ntype = "x"', "", 'mine/theme.toml:1: the option "a": its type must be one of these'),
    ],
)
def test_a_theme_that_cannot_be_is_refused(tmp_path: Path, mine: str, old: str, said: str) -> None:
    put(tmp_path, "themes/mine/theme.toml", mine)
    put(tmp_path, "themes/old/theme.toml", old)
    with pytest.raises(SiteError) as caught:
        theme_files(MINE, tmp_path)

    assert said in str(caught.value)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("name", ["assets/out.css", "templates/out.html"])
def test_a_link_out_of_a_theme_is_refused(tmp_path: Path, name: str) -> None:
    put(tmp_path, "themes/mine/templates/home.html")
    put(tmp_path, "secret", "secret")
    place = tmp_path / "themes/mine" / name
    place.parent.mkdir(exist_ok=True)
    place.symlink_to(tmp_path / "secret")
    with pytest.raises(SiteError, match="the link leads out of its folder"):
        theme_files(MINE, tmp_path)
