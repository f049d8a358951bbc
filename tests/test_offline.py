"""A reader walks through the demo from a folder on disk with the network off: by links, search and pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import demo
from tests.conftest import Record

_STEPS = 60
"""How many links are followed, each kind of page and each way out of it among them."""


@pytest.fixture(params=demo.THEMES)
def home(request: pytest.FixtureRequest) -> Path:
    """The front page of the demo in a theme."""
    return demo.built(str(request.param))[0] / "index.html"


@pytest.fixture
def page(browser: Browser, record: Record) -> Iterator[Page]:
    """A page that reaches nothing but files, whose doings go into `record`."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    record.follow(page)
    yield page
    context.close()


def kind(address: str, site: Path) -> str:
    """Return what kind of page an address is, as far as its folders tell."""
    path = Path(unquote(urlsplit(address).path)).relative_to(site).as_posix()
    return "/".join("N" if part.isdigit() or part[1:].isdigit() else part for part in path.split("/")[:2])


def test_a_reader_gets_from_page_to_page_by_clicking(page: Page, record: Record, home: Path) -> None:
    site = home.parent
    waiting, seen = [home.as_uri()], set[str]()
    walked: list[str] = []
    while waiting and len(walked) < _STEPS:
        address = waiting.pop(0)
        page.goto(address)
        walked.append(kind(address, site))
        found = page.eval_on_selector_all("a[href]", "all => all.map(each => each.href.split('#')[0])")
        for link in found:
            if (
                link.startswith(f"{site.as_uri()}/")
                and link.endswith(".html")
                and kind(link, site) not in seen
            ):
                seen.add(kind(link, site))
                waiting.append(link)
    assert record.errors == []
    # What a page still asks for when the next one is opened is given up.
    assert [one for one in record.failed if not one.endswith("ERR_ABORTED")] == []
    assert [url for url in record.requests if not url.startswith(site.as_uri())] == []
    assert {"Articles/N", "Kernel/Index", "Archives/N", "Authors/index.html", "about/index.html"} <= set(
        walked
    )


def test_a_reader_clicks_searches_and_pages_and_nothing_fails(page: Page, record: Record, home: Path) -> None:
    page.goto(home.as_uri())
    page.get_by_role("link", name="Kernel", exact=True).first.click()
    expect(page.locator("h1")).to_contain_text("Kernel")
    page.locator("main .entry li a").first.click()
    expect(page.locator("article h1")).to_be_visible()
    title = page.locator("article h1").inner_text()
    page.locator("form.finder input[type=search]").fill(title)
    page.keyboard.press("Enter")
    first = page.locator("[data-results] a").first
    expect(first).to_have_text(title)
    page.locator("main input[type=search]").fill("kernel")
    expect(page.locator("[data-count]")).to_contain_text("Articles found")
    page.locator("[data-pager] a").last.click()
    expect(page.locator("[data-results] a").first).to_be_visible()
    assert "page=" in page.url
    page.locator("[data-results] a").first.click()
    expect(page.locator("article h1")).to_be_visible()
    page.go_back()
    expect(page.locator("[data-results] a").first).to_be_visible()
    # What was under way when a link was clicked is given up, and that is no failure.
    assert [one for one in record.failed if not one.endswith("ERR_ABORTED")] == []
    assert record.errors == []
    assert [url for url in record.requests if not url.startswith("file:")] == []
