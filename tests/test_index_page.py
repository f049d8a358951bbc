"""An index page in Chromium: its references, its filter, and its topics by years, from a folder on disk."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Literal

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Page, expect

from lwnindex.indexviews import IndexView
from lwnindex.model import Described, Entry, See
from lwnindex.viewparts import Crumb
from lwnindex.views.indexes import index_pages
from tests import demo, sitecheck
from tests.axe import violations
from tests.conftest import Record
from tests.makers import archive_of, body, card, config, entry, made
from tests.programs import VNU
from tests.theme.pages import write

INDEX = "Kernel/Index/index.html"
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]},
    "rules": {"target-size": {"enabled": True}},
}
CARDS = (
    card("1", "Kernel/Memory management/Huge pages", title="Large pages of memory", date="2009-01-02"),
    card("2", "Kernel/Memory management", title="What is left of swapping", date="2010-02-03"),
    card("3", "Kernel/Storage/Ceph", "Kernel/Filesystems", title="Ceph at last", date="2011-03-04"),
    card("4", "Kernel/Storage/Ceph", title="日本のCéphalopodes", date="2012-04-05"),
    card("5", "Security/Memory", title="Kept in memory", date="2012-05-06"),
)


def see(name: str, topic: Entry, printed: bool = True) -> See:
    """Return another name of a topic."""
    anchor = name.partition("/")[2].replace(" ", "_").replace("/", "-")
    return See(entry=entry(name), topic=topic, path=f"{name}/index.html", anchor=anchor, printed=printed)


def views() -> list[IndexView]:
    """Return the index pages of a small archive with all that a thesaurus says."""
    shelf = archive_of(*CARDS, config=config())
    topics = dict(shelf.catalog.topics)
    ceph, huge = entry("Kernel/Storage/Ceph"), entry("Kernel/Memory management/Huge pages")
    topics[entry("Kernel/Filesystems")] = replace(
        topics[entry("Kernel/Filesystems")], adopted=(ceph,), count=2
    )
    topics[huge] = replace(topics[huge], see_also=(ceph, entry("Security/Memory")))
    sees = (
        see("Kernel/Big pages", huge),
        see("Kernel/Old pages", huge, printed=False),
        see("Kernel/Pages/Large", huge),
        see("Kernel/Exploits", entry("Security/Memory")),
        see("Kernel/Xen", entry("Security/Memory"), printed=False),
    )
    note = Described(entry=huge, file="topics.toml", note=body(teaser="Pages that are large."))
    shelf = shelf._replace(catalog=replace(shelf.catalog, topics=topics, sees=sees, described={huge: note}))
    found = [view for one in shelf.catalog.indexes for view in made(index_pages(shelf, one), IndexView)]
    others = (Crumb(name="Tree", path="Kernel/Tree/index.html"),)
    return [replace(view, others=others) for view in found]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages on disk."""
    found = tmp_path_factory.mktemp("indexes")
    write(found, *views())
    return found


@pytest.fixture
def index(page: Page, folder: Path) -> Page:
    """The page of the Kernel index."""
    page.goto((folder / INDEX).as_uri())
    return page


def shown(page: Page) -> list[str]:
    """Return the headings, references and articles that are to be seen; some may not be laid out yet."""
    found = page.locator(".entry :is(h3, h4) > a:visible, .entry .refers:visible, .entry li > a:visible")
    return [" ".join(text.split()) for text in found.all_text_contents()]


WHOLE = [
    "Big pages see Memory management / Huge pages",
    "Exploits see Security / Memory",
    "Filesystems",
    "Ceph at last",
    "Ceph see Storage / Ceph",
    "Memory management",
    "What is left of swapping",
    "Huge pages",
    "Large pages of memory",
    "Pages / Large see Memory management / Huge pages",
    "Storage",
    "Ceph",
    "日本のCéphalopodes",
    "Ceph at last",
]


def test_an_index_has_its_references_where_they_are_looked_for(index: Page, record: Record) -> None:
    assert shown(index) == WHOLE
    letters = index.get_by_role("navigation", name="Letters").get_by_role("link").all_inner_texts()
    assert letters == ["B", "E", "F", "M", "P", "S"]
    expect(index.locator("#Memory_management-Huge_pages")).to_have_text("Huge pages 1")
    expect(index.locator(".also")).to_have_text("see also Storage / Ceph; Security / Memory")
    expect(index.locator(".note")).to_have_text("Pages that are large.")
    expect(index.get_by_role("link", name="Tree")).to_be_visible()
    assert record.errors == []


