"""A page in Chromium hears of changes, shows what is wrong as text, and nobody else learns anything of it."""

from __future__ import annotations

import http.server
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page

from tests.conftest import Record
from tests.previewed import LONG, Previewed, previewed
from tests.programs import CHROMIUM

ARTICLE = "---\ntitle: {}\ndate: 2020-01-02\nentries: [Kernel/BPF]\n---\n{}\n"
WORDS = "\n\n".join(f"Paragraph {number} of many words, one below the other." for number in range(80))
SECRET = "nobody else may read this"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "here/content").mkdir(parents=True)
    (tmp_path / "here/lwnindex.toml").write_text('[site]\ntitle = "T"\nurl = "https://example.org/"\n')
    (tmp_path / "here/content/one.md").write_text(ARTICLE.format("One", f"{SECRET}\n\n{WORDS}"))
    return tmp_path / "here"


@pytest.fixture
def preview(root: Path) -> Iterator[Previewed]:
    with previewed(root) as found:
        yield found


def comes(page: Page, expression: str) -> Any:
    """Return what an expression is in a page, once that is something; the page may be another by then."""
    end = time.monotonic() + LONG
    while time.monotonic() < end:
        try:
            if found := page.evaluate(expression):
                return found
        except Error as error:
            # It was reloaded meanwhile.
            if "navigation" not in error.message and "destroyed" not in error.message:
                raise
        time.sleep(0.02)
    raise AssertionError(expression)


PROBLEMS = "document.querySelector('lwnindex-problems')"


def test_a_page_is_reloaded_where_it_was(preview: Previewed, page: Page, record: Record, root: Path) -> None:
    page.goto(f"{preview.address}Articles/one/")
    page.evaluate("document.querySelector('details.cite').open = true")
    page.evaluate("document.querySelector('[name=q]').value = 'ceph'")
    page.evaluate("scrollTo(0, 700)")
    (root / "content/one.md").write_text(ARTICLE.format("Other", f"{SECRET}\n\n{WORDS}"))
    comes(page, "document.querySelector('h1')?.textContent === 'Other'")
    comes(page, "scrollY === 700")

    comes(page, "document.querySelector('details.cite').open")
    comes(page, "document.querySelector('[name=q]').value === 'ceph'")
    assert record.errors == []


def test_a_stylesheet_is_swapped_without_a_reload(
    preview: Previewed, page: Page, record: Record, root: Path
) -> None:
    page.goto(f"{preview.address}Articles/one/")
    page.evaluate("window.stays = true")
    place = root / "static/assets/site.css"
    place.parent.mkdir(parents=True)
    place.write_text("h1 { color: rgb(1, 2, 3) }")
    comes(page, "getComputedStyle(document.querySelector('h1')).color === 'rgb(1, 2, 3)'")

    assert page.evaluate("window.stays")
    assert record.errors == []


def test_a_draft_is_marked(preview: Previewed, page: Page, root: Path) -> None:
    (root / "content/two.md").write_text(ARTICLE.format("Two\ndraft: true", "Words."))
    preview.until(lambda line: line.startswith("two.md"))
    page.goto(f"{preview.address}Articles/two/")

    assert page.inner_text(".byline .draft") == "Draft"


BAD = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>\N{RIGHT-TO-LEFT OVERRIDE}'


def test_what_is_wrong_is_shown_as_text_over_the_last_good_page_and_goes_by_itself(
    preview: Previewed, page: Page, record: Record, root: Path
) -> None:
    page.goto(f"{preview.address}Articles/one/")
    name = "content/<img src=x onerror=window.ran=1>.md"
    (root / name).write_text(f"---\ntitle: '{BAD}'\ndate: {BAD}\n---\n{BAD}\n")
    said = comes(page, f"{PROBLEMS}?.shadowRoot.querySelector('.fault').textContent")
    marked = page.evaluate(f"{PROBLEMS}.shadowRoot.querySelector('.marked').textContent")

    assert name in said
    assert "<script>window.ran=1</script>" in marked
    assert page.evaluate(f"[...{PROBLEMS}.shadowRoot.querySelectorAll('img, script, iframe')].length") == 0
    assert page.evaluate("window.ran") is None
    assert page.inner_text("h1") == "One"
    (root / name).unlink()
    comes(page, f"!{PROBLEMS}")
    assert record.errors == []


