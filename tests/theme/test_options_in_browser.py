"""The demo with every option of its theme set: as sound as without, and a reader sees what was set."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page

from lwnindex import config, site
from tests import demo, sitecheck
from tests.axe import violations
from tests.conftest import Record
from tests.programs import ROOT, VNU
from tests.theme.samples import OPTIONS

LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 40" width="900" height="40">'
    '<path d="M0 0h900v40z"/></svg>'
)
SAID: dict[str, Any] = {
    "accent": ["#005a3c", "#7fd1ae"],
    "data": "#777777",
    "paper": ["#ffffff", "#000000"],
    "ink": ["#101010", "#eeeeee"],
    "reading": "Georgia, serif",
    "interface": ["Arial", "sans-serif"],
    "code": "monospace",
    "size": "20px",
    "measure": "30rem",
    "logo": "img/logo.svg",
    "navigation": [["The year 2010", "Archives/2010/index.html"], ["Python", "https://www.python.org/"]],
    "footer": "A line at the foot",
}
PAGES = ("index.html", "Articles/117/index.html", "Kernel/Index/index.html")


@pytest.fixture(scope="module", params=demo.THEMES)
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo with every option set, in each theme."""
    work = tmp_path_factory.mktemp("options")
    (work / "static/img").mkdir(parents=True)
    (work / "static/img/logo.svg").write_text(LOGO, "utf-8")
    folders = {name: str(work / name) for name in ("static", "store")}
    theme = {"name": request.param, "options": SAID}
    options = {**folders, "output": str(work / "site"), "theme": theme}
    assert site.build(config.load(ROOT / "lwnindex.toml", {}, options)).problems == ()
    return work / "site"


def test_every_option_is_set() -> None:
    assert SAID.keys() == OPTIONS.keys()


def test_it_is_what_a_reader_sees(page: Page, record: Record, folder: Path) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto((folder / PAGES[1]).as_uri())
    seen = page.evaluate(
        """() => {
            const style = (where) => getComputedStyle(document.querySelector(where));
            return [style("html").backgroundColor, style("html").color, style(".body a:link").color,
                    style("html").fontFamily, style("html").fontSize, style(".colophon").fontFamily];
        }"""
    )

    assert seen == [
        *("rgb(0, 0, 0)", "rgb(238, 238, 238)", "rgb(127, 209, 174)"),
        *("Georgia, serif", "20px", "Arial, sans-serif"),
    ]
    assert (
        page.get_by_role("img", name="The Demonstration Index").evaluate("(one) => one.naturalWidth") == 900
    )
    assert page.get_by_text("A line at the foot").is_visible()
    page.get_by_role("link", name="The year 2010").click()
    assert page.locator("h1").inner_text() == "2010"
    assert record.errors == []


def test_paper_stays_white_on_paper_and_ink_black(page: Page, folder: Path) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto((folder / PAGES[1]).as_uri())

    look = "getComputedStyle(document.documentElement)"
    seen = page.evaluate(f"[{look}.color, {look}.backgroundColor]")

    assert seen == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
def test_all_can_read_it(
    browser: Browser, folder: Path, scheme: Literal["light", "dark"], width: int
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    page = context.new_page()
    faults = []
    for path in PAGES:
        page.goto((folder / path).as_uri())
        faults += [f"{path}: {one['id']}" for one in violations(page)]
        faults += [path] if page.evaluate("document.documentElement.scrollWidth") > width else []
    context.close()

    assert faults == []


def test_no_link_is_dead(folder: Path) -> None:
    assert sitecheck.dead(folder, sitecheck.pages(folder)) == []


@pytest.mark.needs_vnu
def test_the_html_checker_finds_no_error(folder: Path) -> None:
    pages = [str(folder / path) for path in PAGES]
    done = subprocess.run([*VNU, "--errors-only", *pages], capture_output=True, text=True, check=False)

    assert done.stderr == ""
    assert done.returncode == 0
