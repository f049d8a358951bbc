"""The sample pages in Chromium, opened from a folder: nothing breaks or reaches out, all can read them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Literal

import msgspec
import pytest
from playwright.sync_api import Browser, Page, expect

from lwnindex.model import Heading
from lwnindex.viewparts import View
from tests.axe import violations
from tests.conftest import Record
from tests.programs import VNU
from tests.theme.pages import render, write
from tests.theme.samples import ARTICLE, EMPTY, INDEX, MISSING, VIEWS

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]},
    "rules": {"target-size": {"enabled": True}},
}
each_page = pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.path)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample pages on disk; the page for lost addresses finds its assets there too."""
    found = tmp_path_factory.mktemp("pages")
    write(found, *VIEWS, msgspec.structs.replace(MISSING, root=f"{found}/"))
    return found


@each_page
def test_a_page_opens_from_disk_in_its_own_clothes(
    page: Page, record: Record, folder: Path, view: View
) -> None:
    page.goto((folder / view.path).as_uri())

    assert record.errors == []
    assert all(one.startswith(folder.as_uri()) for one in record.requests)
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(252, 249, 242)"


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
def test_all_can_read_every_page(
    browser: Browser, folder: Path, scheme: Literal["light", "dark"], width: int
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    page = context.new_page()
    faults = {}
    for view in VIEWS:
        page.goto((folder / view.path).as_uri())
        page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
        wide = page.evaluate("document.documentElement.scrollWidth")
        found = violations(page, RULES)
        faults[view.path] = [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]
        faults[view.path] += [f"it is {wide} wide"] if wide > width else []
    context.close()

    assert {path: found for path, found in faults.items() if found} == {}


def test_a_block_of_data_is_no_script_to_the_browser_and_cannot_be_ended(
    page: Page, record: Record, tmp_path: Path
) -> None:
    title = "</script><script>document.title = 'x'</script><!--\u2028"
    write(tmp_path, msgspec.structs.replace(ARTICLE, line=msgspec.structs.replace(ARTICLE.line, title=title)))
    page.goto((tmp_path / ARTICLE.path).as_uri())
    blocks = page.locator("script:not([src])").all_text_contents()

    assert [json.loads(one)["headline"] for one in blocks] == [title]
    assert record.errors == []
    assert page.locator("main").count() == 1


def shown(page: Page) -> list[str]:
    """Return the headings and articles of an index that are to be seen."""
    return page.locator(".entry :is(h3, h4) a:visible, .entry li > a:visible").all_inner_texts()


def test_the_filter_of_an_index_shows_what_matches_and_what_it_stands_below(page: Page, folder: Path) -> None:
    page.goto((folder / INDEX.path).as_uri())
    box = page.get_by_label("Filter")
    whole = shown(page)
    box.fill("CÉPH")
    by_name = shown(page)
    box.fill("カーネル")
    by_title = shown(page)
    expect(page.locator("output")).to_have_text("1 match")
    box.fill("")

    assert by_name == ["Filesystems", "Ceph", "تاريخ نواة لينكس", "Article 4"]
    assert by_title == ["Filesystems", "カーネルの歴史"]
    assert shown(page) == whole


def test_the_letters_stay_in_sight(page: Page, folder: Path) -> None:
    page.set_viewport_size({"width": 400, "height": 300})
    page.goto(f"{(folder / INDEX.path).as_uri()}#Filesystems-Ceph")
    bar, heading = page.locator(".letters").bounding_box(), page.locator("#Filesystems-Ceph").bounding_box()

    assert bar is not None
    assert heading is not None
    assert bar["y"] == 0
    assert heading["y"] >= bar["height"]


def test_without_script_an_index_has_no_filter_and_all_its_lines(browser: Browser, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / INDEX.path).as_uri())
    visible = page.locator(".filter").is_visible()
    lines = page.locator(".lines li").count()
    context.close()

    assert not visible
    assert lines == 4


def test_the_page_for_lost_addresses_says_what_was_asked_for(page: Page, folder: Path) -> None:
    page.goto((folder / "404.html").as_uri())

    assert page.locator("[id='page:asked']").inner_text() == f"{folder}/404.html"


def test_a_reader_of_the_keyboard_sees_where_the_focus_is(page: Page, folder: Path) -> None:
    page.goto((folder / "index.html").as_uri())
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outline")
    page.keyboard.press("Enter")

    assert "3px" in outline
    assert page.url.endswith("#page:main")


def test_on_paper_stands_the_article_alone_with_the_addresses_of_its_links(page: Page, folder: Path) -> None:
    page.emulate_media(media="print")
    page.goto((folder / "Articles/1/index.html").as_uri())
    address = page.evaluate(
        "getComputedStyle(document.querySelector('.body a[href^=https]'), '::after').content"
    )

    assert not page.locator(".rail").is_visible()
    assert not page.locator(".masthead nav").first.is_visible()
    assert "https://example.org/" in address
    assert page.locator(".paper").inner_text() == "https://news.example.org/archive/Articles/1/"
    assert page.locator(".paper").is_visible()


@pytest.mark.needs_vnu
def test_the_html_checker_finds_no_error(tmp_path: Path) -> None:
    write(tmp_path, *VIEWS)
    write(tmp_path / "empty", *EMPTY)
    done = subprocess.run(
        [*VNU, "--errors-only", "--skip-non-html", str(tmp_path)], capture_output=True, text=True, check=False
    )

    assert done.stderr == ""
    assert done.returncode == 0


@pytest.mark.parametrize("width", [320, 1440])
def test_a_heading_that_has_no_place_to_break_stays_on_the_page(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    long = "A_name_that_does_not_end_" + "x" * 90
    contents = tuple(Heading(level=2, id=f"text-{each}", text=long) for each in "abc")
    body = "".join(f'<h2 id="{each.id}">{long}</h2><p>Text.</p>' for each in contents)
    view = msgspec.structs.replace(ARTICLE, contents=contents, title=long)
    write(tmp_path, view)
    (tmp_path / view.path).write_text(render(view, body=body), "utf-8")
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto((tmp_path / view.path).as_uri())
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()

    assert wide <= width


def test_the_links_of_a_footnote_can_be_hit(page: Page, folder: Path) -> None:
    page.goto((folder / "Articles/1/index.html").as_uri())
    box = page.locator(".footnote-ref").first.bounding_box()

    assert box is not None
    assert min(box["width"], box["height"]) >= 24