def test_what_is_wrong_can_be_put_away_by_the_keyboard(preview: Previewed, page: Page, root: Path) -> None:
    page.goto(f"{preview.address}Articles/one/")
    (root / "templates").mkdir()
    (root / "templates/article.html").write_text("{% block %}")
    comes(page, f"{PROBLEMS}?.shadowRoot.activeElement")
    page.keyboard.press("Escape")

    assert page.evaluate(f"!{PROBLEMS}")


# Others ------------------------------------------------------------------------------------------

ATTEMPTS = """async (address) => {
  const got = {};
  const tried = async (name, attempt) => {
    try { got[name] = await attempt(); } catch (error) { got[name] = ""; }
  };
  const within = (make) => new Promise((done) => { setTimeout(() => done(""), 4000); make(done); });
  await tried("fetch", async () => (await fetch(address)).text());
  await tried("no-cors", async () => (await fetch(address, { mode: "no-cors" })).text());
  await tried("post", async () => (await fetch(address, { method: "POST", body: "x" })).text());
  await tried("image", () => within((done) => {
    const image = new Image();
    image.onload = () => done(`loaded ${image.width}`);
    image.onerror = () => done("");
    image.src = `${address}assets/favicon.svg`;
  }));
  await tried("script", () => within((done) => {
    const script = document.createElement("script");
    script.onload = () => done("loaded");
    script.onerror = () => done("");
    script.src = `${address}assets/site.js`;
    document.head.append(script);
  }));
  await tried("style", () => within((done) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.onload = () => done("loaded");
    link.onerror = () => done("");
    link.href = `${address}assets/site.css`;
    document.head.append(link);
  }));
  await tried("frame", () => within((done) => {
    const frame = document.createElement("iframe");
    frame.onload = () => {
      try { done(frame.contentDocument.body.textContent); } catch { done(""); }
    };
    frame.src = `${address}Articles/one/`;
    document.body.append(frame);
  }));
  await tried("events", () => within((done) => {
    const source = new EventSource(`${address}:lwnindex/events?page=/`);
    source.onmessage = (event) => done(event.data);
    source.onopen = () => done("open");
    source.onerror = () => { source.close(); done(""); };
  }));
  await tried("socket", () => within((done) => {
    const socket = new WebSocket(`${address.replace("http", "ws")}:lwnindex/events`);
    socket.onopen = () => done("open");
    socket.onerror = () => done("");
  }));
  return got;
}"""


@pytest.fixture(scope="module")
def foreign() -> Iterator[int]:
    """The port of a server of another origin, that of a page without anything."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>foreign</title><body>")

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def _nothing_was_had(got: dict[str, str]) -> None:
    assert set(got) == {"fetch", "no-cors", "post", "image", "script", "style", "frame", "events", "socket"}
    assert {name: value for name, value in got.items() if value} == {}


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_page_of_another_origin_gets_no_byte(
    preview: Previewed, page: Page, foreign: int, host: str
) -> None:
    (preview.folder / "site/assets/site.js").write_text("window.leaked = 1;")
    page.goto(f"http://{host}:{foreign}/")

    _nothing_was_had(page.evaluate(ATTEMPTS, preview.address))
    assert page.evaluate("window.leaked") is None
    assert all(SECRET not in (frame.content() or "") for frame in page.frames)


def test_a_name_that_comes_to_lead_here_gets_no_byte(preview: Previewed, browser: Browser) -> None:
    """DNS rebinding: a name of somebody else's, of which a page was read, leads to this machine now."""
    rules = "--host-resolver-rules=MAP rebound.example 127.0.0.1"
    other = browser.browser_type.launch(
        executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", rules]
    )
    try:
        page = other.new_page()
        answer = page.goto(f"http://rebound.example:{preview.port}/Articles/one/")
        got = page.evaluate("fetch('/Articles/one/').then((found) => found.text()).catch(() => '')")

        assert answer
        assert answer.status == 421
        assert SECRET not in answer.text()
        assert SECRET not in got
    finally:
        other.close()