@pytest.mark.parametrize("anchor", ["Big_pages", "Old_pages", "Pages-Large"])
def test_an_old_anchor_leads_to_the_heading_and_its_articles(page: Page, folder: Path, anchor: str) -> None:
    page.goto(f"{(folder / INDEX).as_uri()}#{anchor}")
    heading = page.locator("h4", has_text="Huge pages")
    assert heading.evaluate("one => one.querySelector(':target') !== null")
    expect(heading).to_be_in_viewport()


def test_a_name_that_is_not_printed_is_seen_by_who_comes_for_it(page: Page, folder: Path) -> None:
    page.goto((folder / INDEX).as_uri())
    expect(page.get_by_text("Xen")).to_be_hidden()
    expect(page.locator("[id='letter:X']")).to_be_hidden()
    page.goto("about:blank")
    page.goto(f"{(folder / INDEX).as_uri()}#Xen")
    expect(page.get_by_text("Xen see Security / Memory")).to_be_in_viewport()


def test_a_reference_leads_to_the_articles(index: Page) -> None:
    index.get_by_role("link", name="Storage / Ceph").first.click()
    assert index.url.endswith("#Storage-Ceph")
    expect(index.locator("#Storage-Ceph")).to_be_in_viewport()


# The filter ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "found", "matches"),
    [
        ("HUGE", ["Big pages see Memory management / Huge pages", "Memory management", "Huge pages",
                  "Large pages of memory", "Pages / Large see Memory management / Huge pages"], "3 matches"),
        ("swapping", ["Memory management", "What is left of swapping"], "1 match"),
        ("exploit", ["Exploits see Security / Memory"], "1 match"),
        ("céphalo", ["Storage", "Ceph", "日本のCéphalopodes"], "1 match"),
        ("日本", ["Storage", "Ceph", "日本のCéphalopodes"], "1 match"),
        ("storage last", ["Storage", "Ceph", "Ceph at last"], "1 match"),
        ("memory huge", ["Big pages see Memory management / Huge pages", "Memory management", "Huge pages",
                         "Large pages of memory", "Pages / Large see Memory management / Huge pages"],
         "3 matches"),
        ("xen", [], "0 matches"),
        ("nowhere", [], "0 matches"),
    ],
)  # fmt: skip
def test_a_filter_shows_what_matches_and_what_that_stands_below(
    index: Page, wanted: str, found: list[str], matches: str
) -> None:
    index.get_by_label("Filter").fill(wanted)
    assert shown(index) == found
    expect(index.locator("output")).to_have_text(matches)


@pytest.fixture
def deep(page: Page, tmp_path: Path) -> Page:
    """An index whose topics stand in six levels."""
    filed = [card("1", "Kernel/One/Two/Three/Four/Five/Six", title="A patch"), card("2", "Kernel/Zero")]
    shelf = archive_of(*filed)
    write(tmp_path, *made(index_pages(shelf, shelf.catalog.indexes[0]), IndexView))
    page.goto((tmp_path / INDEX).as_uri())
    return page


DEEP = ["One", "Two", "Three", "Four", "Five", "Six"]


def test_a_filter_shows_what_stands_below_at_any_depth(deep: Page) -> None:
    deep.get_by_label("Filter").fill("five")
    assert deep.locator(".entry:visible > :is(h3, h4, h5, h6) > a").all_text_contents() == DEEP
    expect(deep.locator("output")).to_have_text("2 matches")


def test_each_level_is_set_in_from_the_one_above(deep: Page) -> None:
    found = [deep.get_by_role("link", name=name, exact=True).bounding_box() for name in DEEP]
    places = [box["x"] for box in found if box]
    assert len(places) == 6
    assert places == sorted(set(places))


def test_a_filter_asks_for_a_title_only_where_there_are_some(page: Page, tmp_path: Path) -> None:
    found = [card("1", "Kernel/Ceph"), card("2", "Kernel/Ext4"), card("3", "Kernel/Exofs")]
    shelf = archive_of(*found, config=config(index={"split": 2}))
    write(tmp_path, *made(index_pages(shelf, shelf.catalog.indexes[0]), IndexView))
    page.goto((tmp_path / INDEX).as_uri())
    assert page.get_by_label("Filter").get_attribute("placeholder") == "Topic"
    page.get_by_role("navigation", name="Letters").get_by_role("link", name="E").click()
    assert page.get_by_label("Filter").get_attribute("placeholder") == "Topic or title"


