"""The switch between light and dark in Chromium: kept from page to page, there before the first paint."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec
import pytest
from playwright.sync_api import Browser, Page

from lwnindex import highlight
from tests.conftest import Record
from tests.theme.pages import THEME, render, write
from tests.theme.samples import ARTICLE, HOME, PLAIN, SITE, VIEWS

LIGHT, DARK = "rgb(252, 249, 242)", "rgb(22, 23, 26)"
PAPER = "getComputedStyle(document.documentElement).backgroundColor"
CODE = msgspec.structs.replace(PLAIN, path="code.html", root="", contents=())
AS_THE_BODY_COMES = """
    new MutationObserver(function () {
      if (document.body && !("early" in window)) window.early = document.documentElement.dataset.theme || "";
    }).observe(document, { childList: true, subtree: true });
"""
SHUT = """
    Object.defineProperty(window, "localStorage", {
      get() { throw new DOMException("shut", "SecurityError"); }
    });
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("scheme")
    write(found, *VIEWS)
    (found / "assets/pygments.css").write_text(highlight.stylesheet(), "utf-8")
    coloured = msgspec.structs.replace(SITE, stylesheets=("assets/pygments.css", "assets/site.css"))
    body = '<div class="highlight"><pre><code><span class="k">if</span></code></pre></div>'
    (found / "code.html").write_text(render(CODE, coloured, body), "utf-8")
    return found


@pytest.fixture
def dark(browser: Browser, record: Record) -> Iterator[Page]:
    """A page of a reader whose system is dark."""
    context = browser.new_context(color_scheme="dark")
    found = context.new_page()
    found.on("console", record.hear)
    yield found
    context.close()


def test_a_choice_holds_on_the_next_page_before_anything_is_painted(
    page: Page, record: Record, folder: Path
) -> None:
    page.add_init_script(AS_THE_BODY_COMES)
    page.goto((folder / HOME.path).as_uri())
    before = page.evaluate(PAPER)
    page.get_by_role("radio", name="Dark").check()
    chosen = page.evaluate(PAPER)
    page.goto((folder / ARTICLE.path).as_uri())

    assert (before, chosen) == (LIGHT, DARK)
    assert page.evaluate("window.early") == "dark"
    assert page.evaluate(PAPER) == DARK
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    assert page.locator("meta[name=color-scheme]").get_attribute("content") == "dark"
    assert page.get_by_role("radio", name="Dark").is_checked()
    assert record.errors == []


def test_the_system_decides_again_when_the_reader_says_so(dark: Page, folder: Path) -> None:
    dark.goto((folder / HOME.path).as_uri())
    found = []
    for name in ("Light", "As the system has them"):
        dark.get_by_role("radio", name=name).check()
        dark.reload()
        found.append((dark.evaluate(PAPER), dark.get_by_role("radio", name=name).is_checked()))

    assert found == [(LIGHT, True), (DARK, True)]
    assert dark.locator("meta[name=color-scheme]").get_attribute("content") == "light dark"


def test_the_switch_goes_by_keyboard(page: Page, folder: Path) -> None:
    page.goto((folder / HOME.path).as_uri())
    page.get_by_role("radio", name="As the system has them").focus()
    page.keyboard.press("ArrowRight")
    light = page.evaluate("document.documentElement.dataset.theme")
    page.keyboard.press("ArrowRight")

    assert light == "light"
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.get_by_role("group", name="Colours").count() == 1


@pytest.mark.parametrize(("name", "scheme"), [("Light", "light"), ("Dark", "dark")])
def test_code_follows_the_switch_and_not_the_system(
    browser: Browser, folder: Path, name: str, scheme: Literal["light", "dark"]
) -> None:
    def keyword(system: Literal["light", "dark"], chosen: str) -> str:
        context = browser.new_context(color_scheme=system)
        page = context.new_page()
        page.goto((folder / CODE.path).as_uri())
        if chosen:
            page.get_by_role("radio", name=chosen).check()
        found: str = page.evaluate("getComputedStyle(document.querySelector('.highlight .k')).color")
        context.close()
        return found

    other: Literal["light", "dark"] = "dark" if scheme == "light" else "light"

    assert keyword(other, name) == keyword(scheme, "")
    assert keyword(other, name) != keyword(other, "")


def test_where_storage_is_shut_the_switch_holds_for_the_page(
    page: Page, record: Record, folder: Path
) -> None:
    page.add_init_script(SHUT)
    page.goto((folder / HOME.path).as_uri())
    page.get_by_role("radio", name="Dark").check()

    assert page.evaluate(PAPER) == DARK
    assert record.errors == []


def test_without_script_there_is_no_switch(browser: Browser, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / HOME.path).as_uri())
    shown = page.locator(".scheme").is_visible()
    context.close()

    assert not shown


def test_the_script_is_small_and_the_first_thing_that_is_loaded() -> None:
    head = (THEME / "templates/base.html").read_text("utf-8").partition("</head>")[0]

    assert (THEME / "assets/scheme.js").stat().st_size < 2_000
    assert '<script src="{{ "assets/scheme.js" | href }}"></script>' in head
    assert head.index("<script") < head.index("<link")
