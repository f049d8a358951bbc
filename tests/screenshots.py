"""Pictures of every kind of page of the demo, at three widths, light and dark, for a person to look at.

`python -m tests.screenshots [SITE [FOLDER]]` (`make screenshots`) writes them to `.screenshots/`; any other
built site has those pages taken that it has too.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from tests import demo
from tests.programs import CHROMIUM, ROOT, missing

PAGES = {
    "home": "index.html",
    "article": "Articles/117/index.html",
    "authored": "Articles/heartbleed/index.html",
    "index": "Kernel/Index/index.html",
    "topic": "Kernel/Filesystems/index.html",
    "leaf": "Kernel/Filesystems/Ceph/index.html",
    "author": "Authors/Kernel_desk/index.html",
    "authors": "Authors/index.html",
    "archives": "Archives/index.html",
    "year": "Archives/2010/index.html",
    "month": "Archives/2010/02/index.html",
    "week": "Archives/2010/W07/index.html",
    "search": "search/index.html",
    "plain": "about/index.html",
    "missing": "404.html",
}
WIDTHS = (400, 900, 1440)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def take(browser: Browser, site: Path, folder: Path) -> int:
    """Write the pictures of a site's pages into a folder, and return how many there are."""
    held = {name: path for name, path in PAGES.items() if (site / path).is_file()}
    for scheme in SCHEMES:
        for width in WIDTHS:
            context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
            page = context.new_page()
            # As from a server: 404.html asks for its assets at the root.
            page.route("file:///assets/*", lambda route: route.fulfill(path=_asset(site, route.request.url)))
            for name, path in held.items():
                page.goto((site / path).as_uri())
                page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
            context.close()
    return len(held) * len(WIDTHS) * len(SCHEMES)


def _asset(site: Path, address: str) -> Path:
    return site / "assets" / address.rpartition("/")[2]


def main(arguments: list[str]) -> str:
    """Take the pictures, and return where they are; SystemExit where there is no Chromium."""
    absent = missing("needs_chromium")
    if absent:
        raise SystemExit(f"{absent[0].name} is missing: {absent[0].install}")
    site = Path(arguments[0]).resolve() if arguments else demo.built()[0]
    folder = Path(arguments[1]) if len(arguments) > 1 else ROOT / ".screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        count = take(browser, site, folder)
        browser.close()
    return f"{count} pictures in {folder}\n"


if __name__ == "__main__":
    sys.stdout.write(main(sys.argv[1:]))