def test_a_cleared_filter_shows_all_again(index: Page) -> None:
    box = index.get_by_label("Filter")
    box.press_sequentially("swapx")
    assert shown(index) == []
    box.press("Backspace")
    assert shown(index) == ["Memory management", "What is left of swapping"]
    box.press("Escape")
    assert box.input_value() == ""
    assert shown(index) == WHOLE
    expect(index.locator("output")).to_be_empty()


def test_the_number_of_matches_is_told_once_the_reader_pauses(index: Page) -> None:
    index.evaluate(
        """() => { window.told = []; const answer = document.querySelector("output");
        const tell = () => window.told.push(answer.textContent);
        new MutationObserver(tell).observe(answer, { childList: true }); }"""
    )
    index.get_by_label("Filter").evaluate(
        """box => { for (const text of ["s", "sw", "swa", "swap"]) {
          box.value = text; box.dispatchEvent(new Event("input")); } }"""
    )
    expect(index.locator("output")).to_have_text("1 match")
    assert index.evaluate("window.told") == ["1 match"]
    assert index.locator("output").evaluate("one => one.getAttribute('aria-live') || one.tagName") == "OUTPUT"


def test_a_link_within_the_page_ends_the_filter(index: Page) -> None:
    index.get_by_label("Filter").fill("big")
    index.get_by_role("link", name="Memory management / Huge pages").first.click()
    expect(index.locator("#Memory_management-Huge_pages")).to_be_in_viewport()
    assert shown(index) == WHOLE
    assert index.get_by_label("Filter").input_value() == ""


def test_who_comes_back_finds_the_filter_as_it_was(index: Page) -> None:
    index.get_by_label("Filter").fill("swapping")
    expect(index.locator("output")).to_have_text("1 match")
    assert index.url.endswith("?q=swapping")
    index.reload()
    assert index.get_by_label("Filter").input_value() == "swapping"
    assert shown(index) == ["Memory management", "What is left of swapping"]
    index.get_by_label("Filter").press("Escape")
    expect(index.locator("output")).to_be_empty()
    index.wait_for_url("**/index.html")


def test_an_anchor_is_led_to_whatever_the_filter_holds(index: Page) -> None:
    plain = index.url
    index.goto(f"{plain}?q=swapping#Storage-Ceph")
    expect(index.locator("#Storage-Ceph")).to_be_in_viewport()
    assert shown(index) == WHOLE
    assert index.get_by_label("Filter").input_value() == ""

    index.get_by_label("Filter").fill("swapping")
    expect(index.locator("output")).to_have_text("1 match")
    assert index.url == f"{plain}?q=swapping"


def test_an_anchor_that_is_typed_while_a_filter_is_on_is_brought_in_sight(page: Page, tmp_path: Path) -> None:
    page.goto(long_index(tmp_path))
    page.get_by_label("Filter").fill("A00")
    expect(page.locator("output")).to_have_text("1 match")
    page.evaluate("location.hash = '#Z19'")
    expect(page.locator("#Z19")).to_be_in_viewport()
    assert page.get_by_label("Filter").input_value() == ""


def long_index(folder: Path) -> str:
    """Write an index of 520 topics, of which each has an article, and return where it stands."""
    found = [card(str(n), f"Kernel/{chr(65 + n % 26)}{n // 26:02}", title=f"No. {n}") for n in range(520)]
    shelf = archive_of(*found)
    write(folder, *made(index_pages(shelf, shelf.catalog.indexes[0]), IndexView))
    return (folder / INDEX).as_uri()


def test_many_lines_are_all_there_again_once_a_filter_is_cleared(page: Page, tmp_path: Path) -> None:
    page.goto(long_index(tmp_path))
    box = page.get_by_label("Filter")
    box.fill("nothing of that")
    assert page.locator(".letter:visible").count() == 0
    box.fill("")
    expect(page.locator(".entry li:not([hidden])")).to_have_count(520)
    expect(page.locator(":is(.letter, .entry)[hidden]")).to_have_count(0)


def test_who_goes_back_by_the_keyboard_sees_where_that_leads(page: Page, tmp_path: Path) -> None:
    page.goto(long_index(tmp_path))
    page.locator("#Z19 a").focus()
    bar = page.get_by_role("navigation", name="Letters").bounding_box()
    tops = []
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        tops.append(page.evaluate("document.activeElement.getBoundingClientRect().top"))
    assert bar is not None
    assert min(tops) >= bar["y"] + bar["height"]


# Topics by years ---------------------------------------------------------------------------------------


