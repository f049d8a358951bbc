"""The search page in Chromium, from a folder and from a server, over files of the tests' own writer."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec
import pytest
from playwright.sync_api import Browser, Page, expect

from lwnindex.formats.html import page as rendered
from tests import searchwriter
from tests.axe import violations
from tests.conftest import Record
from tests.searchwriter import Text
from tests.serving import serving
from tests.theme.pages import ENVIRONMENT, write
from tests.theme.samples import ARTICLE, HOME, MISSING, SEARCH, SITE

TEXTS = (
    Text(
        "Ceph in the <kernel>",
        "The ceph filesystem was merged.\nIt stores objects.",
        topics=(("Kernel", "Filesystems", "Ceph"),),
        authors=("Ada Example", "Ben Example"),
        path=ARTICLE.path,
    ),
    Text("Filesystem news", "Btrfs and ceph.", date="2010-02-01", topics=(("Kernel", "Filesystems"),)),
    Text("Undated", "A text about theft.", date="", topics=(("Security",),)),
    Text("تاريخ نواة لينكس", "نص عن النواة والملفات", date="2008-01-01", lang="ar"),
    *(
        Text(
            f"Release {n}",
            "A release of the kernel.",
            date=f"2011-{n % 9 + 1:02}-01",
            authors=(f"Writer {n % 9}",),
        )
        for n in range(34)
    ),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of a few pages that can be searched."""
    found = tmp_path_factory.mktemp("searched")
    write(found, HOME, ARTICLE, SEARCH, msgspec.structs.replace(MISSING, root=f"{found}/"))
    searchwriter.write(found / "search", TEXTS, ("", "c", "k"))
    return found


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[str]:
    """The address of a plain server of the site."""
    with serving(folder) as address:
        yield address


@pytest.fixture(params=["folder", "server"])
def site(request: pytest.FixtureRequest, folder: Path) -> str:
    """Where the site's pages begin: on disk, and on a server."""
    return folder.as_uri() if request.param == "folder" else str(request.getfixturevalue("served"))


def at(site: str, query: str = "") -> str:
    """Return the address of the search page."""
    return f"{site}/search/index.html{query}"


def count(page: Page) -> str:
    """Return what is said of how many were found, once it is said."""
    line = page.locator("[data-count]")
    expect(line).not_to_be_empty()
    return line.inner_text()


def titles(page: Page) -> list[str]:
    """Return the titles of the articles shown."""
    return page.locator("[data-title]").all_inner_texts()


def type_words(page: Page, words: str) -> None:
    """Type into the box, and wait until the page shows what was found."""
    page.get_by_role("searchbox").fill(words)
    page.wait_for_function(
        "words => new URLSearchParams(location.search).get('q') === words.trim()"
        " && !document.querySelector('main').hasAttribute('aria-busy')",
        arg=words,
    )


def test_results_come_as_one_types_with_their_words_in_context(page: Page, record: Record, site: str) -> None:
    page.goto(at(site))
    before = [url for url in record.requests if "/search/" in url]
    type_words(page, "ceph mer")

    assert before == [at(site)]
    assert count(page) == "Articles found: 1"
    assert titles(page) == ["Ceph in the <kernel>"]
    assert page.locator(".results mark").all_inner_texts() == ["Ceph", "ceph", "merged"]
    assert page.locator("[data-excerpt]").inner_text() == "The ceph filesystem was merged. It stores objects."
    assert page.locator(".results .byline").inner_text().split("\n")[0].startswith("December 22, 2009")
    assert page.locator(".results .filed a").inner_text() == "Kernel / Filesystems / Ceph"
    assert page.get_by_role("searchbox").evaluate("box => box === document.activeElement")
    assert record.errors == []
    assert all(url.startswith(site) for url in record.requests)


def test_a_result_leads_to_its_article_and_back_is_the_search_again(page: Page, site: str) -> None:
    page.goto(at(site))
    type_words(page, "ceph merged")
    page.locator("[data-title]").click()
    there = page.url
    page.go_back()

    assert there == f"{site}/{ARTICLE.path}"
    assert page.url == at(site, "?q=ceph+merged")
    assert count(page) == "Articles found: 1"
    assert page.get_by_role("searchbox").input_value() == "ceph merged"


def test_a_reader_comes_back_to_the_place_that_was_left(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 600, "height": 400})
    page.goto(at(site, "?q=release"))
    count(page)
    last = page.locator("[data-title]").last
    last.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    last.evaluate("link => { link.href = '../index.html'; }")
    last.click()
    page.wait_for_url(f"{site}/index.html")
    page.go_back()
    page.wait_for_function("top => Math.abs(scrollY - top) < 2", arg=before)

    assert before > 300


