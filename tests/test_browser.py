"""The demo archive as a reader has it: opened from a folder in Chromium, with nothing else to reach."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from lwnindex import config
from lwnindex import site as build
from tests import demo, sitecheck
from tests.axe import violations
from tests.conftest import Record

KINDS = {
    "home": "index.html",
    "article": "Articles/117/index.html",
    "authored article": "Articles/heartbleed/index.html",
    "index": "Kernel/Index/index.html",
    "topic": "Kernel/Filesystems/index.html",
    "leaf topic": "Kernel/Filesystems/Ceph/index.html",
    "author": "Authors/Kernel_desk/index.html",
    "authors": "Authors/index.html",
    "archives": "Archives/index.html",
    "year": "Archives/2010/index.html",
    "month": "Archives/2010/02/index.html",
    "week": "Archives/2010/W07/index.html",
    "queries": "Queries/index.html",
    "query": "Queries/Kernel_security_since_2008/index.html",
    "plain page": "about/index.html",
    "search": "search/index.html",
}
RULES = {"rules": {"target-size": {"enabled": True}}}
"""axe's rules of WCAG 2.2 AA, with the one that it leaves out unless told."""


PAPER = {"default": "rgb(252, 249, 242)", "classic": "rgb(255, 255, 255)"}
"""What a page stands on once its stylesheet is applied; without one it stands on nothing."""


@pytest.fixture(scope="module", params=demo.THEMES)
def theme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def site(theme: str) -> Path:
    return demo.built(theme)[0]


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
def test_a_page_opens_from_disk_without_an_error_or_an_outside_request(
    page: Page, record: Record, site: Path, theme: str, path: str
) -> None:
    page.goto((site / path).as_uri())
    colour = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")

    assert record.errors == []
    assert [url for url in record.requests if not url.startswith("file:")] == []
    assert colour == PAPER[theme]


@pytest.mark.parametrize("name", ["feed.rss", "feed.atom", "Kernel/Index/feed.atom"])
def test_a_feed_is_a_page_that_explains_it(page: Page, record: Record, site: Path, name: str) -> None:
    page.goto((site / name).as_uri())
    expect(page.locator("div")).to_contain_text("This is a feed.")
    expect(page.locator("entry > title, item > title").first).to_be_visible()
    expect(page.locator("encoded, content, guid, id, generator").first).to_be_hidden()

    page.get_by_text("The page of this feed").click()
    assert page.url.endswith("index.html")
    assert [url for url in record.requests if not url.startswith("file:")] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
