"""What a reader has to fetch and to put up with: bytes, and nothing that moves or cannot be reached."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import msgspec
import pytest
from playwright.sync_api import Browser, Page

from tests import demo
from tests.theme.pages import THEME, write
from tests.theme.samples import MISSING

HOME_BUDGET = 60 * 1024
SCRIPT_BUDGET = 20 * 1024
REACHED = "a[href], button, summary, [tabindex='0'], input:checked, input[type=search]"
MOVED = """
    window.moved = 0;
    new PerformanceObserver(function (list) {
      list.getEntries().forEach(function (entry) { window.moved += entry.value; });
    }).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(scope="module")
def site() -> Path:
    return demo.built()[0]


def loaded(site: Path, path: str) -> list[Path]:
    """Return the files that a page asks for, itself first."""
    text = (site / path).read_text("utf-8")
    found = re.findall(r'<link rel="(?:stylesheet|icon)" href="([^"]+)"|<script src="([^"]+)"', text)
    page = site / path
    return [page, *((page.parent / (one or other)).resolve() for one, other in found)]


@pytest.mark.parametrize("theme", demo.THEMES)
def test_the_front_page_is_light(theme: str) -> None:
    files = loaded(demo.built(theme)[0], "index.html")

    assert {"scheme.js", "site.css", "favicon.svg"} <= {file.name for file in files}
    assert sum(file.stat().st_size for file in files) < HOME_BUDGET


def test_only_pages_with_a_body_load_the_colours_of_code(site: Path) -> None:
    with_colours = [
        path
        for path in ("index.html", "Kernel/Index/index.html", "Articles/117/index.html", "about/index.html")
        if "pygments.css" in {file.name for file in loaded(site, path)}
    ]

    assert with_colours == ["Articles/117/index.html", "about/index.html"]


def test_all_scripts_but_the_search_are_small() -> None:
    scripts = [path for path in (THEME / "assets").glob("*.js") if not path.name.startswith("search")]

    assert len(scripts) >= 3
    assert sum(path.stat().st_size for path in scripts) <= SCRIPT_BUDGET


@pytest.mark.parametrize("width", [400, 1440])
@pytest.mark.parametrize("path", ["index.html", "Articles/heartbleed/index.html", "Kernel/Index/index.html"])
def test_nothing_moves_once_it_is_seen(browser: Browser, site: Path, path: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.add_init_script(MOVED)
    page.goto((site / path).as_uri())
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    moved = page.evaluate("window.moved")
    context.close()

    assert moved == 0


@pytest.mark.parametrize("width", [400, 1440])
def test_nothing_moves_as_a_search_is_answered(browser: Browser, site: Path, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.add_init_script(MOVED)
    page.goto(f"{(site / 'search/index.html').as_uri()}?q=kernel")
    page.wait_for_function("document.querySelector('[data-count]').textContent")
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    moved = page.evaluate("window.moved")
    context.close()

    assert moved < 0.01


@pytest.mark.parametrize("width", [400, 1440])
def test_the_page_for_lost_addresses_does_not_move(browser: Browser, tmp_path: Path, width: int) -> None:
    write(tmp_path, msgspec.structs.replace(MISSING, root=f"{tmp_path}/"))
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto((tmp_path / MISSING.path).as_uri())
    line = page.locator("[id='page:asked']")
    line.evaluate("one => { one.textContent = ''; }")
    empty = page.evaluate("document.querySelector('main').offsetHeight")
    line.evaluate("one => { one.textContent = '/lost'; }")
    filled = page.evaluate("document.querySelector('main').offsetHeight")
    context.close()

    assert filled == empty


def test_under_reduced_motion_nothing_is_animated(page: Page, site: Path) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto((site / "Articles/heartbleed/index.html").as_uri())
    lasting = page.evaluate(
        "[...document.querySelectorAll('*')].filter(one => ['transitionDuration', 'animationDuration']"
        ".some(name => parseFloat(getComputedStyle(one)[name]) > 0)).length"
    )

    assert lasting == 0
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


@pytest.mark.parametrize("path", ["index.html", "Articles/heartbleed/index.html", "Kernel/Index/index.html"])
def test_a_keyboard_reaches_all_there_is_in_its_order_and_shows_where_it_is(
    page: Page, site: Path, path: str
) -> None:
    page.goto((site / path).as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    wanted = page.evaluate(
        f"[...document.querySelectorAll(`{REACHED}`)].filter(one => one.checkVisibility()).length"
    )
    places, unseen = [], []
    for _ in range(wanted):
        page.keyboard.press("Tab")
        at, outline = page.evaluate(
            "[[...document.querySelectorAll('*')].indexOf(document.activeElement),"
            " getComputedStyle(document.activeElement).outlineStyle]"
        )
        places.append(at)
        unseen += [at] if outline == "none" else []

    assert wanted > 10
    assert places == sorted(set(places))
    assert unseen == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_current_section_and_the_copies_work(
    browser: Browser, site: Path, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(
        color_scheme=scheme,
        viewport={"width": 1440, "height": 500},
        permissions=["clipboard-read", "clipboard-write"],
    )
    page = context.new_page()
    page.goto((site / "Articles/heartbleed/index.html").as_uri())
    page.locator(".body h2").nth(1).evaluate("one => one.scrollIntoView()")
    page.wait_for_selector("nav.contents a[aria-current=location]")
    current = page.locator("nav.contents a[aria-current]").all_inner_texts()
    heading = page.locator(".body h2").nth(1).inner_text()
    page.get_by_text("Cite this article").click()
    page.get_by_role("button", name="Copy as BibTeX").click()
    page.get_by_text("Copied", exact=True).wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    context.close()

    assert current == [heading]
    assert copied.startswith("@misc{heartbleed-2014,\n")
