"""What every test can ask for (corpora, browser, page), and what happens where a program is missing."""

import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import hypothesis
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.power import never_cut
from tests.programs import CHROMIUM, NEEDS, ROOT, missing

IN_CI = os.environ.get("CI") == "true"

# How long examples take to draw or to try says how busy the machine is, and nothing of us.
UNHURRIED = hypothesis.settings(deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.register_profile("default", UNHURRIED, max_examples=50)
hypothesis.settings.register_profile("CI", UNHURRIED, max_examples=100, derandomize=True, print_blob=True)
hypothesis.settings.register_profile("soak", UNHURRIED, max_examples=5000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "CI" if IN_CI else "default"))

LONG = (
    *("test_browser", "test_refile", "test_real_archive", "test_real_sites", "test_equivalence"),
    *("test_translated", "test_exporting", "test_journal", "test_demo", "test_offline", "test_fetch"),
    *("test_handover", "test_revise", "test_kills", "test_kills_linked", "test_faults", "test_incremental"),
    "test_no_script",
)
"""Files that take a minute or so: were one of them the last, all other processes would wait for it."""

FIGURE = "figure"
"""What a test tells under this name stands below all results."""

# What is not so within five seconds on a busy machine may be so a moment later.
expect.set_options(timeout=60_000)


def pytest_configure() -> None:
    """Begin as everywhere, whatever the environment says; with CI=true no test may lack its program."""
    for name in tuple(os.environ):
        if name == "SOURCE_DATE_EPOCH" or name.startswith("LWNINDEX_"):
            del os.environ[name]
    # Where a shell has started the tests behind its back, an interrupt is ignored, also by those they start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    absent = missing(*NEEDS)
    if IN_CI and absent:
        sentences = "; ".join(f"{program.name} ({program.install})" for program in absent)
        raise pytest.UsageError(f"CI=true, and these programs are missing: {sentences}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each test that asks for the browser the mark that says so; those that take long come first."""
    items.sort(key=lambda item: item.path.stem not in LONG)
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("needs_chromium")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave out a test whose program is missing, and say which."""
    absent = missing(*(mark.name for mark in item.iter_markers()))
    if absent:
        pytest.skip("needs " + " and ".join(program.name for program in absent))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print one line per missing program, and the figures that tests told."""
    for program in missing(*NEEDS):
        terminalreporter.line(f"{program.name} is missing, its tests were skipped: {program.install}")
    done = [one for each in ("passed", "failed") for one in terminalreporter.stats.get(each, ())]
    for told in sorted(said for one in done for name, said in one.user_properties if name == FIGURE):
        terminalreporter.line(told)


@pytest.fixture(scope="session", autouse=True)
def power() -> Iterator[None]:
    """What a test writes need not outlast a loss of power; what other programs write in it does."""
    with never_cut():
        yield


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Tell how much of something was tried and what came of it, as a line below all results."""
    return lambda said: request.node.user_properties.append((FIGURE, f"{request.node.name}: {said}"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the checkout that holds the corpora, too large and not ours to keep in it."""
    folder = ROOT.parent / "shared"
    if not (folder / "corpora").is_dir():
        pytest.skip("needs the corpora beside the checkout")
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium that asks nobody anything on its own."""
    quiet = (
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    )
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=quiet)
        yield chromium
        chromium.close()


@dataclass
class Record:
    """What a page did: errors of its console and scripts, addresses it asked for, and those that failed."""

    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def hear(self, message: ConsoleMessage) -> None:
        """Keep a message of the console if it is an error; a breach of the security policy is one."""
        if message.type == "error":
            self.errors.append(message.text)

    def follow(self, page: Page) -> None:
        """Keep from now on what a page does."""
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("requestfailed", lambda request: self.failed.append(f"{request.url}: {request.failure}"))


@pytest.fixture
def record() -> Record:
    """What the test's `page` did."""
    return Record()


@pytest.fixture
def page(browser: Browser, record: Record) -> Iterator[Page]:
    """A fresh page in a fresh profile, whose doings go into `record`."""
    context = browser.new_context()
    page = context.new_page()
    record.follow(page)
    yield page
    context.close()