def test_a_page_is_accessible(
    browser: Browser, site: Path, path: str, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto((site / path).as_uri())
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    found = violations(page, RULES)
    context.close()

    assert [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found] == []


@pytest.mark.parametrize("forced", ["none", "active"])
@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
def test_what_a_search_found_is_accessible(
    browser: Browser,
    site: Path,
    scheme: Literal["light", "dark"],
    width: int,
    forced: Literal["none", "active"],
) -> None:
    context = browser.new_context(
        color_scheme=scheme, forced_colors=forced, viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    page.goto(f"{(site / 'search/index.html').as_uri()}?q=kernel")
    expect(page.locator("[data-count]")).to_contain_text("Articles found")
    expect(page.locator("[data-excerpt]").last).not_to_be_empty()
    found = violations(page, RULES)
    context.close()

    assert [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found] == []


@pytest.mark.parametrize("width", [320, 400, 1280])
@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
def test_no_page_scrolls_sideways(browser: Browser, site: Path, path: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto((site / path).as_uri())
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()

    assert wide <= width


@pytest.mark.parametrize("width", [320, 800, 1280])
def test_nothing_at_the_top_of_a_page_stands_over_what_is_beside_it(
    browser: Browser, site: Path, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto((site / KINDS["article"]).as_uri())
    outside = page.locator(".masthead").evaluate(
        """top => {
          const box = top.getBoundingClientRect();
          return Array.from(top.querySelectorAll("*")).filter(each => {
            const its = each.getBoundingClientRect();
            return its.width > 0 && (its.left < box.left - 1 || its.right > box.right + 1);
          }).map(each => each.outerHTML);
        }"""
    )
    context.close()

    assert outside == []


def test_a_reader_walks_from_home_to_an_article_to_its_topic_and_back(
    page: Page, record: Record, site: Path
) -> None:
    page.goto((site / "index.html").as_uri())
    page.get_by_role("link", name="Kernel", exact=True).first.click()
    page.locator("main a", has_text="Ceph in 2.6.34").first.click()
    assert page.locator("h1").inner_text() == "Ceph in 2.6.34"
    page.locator("main a", has_text="Ceph").filter(has_not_text="2.6.34").first.click()
    assert "Ceph" in page.locator("h1").inner_text()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')").startswith("#")
    assert record.errors == []


class _Server(http.server.SimpleHTTPRequestHandler):
    """Serves the site as a host of static files does: 404.html for what is not there."""

    lost = "404.html"

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the site's own page."""
        del message, explain
        content = Path(self.directory, self.lost).read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


class _Below(_Server):
    """Serves a site that stands below a path."""

    lost = "docs/archive/404.html"


@pytest.fixture
def served(site: Path) -> Iterator[str]:
    handler = partial(_Server, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
def test_a_page_is_the_same_from_a_server(page: Page, record: Record, served: str, path: str) -> None:
    page.goto(f"{served}/{path}")

    assert record.errors == []
    assert [url for url in record.requests if not url.startswith(served)] == []


def test_the_page_for_a_missing_address_finds_its_stylesheet_and_the_indexes(
    page: Page, record: Record, served: str
) -> None:
    page.goto(f"{served}/Kernel/No/such/topic/", wait_until="networkidle")

    # What is still asked for when a reader goes on is given up.
    assert record.failed == []
    page.get_by_role("link", name="Kernel", exact=True).first.click()
    page.wait_for_url(f"{served}/Kernel/Index/index.html")


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a site below a path of its server: `docs/archive/`."""
    work = tmp_path_factory.mktemp("below")
    (work / "content").mkdir()
    (work / "content/1.md").write_text(
        "---\ntitle: One\ndate: 2020-01-02\nentries: [Kernel/Post]\n---\n\nText.\n", "utf-8"
    )
    address = {"site": {"url": "https://example.org/docs/archive/"}}
    options = {"output": str(work / "web/docs/archive"), "store": str(work / "store")}
    found = config.load(None, {}, address | options).config
    report = build.build(config.Found(found, work, None))
    assert report.articles == 1
    return work / "web"


def test_below_a_path_of_a_server_no_request_fails(page: Page, record: Record, below: Path) -> None:
    answers: dict[str, int] = {}
    page.on("response", lambda response: answers.update({response.url: response.status}))
    handler = partial(_Below, directory=str(below))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    root = f"http://127.0.0.1:{server.server_port}/docs/archive"
    lost = f"{root}/No/such/page/"
    for address in (f"{root}/", f"{root}/Articles/1/", lost):
        page.goto(address)
        colour = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert colour == "rgb(252, 249, 242)", address
        icon = page.evaluate("document.querySelector('link[rel=icon]').href")
        assert icon == f"{root}/assets/favicon.svg"
    page.get_by_role("link", name="Kernel", exact=True).first.click()
    page.wait_for_url(f"{root}/Kernel/Index/index.html")
    server.shutdown()
    server.server_close()
    thread.join()

    assert {url: status for url, status in answers.items() if status >= 400} == {lost: 404}


def test_no_page_leads_a_reader_of_a_folder_to_the_page_for_lost_addresses(site: Path) -> None:
    """It is for servers, which show it at any address: only the site's own root, not a folder, is certain."""
    named = [
        page.path
        for page in sitecheck.pages(site).values()
        if page.tree.xpath("//a[contains(@href, '404.html')]")
    ]

    assert named == []
    assert "404.html" not in (site / "sitemap.xml").read_text("utf-8")


def test_the_favicon_is_found_from_disk(site: Path) -> None:
    for page in sitecheck.pages(site).values():
        if page.path != "404.html" and not page.tree.xpath("//meta[@http-equiv='refresh']"):
            (icon,) = page.tree.xpath("//link[@rel='icon']/@href")
            assert sitecheck.target(page, icon) == ("assets/favicon.svg", ""), page.path
    assert (site / "assets/favicon.svg").is_file()