def test_an_address_says_the_whole_search(page: Page, record: Record, site: str) -> None:
    page.goto(at(site, "?q=release&index=&year=2011&author=Writer+1"))

    assert count(page) == "Articles found: 4"
    assert page.locator("[data-filters] a").all_inner_texts() == ["Writer 1", "2011"]
    assert record.errors == []


def test_facets_narrow_a_search_and_each_can_be_taken_away(page: Page, site: str) -> None:
    page.goto(at(site, "?q=ceph"))
    count(page)
    page.locator("[data-facet='topic'] a", has_text=re.compile("^Filesystems / Ceph$")).click()
    expect(page.locator("[data-count]")).to_have_text("Articles found: 1")
    narrowed = page.url
    page.get_by_role("link", name="Remove the filter Kernel / Filesystems / Ceph").click()
    expect(page.locator("[data-count]")).to_have_text("Articles found: 2")
    focused = page.evaluate("document.activeElement.hasAttribute('data-count')")
    page.go_back()
    expect(page.locator("[data-count]")).to_have_text("Articles found: 1")

    assert narrowed == at(site, "?q=ceph&topic=Kernel%2FFilesystems%2FCeph")
    assert focused
    assert page.url == narrowed


def test_long_facets_show_more_when_asked(page: Page, site: str) -> None:
    page.goto(at(site, "?q=release"))
    count(page)
    more = page.locator("[data-facet='author'] details")
    hidden = more.locator("a").first.is_visible()
    more.locator("summary").click()

    assert not hidden
    assert page.locator("[data-facet='author'] a:visible").count() == 9
    assert page.locator("[data-facet='author'] .count").first.inner_text() == "4"


def test_pages_of_ten_are_turned_and_addressed(page: Page, site: str) -> None:
    page.goto(at(site, "?q=release"))
    count(page)
    first = titles(page)
    page.get_by_role("link", name="Further").click()
    expect(page.locator(".results")).to_have_attribute("start", "11")
    second = titles(page)
    page.get_by_role("link", name="4", exact=True).click()
    expect(page.locator(".results")).to_have_attribute("start", "31")

    assert (len(first), len(second), len(titles(page))) == (10, 10, 4)
    assert not set(first) & set(second)
    assert page.url == at(site, "?q=release&page=4")
    assert page.locator(".pager [aria-current]").inner_text() == "4"


@pytest.mark.parametrize("leading", ["Further", "3"])
def test_a_page_that_is_turned_begins_at_its_top(page: Page, site: str, leading: str) -> None:
    page.set_viewport_size({"width": 900, "height": 500})
    page.goto(at(site, "?q=release&page=2"))
    count(page)
    page.get_by_role("link", name=leading, exact=True).click()
    expect(page.locator(".results")).to_have_attribute("start", "21")

    assert page.evaluate("document.activeElement.hasAttribute('data-count')")
    assert page.locator("[data-count]").evaluate("line => line.getBoundingClientRect().top >= 0")
    assert page.locator("[data-title]").first.evaluate(
        "title => title.getBoundingClientRect().bottom < innerHeight"
    )


def test_the_focus_stays_on_the_page_where_another_spelling_is_taken(page: Page, site: str) -> None:
    page.goto(at(site, "?q=cehp"))
    count(page)
    page.locator("[data-instead] a").click()
    expect(page.locator("[data-count]")).to_have_text("Articles found: 2")

    assert page.evaluate("document.activeElement.hasAttribute('data-count')")


def test_articles_are_shown_although_their_texts_are_missing(
    page: Page, folder: Path, tmp_path: Path
) -> None:
    shutil.copytree(folder, tmp_path / "site")
    shutil.rmtree(tmp_path / "site" / "search" / "texts")
    page.goto(at((tmp_path / "site").as_uri(), "?q=theft"))

    assert count(page) == "Articles found: 1"
    assert titles(page) == ["Undated"]
    assert not page.locator("[data-excerpt]").is_visible()


def test_a_history_has_an_entry_for_each_search_and_none_for_each_letter(page: Page, site: str) -> None:
    page.goto(f"{site}/index.html")
    page.goto(at(site))
    for words in ("th", "thef", "theft"):
        type_words(page, words)
    page.keyboard.press("Enter")
    for words in ("btr", "btrfs"):
        type_words(page, words)
    page.go_back()
    expect(page.locator("[data-title]")).to_have_text(["Undated"])
    earlier = page.get_by_role("searchbox").input_value()
    page.go_back()

    assert earlier == "theft"
    assert page.url == f"{site}/index.html"


def test_a_misspelt_word_is_offered_as_it_should_be(page: Page, site: str) -> None:
    page.goto(at(site))
    type_words(page, "cpeh merged ")
    said = page.locator("main .figures").all_inner_texts()
    page.locator("[data-instead] a").first.click()
    expect(page.locator("[data-count]")).to_have_text("Articles found: 1")

    assert said == [
        "No article has all the words. Articles with most of them: 1",
        "In no article: cpeh.",
    ]
    assert page.get_by_role("searchbox").input_value() == "ceph merged"
    assert not page.locator("[data-instead]").is_visible()


