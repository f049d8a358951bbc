"""Pages opened in Chromium by one who writes down every script, request and window, and follows odd links.

Every name leads to one port on loopback, where nobody answers: what leaves a page goes nowhere, and is seen.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

from playwright.async_api import (
    Browser,
    ConsoleMessage,
    Dialog,
    Error,
    Frame,
    Page,
    Request,
    async_playwright,
)

from tests.programs import CHROMIUM

FRAMES = "frames.html"
"""The page beside a site in which many of the site's pages are opened at once."""

Medium = Literal["screen", "print"]

_AT_ONCE = 2
_PATIENCE = 10
"""How many seconds a page has to answer; one that is on its way elsewhere does not."""

_SETTLED = 100
"""How long pages are given once they are loaded, in milliseconds, for what comes of itself."""

_MARK = "canary: "
_WATCH = """
(() => {
  const tell = console.debug.bind(console, "canary: ");
  for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
    Object.defineProperty(window, name, { value: () => { tell("ran " + name + " at " + location.href); } });
  }
  addEventListener("securitypolicyviolation", (event) => {
    tell("blocked " + event.effectiveDirective + " " + event.blockedURI + " at " + location.href);
  }, true);
})();
"""
_OPEN = """
(addresses) => Promise.all(addresses.map((each) => new Promise((done) => {
  const frame = document.createElement("iframe");
  frame.width = 120;
  frame.height = 60;
  frame.addEventListener("load", done, { once: true });
  // A page that has led elsewhere meanwhile may never be loaded.
  setTimeout(done, 10000);
  frame.src = each;
  document.body.append(frame);
})))
"""
_ODD = """
(site) => {
  const all = document.querySelectorAll("a, area, form[action], [formaction], math [href]");
  const odd = Array.from(all, (each) => {
    const given = each.href || each.getAttribute("formaction") || each.getAttribute("action") || "";
    const said = String(given.baseVal === undefined ? given : given.baseVal);
    try {
      const scheme = new URL(said, "https://example.org/").protocol;
      const usual = ["http:", "https:", "mailto:", "ftp:"].includes(scheme) || said.startsWith(site);
      return usual ? null : [each, said];
    } catch {
      return null;
    }
  }).filter(Boolean);
  for (const [each] of odd) {
    each.removeAttribute("target");
    (each.requestSubmit || each.click || (() => {})).call(each);
  }
  return odd.map(([, said]) => said);
}
"""


class Seen(NamedTuple):
    """What pages did, each time with the page's address.

    `ran` are scripts that are none of the site's, and dialogs and windows; `blocked` what the policy kept
    from running or loading; `asked` requests that left the site; `left` addresses that pages themselves led
    to; `odd` links to what is no page of the web or the site.
    """

    opened: int
    ran: tuple[str, ...]
    blocked: tuple[str, ...]
    asked: tuple[str, ...]
    left: tuple[str, ...]
    odd: tuple[str, ...]


def visited(
    pages: Sequence[str], site: str, *, together: int = 1, script: str = "", medium: Medium = "screen"
) -> Seen:
    """Open each of some addresses and click what is odd; `site` is what all addresses of the site begin with.

    So many are opened `together`, in frames of one page; alone, a page has the window. `script` is evaluated
    in each once it is loaded.
    """
    found: list[Seen] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            found.append(asyncio.run(_visited(pages, site, together, script, medium)))
        except BaseException as error:  # noqa: BLE001 - it is raised again by who waits
            failed.append(error)

    # Another loop may run in this thread, for the tests that have a browser of their own.
    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
    return found[0]


async def _visited(pages: Sequence[str], site: str, together: int, script: str, medium: Medium) -> Seen:
    quiet = (
        *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
        *("--disable-background-networking", "--disable-component-update", "--disable-popup-blocking"),
        # A page that was left is not kept for who may come back.
        *(
            "--disable-features=BackForwardCache",
            "--host-resolver-rules=MAP * 127.0.0.1:9, EXCLUDE 127.0.0.1",
        ),
    )
    batches = iter([pages[at : at + together] for at in range(0, len(pages), together)])
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(quiet))
        tabs = [_Tab(site, script, medium) for _ in range(_AT_ONCE)]
        await asyncio.gather(*(one.follow(chromium, batches) for one in tabs))
        await chromium.close()
    every = [tuple(each for tab in tabs for each in getattr(tab, name)) for name in Seen._fields[1:]]
    return Seen(len(pages), *every)