def test_the_topics_by_years_are_a_table_that_is_folded(index: Page) -> None:
    table = index.get_by_role("table", name="Articles of each topic by year, 2009 to 2012")
    expect(table).to_be_hidden()
    index.get_by_text("Topics by year").click()
    expect(table).to_be_visible()
    assert table.get_by_role("columnheader").all_inner_texts() == [
        *("Topic", "2009", "2010", "2011", "2012", "All")
    ]
    rows = [list(map(str.strip, row.split("\t"))) for row in table.get_by_role("row").all_inner_texts()]
    assert rows[1:] == [
        ["Filesystems", "", "", "1", "1", "2"],
        ["Memory management", "1", "1", "", "", "2"],
        ["Storage", "", "", "1", "1", "2"],
    ]
    assert table.locator("tbody th[scope=row]").count() == 3


def test_the_sums_of_the_years_end_where_their_heading_does(page: Page, tmp_path: Path) -> None:
    many = [card(f"1{n}", "Kernel/Many", date=f"201{n % 2}-01-02") for n in range(12)]
    shelf = archive_of(*many, card("1", "Kernel/One", date="2011-03-04"))
    write(tmp_path, *made(index_pages(shelf, shelf.catalog.indexes[0]), IndexView))
    page.goto((tmp_path / INDEX).as_uri())
    page.get_by_text("Topics by year").click()
    ends = page.locator(".heat tr > :last-child").evaluate_all(
        """all => all.map(one => { const text = document.createRange(); text.selectNodeContents(one);
        return Math.round(text.getBoundingClientRect().right); })"""
    )
    assert len(ends) == 3
    assert len(set(ends)) == 1


def test_a_wide_table_scrolls_within_its_own_box(browser: Browser, tmp_path: Path) -> None:
    found = [
        card(str(n), f"Kernel/A long name of a topic {n % 3}", date=f"{1990 + n}-01-02") for n in range(25)
    ]
    shelf = archive_of(*found)
    write(tmp_path, *made(index_pages(shelf, shelf.catalog.indexes[0]), IndexView))
    context = browser.new_context(viewport={"width": 400, "height": 900})
    page = context.new_page()
    page.goto((tmp_path / INDEX).as_uri())
    page.get_by_text("Topics by year").click()
    box = page.get_by_role("region", name="Articles of each topic by year")
    inner, outer = box.evaluate("one => [one.scrollWidth, one.clientWidth]")
    wide = page.evaluate("document.documentElement.scrollWidth")
    box.focus()
    box.evaluate("one => { one.scrollLeft = 300; }")
    name, edge = page.locator("tbody th").first.bounding_box(), box.bounding_box()
    context.close()

    assert inner > outer
    assert wide <= 400
    assert name is not None
    assert edge is not None
    assert name["x"] == edge["x"]


@pytest.mark.parametrize("theme", demo.THEMES)
def test_every_cell_of_the_demo_leads_to_a_heading_that_is_there(theme: str) -> None:
    site = demo.built(theme)[0]
    pages = sitecheck.pages(site)
    cells = [
        sitecheck.target(page, href)
        for page in pages.values()
        for href in page.tree.xpath("//details[@class='heat']//td/a/@href")
    ]
    assert cells
    assert [cell for cell in cells if not cell or cell[1] not in pages[cell[0]].ids] == []


# Everybody can read it ---------------------------------------------------------------------------------


@pytest.mark.parametrize("forced", ["none", "active"])
@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 400), ("dark", 400), ("light", 1280), ("dark", 1280)]
)
def test_an_index_is_accessible(
    browser: Browser,
    folder: Path,
    scheme: Literal["light", "dark"],
    width: int,
    forced: Literal["none", "active"],
) -> None:
    context = browser.new_context(
        color_scheme=scheme, forced_colors=forced, viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    page.goto(f"{(folder / INDEX).as_uri()}#Xen")
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    wide = page.evaluate("document.documentElement.scrollWidth")
    found = violations(page, RULES)
    context.close()

    assert [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found] == []
    assert wide <= width


def test_without_script_an_index_is_whole(browser: Browser, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{(folder / INDEX).as_uri()}?q=nothing")
    found = shown(page)
    filtered = page.locator(".filter").is_visible()
    page.get_by_text("Topics by year").click()
    table = page.get_by_role("table").is_visible()
    context.close()

    assert found == WHOLE
    assert not filtered
    assert table


@pytest.mark.needs_vnu
def test_the_html_checker_finds_no_error(folder: Path) -> None:
    done = subprocess.run(
        [*VNU, "--errors-only", "--skip-non-html", str(folder)], capture_output=True, text=True, check=False
    )

    assert done.stderr == ""
    assert done.returncode == 0