def test_a_search_without_result_says_so(page: Page, site: str) -> None:
    page.goto(at(site, "?q=zzzzzzz"))

    assert count(page) == "No article found."
    assert titles(page) == []


def test_the_keyboard_is_enough(page: Page, site: str) -> None:
    page.goto(at(site, "?q=ceph"))
    count(page)
    page.keyboard.press("Control+/")
    in_box = page.evaluate("document.activeElement.name")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("ArrowUp")
    first = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Escape")
    again = page.evaluate("document.activeElement.name")

    assert [in_box, again] == ["q", "q"]
    assert [first, second] == titles(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("Articles"))


@pytest.mark.parametrize("path", [ARTICLE.path, "search/index.html", "404.html"])
def test_no_key_does_anything_by_itself(page: Page, folder: Path, path: str) -> None:
    """A letter, digit or sign alone may come from speech, or from a hand that shakes (WCAG 2.1.4)."""
    page.goto((folder / path).as_uri())
    page.evaluate("document.activeElement.blur()")
    before = page.url, page.evaluate("document.activeElement.tagName")
    page.keyboard.type("/?jkhlnpsbfgr0123456789.,")
    after = page.url, page.evaluate("document.activeElement.tagName")
    page.keyboard.press("Control+/")

    assert before == after
    assert page.evaluate("document.activeElement.name") == "q"
    assert page.get_by_role("searchbox").get_attribute("aria-keyshortcuts") == "Control+/ Meta+/"


def test_other_scripts_keep_their_direction(page: Page, site: str) -> None:
    page.goto(at(site, "?q=نواة"))
    count(page)
    title = page.locator("[data-title]").first

    assert title.evaluate("link => getComputedStyle(link).direction") == "rtl"
    assert title.get_attribute("lang") == "ar"


def test_a_file_that_is_missing_is_told_in_words(page: Page, served: str) -> None:
    page.route(re.compile("facets"), lambda route: route.abort())
    page.goto(at(served, "?q=ceph"))

    assert count(page) == "The files of the search cannot be read."


def test_addresses_may_leave_out_index_html(page: Page, record: Record, folder: Path, served: str) -> None:
    pretty = msgspec.structs.replace(SITE, pretty=True)
    (folder / "short").mkdir(exist_ok=True)
    for name in ("assets", "search"):
        if not (folder / "short" / name).exists():
            (folder / "short" / name).symlink_to(folder / name)
    view = msgspec.structs.replace(SEARCH, path="found/index.html")
    (folder / "short" / "found").mkdir(exist_ok=True)
    (folder / "short" / "found" / "index.html").write_bytes(rendered(ENVIRONMENT, view, pretty))
    page.goto(f"{served}/short/found/?q=ceph+merged")
    count(page)

    assert page.locator("[data-title]").get_attribute("href") == f"{served}/short/Articles/1/"
    assert page.url == f"{served}/short/found/?q=ceph+merged"
    assert record.errors == []


def test_the_masthead_of_every_page_leads_to_the_search(page: Page, record: Record, site: str) -> None:
    page.goto(f"{site}/{ARTICLE.path}")
    page.keyboard.press("Control+/")
    page.keyboard.type("theft")
    page.keyboard.press("Enter")
    page.wait_for_url(at(site, "?q=theft"))
    expect(page.locator("[data-title]")).to_have_text(["Undated"])

    assert record.errors == []


def test_the_page_for_lost_addresses_looks_for_their_words(page: Page, folder: Path, served: str) -> None:
    lost = msgspec.structs.replace(MISSING, root="/")
    (folder / "Kernel" / "Old_topic").mkdir(parents=True, exist_ok=True)
    (folder / "Kernel" / "Old_topic" / "ceph-merged.html").write_bytes(rendered(ENVIRONMENT, lost, SITE))
    page.goto(f"{served}/Kernel/Old_topic/ceph-merged.html")
    box = page.get_by_role("searchbox")
    words = box.input_value()
    box.press("Enter")
    page.wait_for_url(re.compile("search/index.html"))

    assert words == "Kernel Old topic ceph merged"
    assert page.get_by_role("searchbox").input_value() == words


def test_without_script_the_page_offers_the_indexes(browser: Browser, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(at(folder.as_uri()))
    links = page.locator("main noscript").inner_text()
    context.close()

    assert "Kernel" in links


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
def test_all_can_read_what_was_found(
    browser: Browser, folder: Path, scheme: Literal["light", "dark"], width: int
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(at(folder.as_uri(), "?q=release&year=2011"))
    count(page)
    wide = page.evaluate("document.documentElement.scrollWidth")
    found = violations(page)
    context.close()

    assert [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found] == []
    assert wide <= width