class _Tab:
    """A tab, and what was seen in it."""

    page: Page

    def __init__(self, site: str, script: str, medium: Medium) -> None:
        self.site, self.script, self.medium = site, script, medium
        # Chromium runs a script of its own where a page leads to what cannot be opened.
        self._own = (f"{site}assets/", f"{site}search/", "chrome-error://")
        self.expected: set[str] = set()
        self.ran: list[str] = []
        self.blocked: list[str] = []
        self.asked: list[str] = []
        self.left: list[str] = []
        self.odd: list[str] = []
        self.pending: dict[Request, str] = {}

    async def follow(self, chromium: Browser, batches: Iterator[Sequence[str]]) -> None:
        """Open what nobody else has taken yet."""
        context = await chromium.new_context()
        await context.add_init_script(_WATCH)
        self.page = await context.new_page()
        await self.page.emulate_media(media=self.medium)
        context.on("page", lambda other: self.ran.append(f"{self.page.url}: a window {other.url}"))
        self.page.on("request", self._ask)
        self.page.on("requestfailed", self._fail)
        self.page.on("dialog", self._dialog)
        self.page.on("console", self._hear)
        client = await context.new_cdp_session(self.page)
        client.on("Debugger.scriptParsed", self._script)
        await client.send("Debugger.enable")
        for batch in batches:
            await self._open(batch)
        await context.close()

    async def _open(self, batch: Sequence[str]) -> None:
        self.expected = {one.partition("#")[0] for one in batch}
        if len(batch) == 1:
            await self._lead(batch[0])
        else:
            await self._lead(f"{self.site.rstrip('/').rpartition('/')[0]}/{FRAMES}")
            await self.page.evaluate(_OPEN, list(batch))
        top = self.page.main_frame
        frames = list(top.child_frames) if len(batch) > 1 else [top]
        for frame in frames:
            try:
                await asyncio.wait_for(self._follow_odd(frame), _PATIENCE)
            except (Error, TimeoutError) as error:
                # Of a page that has led elsewhere there is nothing left to ask.
                if not self.left:
                    raise AssertionError(f"{frame.url}: {error}") from error
        await self.page.wait_for_timeout(_SETTLED)
        # What the policy keeps back is told as a request that failed, and never left.
        self.asked += self.pending.values()
        self.pending = {}

    async def _follow_odd(self, frame: Frame) -> None:
        if self.script:
            await frame.evaluate(self.script)
        self.odd += [f"{frame.url}: {one}" for one in await frame.evaluate(_ODD, self.site)]

    async def _lead(self, address: str) -> None:
        self.expected.add(address.partition("#")[0])
        try:
            await self.page.goto(address, wait_until="load")
        except Error as error:
            if "interrupted" not in str(error) and not any(one.startswith(address) for one in self.left):
                raise

    def _ask(self, request: Request) -> None:
        address, place = request.url.partition("#")[0], request.frame.url
        if request.is_navigation_request() and (
            self.page.main_frame in (request.frame, request.frame.parent_frame)
        ):
            if address not in self.expected and not address.startswith(self.site):
                self.left.append(f"{place}: {request.url}")
        elif not address.startswith((self.site, "data:")):
            self.pending[request] = f"{place}: {request.url}"

    def _fail(self, request: Request) -> None:
        if "csp" in (request.failure or "").lower():
            self.pending.pop(request, None)

    async def _dialog(self, dialog: Dialog) -> None:
        self.ran.append(f"{self.page.url}: a dialog {dialog.message}")
        await dialog.dismiss()

    def _hear(self, message: ConsoleMessage) -> None:
        kind, _, said = message.text.partition(_MARK)[2].strip().partition(" ")
        if kind in ("ran", "blocked"):
            getattr(self, kind).append(said)

    def _script(self, event: dict[str, Any]) -> None:
        address = event.get("url", "")
        # What shows a folder of the disk to whom a page led there is Chromium's own, too.
        is_listing = address.startswith("file:") and address.endswith("/")
        if address and not is_listing and not address.startswith(self._own):
            self.ran.append(f"{self.page.url}: a script at {address}")


def beside(site: Path) -> None:
    """Write the page in which many are opened beside a site."""
    (site.parent / FRAMES).write_text("<!doctype html><title>Frames</title><body>")
